"""The room where those who asked by a shortcut get their answer, posted to an address that came with the question.

The tool has its 200 by then. An answer is worth something for some minutes only: it is tried a few times, kept nowhere,
and lost when the process ends.
"""

import asyncio

import httpx
import structlog

from app.chat_tools import Event
from app.chat_tools.asked import Asked
from app.chat_tools.fields import Json
from app.chat_tools.slack_card import ORIGIN, answered, is_slacks, nothing, stranger, suggestion
from app.connectors import Connector
from app.errors import Refused
from app.inbox import conversation_of
from app.metrics import Metrics
from app.reach import Unmet, hold
from app.store.rows import Store, StoreError
from app.telling import fitted, said
from app.views import Views

MOST = 200  # that wait; who comes then gets no answer
AT_ONCE = 8
HEARING = 10.0  # seconds in which the message that was pointed at is expected in its conversation
LOOK_EVERY = 0.1  # seconds
TRIES = 4
PAUSE = 1.0  # seconds after the first try, doubled after each
LONGEST = 30.0  # seconds of a pause that the tool asks for
log = structlog.get_logger()


class Shortcuts:
    """Answers. `origins` are those that may be answered to."""

    def __init__(self, store: Store, views: Views, over: httpx.AsyncClient, metrics: Metrics) -> None:
        self._store = store
        self._views = views
        self._over = over
        self._metrics = metrics
        self._waiting: asyncio.Queue[tuple[Connector, Asked]] = asyncio.Queue(MOST)
        self.origins: tuple[str, ...] = (ORIGIN,)

    def begin(self, connector: Connector, asked: Asked) -> None:
        """Have it answered soon; what cannot be is counted and dropped."""
        if not is_slacks(asked.answer_to, self.origins):
            self._count(connector, "bad_address")
            return
        try:
            self._waiting.put_nowait((connector, asked))
        except asyncio.QueueFull:
            self._count(connector, "busy")

    async def watch(self) -> None:
        """Answer, some at a time, until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._serve())

    async def _serve(self) -> None:
        while True:
            connector, asked = await self._waiting.get()
            try:
                outcome, message = await self._message(connector, asked)
                outcome = outcome if await _posted(asked, message, self._over) else "unmet"
            except (StoreError, Refused):
                outcome = "failed"
            except Exception:  # one that cannot be answered must not stand in the way of the others
                log.exception("shortcut_not_answered", connector=connector.name)
                outcome = "failed"
            self._count(connector, outcome)

    async def _message(self, connector: Connector, asked: Asked) -> tuple[str, Json]:
        if connector.agent(asked.by) is None:
            return "stranger", stranger(asked.by)
        await self._heard(connector, asked.event)
        conversation = conversation_of(connector, Event("message", asked.conversation))
        glance = await self._views.glance(connector.principal("admin"), conversation)
        return ("shown", suggestion(glance)) if glance else ("empty", nothing())

    async def _heard(self, connector: Connector, event: Event | None) -> None:
        """Wait until the message has been told to its conversation, as far as it will be."""
        if event is None or event.message is None or event.author in connector.own or not said(event.wire()):
            return
        conversation, message = conversation_of(connector, event), fitted(event.message)
        try:
            async with asyncio.timeout(HEARING):
                while not await self._store.message(connector.tenant, conversation, message):  # noqa: ASYNC110 - any worker may tell it
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError:
            log.info("shortcut_before_its_message", connector=connector.name)

    def _count(self, connector: Connector, outcome: str) -> None:
        self._metrics.cards.labels(connector.tool, outcome).inc()


async def _posted(asked: Asked, message: Json, over: httpx.AsyncClient) -> bool:
    """Whether the tool took it, at the last of some tries."""
    for tries in range(TRIES):
        try:
            await hold(answered(asked.answer_to, message), over)
        except Unmet as unmet:
            if not unmet.later or tries + 1 == TRIES:
                log.info("shortcut_not_answered", status=unmet.status)
                return False
            await asyncio.sleep(max(PAUSE * 2**tries, min(unmet.after, LONGEST)))
        else:
            return True
    return False
