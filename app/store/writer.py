"""One writer: whoever comes while a commit runs is committed together by the next one.

The group forms by itself. A single caller waits for its own commit alone; a hundred callers share one. Nothing is
acknowledged before the commit that holds it is done. The room knows no SQL: `commit` stores a whole group or nothing.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.store.rows import Unavailable

W = TypeVar("W")

WRITE_WITHIN = 0.9  # seconds that a caller waits; the sender is told to come again, and message ids tell repeats
MOST_WAITING = 10_000  # writes; about a second of work, then the sender is told to come again
MOST_TOGETHER = 256  # writes in one transaction; larger groups gain nothing and make the last one wait


@dataclass(slots=True)
class _Waiting(Generic[W]):
    write: W
    done: asyncio.Future[None]


class GroupWriter(Generic[W]):
    """Commits writes in the order in which they came. Made and used on one event loop."""

    def __init__(
        self,
        commit: Callable[[Sequence[W]], Awaitable[None]],
        *,
        within: float = WRITE_WITHIN,
        most_waiting: int = MOST_WAITING,
        most_together: int = MOST_TOGETHER,
    ) -> None:
        self._commit = commit
        self._within = within
        self._most_waiting = most_waiting
        self._most_together = most_together
        self._waiting: deque[_Waiting[W]] = deque()
        self._wake = asyncio.Event()
        self._closed = False
        self._task = asyncio.create_task(self._run(), name="store-writer")

    async def write(self, write: W) -> None:
        """Return when `write` is committed.

        Raises what `commit` raises for this write alone (`Conflict`), and `Unavailable` when the database does not
        take writes or is too slow, too many wait already, or the store is closed. A caller that was told of a slow
        database, or is cancelled while it waits, does not know whether its write was kept.
        """
        if self._closed:
            raise Unavailable("the store is closed")
        if len(self._waiting) >= self._most_waiting:
            raise Unavailable(f"{self._most_waiting} writes are waiting already")
        waiting = _Waiting(write, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._wake.set()
        try:
            async with asyncio.timeout(self._within):
                await waiting.done
        except TimeoutError:
            raise Unavailable(f"not committed within {self._within} s") from None

    async def close(self) -> None:
        """Take no more, commit what waits, stop. A second call is harmless."""
        self._closed = True
        self._wake.set()
        await asyncio.shield(self._task)

    async def _run(self) -> None:
        while not self._closed or self._waiting:
            await self._wake.wait()
            self._wake.clear()
            while group := self._take():
                await self._settle(group, group)

    def _take(self) -> list[_Waiting[W]]:
        """The next group, without those whose caller has gone."""
        group: list[_Waiting[W]] = []
        while self._waiting and len(group) < self._most_together:
            waiting = self._waiting.popleft()
            if not waiting.done.done():
                group.append(waiting)
        return group

    async def _settle(self, tried: Sequence[_Waiting[W]], group: Sequence[_Waiting[W]]) -> None:
        """Commit `tried` in one go; where one write spoils it, by halves, so that only its caller hears of it.

        `group` is whom it concerns when the database itself does not answer.
        """
        tried = [waiting for waiting in tried if not waiting.done.done()]
        if not tried:
            return
        try:
            await self._commit([waiting.write for waiting in tried])
        except Unavailable as error:
            self._refuse(group, error)
        except Exception as error:  # noqa: BLE001 - handed to the caller whose write raised it
            if len(tried) == 1:
                _fail(tried[0], error)
                return
            half = len(tried) // 2
            await self._settle(tried[:half], group)
            await self._settle(tried[half:], group)
        else:
            for waiting in tried:
                if not waiting.done.done():
                    waiting.done.set_result(None)

    def _refuse(self, group: Sequence[_Waiting[W]], error: Unavailable) -> None:
        """Tell the group, and all who came while it was tried: their turn would only be the same wait once more."""
        for waiting in (*group, *self._waiting):
            _fail(waiting, Unavailable(*error.args))
        self._waiting.clear()


def _fail(waiting: _Waiting[W], error: Exception) -> None:
    if not waiting.done.done():
        waiting.done.set_exception(error)
