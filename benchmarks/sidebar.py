"""The sidebar in a real Chromium: from a frame's arrival to its phrases on the screen, and its longest task."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from app.auth import Tokens
from benchmarks.figures import Figure, Say
from benchmarks.servers import KEY, Running, steadyhand
from benchmarks.timing import percentile
from tests.install_browser import find

SCRIPT = Path(__file__).with_suffix(".js")
LONG = 500  # messages of a transcript
HEARD = (
    20  # one in so many is the customer's: a phrase never comes back in its chat, and all would be gone before the end
)
SAMPLES = 15  # fewer than the changes in a minute that the agent may allow
BUDGET = 'localStorage.setItem("steadyhand.quiet", JSON.stringify({ most: 20 }));'
PAUSE = 200.0  # ms between two messages
TRACED = ["toplevel", "disabled-by-default-devtools.timeline"]
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
        _browser() as browser,
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
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=TRACED)
    page.evaluate("(id) => { document.querySelector('steadyhand-sidebar').conversation = id; }", chat)
    page.wait_for_selector(".phrase .words")
    for at in range(SAMPLES):
        _tell(client, chat, length + at, "customer")
        page.wait_for_timeout(PAUSE)
    longest = _longest_task(browser.stop_tracing())
    painted = page.evaluate("seen.painted")
    if not painted:
        raise RuntimeError("no update brought other phrases")
    words = [page.evaluate("(text) => drawWord(text)", f"word {at}") for at in range(SAMPLES)]
    parsed = median(page.evaluate("parseAgain()") for _ in range(SAMPLES))
    page.close()
    name = f"{length} message{'s' if length > 1 else ''}"
    return [
        Figure(f"frame to painted phrases, {name}, p50", median(painted), "ms", median(words), "a word drawn there"),
        Figure(f"the same, slowest of {len(painted)}", percentile(painted, 0.99), "ms", aim=PAINTED),
        Figure("longest task meanwhile, its CPU time", longest, "ms", aim=TASK),
        Figure("longest task, beside its frame's parse", longest, "ms", parsed, "JSON.parse"),
    ]


def _longest_task(trace: bytes) -> float:
    """CPU ms of the longest task of the page's own thread: what other processes do meanwhile is not counted."""
    events = json.loads(trace)["traceEvents"]
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


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        yield browser
        browser.close()


def _page(browser: Browser, server: Running) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 900}).new_page()
    page.add_init_script(BUDGET)
    page.add_init_script(path=SCRIPT)
    page.goto(f"http://{server.address}/sidebar#conversation=none&token={_token('agent')}")
    page.wait_for_selector(".status[data-state=live], .status[data-state=catching-up], .empty")
    return page
