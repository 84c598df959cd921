"""The board's frames. Each is made once for all supervisors who have the same rights and the same position.

Who watches goes from cut to cut: after the first change everybody waits for the same moment, at which each gets all
that is newer than what she has. So the work grows with the changes and with the groups of supervisors, not with
supervisors, and a tile that changed ten times between two cuts goes out once.
"""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from app.auth import Principal, sees
from app.board import Board
from app.jsontext import dumps

EVERY = 0.2  # seconds from the first change to the cut


class Told(NamedTuple):
    """A frame, empty where there is nothing to tell her, and the version that she has with it."""

    seq: int
    text: str


@dataclass(slots=True)
class Cut:
    """The frames made at one moment, by rights and position, and the version that all with the same rights then have.

    Who is behind the others is told more than they are, and is with them from then on. Her frame may hold later values
    than those of its version, which come again with the next one.
    """

    versions: dict[Hashable, int] = field(default_factory=dict)
    frames: dict[Hashable, str] = field(default_factory=dict)


class Feed:
    """What each supervisor's socket gets of the board."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._cuts: dict[str, asyncio.Task[Cut]] = {}  # the next one of each tenant, while it is waited for
        self._wholes: dict[Hashable, asyncio.Task[Told]] = {}  # while they are written
        self._turn = asyncio.Lock()

    def resumed(self, who: Principal, epoch: str, seq: int) -> Told | None:
        """All that changed since she left, also when that is nothing; None where not all of it is known any more."""
        if epoch != self._board.epoch or not self._board.reaches_back(who.tenant, seq):
            return None
        now = self._board.version(who.tenant)
        return Told(now, self._changes(who, seq, now, resumed=True) or _tiles(now, [], [], resumed=True))

    async def whole(self, who: Principal) -> Told:
        """All tiles that she may see."""
        key = _rights(who)
        if key not in self._wholes:
            self._wholes[key] = asyncio.create_task(self._whole(who))
            self._wholes[key].add_done_callback(lambda _: self._wholes.pop(key))
        told = await asyncio.shield(self._wholes[key])
        await self._own_turn()
        return told

    async def _own_turn(self) -> None:
        """Go on alone, after all who came before: sent in the same turn of the event loop, frames would hold it."""
        async with self._turn:
            await asyncio.sleep(0)

    async def _whole(self, who: Principal) -> Told:
        seq, tiles = await self._board.snapshot(who.tenant, lambda tile: sees(who, tile.row))
        epoch = dumps(self._board.epoch)
        return Told(seq, f'{{"type":"board","epoch":{epoch},"seq":{seq},"tiles":[{",".join(tiles)}]}}')

    async def next(self, who: Principal, seq: int) -> Told:
        """Wait for the next cut: what changed since her version, or all of it where that is not known any more."""
        await self._board.changed(who.tenant, seq)
        cut = await self._cut(who.tenant)
        await self._own_turn()
        if not self._board.reaches_back(who.tenant, seq):
            return await self.whole(who)
        rights = _rights(who)
        now = cut.versions.setdefault(rights, self._board.version(who.tenant))
        if (rights, seq) not in cut.frames:
            cut.frames[rights, seq] = self._changes(who, seq, now)
        return Told(now, cut.frames[rights, seq])

    async def _cut(self, tenant: str) -> Cut:
        if tenant not in self._cuts:
            self._cuts[tenant] = asyncio.create_task(self._make_cut(tenant))
        return await asyncio.shield(self._cuts[tenant])

    async def _make_cut(self, tenant: str) -> Cut:
        await asyncio.sleep(EVERY)
        del self._cuts[tenant]
        return Cut()

    def _changes(self, who: Principal, since: int, seq: int, *, resumed: bool = False) -> str:
        _, changed, gone = self._board.since(who.tenant, since, partial(sees, who))
        return _tiles(seq, changed, gone, resumed=resumed) if changed or gone else ""


def _tiles(seq: int, changed: list[str], gone: list[str], *, resumed: bool) -> str:
    more = ',"resumed":true' if resumed else ""
    return f'{{"type":"tiles","seq":{seq},"changed":[{",".join(changed)}],"gone":{dumps(gone)}{more}}}'


def _rights(who: Principal) -> Hashable:
    """The same for all who see the same conversations."""
    return who.tenant, who.role, frozenset(who.teams), who.scope
