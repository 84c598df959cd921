"""What the doors get to work with, put together once by `server.create_app`."""

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
from app.protocol import PULSE, Pulse
from app.settings import Settings
from app.store.rows import Store
from app.views import Views


class Open(Protocol):
    """A socket's session, as seen from outside of it."""

    async def leave(self) -> None:
        """Answer what has come in, then ask the browser to come again."""
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
    sessions: set[Open] = field(default_factory=set)
    leaving: bool = False  # the process is about to end: not ready any more

    def verify(self, token: str) -> Principal:
        """The bearer of a token now. Raises `Refused` (`unauthorized`)."""
        return self.tokens.verify(token, self.clock())
