"""What the doors get to work with, put together once by `server.create_app`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.asking import Asking
from app.auth import Principal, Tokens
from app.backplane import Backplane
from app.board import Board
from app.connectors import Connectors
from app.conversations import Conversations
from app.desks import Desks
from app.feed import Feed
from app.health import Health
from app.inbox import Inbox
from app.incidents import Incidents
from app.jsontext import dumps
from app.metrics import Metrics
from app.missed import Missed
from app.openid import OpenId
from app.playbook_sets import PlaybookSets
from app.protocol import PULSE, Pulse
from app.settings import Settings
from app.shortcuts import Shortcuts
from app.store.rows import Store
from app.subscription import Watching
from app.team import Team
from app.views import Views
from app.write_back import WriteBack


class Open(Protocol):
    """A socket's session, as seen from outside of it."""

    def tell(self, text: str) -> None:
        """Send a frame that nobody asked for."""
        ...

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
    backplane: Backplane
    health: Health
    watching: Watching
    playbooks: PlaybookSets
    board: Board
    feed: Feed
    conversations: Conversations
    views: Views
    asking: Asking
    incidents: Incidents
    desks: Desks
    team: Team
    connectors: Connectors
    inbox: Inbox
    openid: OpenId
    missed: Missed
    write_back: WriteBack
    shortcuts: Shortcuts
    pulse: Pulse = PULSE
    sessions: set[Open] = field(default_factory=set)
    leaving: bool = False  # the process is about to end: not ready any more

    def tell_health(self) -> None:
        """Tell every browser what answers and what does not."""
        frame = dumps(self.health.wire())
        for session in self.sessions:
            session.tell(frame)

    def verify(self, token: str) -> Principal:
        """The bearer of a token now. Raises `Refused` (`unauthorized`)."""
        return self.tokens.verify(token, self.clock())
