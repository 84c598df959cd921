"""Two workers on one PostgreSQL and one Valkey: whatever one does, who watches at the other sees it, once, in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app import neighbours
from app.store import open_store
from app.store.rows import Event
from tests.app.clients import Browser, House, browser, house
from tests.conftest import PATIENCE, soon

ANGRY = "You are useless, this is the third time I write!"


@pytest.fixture
async def pair(postgres: Any, valkey: Any, tmp_path: Path) -> AsyncIterator[tuple[House, House]]:
    """Two servers that share their database and their backplane."""
    shared = {"database": postgres.fresh(), "backplane": valkey.url}
    async with house(tmp_path, **shared) as one, house(tmp_path, **shared) as other:
        yield one, other


@asynccontextmanager
async def watcher(home: House, chat: str, **more: Any) -> AsyncIterator[Browser]:
    """An agent's browser that follows a chat at one of them."""
    async with browser(home.ws, "agent", home.token("agent")) as ann:
        assert (await ann.subscribe(chat, **more))["type"] in ("snapshot", "resumed")
        yield ann


async def post(home: House, chat: str, text: str, role: str = "customer") -> dict[str, Any]:
    """A message through one of them; the same again where a busy database has not answered in time."""
    async with home.client("ingest") as tool, asyncio.timeout(PATIENCE):
        said = {"role": role, "text": text, "id": uuid4().hex}
        while (answer := await tool.post(f"/conversations/{chat}/messages", json=said)).status_code == 503:
            await asyncio.sleep(float(answer.headers["retry-after"]))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


async def state(home: House, chat: str) -> dict[str, Any]:
    """What one of them says of a chat, but for what its own clock counts."""
    async with home.client("supervisor") as boss:
        found = (await boss.get(f"/conversations/{chat}")).json()
        messages = (await boss.get(f"/conversations/{chat}/transcript")).json()
    found.pop("waiting_seconds")
    return {**found, **messages}


async def test_what_one_folds_shows_at_the_other(pair: tuple[House, House], chat: str):
    """Messages, edits, actions and typing arrive where they were not written, and the states are the same."""
    one, other = pair
    await post(one, chat, "hello")
    async with watcher(other, chat) as ann:
        said = await post(one, chat, ANGRY)
        update = await ann.get("update")
        assert (update["offset"], update["message"]["text"]) == (2, ANGRY)
        async with one.client("ingest") as tool:
            await tool.patch(f"/conversations/{chat}/messages/{said['id']}", json={"text": "Where is it, please?"})
            await tool.post(f"/conversations/{chat}/typing", json={"role": "customer", "on": True})
        assert (await ann.get("update"))["offset"] == 3
        assert (await ann.get("typing"))["on"]
    assert (await post(other, chat, "Still nothing."))["seq"] == 3
    first = await state(one, chat)
    assert first == await state(other, chat)
    assert [message["text"] for message in first["messages"]] == ["hello", "Where is it, please?", "Still nothing."]


async def test_both_may_write_to_one_chat_at_once(pair: tuple[House, House], chat: str):
    """Who loses a race folds again: no message is lost, doubled or numbered twice."""
    answers = await asyncio.gather(*(post(pair[n % 2], chat, f"number {n}") for n in range(24)))
    assert sorted(answer["seq"] for answer in answers) == list(range(1, 25))
    first, second = await state(pair[0], chat), await state(pair[1], chat)
    assert first == second
    assert sorted(message["text"] for message in first["messages"]) == sorted(f"number {n}" for n in range(24))


async def test_one_comes_back_to_the_other(pair: tuple[House, House], chat: str):
    """A browser resumes at a worker that it has never met, and gets what it missed."""
    one, other = pair
    await post(one, chat, "hello")
    async with browser(one.ws, "agent", one.token("agent")) as ann:
        at = await ann.subscribe(chat)
    await post(one, chat, "missed")
    async with browser(other.ws, "agent", other.token("agent")) as ann:
        end = await ann.subscribe(chat, resume={"epoch": at["epoch"], "offset": at["offset"]})
        assert (end["type"], end["offset"]) == ("resumed", 2)
        assert [frame["message"]["text"] for frame in ann.seen if frame["type"] == "update"] == ["missed"]


async def test_both_boards_are_the_same(pair: tuple[House, House], chat: str):
    """A tile that one makes or changes is on the other's board, with who has it and how tense it is."""
    one, other = pair
    async with browser(other.ws, "supervisor", other.token("supervisor")) as robin:
        await robin.get("board")
        await post(one, chat, ANGRY)
        tile = (await robin.get("tiles"))["changed"][0]
        assert (tile["conversation"], tile["agent"]) == (chat, None)
        async with one.client("ingest") as tool:
            await tool.put(f"/conversations/{chat}", json={"agent": "bea"})
        now = (await robin.get("tiles"))["changed"][0]
        assert "nobody has it" in tile["because"]
        less = {name: now[name] for name in ("because", "factors", "priority", "waiting_seconds")}
        assert now == {**tile, "agent": "bea", **less}
        assert "nobody has it" not in now["because"]


async def test_a_chat_given_to_somebody_else_ends_at_the_other(pair: tuple[House, House], chat: str):
    """Rights are looked at again wherever somebody watches, and what both are told of a chat is merged."""
    one, other = pair
    await post(one, chat, "hello")
    async with watcher(other, chat) as ann, one.client("ingest") as tool, other.client("ingest") as second:
        assert (await second.put(f"/conversations/{chat}", json={"slots": {"order": "1"}})).status_code == 200
        assert (await tool.put(f"/conversations/{chat}", json={"agent": "bea", "slots": {"plan": "x"}})).is_success
        assert (await ann.get("error"))["error"]["code"] == "forbidden"
    row = await other.rooms.store.conversation("default", chat)
    assert row
    assert (row.agent, row.slots) == ("bea", {"order": "1", "plan": "x"})


async def test_what_a_worker_did_not_live_to_tell_is_told(
    pair: tuple[House, House], chat: str, monkeypatch: pytest.MonkeyPatch
):
    """An event that was committed by one who was killed before it could publish reaches who watches."""
    monkeypatch.setattr(neighbours, "COMPARE_EVERY", 3_600)  # only the outbox tells
    one, other = pair
    await post(one, chat, "hello")
    async with watcher(other, chat) as ann:
        killed = await open_store(one.rooms.settings.database, outbox=True)
        row = await killed.conversation("default", chat)
        assert row
        action = {"action": "note", "by": "bea", "at": "2026-03-02T09:00:00.000Z", "text": "called"}
        await killed.append(row, Event(offset=2, kind="action", at=datetime.now(UTC), body=action))
        await killed.close()
        assert (await ann.get("update"))["action"]["text"] == "called"
    await soon(lambda: not one.rooms.metrics.outbox._value.get() or False)


async def test_what_nobody_told_is_found(pair: tuple[House, House], chat: str, monkeypatch: pytest.MonkeyPatch):
    """With the outbox lost, too, a comparison with the store brings who watches up to date."""
    one, other = pair
    await post(one, chat, "hello")
    async with watcher(other, chat) as ann:
        silent = await open_store(one.rooms.settings.database)
        row = await silent.conversation("default", chat)
        assert row
        action = {"action": "note", "by": "bea", "at": "2026-03-02T09:00:00.000Z", "text": str(uuid4())}
        await silent.append(row, Event(offset=2, kind="action", at=datetime.now(UTC), body=action))
        await silent.close()
        async with asyncio.timeout(PATIENCE):
            assert (await ann.get("update"))["action"] == action
