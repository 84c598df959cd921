"""The stores that the contract is tried on; a further one joins by one more line in `ADDRESSES`."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.store import open_store
from app.store.rows import Store

ADDRESSES: dict[str, Callable[[pytest.FixtureRequest], str]] = {
    "sqlite": lambda request: url(request.getfixturevalue("tmp_path") / "steadyhand.db"),
    "postgresql": lambda request: request.getfixturevalue("postgres").fresh(),
}


def url(file: Path) -> str:
    """The file as users write it."""
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database."""
    return ADDRESSES[request.param](request)


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """An open store on it."""
    opened = await open_store(address)
    yield opened
    await opened.close()


@pytest.fixture
async def noting(address: str) -> AsyncIterator[Store]:
    """An open store that leaves a notice of each change."""
    opened = await open_store(address, outbox=True)
    yield opened
    await opened.close()


@pytest.fixture
def ask(address: str, request: pytest.FixtureRequest) -> Callable[[str], list[tuple[Any, ...]]]:
    """Runs an SQL statement on the database from outside of any store."""

    def asked(question: str) -> list[tuple[Any, ...]]:
        if not address.startswith("sqlite"):
            return request.getfixturevalue("postgres").ask(question, address)
        with closing(sqlite3.connect(address.partition(":///")[2])) as connection, connection:
            return connection.execute(question).fetchall()

    return asked
