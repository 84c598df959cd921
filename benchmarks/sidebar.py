"""The sidebar in a real Chromium: from a frame's arrival to its phrases on the screen, and its longest task."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from websockets.sync.client import ClientConnection

from app.auth import Tokens
from benchmarks.chromium import Page, chromium
from benchmarks.figures import Figure, Say
from benchmarks.servers import KEY, Running, steadyhand
from benchmarks.timing import percentile

SCRIPT = Path(__file__).with_suffix(".js")
LONG = 500  # messages of a transcript
HEARD = (
    20  # one in so many is the customer's: a phrase never comes back in its chat, and all would be gone before the end
)
SAMPLES = 15  # fewer than the changes in a minute that the agent may allow
BUDGET = 'localStorage.setItem("steadyhand.quiet", JSON.stringify({ most: 20 }));'
PAUSE = 0.2  # seconds between two messages
TRACED = ["toplevel", "disabled-by-default-devtools.timeline"]
SIDEBAR = "document.querySelector('steadyhand-sidebar')?.shadowRoot"
PAINTED, TASK = 100.0, 50.0  # ms that are wanted at most
SAID = (
    "This is the third time I write. Where is my parcel?",
    "I was charged twice for one order, and nobody answers.",
    "You are useless. I want to speak to a supervisor.",
    "The kettle you sent is broken and leaks.",
    "I cannot log in, the reset mail never comes.",
)


def measure(say: Say) -> list[Figure]:
    """A new chat and one of `LONG` messages, each beside what the page needs for a word and to parse the frame."""
    with (
        TemporaryDirectory(prefix="steadyhand-bench-") as name,
        steadyhand(Path(name)) as server,
        chromium() as browser,
        _client(server) as client,
    ):
        figures = []
        for number, length in enumerate((1, LONG)):
            say(f"a chat of {length} messages")
            chat = f"s-{number}"
            for at in range(length):
                _tell(client, chat, at, "agent" if (length - 1 - at) % HEARD else "customer")
            figures += _figures(_page(browser, server), client, chat, length)
    return figures


def _figures(page: Page, client: httpx.Client, chat: str, length: int) -> list[Figure]:
    with page.traced(TRACED) as trace:
        page.value(f"document.querySelector('steadyhand-sidebar').conversation = {json.dumps(chat)}")
        page.until(f"{SIDEBAR}?.querySelector('.phrase .words') !== null")
        for at in range(SAMPLES):
            _tell(client, chat, length + at, "customer")
            time.sleep(PAUSE)
    longest = _longest_task(trace)
    painted = page.value("seen.painted")
    if not painted:
        raise RuntimeError("no update brought other phrases")
    words = [page.value(f"drawWord('word {at}')") for at in range(SAMPLES)]
    parsed = median(page.value("parseAgain()") for _ in range(SAMPLES))
    page.close()
    name = f"{length} message{'s' if length > 1 else ''}"
    return [
        Figure(f"frame to painted phrases, {name}, p50", median(painted), "ms", median(words), "a word drawn there"),
        Figure(f"the same, slowest of {len(painted)}", percentile(painted, 0.99), "ms", aim=PAINTED),
        Figure("longest task meanwhile, its CPU time", longest, "ms", aim=TASK),
        Figure("longest task, beside its frame's parse", longest, "ms", parsed, "JSON.parse"),
    ]


def _longest_task(events: list[dict[str, Any]]) -> float:
    """CPU ms of the longest task of the page's own thread: what other processes do meanwhile is not counted."""
    pages = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    tasks = (one for one in events if one["name"] == "RunTask" and (one["pid"], one["tid"]) in pages)
    return max(one.get("tdur", 0) for one in tasks) / 1e3


def _tell(client: httpx.Client, chat: str, at: int, role: str) -> None:
    text = f"I am looking into it, number {at}." if role == "agent" else f"{SAID[at % len(SAID)]} ({at})"
    client.post(f"/conversations/{chat}/messages", json={"role": role, "text": text}).raise_for_status()


def _token(role: str) -> str:
    return Tokens(KEY).sign(role=role, subject="bench", teams=("a",), now=datetime.now(UTC))


def _client(server: Running) -> httpx.Client:
    bearer = {"Authorization": f"Bearer {_token('ingest')}"}
    return httpx.Client(
        base_url=f"http://{server.address}/api/v1", headers=bearer, timeout=30, verify=False
    )  # plain HTTP


def _page(browser: ClientConnection, server: Running) -> Page:
    page = Page(browser, width=360, height=900)
    page.begin_with(BUDGET)
    page.begin_with(SCRIPT.read_text("utf-8"))
    page.go(f"http://{server.address}/sidebar#conversation=none&token={_token('agent')}")
    page.until(f"{SIDEBAR}?.querySelector('.status[data-state=live], .status[data-state=catching-up]') != null")
    return page
