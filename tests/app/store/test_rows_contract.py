"""What every store promises of the rows that several workers change, and of the notices of their changes."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from app.store import open_store
from app.store.rows import Conflict, ConversationRow, Notice, Store, Unavailable
from tests.app.store.store_samples import NOON, conversation, message, verdict

# What a later row may say of everything; which of it is taken depends on the call.
LATER = ConversationRow(
    "default",
    "c-1",
    "refunds",
    "e-2",
    NOON + timedelta(days=1),
    NOON + timedelta(days=2),
    summary={"tension": 5},
    resolved_at=NOON + timedelta(days=2),
    revision=1,
    offset=7,
)
TOLD = ("team", "agent", "customer_id", "customer_name", "channel", "locale", "slots", "revision")
LEFT = ("summary", "updated_at", "resolved_at")


def with_parts(row: ConversationRow, *names: str) -> ConversationRow:
    """The row with those fields of the later one."""
    return replace(row, **{name: getattr(LATER, name) for name in names})


async def test_put_replaces_what_was_told_only(store: Store) -> None:
    """The tile, the offset, the epoch and the creation of an existing conversation stay."""
    await store.put(conversation(offset=3))
    await store.put(LATER)
    assert await store.conversation("default", "c-1") == with_parts(conversation(offset=3), *TOLD)


async def test_append_replaces_what_the_log_left_only(store: Store) -> None:
    """What was told meanwhile is not undone by a worker that has not heard of it."""
    await store.put(conversation(revision=4))
    await store.append(LATER, message(1))
    assert await store.conversation("default", "c-1") == with_parts(conversation(revision=4, offset=1), *LEFT)


async def test_append_replaces_both_parts_when_told(store: Store) -> None:
    """An action that gives the chat to another agent is one transaction."""
    await store.put(conversation())
    await store.append(LATER, message(1), told=True)
    assert await store.conversation("default", "c-1") == with_parts(conversation(offset=1), *TOLD, *LEFT)


@pytest.mark.parametrize("told", [False, True])
async def test_append_inserts_an_unknown_conversation_whole(store: Store, told: bool) -> None:
    """The first message makes the conversation, whatever its revision."""
    await store.append(LATER, message(1), told=told)
    assert await store.conversation("default", "c-1") == replace(LATER, offset=1)


@pytest.mark.parametrize("revision", [0, 2, 3, 5])
async def test_put_of_another_revision_is_refused(store: Store, revision: int) -> None:
    """Only who has seen the last change may make the next one."""
    await store.put(conversation(revision=3))
    with pytest.raises(Conflict):
        await store.put(replace(LATER, revision=revision))
    assert await store.conversation("default", "c-1") == conversation(revision=3)


async def test_a_told_append_of_another_revision_keeps_no_event(store: Store) -> None:
    """Row and event are kept together or not at all."""
    await store.put(conversation(revision=3))
    with pytest.raises(Conflict):
        await store.append(replace(LATER, revision=3), message(1), told=True)
    assert await store.conversation("default", "c-1") == conversation(revision=3)
    assert await store.events("default", "c-1") == []


async def test_a_put_that_is_refused_does_not_touch_those_committed_with_it(store: Store) -> None:
    """Of a group exactly the others are committed, in the order of their calls."""
    await store.put(conversation())
    results = await asyncio.gather(
        store.append(conversation(), message(1)),
        store.put(conversation(team="refunds", revision=1)),
        store.put(conversation(team="late", revision=1)),
        store.append(conversation(summary={"tension": 9}), message(2)),
        store.put(conversation(team="returns", revision=2)),
        store.append(conversation("c-2"), message(1)),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None)] * 2 + [Conflict] + [type(None)] * 3
    row = await store.conversation("default", "c-1")
    assert (row.team, row.revision, row.offset, row.summary) == ("returns", 2, 2, {"tension": 9})
    assert (await store.conversation("default", "c-2")).offset == 1


async def test_first_appends_that_are_committed_together_are_one_row(store: Store) -> None:
    """The row is the first one's, with what the last one left."""
    await asyncio.gather(store.append(conversation(), message(1)), store.append(LATER, message(2)))
    assert await store.conversation("default", "c-1") == with_parts(conversation(offset=2), *LEFT)


async def test_of_two_stores_that_tell_at_once_one_wins_each_time(address: str) -> None:
    """Sixteen changes by each of two workers: every one counts once, and nobody's is overwritten unseen."""
    stores = [await open_store(address), await open_store(address)]
    await stores[0].put(conversation(slots={"0": 0, "1": 0}))

    async def tell(number: int) -> None:
        name = str(number)
        while (row := await stores[number].conversation("default", "c-1")).slots[name] < 16:
            slots = {**row.slots, name: row.slots[name] + 1}
            with suppress(Conflict, Unavailable):
                await stores[number].put(replace(row, slots=slots, revision=row.revision + 1))

    await asyncio.gather(tell(0), tell(1))
    row = await stores[0].conversation("default", "c-1")
    assert (row.slots, row.revision) == ({"0": 16, "1": 16}, 32)
    for store in stores:
        await store.close()


async def test_of_two_stores_that_append_at_once_exactly_one_wins(address: str) -> None:
    """Twenty conversations, both workers at the same offset, in opposite orders: nobody waits in a circle."""
    stores = [await open_store(address), await open_store(address)]
    names = [f"c-{n:02}" for n in range(20)]
    for turn in range(1, 6):
        calls = [(number, name) for number in (0, 1) for name in (names if number else names[::-1])]
        event = [message(turn, message_id=f"{number}-{turn}") for number in (0, 1)]
        writes = (stores[number].append(conversation(name), event[number]) for number, name in calls)
        results = await asyncio.gather(*writes, return_exceptions=True)
        if address.startswith("postgresql"):  # two on one SQLite file may keep each other waiting for too long
            assert Counter(map(type, results)) == {type(None): 20, Conflict: 20}
        for (number, name), result in zip(calls, results, strict=True):
            [kept] = await stores[0].events("default", name, turn - 1)
            assert isinstance(result, Unavailable) or (kept == event[number]) == (result is None)
    for store in stores:
        await store.close()


async def test_rows_are_looked_up_by_the_thousand(store: Store) -> None:
    """In any order; unknown ones are left out, one asked for twice comes once."""
    made = [conversation(f"c-{n}") for n in range(1100)]
    await asyncio.gather(*(store.put(row) for row in made[:200]))
    await store.put(conversation("c-1", tenant="acme"))
    keys = [("default", row.id) for row in made]
    found = await store.rows([*keys, ("acme", "c-1"), ("acme", "c-2"), keys[0]])
    wanted = [*made[:200], conversation("c-1", tenant="acme")]
    assert sorted(found, key=_key) == sorted(wanted, key=_key)
    assert await store.rows([]) == []


def _key(row: ConversationRow) -> tuple[str, str]:
    return row.tenant, row.id


async def test_each_change_leaves_a_notice(noting: Store) -> None:
    """An event's offset or a row's revision; a told append is one change, a verdict is none."""
    await noting.put(conversation(revision=1))
    await noting.append(conversation(), message(1))
    await noting.append(conversation(revision=2), message(2), told=True)
    await noting.add_feedback(verdict())
    told = Notice("default", "c-1", 0, 1)
    assert await noting.unpublished(9) == [told, Notice("default", "c-1", 1, 0), Notice("default", "c-1", 2, 0)]
    assert await noting.unpublished(1) == [told]


async def test_a_change_that_is_refused_leaves_no_notice(noting: Store) -> None:
    """Notice and change are one transaction."""
    await noting.append(conversation(), message(1))
    with pytest.raises(Conflict):
        await noting.append(conversation(), message(1))
    with pytest.raises(Conflict):
        await noting.put(conversation(revision=2))
    assert await noting.unpublished(9) == [Notice("default", "c-1", 1, 0)]


async def test_what_was_published_is_struck(noting: Store) -> None:
    """Struck ones do not come again; striking them again, or what never was, does no harm."""
    await asyncio.gather(*(noting.append(conversation(f"c-{n}"), message(1)) for n in range(5)))
    notices = await noting.unpublished(9)
    await asyncio.gather(noting.published(notices[:2]), noting.published(notices[1:4]))
    assert await noting.unpublished(9) == notices[4:]
    await noting.published([notices[0], Notice("default", "never", 1, 0)])
    await noting.published([])
    assert await noting.unpublished(9) == notices[4:]


async def test_a_notice_outlives_the_store_that_left_it(address: str) -> None:
    """Another worker finds what one that ended between commit and publishing did not publish."""
    store = await open_store(address, outbox=True)
    await store.append(conversation(), message(1))
    await store.close()
    other = await open_store(address, outbox=True)
    assert await other.unpublished(9) == [Notice("default", "c-1", 1, 0)]
    await other.close()


async def test_a_store_without_an_outbox_leaves_no_notices(store: Store) -> None:
    """One worker alone has nobody to tell."""
    await store.put(conversation())
    await store.append(conversation(), message(1))
    assert await store.unpublished(9) == []
