"""G2: kill -9 of a worker at random moments under load; what was acknowledged is there, and all come back."""

import asyncio

from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure, percentile
from tests.faults.run import Run, meanwhile, whole


async def measure(run: Run) -> list[Figure]:
    """Rounds of load in which a worker is killed; the next begins when all are whole."""
    kills, events = run.of(2, 100), run.of(120, 20_000)
    size = run.of(Size(), Size(conversations=300, agents=40, senders=10))
    async with run.crowd("kills", size) as crowd:
        async with meanwhile(_writing(crowd)):
            for number in range(kills):
                run.say(f"kill {number + 1} of {kills}, {crowd.acknowledged()} acknowledged")
                await _kill(run, crowd)
            await crowd.until(lambda: crowd.acknowledged() >= events, f"{events} acknowledged", patience=1_200)
        run.say("everybody is compared with the server")
        problems = await crowd.judged()
        limit = 5.0 if run.deployment.workers > 1 else None  # one worker has to be started anew by somebody
        return [
            whole("G2", problems),
            Figure("G2", "kill -9 of a worker", kills, "", kills, least=True),
            Figure("G2", "calls acknowledged", crowd.acknowledged(), "", events, least=True),
            Figure("G2", "agents whole again, p99", percentile(crowd.outages(), 0.99), "s", limit, timed=True),
        ]


async def _writing(crowd: Crowd) -> None:
    while True:
        await crowd.load(10 * len(crowd.senders))


async def _kill(run: Run, crowd: Crowd) -> None:
    await asyncio.sleep(crowd.chance.uniform(0.3, 1.5))
    crowd.history.add("nemesis", "fault", "kill")
    before = run.deployment.pids()
    await asyncio.to_thread(run.deployment.kill, crowd.chance)
    await asyncio.to_thread(run.deployment.until_replaced, before)
    await crowd.until(lambda: all(client.whole for client in crowd.clients), "everybody is whole after a kill", 60)
