"""Keeps the truth: conversations, their logs, and what agents made of the suggestions."""

from app.store.rows import Store, Unusable


async def open_store(url: str, *, outbox: bool = False) -> Store:
    """Open the store at `url`, bring its tables up to date, and start its writer.

    With `outbox` each change leaves a notice in its own transaction, for other workers to be told of it. A driver is
    imported only when its URL is used. `sqlite+aiosqlite:///PATH?timeout=SECONDS` waits that long for a lock of another
    process (5 where not given). Raises `Unusable` with one line to show, `Unavailable` when the database is there but
    does not answer.
    """
    scheme, _, _ = url.partition("://")
    if scheme == "sqlite+aiosqlite":
        from app.store.sqlite import open_sqlite  # noqa: PLC0415 - a driver is loaded only when it is used

        return await open_sqlite(url, outbox=outbox)
    if scheme == "postgresql+asyncpg":
        from app.store.postgresql import open_postgresql  # noqa: PLC0415

        return await open_postgresql(url, outbox=outbox)
    known = "sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE"
    raise Unusable(f"unknown kind of database {scheme!r}: use {known}")
