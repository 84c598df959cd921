"""The backplane over one stream of a Redis or Valkey server. Why one, and why a stream: docs/decisions/0012."""

import asyncio
import random
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

import structlog
from redis.exceptions import RedisError, ResponseError

from app.backplane.entry import Entry
from app.backplane.link import dialler
from app.backplane.local import LocalBackplane
from app.backplane.protocol import Change, Deliver, Listener
from app.backplane.reading import Reader
from app.backplane.writing import Writer
from app.store.rows import Notice

FAREWELL = 0.5  # seconds that what still waits has to leave at the end
STEADY = 5.0  # seconds that a connection has to last before the next one is tried without a pause
LONGEST_PAUSE = 0.8  # seconds between two tries to connect, so that who comes back is found within one

log = structlog.get_logger()


class RedisBackplane:
    """Serves its own process by itself and tells the others through the stream.

    Two connections, each of one task: one reads and is held by the server while there is nothing to read, the other
    writes. Both are taken to be gone when one is; they go and come together.
    """

    shared = True

    def __init__(self, url: str, *, prefix: str = "steadyhand") -> None:
        """Raises `Refused` for a URL that cannot be read. Nothing is connected before `start`."""
        key, worker = f"{prefix}:1:events", secrets.token_hex(8)
        self._dial = dialler(url)
        self._local = LocalBackplane()
        self._reader = Reader(key, worker, self._take, self._missed)
        self._writer = Writer(key, worker, self._sent)
        self._listener: Listener | None = None
        self._task: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self._closed = False
        self.up = False

    @property
    def skipped(self) -> int:
        """Entries of the stream that no worker of ours could have written."""
        return self._reader.skipped

    @property
    def dropped(self) -> int:
        """Entries of this worker that found no room while the server was away."""
        return self._writer.dropped

    def publish(self, topic: str, offset: int, text: str, change: Change | None = None) -> None:
        """Hand it to who watches here, and queue it for the others."""
        self._local.publish(topic, offset, text)
        if not self._closed:
            self._writer.put(topic, offset, text, change)

    def subscribe(self, topic: str, deliver: Deliver) -> Callable[[], None]:
        """Watch a topic; the answer ends it."""
        return self._local.subscribe(topic, deliver)

    async def start(self, listener: Listener) -> None:
        """Connect, or have tried for three seconds: what is published from here on is heard, or said to be missed."""
        self._listener = listener
        self._task = asyncio.create_task(self._carry())
        self._task.add_done_callback(lambda _: self._tried.set())
        await self._tried.wait()

    async def close(self) -> None:
        """Give what waits a moment to leave if it can, then let go."""
        self._closed = True
        if self._task is None:
            return
        try:
            if self.up:
                with suppress(TimeoutError):
                    async with asyncio.timeout(FAREWELL):
                        await self._writer.empty.wait()
        finally:
            self.up = False
            while not self._task.done():  # a failure at the same moment may swallow the call to end
                self._task.cancel()
                await asyncio.wait((self._task,), timeout=0.1)

    async def _carry(self) -> None:
        pause = 0.0
        while not self._closed:
            began = monotonic()
            try:
                await self._session()
            except* (RedisError, OSError) as group:
                self._away(_reason(group))
            except* Exception:  # what nobody thought of: it is said in full, and the backplane tries on
                log.exception("backplane_failed")
                self._away("failed")
            if monotonic() - began > STEADY:
                pause = 0.0
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(LONGEST_PAUSE, 2 * pause + 0.1)

    async def _session(self) -> None:
        """Connect, and carry until it fails."""
        incoming, outgoing = self._dial(), self._dial()
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(incoming.open())
                both.create_task(outgoing.open())
            await self._reader.find_place(incoming)
            await self._writer.begin(outgoing)
            self._back()
            async with asyncio.TaskGroup() as both:
                both.create_task(self._reader.run(incoming))
                both.create_task(self._writer.run(outgoing))
        finally:
            await incoming.drop()
            await outgoing.drop()

    def _back(self) -> None:
        self.up = True
        if self._tried.is_set():
            log.info("backplane_back", dropped=self.dropped)
            if self._listener:
                self._listener.turned(True)
            self._missed()
        self._tried.set()

    def _away(self, reason: str) -> None:
        if self.up or not self._tried.is_set():
            self.up = False
            log.warning("backplane_away", reason=reason)
            if self._listener:
                self._listener.turned(False)
        self._tried.set()

    def _take(self, entry: Entry) -> None:
        self._local.publish(entry.topic, entry.offset, entry.text)
        if entry.change and self._listener:
            self._listener.heard(entry.change)

    def _sent(self, notices: Sequence[Notice]) -> None:
        if self._listener:
            self._listener.sent(notices)

    def _missed(self) -> None:
        if self._listener:
            self._listener.missed()


def _reason(group: BaseExceptionGroup[Exception]) -> str:
    """The kind of the first failure. A server's own words may repeat what it was sent: only their code is said."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    code = str(error).partition(" ")[0] if isinstance(error, ResponseError) else ""
    return f"{type(error).__name__} {code}".strip() if code.isupper() else type(error).__name__
