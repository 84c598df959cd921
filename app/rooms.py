"""What the doors get to work with, put together once by `server.create_app`."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.asking import Asking
from app.auth import Principal, Tokens
from app.board import Board
from app.conversations import Conversations
from app.metrics import Metrics
from app.playbook_sets import PlaybookSets
from app.protocol import PULSE, SHUTTING_DOWN, Pulse
from app.settings import Settings
from app.store.rows import Store
from app.views import Views

CLOSE_WITHIN = 1.0  # seconds


class Closable(Protocol):
    """A socket's session, as the shutdown sees it."""

    async def close(self, code: int, reason: str) -> None:
        """Close from our side."""
        ...


@dataclass(slots=True)
class Rooms:
    """The rooms and shelves of one app."""

    settings: Settings
    clock: Callable[[], datetime]
    tokens: Tokens
    metrics: Metrics
    store: Store
    playbooks: PlaybookSets
    board: Board
    conversations: Conversations
    views: Views
    asking: Asking
    pulse: Pulse = PULSE
    sessions: set[Closable] = field(default_factory=set)

    async def close_sockets(self) -> None:
        """Ask every browser to come again, which it does at a moment of its own; one that does not read is left."""
        closing = [asyncio.create_task(session.close(SHUTTING_DOWN, "shutting down")) for session in self.sessions]
        if closing:
            await asyncio.wait(closing, timeout=CLOSE_WITHIN)

    def verify(self, token: str) -> Principal:
        """The bearer of a token now. Raises `Refused` (`unauthorized`)."""
        return self.tokens.verify(token, self.clock())
