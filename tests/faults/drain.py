"""G13, R13: a new version under load. SIGTERM drains, sockets come back spread, senders see no error that stays."""

import asyncio
from collections import Counter
from itertools import pairwise

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure
from tests.faults.history import History
from tests.faults.run import Run, meanwhile, whole

SLOT = 0.1  # seconds


async def measure(run: Run) -> list[Figure]:
    """A rolling restart while everybody writes."""
    size = run.of(Size(agents=20), Size(conversations=40, agents=200, senders=8))
    async with run.crowd("drain", size) as crowd:
        async with meanwhile(crowd.load(1_000_000, pace=0.05)):
            await asyncio.sleep(run.of(0.5, 5))
            run.say("the workers are replaced")
            begun, deaths = crowd.history.now, run.deployment.deaths()
            await asyncio.to_thread(run.deployment.roll)
            took = crowd.history.now - begun
            await crowd.until(lambda: all(client.whole for client in crowd.clients), "everybody is back", 60)
            await asyncio.sleep(run.of(0.5, 5))
        problems = await crowd.judged()
        return [
            whole("G13", problems),
            Figure("G13", "until all workers are new", took, "s"),
            Figure("G13", "workers that were taken for hung", run.deployment.deaths() - deaths, "", 0, timed=True),
            Figure("G13", "longest time in which one worker left", _longest_leave(crowd, begun), "s", 30, timed=True),
            *_spread(run, crowd, begun),
            *_seen_by_senders(run, crowd, begun),
        ]


def _longest_leave(crowd: Crowd, begun: float) -> float:
    """From the first to the last socket that was closed in one go."""
    moments = _cut_off(crowd.history, begun)
    longest, first = 0.0, moments[0] if moments else 0.0
    for before, after in pairwise(moments):
        if after - before > 5:  # the next worker's turn
            first = after
        longest = max(longest, after - first)
    return longest


def _cut_off(history: History, begun: float) -> list[float]:
    return [entry.at for entry in history.of("fault") if entry.what == "cut off" and entry.at >= begun]


def _spread(run: Run, crowd: Crowd, begun: float) -> list[Figure]:
    """How many come back in the same tenth of a second."""
    back = [both[1] for client in crowd.clients for both in client.outages if both[0] >= begun and len(both) == 2]
    slots = Counter(int(at / SLOT) for at in back)
    most = 100 * max(slots.values(), default=0) / len(crowd.clients)
    return [
        Figure("G13", "sockets that were closed and came back", len(back)),
        Figure("G13", "most that came back in one tenth of a second", most, "%", run.of(None, 10.0), timed=True),
    ]


def _seen_by_senders(run: Run, crowd: Crowd, begun: float) -> list[Figure]:
    """One worker that is restarted answers nobody for a while; of several the others answer."""
    tries = [one for sender in crowd.senders for one in sender.tries if one.at >= begun]
    refused = Counter(one.status for one in tries if one.status >= 300)
    broken = sum(1 for one in tries if one.status == 0)
    return [
        Figure("R13", "calls while it went on", len(tries)),
        Figure(
            "R13",
            f"calls refused {dict(refused) or ''}".strip(),
            refused.total(),
            "",
            0 if run.deployment.workers > 1 else None,
            timed=True,  # who waits longer than a second is refused, which on a busy machine may be anybody
        ),
        Figure("R13", "calls whose connection was closed; sent again", broken),
    ]
