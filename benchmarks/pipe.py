"""Frames in at one socket and out at others: how many a second, and how long each takes."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, cycle
from time import perf_counter
from typing import Any

from websockets.asyncio.client import ClientConnection

from app.jsontext import dumps
from assist.simulator import transcript_lines
from benchmarks.chats import CHATS, SEED
from benchmarks.servers import Running

LOST_AFTER = 30.0  # seconds until a message that did not come out counts as lost


def frames(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Frames that say simulated lines in the conversations in turn, each with its id."""
    lines = cycle(list(transcript_lines(CHATS, SEED)))
    for number, name, line in zip(count(), cycle(names), lines, strict=False):
        key = f"m-{number}"
        frame = {"type": "message", "conversation": name, "id": key, "role": line["role"], "text": line["text"]}
        yield key, dumps(frame)


@dataclass(frozen=True, slots=True)
class Rate:
    """Deliveries a second, and the server's CPU seconds for each where they are known."""

    per_second: float
    cpu: float | None


@dataclass(slots=True)
class Pipe:
    """A way in and ways out; a message is done when a frame with its id has come out of all of them."""

    into: ClientConnection
    outs: Sequence[ClientConnection]
    frames: Iterator[tuple[str, str]]
    sent: int = 0
    delays: list[float] = field(default_factory=list)
    due: dict[str, float] = field(default_factory=dict)  # id -> when it had to be sent
    left: dict[str, int] = field(default_factory=dict)  # id -> ways out that it has not come out of
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    empty: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, names: Sequence[str]) -> None:
        """Make the conversations with a message each, then watch them from every way out."""
        for _ in names:
            await self.into.send(next(self.frames)[1])
        await _awaited(self.into, "ack", len(names))
        self.sent += len(names)
        for out in self.outs:
            for name in names:
                await out.send(dumps({"type": "subscribe", "conversation": name}))
        for out in self.outs:
            await _awaited(out, "snapshot", len(names))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Read both ends in the background."""
        readers = [asyncio.create_task(self._read(socket)) for socket in {self.into, *self.outs}]
        try:
            yield
        finally:
            for reader in readers:
                reader.cancel()
            for ended in await asyncio.gather(*readers, return_exceptions=True):
                if isinstance(ended, Exception):
                    raise ended

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            frame = _frame(str(text))
            if frame["type"] == "ping":
                await socket.send('{"type":"pong"}')
            elif frame["type"] != "ack":
                self._arrived((frame.get("message") or frame).get("id", ""))

    def _arrived(self, key: str) -> None:
        if key not in self.due:
            return
        self.delays.append(perf_counter() - self.due[key])
        self.left[key] -= 1
        if self.left[key]:
            return
        del self.due[key], self.left[key]
        self.room.release()
        if not self.due:
            self.empty.set()

    async def _send(self, due: float) -> None:
        key, text = next(self.frames)
        self.due[key] = due
        self.left[key] = len(self.outs)
        self.empty.clear()
        self.sent += 1
        await self.into.send(text)

    async def _drained(self) -> list[float]:
        """The delays of all that was sent, once it has come out. Raises `TimeoutError` when something got lost."""
        async with asyncio.timeout(LOST_AFTER):
            await self.empty.wait()
        delays, self.delays = self.delays, []
        return delays

    async def sustained(self, server: Running, seconds: float, in_flight: int) -> Rate:
        """Send the next message whenever one has come out, with so many under way."""
        self.room = asyncio.Semaphore(in_flight)
        before, start = server.cpu(), perf_counter()
        while perf_counter() < start + seconds:
            await self.room.acquire()
            await self._send(perf_counter())
        number = len(await self._drained())
        after = server.cpu()
        cpu = None if before is None or after is None else (after - before) / number
        return Rate(number / (perf_counter() - start), cpu)

    async def at_rate(self, per_second: float, seconds: float, *, seed: int) -> list[float]:
        """Seconds from when a message was due until it came out, at random times whatever the server does.

        A sender that waits for slow answers would not see how slow they are: a message that leaves late counts from
        when it was due.
        """
        rng = random.Random(seed)
        start = due = perf_counter()
        while due < start + seconds:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            await self._send(due)
            due += rng.expovariate(per_second)
        return await self._drained()


async def _awaited(socket: ClientConnection, kind: str, number: int) -> None:
    """Read until so many frames of a type have come."""
    async with asyncio.timeout(LOST_AFTER):
        while number:
            number -= _checked(json.loads(await socket.recv()))["type"] == kind


@lru_cache(maxsize=4)  # many watchers get the same text: the time to read it is not the server's
def _frame(text: str) -> dict[str, Any]:
    return _checked(json.loads(text))


def _checked(frame: dict[str, Any]) -> dict[str, Any]:
    if frame["type"] == "error":
        raise RuntimeError(f"the server refused: {frame['error']}")
    return frame
