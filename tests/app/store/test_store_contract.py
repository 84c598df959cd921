"""What every store promises, tried on each."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store import open_store
from app.store.rows import Conflict, ConversationRow, Event, Store, StoreError, Unavailable
from tests.app.store.store_samples import NOON, conversation, edit, message, verdict
from tests.conftest import PATIENCE

TEXTS = [
    "I\u2019m done 😤👨‍👩‍👧‍👦",
    "e" + "\u0301" * 10_000,
    "\u202eright to left\u202c",
    "line\u2028separator\x1fcontrol\x7f",
    "' ; DROP TABLE events; -- %s ? :x {slot}",
    "𐍈" * 20_000,
]
unicode_text = st.text(st.characters(exclude_categories=["Cs"]))
documents = st.dictionaries(
    unicode_text,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | unicode_text,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(unicode_text, inner, max_size=4),
        max_leaves=8,
    ),
    max_size=5,
)


async def outcomes(*writes) -> list[BaseException | None]:
    """What each of the writes, made at the same time, came to."""
    return await asyncio.gather(*writes, return_exceptions=True)


async def test_a_conversation_comes_back_as_it_was_put(store: Store) -> None:
    """Every field of a conversation survives the round trip, a resolved one's too."""
    row = conversation(resolved_at=NOON + timedelta(hours=1))
    await store.put(row)
    assert await store.conversation("default", "c-1") == row


async def test_a_conversation_of_which_little_is_known_comes_back_so(store: Store) -> None:
    """The fields that may be empty stay empty."""
    row = ConversationRow("default", "c-1", "parcels", "e-1", NOON, NOON)
    await store.put(row)
    assert await store.conversation("default", "c-1") == row


async def test_an_event_comes_back_as_it_was_appended(store: Store) -> None:
    """Every field of an event survives the round trip, with and without those only messages have."""
    log = [message(1), Event(2, "action", NOON, {"action": "escalate", "to": None})]
    for event in log:
        await store.append(conversation(), event)
    assert await store.events("default", "c-1") == log


async def test_what_was_never_stored_is_not_found(store: Store) -> None:
    """Unknown conversations, tenants and messages are None or empty, not an error."""
    await store.append(conversation(), message(1))
    assert await store.conversation("default", "c-2") is None
    assert await store.conversation("other", "c-1") is None
    assert await store.events("other", "c-1") == []
    assert await store.message("default", "c-1", "m-2") is None
    assert await store.message("other", "c-1", "m-1") is None


async def test_only_messages_are_found_by_message_id(store: Store) -> None:
    """An event that names a message is not that message."""
    await store.append(conversation(), Event(1, "action", NOON, {"action": "note"}, message_id="m-9"))
    assert await store.message("default", "c-1", "m-9") is None


async def test_what_is_kept_is_what_stood_in_the_row_at_the_call(store: Store) -> None:
    """A caller may go on changing its dictionaries while the write waits."""
    body = {"text": "as sent"}
    task = asyncio.create_task(store.append(conversation(), message(1, body=body)))
    await asyncio.sleep(0)
    body["text"] = "changed"
    await task
    assert (await store.events("default", "c-1"))[0].body == {"text": "as sent"}


async def test_times_come_back_in_utc(store: Store) -> None:
    """A time of another zone is kept as the same moment."""
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    await store.append(conversation(updated_at=tokyo), message(1, at=tokyo))
    [event] = await store.events("default", "c-1")
    found = await store.conversation("default", "c-1")
    assert (event.at, event.at.tzinfo) == (NOON, UTC)
    assert (found.updated_at, found.updated_at.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_any_unicode_text_is_kept_to_the_character(store: Store, text: str) -> None:
    """No text is shortened, normalised or taken for SQL."""
    await store.append(conversation(customer_name=text, slots={text: text}), message(1, body={"text": text}))
    assert (await store.conversation("default", "c-1")).customer_name == text
    assert (await store.conversation("default", "c-1")).slots == {text: text}
    assert (await store.events("default", "c-1"))[0].body == {"text": text}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents)
async def test_any_document_comes_back_equal(store: Store, document: dict) -> None:
    """Whatever is JSON is kept as it is."""
    row = conversation(f"c-{uuid4()}", slots=document)
    await store.put(row)
    assert (await store.conversation(row.tenant, row.id)).slots == document


@pytest.mark.parametrize(
    "bad",
    [
        {"at": NOON.replace(tzinfo=None)},
        {"body": {"text": "\ud800"}},
        {"body": {"tension": float("nan")}},
        {"message_id": "\udfff"},
        {"message_id": "m\x00"},
        {"offset": 0, "seq": 1},
    ],
    ids=[
        "time without a zone",
        "lone surrogate",
        "not a number",
        "lone surrogate in an id",
        "NUL in an id",
        "offset 0",
    ],
)
async def test_what_cannot_be_kept_is_refused_and_spoils_nothing(store: Store, bad: dict) -> None:
    """The caller hears a `ValueError`; whoever is committed with it hears nothing of it."""
    refused, kept = await outcomes(
        store.append(conversation("c-1"), replace(message(1), **bad)), store.append(conversation("c-2"), message(1))
    )
    assert isinstance(refused, ValueError)
    assert kept is None
    assert await store.events("default", "c-1") == []
    assert await store.conversation("default", "c-1") is None
    assert await store.events("default", "c-2") == [message(1)]


async def test_the_log_is_read_from_any_offset(store: Store) -> None:
    """`after` is the last offset that the reader has."""
    log = [message(offset) for offset in range(1, 251)]
    for event in log:
        await store.append(conversation(), event)
    for after in (0, 1, 99, 100, 249, 250, 400):
        assert await store.events("default", "c-1", after) == log[after:]


async def test_an_edit_replaces_the_message_and_is_an_event_of_its_own(store: Store) -> None:
    """Body, reading and outcome of the revised events are replaced, and the message is still found by its id."""
    first, second = message(1), message(2)
    await store.append(conversation(), first)
    await store.append(conversation(), second)
    revised = [
        replace(first, body={"text": "edited"}, reading=None, outcome={"tension": 5}),
        replace(second, outcome={"tension": 6}),
    ]
    await store.append(conversation(summary={"tension": 6}), edit(3, of=first), revised)
    assert await store.events("default", "c-1") == [*revised, edit(3, of=first)]
    assert await store.message("default", "c-1", "m-1") == revised[0]
    assert (await store.conversation("default", "c-1")).summary == {"tension": 6}


@pytest.mark.parametrize(
    "taken",
    [
        message(2, seq=3, message_id="m-3"),
        message(3, seq=2, message_id="m-3"),
        message(3, seq=3, message_id="m-2"),
        message(5, seq=3, message_id="m-3"),
    ],
    ids=["offset", "seq", "message id", "a hole before it"],
)
async def test_a_conflict_leaves_nothing_behind(store: Store, taken: Event) -> None:
    """Neither the event, nor the row, nor the revised events of a refused write are kept."""
    log = [message(1), message(2)]
    for event in log:
        await store.append(conversation(), event)
    with pytest.raises(Conflict):
        await store.append(
            conversation(team="refunds"), taken, [replace(log[0], body={"text": "edited"})] if taken.offset > 1 else []
        )
    assert await store.events("default", "c-1") == log
    assert await store.conversation("default", "c-1") == conversation(offset=2)


async def test_a_conflict_does_not_touch_those_committed_with_it(store: Store) -> None:
    """Of a group in which some conflict, exactly the others are committed."""
    store._writer._within = PATIENCE  # type: ignore[attr-defined] # a busy machine may need it to take the group apart
    await store.append(conversation("c-0"), message(1))
    results = await outcomes(
        *(store.append(conversation(f"c-{n % 10}"), message(1, message_id=f"{n}")) for n in range(30)),
        store.append(conversation("c-0"), message(2)),
    )
    assert [type(result) for result in results[:30]] == [Conflict] + [type(None)] * 9 + [Conflict] * 20
    assert results[30] is None
    assert [event.offset for event in await store.events("default", "c-0")] == [1, 2]
    for n in range(1, 10):
        assert [event.message_id for event in await store.events("default", f"c-{n}")] == [str(n)]


async def test_only_earlier_events_can_be_revised(store: Store) -> None:
    """An event does not revise itself or what is not there yet."""
    await store.append(conversation(), message(1))
    with pytest.raises(ValueError, match="earlier"):
        await store.append(conversation(), message(2), [message(2)])
    assert await store.events("default", "c-1") == [message(1)]


async def test_many_at_once_all_land_without_a_hole(store: Store) -> None:
    """500 concurrent appends over 20 conversations: each log is whole and in order."""
    appends = [(f"c-{n % 20}", message(n // 20 + 1)) for n in range(500)]
    await asyncio.gather(*(store.append(conversation(name), event) for name, event in appends))
    for n in range(20):
        assert await store.events("default", f"c-{n}") == [message(offset) for offset in range(1, 26)]


async def test_two_stores_of_one_database_agree_on_one_order(address: str) -> None:
    """Eight senders in two stores retry until their message is there: one log, no hole, nothing twice."""
    stores = [await open_store(address), await open_store(address)]

    async def send(store: Store, text: str) -> None:
        for _ in range(1000):
            if await store.message("default", "c-1", text):
                return
            offset = len(await store.events("default", "c-1")) + 1
            with suppress(Conflict, Unavailable):
                await store.append(conversation(), message(offset, message_id=text, body={"text": text}))
        pytest.fail("never got its turn")

    texts = [f"{sender}-{turn}" for sender in range(8) for turn in range(5)]
    await asyncio.gather(*(send(stores[n % 2], text) for n, text in enumerate(texts)))
    log = await stores[0].events("default", "c-1")
    assert log == await stores[1].events("default", "c-1")
    assert [event.offset for event in log] == list(range(1, 41))
    assert (await stores[1].conversation("default", "c-1")).offset == 40
    assert sorted(event.body["text"] for event in log) == sorted(texts)
    for store in stores:
        await store.close()


async def test_a_long_log_is_read_as_of_one_moment(store: Store) -> None:
    """While a message is edited again and again, each read has as many edits as its text says."""
    first = message(1, body={"edits": 0})
    await store.append(conversation(), first)
    for offset in range(2, 301):
        await store.append(conversation(), message(offset))
    reading = asyncio.create_task(_edits_read(store, 40))
    for number in range(1, 200):
        await store.append(conversation(), edit(300 + number, of=first), [replace(first, body={"edits": number})])
    assert all(said == counted for said, counted in await reading)


async def _edits_read(store: Store, times: int) -> list[tuple[int, int]]:
    pairs = []
    for _ in range(times):
        log = await store.events("default", "c-1")
        pairs.append((log[0].body["edits"], sum(event.kind == "edit" for event in log)))
    return pairs


async def test_live_conversations_come_newest_first_and_resolved_ones_not(store: Store) -> None:
    """The board is rebuilt from what is not resolved, of every tenant; one that is opened again is back."""
    rows = [
        conversation("old", updated_at=NOON),
        conversation("new", updated_at=NOON + timedelta(hours=2)),
        conversation("other", tenant="acme", updated_at=NOON + timedelta(hours=1)),
        conversation("done", resolved_at=NOON),
    ]
    for row in rows:
        await store.put(row)
    assert [row.id for row in await store.live()] == ["new", "other", "old"]
    await store.append(replace(rows[3], resolved_at=None, updated_at=NOON - timedelta(days=1)), message(1))
    await store.append(replace(rows[1], resolved_at=NOON), message(1))
    assert [row.id for row in await store.live()] == ["other", "old", "done"]


async def test_the_recent_ones_are_the_newest_of_all_tenants(store: Store) -> None:
    """Resolved ones too, the newest first, and no more than are wanted."""
    for hours, name in enumerate(("old", "first", "second", "third")):
        done = NOON if name == "second" else None
        row = conversation(name, updated_at=NOON + timedelta(hours=hours), resolved_at=done)
        await store.put(replace(row, tenant="acme") if name == "first" else row)
    since = NOON + timedelta(hours=1)
    assert [row.id for row in await store.recent(since, 9)] == ["third", "second", "first"]
    assert [row.id for row in await store.recent(since, 2)] == ["third", "second"]
    assert await store.recent(NOON + timedelta(days=1), 9) == []


async def test_a_cancelled_caller_does_not_harm_the_others(store: Store) -> None:
    """Callers that go away while they wait leave a whole write or none; all others are committed."""
    tasks = [asyncio.create_task(store.append(conversation(f"c-{n}"), message(1))) for n in range(100)]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    results = await outcomes(*tasks)
    for n, result in enumerate(results):
        kept = await store.events("default", f"c-{n}")
        assert isinstance(result, asyncio.CancelledError) == (n % 3 == 0)
        assert kept == [message(1)] or (n % 3 == 0 and kept == [])
        assert (await store.conversation("default", f"c-{n}") is not None) == bool(kept)


async def test_a_cancelled_read_never_hands_its_answer_to_another(store: Store) -> None:
    """Reads that are cut off at any point leave the connections to others in order; a busy machine may refuse some."""
    answered = 0
    for n in range(8):
        await store.append(conversation(f"c-{n}"), message(1, body={"text": f"of {n}"}))
    for pause in range(60):
        reads = [asyncio.create_task(store.events("default", f"c-{n % 8}")) for n in range(24)]
        for _ in range(pause):
            await asyncio.sleep(0)
        for read in reads[::2]:
            read.cancel()
        for n, log in enumerate(await outcomes(*reads)):
            if not isinstance(log, asyncio.CancelledError | Unavailable):
                assert [event.body["text"] for event in log] == [f"of {n % 8}"]
                answered += 1
    assert answered > 60
    assert (await store.message("default", "c-3", "m-1")).body == {"text": "of 3"}


async def test_closing_finishes_what_is_queued(address: str) -> None:
    """Writes that were accepted before the end are committed; later ones are turned away."""
    store = await open_store(address)
    tasks = [asyncio.create_task(store.append(conversation(f"c-{n}"), message(1))) for n in range(300)]
    await asyncio.sleep(0)
    await store.close()
    assert await outcomes(*tasks) == [None] * 300
    with pytest.raises(Unavailable):
        await store.put(conversation())
    await store.close()
    again = await open_store(address)
    assert len(await again.live()) == 300
    await again.close()


async def test_feedback_is_taken_again_and_again(store: Store) -> None:
    """A verdict is an event in time: the same one twice is two, and needs no conversation row."""
    assert await outcomes(*(store.add_feedback(verdict()) for _ in range(3))) == [None] * 3
    await store.add_feedback(verdict(reason=None, version=None, distance=None))


async def test_feedback_with_a_key_can_be_given_again(store: Store) -> None:
    """By who does not know whether it came through; another chat may use the same key."""
    given = [verdict(key="v"), verdict(key="v"), verdict(conversation="other", key="v")]
    assert await outcomes(*map(store.add_feedback, given)) == [None] * 3


async def test_an_open_store_is_ready(store: Store) -> None:
    """The probe answers yes while the database does."""
    assert await store.ready() is True


def test_the_store_s_errors_are_one_family() -> None:
    """A caller that cares for no detail catches one type."""
    assert issubclass(Conflict, StoreError)
    assert issubclass(Unavailable, StoreError)
