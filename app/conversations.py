"""The room where a message becomes advice: fold under the conversation's lock, commit, then tell who watches.

Nothing is answered or published before it is committed. Another writer who was first makes us load and fold again.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.alerts import Alerts
from app.auth import Principal, allow
from app.errors import Refused
from app.feedback import distance, suggestion_of
from app.hand_over import HANDING_OVER, brief_wire
from app.health import Health
from app.live import TYPING, Live, LiveConversations, refold
from app.metrics import Metrics
from app.models import ActionIn, ConversationIn, FeedbackIn, MessageIn
from app.publishing import Publishing
from app.row import acted, made, merged, reached, seen, with_host
from app.scoring import Score, unscored
from app.store.rows import Conflict, ConversationRow, Event, FeedbackRow, Json, Store, Unavailable
from app.summary import after_edit, after_heard, after_silence
from app.wire import advice_wire, levels_wire, message_from, message_wire, outcome_of, recorded, stamp
from app.worn import Worn
from app.writing import Writing
from assist.conversation.silence import next_after
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard, Silence
from assist.errors import InvalidMessage
from assist.message import MAX_DRAFT, MAX_TEXT, Message, Role, check_text

LONG = 1_000  # characters from which a text is read in a thread, away from the event loop
SUPERVISING = frozenset(
    {"takeover", "whisper", "claim", "release", "let_run", "watch", "join", "leave", "cosign", "decline", "close"}
)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender of a message gets to know."""

    id: str
    seq: int
    duplicate: bool
    state: Conversation
    advice: Json

    def wire(self) -> dict[str, Any]:
        """The answer to a posted message."""
        return {
            "id": self.id,
            "seq": self.seq,
            "duplicate": self.duplicate,
            **levels_wire(self.state),
            "advice": self.advice,
        }


class Conversations:
    """All that can be done to a conversation. Raises `Refused` for what is not allowed or not valid."""

    def __init__(
        self,
        store: Store,
        publishing: Publishing,
        engine: Callable[[str], Engine],
        *,
        clock: Clock,
        metrics: Metrics,
        health: Health,
        alerts: Alerts,
        scores: Score = unscored,
        shared: bool = False,
    ) -> None:
        self.store = store
        self.publishing = publishing
        self.engine = engine
        self.clock = clock
        self.metrics = metrics
        self.alerts = alerts
        self.scores = scores
        self.lives = LiveConversations(store, engine, shared=shared, failed=health.failed)
        self._writing = Writing(store, self.lives, health, metrics)
        self.worn = Worn()

    async def put(self, who: Principal, conversation: str, told_by_host: ConversationIn) -> ConversationRow:
        """Say who is in a conversation; the fields given are merged in."""

        async def work(live: Live) -> ConversationRow:
            now = self.clock()
            if live.row is None:
                row = made(who, conversation, told_by_host.team or who.home, now)
            else:
                row = reached(who, live.row)
            new = merged(row, told_by_host)
            if new.team != row.team or live.row is None:
                self._may_use_team(who, new.team)
            await self._writing.committed(live, self.store.put(new))
            live.row = new
            self.publishing.told(new)
            return new

        return await self._writing.to(who.tenant, conversation, work)

    def _may_use_team(self, who: Principal, team: str) -> None:
        if who.role != "admin" and team != who.home and team not in who.teams:
            raise Refused("forbidden", f"team '{team}' is not one of your token's teams")

    async def hear(self, who: Principal, conversation: str, incoming: MessageIn) -> Receipt:
        """One new message. The same id again changes nothing and answers with the first one's `seq`."""
        problem = problem_of(incoming.text, attachments=len(incoming.attachments))
        message_id = incoming.id or secrets.token_hex(12)

        async def work(live: Live) -> Receipt:
            if live.row is not None:
                reached(who, live.row)
            if message_id in live.recent:
                return self._repeat(live, message_id, live.recent[message_id])
            try:
                if problem is None:
                    return await self._heard(who, conversation, live, incoming, message_id)
            except Conflict:
                known = await self.store.message(who.tenant, conversation, message_id)
                if not known:
                    raise
                if known.offset > live.offset:  # another worker wrote since; else what is in memory is what is kept
                    await self.lives.load(live, who.tenant, conversation)
            first = await self.store.message(who.tenant, conversation, message_id)
            if first is None and problem:
                raise problem
            return self._repeat(live, message_id, (first and first.seq) or 0)

        return await self._writing.to(who.tenant, conversation, work)

    def _repeat(self, live: Live, message_id: str, seq: int) -> Receipt:
        """The answer to a message that was heard before; what it says now does not matter."""
        self.metrics.duplicates.inc()
        return Receipt(message_id, seq, True, live.state, live.advice)

    async def _heard(
        self, who: Principal, conversation: str, live: Live, incoming: MessageIn, message_id: str
    ) -> Receipt:
        now = self.clock()
        row = live.row or made(who, conversation, who.home, now)
        before, host = self._opened(*with_host(live.state, row), row)
        message = Message(
            id=message_id,
            seq=before.seq + 1,
            role=Role(incoming.role),
            text=incoming.text,
            at=incoming.at or now,
            attachments=tuple(incoming.attachments),
        )
        heard = await self._read(row.team, before, message)
        reopened = row.resolved_at is not None and message.role is Role.CUSTOMER
        row = replace(
            row,
            updated_at=now,
            resolved_at=None if reopened else row.resolved_at,
            summary=after_heard(row.summary, heard, before.asked, now),
        )
        outcome = outcome_of(heard)
        event = Event(
            offset=live.offset + 1,
            kind="message",
            at=now,
            body=message_wire(message),
            seq=message.seq,
            message_id=message.id,
            reading=recorded(heard.reading, host),
            outcome=outcome,
        )
        async with self.alerts.beside(row, heard.conversation, event.offset) as (marked, alert):
            row = await self._writing.appended(live, marked, event, alert=alert)
        alerts = _new_alerts(live.advice, outcome["advice"])
        self._keep(live, row, heard.conversation, event)
        live.remember(message.id, message.seq)
        live.typing.pop(incoming.role, None)
        if message.role is Role.AGENT:
            self.worn.note(row, message.text, before.suggestions)
        self.metrics.messages.labels(incoming.role).inc()
        self.publishing.event(live, event, alerts)
        return Receipt(message.id, message.seq, False, live.state, live.advice)

    def _opened(
        self, before: Conversation, host: Mapping[str, Any], row: ConversationRow
    ) -> tuple[Conversation, Mapping[str, Any]]:
        """A conversation that begins is told which phrases are worn."""
        worn = frozenset() if before.seq else self.worn.of(row)
        return (replace(before, worn=worn), {**host, "worn": worn}) if worn else (before, host)

    async def _read(self, team: str, before: Conversation, message: Message) -> Heard:
        scores = await self.scores(message)
        engine = self.engine(team)
        with self.metrics.hear.time():
            if len(message.text) > LONG:
                return await asyncio.to_thread(engine.hear, before, message, scores)
            return engine.hear(before, message, scores)

    def _keep(self, live: Live, row: ConversationRow, state: Conversation, event: Event) -> None:
        live.row = row
        live.state = state
        live.offset = event.offset
        if event.outcome:
            live.advice = event.outcome["advice"]

    async def revise(self, who: Principal, conversation: str, message_id: str, text: str | None) -> Receipt:
        """Edit a message, or delete it (`text` is None): a further event, and the conversation is folded again.

        The same edit or deletion again changes nothing. What was deleted cannot be edited any more.
        """
        problem = None if text is None else problem_of(text)

        async def work(live: Live) -> Receipt:
            row = reached(who, live.row)
            events = await self.store.events(who.tenant, conversation)
            if len(events) != live.offset:
                raise Conflict("another worker wrote since")
            before = next(
                (message_from(e.body) for e in events if e.kind == "message" and e.message_id == message_id), None
            )
            if before is None or (before.deleted and text is not None):
                raise Refused("not_found", f"conversation '{conversation}' has no message '{message_id}'")
            if problem:
                raise problem
            kept = before.attachments if text is not None else ()
            changed = replace(before, text=text or "", deleted=text is None, attachments=kept)
            if changed == before:
                return Receipt(message_id, before.seq, False, live.state, live.advice)
            await self._revised(live, row, events, changed)
            return Receipt(message_id, changed.seq, False, live.state, live.advice)

        return await self._writing.to(who.tenant, conversation, work)

    async def _revised(self, live: Live, row: ConversationRow, events: list[Event], changed: Message) -> None:
        """Fold again with the changed message, commit that, and tell it."""
        scores, engine = await self.scores(changed), self.engine(row.team)
        revised, state = await asyncio.to_thread(refold, engine, row.id, events, changed, scores)
        now = self.clock()
        new = next(event for event in revised if event.message_id == changed.id)
        event = Event(
            offset=live.offset + 1,
            kind="delete" if changed.deleted else "edit",
            at=now,
            body=new.body,
            outcome={"reading": new.outcome["reading"] if new.outcome else {}, "advice": _advice_of(revised)},
        )
        log = [*(earlier for earlier in events if earlier.offset < revised[0].offset), *revised]
        row = replace(row, updated_at=now, summary=after_edit(row.summary, state, log))
        row = await self._writing.appended(live, row, event, revised)
        self._keep(live, row, state, event)
        self.publishing.revised(live, event, log)

    async def fall_silent(self, tenant: str, conversation: str) -> bool:
        """Tell the conversation that the customer does not answer, if that is due: an event, with new advice.

        The minutes count from the last that happened in it, by our clock. Whether it was told.
        """

        async def work(live: Live) -> bool:
            row, now = live.row, self.clock()
            if row is None or row.resolved_at or live.typing.get("customer", now) > now:
                return False
            engine = self.engine(row.team)
            minutes = int((now - row.updated_at).total_seconds() // 60)
            after = next_after(live.state, engine.playbooks.policy.quiet_after or ())
            if after is None or minutes < after:
                return False
            waited = engine.wait(live.state, Silence(minutes))
            body = {"minutes": minutes, "at": stamp(now)}
            outcome = {"advice": advice_wire(waited.advice)}
            event = Event(offset=live.offset + 1, kind="quiet", at=now, body=body, outcome=outcome)
            row = replace(row, summary=after_silence(row.summary, waited.conversation))
            row = await self._writing.appended(live, row, event)
            self._keep(live, row, waited.conversation, event)
            self.publishing.event(live, event)
            return True

        return await self._writing.to(tenant, conversation, work)

    async def act(self, who: Principal, conversation: str, action: ActionIn) -> None:
        """Something that a person does: kept as an event, shown to all who watch."""
        if action.action in SUPERVISING:
            allow(who, "supervisor", "admin")

        async def work(live: Live) -> None:
            row = seen(who, live.row)
            now = self.clock()
            body: dict[str, Any] = {"action": action.action, "by": who.subject, "at": stamp(now)}
            taken = row.agent if action.action == "takeover" else None
            body |= {key: value for key, value in (("text", action.text), ("to", action.to), ("from", taken)) if value}
            event = Event(offset=live.offset + 1, kind="action", at=now, body=body)
            changed = acted(row, action, who, now)
            changed = await self._writing.appended(live, changed, event, told=changed.revision != row.revision)
            self._keep(live, changed, live.state, event)
            self.publishing.event(live, event, **await self._handed_over(changed, action.action))
            if action.action == "whisper":
                whisper = {
                    "type": "whisper",
                    "conversation": conversation,
                    "from": who.subject,
                    "text": action.text or "",
                }
                self.publishing.unlogged(changed, whisper)
            if changed.agent != row.agent:
                self.publishing.told(changed)

        await self._writing.to(who.tenant, conversation, work)

    async def _handed_over(self, row: ConversationRow, action: str) -> dict[str, Any]:
        """What goes with an action to whoever takes over; without the brief itself where the log cannot be read."""
        if action not in HANDING_OVER:
            return {}
        try:
            return {"brief": brief_wire(row, await self.store.events(row.tenant, row.id))}
        except Unavailable:
            return {}  # the action is kept: the frame says where the brief is

    async def make_good(self, tenant: str, conversation: str) -> None:
        """Raise the alert that its supervisors are owed, if they still are."""
        async with self.lives.hold(tenant, conversation, to_write=True) as live:
            await self.alerts.make_good(live, self._writing)

    async def typing(self, who: Principal, conversation: str, role: str, *, on: bool) -> None:
        """Somebody types, or has stopped. Not kept; forgotten after some seconds."""
        async with self.lives.hold(who.tenant, conversation, to_write=True) as live:
            reached(who, live.row)
            live.typing[role] = self.clock() + timedelta(seconds=TYPING if on else 0)
            self.publishing.typing(live, role, on=on)

    async def feedback(self, who: Principal, conversation: str, verdict: FeedbackIn) -> None:
        """Keep what an agent did with a suggestion of this chat, and how far from it she went in the end."""
        problem = None if verdict.final is None else problem_of(verdict.final, limit=MAX_DRAFT)
        if problem:
            raise problem
        async with self.lives.hold(who.tenant, conversation, to_write=True) as live:
            row = seen(who, live.row)
            shown = await suggestion_of(self.store, live, row, verdict.suggestion)
            kept = FeedbackRow(
                tenant=who.tenant,
                conversation=conversation,
                suggestion=verdict.suggestion,
                verdict=verdict.verdict,
                by=who.subject,
                at=self.clock(),
                reason=verdict.reason,
                version=shown["why"].get("version"),
                distance=None if verdict.final is None else distance(shown["text"], verdict.final),
                key=verdict.id,
            )
            await self._writing.committed(live, self.store.add_feedback(kept))


def problem_of(text: str, *, limit: int = MAX_TEXT, attachments: int = 0) -> Refused | None:
    """What is wrong with a text, or None."""
    try:
        check_text(text, limit=limit, attachments=attachments)
    except InvalidMessage as error:
        return Refused(error.code, str(error))
    return None


def _new_alerts(before: Json, after: Json) -> list[Json]:
    """Those of a kind that did not stand before, or that is now more severe."""
    known = {(alert["kind"], alert["severity"]) for alert in before.get("alerts", ())}
    return [alert for alert in after["alerts"] if (alert["kind"], alert["severity"]) not in known]


def _advice_of(revised: list[Event]) -> Json:
    last = revised[-1].outcome
    assert last is not None
    advice: Json = last["advice"]
    return advice
