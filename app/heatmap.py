"""`GET /heatmap`: which tiles are asked for, and in which order."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.board import Order, hottest
from app.models import Id
from app.store.rows import ConversationRow
from app.tile import Tile
from assist.message import MAX_ID

OrderName = Literal["tension", "priority", "waiting"]
SAME = ("team", "agent", "band", "cause", "channel", "language")  # filters that a tile has to have the value of


def pressing(tile: Tile, now: float) -> tuple[Any, ...]:
    """Where stepping in helps most comes first."""
    return -tile.priority(now), -tile.tension, tile.row.id


def longest_waiting(tile: Tile, now: float) -> tuple[Any, ...]:
    """Who waits longest comes first."""
    return -tile.waited(now), -tile.tension, tile.row.id


ORDERS: Mapping[OrderName, Order] = {"tension": hottest, "priority": pressing, "waiting": longest_waiting}


class HeatmapAsked(BaseModel):
    """The query: each filter that is given keeps the tiles that have its value."""

    model_config = ConfigDict(extra="ignore")

    team: Id | None = None
    agent: Id | None = None
    band: Literal["calm", "uneasy", "tense", "critical"] | None = None
    cause: Id | None = None
    channel: Id | None = None
    language: Id | None = None
    min_waiting: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None  # seconds
    q: Annotated[str, StringConstraints(max_length=MAX_ID)] = ""
    order: OrderName = "tension"

    def keeps(self, tile: Tile, now: float) -> bool:
        """Whether a tile is asked for, now in seconds since 1970."""
        row = tile.row
        has = {**row.summary, "team": row.team, "agent": row.agent, "channel": row.channel}
        return (
            all(has.get(name) == value for name in SAME if (value := getattr(self, name)) is not None)
            and (self.min_waiting is None or tile.waited(now) >= self.min_waiting)
            and _found(self.q.casefold(), row)
        )


def _found(words: str, row: ConversationRow) -> bool:
    """Whether the customer's name or id, the agent or the conversation's id has these words somewhere."""
    return any(words in name.casefold() for name in (row.id, row.customer_name, row.customer_id, row.agent) if name)
