"""Conversations in memory are a cache: bounded, let go when unused, the same when they come back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.live import RECENT, Live, LiveConversations, host_slots, new_row
from app.store import open_store
from app.store.rows import Store
from assist.engine import Engine
from tests.conftest import START


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    opened = await open_store(f"sqlite+aiosqlite:///{tmp_path}/steadyhand.db")
    yield opened
    await opened.close()


@pytest.fixture
def lives(store: Store, engine: Engine) -> LiveConversations:
    """Room for three conversations."""
    return LiveConversations(store, lambda _: engine, most=3)


async def test_only_so_many_are_held(lives: LiveConversations, store: Store):
    """The one that was used longest ago goes first; it is loaded again when it is needed."""
    for name in "abcd":
        await store.put(new_row("t", name, "a", START))
        async with lives.hold("t", name) as live:
            live.advice = {"mark": name}
        if name == "c":
            async with lives.hold("t", "a"):
                pass
    assert len(lives) == 3
    async with lives.hold("t", "a") as live:
        assert live.advice == {"mark": "a"}
    async with lives.hold("t", "b") as live:
        assert live.advice != {"mark": "b"}
        assert live.row


async def test_one_in_use_is_not_let_go(lives: LiveConversations, store: Store):
    """Two callers of one conversation always share its lock."""
    for name in "abcdef":
        await store.put(new_row("t", name, "a", START))
    async with lives.hold("t", "a") as live:
        for name in "bcdef":
            async with lives.hold("t", name):
                pass
        second = asyncio.create_task(lives.hold("t", "a").__aenter__())
        await asyncio.sleep(0)
        assert not second.done()
    assert await second is live


async def test_what_nobody_has_heard_of_is_not_held(lives: LiveConversations):
    """Asking for names costs no memory."""
    for number in range(10):
        async with lives.hold("t", f"unknown-{number}") as live:
            assert live.row is None
    assert len(lives) == 0


async def test_callers_get_a_conversation_in_the_order_of_their_calls(lives: LiveConversations, store: Store):
    """So that messages stay in the order in which they came."""
    await store.put(new_row("t", "a", "a", START))
    order = []

    async def caller(number: int) -> None:
        async with lives.hold("t", "a"):
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(caller(number) for number in range(20)))
    assert order == list(range(20))


def test_the_last_ids_are_at_hand():
    """As many as are kept, the newest ones."""
    live = Live()
    for number in range(RECENT + 1):
        live.remember(f"m{number}", number)
    assert len(live.recent) == RECENT
    assert "m0" not in live.recent


def test_the_first_name_is_a_slot_unless_the_host_gives_one():
    """`name` is how a phrase addresses the customer."""
    from dataclasses import replace

    row = new_row("t", "c", "a", START)
    assert host_slots(row) == {}
    assert host_slots(replace(row, customer_name="Sam Rivera")) == {"name": "Sam"}
    assert host_slots(replace(row, customer_name="Sam Rivera", slots={"name": "Dr Rivera"})) == {"name": "Dr Rivera"}
