"""Desks: how many alerts an hour each team's supervisors want, what threshold follows, and how good the alerts were.

What a desk is set to is a document that all workers read again every few seconds. What follows from its chats is
computed from the store, away from the event loop, and kept for a minute.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import structlog

from app.store.rows import AlertRow, ConversationRow, Document, Store, StoreError
from assist.board.budget import HOUR, USUAL, Chat, Quality, Share, held_back, quality, threshold
from assist.conversation.tension import EDGES

KIND = "desk"  # of the documents
RISK = "risk"  # of the alerts that the budget is for
LOOK_EVERY = 3.0  # seconds between two looks at what the desks are set to
KEPT = 60.0  # seconds that a measurement is good for
DAYS = 7  # that the threshold follows from
MOST_CHATS = 20_000  # of a desk that are measured, the newest
MOST_KEPT = 200  # measurements held in memory
OVER = timedelta(hours=1)  # without anything new, after which a chat counts as over
CRITICAL, CALM = EDGES[-1], EDGES[0]

Key = tuple[str, str]  # tenant and team
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Measured:
    """The chats of a desk's last days, as of a moment of the event loop's clock."""

    chats: Sequence[Chat]
    at: float


class Desks:
    """All desks of all tenants, as this worker knows them."""

    def __init__(self, store: Store, clock: Callable[[], datetime], busy: Callable[[], Collection[Key]]) -> None:
        self._store = store
        self._clock = clock
        self._busy = busy  # tenants and teams that have live chats
        self._set: Mapping[Key, Document] = {}
        self._measured: OrderedDict[tuple[str, str, int], Measured] = OrderedDict()
        self._limits: dict[Key, tuple[int, float]] = {}  # thresholds, with the budget that they are for

    def per_hour(self, tenant: str, team: str) -> int:
        """How many alerts on risk its supervisors want in an hour at most."""
        document = self._set.get((tenant, team))
        return int(document.body["alerts_per_hour"]) if document else USUAL

    def threshold(self, tenant: str, team: str) -> float:
        """The score from which there is an alert; never waits. The cost policy's until the desk was measured."""
        wanted = self.per_hour(tenant, team)
        budget, limit = self._limits.get((tenant, team), (None, 0.0))
        if budget != wanted:
            measured = self._measured.get((tenant, team, DAYS))
            limit = threshold(measured.chats if measured else (), wanted)
            self._limits[tenant, team] = wanted, limit
        return limit

    async def set(self, tenant: str, team: str, per_hour: int) -> None:
        """Set it. Raises `Conflict` where somebody else has just done so."""
        before = self._set.get((tenant, team))
        revision = before.revision + 1 if before else 1
        document = Document(tenant, KIND, team, {"alerts_per_hour": per_hour}, self._clock(), revision)
        try:
            await self._store.put_document(document)
        finally:
            await self.look()

    async def look(self) -> None:
        """Learn what the desks are set to."""
        self._set = {(found.tenant, found.id): found for found in await self._store.documents(KIND)}

    async def state(self, tenant: str, team: str) -> dict[str, Any]:
        """`{"team", "alerts_per_hour", "threshold", "spent", "held_back", "revision"}`; the counts of the last hour."""
        now = self._clock()
        chats = await self.measure(tenant, team, DAYS)
        spent = spent_of(await self._store.desk_alerts(tenant, team, now - HOUR), now)
        document = self._set.get((tenant, team))
        limit = self.threshold(tenant, team)
        return {
            "team": team,
            "alerts_per_hour": self.per_hour(tenant, team),
            "threshold": limit if limit <= 1 else None,
            "spent": len(spent),
            "held_back": held_back(chats, limit, now),
            "revision": document.revision if document else 0,
        }

    async def quality(self, tenant: str, team: str, days: int) -> dict[str, Any]:
        """What the alerts of the last days were worth: shares with their counts and intervals."""
        chats = await self.measure(tenant, team, days)
        found = await asyncio.to_thread(quality, chats)
        over = sum(chat.over for chat in chats)
        return {"team": team, "days": days, "chats": over, **_quality_wire(found)}

    async def measure(self, tenant: str, team: str, days: int = DAYS, *, anew: bool = False) -> Sequence[Chat]:
        """The chats of a desk's last days, read again after a minute."""
        key = (tenant, team, days)
        kept = self._measured.get(key)
        if kept and not anew and monotonic() - kept.at < KEPT:
            return kept.chats
        now = self._clock()
        rows = await self._store.team_rows(tenant, team, now - timedelta(days=days), MOST_CHATS)
        chats = await asyncio.to_thread(_chats, rows, now)
        self._measured[key] = Measured(chats, monotonic())
        self._measured.move_to_end(key)
        if days == DAYS:
            budget = self.per_hour(tenant, team)
            self._limits[tenant, team] = budget, await asyncio.to_thread(threshold, chats, budget)
        if len(self._measured) > MOST_KEPT:
            self._measured.popitem(last=False)
        return chats

    async def watch(self) -> None:
        """Look and measure again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look()
                for tenant, team in self._busy():
                    await self.measure(tenant, team)
            except StoreError as error:
                log.warning("desks_not_read", error=str(error))
            except Exception:  # a mistake in one desk must not end the looking for all
                log.exception("desks_not_measured")


def spent_of(alerts: Sequence[AlertRow], now: datetime) -> list[datetime]:
    """When the alerts on risk of the hour before now were raised, oldest first."""
    return [alert.at for alert in alerts if alert.kind == RISK and alert.at > now - HOUR]


def _chats(rows: Sequence[ConversationRow], now: datetime) -> list[Chat]:
    return [chat_of(row, now) for row in rows if "rising" in row.summary]


def chat_of(row: ConversationRow, now: datetime) -> Chat:
    """What budget and quality see of a conversation."""
    summary, rising, marks = row.summary, row.summary["rising"], row.summary.get("marks", {})
    by = [marks[name]["at"] for name in ("escalated", "closed") if name in marks]
    bad = sorted(map(datetime.fromisoformat, [*rising.get("critical", ()), *by, *_given(rising, "unhappy")]))
    tension = summary.get("tension", 0.0)
    return Chat(
        best=rising.get("best", 0.0),
        best_at=_time(rising.get("best_at")),
        hours=frozenset(int(minute) // 60 for minute, _ in summary.get("course", ())),
        first_bad=bad[0] if bad else None,
        last_bad=bad[-1] if bad else None,
        alerted=_time(rising.get("alerted")),
        attended="claim" in marks or "let_run" in marks,
        critical="critical" in rising,
        calm=tension < CALM,
        over=row.resolved_at is not None or now - row.updated_at >= OVER,
    )


def _given(of: Mapping[str, Any], name: str) -> list[Any]:
    return [of[name]] if name in of else []


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _quality_wire(found: Quality) -> dict[str, Any]:
    return {
        "precision": _share_wire(found.precision),
        "recall": _share_wire(found.recall),
        "false_alarms": _share_wire(found.false_alarms),
        "recoveries": _share_wire(found.recoveries),
    }


def _share_wire(share: Share) -> dict[str, Any]:
    value = round(share.count / share.n, 4) if share.n else None
    return {"value": value, "low": round(share.low, 4), "high": round(share.high, 4), "n": share.n}
