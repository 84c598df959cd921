"""Of jobs that replace each other only the newest is done: one at a time for each key, what waits is passed over.

For drafts: who types sends one with every pause, and only the last is worth an answer. Jobs of different keys, and
whatever else the socket does, never wait for each other.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A job, and what to do instead when a newer one takes its place."""

    job: Job
    passed: Callable[[], None]


class Newest:
    """Does the newest job of each key. Jobs must not raise."""

    def __init__(self) -> None:
        self._waiting: dict[str, Asked] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    def ask(self, key: str, job: Job, passed: Callable[[], None]) -> None:
        """Do the job once the one that runs is done; who waited until now is passed over."""
        before = self._waiting.pop(key, None)
        if before:
            before.passed()
        self._waiting[key] = Asked(job, passed)
        if key not in self._running:
            self._running[key] = asyncio.create_task(self._run(key))

    async def _run(self, key: str) -> None:
        while key in self._waiting:
            await self._waiting.pop(key).job()
        del self._running[key]

    def stop(self) -> None:
        """Do nothing any more; nobody is told."""
        self._waiting.clear()
        for task in self._running.values():
            task.cancel()
