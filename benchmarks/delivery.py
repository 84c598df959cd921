"""From a message to the suggestion in the sidebar, on a server with as many chats as a team has."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assist.simulator import transcript_lines
from benchmarks.chats import CHATS, SEED
from benchmarks.figures import Figure, Say
from benchmarks.lean import Lean
from benchmarks.load import Load, run, told
from benchmarks.posts import Posts
from benchmarks.servers import Running, steadyhand
from benchmarks.sidebars import begun, watching
from benchmarks.timing import percentile

CONVERSATIONS = 500
WATCHING = 2  # sockets of each
PER_SECOND = 100.0  # messages, at random times
SECONDS = 4.0  # of a round
ROUNDS = 3
WARM = 2.0  # seconds before the first
IN_FLIGHT = 64
SUSTAINED = 4.0  # seconds without pause
P50, P99 = 50.0, 250.0  # ms
MS = 1e3


def measure(say: Say) -> list[Figure]:
    """Through the socket and through REST, the default server on SQLite."""
    with TemporaryDirectory(prefix="steadyhand-bench-") as folder, steadyhand(Path(folder)) as server:
        return run(_measured(say, server))


async def _measured(say: Say, server: Running) -> list[Figure]:
    say(f"{CONVERSATIONS * WATCHING:,} sockets open")
    figures: list[Figure] = []
    async with _watched(server) as (load, into, posts):
        for door, way in (("ingest socket", into), ("REST", posts)):
            load.into = [way]
            await load.at_rate(PER_SECOND, WARM, seed=ROUNDS)
            delays: list[list[float]] = []
            before, sent = server.cpu() or 0.0, load.sent
            for number in range(ROUNDS):
                say(f"{PER_SECOND:.0f} messages a second by {door}, round {number + 1} of {ROUNDS}")
                delays.append(await load.at_rate(PER_SECOND, SECONDS, seed=number))
            spent = ((server.cpu() or 0.0) - before) / (load.sent - sent)
            for share, aim in ((0.5, P50), (0.99, P99)):
                shown = median(percentile(of_round, share) for of_round in delays) * MS
                figures.append(Figure(f"{door} to sidebar, p{100 * share:.0f}", shown, "ms", aim=aim))
            figures.append(Figure(f"{door}: CPU for a message with the encoder", spent * MS, "ms"))
        say(f"without pause, {IN_FLIGHT} in flight")
        load.into = [into]
        seconds, copies = await load.sustained(SUSTAINED, IN_FLIGHT)
    what = f"messages a second by ingest socket, {IN_FLIGHT} in flight"
    return [*figures, Figure(what, copies / WATCHING / seconds, "/s")]


@asynccontextmanager
async def _watched(server: Running) -> AsyncIterator[tuple[Load, Lean, Posts]]:
    """All the conversations with their sockets, and the two ways in."""
    load, names = Load(_frames(), WATCHING), [f"c-{number}" for number in range(CONVERSATIONS)]
    posts = Posts(load)
    [into] = await begun(server.address, names)
    sidebars = await watching(server.address, names * WATCHING)
    for socket in sidebars:
        socket.heard = load.arrived
    into.heard = load.answered
    await posts.open(server.address)
    try:
        yield load, into, posts
    finally:
        posts.drop()
        for socket in (into, *sidebars):
            socket.drop()


def _frames() -> Iterator[tuple[str, int, str]]:
    lines = cycle(list(transcript_lines(CHATS, SEED)))
    for number, line in zip(count(), lines, strict=False):
        name = f"c-{number * 7 % CONVERSATIONS}"
        yield f"m-{number}", 0, told(name, f"m-{number}", line["role"], line["text"])
