"""A transcript in the terminal, as the agent would have seen it."""

import json
import re
from dataclasses import replace

import pytest

from app.replay import show
from app.transcripts import Listener
from assist.engine import Engine
from tests.app.shapes import band_of
from tests.assist.playbook.sets import made


def line(text: str, role: str = "customer") -> str:
    """A line as `read` takes it."""
    return json.dumps({"conversation": "c", "role": role, "text": text})


def test_it_shows_what_was_said_the_tension_and_what_to_say(engine: Engine, capsys: pytest.CaptureFixture[str]):
    """With the next step and phrases for a customer's message."""
    assert show(
        Listener(engine), [line("This is the third time I'm writing. Where is my order?"), line("Sorry!", "agent")]
    )
    out = capsys.readouterr().out
    for words in ("third time", "█", "next: ", "warm", "neutral", "formal", "delivery"):
        assert words in out
    for tension, band in re.findall(r"(\d+) (calm|uneasy|tense|critical)", out):
        assert band_of(int(tension)) == band


def test_what_people_write_is_shown_and_nothing_more(engine: Engine, capsys: pytest.CaptureFixture[str]):
    """Markup stays text, and nobody steers the agent's terminal."""
    assert show(Listener(engine), [line("[bold red]hello[/] \x1b[2J\x1b]0;owned\x07 \x9b31m back\b\r")])
    out = capsys.readouterr().out
    assert "[bold red]hello[/]" in out
    assert not set(out) & set("\x1b\x07\x9b\b\r")


def test_a_bad_line_is_named_with_its_number(engine: Engine, capsys: pytest.CaptureFixture[str]):
    """And the rest is shown."""
    assert not show(Listener(engine), [line("hello"), "", "nonsense", line("anyone?")])
    out = capsys.readouterr().out
    assert "line 3: bad_json" in out
    assert "anyone?" in out


def test_it_shows_what_to_do_besides(engine: Engine, capsys: pytest.CaptureFixture[str]):
    """Instructions stand before the phrases, in the place of a tone."""
    playbooks = made('  - step: solve\n    reason: Look.\n    priority: 9\n    does: ["Open the [order] first."]\n')
    listener = Listener(replace(engine, playbooks=playbooks))
    assert show(listener, [line("I need to change my hotel booking for Friday, please.")])
    out = capsys.readouterr().out
    assert "to do    Open the [order] first." in out
    assert out.index("to do ") < out.index("warm ")
