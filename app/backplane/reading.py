"""Reads what the other workers wrote: from the place it has come to, and saying when something may be missing."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

import structlog
from redis.exceptions import ResponseError

from app.backplane import entry
from app.backplane.entry import Entry
from app.backplane.link import ANSWER, REST, Link

BLOCK = 500  # ms that the server holds a question it has no answer to; each answer says that it is alive
MOST = 64  # entries in one answer, at most 8 MiB
SLICE = 0.005  # seconds of reading, after which others get their turn
MAX_WORKERS = 1024  # whose counts are kept, those last heard
START = "0-0"
Place = tuple[int, int]  # an entry's id: the server's milliseconds, and a count within one of them

log = structlog.get_logger()


class Reader:
    """One worker's place in the stream. It outlives the connections over which it is read."""

    def __init__(self, key: str, worker: str, take: Callable[[Entry], None], missed: Callable[[], None]) -> None:
        self._key, self._take, self._missed = key, take, missed
        self._own = entry.own(worker)
        self._counts = Counts()
        self._place: str | None = None  # the entry last read
        self.skipped = 0  # entries that no worker of ours wrote, or that it could not hand on

    async def find_place(self, link: Link) -> None:
        """At first the end of the stream; later where it was, but the start of a stream that is not the one it knew.

        A server that came back empty counts anew, perhaps by a clock that stands before our last id: to wait for a
        later one would be to wait for ever. What of an older copy has been read before is known by its counts.
        """
        _, newest = await self._ends(link)
        if self._place is None:
            self._place = "{}-{}".format(*newest)
        elif newest < place(self._place):
            self._place = START

    async def run(self, link: Link) -> None:
        """Read until the link fails."""
        while True:
            before = self._place or START
            entries = await self._batch(link, before)
            gap = await self._hand_out(entries)
            if len(entries) == MOST and before != START:  # far behind: the oldest may have gone before it was read
                gap |= (await self._ends(link))[0] > place(before)
            elif not entries:
                await self.find_place(link)
            if gap:
                self._missed()
            await asyncio.sleep(0 if len(entries) == MOST else REST)

    async def _batch(self, link: Link, after: str) -> Sequence[tuple[bytes, list[bytes]]]:
        command = ("XREAD", "COUNT", MOST, "BLOCK", BLOCK, "STREAMS", self._key, after)
        (streams,) = await link.ask(command, patience=BLOCK / 1000 + ANSWER)
        return streams[0][1] if streams else ()

    async def _hand_out(self, entries: Sequence[tuple[bytes, list[bytes]]]) -> bool:
        """Whether one is missing before one of them."""
        gap, began = False, monotonic()
        for number, fields in entries:
            self._place = number.decode()
            gap |= self._hand_on(fields)
            if monotonic() - began > SLICE:
                await asyncio.sleep(0)
                began = monotonic()
        return gap

    def _hand_on(self, fields: list[bytes]) -> bool:
        if fields[-1].startswith(self._own):
            return False
        found = entry.read(fields)
        if found is None:
            self.skipped += 1
            return False
        new, gap = self._counts.step(found.worker, found.count)
        if new:
            try:
                self._take(found)
            except Exception:  # one that nobody can take must not keep the others from coming
                self.skipped += 1
                log.exception("entry_not_taken")
        return gap

    async def _ends(self, link: Link) -> tuple[Place, Place]:
        """The oldest entry that the stream holds, and the newest that it ever had."""
        try:
            (answer,) = await link.ask(("XINFO", "STREAM", self._key))
        except ResponseError as error:
            if "no such key" in str(error):
                return (0, 0), (0, 0)
            raise
        about: dict[bytes, Any] = dict(zip(answer[::2], answer[1::2], strict=True))
        newest = place(about[b"last-generated-id"].decode())
        first = about[b"first-entry"]
        return (place(first[0].decode()) if first else newest), newest


class Counts:
    """How far each worker has counted: an entry that came before is known, and one that did not come is missed."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, int] = OrderedDict()

    def step(self, worker: str, count: int) -> tuple[bool, bool]:
        """Whether the worker's entry is new, and whether one before it did not come."""
        last = self._last.get(worker)
        if last is not None and count <= last:
            return False, False
        self._last[worker] = count
        self._last.move_to_end(worker)
        if len(self._last) > MAX_WORKERS:
            self._last.popitem(last=False)
        return True, last is not None and count > last + 1


def place(number: str) -> Place:
    """An id as numbers, which can be compared."""
    milliseconds, _, count = number.partition("-")
    return int(milliseconds), int(count)
