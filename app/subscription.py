"""One browser watching one conversation: each offset once, in order, without a hole. And the list of who watches."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from app.auth import Principal
from app.backplane import Backplane
from app.errors import Refused
from app.jsontext import dumps
from app.metrics import Metrics
from app.outbox import Outbox
from app.publishing import topic
from app.store.rows import Notice, StoreError
from app.views import Views

TOLD = ("customer", "agent", "team", "facts")  # of a state: what a host tells, or what holds some of it


class Watching:
    """The subscriptions of this process by conversation, to compare them with the store."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self._by_key: dict[tuple[str, str], set[Subscription]] = defaultdict(set)

    def keys(self) -> Collection[tuple[str, str]]:
        """Tenant and id of every conversation that somebody watches."""
        return tuple(self._by_key)

    def add(self, subscription: "Subscription") -> None:
        """Somebody watches."""
        self._by_key[subscription.key].add(subscription)

    def discard(self, subscription: "Subscription") -> None:
        """She watches no longer."""
        watching = self._by_key.get(subscription.key)
        if watching is not None:
            watching.discard(subscription)
            if not watching:
                del self._by_key[subscription.key]

    def tell(self, key: tuple[str, str], text: str) -> None:
        """Send a frame that is no part of the log to whoever watches here."""
        for subscription in tuple(self._by_key.get(key, ())):
            subscription.tell(text)

    def compare(self, position: Notice) -> None:
        """Have whoever is behind the store's position of a conversation catch up, or look at her rights again."""
        for subscription in tuple(self._by_key.get((position.tenant, position.conversation), ())):
            subscription.compare(position)


class Subscription:
    """Watches first, fetches then, and lastly applies what came meanwhile; a gap is closed by fetching again."""

    def __init__(self, who: Principal, conversation: str, views: Views, outbox: Outbox, watching: Watching) -> None:
        self.conversation = conversation
        self.key = who.tenant, conversation
        self._who = who
        self._views = views
        self._outbox = outbox
        self._watching = watching
        self._offset = 0
        self._revision = 0
        self._epoch = ""
        self._fetching = True
        self._meanwhile: list[tuple[int, str]] = []
        self._checks: set[asyncio.Task[None]] = set()
        self._end: Callable[[], None] | None = None

    async def start(self, backplane: Backplane, resume: dict[str, Any] | None) -> None:
        """Bring the browser up to date and keep it there. Raises `Refused` when she may not watch."""
        await self._outbox.room()
        self._end = backplane.subscribe(topic(*self.key), self._deliver)
        self._watching.add(self)
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
        self._watching.discard(self)
        for check in self._checks:
            check.cancel()

    @property
    def ended(self) -> bool:
        """Whether it watches no longer."""
        return self._end is None

    def tell(self, text: str) -> None:
        """Send a frame that is no part of the log, after what is being fetched."""
        self._deliver(0, text)

    def compare(self, position: Notice) -> None:
        """Catch up with the store where the backplane lost something."""
        if position.offset > self._offset and not self._fetching:
            self._repair("check")
        if position.revision > self._revision:
            self._revision = position.revision
            self._later(self._check)

    async def _fetch(self, resume: dict[str, Any] | None) -> None:
        self._fetching = True
        try:
            self._offset, self._revision, frames = await self._views.catch_up(self._who, self.conversation, resume)
        finally:
            self._fetching = False
            meanwhile, self._meanwhile = self._meanwhile, []
        self._epoch = frames[-1]["epoch"]
        self._outbox.put_whole([dumps(frame) for frame in frames])
        for offset, text in meanwhile:
            self._deliver(offset, text)

    def _deliver(self, offset: int, text: str) -> None:
        """Take in what was published: without a text only word of an offset, or of new rights where that is 0."""
        if not text and not offset:
            self._later(self._check)
        elif self._fetching:
            self._meanwhile.append((offset, text))
        elif offset == 0:
            self._outbox.put(text)
        elif offset == self._offset + 1 and text:
            self._offset = offset
            self._outbox.put(text)
        elif offset > self._offset:  # the backplane lost something: the store has it
            self._repair("gap")

    def _repair(self, reason: str) -> None:
        self._fetching = True
        self._watching.metrics.repairs.labels(reason).inc()
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
        """Look at the rights again, and tell who may go on watching what was told of the conversation."""
        state = await self._views.state(self._who, self.conversation)
        told = {name: state[name] for name in TOLD}
        self._outbox.put(dumps({"type": "told", "conversation": self.conversation, "state": told}))

    async def _or_end(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; what may not be followed any more is ended, and the browser is told why.

        Where the store does not answer, the next comparison with it tries again.
        """
        try:
            await work()
        except Refused as refused:
            self._checks.clear()  # this runs in one of them
            self.stop()
            error = {"type": "error", "error": refused.wire(), "conversation": self.conversation}
            self._outbox.put(dumps(error))
        except StoreError:
            self._fetching = False
            self._revision = 0
