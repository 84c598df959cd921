"""What a chat tool is to be told of a conversation, by what it was told before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.chat_tools import Account
from app.chat_tools.talk import WRITES
from app.connectors import Connector
from app.live import new_row
from app.store.rows import ConversationRow, Event
from app.written import Step, Written, note_hash, steps, written_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK = Connector(
    "desk", "chatwoot", team="a", agents={"9": "dana", "u-*": "u-*"}, api=Account("https://x", "t", "3"), writes=WRITES
)


def row(tension: float, band: str, offset: int = 5) -> ConversationRow:
    """A conversation that stands so."""
    made = new_row("default", "desk:17", "a", NOW)
    return replace(made, summary={"tension": tension, "band": band}, offset=offset)


def did(offset: int, action: str, by: str = "sam", **more: Any) -> Event:
    """An action of somebody's."""
    return Event(offset, "action", NOW, {"action": action, "by": by, **more})


def after(written: Written, tension: float, band: str, log: Sequence[Event] = ()) -> list[Step]:
    """The steps from there."""
    return list(steps(written, row(tension, band), log, DESK))


def told(found: list[Step]) -> list[tuple[str, Any]]:
    """What is written, and with which value."""
    return [(step.write, step.value) for step in found]


def test_a_conversation_that_turns_critical_is_told_in_all_ways_once() -> None:
    """Score, label, priority and a note; the same again is nothing."""
    found = after(Written(), 81.6, "critical")
    assert told(found) == [
        ("score", 82),
        ("label", "steadyhand-critical"),
        ("priority", None),
        ("note", "critical"),
    ]
    assert after(found[-1].after, 81.6, "critical") == []


def test_a_score_that_hardly_moves_is_not_written_again() -> None:
    """Five points, or another label."""
    calm = after(Written(), 20, "calm")[-1].after
    assert told(after(calm, 24, "calm")) == []
    assert told(after(calm, 25, "uneasy")) == [("score", 25)]
    assert told(after(calm, 22, "tense")) == [("score", 22), ("label", "steadyhand-tense")]


def test_what_cools_down_loses_its_label_and_keeps_its_priority() -> None:
    """That is for people to lower; and no second note comes when it heats up again."""
    hot = after(Written(), 90, "critical")[-1].after
    cool = after(hot, 30, "uneasy")
    assert told(cool) == [("score", 30), ("label", None)]
    assert told(after(cool[-1].after, 90, "critical")) == [("score", 90), ("label", "steadyhand-critical")]


def test_a_hand_over_is_a_note_and_a_takeover_an_assignment_too() -> None:
    """To the agent's id in the tool; to nobody whom the tool does not know."""
    known = after(Written(), 10, "calm")[-1].after
    log = [did(6, "escalate"), did(7, "takeover", to="dana"), did(8, "takeover", "zoe"), did(9, "takeover", "u-4")]
    found = after(known, 10, "calm", log)
    assert told(found) == [
        ("note", "brief"),
        ("note", "brief"),
        ("assign", "9"),
        ("note", "brief"),
        ("note", "brief"),
        ("assign", "u-4"),
    ]
    assert [step.after.offset for step in found] == [6, 7, 7, 8, 9, 9]


def test_what_the_tool_itself_told_does_not_go_back_to_it() -> None:
    """An action of the connector's is one that people took there."""
    known = after(Written(), 10, "calm")[-1].after
    assert after(known, 10, "calm", [did(6, "takeover", "connector:desk", to="dana")]) == []


def test_only_what_is_allowed_is_written() -> None:
    """A connector without a write has none of its steps."""
    for write in WRITES:
        only = replace(DESK, writes=(write,))
        found = list(steps(Written(), row(90, "critical"), [did(6, "takeover", to="dana")], only))
        assert {step.write for step in found} == {write}


def test_what_was_written_is_kept_and_read_as_it_was() -> None:
    """Through its document, one revision further."""
    written = replace(after(Written(), 90, "critical")[-1].after, notes=(note_hash("a\nnote"),), offset=7)
    kept = written_of(written.document(row(90, "critical"), NOW))
    assert kept == replace(written, revision=1)
    assert note_hash("a  note ") in kept.notes
