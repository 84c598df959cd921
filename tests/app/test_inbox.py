"""The inbox between chat tools and conversations: several workers, a database that is away, who is who."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.chat_tools import Event
from app.connectors import Connector
from app.inbox import Inbox, conversation_of, masked
from app.metrics import Metrics
from app.reach import client
from tests.app.clients import House, house
from tests.app.test_webhooks import SECRET, bring, connect, message, settled, transcript

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK = Connector("desk", "chatwoot", team="a", secrets=(SECRET,))
NAMED = replace(DESK, agents={"9": "dana", "8": "robin"})


def said(number: int, conversation: str = "42", **more: object) -> Event:
    """A message of the customer."""
    at = NINE + timedelta(seconds=number)
    return replace(Event("message", conversation, f"m{number}", "customer", False, f"line {number}", at), **more)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    """A server with one connector."""
    async with house(tmp_path) as running:
        await connect(running, DESK)
        yield running


def another(house: House, metrics: Metrics) -> Inbox:
    """The inbox of a further worker on the same store."""
    rooms = house.rooms
    return Inbox(rooms.store, rooms.conversations, rooms.connectors, client(), clock=house.clock, metrics=metrics)


async def test_workers_share_an_inbox(desk: House) -> None:
    """Whoever took it and however many empty it: each is told once, in order."""
    metrics = Metrics()
    workers = [another(desk, metrics) for _ in range(3)]
    events = [said(number, str(number % 5)) for number in range(60)]
    await asyncio.gather(*(worker.take(DESK, events) for worker in workers))
    await asyncio.sleep(0.3)
    await asyncio.gather(*(worker.drain() for worker in workers))
    await settled(desk)
    for name in range(5):
        told = [text for _, text in await transcript(desk, f"desk:{name}")]
        assert told == [f"line {number}" for number in range(name, 60, 5)]


async def test_a_worker_that_died_in_its_turn_holds_up_nobody(desk: House) -> None:
    """Its turn runs out; until then the conversation waits, and the others do not."""
    now = desk.clock()
    until = now + timedelta(seconds=1.5)
    await desk.rooms.store.inbox.take_turn("default", "desk:42", "the dead one", now, until)
    await desk.rooms.inbox.take(DESK, [said(1), said(1, "7")])
    await asyncio.sleep(0.9)
    assert len(await transcript(desk, "desk:7")) == 1
    assert await transcript(desk) == []
    await settled(desk)
    assert desk.clock() > until
    assert len(await transcript(desk)) == 1


async def test_a_database_that_takes_nothing_is_said_to_the_sender(desk: House, tmp_path: Path) -> None:
    """503, with when to come again; then the same delivery is taken."""
    with closing(sqlite3.connect(tmp_path / "steadyhand.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await bring(desk, message(1))
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) > 0
        other.execute("ROLLBACK")
    assert (await bring(desk, message(1))).status_code == 200
    assert await settled(desk) == ["heard"]


async def test_what_could_not_be_told_is_tried_again(desk: House, tmp_path: Path) -> None:
    """The database went away between taking and telling."""
    await desk.rooms.inbox.take(DESK, [said(1)])
    with closing(sqlite3.connect(tmp_path / "steadyhand.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(1.5)
        other.execute("ROLLBACK")
    assert await settled(desk) == ["heard"]
    assert len(await transcript(desk)) == 1


async def test_who_is_an_agent_the_connector_knows(desk: House) -> None:
    """Where the tool does not tell: by id or by pattern; a bot stays one."""
    known = replace(DESK, agents={"U1": "ann", "@agent-*": "@agent-*"})
    authors = ("U1", "@agent-7:x", "U2", None)
    events = [said(number, author=author) for number, author in enumerate(authors)]
    await desk.rooms.inbox.take(known, [*events, said(9, author="U1", role="bot")])
    await settled(desk)
    assert [role for role, _ in await transcript(desk)] == ["agent", "agent", "customer", "customer", "bot"]


async def test_a_conversation_stays_its_own_in_another_team(desk: House) -> None:
    """People move it; what the customer says next is told all the same."""
    await desk.rooms.inbox.take(DESK, [said(1)])
    await settled(desk)
    async with desk.client("admin") as client:
        assert (await client.put("/conversations/desk:42", json={"team": "b"})).status_code == 200
    await desk.rooms.inbox.take(DESK, [said(2)])
    assert await settled(desk) == ["heard", "heard"]
    assert (await desk.rooms.store.conversation("default", "desk:42")).team == "b"


async def test_an_event_without_a_conversation_is_nobodys(desk: House) -> None:
    """And one that needs fetching is left, with nothing told."""
    await desk.rooms.inbox.take(DESK, [said(1, conversation=None), said(2, text=None, needs_fetch=True)])
    assert await settled(desk) == ["needs_fetch"]
    assert await transcript(desk) == []


@pytest.mark.parametrize("name", ["x" * 500, "a\nb", "\ufffd", "tab\tid"])
def test_any_id_becomes_one_that_can_be_asked_for(name: str) -> None:
    """Two different ones stay two."""
    made = conversation_of(DESK, said(1, name))
    assert made.isprintable()
    assert len(made) <= 200
    assert made != conversation_of(DESK, said(1, name + "y"))


def test_what_is_shown_holds_no_words() -> None:
    """Neither text nor name nor a whole address; who was assigned, an integrator has to name."""
    event = said(
        1, text="my secret", customer="Casey", author="casey@example.com", labels=("angry",), assignee="a@example.com"
    )
    assert "secret" not in str(masked(event.wire()))
    assert "example.com" not in str(masked(event.wire()))
    assert "Casey" not in str(masked(event.wire()))
    assert "angry" not in str(masked(event.wire()))
    assert masked(replace(event, kind="assigned").wire())["assignee"] == "a@example.com"


async def agent_of(house: House, conversation: str = "desk:42") -> str | None:
    """Who has it here."""
    return (await house.rooms.store.conversation("default", conversation)).agent


@pytest.fixture
async def named(tmp_path: Path) -> AsyncIterator[House]:
    """A server whose connector names its agents."""
    async with house(tmp_path) as running:
        await connect(running, NAMED)
        yield running


async def test_the_first_message_tells_who_has_the_conversation(named: House) -> None:
    """Without an event of its own; whom the connector does not name is nobody, and a later message may still tell."""
    await named.rooms.inbox.take(NAMED, [said(1, assignee="9", customer="Casey"), said(2, "7", assignee="77")])
    await settled(named)
    assert (await agent_of(named), await agent_of(named, "desk:7")) == ("dana", None)
    await named.rooms.inbox.take(NAMED, [said(3, "7", assignee="8")])
    await settled(named)
    assert await agent_of(named, "desk:7") == "robin"
    row = await named.rooms.store.conversation("default", "desk:42")
    assert (row.customer_name, row.channel) == ("Casey", "chatwoot")


async def test_what_people_decided_here_stands(named: House) -> None:
    """A message that names another agent changes nothing, in another worker neither; an assignment in the tool does."""
    async with named.client("admin") as client:
        assert (await client.put("/conversations/desk:42", json={"agent": "ann", "channel": "shop"})).status_code == 200
    await named.rooms.inbox.take(NAMED, [said(1, assignee="9")])
    await another(named, Metrics()).take(NAMED, [said(2, assignee="8")])
    await settled(named)
    assert await agent_of(named) == "ann"
    assert (await named.rooms.store.conversation("default", "desk:42")).channel == "shop"
    await named.rooms.inbox.take(NAMED, [replace(said(3), kind="assigned", message=None, assignee="8")])
    await settled(named)
    assert await agent_of(named) == "robin"


async def test_a_file_alone_takes_its_turn(desk: House) -> None:
    """With its name in the transcript, and in no page of integrators; told again as an edit it changes nothing."""
    body = message(1, content=None, attachments=[{"file_type": "file", "data_url": "https://x.example/invoice.pdf"}])
    for event in ("message_created", "message_updated"):
        assert (await bring(desk, body | {"event": event})).status_code == 200
    assert sorted(map(str, await settled(desk))) == ["heard", "repeat"]
    async with desk.client("admin") as client:
        (told,) = (await client.get("/conversations/desk:42/transcript")).json()["messages"]
        assert (told["role"], told["text"], told["attachments"]) == ("customer", "", ["invoice.pdf"])
        assert "invoice" not in (await client.get("/connectors/desk/events")).text
