"""One conversation that many watch: deliveries a second, and how long until the last of them have a message."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, Say
from benchmarks.pipe import Pipe, Rate, frames
from benchmarks.servers import Running, session, steadyhand
from benchmarks.timing import percentile

WATCHERS = 200
IN_FLIGHT = 2
SUSTAINED = 4.0  # seconds without pause
PER_SECOND = 5.0  # messages at a moderate rate
MODERATE = 6.0  # seconds at that rate


def measure(say: Say) -> list[Figure]:
    """Without pause, then at a moderate rate."""
    with TemporaryDirectory(prefix="steadyhand-bench-") as folder, steadyhand(Path(folder)) as server:
        rate, delays = asyncio.run(_measured(say, server))
    moderate = f"{WATCHERS} watchers, {PER_SECOND:.0f} messages a second"
    return [
        Figure(f"deliveries a second to {WATCHERS} watchers", rate.per_second, "/s"),
        Figure(f"in to out, {moderate}, p50", percentile(delays, 0.5) * 1e3, "ms"),
        Figure(f"in to out, {moderate}, p99", percentile(delays, 0.99) * 1e3, "ms"),
    ]


async def _measured(say: Say, server: Running) -> tuple[Rate, list[float]]:
    async with AsyncExitStack() as stack:
        say(f"{WATCHERS} sockets open")
        into = await stack.enter_async_context(session(server, "ingest"))
        outs = [await stack.enter_async_context(session(server, "agent")) for _ in range(WATCHERS)]
        pipe = Pipe(into, outs, frames(["watched"]))
        await pipe.open(["watched"])
        await stack.enter_async_context(pipe.reading())
        say("deliveries without pause")
        rate = await pipe.sustained(server, SUSTAINED, IN_FLIGHT)
        say(f"{PER_SECOND:.0f} messages a second")
        return rate, await pipe.at_rate(PER_SECOND, MODERATE, seed=1)
