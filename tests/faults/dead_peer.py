"""G6, R11: a network that carries nothing any more, and does not say so; both ends notice by their own clocks."""

import asyncio

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure
from tests.faults.run import Run, whole
from tests.faults.slow import peers
from tests.fleet.proxy import Way

NOTICED = 33.0  # seconds: a ping every 25, 8 to answer
SPARE = 2.0  # seconds, for a ping that has just gone when the network dies, and for the look at the sockets
WITHIN = 90.0


async def measure(run: Run) -> list[Figure]:
    """Nothing comes through in either direction for a minute and a half at most; then everybody comes back."""
    assert run.deployment.links
    async with run.crowd("dead-peer", Size(conversations=5, agents=20, follows=2)) as crowd:
        await asyncio.sleep(1)
        before = await asyncio.to_thread(peers, run)
        begun = crowd.history.now
        run.deployment.links.swallow("clients", Way.THERE, Way.BACK)
        run.say("the network is dead")
        both = await asyncio.gather(_by_server(run, crowd, before), _by_clients(crowd, begun))
        run.deployment.links.resume("clients")
        await crowd.until(lambda: all(client.whole for client in crowd.clients), "everybody is back", 90)
        problems = await crowd.judged()
    return [
        whole("G6", problems),
        Figure("G6", "until the server had closed the last dead socket", both[0], "s", NOTICED + SPARE, timed=True),
        Figure("G6", "until the last client had noticed", both[1], "s", NOTICED + SPARE, timed=True),
    ]


async def _by_server(run: Run, crowd: Crowd, before: set[int]) -> float:
    begun = crowd.history.now
    while before & await asyncio.to_thread(peers, run) and crowd.history.now - begun < WITHIN:
        await asyncio.sleep(0.2)
    return crowd.history.now - begun


async def _by_clients(crowd: Crowd, begun: float) -> float:
    await crowd.until(lambda: all(_noticed(client.outages, begun) for client in crowd.clients), "all notice", WITHIN)
    return crowd.history.now - begun


def _noticed(outages: list[list[float]], begun: float) -> bool:
    return bool(outages) and outages[-1][0] >= begun
