"""The room where a supervisor is alerted: on a rising risk within the desk's budget, on safety signals at once.

It is decided under the conversation's lock, and whatever goes wrong in deciding never fails the message. The alert is
committed together with the message that it is about and with the desk's next turn: a turn can be taken once, so that
of several workers at a time one has it, and who takes turn t has seen all before it; the other one hears its message
again. That keeps the budget strictly: of the turns of alerts on risk, the one as many before as the budget has is more
than an hour old. An alert that could not be told with its message is an event of its own (`make_good`).
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from app.alert_marks import RISK, alert_wire, alerted
from app.desks import Desks, spent_of
from app.errors import Refused
from app.live import Live
from app.metrics import Metrics
from app.publishing import Publishing
from app.store.rows import AlertRow, Conflict, ConversationRow, Event, Store, StoreError
from app.writing import Writing
from assist.board.budget import HOUR, full_until
from assist.board.letter import Party, alarmed, letter, risen
from assist.board.rising import safety
from assist.conversation.state import Conversation

TRIES = 20  # to take a turn after another worker was first
MOST_HELD = 10_000  # chats that are remembered as held back, so that each counts once
TENDED = frozenset({"alert", "rearms_below", "claim", "let_run"})  # marks with which a rising risk is no news
Clock = Callable[[], datetime]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wanted:
    """An alert that has to be raised if there is room for it."""

    kind: str
    severity: str
    score: float
    threshold: float
    text: str


class Alerts:
    """Raises alerts to supervisors. `link` is where the board stands; `delivers` whether a webhook waits for them."""

    def __init__(
        self,
        store: Store,
        publishing: Publishing,
        desks: Desks,
        *,
        clock: Clock,
        metrics: Metrics,
        link: str = "",
        delivers: bool = False,
    ) -> None:
        self._store = store
        self._publishing = publishing
        self._desks = desks
        self._clock = clock
        self._metrics = metrics
        self._link = link
        self._delivers = delivers
        self._turns: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)  # within this worker
        self._full: dict[tuple[str, str], tuple[int, datetime]] = {}  # desks without room: at which budget, until when
        self._held: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    @asynccontextmanager
    async def beside(
        self, row: ConversationRow, state: Conversation, offset: int
    ) -> AsyncIterator[tuple[ConversationRow, AlertRow | None]]:
        """The row to be committed with the message at an offset, and the alert to go with it, if one is due.

        `row` and `state` are as of that message. Held until the commit, so that within this worker nobody else takes
        the same turn.
        """
        wanted = self._wanted(row, state)
        if not wanted:
            yield row, None
            return
        async with self._turns[row.tenant, row.team]:
            alert = await self._tried(row, state, offset, wanted)
            yield (replace(row, summary=alerted(row.summary, alert)) if alert else row), alert
            if alert:
                self._raised(alert)

    async def make_good(self, live: Live, writing: Writing) -> None:
        """Raise an alert that a conversation is owed, as an event. Call under its lock; raises nothing."""
        try:
            for tried in range(TRIES):
                try:
                    return await self._raise(live, writing)
                except Conflict:
                    assert live.row is not None
                    await writing.take_in(live, live.row.tenant, live.row.id, tried)
        except (StoreError, Refused) as error:
            log.warning("alert_not_raised", error=str(error))

    async def _raise(self, live: Live, writing: Writing) -> None:
        """Take the desk's next turn for it, if it is still owed. Raises `Conflict` where another worker was first."""
        if live.row is None:
            return
        async with self.beside(live.row, live.state, live.offset + 1) as (row, alert):
            if not alert:
                return
            body = {**alert_wire(alert), "turn": alert.turn}
            event = Event(offset=alert.offset, kind="alert", at=alert.at, body=body)
            live.row = await writing.appended(live, row, event, alert=alert)
            live.offset = event.offset
            self._publishing.event(live, event)

    def _wanted(self, row: ConversationRow, state: Conversation) -> Wanted | None:
        """What is worth an alert in a conversation, or None."""
        if state.run == 0 or row.resolved_at is not None:
            return None
        marks, rising = row.summary.get("marks", {}), row.summary.get("rising", {})
        threshold, score = self._desks.threshold(row.tenant, row.team), rising.get("score", 0.0)
        if kind := safety(state, marks.get("safety", {})):
            return Wanted(kind, "critical", score, min(threshold, 1.0), alarmed(kind))
        if score < threshold or not TENDED.isdisjoint(marks):
            return None
        return Wanted(RISK, "warning", score, threshold, risen(state, rising["risks"]))

    async def _tried(self, row: ConversationRow, state: Conversation, offset: int, wanted: Wanted) -> AlertRow | None:
        """The alert where there is room for it; none where the store does not answer, or by a mistake of ours."""
        try:
            return await self._next(row, state, offset, wanted)
        except StoreError as error:
            log.warning("alert_not_raised", error=str(error))
        except Exception:  # a mistake here is not the sender's
            log.exception("alert_failed")
        return None

    async def _next(self, row: ConversationRow, state: Conversation, offset: int, wanted: Wanted) -> AlertRow | None:
        """The alert that takes the desk's next turn, or None where the budget has no room."""
        now = self._clock()
        if wanted.kind == RISK and self._is_full(row, now):
            self._hold_back(row, now)
            return None
        desk = await self._store.desk_alerts(row.tenant, row.team, now - HOUR)
        if wanted.kind == RISK and not self._has_room(row, desk, now):
            self._hold_back(row, now)
            return None
        return self._alert(row, state, offset, wanted, desk, now)

    def _raised(self, alert: AlertRow) -> None:
        """It is committed."""
        self._held.pop((alert.tenant, alert.conversation), None)
        self._metrics.alerts.labels(alert.kind).inc()

    def _alert(
        self,
        row: ConversationRow,
        state: Conversation,
        offset: int,
        wanted: Wanted,
        desk: Sequence[AlertRow],
        now: datetime,
    ) -> AlertRow:
        customer = row.customer_name or row.customer_id or ""
        party = Party(row.id, customer, row.agent or "", row.team)
        subject, text = letter(party, state, wanted.text, self._link)
        return AlertRow(
            tenant=row.tenant,
            team=row.team,
            turn=desk[-1].turn + 1 if desk else 1,
            conversation=row.id,
            offset=offset,
            at=max(now, desk[-1].at) if desk else now,  # a worker's clock may be behind another's
            kind=wanted.kind,
            severity=wanted.severity,
            score=wanted.score,
            threshold=wanted.threshold,
            text=wanted.text,
            mail={"subject": subject, "text": text},
            due_at=now if self._delivers else None,
        )

    def _has_room(self, row: ConversationRow, desk: Sequence[AlertRow], now: datetime) -> bool:
        budget = self._desks.per_hour(row.tenant, row.team)
        until = full_until(spent_of(desk, now), budget)
        if until:
            self._full[row.tenant, row.team] = budget, until
        return until is None and budget > 0

    def _is_full(self, row: ConversationRow, now: datetime) -> bool:
        """Whether the desk is known to have no room, so that in a storm not each message asks the store."""
        budget, until = self._full.get((row.tenant, row.team), (0, now))
        return now < until and budget == self._desks.per_hour(row.tenant, row.team)

    def _hold_back(self, row: ConversationRow, now: datetime) -> None:
        """Count it, once an hour for each chat."""
        key = (row.tenant, row.id)
        if key in self._held and now - self._held[key] < HOUR:
            return
        self._held[key] = now
        self._held.move_to_end(key)
        if len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        self._metrics.held_back.inc()
