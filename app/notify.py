"""Tells alerts to the operator's webhook, signed as Standard Webhooks 1.0 says.

What is to be delivered stands in the table of alerts, so that a restart loses nothing. A worker claims an alert by
counting one more try, which only one can do, and puts the next try behind the time that this one can take at most: if
it dies meanwhile, another one tries again. The id of a delivery stays the same over all tries.
"""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from time import time
from typing import Any

import httpx
import structlog
from standardwebhooks import Webhook

from app.alert_marks import alert_wire
from app.jsontext import dumps
from app.metrics import Metrics
from app.settings import Settings
from app.store.rows import AlertRow, Conflict, Store, StoreError
from app.wire import stamp

LOOK_EVERY = 1.0  # seconds between two looks for what is due
TOGETHER = 8  # deliveries at once
WITHIN = 15.0  # seconds for one try
LEASE = timedelta(seconds=60)  # until a try whose worker has died is made again; longer than one takes
# Seconds before each further try, the example schedule of Standard Webhooks; three days in all.
WAITS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
JITTER = 0.2  # share of a wait that chance adds at most
LONGEST_WAIT = WAITS[-1]  # seconds that a receiver's Retry-After can ask for
GONE = 410  # the receiver wants no more
BUSY = frozenset({429, 502, 503, 504})  # it has too much to do: nothing else is sent to it meanwhile, either
Clock = Callable[[], datetime]
log = structlog.get_logger()


class Gone(Exception):
    """The receiver wants no more deliveries."""


def board_link(public_url: str) -> str:
    """Where supervisors find the board."""
    return f"{public_url.rstrip('/')}/supervisor"


def payload(alert: AlertRow) -> dict[str, Any]:
    """What is delivered about an alert: itself, and a letter's subject and text."""
    about = {"tenant": alert.tenant, "team": alert.team, "conversation": alert.conversation, "turn": alert.turn}
    return {"type": "alert.raised", "timestamp": stamp(alert.at), "data": {**about, **alert_wire(alert), **alert.mail}}


def delivery_id(alert: AlertRow) -> str:
    """The same for every try, without a dot and whatever a team is called."""
    return "alert_" + sha256(dumps([alert.tenant, alert.team, alert.turn]).encode()).hexdigest()[:32]


def wait_after(tries: int, chance: float, asked: float = 0.0) -> timedelta | None:
    """How long to wait after so many tries in vain, or None when that was the last; `chance` is 0..1.

    `asked` seconds of the receiver's Retry-After are waited at least, within reason.
    """
    if tries > len(WAITS):
        return None
    usual = WAITS[tries - 1] * (1 + JITTER * chance)
    return timedelta(seconds=max(usual, min(asked, LONGEST_WAIT)))


class Notifier:
    """Delivers what is due to one webhook."""

    def __init__(
        self, url: str, secret: str, *, store: Store, client: httpx.AsyncClient, metrics: Metrics, clock: Clock
    ) -> None:
        self._url = url
        self._signing = Webhook(secret)
        self._store = store
        self._client = client
        self._metrics = metrics
        self._clock = clock
        self._not_before = clock()

    async def look(self) -> int:
        """Try all that is due, some at once. How many were tried. Raises `Gone`."""
        now = self._clock()
        if now < self._not_before:
            return 0
        due = await self._store.due_alerts(now, TOGETHER)
        async with asyncio.TaskGroup() as going:
            tries = [going.create_task(self._try(alert, now)) for alert in due]
        if any(task.result() == GONE for task in tries):
            raise Gone
        return len(due)

    async def _try(self, alert: AlertRow, now: datetime) -> int:
        """One try, if no other worker makes it; the status that was answered, 0 for none."""
        claimed = replace(alert, tries=alert.tries + 1, due_at=now + LEASE)
        try:
            await self._store.settle_alert(claimed, alert.tries)
        except Conflict:
            return 0
        status, asked = await self._post(alert)
        delivered = httpx.codes.is_success(status)
        wait = None if delivered or status == GONE else wait_after(claimed.tries, random.random(), asked)
        self._count(alert, status, claimed.tries, wait)
        due_at = self._clock() + wait if wait else None
        if status in BUSY and due_at:
            self._not_before = due_at
        await self._store.settle_alert(replace(claimed, due_at=due_at), claimed.tries)
        return status

    async def _post(self, alert: AlertRow) -> tuple[int, float]:
        """The status that was answered, and how many seconds the receiver asks for; 0 where it did not answer."""
        body, now = dumps(payload(alert)), int(time())  # receivers compare with their clock, not with ours
        name = delivery_id(alert)
        headers = {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(now),
            "webhook-signature": self._signing.sign(name, datetime.fromtimestamp(now, UTC), body),
        }
        try:
            async with (
                asyncio.timeout(WITHIN),
                self._client.stream("POST", self._url, content=body.encode(), headers=headers) as answer,
            ):
                return answer.status_code, _seconds(answer.headers.get("retry-after", ""))
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            log.info("webhook_not_reached", reason=type(error).__name__)
            return 0, 0.0

    def _count(self, alert: AlertRow, status: int, tries: int, wait: timedelta | None) -> None:
        if httpx.codes.is_success(status):
            self._metrics.letters.labels("delivered").inc()
            return
        outcome = "failed" if wait else "given_up"
        self._metrics.letters.labels(outcome).inc()
        where = {"tenant": alert.tenant, "team": alert.team, "turn": alert.turn}
        log.warning("alert_not_delivered", **where, status=status, tries=tries, outcome=outcome)


def _seconds(asked: str) -> float:
    """A Retry-After in seconds; one that is a date or nonsense is left to our own schedule."""
    return float(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 0.0


async def watch(settings: Settings, store: Store, metrics: Metrics, clock: Clock) -> None:
    """Deliver what is due again and again, until cancelled; nothing where no webhook is set."""
    if not settings.alert_webhook or not settings.alert_webhook_secret:
        return
    for name in ("httpx", "httpcore"):  # they log addresses, and that of a webhook can be as good as a password
        logging.getLogger(name).setLevel(logging.WARNING)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=WITHIN, follow_redirects=False))
        secret = settings.alert_webhook_secret.get_secret_value()
        notifier = Notifier(
            settings.alert_webhook.get_secret_value(), secret, store=store, client=client, metrics=metrics, clock=clock
        )
        await _deliver(notifier)


async def _deliver(notifier: Notifier) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            while await notifier.look() == TOGETHER:
                pass
        except Gone:
            log.error("webhook_gone", until="the server is started again")  # noqa: TRY400 - no mistake of ours
            return
        except StoreError as error:
            log.warning("deliveries_put_off", error=str(error))
        except Exception:  # one alert must not end the telling of all
            log.exception("deliveries_failed")
