"""The room where a chat tool's events are told to their conversations: taken first, told after, in order.

Taken means committed: who sent it has his answer by then. One worker at a time tells a conversation what waits for it.
Telling twice changes nothing, so that a worker which dies in the middle leaves no more than a repeat.
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
import structlog

from app.chat_tools import Event
from app.connectors import Connector, Connectors
from app.conversations import Conversations
from app.errors import Refused
from app.metrics import Metrics
from app.reach import Unmet, hold
from app.store.inbox_rows import Delivery, State
from app.store.rows import Conflict, Store, StoreError
from app.telling import Telling, fitted

WINDOW = timedelta(
    seconds=0.25
)  # tools deliver side by side: what comes within is put in the order in which it happened
TICK = timedelta(microseconds=1)  # between the events of one delivery, so that their order is kept
POLL = 1.0  # seconds until what others have left is looked for
MOST = 200  # deliveries at one look
AT_ONCE = 8  # conversations that are told at the same time
TURN = timedelta(seconds=10)  # for one conversation; then another worker may take it
SPARE = timedelta(seconds=4)  # of it, in which nothing more is begun
TRIES = 8  # pauses of 1, 2, 4 ... seconds between them
LONGEST = 30.0  # seconds of a pause
KEPT = timedelta(days=7)  # what was told is known for so long
PRUNE_EVERY = 3_600.0  # seconds
AWAY = "unavailable"
RETRIED = frozenset({"unknown_message", "not_fetched", "failed"})  # what may yet come to something
FETCH_WITHIN = 4.0  # seconds; a turn lasts longer
log = structlog.get_logger()


class Inbox:
    """What connectors bring. Raises `Unavailable` for what could not be taken."""

    def __init__(
        self,
        store: Store,
        conversations: Conversations,
        connectors: Connectors,
        over: httpx.AsyncClient,
        *,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._connectors = connectors
        self._conversations = conversations
        self._over = over
        self._telling = Telling(store, conversations)
        self._clock = clock
        self._metrics = metrics
        self._me = secrets.token_hex(8)
        self._wake = asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def take(self, connector: Connector, events: Sequence[Event]) -> None:
        """Keep the events until they are told; who types now is told at once, and to nobody later."""
        now = self._clock()
        meant = [_with_role(connector, event) for event in events if event.conversation]
        lasting = (event for event in meant if event.kind != "typing")
        kept = [delivery_of(connector, event, now + place * TICK) for place, event in enumerate(lasting)]
        if kept:
            await self._store.inbox.queue(kept)
            self._wake.set()
        for event in meant:
            if event.kind == "typing":
                await self._typing(connector, event)

    async def _typing(self, connector: Connector, event: Event) -> None:
        if event.private or event.role not in ("customer", "agent"):
            return
        name = conversation_of(connector, event)
        try:
            await self._conversations.typing(connector.principal("admin"), name, event.role, on=bool(event.on))
        except (Refused, StoreError):
            return  # nobody has said anything there yet, or nobody can be asked

    async def watch(self) -> None:
        """Tell what comes, until cancelled."""
        pruned = float("-inf")
        loop = asyncio.get_running_loop()
        while True:
            try:
                async with asyncio.timeout(POLL):
                    await self._wake.wait()
                self._wake.clear()
                await asyncio.sleep(WINDOW.total_seconds())
            except TimeoutError:
                pass
            try:
                await self.drain()
                if loop.time() - pruned > PRUNE_EVERY:
                    pruned = loop.time()
                    await self._store.inbox.prune(self._clock() - KEPT)
            except StoreError as error:
                log.warning("inbox_not_read", error=str(error))
            except Exception:  # a mistake in one must not end the telling of all
                log.exception("inbox_not_emptied")

    async def drain(self) -> None:
        """Tell all that is due."""
        while found := await self._store.inbox.due(self._clock(), MOST):
            whose = dict.fromkeys((one.tenant, one.conversation) for one in found)
            told = await asyncio.gather(*(self._tell_all(*one) for one in whose), return_exceptions=True)
            if wrong := next((one for one in told if isinstance(one, BaseException)), None):
                raise wrong  # after all have ended: nobody is left telling while the next look begins
            if not any(told):
                return  # others have their turn at it

    async def _tell_all(self, tenant: str, conversation: str) -> bool:
        """Tell one conversation what waits for it, unless another worker does; whether anything was."""
        async with self._slots:
            now = self._clock()
            try:
                await self._store.inbox.take_turn(tenant, conversation, self._me, now, now + TURN)
            except Conflict:
                return False
            try:
                return await self._in_order(tenant, conversation, now + TURN - SPARE)
            finally:
                await self._store.inbox.end_turn(tenant, conversation, self._me)

    async def _in_order(self, tenant: str, conversation: str, until: datetime) -> bool:
        """Tell what is due, and before it what happened earlier and has come since."""
        now = self._clock()
        waiting = sorted(await self._store.inbox.of(tenant, conversation, now + WINDOW), key=_order)
        last = max((place for place, one in enumerate(waiting) if one.due_at <= now), default=-1)
        for place, delivery in enumerate(waiting[: last + 1]):
            if self._clock() >= until or not await self._tell(delivery):
                return place > 0
        return last >= 0

    async def _tell(self, delivery: Delivery) -> bool:
        """Tell one; False where the database is away and the rest has to wait too."""
        connector = await self._connectors.find(delivery.connector)
        try:
            outcome = "no_connector" if connector is None else await self._told(connector, delivery)
        except StoreError:
            return False
        except Refused as refused:
            if refused.code == AWAY:
                return False
            outcome = refused.code
        except Exception:  # one that cannot be told must not stand in the way of those behind it
            log.exception("delivery_not_told", connector=delivery.connector)
            outcome = "failed"
        await self._settle(delivery, outcome)
        return True

    async def _told(self, connector: Connector, delivery: Delivery) -> str:
        """Tell one that is whole by now."""
        fetch, account = connector.of_tool().api.fetch, connector.api
        if not delivery.body.get("needs_fetch") or fetch is None or account is None:
            return await self._telling.tell(connector, delivery)
        try:
            async with asyncio.timeout(FETCH_WITHIN):
                words = await hold(fetch(account, delivery.body["message"]), self._over)
        except (Unmet, TimeoutError) as error:
            log.warning("not_fetched", connector=connector.name, error=str(error))
            later = not isinstance(error, Unmet) or error.later
            return "not_fetched" if later else "needs_fetch"
        if words is None:
            return "empty_text"
        whole = {**delivery.body, "text": words, "needs_fetch": False}
        return await self._telling.tell(connector, replace(delivery, body=whole))

    async def _settle(self, delivery: Delivery, outcome: str) -> None:
        now, tries = self._clock(), delivery.tries + 1
        if outcome in RETRIED and tries < TRIES:
            pause = timedelta(seconds=min(LONGEST, 2.0 ** (tries - 1)))
            settled = replace(delivery, tries=tries, outcome=outcome, due_at=now + pause)
        else:
            state: State = "done" if outcome in Telling.DONE else "left"
            settled = replace(delivery, tries=tries, outcome=outcome, state=state, body=masked(delivery.body))
            self._metrics.told.labels(outcome if state == "done" else "left").inc()
            self._metrics.telling.observe(max(0.0, (now - delivery.received_at).total_seconds()))
        await self._store.inbox.settle(settled)


def conversation_of(connector: Connector, event: Event) -> str:
    """Our name of a conversation: with the connector's before it, as two accounts may count alike."""
    return fitted(f"{connector.name}:{event.conversation}")


def delivery_of(connector: Connector, event: Event, now: datetime) -> Delivery:
    """An event as it waits to be told."""
    return Delivery(
        tenant=connector.tenant,
        connector=connector.name,
        key=_key(event, now),
        conversation=conversation_of(connector, event),
        at=event.at or now,
        received_at=now,
        due_at=now + WINDOW,
        body=event.wire(),
    )


def masked(body: Any) -> dict[str, Any]:
    """What of an event may be shown: nothing that anybody wrote, no name, and of an author the first letters."""
    hidden = ("customer", "labels", "attachments", *(() if body.get("kind") == "assigned" else ("assignee",)))
    shown = {key: value for key, value in body.items() if key not in hidden}
    if shown.get("text") is not None:
        shown["text"] = f"({len(shown['text'])} characters)"
    if body.get("attachments"):
        shown["attachments"] = len(body["attachments"])
    if shown.get("author") is not None:
        shown["author"] = shown["author"][:2] + "…"
    return shown


def _key(event: Event, now: datetime) -> str:
    """The same for every repeat. A message is told once; of its changes each by the tool's id, or by what it says."""
    revision = ""
    if event.kind != "message":
        when = event.at.isoformat() if event.at else f"{now.timestamp() // 600:.0f}"
        revision = event.event or f"{when} {event.text} {event.status} {event.assignee} {event.labels}"
    parts = (event.kind, event.conversation or "", event.message or "", revision)
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def _order(delivery: Delivery) -> tuple[datetime, bool, datetime]:
    """When it happened; a message before what is done to it, else as it came."""
    return delivery.at, delivery.body.get("kind") != "message", delivery.received_at


def _with_role(connector: Connector, event: Event) -> Event:
    """Who is an agent the connector knows better than a tool that does not tell; what we wrote ourselves is an echo."""
    if event.author in connector.own:
        return replace(event, echo=True)
    if event.role == "customer" and connector.agent(event.author) is not None:
        return replace(event, role="agent", customer=None)
    return event
