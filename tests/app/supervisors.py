"""A supervisor's browser for tests of the board: what it keeps out of frames, brought to any moment."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.auth import Principal, reaches
from app.feed import Feed, Told
from app.store.rows import ConversationRow
from tests.conftest import START

Tile = dict[str, Any]


def principal(role: str, *teams: str, tenant: str = "t", scope: str | None = None) -> Principal:
    """Somebody whose token does not expire."""
    return Principal("rob", role, tenant, teams, START + timedelta(days=9_999), scope)


def as_of(tile: Tile, now: datetime) -> Tile:
    """A tile brought to a moment as a browser does it, out of nothing but the tile."""
    since = tile["waiting_since"]
    waited = max(0.0, (now - datetime.fromisoformat(since)).total_seconds()) if since else 0.0
    factors = {**tile["factors"], "waiting": round(0.5 + 0.5 * min(1.0, waited / 600), 3)}
    product = 100 * factors["risk"] * factors["soon"] * factors["change"] * factors["waiting"]
    priority = 0.0 if tile["let_run"] else round(product, 1)
    return {**tile, "waiting_seconds": round(waited), "factors": factors, "priority": priority}


@dataclass
class Supervisor:
    """What she has on the screen, and all that ever came to her."""

    who: Principal
    tiles: dict[str, Tile] = field(default_factory=dict)
    epoch: str = ""
    seq: int = 0
    said: list[dict[str, Any]] = field(default_factory=list)
    could_see: set[str] = field(default_factory=set)

    def knows(self, row: ConversationRow) -> None:
        """A conversation is as it is: she may see it from now on, or not."""
        if reaches(self.who, row):
            self.could_see.add(row.id)

    def hear(self, text: str) -> None:
        """A frame of the board."""
        frame = json.loads(text)
        self.said.append(frame)
        if frame["type"] == "board":
            self.tiles.clear()
            self.epoch = frame["epoch"]
        for tile in frame.get("tiles", []) + frame.get("changed", []):
            self.tiles[tile["conversation"]] = tile
        for conversation in frame.get("gone", []):
            self.tiles.pop(conversation, None)
        self.seq = frame["seq"]

    def take(self, told: Told) -> None:
        """What the feed tells her."""
        if told.text:
            self.hear(told.text)
        self.seq = told.seq

    async def come(self, feed: Feed) -> None:
        """Connect, for the first time or again."""
        self.take(feed.resumed(self.who, self.epoch, self.seq) or await feed.whole(self.who))

    def screen(self, now: datetime) -> dict[str, Tile]:
        """All tiles as they are now."""
        return {name: as_of(tile, now) for name, tile in self.tiles.items()}
