"""One run of a scenario: against which deployment, how long, and by which seed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.faults.connection import Delays
from tests.faults.crowd import BUILD, Crowd, Size
from tests.faults.deployment import Deployment
from tests.faults.figures import Figure

Say = Callable[[str], None]
T = TypeVar("T")
SEEDS = Path(__file__).with_name("seeds.txt")
# Faults come every few seconds here: each is to be a first one, as it is where they are rare.
AS_A_BROWSER = Delays(healthy=2.0)
QUICK = Delays(healthy=0.5, first=0.2, longest=1.0)


@dataclass(frozen=True, slots=True)
class Run:
    """`long` is the form of `make faults`, the other one that of `make test`."""

    deployment: Deployment
    seed: int
    say: Say
    long: bool = False

    def of(self, short: T, long: T) -> T:
        """The value for the form of this run."""
        return long if self.long else short

    @property
    def delays(self) -> Delays:
        """How long clients wait."""
        return AS_A_BROWSER if self.long else QUICK

    @asynccontextmanager
    async def crowd(self, name: str, size: Size) -> AsyncIterator[Crowd]:
        """People and tools around the deployment, until the block ends."""
        crowd = Crowd(self.deployment, name, self.seed, size, self.delays)
        try:
            self.say(f"{size.agents} agents, {size.senders} senders and {size.conversations} conversations come")
            await crowd.open()
            yield crowd
        except BaseException:
            crowd.history.keep(BUILD)
            raise
        finally:
            await crowd.close()


Measure = Callable[[Run], Awaitable[list[Figure]]]


@asynccontextmanager
async def meanwhile(work: Awaitable[None]) -> AsyncIterator[None]:
    """Something that goes on while the block runs, and is ended with it. What it raises is raised at the end."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        over = task.done()
        task.cancel()
        results = await asyncio.gather(task, return_exceptions=True)
    if over and isinstance(results[0], BaseException):
        raise results[0]


def whole(id_: str, problems: list[str]) -> Figure:
    """The row that says whether the history holds; what does not is in the name, for the terminal."""
    what = "violations in the history"
    if problems:
        what += ": " + "; ".join(problems[:3]) + (f"; {problems[-1]}" if len(problems) > 3 else "")
    return Figure(id_, what, len(problems), "", 0)


def mistakes(id_: str, deployment: Deployment) -> Figure:
    """The row for errors in the server's log: whatever is broken around it, it makes none of its own."""
    found = deployment.mistakes()
    return Figure(id_, f"errors in the server's log{': ' if found else ''}{'; '.join(found[:2])}", len(found), "", 0)


def seeds(scenario: str) -> list[int]:
    """Seeds that a scenario once failed with: lines of a scenario and a number, `#` begins a remark."""
    lines = (line.partition("#")[0].split() for line in SEEDS.read_text().splitlines())
    return [int(words[1]) for words in lines if words and words[0] == scenario]
