"""How a conversation is written to: in turn, on what the store has now, acknowledged once that is committed."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TypeVar

from app.errors import Refused
from app.health import Health
from app.live import Live, LiveConversations
from app.metrics import Metrics
from app.store.rows import AlertRow, Conflict, ConversationRow, Event, Store, Unavailable

TRIES = 20  # to fold again after another writer was first; with two that race, one in a million needs them all
PAUSE = 0.005  # seconds at most before the second try, twice that before the third, ...
MOST = 1_000  # writes at once, about a second of work; who comes then is told to come again
AWAY = "the database does not take writes now; send it again"
T = TypeVar("T")


class Writing:
    """The tries to write of one worker. Raises `Refused` (`unavailable`) for what the sender has to send again."""

    def __init__(self, store: Store, lives: LiveConversations, health: Health, metrics: Metrics) -> None:
        self._store = store
        self._lives = lives
        self._health = health
        self._metrics = metrics
        self._busy = 0

    async def to(self, tenant: str, conversation: str, work: Callable[[Live], Awaitable[T]]) -> T:
        """Do the work under the conversation's lock; on what is in the store now where another writer was first."""
        if self._busy >= MOST:
            raise Refused("unavailable", f"{MOST} writes are going on at once; send it again")
        self._busy += 1
        try:
            return await self._in_turn(tenant, conversation, work)
        finally:
            self._busy -= 1

    async def _in_turn(self, tenant: str, conversation: str, work: Callable[[Live], Awaitable[T]]) -> T:
        since = monotonic()
        async with self._lives.hold(tenant, conversation, to_write=True) as live:
            for tried in range(TRIES):
                if not self._health.writable(since):
                    raise Refused("unavailable", AWAY)
                try:
                    return await work(live)
                except Conflict:
                    await self.take_in(live, tenant, conversation, tried)
            raise Refused("unavailable", "too many writers at once; send it again")

    async def take_in(self, live: Live, tenant: str, conversation: str, tried: int) -> None:
        """Load what another writer, who was first, has left."""
        self._metrics.conflicts.inc()
        await asyncio.sleep(random.uniform(0, PAUSE * tried))
        await self._lives.load(live, tenant, conversation)

    async def committed(self, live: Live, commit: Awaitable[None]) -> None:
        """Await a commit. When it fails we do not know what the store holds: it is loaded anew at the next use."""
        try:
            with self._metrics.commit.time():
                await commit
        except Conflict:
            raise
        except Unavailable as error:
            self._lives.forget(live)
            self._health.failed()
            raise Refused("unavailable", AWAY) from error
        except BaseException:
            self._lives.forget(live)
            raise

    async def appended(
        self,
        live: Live,
        row: ConversationRow,
        event: Event,
        revised: Sequence[Event] = (),
        *,
        told: bool = False,
        alert: AlertRow | None = None,
    ) -> ConversationRow:
        """Commit an event; the row as it is now. Raises `Conflict` where another writer was first."""
        row = replace(row, offset=event.offset)
        await self.committed(live, self._store.append(row, event, revised, told=told, alert=alert))
        return row
