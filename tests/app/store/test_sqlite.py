"""What holds for the SQLite file: crashes, locks, full disks, and URLs that cannot work."""
# ruff: noqa: ASYNC220, ASYNC221 - the loop of a test has nothing else to do

import asyncio
import logging
import random
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.store import open_store
from app.store.rows import Unavailable, Unusable
from tests.app.store.store_samples import conversation, message, verdict

CHILD = Path(__file__).with_name("append_until_stopped.py")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database will be: a path with what trips up URLs, shells and templates."""
    folder = tmp_path / "a folder %s {x}"
    folder.mkdir()
    return folder / "steadyhand.db"


def url(file: Path, timeout: str = "") -> str:
    """The file as users write it."""
    return f"sqlite+aiosqlite:///{str(file).replace('%', '%25')}{timeout and f'?timeout={timeout}'}"


@contextmanager
def held(file: Path, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Another process is in the middle of a write."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute(begin)
        yield
        other.execute("ROLLBACK")


def sound(file: Path) -> bool:
    """Whether SQLite finds the file in order, and every reference in it met."""
    with closing(sqlite3.connect(file)) as connection:
        damage = connection.execute("PRAGMA integrity_check").fetchall()
        return damage == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()


async def kept(file: Path) -> set[str]:
    """What the store has, as the child says it; and every log in it is whole."""
    store = await open_store(url(file))
    found = set()
    for name in (f"c-{n}" for n in range(4)):
        log = await store.events("default", name)
        assert [event.offset for event in log] == list(range(1, len(log) + 1))
        assert all(event.body["text"].startswith(f"{name} {event.offset} ") for event in log)
        found |= {f"{name} {event.offset}" for event in log}
    await store.close()
    return found


async def test_what_was_acknowledged_survives_kill_9(file: Path, tmp_path: Path) -> None:
    """Ten times a process is killed while it appends: nothing acknowledged is lost and the file is sound."""
    chance = random.Random(9)
    acknowledged: set[str] = set()
    for _ in range(10):
        child = subprocess.Popen([sys.executable, CHILD, url(file)], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
        for _ in range(chance.randrange(1, 400)):
            acknowledged.add(child.stdout.readline().strip())
        child.kill()
        acknowledged |= set(child.communicate()[0].split("\n")) - {""}
        assert sound(file)
        assert acknowledged <= await kept(file)
    assert len(acknowledged) > 500


async def test_a_full_disk_acknowledges_nothing_it_did_not_keep(file: Path, tmp_path: Path) -> None:
    """When the log cannot grow the callers hear `Unavailable`; with room again the same writer goes on."""
    store = await open_store(url(file))
    await store.close()
    child = subprocess.run(
        [sys.executable, CHILD, url(file), file, "500000"], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    said = child.stdout.split("\n")[:-1]
    assert said.count("refused") >= 1
    assert len(said) > 20
    assert said[-1] != "refused"
    assert sound(file)
    assert set(said) - {"refused"} == await kept(file)


async def test_a_locked_database_is_unavailable_and_then_goes_on(file: Path) -> None:
    """While another process holds the lock every write is refused, reads go on, and later the same write works."""
    store = await open_store(url(file, "0.05"))
    await store.append(conversation(), message(1))
    with held(file):
        results = await asyncio.gather(
            *(store.append(conversation(f"c-{n}"), message(2)) for n in range(1, 4)),
            store.put(conversation()),
            store.add_feedback(verdict()),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [Unavailable] * 5
        assert await store.ready() is False
        assert await store.events("default", "c-1") == [message(1)]
    await store.append(conversation(), message(2))
    assert await store.ready() is True
    assert await store.events("default", "c-1") == [message(1), message(2)]
    await store.close()


async def test_a_database_that_others_keep_locked_cannot_be_opened_yet(file: Path) -> None:
    """Opening waits for the lock and then says that the database does not answer."""
    await (await open_store(url(file))).close()
    with held(file), pytest.raises(Unavailable, match="locked"):
        await open_store(url(file, "0.05"))


async def test_closing_a_locked_store_ends(file: Path) -> None:
    """What is queued then is refused, not waited for without end."""
    store = await open_store(url(file, "0.05"))
    with held(file):
        task = asyncio.create_task(store.put(conversation()))
        await asyncio.sleep(0)
        await store.close()
        with pytest.raises(Unavailable):
            await task


async def test_a_damaged_file_is_unavailable(file: Path) -> None:
    """A file that is destroyed under the store gives the store's error, and is not ready."""
    store = await open_store(url(file))
    await store.append(conversation(), message(1))
    await store.close()
    store = await open_store(url(file))
    with file.open("r+b") as damaged:
        damaged.write(b"\xff" * file.stat().st_size)
    with pytest.raises(Unavailable):
        await store.events("default", "c-1")
    with pytest.raises(Unavailable):
        await store.append(conversation(), message(2))
    assert await store.ready() is False
    await store.close()


async def test_the_file_is_for_this_account_only(file: Path) -> None:
    """Neither the database nor the log beside it can be read by others."""
    store = await open_store(url(file))
    await store.append(conversation(), message(1))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes == {"steadyhand.db": 0o600, "steadyhand.db-wal": 0o600, "steadyhand.db-shm": 0o600}
    await store.close()


async def test_the_file_is_in_wal_mode_with_its_settings(file: Path) -> None:
    """The settings that the promises rest on are those of the connection that writes."""
    store = await open_store(url(file))
    async with store._writing.connect() as connection:
        settings = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 5000}
    await store.close()


async def test_lookups_use_their_indices(file: Path) -> None:
    """A message is found by its id, and the live conversations among all others, without reading a whole table."""
    await (await open_store(url(file))).close()
    plans = {
        "events_message_id": (
            "SELECT * FROM events WHERE tenant=? AND conversation=? AND message_id=? AND kind = 'message'"
        ),
        "conversations_live": "SELECT * FROM conversations WHERE resolved_at IS NULL ORDER BY updated_at DESC",
    }
    with closing(sqlite3.connect(file)) as connection:
        for index, query in plans.items():
            steps = connection.execute(f"EXPLAIN QUERY PLAN {query}", ["x"] * query.count("?")).fetchall()
            assert index in steps[0][-1]


async def test_errors_and_logs_hold_no_message_text(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What a customer wrote stands in no log line and in no error, not even at the lowest level."""
    caplog.set_level(logging.DEBUG)
    store = await open_store(url(file))
    secret = message(1, body={"text": "my card is 4111"}, message_id="m-1")
    await store.append(conversation(customer_name="Secret Name"), secret)
    caught = []
    for bad in (secret, message(2, body={"text": "my card is 4111"}, seq=2**70)):
        try:
            await store.append(conversation(customer_name="Secret Name"), bad)
        except Exception as error:  # noqa: BLE001
            caught.append(f"{error!r} {error.__cause__!r} {error.__context__!r}")
    assert len(caught) == 2
    for said in (*caught, caplog.text):
        assert "4111" not in said
        assert "Secret" not in said
    await store.close()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("mysql://user:pa55@host/db", "unknown kind of database 'mysql'"),
        ("sqlite:///x.db", "unknown kind of database 'sqlite'"),
        ("", "unknown kind of database ''"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite+aiosqlite://host/x.db", "names no file"),
        ("sqlite+aiosqlite:///file:x?mode=memory&uri=true", "names no file"),
        ("sqlite+aiosqlite://user:pa55@host/x.db", "names no file"),
        ("sqlite+aiosqlite://user:pa55@host:port/x.db", "cannot be read"),
        ("sqlite+aiosqlite:///x.db?timeout=soon", "cannot be read (could not convert string to float: 'soon')"),
        ("sqlite+aiosqlite:////no/such/folder/x.db", "/no/such/folder/x.db: No such file or directory"),
        ("sqlite+aiosqlite:////", "/: "),  # whose words follow depends on who owns the folder
    ],
)
async def test_a_url_that_cannot_work_is_refused_in_one_line(bad: str, said: str) -> None:
    """The line says what is wrong and never a password."""
    with pytest.raises(Unusable) as refusal:
        await open_store(bad)
    line = str(refusal.value)
    assert said in line
    assert "\n" not in line
    assert "pa55" not in line


async def test_a_file_that_is_no_database_is_refused_and_left_alone(file: Path) -> None:
    """Somebody's other file is not overwritten."""
    file.write_bytes(b"holiday pictures" * 1000)
    with pytest.raises(Unusable, match="not a database"):
        await open_store(url(file))
    assert file.read_bytes() == b"holiday pictures" * 1000
