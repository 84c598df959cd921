"""What a server holds and does with 10,000 sidebars that are open and see nothing happen."""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure, Say
from benchmarks.lean import Lean
from benchmarks.load import Lost, run
from benchmarks.servers import Running, steadyhand
from benchmarks.sidebars import begun, watching

SOCKETS = 10_000
SPARE = 500  # other files that either side has open
CONVERSATIONS = 1_000  # that they watch
SETTLED = 2.0  # seconds until all that was opened is as it stays
WATCHED = 27.0  # seconds: each is asked once whether it is there
MEMORY = 800.0  # MiB in all
EACH = 64.0  # KiB
CORE = 25.0  # percent


def measure(say: Say) -> list[Figure]:
    """The default server on SQLite; nothing where the system does not tell what it holds."""
    with (
        TemporaryDirectory(prefix="steadyhand-bench-") as folder,
        _files() as most,
        steadyhand(Path(folder)) as server,
    ):
        return run(_measured(say, server, min(SOCKETS, most - SPARE)))


@contextmanager
def _files() -> Iterator[int]:
    """As many open files as may be, for this process and what it starts."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        yield most
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


async def _measured(say: Say, server: Running, number: int) -> list[Figure]:
    start = server.resident()
    if start is None:
        return []
    sockets: list[Lean] = []
    try:
        say(f"{CONVERSATIONS:,} conversations")
        names = [f"c-{which}" for which in range(CONVERSATIONS)]
        sockets += await begun(server.address, names)
        say(f"{number:,} sockets open")
        began = perf_counter()
        sockets += await watching(server.address, list(islice(cycle(names), number)))
        opening = perf_counter() - began
        say(f"nothing happens on {number:,} sockets")
        await asyncio.sleep(SETTLED)
        before, began = server.cpu() or 0.0, perf_counter()
        await asyncio.sleep(WATCHED)
        spent = ((server.cpu() or 0.0) - before) / (perf_counter() - began)
        held = server.resident() or 0.0
        if lost := sum(socket.closed is not None for socket in sockets):
            raise Lost(f"{lost} of {number} sockets were closed")
    finally:
        for socket in sockets:
            socket.drop()
    return [
        Figure(f"memory with {number:,} sockets on {CONVERSATIONS:,} conversations", held, "MiB", aim=MEMORY),
        Figure("of which before the first came", start, "MiB"),
        Figure("memory for a socket, the conversations' too", (held - start) * 1024 / number, "KiB", aim=EACH),
        Figure("of one core while nothing happens", spent * 100, "%", aim=CORE),
        Figure("sockets a second that open, say hello and get their snapshot", number / opening, "/s"),
    ]
