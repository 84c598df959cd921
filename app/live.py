"""Conversations held in memory: a cache of folded states over the store, one lock each, the least used let go first."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from app.store.rows import ConversationRow, Event, Json, Store
from app.wire import advice_wire, host_of, message_from, message_wire, outcome_of, recorded, unpack
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard, Silence, Told, Waited
from assist.message import Message
from assist.signals.scores import Scores

MAX_LIVE = 10_000  # conversations held in memory
RECENT = 64  # ids of the last messages, to answer a repeat without asking the store
INPUTS = ("message", "quiet")  # kinds of events that the fold takes in
TYPING = 8.0  # seconds that somebody counts as typing after her last key


@dataclass(slots=True)
class Live:
    """One conversation in memory. Everything in it may only be changed under its lock."""

    row: ConversationRow | None = None
    state: Conversation = field(default_factory=lambda: Conversation(""))
    offset: int = 0
    advice: Json = field(default_factory=dict)
    recent: OrderedDict[str, int] = field(default_factory=OrderedDict)
    typing: dict[str, datetime] = field(default_factory=dict)  # role -> until when
    loaded: bool = False
    users: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def remember(self, message_id: str, seq: int) -> None:
        """Keep the id of a message among the last few."""
        self.recent[message_id] = seq
        if len(self.recent) > RECENT:
            self.recent.popitem(last=False)


def new_row(tenant: str, conversation: str, team: str, now: datetime) -> ConversationRow:
    """A conversation that nobody has heard of before."""
    return ConversationRow(
        tenant=tenant, id=conversation, team=team, epoch=secrets.token_hex(8), created_at=now, updated_at=now
    )


def host_slots(row: ConversationRow) -> dict[str, str]:
    """What the host has told that a phrase can use; the customer's first name from her name."""
    slots = {name: str(value) for name, value in row.slots.items()}
    if row.customer_name:
        slots.setdefault("name", row.customer_name.split()[0] if row.customer_name.split() else "")
    return slots


def told(events: Sequence[Event]) -> Iterator[Told | Silence]:
    """The recorded inputs of the fold, from the log."""
    for event in events:
        if event.kind == "quiet":
            yield Silence(event.body["minutes"])
        if event.kind == "message" and event.reading is not None:
            yield Told(message_from(event.body), unpack(event.reading), host_of(event.reading))


class LiveConversations:
    """Hands out conversations under their lock, loading and folding them from the store where needed."""

    def __init__(self, store: Store, engine: Callable[[str], Engine], most: int = MAX_LIVE) -> None:
        self._store = store
        self._engine = engine
        self._most = most
        self._live: OrderedDict[tuple[str, str], Live] = OrderedDict()

    def __len__(self) -> int:
        return len(self._live)

    @asynccontextmanager
    async def hold(self, tenant: str, conversation: str) -> AsyncIterator[Live]:
        """The conversation under its lock; callers get it in the order of their calls. `row` is None when unknown."""
        key = (tenant, conversation)
        live = self._live.setdefault(key, Live())
        self._live.move_to_end(key)
        live.users += 1
        try:
            async with live.lock:
                if not live.loaded:
                    await self.load(live, tenant, conversation)
                yield live
        finally:
            live.users -= 1
            if live.row is None and not live.users:
                self._live.pop(key, None)
            self._trim()

    def forget(self, live: Live) -> None:
        """Have it loaded anew: another worker wrote, or a commit did not land."""
        live.loaded = False

    async def load(self, live: Live, tenant: str, conversation: str) -> None:
        """Read it from the store and fold it. Call under its lock."""
        live.row = await self._store.conversation(tenant, conversation)
        events = await self._store.events(tenant, conversation) if live.row else []
        engine = self._engine(live.row.team if live.row else "")
        start = Conversation(conversation)
        live.offset = events[-1].offset if events else 0
        live.recent.clear()
        live.state = await asyncio.to_thread(_folded, engine, start, events) if events else start
        for event in [event for event in events if event.kind == "message"][-RECENT:]:
            live.remember(str(event.message_id), event.seq or 0)
        last = next((event.outcome for event in reversed(events) if event.outcome), None)
        live.advice = last["advice"] if last else advice_wire(engine.advise(start))
        live.loaded = True

    def _trim(self) -> None:
        """Let go of the least used; one that is in use is left for the next time."""
        for key in tuple(islice(self._live, max(0, len(self._live) - self._most))):
            if not self._live[key].users:
                del self._live[key]


def _folded(engine: Engine, start: Conversation, events: Sequence[Event]) -> Conversation:
    state = start
    for heard in engine.replay(start, told(events)):
        state = heard.conversation
    return state


def refold(
    engine: Engine, conversation: str, events: list[Event], changed: Message, scores: Scores | None = None
) -> tuple[list[Event], Conversation]:
    """Every input from the changed message on, with its new outcome, and the state at the end.

    The changed message is read anew, with *scores* where there are any; the others' recorded readings stand.
    """
    inputs = [event for event in events if event.kind in INPUTS]
    first = next(event.offset for event in inputs if event.message_id == changed.id)
    items = [
        Told(changed, None, item.host, scores) if isinstance(item, Told) and item.message.id == changed.id else item
        for item in told(inputs)
    ]
    revised: list[Event] = []
    state = Conversation(conversation)
    for event, item, after in zip(inputs, items, engine.replay(state, items), strict=True):
        state = after.conversation
        if event.offset >= first:
            revised.append(_revised(event, item, after))
    return revised, state


def _revised(event: Event, item: Told | Silence, after: Heard | Waited) -> Event:
    if isinstance(after, Heard) and isinstance(item, Told):
        reading = recorded(after.reading, item.host)
        return replace(event, body=message_wire(after.message), reading=reading, outcome=outcome_of(after))
    return replace(event, outcome={"advice": advice_wire(after.advice)})
