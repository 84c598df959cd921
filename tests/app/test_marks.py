"""The marks that actions leave on a conversation: what each puts there, what it refuses, and what takes it off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.auth import Principal
from app.errors import Refused
from app.live import new_row
from app.marks import after_action, after_message, marks_wire
from app.models import ActionIn
from app.store.rows import ConversationRow
from app.summary import after_heard
from assist.engine import Heard
from tests.conftest import Talk

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
INSULT = "You are a useless idiot and a liar!"
THREAT = "I know where your office is. I will come and kill you."


def person(name: str, role: str = "supervisor") -> Principal:
    """Somebody of team a."""
    return Principal(name, role, "default", ("a",), NOW + timedelta(hours=1))


def fresh(agent: str | None = "dana") -> ConversationRow:
    """A conversation that nobody has done anything to."""
    return replace(new_row("default", "c", "a", NOW), agent=agent, summary={"tension": 60.0})


def acted(row: ConversationRow, name: str, action: str, **more: str) -> ConversationRow:
    """The row with the marks after an action, and the agent that a takeover gives it."""
    told = ActionIn(action=action, **more)
    marks = after_action(row, told, person(name), NOW)
    agent = (told.to or name) if action == "takeover" else row.agent
    return replace(row, agent=agent, summary={**row.summary, "marks": marks})


def test_a_second_claim_is_refused_with_the_name_of_the_first():
    """Hers again changes nothing; another one's is a collision, until somebody has released it."""
    row = acted(acted(fresh(), "rob", "claim"), "rob", "claim")
    with pytest.raises(Refused, match="rob has claimed") as refused:
        acted(row, "sue", "claim")
    assert (refused.value.code, refused.value.status, refused.value.detail["by"]) == ("claimed", 409, "rob")
    assert marks_wire(row.summary)["claimed_by"] == "rob"
    released = acted(row, "sue", "release")
    assert marks_wire(released.summary)["claimed_by"] is None
    assert marks_wire(acted(released, "sue", "claim").summary)["claimed_by"] == "sue"


@pytest.mark.parametrize("action", [{"action": "takeover"}, {"action": "close", "text": "over"}])
def test_what_is_claimed_is_not_taken_or_closed_by_another(action: dict[str, str]):
    """Whoever claimed it may; a whisper or joining collides with nobody."""
    row = acted(fresh(), "rob", "claim")
    with pytest.raises(Refused, match="rob has claimed"):
        acted(row, "sue", **action)
    acted(row, "rob", **action)
    acted(acted(row, "sue", "join"), "sue", "whisper", text="psst")


def test_a_conversation_that_was_taken_over_can_be_given_back():
    """Kept is from whom it was taken first, and nothing once she has it again or somebody else was assigned."""
    taken = acted(acted(fresh(), "rob", "takeover"), "sue", "takeover")
    assert marks_wire(taken.summary)["taken"] == {"by": "sue", "at": "2026-03-02T09:00:00.000Z", "from": "dana"}
    assert marks_wire(acted(taken, "sue", "takeover", to="dana").summary)["taken"] is None
    assert marks_wire(acted(taken, "sue", "takeover", to="kim").summary)["taken"] is None
    assert marks_wire(acted(fresh(agent=None), "rob", "takeover").summary)["taken"] is None


def test_joining_twice_is_joining_once():
    """Each who is there stands there once, and leaving takes only her own name."""
    row = acted(acted(acted(fresh(), "rob", "join"), "sue", "join"), "rob", "join")
    assert marks_wire(row.summary)["joined"] == ["sue", "rob"]
    assert marks_wire(acted(row, "sue", "leave").summary)["joined"] == ["rob"]
    assert marks_wire(acted(acted(row, "sue", "leave"), "rob", "leave").summary)["joined"] == []


def test_an_ending_is_agreed_to_by_somebody_else():
    """Not by who asked, and not where nobody has; agreed it stays, however often it is asked for."""
    with pytest.raises(Refused, match="nobody has asked"):
        acted(fresh(), "rob", "cosign")
    asked = acted(fresh(), "dana", "ask_ending", text="fourth insult")
    for action in ("cosign", "decline"):
        with pytest.raises(Refused, match="somebody else has to agree"):
            acted(asked, "dana", action)
    assert marks_wire(acted(asked, "rob", "decline").summary)["ending"] is None
    agreed = acted(asked, "rob", "cosign")
    ending = {"by": "dana", "at": "2026-03-02T09:00:00.000Z", "text": "fourth insult", "agreed_by": "rob"}
    assert marks_wire(agreed.summary)["ending"] == ending
    with pytest.raises(Refused, match="rob has agreed"):
        acted(agreed, "dana", "ask_ending", text="again")


@pytest.mark.parametrize("action", [{"action": "resolve"}, {"action": "close", "text": "it is over"}])
def test_the_end_takes_every_mark_off_but_what_stays_true(action: dict[str, str]):
    """Nobody has to look any more; that it was escalated is part of its story."""
    row = fresh()
    for name in ("claim", "join", "let_run"):
        row = acted(row, "rob", name)
    row = acted(acted(row, "rob", "escalate", to="legal"), "dana", "ask_ending", text="no end to it")
    wire = marks_wire(acted(row, "rob", **action).summary)
    assert wire == {
        "claimed_by": None,
        "joined": [],
        "taken": None,
        "let_run": False,
        "ending": None,
        "escalated": {"by": "rob", "at": "2026-03-02T09:00:00.000Z", "to": "legal"},
    }


def let_run(talk: Talk, heard: Heard) -> ConversationRow:
    """A row of this talk that was let run after a message."""
    row = replace(fresh(), summary=after_heard({}, heard, None, talk.at))
    return acted(row, "rob", "let_run")


def test_what_was_let_run_is_looked_at_again_once_it_is_ten_points_worse(talk: Talk):
    """Not by a word more, and not by what the agent says."""
    row = let_run(talk, talk.customer("My parcel is late. Where is it?"))
    talk.agent("I'm looking.")
    assert "let_run" in after_message(row.summary, talk.state)
    before = talk.state.tension
    talk.customer(INSULT)
    assert talk.state.tension >= before + 10
    assert "let_run" not in after_message(row.summary, talk.state)


def test_a_new_safety_signal_ends_it_and_a_known_one_does_not(talk: Talk):
    """The supervisor who lets it run has read the first threat; the second is news, whatever the tension."""
    heard = talk.customer(THREAT)
    assert talk.state.alarms
    row = let_run(talk, heard)
    heard = talk.agent("I hear how angry you are. I'm getting my supervisor.")
    summary = after_heard(row.summary, heard, None, talk.at)
    assert "let_run" in summary["marks"]
    heard = talk.customer("Fine. I will wait.")
    summary = after_heard(summary, heard, None, talk.at)
    assert "let_run" in summary["marks"]
    heard = talk.customer(THREAT)
    assert "let_run" not in after_heard(summary, heard, None, talk.at)["marks"]


def test_watching_again_takes_the_mark_off(talk: Talk):
    """By hand."""
    heard = talk.customer("hello")
    assert "let_run" not in after_action(let_run(talk, heard), ActionIn(action="watch"), person("rob"), NOW)
