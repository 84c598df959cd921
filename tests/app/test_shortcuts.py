"""Shortcuts in Slack, on a server that really runs, answered to a real receiver on this machine."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import shortcuts
from app.chat_tools.slack_card import ORIGIN
from app.connectors import Connector
from tests.app.chat_tools.cards import EVIL
from tests.app.chat_tools.test_slack_card import SAID, shortcut
from tests.app.clients import House, house
from tests.app.test_webhooks import bring, connect, settled, transcript
from tests.conftest import soon

SECRET = "a signing secret of ours"
THIRD = "This is the third time I ask. Where is my refund?"


@dataclass
class Slack:
    """Slack's side of a response_url: what it says to each answer, and what it got."""

    says: list[int] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    origin: str = ""

    @property
    def place(self) -> str:
        """Where an answer is to go."""
        return f"{self.origin}/actions/T1/2/abc"


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A receiver on this machine."""
    there = Slack()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            there.got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(there.says.pop(0) if there.says else 200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()
    yield there
    server.shutdown()
    server.server_close()


@pytest.fixture
async def desk(tmp_path: Path, slack: Slack, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A server whose connector names one agent, and that may answer to the receiver."""
    monkeypatch.setattr(shortcuts, "PAUSE", 0.01)
    async with house(tmp_path) as running:
        running.rooms.shortcuts.origins = (ORIGIN, slack.origin)
        await connect(
            running, Connector("ws", "slack", team="a", secrets=(SECRET,), agents={"UANN": "ann"}, own=("UME",))
        )
        yield running


async def use(desk: House, slack: Slack, **more: Any) -> httpx.Response:
    """Use the shortcut."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    body = shortcut(**{"response_url": slack.place, **more})
    answer = await bring(desk, body, "slack", "ws", secret=SECRET, headers=form)
    assert (answer.status_code, answer.content) == (200, b"")
    return answer


def counted(desk: House, outcome: str) -> float:
    """How often it came to that."""
    return float(desk.rooms.metrics.cards.labels("slack", outcome)._value.get())


def words(message: dict[str, Any]) -> str:
    """All that it says."""
    return json.dumps(message, ensure_ascii=False)


async def hear(desk: House, text: str, ts: str = SAID["ts"]) -> None:
    """Have a message heard by the Events API."""
    event = {**SAID, "text": text, "ts": ts, "channel": "C1"}
    await bring(desk, {"type": "event_callback", "event": event}, "slack", "ws", secret=SECRET)
    await settled(desk, "ws")


async def test_a_shortcut_is_answered_with_a_suggestion(desk: House, slack: Slack) -> None:
    """To the one who asked, with the sidebar's number, word and phrases."""
    await hear(desk, THIRD)
    await use(desk, slack, message={**SAID, "text": THIRD})
    await soon(lambda: len(slack.got) == 1)
    (message,) = slack.got
    assert message["response_type"] == "ephemeral"
    async with desk.client("admin") as client:
        state = (await client.get("/conversations/ws:C1")).json()
    assert message["blocks"][0]["text"]["text"].startswith(f"Tension {round(state['tension'])}: {state['band']}")
    assert "third time" in words(message)
    assert state["advice"]["suggestions"][0]["text"] in [
        one["text"]["text"] for one in message["blocks"] if one["type"] == "section"
    ]
    assert [text for _, text in await transcript(desk, "ws:C1")] == [THIRD]
    await soon(lambda: counted(desk, "shown") == 1)


async def test_a_message_that_was_never_heard_is_heard_first(desk: House, slack: Slack) -> None:
    """And the answer waits for it; when it comes by itself later, it is a repeat."""
    await use(desk, slack, message={**SAID, "text": THIRD})
    await soon(lambda: len(slack.got) == 1)
    assert "third time" in words(slack.got[0])
    assert len(await transcript(desk, "ws:C1")) == 1
    await hear(desk, THIRD)
    assert len(await transcript(desk, "ws:C1")) == 1


async def test_a_stranger_is_told_so_and_makes_us_hear_nothing(desk: House, slack: Slack) -> None:
    """She has no part in it; her id is there, for who can name her."""
    await use(desk, slack, user={"id": "UEVE"})
    await soon(lambda: len(slack.got) == 1)
    assert "not set up for you" in slack.got[0]["text"]
    assert "UEVE" in slack.got[0]["text"]
    assert "blocks" not in slack.got[0]
    assert await desk.rooms.store.inbox.last("default", "ws", 10) == []
    assert counted(desk, "stranger") == 1


async def test_where_nothing_was_said_that_is_told(desk: House, slack: Slack) -> None:
    """An image without words, in a channel that nobody knows."""
    await use(desk, slack, message={**SAID, "text": ""})
    await soon(lambda: len(slack.got) == 1)
    assert "has not heard anything here yet" in slack.got[0]["text"]


async def test_our_own_message_is_not_waited_for(desk: House, slack: Slack) -> None:
    """It is an echo, and heard by nobody."""
    await hear(desk, "Where is my refund?")
    await use(desk, slack, message={**SAID, "user": "UME", "ts": "1596183999.000000", "text": "Our own"})
    await soon(lambda: len(slack.got) == 1)
    assert "Tension" in words(slack.got[0])


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/x", "https://hooks.slack.com.evil.example/x", "", None, 5])
async def test_no_other_address_is_called(desk: House, slack: Slack, place: object) -> None:
    """It is counted and dropped; the message is heard all the same."""
    await use(desk, slack, response_url=place)
    assert counted(desk, "bad_address") == 1
    assert await settled(desk, "ws") == ["heard"]
    assert slack.got == []


async def test_a_busy_slack_is_tried_again_and_a_refusing_one_is_not(desk: House, slack: Slack) -> None:
    """What was used up stays so."""
    await hear(desk, "Where is my refund?")
    slack.says = [500, 429, 503, 200]
    await use(desk, slack)
    await soon(lambda: counted(desk, "shown") == 1)
    assert len(slack.got) == 4
    slack.says = [404]
    await use(desk, slack)
    await soon(lambda: counted(desk, "unmet") == 1)
    assert len(slack.got) == 5


async def test_forged_and_old_shortcuts_are_refused(desk: House, slack: Slack) -> None:
    """And answered to nobody."""
    body = shortcut(response_url=slack.place)
    forged = await bring(desk, body, "slack", "ws", secret="some other key")
    assert forged.status_code == 401
    good = {"x-slack-request-timestamp": "1596183880"}
    assert (await bring(desk, body, "slack", "ws", secret=SECRET, headers=good)).status_code == 401
    large = await bring(desk, shortcut(message={**SAID, "text": "x" * 5_000_000}), "slack", "ws", secret=SECRET)
    assert large.status_code == 413
    assert slack.got == []


async def test_more_than_can_wait_are_dropped(desk: House, slack: Slack) -> None:
    """And counted; the others get their answers."""
    await hear(desk, "Where is my refund?")
    room = desk.rooms.shortcuts
    connector = await desk.rooms.connectors.find("ws")
    asked = connector.of_tool().asked({}, shortcut(response_url=slack.place))
    for _ in range(shortcuts.MOST + 5):
        room.begin(connector, asked)
    assert counted(desk, "busy") == 5
    await soon(lambda: counted(desk, "shown") == shortcuts.MOST)


async def test_an_answer_that_hangs_holds_up_neither_the_door_nor_the_end(tmp_path: Path) -> None:
    """The receiver takes the call and says nothing; the server ends within its usual time."""

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.set()
        await asyncio.sleep(60)
        writer.close()

    reached = asyncio.Event()
    receiver = await asyncio.start_server(silent, "127.0.0.1", 0)
    origin = f"http://127.0.0.1:{receiver.sockets[0].getsockname()[1]}"
    loop = asyncio.get_running_loop()
    async with house(tmp_path) as running:
        running.rooms.shortcuts.origins = (origin,)
        await connect(running, Connector("ws", "slack", team="a", secrets=(SECRET,), agents={"UANN": "ann"}))
        await bring(running, shortcut(response_url=f"{origin}/x"), "slack", "ws", secret=SECRET)
        await reached.wait()
        began = loop.time()
    assert loop.time() - began < shortcuts.HEARING
    receiver.close()


async def test_hostile_text_is_text(desk: House, slack: Slack) -> None:
    """Slack's marks in it are none."""
    await use(desk, slack, message={**SAID, "text": f"This is ridiculous, third time! {EVIL}"})
    await soon(lambda: len(slack.got) == 1)
    assert {one["text"]["type"] for one in slack.got[0]["blocks"] if "text" in one} == {"plain_text"}
    assert "<" not in slack.got[0]["text"]
