"""The board in a real Chromium: until it is on the screen, until a change is, how it scrolls and what it holds."""

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

import httpx
from websockets.sync.client import ClientConnection

from app.auth import Tokens
from benchmarks.chromium import Page, chromium
from benchmarks.figures import Figure, Say
from benchmarks.floor import TEAM
from benchmarks.servers import KEY, Running
from benchmarks.timing import percentile

SCRIPT = Path(__file__).with_name("board.js")
TRIES = 3  # pages that are opened one after the other
WARM = 5.0  # seconds until the page is as it stays
LOOKS = 10  # at the heap, over the whole time
SCROLLED = 5_000  # ms
WIDE, HIGH = 1440, 900  # px
SECOND, FRAME = 1_000.0, 20.0  # ms that are wanted at most; 20 are 50 frames a second
GROWN = 1.1  # what the heap may have become of itself
MB = 1e-6


def measure(say: Say, server: Running, per_second: int, minutes: float) -> list[Figure]:
    """A page that is opened, then one that is left open for so many minutes while tiles change."""
    with chromium() as browser, httpx.Client(base_url=f"http://{server.address}", verify=False) as client:  # plain HTTP
        say("Chromium opens the board")
        client.post("/bench?per_second=0")
        shown = [_opened(browser, server) for _ in range(TRIES)]
        for _, page in shown[1:]:
            page.close()
        page = shown[0][1]
        client.post(f"/bench?per_second={per_second}")
        time.sleep(WARM)
        page.value("Object.assign(seen, { delays: [], lost: 0 })")
        heaps = _watched(say, page, minutes)
        say("the board scrolls in Chromium")
        frames = page.value(f"scrollFor({SCROLLED})")
        client.post("/bench?per_second=0")
        if not frames:
            raise RuntimeError("nothing on the supervisor's page can be scrolled")
        delays, lost = page.value("seen.delays"), page.value("seen.lost")
    return [
        Figure(
            "Chromium: from the address to tiles on the screen", median(took for took, _ in shown), "ms", aim=SECOND
        ),
        Figure(f"change to screen, {len(delays)} changes of tiles that are drawn, p50", median(delays), "ms"),
        Figure("the same, p99", percentile(delays, 0.99), "ms", aim=SECOND),
        Figure("of these not to be seen in 5 s", lost, "", aim=0),
        Figure("a frame while the board is scrolled, mean", mean(frames), "ms", aim=FRAME),
        Figure("the same, p99", percentile(frames, 0.99), "ms"),
        Figure(f"JS heap after {minutes:g} min, beside the start", heaps[-1], "MB", heaps[0], "after 5 s", aim=GROWN),
        Figure("the same, its highest", max(heaps), "MB"),
    ]


def _opened(browser: ClientConnection, server: Running) -> tuple[float, Page]:
    """A page with the board, and the ms until it had it."""
    token = Tokens(KEY).sign(role="supervisor", subject="screen", teams=(TEAM,), now=datetime.now(UTC))
    page = Page(browser, width=WIDE, height=HIGH)
    page.begin_with(SCRIPT.read_text("utf-8"))
    page.go(f"http://{server.address}/supervisor#token={token}")
    page.until("window.seen?.first > 0")
    return page.value("seen.first"), page


def _watched(say: Say, page: Page, minutes: float) -> list[float]:
    """MB of the heap, without what nobody needs any more, at the start and then `LOOKS` times."""
    heaps = [_heap(page)]
    for look in range(LOOKS):
        say(f"changes on the screen, {minutes * look / LOOKS:.1f} of {minutes:g} min")
        time.sleep(minutes * 60 / LOOKS)
        heaps.append(_heap(page))
    return heaps


def _heap(page: Page) -> float:
    page.call("HeapProfiler.collectGarbage")
    return float(page.call("Runtime.getHeapUsage")["usedSize"]) * MB
