"""The team view: a team's chats by the hour, those that were turned around, and what the team carries."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from time import monotonic
from typing import Any

from app.auth import Principal
from app.errors import Refused
from app.store.rows import ConversationRow, Store
from app.wire import stamp
from assist.board.hours import FEWEST, HOUR, Chat, Hour, hours_of, load_of

MOST_CHATS = 20_000  # of all teams that are looked through, the newest
LISTED = 20  # recoveries, the latest
KEPT = 60.0  # seconds that a view is good for
MOST_KEPT = 200
TOO_FEW = f"fewer than {FEWEST} agents were there in the last whole hour: a sum over so few would tell of each"
Json = dict[str, Any]


class Team:
    """What supervisors see of their teams. Raises `Refused` (`forbidden`) for others."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str, int], tuple[float, Json]] = OrderedDict()

    async def hours(self, who: Principal, team: str, hours: int) -> Json:
        """The last hours of the clock, the one that is not over yet among them."""
        if who.role not in ("supervisor", "admin") or (who.role != "admin" and team not in who.teams):
            raise Refused("forbidden", "the team view is for supervisors of the team")
        key = who.tenant, team, hours
        at, view = self._kept.get(key, (0.0, {}))
        if not view or monotonic() - at > KEPT:
            view = await self._view(*key)
            self._kept[key] = monotonic(), view
            self._kept.move_to_end(key)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return view

    async def _view(self, tenant: str, team: str, hours: int) -> Json:
        now = self._clock()
        since = now.replace(minute=0, second=0, microsecond=0) - HOUR * max(1, hours - 1)
        rows = await self._store.recent(since, MOST_CHATS)
        view = await asyncio.to_thread(_viewed, rows, tenant, team, hours, now)
        return {**view, "whole": len(rows) < MOST_CHATS}


def _viewed(rows: Sequence[ConversationRow], tenant: str, team: str, hours: int, now: datetime) -> Json:
    ours = [row for row in rows if (row.tenant, row.team) == (tenant, team) and "tension" in row.summary]
    chats = [_chat(row) for row in ours]
    load = load_of(chats, now)
    return {
        "team": team,
        "hours": [_hour(hour) for hour in hours_of(chats, now, hours)],
        "recoveries": _recoveries(ours),
        "load": asdict(load) if load else None,
        "why": None if load else TOO_FEW,
    }


def _chat(row: ConversationRow) -> Chat:
    summary = row.summary
    recovery = summary.get("recovery")
    return Chat(
        begun=row.created_at,
        peak=summary.get("peak", summary["tension"]),
        cause=summary.get("cause", "other"),
        course=summary.get("course", ()),
        agent=row.agent,
        escalated="escalated" in summary.get("marks", {}),
        recovered=datetime.fromisoformat(recovery["at"]) if recovery else None,
    )


def _hour(hour: Hour) -> Json:
    return {
        "start": stamp(hour.start),
        "chats": hour.chats,
        "by_band": {name: hour.bands[name] for name in ("calm", "uneasy", "tense", "critical")},
        "mean_tension": None if hour.mean is None else round(hour.mean, 1),
        "causes": dict(hour.causes.most_common()),
        "escalated": hour.escalated,
        "recovered": hour.recovered,
    }


def _recoveries(rows: Sequence[ConversationRow]) -> list[Json]:
    """The latest, without anybody's name: a chat was turned around, nobody is ranked by it."""
    told = [
        {"conversation": row.id, "cause": row.summary.get("cause", "other"), **recovery}
        for row in rows
        if (recovery := row.summary.get("recovery"))
    ]
    return sorted(told, key=lambda one: one["at"], reverse=True)[:LISTED]
