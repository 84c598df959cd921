"""R4: one in a hundred publications never reaches the other workers; whoever watches is whole again in seconds."""

import asyncio
from random import Random

from tests.faults.crowd import Size
from tests.faults.figures import Figure
from tests.faults.run import Run, whole

WITHIN = 10.0  # seconds
SHARE = 0.01


async def measure(run: Run) -> list[Figure]:
    """Load while entries are taken out of the stream between a worker and the server of the backplane."""
    assert run.deployment.links
    size = run.of(Size(agents=10), Size(conversations=60, agents=100, follows=4, supervisors=4, senders=8))
    async with run.crowd("losses", size) as crowd:
        run.deployment.links.steal("backplane", PUBLISHED, run.of(0.1, SHARE), Random(run.seed))
        try:
            await crowd.load(run.of(200, 10_000))
        finally:
            stolen = run.deployment.links.steal("backplane", b"", 0.0, Random())
        await asyncio.gather(*(crowd.say(crowd.senders[0], name) for name in crowd.names))
        equal = await crowd.until_equal()
        problems = await crowd.judged()
        return [
            whole("R4", problems),
            Figure("R4", "publications that were lost", stolen, "", 1, least=True),
            Figure("R4", "after the last of them until all are equal", equal, "s", WITHIN, timed=True),
        ]


PUBLISHED = b"XADD\r\n$19\r\nsteadyhand:1:events"  # as it goes over the wire; another name of the same length loses it
