"""The migrations: from nothing, from what is there, and by several processes at once."""
# ruff: noqa: ASYNC220 - the loop of a test has nothing else to do

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from app.store import open_store
from app.store.rows import Unusable
from app.store.schema import metadata
from tests.app.store.store_samples import conversation, message

OPEN_AT_A_SIGN = """
import asyncio, sys
from app.store import open_store
import app.store.sqlite
async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    store = await open_store(sys.argv[1])
    assert await store.live() == []
    await store.close()
asyncio.run(main())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database will be."""
    return tmp_path / "steadyhand.db"


def url(file: Path) -> str:
    """The file as users write it."""
    return f"sqlite+aiosqlite:///{file}"


def schema_of(file: Path) -> dict[str, str]:
    """Every table and index with the SQL that made it."""
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
    return {name: sql for name, sql in made if name != "alembic_version"}


async def test_migrations_end_at_the_tables_that_the_code_uses(file: Path, tmp_path: Path) -> None:
    """Alembic finds no difference, and SQLite holds word for word what the metadata would make."""
    await (await open_store(url(file))).close()
    with create_engine(f"sqlite:///{file}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    direct = create_engine(f"sqlite:///{tmp_path}/direct.db")
    metadata.create_all(direct)
    direct.dispose()
    assert schema_of(file) == schema_of(tmp_path / "direct.db")


async def test_a_migrated_file_keeps_what_is_in_it(file: Path) -> None:
    """Opening again changes nothing."""
    store = await open_store(url(file))
    await store.append(conversation(), message(1))
    await store.close()
    before = schema_of(file)
    store = await open_store(url(file))
    assert await store.events("default", "c-1") == [message(1)]
    await store.close()
    assert schema_of(file) == before


@pytest.mark.parametrize("there", [False, True], ids=["fresh", "migrated"])
async def test_several_processes_may_start_at_once(file: Path, tmp_path: Path, there: bool) -> None:
    """Four processes open the same file at the same time, from another directory, and all of them work."""
    if there:
        await (await open_store(url(file))).close()
    command = [sys.executable, "-c", OPEN_AT_A_SIGN, url(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    children = [subprocess.Popen(command, text=True, cwd=tmp_path, **pipes) for _ in range(4)]
    for child in children:
        child.stdout.readline()
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    errors = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0] * 4, errors
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Threads take turns as often as they can, so that what they share is seen half done."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless_threads")
async def test_several_stores_may_be_opened_at_once_in_one_process(tmp_path: Path) -> None:
    """Each gets its own tables, though alembic keeps what it works on in one place."""
    files = [tmp_path / f"{n}.db" for n in range(4)]
    for store in await asyncio.gather(*(open_store(url(file)) for file in files)):
        await store.put(conversation())
        await store.close()


async def test_tables_of_a_version_not_known_are_refused(file: Path) -> None:
    """An older program does not write into a newer one's database."""
    await (await open_store(url(file))).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unusable, match=r"another version of Steadyhand.*9999"):
        await open_store(url(file))


async def test_a_migration_that_fails_leaves_nothing_behind(file: Path) -> None:
    """A table in the way stops it; the tables made before are gone again."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE feedback (other INTEGER)")
    with pytest.raises(Unusable, match="feedback already exists"):
        await open_store(url(file))
    assert schema_of(file) == {"feedback": "CREATE TABLE feedback (other INTEGER)"}
