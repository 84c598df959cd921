"""Lines in, readings out: one for each, in order, and a bad one does no harm to its neighbours."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.encoder import Encoder
from app.transcripts import KEPT, Listener
from assist.engine import Engine
from assist.signals.scores import Scores
from tests.app.shapes import SIGNALS, STEPS, is_error, is_reading
from tests.conftest import readings

BAD = {
    "nonsense": "bad_json",
    "[1]": "bad_json",
    '{"conversation": "c", "role": "customer", "text": NaN}': "bad_json",
    '{"role": "customer", "text": "no conversation"}': "invalid",
    '{"conversation": "c", "role": "boss", "text": "x"}': "invalid",
    '{"conversation": "c", "role": "customer", "text": ""}': "empty_text",
    '{"conversation": "c", "role": "customer", "text": "x", "at": "2026-03-02T09:00:00"}': "invalid",
    '{"conversation": "c", "role": "customer", "text": "a\\u0000b"}': "invalid_text",
    '{"conversation": "c", "role": "customer", "text": "\\ud800"}': "invalid_text",
    '{"conversation": "c", "role": "customer", "text": "\udcff"}': "invalid_text",
    json.dumps({"conversation": "c", "role": "customer", "text": "x" * 20_001}): "too_long",
}


def line(text: str, conversation: str = "c", role: str = "customer", **more: Any) -> str:
    """A line as `read` takes it."""
    return json.dumps({"conversation": conversation, "role": role, "text": text, **more})


@pytest.mark.parametrize("role", ["customer", "agent", "bot", "note", "system"])
def test_every_key_and_every_signal_is_in_every_reading(engine: Engine, role: str):
    """For every role, also when 0 or null."""
    [reading] = readings(engine, [line("Where is my order? Nobody cares!", role=role)])
    is_reading(reading)
    assert set(reading["signals"]) == SIGNALS
    assert (reading["conversation"], reading["seq"]) == ("c", 1)
    assert reading["id"]


def test_agents_steps_are_read(engine: Engine):
    """From an agent's message; a customer does none."""
    told = [line("Where is my order?"), line("I'm so sorry about that. I'll look into it for you.", role="agent")]
    customer, agent = readings(engine, told)
    assert customer["steps_done"] == {}
    assert set(agent["steps_done"]) & {"apologize", "own"}
    assert set(agent["steps_done"]) <= set(STEPS)


@pytest.mark.parametrize(("bad", "code"), BAD.items(), ids=lambda value: value[:50])
def test_a_bad_line_gives_one_error_in_its_place(engine: Engine, bad: str, code: str):
    """What comes after it is as if it had not been there."""
    first, error, last = readings(engine, [line("hello"), bad, line("You idiots!")])
    is_error(error, code)
    assert [first, last] == readings(engine, [line("hello"), line("You idiots!")])
    json.dumps(error, ensure_ascii=False).encode()


def test_blank_lines_pass(engine: Engine):
    """As at the end of a file."""
    assert len(readings(engine, ["", line("hello"), "  \n"])) == 1


def test_conversations_do_not_mix(engine: Engine):
    """Side by side they give what each gives alone."""
    told = [("a", "Where is my order?"), ("b", "Good morning."), ("a", "You idiots!"), ("b", "Thank you!")]
    mixed = readings(engine, [line(text, name) for name, text in told])
    for name in "ab":
        alone = readings(engine, [line(text, name) for where, text in told if where == name])
        assert [reading for reading in mixed if reading["conversation"] == name] == alone


def test_a_missing_time_is_thirty_seconds_later(engine: Engine):
    """After the line before it in its conversation, whether that had a time or not."""
    listener = Listener(engine)

    def at(**more: str) -> str:
        return listener.hear(line("hello", **more)).message.at.isoformat()

    assert at(at="2026-03-02T09:00:00Z") == "2026-03-02T09:00:00+00:00"
    assert at() == "2026-03-02T09:00:30+00:00"
    assert at(at="2026-03-02T12:00:00+02:00") == "2026-03-02T10:00:00+00:00"
    assert at() == "2026-03-02T10:00:30+00:00"
    assert at(conversation="d") < at(conversation="d")


def test_only_the_last_heard_are_kept(engine: Engine):
    """The one that was heard longest ago begins anew; 10,000 are kept where nothing is said."""
    assert KEPT == 10_000
    listener = Listener(engine, kept=2)
    for name in "abac":
        listener.hear(line("hello", name))
    assert list(listener.states) == ["a", "c"]
    assert listener.hear(line("hello", "a")).message.seq == 3
    assert listener.hear(line("hello", "b")).message.seq == 1


def test_a_line_that_was_too_long_to_be_read_gives_an_error(engine: Engine):
    """In its place, as every other bad one."""
    error, reading = readings(engine, [None, line("hello")])
    is_error(error, "too_large")
    assert reading["seq"] == 1


def test_only_what_is_said_in_words_is_scored(engine: Engine, encoder: Encoder):
    """By customer, agent and bot; the reading names the scorer."""
    asked: list[str] = []

    def score(text: str) -> Scores:
        asked.append(text)
        return encoder.score(text)

    told = [(role, f"hello from the {role}") for role in ("customer", "agent", "bot", "note", "system")]
    given = [line(text, role=role) for role, text in told] + [line(" ", attachments=["photo.png"])]
    by_encoder = readings(engine, given, score)
    assert asked == [text for _, text in told[:3]]
    assert [reading["scorer"] for reading in by_encoder] == ["encoder"] * 3 + [None] * 3
    assert [reading["scorer"] for reading in readings(engine, given)] == ["linear"] * 3 + [None] * 3


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["customer", "agent", "note"]), st.text(max_size=80)), max_size=6))
def test_any_text_gives_a_reading_or_an_error(engine: Engine, told: list[tuple[str, str]]):
    """The same lines give the same bytes twice."""
    lines = [line(text, role=role) for role, text in told]
    first = readings(engine, lines)
    assert len(first) == len(lines)
    for reading in first:
        if "error" not in reading:
            is_reading(reading)
    assert json.dumps(first) == json.dumps(readings(engine, lines))
