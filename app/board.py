"""The board: one tile a live conversation, the latest value of each, and what changed since a version."""

import asyncio
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.store.rows import ConversationRow
from app.tile import Tile, tile_of

LINGER = timedelta(seconds=60)  # a resolved conversation stays on the board so long
SILENT = timedelta(hours=24)  # and so long one in which nothing happens: many tools never say that a chat is over
REMEMBERED = 10_000  # conversations that went last: who lost her connection is told that they did
PORTION = 500  # tiles that are written between two looks at what else there is to do, some milliseconds
Clock = Callable[[], datetime]
Filter = Callable[[ConversationRow], bool]
Order = Callable[[Tile, float], tuple[Any, ...]]  # what tiles are sorted by, at a time in seconds since 1970
IncidentOf = Callable[[str, str, str], str | None]  # by tenant, team and cause


class Changes(NamedTuple):
    """What happened up to a version: tiles as JSON, and ids of conversations that went."""

    seq: int
    changed: list[str]
    gone: list[str]


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


def hottest(tile: Tile, now: float) -> tuple[Any, ...]:
    """The order of a board that nobody asked to be sorted otherwise."""
    return -tile.tension, -tile.priority(now), tile.row.id


def no_incident(_tenant: str, _team: str, _cause: str) -> None:
    """Where nobody looks for incidents."""


@dataclass(slots=True)
class Floor:
    """The tiles of one tenant. Every change raises the version."""

    tiles: dict[str, Tile] = field(default_factory=dict)
    seq: int = 0
    forgotten: int = 0  # the version up to which conversations that went are not known any more
    changed: OrderedDict[str, int] = field(default_factory=OrderedDict)  # the version of each, oldest change first
    left: dict[str, dict[str, int]] = field(default_factory=dict)  # the version at which it left each team it was in
    went: dict[str, ConversationRow] = field(default_factory=dict)  # those that are gone, without what was said
    going: deque[tuple[str, int]] = field(default_factory=deque)  # the same, and the version at which it went
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, tile: Tile) -> None:
        """Put the tile in the place of the one before."""
        before = self.tiles.get(tile.row.id)
        self.tiles[tile.row.id] = tile
        self.went.pop(tile.row.id, None)
        self._mark(tile.row.id, None if before is None or before.row.team == tile.row.team else before.row.team)

    def take(self, conversation: str) -> None:
        """Take a tile away, and forget the one that went longest ago where too many are remembered."""
        row = self.tiles.pop(conversation).row
        self._mark(conversation, row.team)
        self.went[conversation] = replace(row, summary={}, slots={})
        self.going.append((conversation, self.seq))
        if len(self.going) > REMEMBERED:
            self._forget(*self.going.popleft())

    def _mark(self, conversation: str, left: str | None) -> None:
        self.seq += 1
        self.changed[conversation] = self.seq
        self.changed.move_to_end(conversation)
        if left is not None:
            self.left.setdefault(conversation, {})[left] = self.seq
        self.news.set()
        self.news = asyncio.Event()

    def _forget(self, conversation: str, seq: int) -> None:
        if self.changed.get(conversation) == seq:  # it has not come back since
            self.forgotten = seq
            del self.changed[conversation], self.left[conversation], self.went[conversation]

    def lost(self, conversation: str, since: int, wanted: Filter) -> bool:
        """Whether she could see the conversation at some time since a version, from which on she cannot."""
        tile = self.tiles.get(conversation)
        row = tile.row if tile else self.went[conversation]
        teams = self.left.get(conversation, {})
        return any(seq > since and wanted(replace(row, team=team)) for team, seq in teams.items())


class Board:
    """Tiles of all tenants. Each has a version of its own; watchers fetch what is newer than theirs.

    `incident` says which incident a conversation belongs to; who changes that calls `again`.
    """

    def __init__(self, epoch: str, clock: Clock, incident: IncidentOf = no_incident) -> None:
        self.epoch = epoch
        self.incident = incident
        self._clock = clock
        self._floors: dict[str, Floor] = defaultdict(Floor)

    def fill(self, rows: Iterable[ConversationRow]) -> None:
        """Put the conversations that were live before a restart."""
        for row in rows:
            self.put(row)

    def put(self, row: ConversationRow) -> None:
        """Show the conversation as it is now; one in which nothing was said has no heat to show yet."""
        floor = self._floors[row.tenant]
        known = floor.tiles.get(row.id)
        row = newest(known.row, row) if known else row
        if "tension" not in row.summary or (known and row == known.row):
            return
        floor.show(tile_of(row, self._incident(row)))

    def again(self, tenant: str) -> None:
        """Show those conversations anew whose incident is another one by now."""
        floor = self._floors[tenant]
        for tile in list(floor.tiles.values()):
            incident = self._incident(tile.row)
            if incident != tile.incident:
                floor.show(replace(tile, incident=incident))

    def _incident(self, row: ConversationRow) -> str | None:
        return self.incident(row.tenant, row.team, row.summary.get("cause", "other"))

    @property
    def rows(self) -> Iterator[ConversationRow]:
        """The rows behind all tiles."""
        return (tile.row for floor in self._floors.values() for tile in floor.tiles.values())

    def sweep(self) -> None:
        """Take away what is over."""
        now = self._clock()
        for floor in self._floors.values():
            for row in [tile.row for tile in floor.tiles.values() if _over(tile.row, now)]:
                floor.take(row.id)

    def __len__(self) -> int:
        return sum(len(floor.tiles) for floor in self._floors.values())

    def version(self, tenant: str) -> int:
        """The number of changes so far."""
        return self._floors[tenant].seq

    def reaches_back(self, tenant: str, seq: int) -> bool:
        """Whether all is known that happened since a version."""
        floor = self._floors[tenant]
        return floor.forgotten <= seq <= floor.seq

    async def changed(self, tenant: str, since: int) -> None:
        """Wait until the version is newer than `since`."""
        floor = self._floors[tenant]
        if floor.seq <= since:
            await floor.news.wait()

    async def snapshot(
        self, tenant: str, wanted: Callable[[Tile], bool], order: Order = hottest
    ) -> tuple[int, list[str]]:
        """The version, and all tiles that pass as they were at it, as JSON.

        Written in portions, between which others get their turn: what changes meanwhile is newer than the version.
        """
        floor, now = self._floors[tenant], self._clock().timestamp()
        seq, found = floor.seq, []
        tiles = list(floor.tiles.values())
        for start in range(0, len(tiles), PORTION):
            some = tiles[start : start + PORTION]
            found += [(order(tile, now), tile.text(now)) for tile in some if wanted(tile)]
            await asyncio.sleep(0)
        return seq, [text for _, text in sorted(found)]

    def since(self, tenant: str, seq: int, wanted: Filter) -> Changes:
        """Tiles changed since a version that pass, and which passed then and do not any more.

        Only where `reaches_back` holds.
        """
        floor, now = self._floors[tenant], self._clock().timestamp()
        told = Changes(floor.seq, [], [])
        for conversation, version in reversed(floor.changed.items()):
            if version <= seq:
                break
            tile = floor.tiles.get(conversation)
            if tile and wanted(tile.row):
                told.changed.append(tile.text(now))
            elif floor.lost(conversation, seq, wanted):
                told.gone.append(conversation)
        return told
