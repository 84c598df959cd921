"""The board with 10,000 live conversations, 500 changes a second and 50 supervisors, on a worker; then in Chromium."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, time
from typing import Any

import httpx

from app.auth import Tokens
from app.jsontext import dumps
from benchmarks import board_page
from benchmarks.figures import Figure, Say
from benchmarks.floor import TEAM
from benchmarks.lean import Lean, opened
from benchmarks.load import run
from benchmarks.servers import KEY, Running, running
from benchmarks.timing import percentile

CHATS = 10_000
PER_SECOND = 500  # changes
SUPERVISORS = 50
SECONDS = 10.0  # of a round
SETTLED = 2.0  # seconds until the supervisors have their boards, before what is measured begins
EACH = 10  # one in so many is looked at closely; of the others only bytes are counted
TRIES = 5  # snapshots for one supervisor
MINUTES = 0.5  # in Chromium
MS, MB = 1e3, 1e-6
SECOND, STOP = 1_000.0, 50.0  # ms that are wanted at most
UPDATED = re.compile(rb'"updated_at":"([^"]+)"')


def measure(say: Say, minutes: float = MINUTES) -> list[Figure]:
    """On sockets, then on a screen for so many minutes."""
    with (
        TemporaryDirectory(prefix="steadyhand-bench-") as folder,
        running(Path(folder), "benchmarks.floor", "--chats", str(CHATS)) as server,
    ):
        return [*run(_measured(say, server)), *board_page.measure(say, server, PER_SECOND, minutes)]


@dataclass
class Watcher:
    """One supervisor's socket, and what came on it."""

    socket: Lean | None = None
    size: int = 0  # bytes of what changed
    frames: list[tuple[float, bytes]] = field(default_factory=list)  # when, and what, where it is looked at closely
    closely: bool = False
    whole: asyncio.Event = field(default_factory=asyncio.Event)
    board: bytes = b""

    def heard(self, text: bytes) -> None:
        """A frame."""
        if text.startswith(b'{"type":"board"'):
            self.board = text
            self.whole.set()
        elif text.startswith(b'{"type":"tiles"'):
            self.size += len(text)
            if self.closely:
                self.frames.append((time(), text))

    def delays(self) -> list[float]:
        """Seconds from each change to its frame."""
        return [
            came - datetime.fromisoformat(at.decode()).timestamp()
            for came, text in self.frames
            for at in UPDATED.findall(text)
        ]


async def _come(server: Running, number: int, *, alike: bool) -> Watcher:
    """A supervisor who has the board; with `alike` all have the same teams, else everyone has one more of her own."""
    teams = (TEAM,) if alike else (TEAM, f"own-{number}")
    token = Tokens(KEY).sign(role="supervisor", subject=f"s-{number}", teams=teams, now=datetime.now(UTC))
    watcher = Watcher(closely=number % EACH == 0)
    watcher.socket = await opened(
        server.address, "supervisor", watcher.heard, hello=dumps({"type": "hello", "token": token})
    )
    await watcher.whole.wait()
    return watcher


def _leave(watchers: Sequence[Watcher]) -> None:
    for watcher in watchers:
        if watcher.socket:
            watcher.socket.drop()


async def _measured(say: Say, server: Running) -> list[Figure]:
    async with httpx.AsyncClient(base_url=f"http://{server.address}", timeout=60, verify=False) as client:  # plain HTTP
        figures = await _snapshots(say, client, server)
        say(f"{PER_SECOND} changes a second, nobody watches")
        alone, _ = await _round(client, server)
        for alike in (True, False):
            whose = "the same teams" if alike else "no two with the same teams"
            say(f"{SUPERVISORS} supervisors, {whose}: {PER_SECOND} changes a second")
            figures += await _watched(client, server, alone, alike=alike, whose=whose)
    return figures


async def _snapshots(say: Say, client: httpx.AsyncClient, server: Running) -> list[Figure]:
    """One supervisor who comes alone, then all at once."""
    say(f"the board of {CHATS:,} conversations")
    took, parsed = [], []
    for number in range(TRIES):
        began = perf_counter()
        watcher = await _come(server, number, alike=True)
        came = perf_counter()
        tiles = json.loads(watcher.board)["tiles"]
        took.append(perf_counter() - began)
        parsed.append(perf_counter() - came)
        assert len(tiles) == CHATS
        _leave([watcher])
    say(f"the same for {SUPERVISORS} at once")
    await client.post("/bench?per_second=0")
    began = perf_counter()
    watchers = await asyncio.gather(*(_come(server, number, alike=True) for number in range(SUPERVISORS)))
    all_have_it = perf_counter() - began
    longest = (await client.get("/bench")).json()["longest"]
    _leave(watchers)
    size = len(watchers[0].board)
    return [
        Figure(f"board of {CHATS:,}, from hello to parsed", median(took) * MS, "ms", aim=SECOND),
        Figure("the same, beside its parse", median(took) * MS, "ms", median(parsed) * MS, "json.loads"),
        Figure("its size", size * MB, "MB"),
        Figure(f"until the last of {SUPERVISORS} who come at once has it", all_have_it * MS, "ms"),
        Figure("longest stretch of the event loop meanwhile, CPU time", longest * MS, "ms", aim=STOP),
    ]


async def _round(client: httpx.AsyncClient, server: Running) -> tuple[float, dict[str, Any]]:
    """The share of one core, and what the server measured."""
    await client.post(f"/bench?per_second={PER_SECOND}")
    before, began = server.cpu() or 0.0, perf_counter()
    await asyncio.sleep(SECONDS)
    told = (await client.get("/bench")).json()
    share = ((server.cpu() or 0.0) - before) / (perf_counter() - began)
    await client.post("/bench?per_second=0")
    return share, {**told, "seconds": perf_counter() - began}


async def _watched(
    client: httpx.AsyncClient, server: Running, alone: float, *, alike: bool, whose: str
) -> list[Figure]:
    watchers = [await _come(server, number, alike=alike) for number in range(SUPERVISORS)]
    await asyncio.sleep(SETTLED)
    for watcher in watchers:
        watcher.size = 0
        watcher.frames.clear()
    share, told = await _round(client, server)
    await asyncio.sleep(SETTLED)
    _leave(watchers)
    delays = [delay for watcher in watchers for delay in watcher.delays()]
    each = median(watcher.size for watcher in watchers) / told["seconds"]
    tiles = told["characters"] / told["seconds"]
    resident = server.resident()
    return [
        Figure(f"change to received, {SUPERVISORS} supervisors, {whose}, p50", median(delays) * MS, "ms"),
        Figure("the same, p99", percentile(delays, 0.99) * MS, "ms", aim=SECOND),
        Figure(
            "to one supervisor a second, beside the tiles that changed",
            each / 1e3,
            "kB",
            tiles / 1e3,
            "their bytes",
            aim=1.05,
        ),
        Figure("the worker's core meanwhile, beside no supervisors", share * 100, "%", alone * 100, "changes alone"),
        Figure("longest stretch of the event loop, CPU time", told["longest"] * MS, "ms", aim=STOP),
        *([Figure("the worker's memory", resident, "MiB")] if resident else []),
    ]
