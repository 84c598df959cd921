"""G4, R15: PostgreSQL ends as in a crash and is away for 30 s; no call is acknowledged that is not kept."""

import asyncio
from collections.abc import Sequence

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure, percentile
from tests.faults.nemesis import database_stopped
from tests.faults.outage import told_of
from tests.faults.run import Run, meanwhile, whole
from tests.faults.sender import Try

AWAY = 30.0  # seconds
UNAVAILABLE = 503


async def measure(run: Run) -> list[Figure]:
    """One outage under load."""
    size = run.of(Size(), Size(conversations=40, agents=100, follows=4, supervisors=4, senders=8))
    async with run.crowd("database", size) as crowd:
        fault = database_stopped(run.deployment, crowd.chance)
        async with meanwhile(crowd.load(1_000_000, pace=0.05)):
            await asyncio.sleep(1)
            run.say("the database stops")
            crowd.history.add("nemesis", "fault", "database stopped", begins=True)
            await asyncio.to_thread(fault.__enter__)
            begun = crowd.history.now
            await asyncio.sleep(run.of(3.0, AWAY))
            over, told = crowd.history.now, told_of(crowd, begun - 1, "database")
            run.say("the database starts")
            await asyncio.to_thread(fault.__exit__, None, None, None)
            crowd.history.add("nemesis", "fault", "database stopped", begins=False)
            back, acknowledged = crowd.history.now, crowd.acknowledged()
            await crowd.until(lambda: crowd.acknowledged() > acknowledged, "calls are answered again", 60)
            answered = crowd.history.now - back
        equal = await crowd.until_equal()
        problems = await crowd.judged()
    tries = [
        one for sender in crowd.senders for one in sender.tries if begun <= one.at and one.at + one.seconds <= over
    ]
    return [
        whole("G4", problems),
        *_refused(tries),
        Figure("G4", "sockets that broke meanwhile", _broken(crowd, begun, over), "", 0),
        Figure("G4", "clients that were told of it", 100 * told[0], "%", 100, least=True),
        Figure("G4", "until they were told, longest", told[1], "s"),
        Figure("G4", "after its return until a call is acknowledged", answered, "s", 5, timed=True),
        Figure("G4", "after that until all are equal", equal, "s", 5, timed=True),
    ]


def _refused(tries: Sequence[Try]) -> list[Figure]:
    good = [one for one in tries if one.status == UNAVAILABLE and one.retry_after]
    return [
        Figure("G4", "calls while it is away", len(tries), "", 1, least=True),
        Figure(
            "G4", "of these answered 503 with Retry-After", 100 * len(good) / max(1, len(tries)), "%", 100, least=True
        ),
        Figure("G4", "of these answered 2xx", sum(1 for one in tries if 200 <= one.status < 300), "", 0),
        Figure(
            "G4", "until they were answered, longest", percentile((one.seconds for one in tries), 1), "s", 1, timed=True
        ),
    ]


def _broken(crowd: Crowd, begun: float, over: float) -> int:
    return sum(1 for entry in crowd.history.of("fault") if entry.what == "cut off" and begun <= entry.at <= over)
