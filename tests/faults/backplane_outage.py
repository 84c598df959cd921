"""G3, R14: kill -9 of Valkey, which comes back empty after 5 s; workers serve on, say so, and are whole after it."""

import asyncio

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure
from tests.faults.nemesis import backplane_killed
from tests.faults.outage import told_of
from tests.faults.run import Run, meanwhile, whole

AWAY = 5.0  # seconds


async def measure(run: Run) -> list[Figure]:
    """Outages under load; at the end of each the load stops, and everybody is compared with the server."""
    size = run.of(Size(), Size(conversations=60, agents=100, follows=4, supervisors=4, senders=8))
    async with run.crowd("backplane", size) as crowd:
        figures = []
        for number in range(run.of(1, 10)):
            run.say(f"outage {number + 1} of the backplane")
            figures.append(await _outage(run, crowd))
        problems = await crowd.judged()
    banners, answered, equal = zip(*figures, strict=True)
    return [
        whole("G3", problems),
        Figure("G3", "outages of the backplane", len(figures), "", 1, least=True),
        Figure(
            "G3", "clients that were told of it, least", 100 * min(share for share, _ in banners), "%", 100, least=True
        ),
        Figure("G3", "until they were told, longest", max(late for _, late in banners), "s", 2, timed=True),
        Figure("G3", "calls acknowledged during an outage, least", min(answered), "", 1, least=True),
        Figure("G3", "after its return until all are equal, longest", max(equal), "s", 5, timed=True),
    ]


async def _outage(run: Run, crowd: Crowd) -> tuple[tuple[float, float], int, float]:
    """Share of clients that were told and how late; calls acknowledged; seconds until all were equal after it."""
    fault = backplane_killed(run.deployment, crowd.chance)
    async with meanwhile(crowd.load(1_000_000, pace=0.05)):
        await asyncio.sleep(1)
        begun, acknowledged = crowd.history.now, crowd.acknowledged()
        crowd.history.add("nemesis", "fault", "backplane killed", begins=True)
        await asyncio.to_thread(fault.__enter__)
        await asyncio.sleep(run.of(2.5, AWAY))
        told, answered = told_of(crowd, begun, "backplane"), crowd.acknowledged() - acknowledged
        await asyncio.to_thread(fault.__exit__, None, None, None)
        crowd.history.add("nemesis", "fault", "backplane killed", begins=False)
    return told, answered, await crowd.until_equal()
