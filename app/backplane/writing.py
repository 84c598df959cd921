"""Writes this worker's entries into the stream: what waits is bounded, and so is what the stream keeps."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

from app.backplane import entry
from app.backplane.link import REST, Link
from app.backplane.protocol import Change, topic_of
from app.store.rows import Notice

MAX_WAITING = 4096  # entries that wait while the server is away, and
MAX_WAITING_BYTES = 8 * 1024 * 1024  # how large they may be in all
MOST = 100  # entries sent as one, and
MOST_BYTES = 256 * 1024
BEAT = 0.4  # seconds of silence after which the server is asked for a sign of life
KEPT = 10_000  # entries in the stream: a minute at 150 a second
AGE = 300  # seconds; older ones are struck out, and a stream that nobody writes to goes as a whole
TIDY = 30.0  # seconds between looks for old entries


class Waiting(NamedTuple):
    """An entry that has not been sent."""

    raw: bytes
    notice: Notice | None


class Writer:
    """One worker's queue into the stream. It outlives the connections over which it is sent."""

    def __init__(self, key: str, worker: str, sent: Callable[[Sequence[Notice]], None]) -> None:
        self._key, self._worker, self._sent = key, worker, sent
        self._count = 0
        self._waiting: deque[Waiting] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self._tidied = -TIDY
        self.empty = asyncio.Event()
        self.empty.set()
        self.dropped = 0  # entries that found no room, or were none

    def put(self, topic: str, offset: int, text: str, change: Change | None) -> None:
        """Queue an entry; the oldest that wait give way, and the others see by the count that they did."""
        assert change is None or topic == topic_of(change.notice)
        raw = self._written(topic, offset, text, change)
        if raw is None:
            self.dropped += 1
            return
        self._count += 1
        self._waiting.append(Waiting(raw, change.notice if change else None))
        self._bytes += len(raw)
        while len(self._waiting) > MAX_WAITING or self._bytes > MAX_WAITING_BYTES:
            self._bytes -= len(self._waiting.popleft().raw)
            self.dropped += 1
        self.empty.clear()
        self._more.set()

    def _written(self, topic: str, offset: int, text: str, change: Change | None) -> bytes | None:
        """The entry; where it is too long or no JSON, one that says where to look; None where there is nowhere."""
        lean = change and Change(change.notice, {})
        forms = [(text, change), (text, lean)]
        if offset or change:
            forms.append(("", lean))
        for form in forms:
            with suppress(ValueError):
                return entry.written(self._worker, self._count + 1, topic, offset, *form)
        return None

    async def begin(self, link: Link) -> None:
        """Send what failed before, so that nothing is said to be up that takes no writes."""
        if self._waiting:
            await self._send(link)

    async def run(self, link: Link) -> None:
        """Send until the link fails; what it failed with is sent over the next one."""
        while True:
            try:
                async with asyncio.timeout(BEAT):
                    await self._more.wait()
            except TimeoutError:
                ((seconds, _),) = await link.ask(("TIME",))
                await self._tidy(link, int(seconds) * 1000)
            else:
                await self._send(link)
                if len(self._waiting) < MOST:
                    await asyncio.sleep(REST)

    async def _send(self, link: Link) -> None:
        batch = self._take()
        try:
            adds = [("XADD", self._key, "MAXLEN", "~", KEPT, "*", entry.FIELD, item.raw) for item in batch]
            *numbers, _ = await link.ask(*adds, ("EXPIRE", self._key, AGE))
        except BaseException:
            self._put_back(batch)
            raise
        if not self._waiting:
            self.empty.set()
        if notices := [item.notice for item in batch if item.notice]:
            self._sent(notices)
        await self._tidy(link, int(numbers[-1].partition(b"-")[0]))

    def _take(self) -> list[Waiting]:
        batch: list[Waiting] = []
        size = 0
        while self._waiting and len(batch) < MOST and size < MOST_BYTES:
            batch.append(self._waiting.popleft())
            size += len(batch[-1].raw)
        self._bytes -= size
        if not self._waiting:
            self._more.clear()
        return batch

    def _put_back(self, batch: Sequence[Waiting]) -> None:
        self._waiting.extendleft(reversed(batch))
        self._bytes += sum(len(item.raw) for item in batch)
        self._more.set()

    async def _tidy(self, link: Link, now: int) -> None:
        """Strike out what is too old by the server's own clock, in milliseconds: ours may be another."""
        if monotonic() - self._tidied >= TIDY:
            self._tidied = monotonic()
            await link.ask(("XTRIM", self._key, "MINID", f"{max(0, now - AGE * 1000)}-0"))
