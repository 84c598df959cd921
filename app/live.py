"""Conversations held in memory: a cache of folded states over the store, one lock each, the least used let go first.

Where several workers share the store, another one may have written since: who reads looks at the row first, who writes
finds out at the latest when her event's offset is taken.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from app.store.rows import ConversationRow, Event, Json, Store, Unavailable
from app.wire import advice_wire, host_of, message_from, message_wire, outcome_of, recorded, unpack
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard, Silence, Told, Waited
from assist.message import Message
from assist.signals.scores import Scores

MAX_LIVE = 10_000  # conversations held in memory
RECENT = 64  # ids of the last messages, to answer a repeat without asking the store
INPUTS = ("message", "quiet")  # kinds of events that the fold takes in
REVISING = ("edit", "delete")  # kinds that change earlier ones
TYPING = 8.0  # seconds that somebody counts as typing after her last key
TRUSTED = 5.0  # seconds that a writer relies on what was read of a conversation, unless told that it has changed


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
    checked: float = 0.0  # when it was compared with the store last, on the event loop's clock; 0: to be compared
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

    def __init__(
        self,
        store: Store,
        engine: Callable[[str], Engine],
        *,
        shared: bool = False,
        failed: Callable[[], None] = lambda: None,
        most: int = MAX_LIVE,
    ) -> None:
        self._store = store
        self._engine = engine
        self._shared = shared  # whether others write to the store, too
        self._failed = failed  # called when the store did not answer
        self._most = most
        self._live: OrderedDict[tuple[str, str], Live] = OrderedDict()

    def __len__(self) -> int:
        return len(self._live)

    @asynccontextmanager
    async def hold(self, tenant: str, conversation: str, *, to_write: bool = False) -> AsyncIterator[Live]:
        """The conversation under its lock; callers get it in the order of their calls. `row` is None when unknown."""
        key = (tenant, conversation)
        live = self._live.setdefault(key, Live())
        self._live.move_to_end(key)
        live.users += 1
        try:
            async with live.lock:
                await self._look(live, tenant, conversation, to_write)
                yield live
        except Unavailable:
            self._failed()
            raise
        finally:
            live.users -= 1
            if live.row is None and not live.users:
                self._live.pop(key, None)
            self._trim()

    async def _look(self, live: Live, tenant: str, conversation: str, to_write: bool) -> None:
        """Load what is not loaded; where others write, look whether they did."""
        if not live.loaded:
            await self.load(live, tenant, conversation)
        elif self._shared and not (to_write and live.checked and _now() - live.checked < TRUSTED):
            await self._catch_up(live, tenant, conversation)

    def forget(self, live: Live) -> None:
        """Have it loaded anew: a commit did not land, or we do not know whether it did."""
        live.loaded = False

    def outdate(self, tenant: str, conversation: str, offset: int, revision: int) -> None:
        """Another worker has written up to an offset, or a revision of what was told: look before the next use."""
        live = self._live.get((tenant, conversation))
        if live and (live.row is None or offset > live.offset or revision > live.row.revision):
            live.checked = 0.0

    async def load(self, live: Live, tenant: str, conversation: str) -> None:
        """Read it from the store and fold it. Call under its lock."""
        live.checked = _now()
        live.row = await self._store.conversation(tenant, conversation)
        events = await self._store.events(tenant, conversation) if live.row else []
        live.state, live.offset, live.advice = Conversation(conversation), 0, {}
        live.recent.clear()
        await self._advance(live, events)
        if not live.advice:
            live.advice = advice_wire(self._engine(live.row.team if live.row else "").advise(live.state))
        live.loaded = True

    async def _catch_up(self, live: Live, tenant: str, conversation: str) -> None:
        """Compare with the row, and take in the events that are new; an edit among them changes earlier ones."""
        checked = _now()
        row = await self._store.conversation(tenant, conversation)
        if row is None or live.row is None or row.epoch != live.row.epoch:
            await self.load(live, tenant, conversation)
        elif row.offset > live.offset:
            events = await self._store.events(tenant, conversation, after=live.offset)
            if any(event.kind in REVISING for event in events):
                await self.load(live, tenant, conversation)
            else:
                live.row = row
                await self._advance(live, events)
        else:
            live.row = row
        live.checked = checked

    async def _advance(self, live: Live, events: Sequence[Event]) -> None:
        """Take in further events of the log."""
        if not events:
            return
        engine = self._engine(live.row.team if live.row else "")
        live.state = await asyncio.to_thread(_folded, engine, live.state, events)
        live.offset = events[-1].offset
        for event in [event for event in events if event.kind == "message"][-RECENT:]:
            live.remember(str(event.message_id), event.seq or 0)
            live.typing.pop(event.body["role"], None)
        last = next((event.outcome for event in reversed(events) if event.outcome), None)
        if last:
            live.advice = last["advice"]

    def _trim(self) -> None:
        """Let go of the least used; one that is in use is left for the next time."""
        for key in tuple(islice(self._live, max(0, len(self._live) - self._most))):
            if not self._live[key].users:
                del self._live[key]


def _now() -> float:
    return asyncio.get_running_loop().time()


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
