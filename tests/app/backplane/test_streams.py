"""Several workers on one stream of a real server: what each hears of the others, and what hostile entries do."""

import asyncio
import json
import random
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from app.backplane import entry, topic_of, writing
from app.backplane.entry import MAX_BYTES
from app.backplane.reading import MAX_WORKERS, Counts
from app.backplane.streams import RedisBackplane
from app.store.rows import Notice
from tests.app.backplane.conftest import TOPIC, Ears, Join, change, settled
from tests.conftest import MS, PATIENCE, soon
from tests.fleet.valkey import Given, Valkey


@pytest.fixture
async def client(valkey: Valkey | Given) -> AsyncIterator[Redis]:
    """Somebody else at the same server."""
    async with Redis.from_url(valkey.url) as other:
        yield other


@pytest.fixture
def key(prefix: str) -> str:
    """The stream's key."""
    return f"{prefix}:1:events"


async def test_each_hears_the_others_in_order_and_itself_once(join: Join):
    """Three workers who speak at the same time."""
    workers = [await join() for _ in range(3)]
    got = [worker.watch(TOPIC) for worker in workers]
    for offset in range(1, 101):
        for number, worker in enumerate(workers):
            worker.say(1000 * number + offset)
    await soon(lambda: all(len(frames) == 300 for frames in got))
    for frames, worker in zip(got, workers, strict=True):
        for number in range(3):
            own = [offset for offset, _ in frames if offset // 1000 == number]
            assert own == [1000 * number + offset for offset in range(1, 101)]
        assert len(worker.ears.changes) == 200
        assert sorted(notice.offset for notice in worker.ears.struck) == [
            1000 * workers.index(worker) + offset for offset in range(1, 101)
        ]
        assert worker.ears.told == []


async def test_a_change_comes_as_it_was_published(join: Join):
    """With the row, or with nothing in it; and a frame without a change is no change."""
    here, there = await join(), await join()
    got = there.watch(TOPIC)
    here.say(1)
    here.backplane.publish(TOPIC, 0, '{"type":"whisper","text":"Zoë 🙂"}')
    here.backplane.publish(TOPIC, 0, "", bare := change(0))
    await soon(lambda: len(got) == 3)
    assert got == [(1, "frame 1"), (0, '{"type":"whisper","text":"Zoë 🙂"}'), (0, "")]
    assert there.ears.changes == [change(1), bare]
    assert there.ears.changes[0].notice == Notice("default", "c-1", 1, 0)


async def test_who_comes_later_hears_what_is_said_from_then_on(join: Join):
    """What was before is in the store."""
    here = await join()
    here.say(1)
    await settled(here)
    there = await join()
    got = there.watch(TOPIC)
    here.say(2)
    await soon(lambda: got == [(2, "frame 2")])
    assert there.ears.told == []


async def test_what_is_too_long_or_no_json_comes_as_a_word_to_fetch_it(join: Join):
    """The others learn that it is there; what only was on its way is lost to them, and counted."""
    here, there = await join(), await join()
    got = there.watch(TOPIC)
    here.say(1, text="x" * MAX_BYTES)
    odd = change(2)
    odd.row["sum"] = float("nan")
    here.backplane.publish(TOPIC, 2, "frame 2", odd)
    here.backplane.publish(TOPIC, 0, "half a pair: \ud800")
    here.say(3)
    await soon(lambda: len(got) == 3)
    assert got == [(1, ""), (2, "frame 2"), (3, "frame 3")]
    assert [told.row for told in there.ears.changes] == [{}, {}, change(3).row]
    assert (here.backplane.dropped, there.ears.told) == (1, [])


FOREIGN = topic_of(Notice("other", "c-1", 1, 0))
OTHER = topic_of(change(1, "c-9").notice)
GOOD = {
    "worker": "w",
    "count": 1,
    "topic": TOPIC,
    "offset": 1,
    "text": "forged",
    "change": {"notice": ["default", "c-1", 1, 0], "row": {}},
}
HOSTILE = [
    *(GOOD | {"worker": wrong} for wrong in ("", "w" * 33, 1, None, ["w"])),
    *(GOOD | {"count": wrong} for wrong in (0, -1, 1.5, 2**70, True, "1", None)),
    *(GOOD | {"topic": wrong} for wrong in ("", "x", FOREIGN, f"{TOPIC} ", 1, None)),
    *(GOOD | {"offset": wrong} for wrong in (-1, 0.5, 2**70, True, "1", None)),
    *(GOOD | {"text": wrong} for wrong in (None, 1, {}, "\ud800", "x" * MAX_BYTES)),
    *(GOOD | {"change": wrong} for wrong in ([], "x", {}, {"notice": ["default", "c-1", 1, 0]}, {"row": {}})),
    *(
        GOOD | {"change": {"notice": wrong, "row": {}}}
        for wrong in (["other", "c-1", 1, 0], ["default", "c-1", 1], ["default", "c-1", "1", 0], None)
    ),
    GOOD | {"change": {"notice": ["default", "c-1", 1, 0], "row": []}},
    [],
    None,
    "x",
    1,
]


def hostile(number: int, chance: random.Random) -> bytes:
    """An entry as somebody would write it who wants to see us fall."""
    good = json.dumps(GOOD)
    match number % 5:
        case 0:
            return good.encode()[: chance.randrange(1, len(good))]
        case 1:
            return chance.randbytes(chance.randrange(1, 2000))
        case 2:
            return chance.choice((b"[", b'{"worker":', b'{"change":{"row":{"x":[')) * 30_000
        case 3:
            return good.replace('"row": {}', '"row": {"sum": 1e999}').encode()
    return json.dumps(chance.choice(HOSTILE)).encode()


async def test_a_thousand_hostile_entries_are_counted_and_reach_nobody(join: Join, client: Redis, key: str):
    """What comes after them is heard as ever."""
    here, there = await join(), await join()
    got, foreign = there.watch(TOPIC), there.watch(FOREIGN)
    chance = random.Random(6)
    async with client.pipeline(transaction=False) as pipe:
        for number in range(1000):
            pipe.xadd(key, {"entry": hostile(number, chance)})
        pipe.xadd(key, {"other": b"{}"})
        pipe.xadd(key, {"entry": b"{}", "more": b"{}"})
        await pipe.execute()
    here.say(7)
    await soon(lambda: bool(got))
    assert got == [(7, "frame 7")]
    assert foreign == []
    assert there.ears.changes == [change(7)]
    assert there.backplane.skipped == 1002
    assert (there.backplane.up, there.ears.told) == (True, [])


async def test_an_entry_that_nobody_can_take_does_not_keep_the_next_one(join: Join):
    """It is said in the log and counted."""
    here, there = await join(), await join()

    def stumble(offset: int, _text: str) -> None:
        if offset == 1:
            raise RuntimeError("a watcher's own mistake")

    there.backplane.subscribe(TOPIC, stumble)
    got = there.watch(TOPIC)
    here.say(1)
    here.say(2)
    await soon(lambda: (2, "frame 2") in got)
    assert (there.backplane.skipped, there.backplane.up) == (1, True)


async def test_the_stream_is_bounded_by_length_and_by_age(join: Join, client: Redis, key: str):
    """After 50,000 entries; it goes as a whole when nobody writes any more."""
    worker = await join()
    for offset in range(1, 50_001):
        worker.say(offset, text="x")
        if offset % 2000 == 0:
            await settled(worker)
    await settled(worker)
    assert len(worker.ears.struck) == 50_000
    assert 10_000 <= await client.xlen(key) <= 10_100
    assert 0 < await client.ttl(key) <= writing.AGE


async def test_old_entries_are_struck_out_while_new_ones_come(join: Join, client: Redis, key: str):
    """By the server's clock: a worker whose own clock goes wrong strikes out nothing."""
    first, _ = await client.time()
    await client.xadd(key, {"entry": b"{}"}, id=f"{(first - writing.AGE - 10) * 1000}-0")
    await client.xadd(key, {"entry": b"{}"}, id=f"{(first - writing.AGE + 60) * 1000}-0")
    worker = await join()
    worker.say(1)
    await settled(worker)
    async with asyncio.timeout(PATIENCE):
        while await client.xlen(key) != 2:
            await asyncio.sleep(5 * MS)


async def test_a_reader_who_fell_behind_what_is_kept_is_told_that_he_missed_some(join: Join, client: Redis, key: str):
    """He goes on with what there is."""
    here, there = await join(), await join()
    got = there.watch(TOPIC)
    here.say(1)
    await soon(lambda: len(got) == 1)
    foreign = entry.written("somebody", 1, OTHER, 1, "x", None)
    async with client.pipeline(transaction=True) as pipe:  # faster than anybody can read
        for _ in range(500):
            pipe.xadd(key, {"entry": foreign})
        pipe.xtrim(key, maxlen=200, approximate=False)
        await pipe.execute()
    here.say(2)
    await soon(lambda: len(got) == 2)
    assert there.ears.told == ["missed"]


async def test_an_entry_that_did_not_come_is_missed_by_its_count(join: Join, client: Redis, key: str):
    """However it was lost; one that comes twice is heard once."""
    there = await join()
    got = there.watch(TOPIC)
    for count in (1, 2, 2, 1, 3, 5, 6):
        await client.xadd(key, {"entry": entry.written("somebody", count, TOPIC, count, "x", None)})
    await soon(lambda: len(got) == 5)
    assert [offset for offset, _ in got] == [1, 2, 3, 5, 6]
    await soon(lambda: there.ears.told == ["missed"])


def test_forged_workers_fill_no_memory():
    """The one heard last is known as before."""
    counts = Counts()
    for number in range(3 * MAX_WORKERS):
        counts.step(f"w{number}", 1)
        assert counts.step("ours", number + 1) == (True, False)
    assert counts.step("ours", 1) == (False, False)
    assert len(counts._last) == MAX_WORKERS


async def test_a_stream_that_is_deleted_and_counts_anew_is_followed(join: Join, client: Redis, key: str):
    """Also where its clock has gone back: to wait for an id of the future would be to wait for ever."""
    here, there = await join(), await join()
    got = there.watch(TOPIC)
    here.say(1)
    await soon(lambda: len(got) == 1)
    before = (await client.time())[0] - 60
    await client.delete(key)
    await client.xadd(key, {"entry": entry.written("somebody", 1, TOPIC, 2, "x", None)}, id=f"{before * 1000}-1")
    await soon(lambda: len(got) == 2)
    await client.xadd(key, {"entry": entry.written("somebody", 2, TOPIC, 3, "x", None)}, id=f"{before * 1000}-2")
    await soon(lambda: len(got) == 3)


async def test_what_waits_leaves_before_the_end(join: Join):
    """A worker that is told to go has told the others all it knew."""
    here, there = await join(), await join()
    got = there.watch(TOPIC)
    for offset in range(1, 301):
        here.say(offset)
    await here.backplane.close()
    await soon(lambda: len(got) == 300)


async def test_thousands_of_cancelled_calls_do_no_harm(valkey: Valkey | Given, prefix: str, join: Join):
    """Start, publish and close are cancelled anywhere; the others hear each entry at most once, in order, and whole."""
    there, chance = await join(), random.Random(6)
    got = there.watch(TOPIC)
    offset = 0

    async def speak(backplane: RedisBackplane) -> None:
        nonlocal offset
        for _ in range(chance.randrange(4)):
            offset += 1
            backplane.publish(TOPIC, offset, f"frame {offset}", change(offset))
            await asyncio.sleep(chance.choice((0, 0, 0.0005)))
        if chance.random() < 0.1:
            await backplane.close()

    for _ in range(500):
        backplane = RedisBackplane(valkey.url, prefix=prefix)
        begun = asyncio.create_task(backplane.start(Ears()))
        if chance.random() < 0.8:
            await begun
        calls = [begun, *(asyncio.create_task(speak(backplane)) for _ in range(9))]
        for call in chance.sample(calls, 10):
            await asyncio.sleep(chance.choice((0, 0, 0.0005)))
            call.cancel()
        await asyncio.wait(calls)
        await backplane.close()
    last = await join()
    last.say(offset + 1)
    await soon(lambda: (offset + 1, f"frame {offset + 1}") in got)
    assert all(text == f"frame {number}" for number, text in got)
    offsets = [number for number, _ in got]
    assert offsets == sorted(set(offsets))
    assert len(offsets) > 100, "most were cancelled before they were said"
    assert (there.backplane.skipped, there.ears.told) == (0, [])
