"""R16: every nemesis in turn, at any moments under load: pauses, kills, cut, slow and half-open links."""

import asyncio

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure, percentile
from tests.faults.nemesis import Nemesis, nemeses
from tests.faults.run import Run, meanwhile, whole

SOME = 12  # of the nemeses in the short form
BACK = 90.0  # seconds in which everybody has to be whole again


async def measure(run: Run) -> list[Figure]:
    """Each nemesis for some seconds; after it everybody becomes whole, while the load goes on."""
    size = run.of(Size(senders=4), Size(conversations=20, agents=30, senders=8))
    async with run.crowd("partitions", size) as crowd:
        every = list(nemeses(run.deployment).items())
        crowd.chance.shuffle(every)
        every = every[: run.of(SOME, len(every))]
        took: dict[str, float] = {}
        async with meanwhile(crowd.load(1_000_000, pace=run.of(0.1, 0.02))):
            for name, nemesis in every:
                run.say(name)
                took[name] = await _suffered(run, crowd, name, nemesis)
        run.say("everybody is compared with the server")
        problems = await crowd.judged()
        slowest = max(took, key=lambda name: took[name])
        return [
            whole("R16", problems),
            Figure("R16", "nemeses", len(took), "", len(every), least=True),
            Figure("R16", "calls acknowledged meanwhile", crowd.acknowledged(), "", 1, least=True),
            Figure("R16", f"longest until all were whole after one ({slowest})", took[slowest], "s"),
            Figure("R16", "a client was not whole, p99", percentile(crowd.outages(), 0.99), "s"),
        ]


async def _suffered(run: Run, crowd: Crowd, name: str, nemesis: Nemesis) -> float:
    """Seconds from the end of a fault until everybody is whole and calls are acknowledged again."""
    fault = nemesis(run.deployment, crowd.chance)
    crowd.history.add("nemesis", "fault", name, begins=True)
    await asyncio.to_thread(fault.__enter__)
    await asyncio.sleep(crowd.chance.uniform(*run.of((0.2, 0.6), (5.0, 20.0))))
    await asyncio.to_thread(fault.__exit__, None, None, None)
    crowd.history.add("nemesis", "fault", name, begins=False)
    over, acknowledged = crowd.history.now, crowd.acknowledged()
    await crowd.until(lambda: all(client.whole for client in crowd.clients), f"all are whole after: {name}", BACK)
    await crowd.until(lambda: crowd.acknowledged() > acknowledged, f"calls are answered after: {name}", BACK)
    return crowd.history.now - over
