"""A server that dies, hangs or cannot be reached: noticed within two seconds, and whole again after."""

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path
from time import monotonic, process_time

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.backplane import entry, writing
from tests.app.backplane.conftest import TOPIC, Join, Worker, change, settled
from tests.conftest import MS, PATIENCE, soon
from tests.fleet.proxy import Proxy, Way
from tests.fleet.valkey import Valkey

NOTICED = 2000 * MS
OUTAGE = 1500 * MS  # long enough that tries to connect have become rare


def open_files() -> int:
    """How many this process has open, sockets among them."""
    return len(list(Path("/proc/self/fd").iterdir()))


async def within(limit: float, check: Callable[[], bool]) -> None:
    """Wait until something holds, which has to be within so many seconds."""
    began = monotonic()
    await soon(check)
    assert monotonic() - began < limit


async def pair(join: Join, url: str) -> tuple[Worker, Worker, list[tuple[int, str]]]:
    """One who speaks, one who listens, and what he hears; the first word is through."""
    here, there = await join(url), await join(url)
    got = there.watch(TOPIC)
    here.say(1)
    await soon(lambda: got == [(1, "frame 1")])
    return here, there, got


async def test_a_killed_server_is_noticed_and_its_return_too(server: Valkey, join: Join):
    """What is said meanwhile waits; the server comes back empty, so that all compare with the store, once."""
    here, there, got = await pair(join, server.url)
    server.kill()
    await within(NOTICED, lambda: here.ears.told == there.ears.told == [False])
    assert not here.backplane.up
    here.say(2)
    await asyncio.sleep(OUTAGE)
    server.start()
    await within(NOTICED, lambda: here.ears.told == there.ears.told == [False, True, "missed"])
    here.say(3)
    await soon(lambda: len(got) == 3)
    assert [offset for offset, _ in got] == [1, 2, 3]
    assert [notice.offset for notice in here.ears.struck] == [1, 2, 3]
    assert here.ears.told == there.ears.told == [False, True, "missed"]


async def test_a_server_that_is_not_there_at_the_start_is_found_later(server: Valkey, join: Join):
    """The start does not wait for it."""
    server.kill()
    began = monotonic()
    worker = await join(server.url)
    assert monotonic() - began < NOTICED
    assert (worker.backplane.up, worker.ears.told) == (False, [False])
    server.start()
    await within(NOTICED, lambda: worker.ears.told == [False, True, "missed"])


async def test_a_server_that_hangs_is_noticed(server: Valkey, join: Join):
    """Its connections stay open, and nothing fails but the answers; nothing is lost or doubled."""
    here, there, got = await pair(join, server.url)
    server.pause()
    here.say(2)
    await within(NOTICED, lambda: here.ears.told == there.ears.told == [False])
    here.say(3)
    await asyncio.sleep(OUTAGE)
    server.resume()
    await within(NOTICED, lambda: here.ears.told == there.ears.told == [False, True, "missed"])
    here.say(4)
    await soon(lambda: len(got) >= 4)
    assert [offset for offset, _ in got] == [1, 2, 3, 4]
    assert here.ears.told == there.ears.told == [False, True, "missed"]


@pytest.mark.parametrize("way", Way)
async def test_a_connection_that_is_open_in_one_direction_only_is_noticed(
    server: Valkey, proxy: Proxy, join: Join, way: Way
):
    """By who listens and by who has something to say; what was written and not answered comes once."""
    here, there, got = await pair(join, f"redis://127.0.0.1:{proxy.port}")
    proxy.swallow(way)
    here.say(2)
    await within(NOTICED, lambda: here.ears.told == there.ears.told == [False])
    await proxy.resume()
    await within(NOTICED, lambda: here.ears.told == there.ears.told == [False, True, "missed"])
    here.say(3)
    await soon(lambda: len(got) >= 3)
    assert [offset for offset, _ in got] == [1, 2, 3]


async def test_a_worker_with_nothing_to_say_asks_for_signs_of_life_on_both_its_connections(server: Valkey, join: Join):
    """One that hangs alone is noticed, too."""
    worker = await join(server.url)
    await asyncio.sleep(OUTAGE)
    async with Redis.from_url(server.url) as client:
        asked = {about["cmd"]: int(about["idle"]) for about in await client.client_list()}
    assert max(asked["xread"], asked["time"]) <= 1
    assert worker.ears.told == []


async def test_who_was_cut_off_goes_on_where_he_was(server: Valkey, proxy: Proxy, join: Join):
    """All that the others said meanwhile comes, in order, once."""
    here, there = await join(server.url), await join(f"redis://127.0.0.1:{proxy.port}")
    got = there.watch(TOPIC)
    for offset in range(1, 1001):
        here.say(offset)
        if offset in (200, 500):
            proxy.cut()
        if offset == 700:
            await proxy.refuse()
        if offset == 900:
            await asyncio.sleep(300 * MS)
            await proxy.resume()
        if offset % 20 == 0:
            await asyncio.sleep(1 * MS)
    await soon(lambda: len(got) == 1000)
    assert [offset for offset, _ in got] == list(range(1, 1001))
    assert there.ears.told.count("missed") == there.ears.told.count(True) == there.ears.told.count(False) > 1
    assert here.ears.told == []


async def test_who_was_cut_off_for_too_long_hears_what_is_left(server: Valkey, proxy: Proxy, join: Join):
    """And that he missed some."""
    here, there, got = await pair(join, f"redis://127.0.0.1:{proxy.port}")
    await proxy.refuse()
    await soon(lambda: there.ears.told == [False])
    async with Redis.from_url(server.url) as client, client.pipeline(transaction=False) as pipe:
        for count in range(1, 501):
            pipe.xadd(here.backplane._reader._key, {"entry": entry.written("w", count, TOPIC, count + 1, "x", None)})
        pipe.xtrim(here.backplane._reader._key, maxlen=100, approximate=False)
        await pipe.execute()
    await proxy.resume()
    await soon(lambda: len(got) == 101)
    assert got[-1][0] == 501
    assert there.ears.told[:3] == [False, True, "missed"]


async def test_to_catch_up_holds_up_nobody_else(server: Valkey, proxy: Proxy, join: Join):
    """All that a stream keeps, of the usual size, is read in slices."""
    there = await join(f"redis://127.0.0.1:{proxy.port}")
    got, longest = there.watch(TOPIC), 0.0
    await proxy.refuse()
    await soon(lambda: there.ears.told == [False])
    async with Redis.from_url(server.url) as client, client.pipeline(transaction=False) as pipe:
        for count in range(1, writing.KEPT + 1):
            pipe.xadd(
                there.backplane._reader._key,
                {"entry": entry.written("w", count, TOPIC, count, "x" * 4000, change(count))},
            )
        await pipe.execute()
    await proxy.resume()
    gc.freeze()  # what other tests left behind is not ours to sweep
    async with asyncio.timeout(PATIENCE):
        while len(got) < writing.KEPT:
            began = process_time()  # of the processor: the machine may be busy with others
            await asyncio.sleep(0)
            longest = max(longest, process_time() - began)
    gc.unfreeze()
    assert there.ears.told == [False, True, "missed"]
    assert longest < 50 * MS


async def test_what_waits_for_a_server_that_is_away_is_bounded(
    server: Valkey, join: Join, monkeypatch: pytest.MonkeyPatch
):
    """The oldest give way, and the others learn that some are missing; those that are gone are never called sent."""
    here, there, got = await pair(join, server.url)
    server.kill()
    await soon(lambda: here.ears.told == there.ears.told == [False])
    for offset in range(2, 10_002):
        here.say(offset)
    for offset in range(10_002, 10_102):
        here.say(offset, text="x" * 120_000)
    writer = here.backplane._writer
    assert len(writer._waiting) <= writing.MAX_WAITING
    assert sum(len(waiting.raw) for waiting in writer._waiting) == writer._bytes <= writing.MAX_WAITING_BYTES
    kept = len(writer._waiting)
    assert here.backplane.dropped == 10_100 - kept
    server.start()
    await settled(here)
    await soon(lambda: len(got) == 1 + kept)
    assert [notice.offset for notice in here.ears.struck[1:]] == list(range(10_102 - kept, 10_102))
    await soon(lambda: there.ears.told == [False, True, "missed", "missed"])


async def test_a_server_that_takes_no_writes_is_away(server: Valkey, join: Join):
    """It answers, but what is published reaches nobody; it is back when it takes them again, and not before."""
    here, _, got = await pair(join, server.url)
    async with Redis.from_url(server.url) as client:
        await client.config_set("maxmemory", "1")
        with capture_logs() as logs:
            here.say(2)
            await soon(lambda: here.ears.told == [False])
            await asyncio.sleep(OUTAGE)
        assert here.ears.told == [False]
        assert "OutOfMemoryError" in logs[0]["reason"]
        await client.config_set("maxmemory", "0")
    await within(NOTICED, lambda: here.ears.told == [False, True, "missed"])
    await soon(lambda: [offset for offset, _ in got] == [1, 2])


async def test_what_else_lies_under_the_key_is_no_stream(server: Valkey, join: Join):
    """The reason is the server's code, without its words."""
    async with Redis.from_url(server.url) as client:
        await client.set(f"{(await join(server.url)).backplane._reader._key}", "x")
        with capture_logs() as logs:
            worker = await join(server.url)
        assert worker.ears.told == [False]
        assert logs[0]["reason"] == "ResponseError WRONGTYPE"


async def test_no_password_is_ever_said(tmp_path, join: Join):
    """A wrong one, a server that is gone, a good one: neither in a log nor in the words of an error."""
    secret = "Sesame-42/ü"
    locked = Valkey(tmp_path, password="open").start()
    url = f"redis://:{secret.replace('/', '%2F')}@127.0.0.1:{locked.port}"
    with capture_logs() as logs:
        worker = await join(url)
        locked.kill()
        await asyncio.sleep(500 * MS)
    assert worker.ears.told == [False]
    assert logs
    assert "Sesame" not in str(logs) + repr(worker.backplane)


async def test_a_password_and_a_socket_of_the_machine_are_taken(tmp_path, join: Join):
    """As the URL says."""
    locked = Valkey(tmp_path, password="open").start()
    here = await join(locked.url)
    there = await join(f"unix://{locked.socket}?password=open")
    got = there.watch(TOPIC)
    here.say(1)
    await soon(lambda: got == [(1, "frame 1")])
    locked.stop()


async def test_nothing_is_left_open_by_many_outages(server: Valkey, proxy: Proxy, join: Join):
    """Neither connections nor tasks."""
    worker = await join(f"redis://127.0.0.1:{proxy.port}")
    before = open_files(), len(asyncio.all_tasks())
    for number in range(1, 11):
        proxy.cut()
        await soon(lambda number=number: worker.ears.told.count("missed") == number)
    await asyncio.sleep(100 * MS)
    after = open_files(), len(asyncio.all_tasks())
    assert abs(after[0] - before[0]) <= 2
    assert after[1] <= before[1] + 2


async def test_an_entry_on_its_way_when_the_server_hangs_is_said_to_be_sent_once_it_stands(server: Valkey, join: Join):
    """Its notice is struck from the store's outbox only then."""
    here, _, _ = await pair(join, server.url)
    server.pause()
    here.say(2)
    await soon(lambda: here.ears.told == [False])
    assert here.ears.struck == [change(1).notice]
    server.resume()
    await soon(lambda: here.ears.struck == [change(1).notice, change(2).notice])
