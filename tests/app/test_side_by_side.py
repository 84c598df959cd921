"""A turn as rows: what is the same, and which words are only on one side."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.backtest import Backtest, Turn
from app.playbook_files import load
from app.side_by_side import Row, Run, rows
from app.transcripts import parse
from assist.engine import Engine
from tests.app.small_set import EXTRA, written

LISTEN = EXTRA.replace("    when: {bands: [calm], contacts: 2}\n", "").replace("step: solve", "step: listen")


@pytest.fixture
def compared(engine: Engine, tmp_path: Path):
    """The rows of one message, by two texts of the extra playbook."""

    def of(before: str, after: str) -> list[Row]:
        folders = (written(tmp_path / "before", extra=before), written(tmp_path / "after", extra=after))
        backtest = Backtest(*(replace(engine, playbooks=load(folder)) for folder in folders))
        line = {"conversation": "c", "role": "customer", "text": "Where is my booking?"}
        turn: Turn = backtest.hear(parse(json.dumps(line)))
        return rows(turn)

    return of


def test_words_that_are_only_on_one_side_are_marked(compared) -> None:
    """And the rest is not, so that the change is seen at a glance."""
    found = compared(LISTEN, LISTEN.replace("I am looking now.", "I am looking at it now."))
    assert [(row.label, row.same) for row in found] == [
        ("next step", True),
        ("warm", True),
        ("neutral", True),
        ("formal", False),
    ]
    formal = found[-1]
    assert formal.before.runs == (Run("I am looking", only_here=False), Run("now.", only_here=False))
    assert formal.after.runs == (
        Run("I am looking", only_here=False),
        Run("at it", only_here=True),
        Run("now.", only_here=False),
    )
    assert formal.before.rule == formal.after.rule == "extra.listen"
    assert str(formal.after) == "I am looking at it now."


def test_lines_with_little_in_common_are_marked_whole(compared) -> None:
    """Single words picked out of two different sentences tell nothing."""
    formal = compared(LISTEN, LISTEN.replace("I am looking now.", "Which of the two rooms would you prefer now?"))[-1]
    assert formal.before.runs == (Run("I am looking now.", only_here=True),)
    assert formal.after.runs == (Run("Which of the two rooms would you prefer now?", only_here=True),)


def test_what_only_one_side_has_stands_beside_nothing(compared) -> None:
    """An instruction that is new."""
    row = compared(LISTEN, LISTEN.replace("    phrases:", '    does: ["Look it up."]\n    phrases:'))[-1]
    assert (row.label, row.same, row.before.runs, str(row.after)) == ("to do", False, (), "Look it up.")


def test_a_line_that_was_only_rewritten_word_for_word_is_the_same(compared) -> None:
    """However many lines a tone has."""
    two = LISTEN.replace('["Looking now."]', '["Looking now.", "Here I am, looking."]')
    assert all(row.same for row in compared(two, two))
