"""What other workers do, as this one learns of it: their tiles, what it holds in memory, who watches here.

Three ways, each a net under the one before. The backplane tells at once. The outbox, written in the transaction of the
change itself, has what a worker did not live to tell. And what is watched here is compared with the store, now and then
and whenever the backplane or the database was away.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from itertools import islice

import structlog

from app.backplane import Backplane, Change
from app.backplane.protocol import topic_of
from app.board import Board
from app.health import Health
from app.live import LiveConversations
from app.metrics import Metrics
from app.store.rows import Notice, Store, StoreError
from app.subscription import Watching
from app.wire import row_from

STRIKE_EVERY = 0.5  # seconds between two rounds of striking from the outbox what has been told
RELAY_EVERY = 3.0  # seconds; what stands in the outbox at two looks was forgotten by its writer
COMPARE_EVERY = 5.0  # seconds between two comparisons of what is watched with the store
TOGETHER = 500  # conversations in one question to the store
RELAYED = 1_000  # changes told again at one look
Key = tuple[str, str]
log = structlog.get_logger()


class Neighbours:
    """Listens to the backplane. Of a lone worker only `compare` is needed, after an outage of the database."""

    def __init__(
        self,
        *,
        store: Store,
        backplane: Backplane,
        board: Board,
        lives: LiveConversations,
        watching: Watching,
        health: Health,
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._backplane = backplane
        self._board = board
        self._lives = lives
        self._watching = watching
        self._health = health
        self._metrics = metrics
        self._told: list[Notice] = []  # in the stream, to be struck from the outbox
        self._wanted: set[Key] = set()  # conversations whose rows have to be looked up
        self._news = asyncio.Event()
        self._everything = False
        self._stuck: set[Notice] = set()

    # What the backplane says; none of it waits.

    def heard(self, change: Change) -> None:
        """Another worker changed a conversation."""
        notice = change.notice
        self._lives.outdate(*notice)
        try:
            row = row_from(change.row) if change.row else None
        except ValueError:
            row = None  # from a worker of another version: the store has it
        if row and (row.tenant, row.id) == (notice.tenant, notice.conversation):
            self._board.put(row)
        else:
            self._want((notice.tenant, notice.conversation))

    def missed(self) -> None:
        """Entries may have been lost."""
        self._everything = True
        self._news.set()

    def sent(self, notices: Sequence[Notice]) -> None:
        """Other workers can read of these changes now."""
        self._told.extend(notices)

    def turned(self, up: bool) -> None:
        """The backplane went away or is back."""
        self._health.backplane_is(up)

    # What is done about it, each in a task of its own until cancelled.

    def tasks(self) -> Iterator[asyncio.Task[None]]:
        """The work of a worker, of a lone one, too."""
        yield asyncio.create_task(self._repair_when_told())
        if self._backplane.shared:
            yield asyncio.create_task(_every(STRIKE_EVERY, self._strike))
            yield asyncio.create_task(_every(RELAY_EVERY, self._relay))
            yield asyncio.create_task(_every(COMPARE_EVERY, self.compare))

    async def _repair_when_told(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            everything, self._everything = self._everything, False
            wanted, self._wanted = self._wanted, set()
            try:
                await self._put_rows(wanted)
                if everything:
                    await self._refill()
                    await self.compare()
            except StoreError as error:
                log.warning("repair_put_off", error=str(error))
                self._everything = self._everything or everything
                self._wanted |= wanted  # looked up when the database is back: `missed` is called then

    async def compare(self) -> None:
        """Have who watches here catch up with the store."""
        keys = self._watching.keys()
        for some in _portions(keys):
            for position in await self._store.positions(some):
                self._lives.outdate(*position)
                self._watching.compare(position)

    async def _refill(self) -> None:
        """The whole board from the store: what is live there, and what was live here until now."""
        live = await self._store.live()
        known = {(row.tenant, row.id) for row in live}
        self._board.fill(live)
        await self._put_rows([key for row in self._board.rows if (key := (row.tenant, row.id)) not in known])

    async def _put_rows(self, keys: Collection[Key]) -> None:
        for some in _portions(keys):
            self._board.fill(await self._store.rows(some))

    def _want(self, key: Key) -> None:
        self._wanted.add(key)
        self._news.set()

    async def _strike(self) -> None:
        told, self._told = self._told, []
        if not told:
            return
        try:
            await self._store.published(told)
        except StoreError:
            self._told = [*told, *self._told]

    async def _relay(self) -> None:
        """Tell what its writer did not live to tell, or could not while the backplane was away."""
        standing = set(await self._store.unpublished(RELAYED))
        self._metrics.outbox.set(len(standing))
        told = set(self._told)
        for notice in sorted(standing & self._stuck - told):
            self._metrics.repairs.labels("relay").inc()
            self._backplane.publish(topic_of(notice), notice.offset, "", Change(notice, {}))
        self._stuck = standing


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do it again and again; while the database is away it is put off."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except StoreError as error:
            log.warning("put_off", error=str(error))


def _portions(keys: Collection[Key]) -> Iterator[Sequence[Key]]:
    left = iter(keys)
    while some := tuple(islice(left, TOGETHER)):
        yield some
