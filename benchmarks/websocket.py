"""From a message on the ingest socket to its committed update on the agent's socket, beside a bare echo."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, Say
from benchmarks.pipe import Pipe, Rate, frames
from benchmarks.servers import Running, plain, running, session, steadyhand
from benchmarks.timing import percentile

NAMES = [f"c-{number}" for number in range(50)]
IN_FLIGHT = 64
ROUNDS = 5  # many short ones: what else the machine does spoils some of them, and their median stands
SUSTAINED = 2.0  # seconds of a round without pause
WARM = 1.0  # seconds before the first round
PER_SECOND = 100.0  # messages at a moderate rate
MODERATE = 4.0  # seconds of a round at that rate
MS = 1e3


@dataclass(slots=True)
class Side:
    """What was measured of one of the two servers."""

    server: Running
    pipe: Pipe
    rates: list[Rate]
    delays: list[list[float]]  # of each round

    @property
    def per_second(self) -> float:
        """Messages a second, the median of the rounds."""
        return median(rate.per_second for rate in self.rates)

    @property
    def cpu(self) -> float | None:
        """CPU milliseconds of the server for a message, the median of the rounds; None where nobody tells."""
        spent = [rate.cpu * MS for rate in self.rates if rate.cpu is not None]
        return median(spent) if spent else None


def measure(say: Say) -> list[Figure]:
    """Messages a second without pause, and the delays at a moderate rate, of both servers in turn."""
    with TemporaryDirectory(prefix="steadyhand-bench-") as name:
        folder = Path(name)
        with steadyhand(folder) as server, running(folder, "benchmarks.echo") as floor:
            ours, echo = asyncio.run(_measured(say, server, floor))
        _all_kept(folder / "steadyhand.db", ours.pipe.sent)
    return _figures(ours, echo)


async def _measured(say: Say, server: Running, floor: Running) -> tuple[Side, Side]:
    async with AsyncExitStack() as stack:
        ours = Side(server, await stack.enter_async_context(_through_us(server)), [], [])
        echo = Side(floor, await stack.enter_async_context(_through_echo(floor)), [], [])
        for number in range(ROUNDS):
            for name, side in (("steadyhand", ours), ("the echo", echo)):
                say(f"{name} without pause, round {number + 1} of {ROUNDS}")
                if number == 0:
                    await side.pipe.sustained(side.server, WARM, IN_FLIGHT)
                side.rates.append(await side.pipe.sustained(side.server, SUSTAINED, IN_FLIGHT))
        for number in range(ROUNDS):
            for name, side in (("steadyhand", ours), ("the echo", echo)):
                say(f"{name} at {PER_SECOND:.0f} messages a second, round {number + 1} of {ROUNDS}")
                side.delays.append(await side.pipe.at_rate(PER_SECOND, MODERATE, seed=number))
    return ours, echo


def _figures(ours: Side, echo: Side) -> list[Figure]:
    at = f"at {PER_SECOND:.0f} a second"
    figures = [
        Figure(f"messages a second, {IN_FLIGHT} in flight", ours.per_second, "/s", echo.per_second, "bare echo"),
        *(
            Figure(f"in to out, {at}, {label}", _share(ours, share), "ms", _share(echo, share), "bare echo")
            for label, share in (("p50", 0.5), ("p99", 0.99))
        ),
    ]
    if ours.cpu is not None and echo.cpu is not None:
        figures.append(Figure("the server's CPU for a message", ours.cpu, "ms", echo.cpu, "bare echo"))
    return figures


def _share(side: Side, share: float) -> float:
    return median(percentile(delays, share) for delays in side.delays) * MS


@asynccontextmanager
async def _through_us(server: Running) -> AsyncIterator[Pipe]:
    async with session(server, "ingest") as into, session(server, "agent") as out:
        pipe = Pipe(into, [out], frames(NAMES))
        await pipe.open(NAMES)
        async with pipe.reading():
            yield pipe


@asynccontextmanager
async def _through_echo(server: Running) -> AsyncIterator[Pipe]:
    async with plain(server) as socket:
        pipe = Pipe(socket, [socket], frames(NAMES))
        async with pipe.reading():
            yield pipe


def _all_kept(database: Path, sent: int) -> None:
    """Refuse to give figures for messages that did not reach the disk."""
    with sqlite3.connect(database) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM events WHERE kind = 'message'").fetchone()
    if kept != sent:
        raise RuntimeError(f"{sent} messages were sent and {kept} are in the database")
