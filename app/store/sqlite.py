"""Opens the store on one SQLite file.

WAL lets readers read while one writes. With `synchronous=NORMAL` a commit is handed to the operating system, not
flushed to the disk: it survives the end of this process at any moment (kill -9, out of memory), and when the machine
itself loses power the last commits can be lost, whole transactions from the end, never the file or its order. Whoever
needs more than that runs PostgreSQL.
"""

import asyncio
import logging
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from app.store.migrate import migrate
from app.store.rows import Unavailable, Unusable
from app.store.sql import SqlStore

LOCK_TIMEOUT = "5"  # seconds that a statement waits for the lock of another process
MIGRATION_TIMEOUT = "60"  # seconds that one process waits while another one migrates
RETRY_PAUSE = 0.02  # seconds between two tries to migrate
READERS = 4  # connections; more only queue for the interpreter lock


async def open_sqlite(url: str, *, outbox: bool) -> SqlStore:
    """Make the file if it is not there, migrate it, open it. Errors as `open_store` has them."""
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # its debug lines hold what customers write
    place = _place(url)
    await asyncio.to_thread(_prepare, place)
    patient = place.set(query={"timeout": LOCK_TIMEOUT, **place.query})
    return SqlStore(_writing(patient), _reading(patient), outbox=outbox)


def _place(url: str) -> URL:
    """The URL, known to name a file."""
    try:
        place = make_url(url)
        float(str(place.query.get("timeout", LOCK_TIMEOUT)))
    except (ArgumentError, ValueError) as error:
        raise Unusable(f"the database URL cannot be read ({error}): use sqlite+aiosqlite:///PATH") from error
    if place.host or not place.database or place.database == ":memory:" or "uri" in place.query:
        raise Unusable(f"{place} names no file: use sqlite+aiosqlite:///PATH, with a fourth slash for an absolute PATH")
    return place


def _prepare(place: URL) -> None:
    """Make the file and migrate it. Runs in a thread, on a connection of its own: alembic is not asynchronous."""
    file = Path(place.database or "").absolute()
    patient = place.set(drivername="sqlite", query={"timeout": MIGRATION_TIMEOUT, **place.query})
    until = monotonic() + float(str(patient.query["timeout"]))
    try:
        file.touch(mode=0o600)  # what customers write is for this account only; the log beside it inherits the mode
        while not _migrated(patient, until):
            sleep(RETRY_PAUSE)
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror}") from error
    except DatabaseError as error:
        raise (Unavailable if _is_locked(error) else Unusable)(f"{file}: {error.orig}") from error


def _migrated(place: URL, until: float) -> bool:
    """Try once. False when another process was in the way, an error when it still is at `until`.

    SQLite waits for a lock as told, but not for the switch to WAL: of two who do that at once, one is refused.
    """
    engine = create_engine(place, connect_args={"isolation_level": None}, hide_parameters=True, poolclass=NullPool)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.begin() as connection:
            migrate(connection)
    except OperationalError as error:
        if monotonic() >= until or not _is_locked(error):
            raise
        return False
    return True


def _is_locked(error: DatabaseError) -> bool:
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _writing(place: URL) -> AsyncEngine:
    """The one connection that writes; it takes the lock at the start, where waiting for it is still possible."""
    engine = _engine(place, pool_size=1)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _reading(place: URL) -> AsyncEngine:
    """Connections that read; each statement is its own snapshot, so there is no transaction to roll back."""
    return _engine(place, pool_size=READERS, skip_autocommit_rollback=True)


def _engine(place: URL, *, pool_size: int, skip_autocommit_rollback: bool = False) -> AsyncEngine:
    engine = create_async_engine(
        place,
        # Without this the driver would begin transactions by its own, incomplete rules.
        connect_args={"isolation_level": None},
        json_serializer=str,  # documents come as text from `columns`
        hide_parameters=True,  # what customers write must not stand in an error, for errors are logged
        pool_size=pool_size,
        max_overflow=0,
        skip_autocommit_rollback=skip_autocommit_rollback,
    )
    event.listen(engine.sync_engine, "connect", _on_connect)
    return engine


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads before it writes cannot wait for the lock: it would fail at once with "locked".
    connection.exec_driver_sql("BEGIN IMMEDIATE")
