"""What holds for PostgreSQL: outages, silence, crashes, migrations by several at once, and URLs that cannot work."""
# ruff: noqa: ASYNC220 - the loop of a test has nothing else to do

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from app.store import open_store
from app.store.rows import Notice, Store, Unavailable, Unusable
from tests.app.store.store_samples import conversation, edit, message, verdict
from tests.conftest import PATIENCE
from tests.fleet.postgres import Postgres

CHILD = Path(__file__).with_name("append_until_stopped.py")
MISSING = """
import asyncio, sys
sys.modules["asyncpg"] = None
from app.store import open_store
from app.store.rows import Unusable
async def main():
    await (await open_store(f"sqlite+aiosqlite:///{sys.argv[1]}/x.db")).close()
    try:
        await open_store("postgresql+asyncpg://host/x")
    except Unusable as error:
        print(error)
asyncio.run(main())
"""
WITHIN = 1.0  # seconds; a promise to senders
STEP = 0.01  # seconds between two looks at how late this process gets its turn
CALLS: dict[str, Callable[[Store], Awaitable[object]]] = {
    "conversation": lambda store: store.conversation("default", "c-1"),
    "rows": lambda store: store.rows([("default", "c-1")]),
    "events": lambda store: store.events("default", "c-1"),
    "message": lambda store: store.message("default", "c-1", "m-1"),
    "put": lambda store: store.put(conversation("c-2")),
    "append": lambda store: store.append(conversation(), message(2)),
    "append with an edit": lambda store: store.append(conversation(), edit(2, of=message(1)), [message(1)]),
    "feedback": lambda store: store.add_feedback(verdict()),
    "published": lambda store: store.published([Notice("default", "c-1", 1, 0)]),
}


@pytest.fixture(scope="module")
def mortal() -> Iterator[Postgres]:
    """A server that these tests may stop; each leaves it running."""
    with Postgres() as running:
        if not running.ours:
            pytest.skip("the server of TEST_DATABASE_URL is not ours to stop")
        yield running


async def timed(call: Awaitable[object]) -> tuple[float, object]:
    """How many seconds a call took, and what came of it."""
    start = time.monotonic()
    [result] = await asyncio.gather(call, return_exceptions=True)
    return time.monotonic() - start, result


@asynccontextmanager
async def promised() -> AsyncIterator[Callable[[], float]]:
    """`WITHIN`, and the seconds since for which a busy machine has kept this process from its turn."""
    kept = 0.0

    async def watch() -> None:
        nonlocal kept
        while True:
            due = time.monotonic() + STEP
            await asyncio.sleep(STEP)
            kept += time.monotonic() - due

    watching = asyncio.create_task(watch())
    try:
        yield lambda: WITHIN + kept
    finally:
        watching.cancel()


async def refused_in_time(store: Store) -> None:
    """Twice over, every call at once and a crowd of writers and readers are refused within the promise."""
    for _ in range(2):
        crowd = [store.append(conversation(f"c-{n}"), message(1)) for n in range(3, 60)]
        crowd += [store.events("default", f"c-{n}") for n in range(60)]
        async with promised() as within:
            results = await asyncio.gather(*map(timed, [*(call(store) for call in CALLS.values()), *crowd]))
            late = {name: seconds for name, (seconds, _) in zip(CALLS, results, strict=False) if seconds > within()}
            assert not late, late
            assert max(seconds for seconds, _ in results) < within()
        assert {type(result) for _, result in results} == {Unavailable}


async def back(store: Store) -> float:
    """Seconds until the store writes again."""
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE:
        if await store.ready():
            return time.monotonic() - start
        await asyncio.sleep(0.02)
    pytest.fail("the store did not come back")


@pytest.fixture
async def store(mortal: Postgres) -> Store:
    """An open store with one message, all of whose connections have been in use."""
    opened = await open_store(mortal.fresh(), outbox=True)
    await opened.append(conversation(), message(1))
    await asyncio.gather(*(opened.events("default", "c-1") for _ in range(20)))
    yield opened
    await opened.close()


@pytest.mark.parametrize("way", ["stop", "kill", "pause"])
async def test_an_outage_is_told_within_a_second_and_ends_by_itself(mortal: Postgres, store: Store, way: str) -> None:
    """Stopped at once, killed or only silent: every call is refused in time, and later the same store goes on."""
    if way == "stop":
        mortal.stop("immediate")
    else:
        getattr(mortal, way)()
    try:
        await refused_in_time(store)
        assert await store.ready() is False
    finally:
        mortal.resume() if way == "pause" else mortal.start()
    async with promised() as within:
        assert await back(store) < within()
    assert (await store.events("default", "c-1"))[0] == message(1)
    await store.append(conversation("after"), message(1))
    assert await store.events("default", "after") == [message(1)]


async def test_a_restart_that_nobody_noticed_costs_no_call(mortal: Postgres, store: Store) -> None:
    """Connections that were closed while nothing was asked are made anew."""
    mortal.stop("fast")
    mortal.start()
    await asyncio.sleep(0.05)
    assert await asyncio.gather(*(store.events("default", "c-1") for _ in range(8))) == [[message(1)]] * 8
    await store.append(conversation(), message(2))


async def test_connections_that_are_ended_one_by_one_cost_no_call(mortal: Postgres, store: Store) -> None:
    """An operator or a proxy may end idle connections."""
    mortal.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'steadyhand'")
    await asyncio.sleep(0.05)
    assert await store.events("default", "c-1") == [message(1)]
    await store.append(conversation(), message(2))


async def test_a_commit_that_meets_silence_is_not_acknowledged_and_maybe_kept(mortal: Postgres, store: Store) -> None:
    """Writers that were cut off in the middle hear of it, and each write is there whole or not at all."""
    writes = [asyncio.create_task(store.append(conversation(f"w-{n}"), message(1))) for n in range(600)]
    await asyncio.sleep(0.03)
    mortal.pause()
    try:
        results = await asyncio.gather(*writes, return_exceptions=True)
    finally:
        mortal.resume()
    await back(store)
    assert {type(result) for result in results} <= {type(None), Unavailable}
    assert Unavailable in {type(result) for result in results}
    noticed = {notice.conversation for notice in await store.unpublished(1000)}
    for n, result in enumerate(results):
        kept = bool(await store.events("default", f"w-{n}"))
        assert kept or result is not None
        assert kept == (await store.conversation("default", f"w-{n}") is not None) == (f"w-{n}" in noticed)


async def test_a_short_silence_costs_nothing(mortal: Postgres, store: Store) -> None:
    """A server that answers again before the time is up has lost nobody."""
    mortal.pause()
    calls = [asyncio.create_task(call) for call in (store.events("default", "c-1"), CALLS["append"](store))]
    await asyncio.sleep(0.3)
    mortal.resume()
    assert await asyncio.gather(*calls) == [[message(1)], None]


async def test_closing_a_silent_store_ends(mortal: Postgres) -> None:
    """A worker can stop while the database says nothing."""
    store = await open_store(mortal.fresh())
    await asyncio.gather(*(store.events("default", "c-1") for _ in range(8)))
    mortal.pause()
    try:
        seconds, result = await timed(store.close())
    finally:
        mortal.resume()
    assert (result, seconds < 3) == (None, True)


async def test_a_row_that_another_transaction_keeps_is_not_waited_for_long(mortal: Postgres, store: Store) -> None:
    """A stopped process in the middle of its write is an outage for the rows that it holds."""
    async with store._writing.connect() as holder:
        other = await open_store(store._writing.url.render_as_string(hide_password=False))
        await holder.begin()
        await holder.exec_driver_sql("UPDATE conversations SET team = 'held'")
        async with promised() as within:
            seconds, result = await timed(other.append(conversation(), message(2)))
            assert (type(result), seconds < within()) == (Unavailable, True)
        await holder.rollback()
    await other.append(conversation(), message(2))
    await other.close()


async def test_a_deadlock_is_tried_again(mortal: Postgres) -> None:
    """Ours is sorted, but another program may lock rows in its own order: whom the server gives up has its turn."""
    url = mortal.fresh()
    mortal.ask(f"ALTER DATABASE {url.rpartition('/')[2]} SET deadlock_timeout = '300ms'")
    store = await open_store(url)
    await asyncio.gather(store.put(conversation("c-1")), store.put(conversation("c-2")))
    other = await asyncpg.connect(url.replace("+asyncpg", ""))
    await other.execute("BEGIN; UPDATE conversations SET team = 'b' WHERE id = 'c-2'")
    writes = asyncio.gather(*(store.append(conversation(name), message(1)) for name in ("c-1", "c-2")))
    while not await other.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
        await asyncio.sleep(0)
    await other.execute("UPDATE conversations SET team = 'b' WHERE id = 'c-1'")  # waits for us, who wait for it
    await other.execute("COMMIT")
    await writes
    assert [(row.team, row.offset) for row in await store.live()] == [("b", 1)] * 2
    await other.close()
    await store.close()


async def test_what_was_acknowledged_survives_kill_9_with_its_notices(mortal: Postgres, tmp_path: Path) -> None:
    """Process and server are killed while it appends: nothing acknowledged is lost, and each event has its notice."""
    url, chance = mortal.fresh(), random.Random(7)
    acknowledged: set[str] = set()
    for turn in range(4):
        child = subprocess.Popen([sys.executable, CHILD, url], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
        for _ in range(chance.randrange(50, 300)):
            acknowledged.add(child.stdout.readline().strip())
        if turn % 2:
            mortal.kill()
        child.kill()
        acknowledged |= set(child.communicate()[0].split("\n")) - {"", "refused"}
        if turn % 2:
            mortal.start()
    assert len(acknowledged) > 100
    store = await open_store(url, outbox=True)
    kept = {f"c-{n} {event.offset}" for n in range(4) for event in await store.events("default", f"c-{n}")}
    assert acknowledged <= kept
    assert {f"{notice.conversation} {notice.offset}" for notice in await store.unpublished(10_000)} == kept
    await store.close()


async def test_cancelled_calls_never_hand_an_answer_to_the_next(store: Store) -> None:
    """Six hundred reads and writes are cut off at random points; every other answer is that of its question."""
    chance = random.Random(36)
    for n in range(8):
        await store.append(conversation(f"r-{n}"), message(1, body={"text": f"of {n}"}))
    for turn in range(50):
        calls = [asyncio.create_task(store.events("default", f"r-{n % 8}")) for n in range(16)]
        calls += [asyncio.create_task(store.append(conversation(f"w-{turn}-{n}"), message(1))) for n in range(8)]
        await asyncio.sleep(chance.random() * 0.008)
        for call in calls[::2]:
            call.cancel()
        for n, result in enumerate(await asyncio.gather(*calls, return_exceptions=True)):
            if n < 16 and not isinstance(result, asyncio.CancelledError):
                assert [event.body["text"] for event in result] == [f"of {n % 8}"]
            if n >= 16 and n % 2:
                assert await store.events("default", f"w-{turn}-{n - 16}") == [message(1)]
    assert store._reading.pool.checkedout() == store._writing.pool.checkedout() == 0


async def test_a_process_keeps_few_connections(mortal: Postgres, store: Store) -> None:
    """Five, however many ask at once: a hundred connections of a server are enough for many workers."""
    await asyncio.gather(*(store.events("default", "c-1") for _ in range(200)), *(store.ready() for _ in range(20)))
    question = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'steadyhand' AND datname = '{}'"
    assert mortal.ask(question.format(store._writing.url.database)) == [(5,)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("steadyhand@", "nobody:pa55@"), 'role "nobody" does not exist'),
        (("/postgres", "/no-such"), 'database "no-such" does not exist'),
        (("/postgres", "/postgres?sslmode=on"), "unexpected keyword argument 'sslmode'"),
    ],
)
async def test_a_url_that_is_refused_is_said_in_one_line(mortal: Postgres, change: tuple[str, str], said: str) -> None:
    """The line says what is wrong and never a password."""
    with pytest.raises(Unusable) as refusal:
        await open_store(mortal.url.replace(*change))
    line = str(refusal.value)
    assert said in line
    assert "\n" not in line
    assert "pa55" not in line


async def test_a_url_that_cannot_be_read_is_refused_in_one_line() -> None:
    """Neither does this line hold the password."""
    with pytest.raises(Unusable, match=r"cannot be read \(.*: use postgresql\+asyncpg://USER:PASSWORD@HOST") as refusal:
        await open_store("postgresql+asyncpg://user:pa55@host:port/x")
    assert "pa55" not in str(refusal.value)


async def test_a_server_that_is_not_there_yet_is_unavailable(mortal: Postgres) -> None:
    """Whoever starts the server can tell it from a mistake in the URL, and try again."""
    with pytest.raises(Unavailable, match="does not answer"):
        await open_store(mortal.url.replace(str(mortal.port), "1"))


async def test_a_database_of_another_encoding_is_refused(mortal: Postgres) -> None:
    """Where not every text could be kept."""
    mortal.ask("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    with pytest.raises(Unusable, match="encoding LATIN1: it must be UTF8"):
        await open_store(mortal.url.replace("/postgres", "/latin"))


def test_a_missing_driver_is_said_in_one_line(tmp_path: Path) -> None:
    """Without the extra, the line says how to install it; SQLite needs no such driver."""
    done = subprocess.run([sys.executable, "-c", MISSING, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout == "for PostgreSQL a driver is missing: pip install 'steadyhand[postgres]'\n", done.stderr
