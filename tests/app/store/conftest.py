"""The stores that the contract is tried on; a further one joins by one more line in `ADDRESSES`."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app.store import open_store
from app.store.rows import Store

ADDRESSES: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite+aiosqlite:///{folder}/steadyhand.db",
}


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    return ADDRESSES[request.param](tmp_path)


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """An open store on it."""
    opened = await open_store(address)
    yield opened
    await opened.close()
