"""One browser watching one conversation: each offset once, in order, without a hole."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from app.auth import Principal
from app.conversations import topic
from app.errors import Refused
from app.jsontext import dumps
from app.outbox import Outbox
from app.store.rows import StoreError
from app.views import Views


class Subscription:
    """Watches first, fetches then, and lastly applies what came meanwhile; a gap is closed by fetching again."""

    def __init__(self, who: Principal, conversation: str, views: Views, outbox: Outbox) -> None:
        self.conversation = conversation
        self._who = who
        self._views = views
        self._outbox = outbox
        self._offset = 0
        self._epoch = ""
        self._fetching = True
        self._meanwhile: list[tuple[int, str]] = []
        self._checks: set[asyncio.Task[None]] = set()
        self._end: Callable[[], None] | None = None

    async def start(self, backplane: Any, resume: dict[str, Any] | None) -> None:
        """Bring the browser up to date and keep it there. Raises `Refused` when she may not watch."""
        await self._outbox.room()
        self._end = backplane.subscribe(topic(self._who.tenant, self.conversation), self._deliver)
        try:
            await self._fetch(resume)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Watch no longer."""
        if self._end:
            self._end()
            self._end = None
        for check in self._checks:
            check.cancel()

    @property
    def ended(self) -> bool:
        """Whether it watches no longer."""
        return self._end is None

    async def _fetch(self, resume: dict[str, Any] | None) -> None:
        self._fetching = True
        self._offset, frames = await self._views.catch_up(self._who, self.conversation, resume)
        self._epoch = frames[-1]["epoch"]
        self._outbox.put_whole([dumps(frame) for frame in frames])
        self._fetching = False
        meanwhile, self._meanwhile = self._meanwhile, []
        for offset, text in meanwhile:
            self._deliver(offset, text)

    def _deliver(self, offset: int, text: str) -> None:
        if not text:
            self._later(self._check)
        elif self._fetching:
            self._meanwhile.append((offset, text))
        elif offset == 0:
            self._outbox.put(text)
        elif offset == self._offset + 1:
            self._offset = offset
            self._outbox.put(text)
        elif offset > self._offset:  # the backplane lost something: the store has it
            self._fetching = True
            self._later(self._close_gap)

    def _later(self, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.create_task(self._or_end(work))
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)

    async def _close_gap(self) -> None:
        await self._outbox.room()
        self._meanwhile.clear()  # all of it is in what is fetched now
        await self._fetch({"epoch": self._epoch, "offset": self._offset})

    async def _check(self) -> None:
        """Look at the rights again, after the conversation went to somebody else."""
        await self._views.state(self._who, self.conversation)

    async def _or_end(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; what may not or cannot be followed any more is ended, and the browser is told why."""
        try:
            await work()
        except Refused as refused:
            self._refuse(refused)
        except StoreError:
            self._refuse(Refused("unavailable", "the conversation cannot be followed now; subscribe again"))

    def _refuse(self, refused: Refused) -> None:
        self._checks.clear()  # this runs in one of them
        self.stop()
        self._outbox.put(dumps({"type": "error", "error": refused.wire(), "conversation": self.conversation}))
