"""G1: sockets break at any moment while everybody writes; nothing is lost, doubled or out of order."""

import asyncio

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure, percentile
from tests.faults.run import Run, meanwhile, whole


async def measure(run: Run) -> list[Figure]:
    """Load, and cuts of random sockets all the while."""
    size = run.of(Size(), Size(conversations=60, agents=100, follows=4, supervisors=4, senders=12))
    events, cuts = run.of(250, 10_000), run.of(30, 1_000)
    async with run.crowd("disconnects", size) as crowd:
        done = [0]
        async with meanwhile(_cutting(crowd, done, run.of(0.05, 0.04))):
            run.say(f"{events} events while sockets are cut")
            await crowd.load(events)
            await crowd.until(lambda: done[0] >= cuts, f"{cuts} cuts", patience=300)
        run.say("everybody is compared with the server")
        problems = await crowd.judged()
        return [
            whole("G1", problems),
            Figure("G1", "clients", len(crowd.clients), "", run.of(None, 100), least=True),
            Figure("G1", "events acknowledged", crowd.acknowledged(), "", events, least=True),
            Figure("G1", "forced disconnects", done[0], "", cuts, least=True),
            Figure("G1", "whole again after a disconnect, p99", percentile(crowd.outages(), 0.99), "s"),
        ]


async def _cutting(crowd: Crowd, done: list[int], every: float) -> None:
    """Cut who is connected, half of them without waiting until they are whole."""
    while True:
        await asyncio.sleep(crowd.chance.random() * 2 * every)
        wire = crowd.chance.choice(crowd.clients).connection.wire
        if wire is not None and wire.transport is not None:
            crowd.history.add("nemesis", "fault", "cut")
            wire.cut()
            done[0] += 1
