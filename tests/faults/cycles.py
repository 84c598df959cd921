"""G14: sockets come and go; nothing of them stays."""

import asyncio
import gc
from itertools import count
from random import Random

import psutil

from tests.faults.connection import Connection, Frame
from tests.faults.figures import Figure
from tests.faults.run import Run

TOGETHER = 20
WARM = 0.1  # the share of the cycles after which memory and files are first looked at


class Passer:
    """Comes, watches one conversation, and goes, politely or not."""

    def __init__(self, run: Run, conversation: str, name: str) -> None:
        self._conversation = conversation
        self.served = asyncio.Event()
        token = run.deployment.server.token("agent", name, hours=24)
        self.connection = Connection(
            lambda: run.deployment.ws, "agent", token, self, chance=Random(f"{run.seed} {name}"), delays=run.delays
        )

    def greeted(self) -> None:
        """Watch."""
        self.connection.send({"type": "subscribe", "conversation": self._conversation})

    def heard(self, frame: Frame) -> None:
        """The snapshot is all that it waits for."""
        if frame["type"] == "snapshot":
            self.served.set()

    def cut_off(self, code: int) -> None:
        """It was cut off before it had its snapshot: it comes again by itself."""


async def measure(run: Run) -> list[Figure]:
    """Memory and open files of the workers before and after."""
    cycles = run.of(200, 10_000)
    conversation = f"cycles-{run.seed}-{run.deployment.port}"
    with run.deployment.server.client("ingest") as tool:
        tool.post(f"/conversations/{conversation}/messages", json={"role": "customer", "text": "Hello?"})
    numbers = count()
    await _pass(run, conversation, numbers, int(cycles * WARM))
    before = await _looked(run)
    await _pass(run, conversation, numbers, cycles)
    after = await _looked(run)
    growth = 100 * (after[1] - before[1]) / before[1]
    return [
        Figure("G14", "connect and disconnect cycles", cycles, "", cycles, least=True),
        Figure("G14", "more open files than at the start", after[0] - before[0], "", 5),
        Figure("G14", "growth of memory", growth, "%", run.of(None, 5.0), timed=True),
    ]


async def _pass(run: Run, conversation: str, numbers: "count[int]", cycles: int) -> None:
    async def one(part: int) -> None:
        for _ in range(part):
            number = next(numbers)
            passer = Passer(run, conversation, f"passer-{number}")
            passer.connection.start()
            await asyncio.wait_for(passer.served.wait(), 60)
            if number % 3 == 0 and passer.connection.wire:
                passer.connection.wire.cut()
            await passer.connection.stop()
            if number % 500 == 0:
                run.say(f"cycle {number} of {cycles}")

    await asyncio.gather(*(one(cycles // TOGETHER) for _ in range(TOGETHER)))


async def _looked(run: Run) -> tuple[int, int]:
    """Open files and resident bytes of all workers, once they have noticed who is gone."""
    await asyncio.sleep(run.of(0.5, 5.0))
    gc.collect()
    workers = [psutil.Process(pid) for pid in run.deployment.pids()]
    return sum(one.num_fds() for one in workers), sum(one.memory_info().rss for one in workers)
