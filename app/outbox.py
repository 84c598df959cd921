"""What waits to be sent to one browser: bounded, sent by one writer, never in anybody else's way."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

MAX_FRAMES = 256
MAX_BYTES = 1024 * 1024


class Outbox:
    """A bounded queue of frames. A browser that does not keep up is `behind`: it is closed and resumes.

    What brings a browser up to date (a snapshot, a missed gap, the board) may be larger than the bound. It goes in
    whole and outside of it, but only one at a time: `room` is awaited before it is fetched. A frame has `deadline`
    seconds to leave, a large one as many for each `MAX_BYTES`: a slow line would never get a large board otherwise.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._due = 0.0  # when the frame that is leaving has to have left, by the loop's clock
        self._limit: asyncio.Timeout | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._waiting: deque[tuple[Sequence[str], int]] = deque()  # frames, and what they count within the bound
        self._frames = 0
        self._bytes = 0
        self._more = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self.behind = False

    def put(self, text: str) -> None:
        """Queue a frame, or mark the browser as behind when the queue is full. Never blocks."""
        if self._frames >= MAX_FRAMES or (self._frames and self._bytes + len(text) > MAX_BYTES):
            self._end()
        self._queue((text,), len(text))

    def put_whole(self, frames: Sequence[str]) -> None:
        """Queue what brings the browser up to date, whatever its size. Never blocks; call after `room`."""
        self._queue(frames, 0)

    async def room(self) -> None:
        """Wait until all that was queued has left, or nothing can leave any more."""
        await self._empty.wait()

    async def run(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Send until the browser is behind or a frame does not leave in time."""
        try:
            async with asyncio.timeout(None) as self._limit:
                while not self.behind:
                    await self._more.wait()
                    self._more.clear()
                    await self._send_all(send)
        except TimeoutError:
            pass
        finally:
            self._limit = None  # it knows this task, which would keep the whole session for the garbage collector
            if self._watch:
                self._watch.cancel()
            self._end()

    async def _send_all(self, send: Callable[[str], Awaitable[None]]) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            frames, size = self._waiting.popleft()
            self._bytes -= size
            self._frames -= size > 0
            for text in frames:
                self._due = loop.time() + self._deadline * max(1.0, len(text) / MAX_BYTES)
                if self._watch is None:
                    self._watch = loop.call_later(self._deadline, self._look)
                await send(text)
                if self.behind:
                    return
        self._due = 0.0
        self._empty.set()

    def _look(self) -> None:
        """See that the frame that is leaving is not late. A timer for every frame would cost more than the frame."""
        loop = asyncio.get_running_loop()
        self._watch = None
        if self._due > loop.time():
            self._watch = loop.call_at(min(self._due, loop.time() + self._deadline), self._look)
        elif self._due and self._limit:
            self._limit.reschedule(loop.time())

    def _queue(self, frames: Sequence[str], size: int) -> None:
        if self.behind:
            return
        self._waiting.append((frames, size))
        self._bytes += size
        self._frames += size > 0
        self._empty.clear()
        self._more.set()

    def _end(self) -> None:
        self.behind = True
        self._waiting.clear()
        self._empty.set()
        self._more.set()
