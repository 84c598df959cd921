"""Who may write to a conversation when: in turn, not more at once than can be answered, not into a failing database."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app import writing
from app.health import Health
from app.metrics import Metrics
from app.store.rows import Conflict
from tests.app.clients import house
from tests.app.shapes import is_error
from tests.conftest import soon

HELLO = {"role": "customer", "text": "hello"}


async def test_more_than_can_be_answered_are_told_to_come_again(
    tmp_path: Path, chat: str, monkeypatch: pytest.MonkeyPatch
):
    """503 at once rather than an answer that comes too late; those who stand in the queue have theirs."""
    monkeypatch.setattr(writing, "MOST", 3)
    async with house(tmp_path) as home, home.client("ingest") as tool:
        lives, path = home.rooms.conversations.lives, f"/conversations/{chat}/messages"
        async with lives.hold("default", chat):
            queue = [asyncio.create_task(tool.post(path, json=HELLO)) for _ in range(3)]
            await soon(lambda: home.rooms.conversations._writing._busy == 3)
            refused = await tool.post(path, json=HELLO)
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        is_error(refused.json(), "unavailable")
        assert sorted([(await waiting).json()["seq"] for waiting in queue]) == [1, 2, 3]


async def test_who_stood_in_the_queue_of_a_failing_database_does_not_try_it_again(tmp_path: Path):
    """One who comes afterwards does: it may have been one slow commit."""
    async with house(tmp_path) as home:
        health, before = Health(home.rooms.store, Metrics()), asyncio.get_running_loop().time()
        health.failed()
        assert not health.writable(before)
        await asyncio.sleep(0.01)
        assert health.writable(asyncio.get_running_loop().time())
        health.database_is(False)
        assert not health.writable(asyncio.get_running_loop().time())


async def test_a_race_that_is_lost_again_and_again_ends(tmp_path: Path, chat: str, monkeypatch: pytest.MonkeyPatch):
    """After so many tries the sender is told to come again, and each try is counted."""
    monkeypatch.setattr(writing, "TRIES", 3)
    async with house(tmp_path) as home, home.client("ingest") as tool:
        append = home.rooms.store.append

        async def lost(*_: Any, **__: Any) -> None:
            raise Conflict("taken")

        home.rooms.store.append = lost  # type: ignore[method-assign]
        answer = await tool.post(f"/conversations/{chat}/messages", json=HELLO)
        assert answer.status_code == 503
        assert home.rooms.metrics.conflicts._value.get() == 3
        home.rooms.store.append = append  # type: ignore[method-assign]
        assert (await tool.post(f"/conversations/{chat}/messages", json=HELLO)).json()["seq"] == 1
