"""What every store promises of the inbox of connectors."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.store.inbox_rows import Delivery
from app.store.rows import Conflict, Store, Unavailable
from tests.app.store.store_samples import NOON

SECOND = timedelta(seconds=1)
FIRST = Delivery("default", "desk", "k-1", "desk:42", NOON, NOON, NOON + SECOND, {"text": "Where is it? «ß» \x00"})


async def test_what_is_queued_waits_until_it_is_due(store: Store) -> None:
    """In the order of arrival, as it was given."""
    later = replace(FIRST, key="k-2", due_at=NOON + 9 * SECOND)
    await store.inbox.queue([FIRST, later])
    assert await store.inbox.due(NOON, 10) == []
    (found,) = await store.inbox.due(NOON + SECOND, 10)
    assert replace(found, id=0) == FIRST
    assert [one.key for one in await store.inbox.due(NOON + 9 * SECOND, 10)] == ["k-1", "k-2"]
    assert len(await store.inbox.due(NOON + 9 * SECOND, 1)) == 1


async def test_a_repeat_changes_nothing(store: Store) -> None:
    """Also one whose bytes differ, and one that comes together with something new; another connector's is another."""
    await store.inbox.queue([FIRST])
    await store.inbox.queue([replace(FIRST, body={"text": "again"}), replace(FIRST, connector="other")])
    found = await store.inbox.of("default", "desk:42", NOON + SECOND)
    assert [(one.connector, one.body) for one in found] == [("desk", FIRST.body), ("other", FIRST.body)]
    assert await store.inbox.of("other", "desk:42", NOON + SECOND) == []


async def test_what_is_settled_does_not_wait_any_more(store: Store) -> None:
    """And stands among the last, the newest first, until it is pruned."""
    await store.inbox.queue([FIRST, replace(FIRST, key="k-2")])
    one, two = await store.inbox.due(NOON + SECOND, 10)
    await store.inbox.settle(replace(one, state="done", outcome="heard", tries=1, body={"text": "(12 characters)"}))
    await store.inbox.settle(replace(two, due_at=NOON + 60 * SECOND, tries=3))
    assert await store.inbox.due(NOON + SECOND, 10) == []
    newest, oldest = await store.inbox.last("default", "desk", 10)
    assert (newest.state, newest.tries) == ("waiting", 3)
    assert (oldest.state, oldest.outcome, oldest.body) == ("done", "heard", {"text": "(12 characters)"})
    await store.inbox.prune(NOON + SECOND)
    assert [one.key for one in await store.inbox.last("default", "desk", 10)] == ["k-2"]


async def test_one_at_a_time_has_the_turn(store: Store) -> None:
    """Of several at once one gets it; when it has run out, another one does."""
    turns = [store.inbox.take_turn("default", "c", name, NOON, NOON + SECOND) for name in ("a", "b", "c")]
    told = await asyncio.gather(*turns, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in told) == ["Conflict", "Conflict", "NoneType"]
    holder = "abc"[told.index(None)]
    await store.inbox.take_turn("default", "c", holder, NOON, NOON + 2 * SECOND)
    with pytest.raises(Conflict):
        await store.inbox.take_turn("default", "c", "late", NOON + SECOND, NOON + 9 * SECOND)
    await store.inbox.take_turn("default", "c", "late", NOON + 3 * SECOND, NOON + 9 * SECOND)


async def test_only_who_has_the_turn_ends_it(store: Store) -> None:
    """Who was too slow does not take it from the next one."""
    await store.inbox.take_turn("default", "c", "a", NOON, NOON + SECOND)
    await store.inbox.end_turn("default", "c", "b")
    with pytest.raises(Conflict):
        await store.inbox.take_turn("default", "c", "b", NOON, NOON + SECOND)
    await store.inbox.end_turn("default", "c", "a")
    await store.inbox.take_turn("default", "c", "b", NOON, NOON + SECOND)


async def test_what_cannot_be_kept_is_refused_at_once(store: Store) -> None:
    """Nothing of it, and nothing beside it."""
    with pytest.raises(ValueError, match="surrogate"):
        await store.inbox.queue([FIRST, replace(FIRST, key="k-2", body={"text": "\ud800"})])
    with pytest.raises(ValueError, match="zone"):
        await store.inbox.queue([replace(FIRST, at=NOON.replace(tzinfo=None))])
    assert await store.inbox.last("default", "desk", 10) == []


async def test_a_closed_store_takes_none(store: Store) -> None:
    """The sender is told to come again."""
    await store.close()
    with pytest.raises(Unavailable):
        await store.inbox.queue([FIRST])
