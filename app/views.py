"""What can be read of a conversation: state, transcript, record, a snapshot or the gap to resume, a draft's review."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.auth import Principal
from app.chat_tools.glance import Glance, glance_of
from app.conversations import LONG, Conversations, problem_of
from app.drafts import Chat, known, reviewed, unanswered
from app.entries import entries_of
from app.errors import Refused
from app.frames import (
    Known,
    actions_of,
    advice_now,
    gap_frames,
    no_incident,
    snapshot_frame,
    state_wire,
    transcript,
    with_incident,
)
from app.hand_over import brief_of
from app.live import REVISING, Live, host_slots, told
from app.row import seen
from app.store.rows import Event
from assist.brief import Brief
from assist.conversation.state import Conversation
from assist.engine import Told
from assist.explain import Explanation, explain
from assist.message import MAX_DRAFT, Message, Role
from assist.record import Record, make_record

MAX_GAP = 300  # missed updates that a resume hands out; after a longer absence a snapshot is cheaper
MAX_EDITS = 8  # in a gap; each brings all that it changed, so that with more of them, too, a snapshot is cheaper
RECENT = 12  # events in which the customer's open question is looked for
OTHERS = 2  # of the suggestions that stand, beside a draft
Json = dict[str, Any]


class Views:
    """Reads on behalf of a principal; raises `Refused` for what she may not see."""

    def __init__(self, conversations: Conversations, known: Known = no_incident) -> None:
        self._room = conversations
        self._known = known

    async def state(self, who: Principal, conversation: str) -> Json:
        """The state, the advice and the position of a conversation."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            return {
                **state_wire(live, row, self._room.clock()),
                "incident": self._known(row),
                "epoch": row.epoch,
                "offset": live.offset,
                "advice": advice_now(live, self._room.clock()),
            }

    async def glance(self, who: Principal, conversation: str) -> Glance | None:
        """What a card shows of a conversation; None where nobody has said anything in it yet."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            if live.row is None or not live.state.seq:
                return None
            row, now = seen(who, live.row), self._room.clock()
            state = {**state_wire(live, row, now), "incident": self._known(row), "advice": advice_now(live, now)}
            return glance_of(state, live.state.evidence)

    async def transcript(self, who: Principal, conversation: str) -> Json:
        """The whole transcript with its readings."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            seen(who, live.row)
            return {"messages": transcript(await self._room.store.events(who.tenant, conversation))}

    async def actions(self, who: Principal, conversation: str) -> Json:
        """What people did to it: who, what, when."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            seen(who, live.row)
            return {"actions": actions_of(await self._room.store.events(who.tenant, conversation))}

    async def catch_up(self, who: Principal, conversation: str, resume: Json | None) -> tuple[int, int, list[Json]]:
        """The offset and revision reached, and the frames that bring a browser there: the whole gap, or a snapshot."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            now = self._room.clock()
            since = resume["offset"] if resume and resume["epoch"] == row.epoch else -1
            if 0 <= since <= live.offset and live.offset - since <= MAX_GAP:
                behind = since < live.offset  # who missed nothing costs no look into the store
                missed = await self._log(who, conversation, live, after=since) if behind else []
                edits = sum(event.kind in REVISING for event in missed)
                if edits <= MAX_EDITS:
                    log = await self._log(who, conversation, live) if edits else []
                    end = {"type": "resumed", "conversation": conversation, "epoch": row.epoch, "offset": live.offset}
                    gap = gap_frames(live, row, missed, log, now)
                    return live.offset, row.revision, [*(with_incident(one, row, self._known) for one in gap), end]
            events = await self._log(who, conversation, live)
            snapshot = with_incident(snapshot_frame(live, row, events, now), row, self._known)
            return live.offset, row.revision, [snapshot]

    async def _log(self, who: Principal, conversation: str, live: Live, after: int = 0) -> list[Event]:
        """The log as far as the state goes: what another worker wrote since comes with a frame of its own."""
        events = await self._room.store.events(who.tenant, conversation, after=after)
        return events[: live.offset - after]

    async def record(self, who: Principal, conversation: str) -> Record:
        """The documentation of a conversation."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            entries = entries_of(await self._room.store.events(who.tenant, conversation))
            return make_record(
                conversation,
                customer=row.customer_name or row.customer_id or "",
                entries=entries,
                resolved=row.resolved_at is not None,
            )

    async def brief(self, who: Principal, conversation: str) -> Brief:
        """The brief for whoever takes it over."""
        async with self._room.lives.hold(who.tenant, conversation) as live:
            return brief_of(seen(who, live.row), await self._room.store.events(who.tenant, conversation))

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
            row = seen(who, live.row)
            state = live.state
            recent = await self._room.store.events(who.tenant, conversation, after=live.offset - RECENT)
        chat = Chat(state, self._room.engine(row.team), unanswered(recent), known(host_slots(row), state.facts))
        texts = (text, *(item.text for item in state.suggestions[:OTHERS]))
        drafts = [Message("draft", state.seq + 1, Role.AGENT, words, self._room.clock()) for words in texts]
        scores = await asyncio.gather(*map(self._room.scores, drafts))
        if len(text) > LONG:
            return await asyncio.to_thread(reviewed, chat, drafts, scores)
        return reviewed(chat, drafts, scores)


def _explained(conversation: str, events: Sequence[Event], message: str) -> Explanation | None:
    said = tuple(item for item in told(events) if isinstance(item, Told))  # a silence moves no tension
    return explain(Conversation(conversation), said, message)
