"""What is kept of a conversation beside its log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.store.rows import Event, Json
from app.summary import after_edit, after_heard, after_silence
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.reading import Cause

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def about(cause: str) -> Conversation:
    """A conversation with a cause."""
    return replace(Conversation("c"), cause=Cause(cause, 0.9))


def told(engine: Engine, before: Json, cause: str, at: datetime) -> Json:
    """The summary after a message with which the conversation has this cause."""
    heard = engine.hear(Conversation("c"), Message("m1", 1, Role.CUSTOMER, "hello", at))
    return after_heard(before, replace(heard, conversation=about(cause)), None, at)


def test_a_cause_is_known_since_it_became_the_present_one(engine: Engine) -> None:
    """Further messages and silences change nothing; another cause, also by an edit, is known since then."""
    first = told(engine, {}, "delivery", NOON)
    later = after_silence(told(engine, first, "delivery", NOON + MINUTE), about("delivery"))
    assert later["cause_since"] == first["cause_since"] == "2026-03-02T12:00:00.000Z"
    other = told(engine, later, "outage", NOON + 2 * MINUTE)
    assert other["cause_since"] == "2026-03-02T12:02:00.000Z"
    log = [Event(offset=3, kind="action", at=NOON + 3 * MINUTE, body={})]
    assert after_edit(other, about("outage"), log)["cause_since"] == other["cause_since"]
    assert after_edit(other, about("delivery"), log)["cause_since"] == "2026-03-02T12:03:00.000Z"
