"""Names and people for the tests of the doors."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.app.clients import Clock, House, house


@pytest.fixture
def chat() -> str:
    """The id of a conversation that nobody has used."""
    return f"c-{uuid4().hex[:12]}"


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
async def stopped_house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """A server here whose clock stands still."""
    async with house(tmp_path, clock) as running:
        yield running
