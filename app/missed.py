"""Asks chat tools for the messages that their webhooks did not bring, where a tool sends each of them only once.

What was asked for is taken like any delivery: what is known already has the same key and changes nothing.
"""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog

from app.connectors import Connector, Connectors
from app.inbox import Inbox
from app.metrics import Metrics
from app.reach import Unmet, hold
from app.store.rows import Conflict, Document, Store, StoreError
from app.wire import stamp

KIND = "missed"  # of documents: up to when a connector's tool has been asked
BEGIN = 1.0  # seconds after the start
EVERY = timedelta(minutes=5)
OVERLAP = timedelta(minutes=2)  # clocks differ, and a webhook may be on its way
AT_FIRST = timedelta(minutes=10)  # so far back the first look goes
AT_MOST = timedelta(days=3)  # and so far any other one
TOGETHER = 200  # events that are taken in one transaction
TURN = timedelta(seconds=5)  # less than `EVERY`, so that who has looked may look the next time too
log = structlog.get_logger()


class Missed:
    """Looks for what was missed; one worker at a time for each connector."""

    def __init__(
        self,
        store: Store,
        connectors: Connectors,
        inbox: Inbox,
        over: httpx.AsyncClient,
        *,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._connectors = connectors
        self._inbox = inbox
        self._over = over
        self._clock = clock
        self._metrics = metrics
        self._me = secrets.token_hex(8)

    async def watch(self) -> None:
        """Look at the start and then again and again, until cancelled."""
        await asyncio.sleep(BEGIN)
        while True:
            try:
                for connector in self._connectors.all():
                    await self.look(connector)
            except StoreError as error:
                log.warning("missed_not_looked_for", error=str(error))
            except Exception:  # a mistake in one connector must not end the looking for all
                log.exception("missed_failed")
            await asyncio.sleep(EVERY.total_seconds())

    async def look(self, connector: Connector) -> int:
        """Take what one tool has and we have not been told; how many messages it has named, known ones among them."""
        api, account = connector.of_tool().api, connector.api
        if api.missed is None or account is None:
            return 0
        now = self._clock()
        try:
            await self._store.inbox.take_turn(
                connector.tenant, f"{KIND}:{connector.name}", self._me, now, now + EVERY - TURN
            )
        except Conflict:
            return 0
        kept = await self._store.document(connector.tenant, KIND, connector.name)
        try:
            found = await hold(api.missed(account, self._since(kept, now)), self._over)
        except Unmet as unmet:
            self._metrics.missed.labels(connector.tool, "put_off").inc()
            log.warning("missed_not_looked_for", connector=connector.name, error=str(unmet))
            return 0
        for place in range(0, len(found), TOGETHER):
            await self._inbox.take(connector, found[place : place + TOGETHER])
        revision = kept.revision + 1 if kept else 1
        await self._store.put_document(
            Document(connector.tenant, KIND, connector.name, {"until": stamp(now)}, now, revision)
        )
        self._metrics.missed.labels(connector.tool, "asked").inc()
        return len(found)

    @staticmethod
    def _since(kept: Document | None, now: datetime) -> datetime:
        """From where the last look ended, a little before it."""
        if kept is None:
            return now - AT_FIRST
        return max(datetime.fromisoformat(kept.body["until"]) - OVERLAP, now - AT_MOST)
