"""The server's rooms without its sockets: conversations on a database of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from app.alerts import Alerts
from app.auth import Principal
from app.backplane import open_backplane
from app.board import Board
from app.conversations import Conversations
from app.desks import Desks
from app.health import Health
from app.metrics import Metrics
from app.models import MessageIn
from app.publishing import Publishing
from app.store import open_store
from app.wire import message_wire
from assist.message import Message
from benchmarks.chats import engine

SENDER = Principal("bench", "ingest", "default", ("a",), datetime.now(UTC) + timedelta(days=1))


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def conversations(database: str = "") -> AsyncIterator[Conversations]:
    """Conversations with the parts of a real server, on an SQLite file where no database is named."""
    hearing = engine()
    with TemporaryDirectory(prefix="steadyhand-bench-") as folder:
        store = await open_store(database or f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        try:
            publishing, metrics = Publishing(open_backplane("local:"), _now, Board("bench", _now).put), Metrics()
            health = Health(store, metrics)
            desks = Desks(store, _now, frozenset)
            alerts = Alerts(store, publishing, desks, clock=_now, metrics=metrics)
            yield Conversations(
                store, publishing, lambda _: hearing, clock=_now, metrics=metrics, health=health, alerts=alerts
            )
        finally:
            await store.close()


async def say(rooms: Conversations, conversation: str, message: Message) -> None:
    """Hear a message in a conversation and wait until it is committed."""
    await rooms.hear(SENDER, conversation, MessageIn.model_validate(message_wire(message)))
