"""G5, R10: some clients stop reading; they are cut off in time, cost little memory, and nobody else notices."""

import asyncio
from collections.abc import Iterable

import psutil

from tests.faults.client import Agent
from tests.faults.crowd import Crowd, Size
from tests.faults.figures import Figure, percentile
from tests.faults.run import Run, meanwhile, whole

EVICTED = 30.0  # seconds
WIDE = "The parcel is at the depot, and they say that it stays there. " * 60  # 3,700 characters


async def measure(run: Run) -> list[Figure]:
    """Load with large messages; then a part of the agents reads no more."""
    size = run.of(Size(conversations=2, agents=20, follows=2), Size(conversations=5, agents=550, follows=1, senders=4))
    stalled = run.of(2, 50)
    async with run.crowd("slow", size) as crowd:
        slow = crowd.agents[:stalled]
        before = await _memory(run)
        for agent in slow:
            agent.stall()
        begun = crowd.history.now
        peaks: list[int] = [before]
        async with meanwhile(_writing(crowd, run.of(0.02, 0.25))), meanwhile(_watch_memory(run, peaks)):
            run.say(f"{stalled} of {len(crowd.agents)} agents read no more")
            gone = await _until_evicted(run, crowd, slow)
        late = delays(crowd, begun, {agent.name for agent in slow})
        for agent in slow:
            agent.read_on()
        problems = await crowd.judged(120)
        return [
            whole("G5", problems),
            Figure("G5", "clients that stopped reading", stalled, "", stalled, least=True),
            Figure("G5", "until the last of them was cut off", gone, "s", EVICTED, timed=True),
            Figure(
                "G5",
                "memory for each of them, at most",
                max(0, max(peaks) - before) / stalled / 2**20,
                "MiB",
                run.of(None, 1.0),
                timed=True,
            ),
            Figure(
                "G5",
                "from a message's call to the others, p99",
                1e3 * percentile(late, 0.99),
                "ms",
                run.of(None, 250.0),
                timed=True,
            ),
        ]


async def _writing(crowd: Crowd, pace: float) -> None:
    async def write(number: int) -> None:
        sender = crowd.senders[number]
        count = 0
        while True:
            count += 1
            name = crowd.names[(number + count) % len(crowd.names)]
            await sender.message(name, f"w{number}-{count}", "note", f"{count} {WIDE}")
            await asyncio.sleep(pace)

    await asyncio.gather(*(write(number) for number in range(len(crowd.senders))))


async def _until_evicted(run: Run, crowd: Crowd, slow: list[Agent]) -> float:
    """Seconds until the server has closed the sockets of these agents, as the kernel tells of its end of them."""
    ports = {
        agent.connection.wire.transport.get_extra_info("sockname")[1]
        for agent in slow
        if agent.connection.wire and agent.connection.wire.transport
    }
    begun = crowd.history.now
    while crowd.history.now - begun < 3 * EVICTED:
        if not ports & await asyncio.to_thread(peers, run):
            break
        await asyncio.sleep(0.2)
    return crowd.history.now - begun


def peers(run: Run) -> set[int]:
    """The ports at the other end of what the workers have accepted."""
    return {
        connection.raddr.port
        for pid in run.deployment.pids()
        for connection in psutil.Process(pid).net_connections("tcp")
        if connection.raddr and connection.laddr.port == run.deployment.own_port
    }


async def _watch_memory(run: Run, peaks: list[int]) -> None:
    while True:
        peaks.append(await _memory(run))
        await asyncio.sleep(0.5)


async def _memory(run: Run) -> int:
    """Resident bytes of all workers."""
    return sum(psutil.Process(pid).memory_info().rss for pid in run.deployment.pids())


def delays(crowd: Crowd, begun: float, without: Iterable[str]) -> list[float]:
    """Seconds from the call of each message until each of the other agents had it."""
    left_out = set(without)
    sent = {(entry.conversation, entry.value["id"]): entry.at for entry in crowd.history.of("invoke")}
    return [
        entry.at - sent[(entry.conversation, entry.key)]
        for entry in crowd.history.of("took")
        if entry.at > begun and entry.what == "update" and entry.key and entry.process not in left_out
    ]
