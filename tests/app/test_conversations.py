"""The room where a message becomes advice, with a store that can fail and a second writer that can be first."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest

from app.auth import Principal
from app.conversations import LONG
from app.errors import Refused
from app.live import RECENT
from app.models import ActionIn, ConversationIn, MessageIn
from app.rooms import Rooms
from app.server import create_app
from app.store import open_store
from app.store.rows import ConversationRow, Event, Store, Unavailable
from app.wire import message_wire
from assist.conversation.state import Conversation
from assist.engine import Heard
from assist.message import Message, Role
from assist.signals.scores import Scores
from tests.app.clients import Clock, browser, house, settings_for
from tests.app.shapes import is_error

WHO = Principal("ann", "admin", "default", ("a",), Clock().now)


class Outage:
    """A store whose database can be `down`, or whose commits land while their answers are `lost`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.down = False
        self.lost = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def append(self, row: ConversationRow, event: Event, revised: Sequence[Event] = (), **more: Any) -> None:
        """Keep it, or fail as a database does."""
        if self.down:
            raise Unavailable("gone")
        await self._store.append(row, event, revised, **more)
        if self.lost:
            raise Unavailable("no answer")

    async def events(self, *args: Any, **more: Any) -> list[Event]:
        """Read, or fail."""
        if self.down:
            raise Unavailable("gone")
        return await self._store.events(*args, **more)

    async def conversation(self, tenant: str, conversation: str) -> ConversationRow | None:
        """Read, or fail."""
        if self.down:
            raise Unavailable("gone")
        return await self._store.conversation(tenant, conversation)


@asynccontextmanager
async def opened(folder: Path, clock: Clock, store: Store | None = None) -> AsyncIterator[Rooms]:
    """The rooms of a server without its doors."""
    app = create_app(settings_for(folder), clock=clock, store=store)
    async with app.router.lifespan_context(app):
        yield app.state.rooms


@pytest.fixture
async def rooms(tmp_path: Path, clock: Clock) -> AsyncIterator[Rooms]:
    """The rooms of a server whose clock stands still."""
    async with opened(tmp_path, clock) as there:
        yield there


async def hear(rooms: Rooms, text: str, who: Principal = WHO, **more: Any):
    """One message of a customer in conversation `c`."""
    return await rooms.conversations.hear(who, "c", MessageIn(**{"role": "customer", "text": text, **more}))


async def test_while_the_database_is_away_nothing_is_acknowledged(tmp_path: Path, chat: str):
    """503 with Retry-After over HTTP, `unavailable` on the socket; then it goes on where it was."""
    store = Outage(await open_store(f"sqlite+aiosqlite:///{tmp_path}/steadyhand.db"))
    async with (
        house(tmp_path, store=store) as home,
        home.client("ingest") as tool,
        browser(home.ws, "ingest", home.token("ingest")) as socket,
        browser(home.ws, "agent", home.token("agent")) as ann,
    ):
        path = f"/conversations/{chat}/messages"
        assert (await tool.post(path, json={"role": "customer", "text": "hello", "id": "m1"})).json()["seq"] == 1
        await ann.subscribe(chat)
        for number, (store.lost, store.down) in enumerate([(True, False), (False, True)]):
            answer = await tool.post(path, json={"role": "customer", "text": "?", "id": f"lost-{number}"})
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            is_error(answer.json(), "unavailable")
        frame = {"type": "message", "conversation": chat, "role": "customer", "text": "?", "ref": 1}
        for _ in range(2):
            error = await socket.ask(frame)
            is_error(error, "unavailable")
            assert error["ref"] == 1
        is_error(await ann.subscribe("unknown"), "unavailable")
        assert await ann.is_open()
        store.down = False
        for number, known in enumerate((True, False)):
            answer = await tool.post(path, json={"role": "customer", "text": "?", "id": f"lost-{number}"})
            assert (answer.json()["seq"], answer.json()["duplicate"]) == (number + 2, known)
        assert (await socket.ask(frame))["seq"] == 4
        await ann.get("resumed")  # what was kept without anybody being told has been fetched
        end = await ann.subscribe(chat)
        assert end["offset"] == 4
        assert [message["seq"] for message in end["messages"]] == [1, 2, 3, 4]


async def test_who_loses_the_race_folds_again(tmp_path: Path, rooms: Rooms, clock: Clock):
    """Another worker wrote first: the message goes after it, and the answer counts what it said."""
    await hear(rooms, "hello")
    other = await open_store(f"sqlite+aiosqlite:///{tmp_path}/steadyhand.db")
    row = await other.conversation("default", "c")
    assert row
    [first] = await other.events("default", "c")
    insult = message_wire(Message("x", 2, Role.CUSTOMER, "You are all idiots!", clock()))
    reading = {**(first.reading or {}), "signals": {"abuse": 0.9}}
    await other.append(
        row, replace(first, offset=2, seq=2, message_id="x", body=insult, reading=reading, outcome=first.outcome)
    )
    await other.close()
    receipt = await hear(rooms, "and again hello")
    assert (receipt.seq, receipt.duplicate) == (3, False)
    assert receipt.state.insults == 1
    again = await hear(rooms, "whatever", id="x")
    assert (again.seq, again.duplicate) == (2, True)


async def test_a_late_repeat_costs_no_fold_of_the_whole_chat(rooms: Rooms):
    """The number of an old message is told by the database; what is in memory stays as it is."""
    for number in range(RECENT + 2):
        await hear(rooms, "Hello?", id=f"m{number}")
    async with rooms.conversations.lives.hold("default", "c") as live:
        assert "m0" not in live.recent
        state = live.state
    again = await hear(rooms, "Hello?", id="m0")
    assert (again.seq, again.duplicate) == (1, True)
    async with rooms.conversations.lives.hold("default", "c") as live:
        assert live.state is state


async def test_the_same_message_at_once_is_heard_once(rooms: Rooms):
    """Ten deliveries side by side: one is new, nine are repeats, all with its seq."""
    receipts = await asyncio.gather(*(hear(rooms, "hello", id="m1") for _ in range(10)))
    assert sorted(receipt.duplicate for receipt in receipts) == [False] + [True] * 9
    assert {receipt.seq for receipt in receipts} == {1}
    assert rooms.metrics.duplicates._value.get() == 9


async def test_a_reload_of_the_state_gives_the_same_state(tmp_path: Path, clock: Clock):
    """What a restart folds from the log is what was in memory, with the host's slots and the agent's steps."""
    told = [
        ("customer", "This is the third time I'm writing. Where is my order 48213?"),
        ("agent", "I'm so sorry, Sam. I'll look into order 48213 myself and come back to you in ten minutes."),
        ("customer", "You said that last week, you idiots!"),
        ("note", "had this before"),
        ("customer", "Fine, thank you."),
    ]
    async with opened(tmp_path, clock) as rooms:
        await rooms.conversations.put(
            WHO, "c", ConversationIn(customer={"name": "Sam Rivera"}, slots={"order": "1"}, channel="Email")
        )
        for role, text in told:
            clock.forward(40)
            await hear(rooms, text, role=role, id=text[:9])
        await rooms.conversations.put(WHO, "c", ConversationIn(slots={"eta": "noon"}, locale="de_AT"))
        await hear(rooms, "And when is it here?")
        await rooms.conversations.revise(WHO, "c", "You said ", "You said that last week.")
        async with rooms.conversations.lives.hold("default", "c") as live:
            before, advice, offset = live.state, live.advice, live.offset
    async with opened(tmp_path, clock) as rooms, rooms.conversations.lives.hold("default", "c") as live:
        assert (live.state, live.advice, live.offset) == (before, advice, offset)
        assert (live.state.channel, live.state.locale) == ("email", "de-at")


async def test_the_same_edit_again_is_no_event(rooms: Rooms):
    """A redelivery of an edit or a deletion changes nothing."""
    await hear(rooms, "hello", id="m1")
    for text in ("hello there", "hello there", None, None):
        assert (await rooms.conversations.revise(WHO, "c", "m1", text)).seq == 1
    assert len(await rooms.store.events("default", "c")) == 3
    for unknown in ("m1", "m2"):
        with pytest.raises(Refused) as refused:
            await rooms.conversations.revise(WHO, "c", unknown, "back again")
        assert refused.value.code == "not_found"


async def test_a_resolved_conversation_lingers_and_then_rests(rooms: Rooms, clock: Clock):
    """A late note does not put the tile back for good."""
    await hear(rooms, "hello")
    await rooms.conversations.act(WHO, "c", ActionIn(action="resolve"))
    clock.forward(61)
    rooms.board.sweep()
    assert len(rooms.board) == 0
    await hear(rooms, "closed by mail", role="note")
    rooms.board.sweep()
    assert len(rooms.board) == 0
    await hear(rooms, "It is broken again!")
    assert len(rooms.board) == 1


async def test_a_long_draft_leaves_the_others_their_turns(rooms: Rooms):
    """It is reviewed beside the event loop, which goes round many times meanwhile."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    await hear(rooms, "hello")
    going_round = asyncio.create_task(others())
    await rooms.views.draft(WHO, "c", ("I'm sorry but that is not my department. " * 200)[:8_000])
    going_round.cancel()
    assert turns > 20


async def test_a_long_message_is_read_beside_the_event_loop(rooms: Rooms):
    """A usual one on it, for that is quicker."""
    on_loop = []

    class Watched:
        """The engine, and whether the event loop waits for it."""

        def hear(self, before: Conversation, message: Message, scores: Scores | None) -> Heard:
            """Note the thread."""
            on_loop.append(current_thread() is main_thread())
            return rooms.playbooks.engine.hear(before, message, scores)

    rooms.conversations.engine = lambda _: Watched()
    await hear(rooms, "x" * LONG)
    await hear(rooms, "x" * (LONG + 1))
    assert on_loop == [True, False]
