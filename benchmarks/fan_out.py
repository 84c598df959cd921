"""One conversation that many watch: deliveries a second on one core, and how long until each watcher has a message."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assist.simulator import transcript_lines
from benchmarks.chats import CHATS, SEED
from benchmarks.figures import Figure, Say
from benchmarks.load import Load, run, told
from benchmarks.servers import Running, pinned, steadyhand
from benchmarks.sidebars import begun, watching
from benchmarks.timing import percentile

WATCHERS = 200
PER_SECOND = 100.0  # messages, at random times: 20,000 deliveries a second
SECONDS = 4.0  # of a round at that rate
ROUNDS = 3
IN_FLIGHT = 2
SUSTAINED = 3.0  # seconds without pause
WARM = 1.0
P99 = 200.0  # ms
MS = 1e3


def measure(say: Say) -> list[Figure]:
    """Without pause, then at a rate. The server has one core, and the watchers another one where there is one."""
    with (
        TemporaryDirectory(prefix="steadyhand-bench-") as folder,
        _cores() as core,
        steadyhand(Path(folder), "--reader", "linear") as server,
    ):
        if core is not None:
            pinned(server.process.pid, core)
        return run(_measured(say, server))


@contextmanager
def _cores() -> Iterator[int | None]:
    """The core for the server, while this process keeps off it; None where there is only one, or nobody to ask."""
    ours = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(ours) < 2:
        yield None
        return
    os.sched_setaffinity(0, ours[1:])
    try:
        yield ours[0]
    finally:
        os.sched_setaffinity(0, ours)


async def _measured(say: Say, server: Running) -> list[Figure]:
    say(f"{WATCHERS} sockets open")
    delays: list[list[float]] = []
    async with _watched(server) as load:
        say("deliveries without pause")
        await load.sustained(WARM, IN_FLIGHT)
        wall, number = await load.sustained(SUSTAINED, IN_FLIGHT)
        before, sent = server.cpu() or 0.0, load.sent
        for number_of_round in range(ROUNDS):
            say(f"{PER_SECOND * WATCHERS:,.0f} deliveries a second, round {number_of_round + 1} of {ROUNDS}")
            delays.append(await load.at_rate(PER_SECOND, SECONDS, seed=number_of_round))
        spent = (server.cpu() or 0.0) - before
    came, meant = sum(map(len, delays)), (load.sent - sent) * WATCHERS
    at_rate = f"{PER_SECOND * WATCHERS:,.0f} deliveries a second"
    return [
        Figure(f"deliveries a second to {WATCHERS} watchers, without pause", number / wall, "/s"),
        Figure(f"in to out, {at_rate}, p50", _share(delays, 0.5), "ms"),
        Figure(f"in to out, {at_rate}, p99", _share(delays, 0.99), "ms", aim=P99),
        Figure(f"deliveries of {meant:,} that did not come", meant - came, "", aim=0),
        Figure("the server's CPU for a delivery then, its share of the message too", spent / came * 1e6, "µs"),
    ]


def _share(rounds: list[list[float]], share: float) -> float:
    """Milliseconds of the median round: what else the machine does spoils some of them."""
    return median(percentile(delays, share) for delays in rounds) * MS


@asynccontextmanager
async def _watched(server: Running) -> AsyncIterator[Load]:
    """One conversation with all its watchers."""
    load = Load(_frames(), WATCHERS)
    load.into = [into] = await begun(server.address, ["watched"])
    sidebars = await watching(server.address, ["watched"] * WATCHERS)
    for socket in sidebars:
        socket.heard = load.arrived
    into.heard = load.answered
    try:
        yield load
    finally:
        for socket in (into, *sidebars):
            socket.drop()


def _frames() -> Iterator[tuple[str, int, str]]:
    lines = cycle(list(transcript_lines(CHATS, SEED)))
    for number, line in zip(count(), lines, strict=False):
        yield f"m-{number}", 0, told("watched", f"m-{number}", line["role"], line["text"])
