"""What a message costs from the ingest socket to the sidebar that watches, committed, on each deployment.

The floor is a bare server in the same run (`benchmarks.bare`) on the same database: an echo, one `hear()` and an insert
of a row as large as ours. The processor time of both counts, and the time that a message takes when many come: where
all cores are taken, as by the load itself, the second tells of the machine as well.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assist.simulator import transcript_lines
from benchmarks.chats import CHATS, SEED
from benchmarks.figures import Figure, Say
from benchmarks.lean import opened
from benchmarks.load import Load, run, told
from benchmarks.servers import Running, cpu_of, running, steadyhand
from benchmarks.sidebars import begun, watching
from tests.fleet.postgres import Postgres
from tests.fleet.valkey import Valkey

CONVERSATIONS = 200  # each with a sidebar of its own
WAYS_IN = 8  # sockets that bring messages; those of one conversation come through one of them
IN_FLIGHT = 64
ROUNDS = 3
SECONDS = 2.5  # of a round
WARM = 1.0  # seconds before the first
MS = 1e3
SIZE = """
    SELECT avg(length(CAST(body AS TEXT)) + length(CAST(reading AS TEXT)) + length(CAST(outcome AS TEXT)))
    FROM events WHERE kind = 'message'
"""
HEARD = "SELECT count(*) FROM events WHERE kind = 'message'"


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where ours runs and where the floor does; `ask` is for our database."""

    name: str
    aim: float  # times the floor
    options: tuple[str, ...]
    database: str
    bare: str  # the floor's database
    ask: Callable[[str], float]
    beside: tuple[int, ...] = ()  # the first processes of the database and of the backplane


@dataclass(slots=True)
class Side:
    """One of the two servers under load, and what each round gave, in seconds of a message."""

    server: Running
    load: Load
    beside: tuple[int, ...]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    all_cpu: list[float] = field(default_factory=list)  # with the database and the backplane

    async def round(self, seconds: float) -> None:
        """Load it for so long."""
        before = self._spent()
        wall, number = await self.load.sustained(seconds, IN_FLIGHT)
        own, others = (after - start for after, start in zip(self._spent(), before, strict=True))
        self.wall.append(wall / number)
        self.cpu.append(own / number)
        self.all_cpu.append((own + others) / number)

    def _spent(self) -> tuple[float, float]:
        return self.server.cpu() or 0.0, sum(cpu_of(pid) or 0.0 for pid in self.beside)


def measure(say: Say) -> list[Figure]:
    """Each deployment beside its floor, the two in turn."""
    found: list[Figure] = []
    with TemporaryDirectory(prefix="steadyhand-bench-") as name:
        folder = Path(name)
        for deployment in (_sqlite, _postgresql, _fleet):
            with deployment(folder) as place:
                found += run(_measured(say, folder, place))
    return found


@contextmanager
def _sqlite(folder: Path) -> Iterator[Deployment]:
    path = folder / "steadyhand.db"

    def ask(question: str) -> float:
        with sqlite3.connect(path) as connection:
            return float(connection.execute(question).fetchone()[0])

    yield Deployment("SQLite", 3.0, (), f"sqlite+aiosqlite:///{path}", str(folder / "bare.db"), ask)


@contextmanager
def _postgresql(_: Path) -> Iterator[Deployment]:
    with Postgres() as server:
        yield _on(server, "PostgreSQL", ())


@contextmanager
def _fleet(folder: Path) -> Iterator[Deployment]:
    with Postgres() as server, ExitStack() as stack:
        valkey = Valkey(folder).start()
        stack.callback(valkey.stop)
        options = ("--workers", "2", "--backplane", valkey.url)
        yield _on(server, "2 workers, PostgreSQL, Valkey", options, valkey.pid)


def _on(server: Postgres, name: str, options: Sequence[str], *others: int) -> Deployment:
    url = server.fresh()
    beside = (*(pid for pid in (server.pid,) if pid), *others)

    def ask(question: str) -> float:
        return float(server.ask(question, url)[0][0])

    return Deployment(name, 6.0, tuple(options), url, server.fresh(), ask, beside)


async def _measured(say: Say, folder: Path, place: Deployment) -> list[Figure]:
    with ExitStack() as stack:
        say(f"{place.name}: {CONVERSATIONS} sidebars open")
        server = stack.enter_context(steadyhand(folder, "--reader", "linear", *place.options, database=place.database))
        async with _through_us(server) as load:
            ours = Side(server, load, place.beside)
            await ours.load.sustained(WARM, IN_FLIGHT)
            size = str(round(place.ask(SIZE)))
            floor = stack.enter_context(running(folder, "benchmarks.bare", "--database", place.bare, "--size", size))
            async with _through_bare(floor) as echo:
                bare = Side(floor, echo, place.beside)
                await bare.load.sustained(WARM, IN_FLIGHT)
                for number in range(ROUNDS):
                    for name, side in (("steadyhand", ours), ("the floor", bare)):
                        say(f"{place.name}: {name}, round {number + 1} of {ROUNDS}")
                        await side.round(SECONDS)
            kept = place.ask(HEARD)
            if kept != ours.load.sent + CONVERSATIONS:
                raise RuntimeError(f"{ours.load.sent + CONVERSATIONS} messages were sent and {kept:.0f} are kept")
    return _figures(place, ours, bare)


def _figures(place: Deployment, ours: Side, bare: Side) -> list[Figure]:
    beside = "bare server"
    wall, least = median(ours.wall), median(bare.wall)
    found = [
        Figure(f"{place.name}: messages a second, {IN_FLIGHT} in flight", 1 / wall, "/s", 1 / least, beside),
        Figure(f"{place.name}: time of a message then", wall * MS, "ms", least * MS, beside, place.aim),
        _cpu(f"{place.name}: CPU for a message, our processes", ours.cpu, bare.cpu, place.aim),
    ]
    if place.beside:
        what = f"{place.name}: CPU for a message, the database's too"
        found.append(_cpu(what, ours.all_cpu, bare.all_cpu, place.aim))
    return found


def _cpu(what: str, ours: Sequence[float], bare: Sequence[float], aim: float) -> Figure:
    return Figure(what, median(ours) * MS, "ms", median(bare) * MS, "bare server", aim)


@asynccontextmanager
async def _through_us(server: Running) -> AsyncIterator[Load]:
    """Sidebars that watch a conversation each, and the sockets that bring messages."""
    load, names = Load(_frames()), [f"c-{number}" for number in range(CONVERSATIONS)]
    load.into = into = await begun(server.address, names, WAYS_IN)
    sidebars = await watching(server.address, names)
    for socket in sidebars:
        socket.heard = load.arrived
    for socket in into:
        socket.heard = load.answered
    try:
        yield load
    finally:
        for socket in (*into, *sidebars):
            socket.drop()


@asynccontextmanager
async def _through_bare(server: Running) -> AsyncIterator[Load]:
    load = Load(_frames())
    load.into = sockets = [await opened(server.address, "", load.arrived) for _ in range(WAYS_IN)]
    try:
        yield load
    finally:
        for socket in sockets:
            socket.drop()


def _frames() -> Iterator[tuple[str, int, str]]:
    lines = cycle(list(transcript_lines(CHATS, SEED)))
    for number, line in zip(count(), lines, strict=False):
        which = number % CONVERSATIONS
        yield f"m-{number}", which % WAYS_IN, told(f"c-{which}", f"m-{number}", line["role"], line["text"])
