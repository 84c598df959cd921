"""Messages in at some sockets and out at others, driven by what arrives: without pause, or at a rate of their own."""

import asyncio
import json
import random
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol, TypeVar

import uvloop

from app.jsontext import dumps

LOST_AFTER = 30.0  # seconds until a message that did not come out counts as lost
AGAIN = 0.2  # seconds until what was refused for the moment is sent again
ID = b'"id":"'  # before the id of the message in an update, as in an echo
T = TypeVar("T")


class WayIn(Protocol):
    """Takes messages in; never waits."""

    def send(self, text: str) -> None:
        """The frame of a message."""


class Lost(RuntimeError):
    """Something did not come out, or was refused."""


@dataclass(slots=True)
class Load:
    """A message is done when it has come out `copies` times."""

    frames: Iterator[tuple[str, int, str]]  # an id, which way in, and the frame
    copies: int = 1
    into: Sequence[WayIn] = ()
    sent: int = 0
    refused: int = 0  # times that one was asked for again
    delays: list[float] = field(default_factory=list)  # seconds, of each copy
    _due: dict[bytes, float] = field(default_factory=dict)  # when it had to be sent
    _left: dict[bytes, int] = field(default_factory=dict)
    _frame: dict[bytes, tuple[int, str]] = field(default_factory=dict)  # which way in, and what, until it is done
    _until: float = 0.0
    _problem: str = ""
    _empty: asyncio.Event = field(default_factory=asyncio.Event)

    def arrived(self, text: bytes) -> None:
        """Something came out."""
        start = text.find(ID) + len(ID)
        key = text[start : text.find(b'"', start)]
        due = self._due.get(key)
        if due is None:
            self.answered(text)
            return
        now = perf_counter()
        self.delays.append(now - due)
        if self._left[key] > 1:
            self._left[key] -= 1
            return
        del self._due[key], self._left[key], self._frame[key]
        if now < self._until:
            self.send(now)
        elif not self._due:
            self._empty.set()

    def answered(self, text: bytes) -> None:
        """What comes back where messages go in: a refusal is of interest, and sent again where that is asked for."""
        if not text.startswith(b'{"type":"error"'):
            return
        frame = json.loads(text)
        self.refused_by(frame["error"], frame.get("id", ""))

    def refused_by(self, error: dict[str, str], key: str) -> None:
        """A message was refused: for the moment, or for good."""
        if error["code"] == "unavailable" and key.encode() in self._frame:
            self.refused += 1
            asyncio.get_running_loop().call_later(AGAIN, self._again, key.encode())
        else:
            self._problem = f"{key}: {error}"
            self._empty.set()

    def _again(self, key: bytes) -> None:
        if key in self._frame:
            way, text = self._frame[key]
            self.into[way % len(self.into)].send(text)

    def send(self, due: float) -> None:
        """Send the next message, which was due then."""
        key, way, text = next(self.frames)
        self._due[key.encode()], self._left[key.encode()] = due, self.copies
        self._frame[key.encode()] = way, text
        self._empty.clear()
        self.sent += 1
        self.into[way % len(self.into)].send(text)

    async def drained(self) -> list[float]:
        """The delays of all copies of what was sent, once all have come. Raises `Lost`."""
        try:
            async with asyncio.timeout(LOST_AFTER):
                await self._empty.wait()
        except TimeoutError:
            raise Lost(f"{len(self._due)} of {self.sent} messages did not come out") from None
        if self._problem:
            raise Lost(self._problem)
        delays, self.delays = self.delays, []
        return delays

    async def sustained(self, seconds: float, in_flight: int) -> tuple[float, int]:
        """Send the next message whenever one is done; seconds until all were, and how many copies came."""
        start = perf_counter()
        self._until = start + seconds
        for _ in range(in_flight):
            self.send(perf_counter())
        number = len(await self.drained())
        return perf_counter() - start, number

    async def at_rate(self, per_second: float, seconds: float, *, seed: int) -> list[float]:
        """Send at random times whatever the server does; delays count from when a message was due."""
        rng, self._until = random.Random(seed), 0.0
        start = due = perf_counter()
        while due < start + seconds:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            self.send(due)
            due += rng.expovariate(per_second)
        return await self.drained()


def told(conversation: str, key: str, role: str, text: str) -> str:
    """The frame of a message."""
    return dumps({"type": "message", "conversation": conversation, "id": key, "role": role, "text": text})


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it on the loop that costs least."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
