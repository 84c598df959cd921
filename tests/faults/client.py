"""An agent's sidebar and a supervisor's board, without a screen."""

import socket
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.faults.connection import Connection, Delays
from tests.faults.history import History
from tests.faults.view import Position, Tiles, View

Frame = dict[str, Any]
LITTLE = 4_096  # bytes


class Client:
    """What both have: a connection, and when it was not whole."""

    def __init__(
        self,
        name: str,
        history: History,
        address: Callable[[], str],
        door: str,
        token: str,
        *,
        seed: int,
        delays: Delays | None = None,
    ) -> None:
        self.name = name
        self.history = history
        self.news = 0.0  # when something new was last shown, in the history's seconds
        self.outages: list[list[float]] = []  # [lost, whole again] of the history's seconds
        self.services: list[tuple[float, Frame]] = []  # what the server said of its database and backplane
        self.connection = Connection(
            address, door, token, self, chance=Random(f"{seed} {name}"), delays=delays or Delays()
        )

    @property
    def whole(self) -> bool:
        """Whether everything that it follows is up to date, as far as it can know."""
        raise NotImplementedError

    def cut_off(self, code: int) -> None:
        """The socket is gone."""
        self.history.add(self.name, "fault", "cut off", code=code)
        if not self.outages or len(self.outages[-1]) == 2:
            self.outages.append([self.history.now])

    def settle(self) -> None:
        """Note when it is whole again."""
        if self.outages and len(self.outages[-1]) == 1 and self.whole:
            self.outages[-1].append(self.history.now)

    def stall(self) -> None:
        """Read no more, and let the network below keep little for it."""
        transport = self.connection.wire and self.connection.wire.transport
        assert transport, f"{self.name} is not connected"
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        transport.pause_reading()
        self.connection.calm("silence")  # a page that hangs has no alarms either

    def read_on(self) -> None:
        """Read again: first what was left, then how it ended."""
        transport = self.connection.wire and self.connection.wire.transport
        if transport:
            transport.resume_reading()

    def greeted(self) -> None:
        """There is a new socket."""

    def heard(self, frame: Frame) -> None:
        """A frame for it."""
        if frame["type"] == "service":
            self.services.append((self.history.now, frame))


class Agent(Client):
    """Follows conversations over every reconnection, as `static/live/connection.js` does."""

    def __init__(self, *given: Any, conversations: Sequence[str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.positions = {name: Position() for name in conversations}
        self.views = {name: View() for name in conversations}
        self.asked = dict.fromkeys(conversations, 0)  # subscriptions so far
        self.refused: list[Frame] = []

    @property
    def whole(self) -> bool:
        """Whether no conversation waits for its snapshot or gap."""
        return self.connection.welcomed and not any(one.waiting for one in self.positions.values())

    def greeted(self) -> None:
        """Ask for everything anew, from where it was."""
        for conversation in self.positions:
            self._ask(conversation)

    def _ask(self, conversation: str) -> None:
        position = self.positions[conversation]
        position.waiting = True
        self.asked[conversation] += 1
        about = {"conversation": conversation, "ref": f"subscribe {conversation}"}
        self.connection.send({"type": "subscribe", **about, **position.resume})
        self.connection.alarm(conversation, self.connection.delays.answer, self.connection.lost)

    def heard(self, frame: Frame) -> None:
        """Follow what is followed; an error about a subscription is asked again after a while."""
        super().heard(frame)
        conversation = frame.get("conversation", "")
        if frame["type"] in ("snapshot", "resumed", "update"):
            self._advance(conversation, frame)
        elif frame["type"] == "told" and conversation in self.views:
            self.views[conversation].take(frame)
        elif frame["type"] == "error" and conversation in self.positions:
            self.refused.append(frame)
            self.positions[conversation].waiting = True
            self.connection.alarm(conversation, self.connection.delays.first, lambda: self._ask(conversation))

    def _advance(self, conversation: str, frame: Frame) -> None:
        position = self.positions[conversation]
        waiting = position.waiting
        verdict = position.judge(frame)
        about = {key: frame[key] for key in ("epoch", "offset") if key in frame}
        about |= {"verdict": verdict, "waiting": waiting, "asked": self.asked[conversation]}
        message = (frame.get("message") or {}).get("id", "")
        self.history.add(self.name, "took", frame["type"], conversation, message, **about)
        if verdict == "hole":
            self._ask(conversation)
        if not position.waiting:
            self.connection.calm(conversation)
        if verdict == "apply":
            self.views[conversation].take(frame)
            self.news = self.history.now
        self.settle()


class Supervisor(Client):
    """Watches the board."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.tiles = Tiles()
        self._waiting = True

    @property
    def whole(self) -> bool:
        """Whether it has a board of this socket."""
        return self.connection.welcomed and not self._waiting

    def greeted(self) -> None:
        """A new socket brings a board by itself."""
        self._waiting = True

    def heard(self, frame: Frame) -> None:
        """Fold it."""
        super().heard(frame)
        if frame["type"] in ("board", "tiles"):
            self.tiles.take(frame)
            self.news = self.history.now
            self._waiting = False
            self.settle()
