"""Opens the store on a PostgreSQL database.

A commit is acknowledged when the server has it on its disk. Each process keeps one connection that writes, for whoever
writes meanwhile is committed together, and `READERS` that read. All of them want a server that takes writes: a log
that is read from a standby could be an old one.
"""

import asyncio
import logging
from typing import Any

from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from app.store.connections import QUEUE, renew_what_is_closed
from app.store.faults import is_outage, state_of
from app.store.migrate import migrate
from app.store.rows import Unavailable, Unusable
from app.store.sql import SqlStore

READERS = 4  # connections of a process, besides the one that writes
CONNECT_WITHIN = 0.8  # seconds; from then on it counts as down
OPEN_WITHIN = 5  # seconds for the first connection, which nobody waits for
MIGRATION_LOCK = 7_305_823_114  # an advisory lock of this database; any number that no other program uses
REFUSALS = ("28", "3D", "42")  # SQLSTATE classes: wrong password, no such database, no right to make tables

# Milliseconds. A lock is waited for less long than a caller waits, and a process that is stopped in the middle of a
# transaction does not keep the rows from the others.
WRITING = {"statement_timeout": "2000", "lock_timeout": "700", "idle_in_transaction_session_timeout": "2000"}
READING = {"statement_timeout": "10000"}
MIGRATING = {"statement_timeout": "0", "lock_timeout": "60000"}


async def open_postgresql(url: str, *, outbox: bool) -> SqlStore:
    """Migrate the database, open it. Errors as `open_store` has them."""
    place = _place(url)
    # In a thread with a loop of its own: alembic keeps what it works on in a module, so that of two stores one waits.
    await asyncio.to_thread(lambda: asyncio.run(_prepare(place)))
    writing = _engine(place, WRITING, pool_size=1)
    reading = _engine(place, READING, pool_size=READERS, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True)
    return SqlStore(writing, reading, outbox=outbox)


def _place(url: str) -> URL:
    """The URL, known to name a database whose driver is there."""
    try:
        place = make_url(url)
        place.get_dialect().import_dbapi()
    except (ArgumentError, ValueError) as error:
        example = "postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE"
        raise Unusable(f"the database URL cannot be read ({error}): use {example}") from error
    except ImportError as error:
        raise Unusable("for PostgreSQL a driver is missing: pip install 'steadyhand[postgres]'") from error
    logging.getLogger("asyncpg").setLevel(logging.INFO)
    return place


async def _prepare(place: URL) -> None:
    """Migrate, and say in one line why that cannot be."""
    try:
        engine = _engine(place, MIGRATING, timeout=OPEN_WITHIN, poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
            encoding = (await connection.execute(text("SHOW server_encoding"))).scalar_one()
            if encoding != "UTF8":
                raise Unusable(f"{_named(place)} has the encoding {encoding}: it must be UTF8")
            await connection.run_sync(migrate)
    except (TypeError, ValueError) as error:  # an option in the URL that the driver does not know
        raise Unusable(f"{_named(place)} cannot be opened: {error}") from error
    except OSError as error:
        raise Unavailable(f"{_named(place)} does not answer: {error}") from error
    except DBAPIError as error:
        refused = state_of(error)[:2] in REFUSALS or not is_outage(error)
        raise (Unusable if refused else Unavailable)(f"{_named(place)}: {_line(error)}") from error


def _named(place: URL) -> str:
    """Which database, without user, password and options."""
    return f"PostgreSQL database {place.database!r} at {place.host or place.query.get('host', 'localhost')}"


def _line(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _engine(place: URL, settings: dict[str, str], *, timeout: float = CONNECT_WITHIN, **options: Any) -> AsyncEngine:
    if "poolclass" not in options:
        options |= {"max_overflow": 0, "pool_timeout": QUEUE}
    engine = create_async_engine(
        place,
        connect_args={
            "timeout": timeout,
            "server_settings": {"application_name": "steadyhand", **settings},
            "target_session_attrs": "read-write",
        },
        json_serializer=str,  # documents come as text from `columns`
        hide_parameters=True,  # what customers write must not stand in an error, for errors are logged
        **options,
    )
    renew_what_is_closed(engine)
    return engine
