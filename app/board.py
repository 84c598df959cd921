"""The board: one tile a live conversation, the latest value of each, and what changed since a version."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.store.rows import ConversationRow, Json
from app.wire import stamp

LINGER = timedelta(seconds=60)  # a resolved conversation stays on the board so long
SILENT = timedelta(hours=24)  # and so long one in which nothing happens: many tools never say that a chat is over
Clock = Callable[[], datetime]
Filter = Callable[["Tile"], bool]


@dataclass(frozen=True, slots=True)
class Tile:
    """A conversation on the board; `summary` is what the last event left in its row."""

    row: ConversationRow

    def wire(self, now: datetime) -> dict[str, Any]:
        """The tile as a supervisor's browser gets it."""
        row, summary = self.row, self.row.summary
        since = summary.get("waiting_since")
        waiting = max(0.0, (now - datetime.fromisoformat(since)).total_seconds()) if since else 0.0
        return {
            "conversation": row.id,
            "customer": row.customer_name or row.customer_id,
            "agent": row.agent,
            "team": row.team,
            "channel": row.channel,
            "tension": summary.get("tension", 0.0),
            "band": summary.get("band", "calm"),
            "trend": summary.get("trend", "steady"),
            "risk": summary.get("risk", 0.0),
            "cause": summary.get("cause", "other"),
            "priority": priority(summary, waiting),
            "next_step": summary.get("next_step"),
            "waiting_seconds": round(waiting),
            "waiting_since": since,
            "resolved": row.resolved_at is not None,
            "updated_at": stamp(row.updated_at),
        }


def _over(row: ConversationRow, now: datetime) -> bool:
    """Whether a conversation was resolved a while ago, or fell silent so long ago that it is not live any more."""
    return now - row.updated_at >= SILENT or (row.resolved_at is not None and now - row.resolved_at >= LINGER)


def newest(a: ConversationRow, b: ConversationRow) -> ConversationRow:
    """What two workers know of one conversation, in any order: the later told part with the later log part."""
    if a.epoch != b.epoch:
        return b
    told = a if a.revision > b.revision else b
    log = a if a.offset > b.offset else b
    return replace(told, summary=log.summary, updated_at=log.updated_at, resolved_at=log.resolved_at, offset=log.offset)


def priority(summary: Json, waiting: float) -> float:
    """Where to look first, 0..100: half the risk, three tenths the tension, a fifth ten minutes of waiting."""
    waited = min(1.0, waiting / 600)
    points: float = 50 * summary.get("risk", 0.0) + 0.3 * summary.get("tension", 0.0) + 20 * waited
    return round(points, 1)


class Board:
    """Tiles of all tenants. Every change raises the tenant's version; watchers fetch what is newer than theirs."""

    def __init__(self, epoch: str, clock: Clock) -> None:
        self.epoch = epoch
        self._clock = clock
        self._tiles: dict[str, dict[str, Tile]] = defaultdict(dict)
        self._changed: dict[str, OrderedDict[str, int]] = defaultdict(OrderedDict)  # oldest change first
        self._gone: list[tuple[str, str]] = []
        self._seq: dict[str, int] = defaultdict(int)
        self._news: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def fill(self, rows: Iterable[ConversationRow]) -> None:
        """Put the conversations that were live before a restart."""
        for row in rows:
            self.put(row)

    def put(self, row: ConversationRow) -> None:
        """Show the conversation as it is now; one in which nothing was said has no heat to show yet."""
        known = self._tiles[row.tenant].get(row.id)
        row = newest(known.row, row) if known else row
        if not row.summary or (known and row == known.row):
            return
        self._tiles[row.tenant][row.id] = Tile(row)
        self._mark(row.tenant, row.id)

    @property
    def rows(self) -> Iterator[ConversationRow]:
        """The rows behind all tiles."""
        return (tile.row for tiles in self._tiles.values() for tile in tiles.values())

    def sweep(self) -> None:
        """Take away what is over, and forget what was gone at the last sweep already."""
        now = self._clock()
        for tenant, conversation in self._gone:
            if conversation not in self._tiles[tenant]:
                self._changed[tenant].pop(conversation, None)
        self._gone.clear()
        for tenant, tiles in self._tiles.items():
            for row in [tile.row for tile in tiles.values() if _over(tile.row, now)]:
                del tiles[row.id]
                self._gone.append((tenant, row.id))
                self._mark(tenant, row.id)

    def _mark(self, tenant: str, conversation: str) -> None:
        self._seq[tenant] += 1
        self._changed[tenant][conversation] = self._seq[tenant]
        self._changed[tenant].move_to_end(conversation)
        self._news[tenant].set()
        self._news[tenant] = asyncio.Event()

    def __len__(self) -> int:
        return sum(len(tiles) for tiles in self._tiles.values())

    async def changed(self, tenant: str, since: int) -> None:
        """Wait until the version is newer than `since`."""
        if self._seq[tenant] <= since:
            await self._news[tenant].wait()

    def snapshot(self, tenant: str, wanted: Filter) -> tuple[int, list[dict[str, Any]]]:
        """The version and all tiles that pass, hottest first."""
        now = self._clock()
        tiles = [tile.wire(now) for tile in self._tiles[tenant].values() if wanted(tile)]
        tiles.sort(key=lambda tile: (-tile["tension"], -tile["priority"], tile["conversation"]))
        return self._seq[tenant], tiles

    def since(
        self, tenant: str, seq: int, wanted: Filter, shown: Collection[str]
    ) -> tuple[int, list[dict[str, Any]], list[str]]:
        """The version, tiles changed since `seq` that pass, and which of the `shown` ones are gone."""
        now = self._clock()
        changed, gone = [], []
        for conversation, version in reversed(self._changed[tenant].items()):
            if version <= seq:
                break
            tile = self._tiles[tenant].get(conversation)
            if tile is not None and wanted(tile):
                changed.append(tile.wire(now))
            elif conversation in shown:
                gone.append(conversation)
        return self._seq[tenant], changed, gone
