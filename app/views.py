"""What can be read of a conversation: state, transcript, record, a snapshot or the gap to resume, a draft's review."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.auth import Principal
from app.conversations import LONG, Conversations, problem_of
from app.errors import Refused
from app.frames import advice_now, gap_frames, snapshot_frame, state_wire, transcript
from app.live import told
from app.row import seen
from app.store.rows import Event
from assist.coach import Remark, expected_effect, review
from assist.conversation.state import Conversation
from assist.explain import Explanation, explain
from assist.message import MAX_DRAFT, Message, Role
from assist.record import Entry, Record, make_record
from assist.signals.scores import Scores

MAX_GAP = 300  # missed updates that a resume hands out; after a longer absence a snapshot is cheaper
OTHERS = 2  # of the suggestions that stand, beside a draft
Json = dict[str, Any]


class Views:
    """Reads on behalf of a principal; raises `Refused` for what she may not see."""

    def __init__(self, conversations: Conversations) -> None:
        self._room = conversations

    async def state(self, who: Principal, conversation: str) -> Json:
        """The state, the advice and the position of a conversation."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            return {
                **state_wire(live, row, self._room.clock()),
                "epoch": row.epoch,
                "offset": live.offset,
                "advice": advice_now(live, self._room.clock()),
            }

    async def transcript(self, who: Principal, conversation: str) -> Json:
        """The whole transcript with its readings."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            seen(who, live.row)
            return {"messages": transcript(await self._room.store.events(who.tenant, conversation))}

    async def catch_up(self, who: Principal, conversation: str, resume: Json | None) -> tuple[int, list[Json]]:
        """The offset reached, and the frames that bring a browser there: the whole gap, or a fresh snapshot."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            now = self._room.clock()
            since = resume["offset"] if resume and resume["epoch"] == row.epoch else -1
            if 0 <= since <= live.offset and live.offset - since <= MAX_GAP:
                missed = await self._room.store.events(who.tenant, conversation, after=since)
                edited = any(event.kind in ("edit", "delete") for event in missed)
                log = await self._room.store.events(who.tenant, conversation) if edited else []
                end = {"type": "resumed", "conversation": conversation, "epoch": row.epoch, "offset": live.offset}
                return live.offset, [*gap_frames(live, row, missed, log, now), end]
            events = await self._room.store.events(who.tenant, conversation)
            return live.offset, [snapshot_frame(live, row, events, now)]

    async def record(self, who: Principal, conversation: str) -> Record:
        """The documentation of a conversation."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            events = await self._room.store.events(who.tenant, conversation)
            entries = [
                Entry(
                    message=item.message,
                    tension=event.outcome["reading"]["tension"],
                    steps=item.reading.steps,
                    cause=event.outcome["reading"]["cause"]["label"],
                    facts=item.reading.facts,
                    acts=item.reading.acts,
                )
                for event, item in zip([e for e in events if e.kind == "message"], told(events), strict=True)
                if event.outcome and item.reading
            ]
            return make_record(
                conversation,
                customer=row.customer_name or row.customer_id or "",
                entries=entries,
                resolved=row.resolved_at is not None,
            )

    async def explain(self, who: Principal, conversation: str, message: str) -> Json:
        """What a message did to the tension: without it, and without each of the words that moved it."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            seen(who, live.row)
            events = await self._room.store.events(who.tenant, conversation)
        found = await asyncio.to_thread(_explained, conversation, events, message)
        if found is None:
            raise Refused("not_found", f"conversation '{conversation}' has no message '{message}'")
        return asdict(found)

    async def draft(self, who: Principal, conversation: str, text: str) -> Json:
        """The coach's review of a draft: remarks on spans, the expected effect, and alternatives with theirs."""
        problem = problem_of(text, limit=MAX_DRAFT)
        if problem:
            raise problem
        async with self._room.lives.hold(who.tenant, conversation) as live:
            seen(who, live.row)
            state = live.state
        drafts = [self._draft(state, words) for words in (text, *(item.text for item in state.suggestions[:OTHERS]))]
        scores = await asyncio.gather(*map(self._room.scores, drafts))
        if len(text) > LONG:
            return await asyncio.to_thread(self._reviewed, state, drafts, scores)
        return self._reviewed(state, drafts, scores)

    def _draft(self, state: Conversation, text: str) -> Message:
        return Message(id="draft", seq=state.seq + 1, role=Role.AGENT, text=text, at=self._room.clock())

    def _reviewed(self, state: Conversation, drafts: Sequence[Message], scores: Sequence[Scores | None]) -> Json:
        forbidden = self._room.engine().playbooks.policy.forbidden
        remarks = [review(draft.text, forbidden) for draft in drafts]
        effects = [self._effect(state, *of) for of in zip(drafts, remarks, scores, strict=True)]
        return {
            "remarks": [
                {key: value for key, value in asdict(remark).items() if value is not None} for remark in remarks[0]
            ],
            "effect": effects[0],
            "alternatives": [
                {"text": draft.text, "effect": effect} for draft, effect in zip(drafts[1:], effects[1:], strict=True)
            ],
        }

    def _effect(self, state: Conversation, draft: Message, remarks: Sequence[Remark], scores: Scores | None) -> Json:
        steps = self._room.engine().read(draft, state, scores).steps
        return asdict(expected_effect(state.tension, steps, remarks, state.next_step))


def _explained(conversation: str, events: Sequence[Event], message: str) -> Explanation | None:
    return explain(Conversation(conversation), tuple(told(events)), message)
