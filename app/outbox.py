"""What waits to be sent to one browser: bounded, sent by one writer, never in anybody else's way."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

MAX_FRAMES = 256
MAX_BYTES = 1024 * 1024
SEND_DEADLINE = 10.0  # seconds for one frame to leave


class Outbox:
    """A bounded queue of frames. A browser that does not keep up is `behind`: it is closed and resumes.

    A frame larger than the bound (a long transcript) may wait alone: snapshots are asked for one at a time.
    """

    def __init__(self) -> None:
        self._frames: deque[str] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self.behind = False

    def put(self, text: str) -> None:
        """Queue a frame, or mark the browser as behind when the queue is full. Never blocks."""
        if self.behind:
            return
        full = len(self._frames) >= MAX_FRAMES or (self._frames and self._bytes + len(text) > MAX_BYTES)
        if full:
            self.behind = True
            self._frames.clear()
        else:
            self._frames.append(text)
            self._bytes += len(text)
        self._more.set()

    async def run(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Send until the browser is behind or a frame does not leave in time."""
        while not self.behind:
            await self._more.wait()
            self._more.clear()
            while self._frames and not self.behind:
                text = self._frames.popleft()
                self._bytes -= len(text)
                try:
                    async with asyncio.timeout(SEND_DEADLINE):
                        await send(text)
                except TimeoutError:
                    self.behind = True
