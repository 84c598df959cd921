"""Whether a message, a subscription and a start cost the same where 100 and where 100,000 conversations are kept."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from app.conversations import Conversations
from app.store import open_store, schema
from app.views import Views
from app.worn import Worn
from assist.message import Message, Role
from benchmarks.chats import long_chat
from benchmarks.figures import Figure, Say
from benchmarks.inprocess import SENDER, conversations
from benchmarks.inprocess import say as hear
from benchmarks.load import run
from benchmarks.servers import cpu_of
from benchmarks.timing import quiet
from tests.fleet.postgres import Postgres

FEW, MANY = 100, 100_000  # conversations kept
SAID = 2  # messages of each
CHATS = 20  # different ones among them
TURNS = 45  # conversations that hear a message, and as many that are watched, in each round
ROUNDS = 2  # each with rooms that have just been opened: nothing is in memory
STARTS = 5
FLAT = 1.15  # times
AGENT = replace(SENDER, subject="agent", role="agent")
SAYS = Message(
    "", 1, Role.CUSTOMER, "My parcel is still not here, can somebody please look into it?", datetime.now(UTC)
)
Ask = Callable[[str], object]


@dataclass(slots=True)
class Kept:
    """A database with so many conversations, and what each thing costs on it, in CPU microseconds."""

    number: int
    url: str
    beside: int | None = None  # the database's first process, where it is one of its own
    costs: dict[str, list[float]] = field(default_factory=dict)

    def spent(self) -> float:
        """CPU seconds of this process and the database."""
        return process_time() + ((cpu_of(self.beside) or 0.0) if self.beside else 0.0)

    async def cost(self, what: str, work: Awaitable[object]) -> None:
        """Do it, and note what it costs."""
        start = self.spent()
        await work
        self.costs.setdefault(what, []).append((self.spent() - start) * 1e6)


def measure(say: Say) -> list[Figure]:
    """On SQLite, then on PostgreSQL."""
    found: list[Figure] = []
    for name, databases in (("SQLite", _files), ("PostgreSQL", _server)):
        say(f"{name}: {MANY:,} conversations are kept")
        with databases() as (few, many):
            run(_measured(say, name, few, many))
            found += [_figure(name, what, few, many) for what in many.costs]
    return found


@contextmanager
def _files() -> Iterator[tuple[Kept, Kept]]:
    with TemporaryDirectory(prefix="steadyhand-bench-") as folder:
        both = [Kept(number, f"sqlite+aiosqlite:///{Path(folder) / f'{number}.db'}") for number in (FEW, MANY)]
        for kept in both:
            run(_fill(kept, partial(_ask_file, kept.url.partition("///")[2])))
        yield both[0], both[1]


@contextmanager
def _server() -> Iterator[tuple[Kept, Kept]]:
    with Postgres() as server:
        both = [Kept(number, server.fresh(), server.pid) for number in (FEW, MANY)]
        for kept in both:
            run(_fill(kept, partial(server.ask, url=kept.url)))
            server.ask("VACUUM ANALYZE", kept.url)
        yield both[0], both[1]


def _ask_file(path: str, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(statement)


async def _fill(kept: Kept, ask: Ask) -> None:
    """Some chats through the rooms, a month old and over; then copies of their rows."""
    async with conversations(kept.url) as rooms:
        for number in range(CHATS):
            for message in long_chat(number, SAID, SAID):
                await hear(rooms, f"t-{number}", message)
    ask("UPDATE conversations SET updated_at = '2026-01-01 00:00:00', resolved_at = '2026-01-01 00:00:00'")
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {kept.number - 1})"
    for table, key in ((schema.conversations, "id"), (schema.events, "conversation")):
        names = [column.name for column in table.columns]
        values = ["'c-' || i" if name == key else f'k."{name}"' for name in names]
        into = ", ".join(f'"{name}"' for name in names)
        of_them = f"FROM n JOIN {table.name} k ON k.{key} = 't-' || (i % {CHATS})"
        ask(f"INSERT INTO {table.name} ({into}) {numbers} SELECT {', '.join(values)} {of_them}")


async def _measured(say: Say, name: str, few: Kept, many: Kept) -> None:
    for number in range(ROUNDS):
        say(f"{name}: {MANY:,} conversations kept beside {FEW}, round {number + 1} of {ROUNDS}")
        async with AsyncExitStack() as stack:
            both = [(kept, await stack.enter_async_context(conversations(kept.url))) for kept in (many, few)]
            with quiet():
                for turn in range(TURNS):
                    for kept, rooms in both if turn % 2 else both[::-1]:
                        await _turn(kept, rooms, number, turn)
    for number in range(STARTS):
        say(f"{name}: starts, {number + 1} of {STARTS}")
        for kept in (many, few):
            await kept.cost("start: what is live, and the last chats", _start(kept.url))


async def _turn(kept: Kept, rooms: Conversations, number: int, turn: int) -> None:
    """One of each: the conversations stand far apart, and each is touched once a round."""
    apart = kept.number // (2 * TURNS)
    old, watched = f"c-{2 * turn * apart}", f"c-{(2 * turn + 1) * apart}"
    said = [replace(SAYS, id=f"{number}-{turn}-{n}") for n in range(3)]
    await kept.cost("a message in a new conversation", hear(rooms, f"new-{number}-{turn}", said[0]))
    await kept.cost("a message in one that is not in memory", hear(rooms, old, said[1]))
    await kept.cost("a further message in it", hear(rooms, old, said[2]))
    await kept.cost("a subscription to another one", Views(rooms).catch_up(AGENT, watched, None))


async def _start(url: str) -> None:
    """What a server does with its store before it serves."""
    store = await open_store(url)
    try:
        await store.live()
        await Worn().warm(store, datetime.now(UTC))
    finally:
        await store.close()


def _figure(name: str, what: str, few: Kept, many: Kept) -> Figure:
    sides = median(many.costs[what]), median(few.costs[what])
    return Figure(f"{name}: {what}", sides[0], "µs", sides[1], f"with {FEW} kept", FLAT)
