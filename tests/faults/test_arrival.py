"""R7: the order of arrival is the order, whatever times messages bear, and the same arrivals end in the same state."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models import MessageIn
from app.rooms import Rooms
from app.wire import stamp
from tests.app.clients import Clock
from tests.app.test_subscription import WHO, rooms_in
from tests.conftest import START

pytestmark = pytest.mark.faults
CHATS = count()
EVENTS = (
    ("customer", "Where is my order 48213?"),
    ("agent", "I'm so sorry about this. Let me look."),
    ("customer", "I have been waiting for a week."),
    ("note", "The parcel is at the depot."),
    ("agent", "It is at the depot, and comes tomorrow."),
    ("customer", "You said that yesterday, you liars!"),
    ("system", "Robin has joined."),
    ("agent", "You are right, and I apologise. I can refund it today."),
    ("customer", "I want a new one, not my money."),
    ("agent", "I have sent a new one by express."),
    ("customer", "Thank you."),
    ("agent", "Is there anything else?"),
)


async def told(rooms: Rooms, order: tuple[int, ...], copies: int = 1) -> dict:
    """What a conversation is after these events have arrived in this order, each with its own time."""
    chat = f"c{next(CHATS)}"
    for number in order:
        role, text = EVENTS[number]
        message = MessageIn(id=f"m{number}", role=role, text=text, at=stamp(START + timedelta(seconds=40 * number)))
        for _ in range(copies):
            await rooms.conversations.hear(WHO, chat, message)
    state = await rooms.views.state(WHO, chat)
    transcript = await rooms.views.transcript(WHO, chat)
    for key in ("conversation", "epoch"):
        state.pop(key)
    for message in transcript["messages"]:
        message["reading"].pop("conversation")
    return {"state": state, "transcript": transcript}


@pytest.fixture
async def rooms(tmp_path: Path):
    """The rooms of a server whose clock stands still."""
    async with rooms_in(tmp_path, Clock()) as opened:
        yield opened


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(len(EVENTS))).map(tuple))
async def test_the_same_arrivals_end_in_the_same_state(rooms: Rooms, order: tuple[int, ...]):
    """In any order: numbered as they came, none missing, and the same again, also where each comes twice."""
    first = await told(rooms, order)
    assert [message["id"] for message in first["transcript"]["messages"]] == [f"m{number}" for number in order]
    assert [message["seq"] for message in first["transcript"]["messages"]] == list(range(1, len(EVENTS) + 1))
    again = await told(rooms, order, copies=2)
    # Which of several equal phrases comes first depends on the conversation: compare all but the choice of words.
    for one in (first, again):
        one["state"].pop("advice")
        for message in one["transcript"]["messages"]:
            message["reading"].pop("suggestions")
    assert again == first
