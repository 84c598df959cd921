"""A tile: what the board shows of one conversation, ready to be sent.

Its text is made when the conversation changes and not when it is sent, which happens far more often: only what runs
with the clock (how long the customer waits, and the priority by it) is put in then. The text must hold nothing else
that time changes, or a board that was resumed would differ from a fresh one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.jsontext import dumps
from app.marks import marks_of, marks_wire
from app.store.rows import ConversationRow, Json
from app.wire import stamp
from assist.board.benefit import CLAIMED, ENDING, NOBODY, RESOLVED, UNKNOWN, Row, changed

LONG = 600.0  # seconds of waiting after which waiting longer makes no tile more urgent
UNREAD = 0.5  # `soon` of a summary that was kept before there was one


@dataclass(frozen=True, slots=True)
class Tile:
    """A conversation on the board, out of its row and the incident that it belongs to."""

    row: ConversationRow
    incident: str | None
    tension: float
    _lasting: str  # the JSON of all that time does not change, without its last brace
    _factors: str  # the same of the factors
    _pressing: float  # the priority of a customer who has waited long
    _since: float | None  # when the waiting began, in seconds since 1970

    def text(self, now: float) -> str:
        """The JSON of the tile as of now, in seconds since 1970."""
        waited = self.waited(now)
        incident = "null" if self.incident is None else dumps(self.incident)
        return (
            f'{self._lasting},"incident":{incident},"waiting_seconds":{round(waited)},"priority":{self.priority(now)},'
            f'"factors":{self._factors},"waiting":{_urgency(waited)}}}}}'
        )

    def priority(self, now: float) -> float:
        """Where stepping in helps most, 0..100."""
        return round(self._pressing * _urgency(self.waited(now)), 1)

    def wire(self, now: datetime) -> dict[str, Any]:
        """The tile as values."""
        wire: dict[str, Any] = json.loads(self.text(now.timestamp()))
        return wire

    def waited(self, now: float) -> float:
        """How many seconds the customer has waited for an answer; 0 where nobody waits."""
        return max(0.0, now - self._since) if self._since is not None else 0.0


def tile_of(row: ConversationRow, incident: str | None = None) -> Tile:
    """The tile of a conversation whose summary has its levels."""
    factors, because = _factors(row)
    since = row.summary.get("waiting_since")
    return Tile(
        row=row,
        incident=incident,
        tension=row.summary.get("tension", 0.0),
        _lasting=dumps({**_lasting(row), "because": because})[:-1],
        _factors=dumps(factors)[:-1],
        _pressing=0.0 if "let_run" in marks_of(row.summary) else _product(factors),
        _since=datetime.fromisoformat(since).timestamp() if since else None,
    )


def _lasting(row: ConversationRow) -> dict[str, Any]:
    summary, marks = row.summary, marks_of(row.summary)
    shown = marks_wire(summary)
    return {
        "conversation": row.id,
        "customer": row.customer_name or row.customer_id,
        "agent": row.agent,
        "team": row.team,
        "channel": row.channel,
        "language": summary.get("language"),
        "tension": summary.get("tension", 0.0),
        "band": summary.get("band", "calm"),
        "trend": summary.get("trend", "steady"),
        "risk": summary.get("risk", 0.0),
        "cause": summary.get("cause", "other"),
        "next_step": summary.get("next_step"),
        "waiting_since": summary.get("waiting_since"),
        "resolved": row.resolved_at is not None,
        "updated_at": stamp(row.updated_at),
        "course": summary.get("course", []),
        "peak": summary.get("peak", summary.get("tension", 0.0)),
        "claimed_by": shown["claimed_by"],
        "joined": shown["joined"],
        "let_run": "let_run" in marks,
        "escalated": shown["escalated"] is not None,
        "ending": shown["ending"],
        "alert": marks.get("alert"),
        "recovery": summary.get("recovery"),
    }


def _factors(row: ConversationRow) -> tuple[dict[str, float], list[str]]:
    """Risk, soon and change 0..1, to three digits so that a browser can go on from them, and the words for why."""
    summary = row.summary
    rows = list(_rows(row, summary))
    factors = {
        "risk": round(max(summary.get("risk", 0.0), summary.get("alarm", 0.0)), 3),
        "soon": summary.get("soon", UNREAD),
        "change": changed(summary.get("change", UNKNOWN), rows),
    }
    return factors, [*summary.get("because", ()), *(words for words, _ in rows)]


def _rows(row: ConversationRow, summary: Json) -> Iterator[Row]:
    """What only the board knows of what stepping in can change."""
    marks = marks_of(summary)
    if row.agent is None:
        yield NOBODY
    if "ending" in marks and "agreed_by" not in marks["ending"]:
        yield ENDING
    if "claim" in marks:
        words, factor = CLAIMED
        yield words.format(name=marks["claim"]["by"]), factor
    if row.resolved_at is not None:
        yield RESOLVED


def _product(factors: dict[str, float]) -> float:
    return 100 * factors["risk"] * factors["soon"] * factors["change"]


def _urgency(waited: float) -> float:
    """The factor of waiting so many seconds, 0.5..1."""
    return round(0.5 + 0.5 * min(1.0, waited / LONG), 3)
