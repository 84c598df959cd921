"""R25: a browser that sends far more than anybody can type is closed at once, and nobody else notices."""

import asyncio
from random import Random

from app.protocol import TOO_MANY
from tests.faults.connection import Connection, Frame
from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure, percentile
from tests.faults.run import Run, meanwhile, whole
from tests.faults.slow import delays

PER_SECOND = 1_000
BATCH = 10  # frames at a time
WITHIN = 1.0  # seconds
QUIET, FLOODED = 3.0, 6.0  # seconds of load without and with floods


class Flooder:
    """Comes, sends without pause, and comes again when it is closed."""

    def __init__(self, run: Run) -> None:
        token = run.deployment.server.token("agent", "flooder", hours=24)
        self.lasted: list[float] = []  # seconds from the first frame to the end
        self.codes: list[int] = []
        self._began = 0.0
        self.connection = Connection(
            lambda: run.deployment.ws, "agent", token, self, chance=Random(run.seed), delays=run.delays
        )

    def greeted(self) -> None:
        """Begin."""
        self._began = asyncio.get_running_loop().time()

    def heard(self, frame: Frame) -> None:
        """Answers do not matter."""

    def cut_off(self, code: int) -> None:
        """It was ended."""
        self.lasted.append(asyncio.get_running_loop().time() - self._began)
        self.codes.append(code)

    async def flood(self) -> None:
        """A thousand frames a second for ever."""
        self.connection.start()
        try:
            while True:
                for _ in range(BATCH):
                    self.connection.send({"type": "ping"})
                await asyncio.sleep(BATCH / PER_SECOND)
        finally:
            await self.connection.stop()


async def measure(run: Run) -> list[Figure]:
    """The same load without a flood, and with one."""
    async with run.crowd("flood", run.of(Size(), Size(conversations=20, agents=100, senders=4))) as crowd:
        flooder = Flooder(run)
        async with meanwhile(crowd.load(1_000_000, pace=0.05)):
            quiet = await _p99(crowd, run.of(QUIET / 2, 5 * QUIET))
            run.say(f"{PER_SECOND} frames a second of one client")
            async with meanwhile(flooder.flood()):
                flooded = await _p99(crowd, run.of(FLOODED / 2, 5 * FLOODED))
        problems = await crowd.judged()
    by_us = [lasted for lasted, code in zip(flooder.lasted, flooder.codes, strict=True) if code == TOO_MANY]
    return [
        whole("R25", problems),
        Figure("R25", "times that the flooding client was closed for it", len(by_us), "", 1, least=True),
        Figure("R25", "until it was closed, longest", max(by_us, default=float("inf")), "s", WITHIN, timed=True),
        Figure("R25", "others' p99 from call to sidebar, without the flood", quiet * 1e3, "ms"),
        Figure("R25", "others' p99 from call to sidebar, with it", flooded * 1e3, "ms"),
    ]


async def _p99(crowd: Crowd, seconds: float) -> float:
    begun = crowd.history.now
    await asyncio.sleep(seconds)
    return percentile(delays(crowd, begun, ()), 0.99)
