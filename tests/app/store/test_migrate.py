"""The migrations: from nothing, from what is there, and by several processes at once."""
# ruff: noqa: ASYNC220 - the loop of a test has nothing else to do

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import create_async_engine

import app.store
from app.store import open_store
from app.store.rows import Unusable
from app.store.schema import metadata
from tests.app.store.conftest import url
from tests.app.store.store_samples import conversation, message, verdict
from tests.fleet.postgres import Postgres

Ask = Callable[[str], list[tuple[Any, ...]]]

HEAD = "0007"
OPEN_AT_A_SIGN = """
import asyncio, sys
from app.store import open_store
import app.store.postgresql, app.store.sqlite
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


def schema_of(file: Path) -> dict[str, tuple[str, ...]]:
    """Every table and index with the parts of the SQL that made it, in an order of their own.

    A column that was added later stands at another place than one that was there from the start.
    """
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
    return {name: parts_of(sql) for name, sql in made if name != "alembic_version"}


def parts_of(sql: str) -> tuple[str, ...]:
    """What stands before the brackets, and sorted what stands in them between the outer commas."""
    head, _, body = " ".join(sql.split()).partition("(")
    inside, _, tail = body.rpartition(")")
    return head.strip(), *sorted(part.strip() for part in re.split(r",(?![^()]*\))", inside)), tail.strip()


async def test_migrations_end_at_the_tables_that_the_code_uses(file: Path, tmp_path: Path) -> None:
    """Alembic finds no difference, and SQLite holds column for column what the metadata would make."""
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
async def test_several_processes_may_start_at_once(address: str, ask: Ask, tmp_path: Path, there: bool) -> None:
    """Four processes open the same database at the same time, from another directory, and all of them work."""
    if there:
        await (await open_store(address)).close()
    command = [sys.executable, "-c", OPEN_AT_A_SIGN, address]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    children = [subprocess.Popen(command, text=True, cwd=tmp_path, **pipes) for _ in range(4)]
    for child in children:
        child.stdout.readline()
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    errors = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0] * 4, errors
    assert ask("SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_postgresql_ends_at_the_tables_that_the_code_uses(postgres: Postgres) -> None:
    """Alembic finds no difference there either, types and defaults included."""
    address = postgres.fresh()
    await (await open_store(address)).close()
    options = {"compare_type": True, "compare_server_default": True}
    async with create_async_engine(address).connect() as connection:
        found = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts=options), metadata)
        )
    assert found == []


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Threads take turns as often as they can, so that what they share is seen half done."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless_threads")
async def test_several_stores_may_be_opened_at_once_in_one_process(tmp_path: Path, postgres: Postgres) -> None:
    """Each gets its own tables, though alembic keeps what it works on in one place."""
    addresses = [url(tmp_path / f"{n}.db") for n in range(3)] + [postgres.fresh() for _ in range(3)]
    for store in await asyncio.gather(*(open_store(address) for address in addresses)):
        await store.put(conversation())
        await store.close()


async def test_tables_of_a_version_not_known_are_refused(address: str, ask: Ask) -> None:
    """An older program does not write into a newer one's database."""
    await (await open_store(address)).close()
    ask("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unusable, match=r"another version of Steadyhand.*9999"):
        await open_store(address)


async def test_a_migration_that_fails_leaves_nothing_behind(address: str, ask: Ask) -> None:
    """A table in the way stops it; the tables made before are gone again."""
    ask("CREATE TABLE feedback (other INTEGER)")
    with pytest.raises(Unusable, match=r"feedback\"? already exists"):
        await open_store(address)
    tables = "sqlite_master" if address.startswith("sqlite") else "pg_tables WHERE schemaname = 'public'"
    assert ask(f"SELECT count(*) FROM {tables}") == [(1,)]


async def test_rows_of_before_know_how_far_their_logs_go(address: str, ask: Ask) -> None:
    """A database of the second version opens; each log can be continued, and what was told can be changed."""
    await to_version(address, "0002")
    at = "'2026-03-01 12:00:00+00'" if address.startswith("postgresql") else "'2026-03-01 12:00:00.000000'"
    for name in ("long", "empty"):
        named = "tenant, id, team, epoch, created_at, updated_at, slots, summary"
        ask(f"INSERT INTO conversations ({named}) VALUES ('default', '{name}', 'a', 'e', {at}, {at}, '{{}}', '{{}}')")
    for offset in (1, 2, 3):
        named = 'tenant, conversation, "offset", previous, kind, at, body'
        previous = offset - 1 or "NULL"
        ask(f"INSERT INTO events ({named}) VALUES ('default', 'long', {offset}, {previous}, 'action', {at}, '{{}}')")
    store = await open_store(address)
    assert [(row.id, row.offset, row.revision) for row in await store.live()] == [("empty", 0, 0), ("long", 3, 0)]
    await store.append(conversation("long", revision=1), message(4), told=True)
    await store.append(conversation("empty"), message(1))
    assert [(row.id, row.offset, row.revision) for row in await store.live()] == [("empty", 1, 0), ("long", 4, 1)]
    await store.close()


async def test_feedback_of_before_is_kept_without_what_was_not_measured(file: Path) -> None:
    """A file of the first version opens, and its verdicts have neither version nor distance."""
    await to_version(url(file), "0001")
    with closing(sqlite3.connect(file)) as connection, connection:
        columns = "tenant, conversation, suggestion, verdict, by, at, reason"
        values = "'default', 'c-1', 's-1', 'up', 'mina', '2026-03-01 12:00:00', 'good'"
        connection.execute(f"INSERT INTO feedback ({columns}) VALUES ({values})")
    store = await open_store(url(file))
    await store.add_feedback(verdict())
    await store.close()
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT verdict, reason, version, distance FROM feedback ORDER BY id").fetchall()
    assert rows == [("up", "good", None, None), ("edited", "too stiff", "5f84670e4cf9", 0.25)]


async def to_version(address: str, revision: str) -> None:
    """Make the tables as they were with a revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(app.store.__file__).parent / "migrations"))

    def upgrade(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    engine = create_async_engine(address)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade)
    await engine.dispose()
