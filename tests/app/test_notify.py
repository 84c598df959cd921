"""The outgoing webhook, to a real receiver that verifies with the library's own code, fails, is away or is slow."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic

import httpx
import pytest
from standardwebhooks import Webhook

from app import notify
from app.metrics import Metrics
from app.notify import LEASE, LONGEST_WAIT, TOGETHER, WAITS, Gone, Notifier, board_link, delivery_id, wait_after
from app.store import open_store
from app.store.rows import Store
from tests.app.clients import Clock, house
from tests.app.store.test_alerts_contract import alert, raised
from tests.app.test_alerts import HEATED, PLAIN, say
from tests.conftest import soon

SECRET = "whsec_" + "a2V5" * 10


@dataclass
class Receiver:
    """What the other side does with each delivery, and what it got; one without a word of `says` is taken."""

    says: list[int | float | tuple[int, dict[str, str]]] = field(default_factory=list)  # a float: seconds of silence
    got: list[dict] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    url: str = ""

    def take(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        """Verify it and answer."""
        said = self.says.pop(0) if self.says else 204
        if isinstance(said, float):
            threading.Event().wait(said)
            said = 204
        self.got.append(Webhook(SECRET).verify(body, headers))
        self.ids.append(headers["webhook-id"])
        return said if isinstance(said, tuple) else (said, {})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine."""
    there = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, headers = there.take(dict(self.headers), body)
            self.send_response(status)
            for name, value in {"content-length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_port}/in"
    threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()
    yield there
    server.shutdown()
    server.server_close()


@dataclass
class Desk:
    """A store with alerts, and one who delivers them."""

    store: Store
    notifier: Notifier
    clock: Clock
    metrics: Metrics

    async def raise_due(self, *turns: int) -> None:
        """Alerts that are due now."""
        await raised(self.store, *(alert(turn, due_at=self.clock.now) for turn in turns))

    def counted(self, outcome: str) -> float:
        """How often it ended so."""
        return self.metrics.registry.get_sample_value("steadyhand_alert_deliveries_total", {"outcome": outcome}) or 0

    async def due(self, after: float) -> int:
        """How many are due in so many seconds."""
        return len(await self.store.due_alerts(self.clock.now + timedelta(seconds=after), 99))


@asynccontextmanager
async def delivering(folder: Path, url: str) -> AsyncIterator[Desk]:
    """An empty desk whose webhook is there."""
    clock, metrics = Clock(), Metrics()
    store = await open_store(f"sqlite+aiosqlite:///{folder}/alerts.db")
    async with httpx.AsyncClient(timeout=notify.WITHIN, follow_redirects=False) as client:
        notifier = Notifier(url, SECRET, store=store, client=client, metrics=metrics, clock=clock)
        yield Desk(store, notifier, clock, metrics)
    await store.close()


@pytest.fixture
async def desk(tmp_path: Path, receiver: Receiver) -> AsyncIterator[Desk]:
    """An empty desk with the receiver for its webhook."""
    async with delivering(tmp_path, receiver.url) as there:
        yield there


async def test_an_alert_is_delivered_once_signed_and_as_a_letter(desk: Desk, receiver: Receiver):
    """All that the receiver needs, and nothing due after it."""
    await desk.raise_due(1)
    assert await desk.notifier.look() == 1
    [body] = receiver.got
    assert (body["type"], body["timestamp"]) == ("alert.raised", "2026-03-01T12:01:00.123Z")
    data = body["data"]
    assert (data["team"], data["conversation"], data["kind"]) == ("parcels", "default-parcels-1", "risk")
    assert (data["subject"], data["text"]) == ("Zoë Müller: risk", "who\nand why\n")
    assert await desk.notifier.look() == 0
    assert await desk.due(10 * LONGEST_WAIT) == 0
    assert desk.counted("delivered") == 1


async def test_one_that_fails_is_tried_again_later_under_the_same_id(desk: Desk, receiver: Receiver):
    """After five seconds, five minutes and so on; each try is signed anew."""
    receiver.says = [500, 404, 503]
    await desk.raise_due(1)
    for wait in WAITS[:3]:
        await desk.notifier.look()
        assert await desk.due(wait - 1) == 0
        desk.clock.forward(wait * 1.3)
    await desk.notifier.look()
    assert len(receiver.got) == 4
    assert len(set(receiver.ids)) == 1
    assert (desk.counted("failed"), desk.counted("delivered")) == (3, 1)
    assert await desk.due(10 * LONGEST_WAIT) == 0


async def test_a_receiver_that_is_away_is_no_fault(tmp_path: Path):
    """The address does not answer: tried again."""
    async with delivering(tmp_path, "http://127.0.0.1:9/in") as desk:
        await desk.raise_due(1)
        await desk.notifier.look()
        assert (await desk.due(1), await desk.due(10)) == (0, 1)
        assert desk.counted("failed") == 1


async def test_a_receiver_that_is_slow_is_left(desk: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    """Its time is up, whatever it does later; the others have not waited for it."""
    monkeypatch.setattr(notify, "WITHIN", 0.2)
    receiver.says = [3.0]
    await desk.raise_due(1)
    began = monotonic()
    await desk.notifier.look()
    assert monotonic() - began < 2.5
    assert desk.counted("failed") == 1


async def test_a_redirect_is_not_followed(desk: Desk, receiver: Receiver):
    """It would carry what we know to whom nobody has named."""
    receiver.says = [(302, {"location": receiver.url})]
    await desk.raise_due(1)
    await desk.notifier.look()
    assert len(receiver.got) == 1
    assert desk.counted("failed") == 1


async def test_who_wants_no_more_gets_no_more(desk: Desk, receiver: Receiver):
    """410: this one is over, and so is the sending."""
    receiver.says = [410]
    await desk.raise_due(1)
    with pytest.raises(Gone):
        await desk.notifier.look()
    assert await desk.due(10 * LONGEST_WAIT) == 0
    assert desk.counted("given_up") == 1


async def test_who_has_too_much_to_do_is_left_alone_for_as_long_as_asked(desk: Desk, receiver: Receiver):
    """Other alerts wait as well."""
    receiver.says = [(429, {"retry-after": "120"})]
    await desk.raise_due(1)
    await desk.notifier.look()
    await desk.raise_due(2)
    desk.clock.forward(100)
    assert await desk.notifier.look() == 0
    desk.clock.forward(21)
    assert await desk.notifier.look() == 2
    assert len(receiver.got) == 3


async def test_of_several_workers_one_delivers(desk: Desk, receiver: Receiver):
    """The same alerts, looked for at once."""
    await desk.raise_due(*range(1, TOGETHER + 1))
    await asyncio.gather(*(desk.notifier.look() for _ in range(4)))
    assert len(receiver.got) == TOGETHER
    assert len(set(receiver.ids)) == TOGETHER
    assert desk.counted("failed") == 0


async def test_what_a_worker_did_not_live_to_deliver_comes_due_again(desk: Desk, receiver: Receiver):
    """Its try is counted, and the next one waits until it cannot be under way any more."""
    receiver.says = [5.0]
    await desk.raise_due(1)
    dying = asyncio.create_task(desk.notifier.look())
    claimed = False
    while not claimed:
        await asyncio.sleep(0.01)
        claimed = await desk.due(0) == 0
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert (await desk.due(LEASE.total_seconds() - 1), await desk.due(LEASE.total_seconds())) == (0, 1)


def test_the_waits_are_those_of_the_standard_and_have_an_end():
    """Five seconds to a day, a fifth more by chance at most; nobody can ask for more than a day."""
    assert [wait_after(tries, 0).total_seconds() for tries in range(1, 10)] == list(WAITS)
    assert wait_after(10, 0) is None
    assert wait_after(1, 1).total_seconds() == 6
    assert wait_after(1, 0, asked=90).total_seconds() == 90
    assert wait_after(1, 0, asked=10**9).total_seconds() == LONGEST_WAIT


def test_the_id_is_a_plain_word_whatever_a_team_is_called():
    """Headers hold no other, and a dot would end it in what is signed."""
    names = {delivery_id(alert(team=team)) for team in ("a", "a.b", "süd\u2028", "x" * 200)}
    assert len(names) == 4
    assert all(name.isascii() and name.replace("_", "").isalnum() for name in names)
    assert delivery_id(alert(1)) != delivery_id(alert(2))


def test_the_link_is_to_the_board():
    """With or without a slash at the end of what the operator gave."""
    assert board_link("https://assist.example.org/") == "https://assist.example.org/supervisor"


async def test_a_whole_server_tells_its_alerts(tmp_path: Path, receiver: Receiver):
    """From a customer's message to the receiver, with a link that can be followed."""
    told = {"alert_webhook": receiver.url, "alert_webhook_secret": SECRET, "public_url": "https://assist.example.org"}
    async with house(tmp_path, **told) as running:
        await say(running, "c-1", PLAIN, HEATED)
        await soon(lambda: bool(receiver.got))
    [body] = receiver.got
    assert body["data"]["text"].endswith("Conversation c-1: https://assist.example.org/supervisor\n")
    assert body["data"]["score"] >= body["data"]["threshold"]
    assert "lied to me" not in json.dumps(body) or body["data"]["text"].count("In their words") <= 3
