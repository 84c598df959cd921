"""What becomes of a conversation is written into its chat tool, and what the tool told nobody is fetched."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.chat_tools import Account
from app.chat_tools.talk import WRITES
from app.connectors import Connector
from app.metrics import Metrics
from app.reach import client
from app.write_back import WriteBack
from tests.app.clients import House, house
from tests.app.test_webhooks import SECRET, bring, connect, message, settled, transcript
from tests.conftest import PATIENCE
from tests.hosts.chatwoot import ACCOUNT, TOKEN, Chatwoot

RAGE = "You are useless liars! This is the third time I write. I will call my lawyer and report you!"


@pytest.fixture
def tool() -> Iterator[Chatwoot]:
    """A Chatwoot with one conversation."""
    running = Chatwoot()
    running.begins(42, datetime.now(UTC).timestamp(), labels=["billing"], custom_attributes={"plan": "pro"})
    yield running
    running.shutdown()
    running.server_close()


def connector(tool: Chatwoot, **more: Any) -> Connector:
    """One that may write everything."""
    api = Account(tool.base, TOKEN, ACCOUNT)
    agents = {"9": "dana", "21": "robin"}
    return Connector("desk", "chatwoot", team="a", secrets=(SECRET,), agents=agents, api=api, writes=WRITES, **more)


@pytest.fixture
async def desk(tmp_path: Path, tool: Chatwoot) -> AsyncIterator[House]:
    """A server with that connector."""
    async with house(tmp_path) as running:
        await connect(running, connector(tool))
        yield running


async def until(seen: Callable[[], bool]) -> None:
    """Wait for what the tool has been told."""
    async with asyncio.timeout(PATIENCE):
        while not seen():
            await asyncio.sleep(0.05)


async def test_a_critical_chat_is_told_beside_what_people_wrote(desk: House, tool: Chatwoot) -> None:
    """Score and label among theirs, priority, and a note with the reason and a reply; our note is no news to us."""
    await bring(desk, message(1, RAGE))
    there = tool.conversations[42]
    await until(lambda: bool(tool.notes(42)))
    assert sorted(there["labels"]) == ["billing", "steadyhand-critical"]
    assert there["custom_attributes"]["plan"] == "pro"
    assert there["custom_attributes"]["tension_score"] > 60
    assert there["priority"] == "urgent"
    (note,) = tool.notes(42)
    assert note.startswith(f"Steadyhand: tension {there['custom_attributes']['tension_score']} of 100, critical.")
    back = message(2, note, message_type="outgoing", private=True, sender={"id": 21, "type": "user"})
    await bring(desk, back)
    assert await settled(desk) == ["heard", "echo"]
    assert len(await transcript(desk)) == 1


async def test_a_takeover_brings_the_brief_and_the_new_agent(desk: House, tool: Chatwoot) -> None:
    """A note for the team, and the conversation is hers in the tool too."""
    await bring(desk, message(1, "Where is my order?"))
    await settled(desk)
    async with desk.client("supervisor") as client:
        answer = await client.post("/conversations/desk:42/actions", json={"action": "takeover", "to": "dana"})
        assert answer.status_code < 300, answer.text
    await until(lambda: tool.conversations[42].get("assignee") == 9)
    (note,) = tool.notes(42)
    assert "handed over" in note
    assert "Where is my order?" in note


async def test_a_tool_that_is_away_is_told_later(desk: House, tool: Chatwoot) -> None:
    """Nothing is lost by then and nothing doubled."""
    tool.down = 503
    await bring(desk, message(1, RAGE))
    await until(lambda: len(tool.calls) > 1)
    assert tool.conversations[42]["labels"] == ["billing"]
    tool.down = 0
    await until(lambda: bool(tool.notes(42)))
    assert len(tool.notes(42)) == 1
    assert tool.conversations[42]["priority"] == "urgent"


async def test_workers_write_each_thing_once(desk: House, tool: Chatwoot) -> None:
    """However many look at the same time."""
    rooms, metrics = desk.rooms, Metrics()
    async with client() as over:
        parts = (rooms.store, rooms.board, rooms.views, rooms.connectors, over)
        workers = [WriteBack(*parts, clock=desk.clock, metrics=metrics) for _ in range(3)]
        await rooms.connectors.look()
        await bring(desk, message(1, RAGE))
        await settled(desk)
        for _ in range(4):
            await asyncio.gather(*(worker.look() for worker in workers))
        await until(lambda: bool(tool.notes(42)))
        await asyncio.gather(*(worker.look() for worker in workers))
    written = Counter(path.rpartition("/")[2] for method, path in tool.calls if method == "POST")
    assert written == {"custom_attributes": 1, "labels": 1, "toggle_priority": 1, "messages": 1}


async def test_what_a_tool_does_not_take_is_not_asked_for_ever(desk: House, tool: Chatwoot) -> None:
    """A conversation that it does not know."""
    await bring(desk, message(1, RAGE, conversation={"id": 77}))
    await bring(desk, message(2, RAGE))
    await until(lambda: bool(tool.notes(42)))
    there = [path for _, path in tool.calls if "/77" in path]
    await asyncio.sleep(2.5)
    assert [path for _, path in tool.calls if "/77" in path] == there


async def test_what_webhooks_did_not_bring_is_fetched_once(desk: House, tool: Chatwoot) -> None:
    """At the start and after; what came by both ways is one message."""
    now = datetime.now(UTC).timestamp()
    known = tool.says(42, "Hello?", now - 30)
    tool.says(42, "Is anybody there?", now - 20)
    tool.says(42, "Not for the customer.", now - 10, private=True, message_type=1, sender={"id": 9, "type": "user"})
    await bring(desk, message(known["id"], "Hello?", created_at=datetime.fromtimestamp(now - 30, UTC).isoformat()))
    assert await desk.rooms.missed.look(connector(tool)) in (0, 3)  # 0 where the server's own look came first
    await until(lambda: any("/42/messages" in path for _, path in tool.calls))
    await settled(desk)
    async with asyncio.timeout(PATIENCE):
        while len(await transcript(desk)) < 3:
            await asyncio.sleep(0.05)
    assert await transcript(desk) == [
        ("customer", "Hello?"),
        ("customer", "Is anybody there?"),
        ("note", "Not for the customer."),
    ]


async def test_a_look_that_failed_is_made_again_from_where_it_was(tmp_path: Path, tool: Chatwoot) -> None:
    """The next one begins no later."""
    tool.down = 500
    async with house(tmp_path) as running:
        assert await running.rooms.missed.look(connector(tool)) == 0
        assert await running.rooms.store.document("default", "missed", "desk") is None
