"""G7, R12: all sockets are cut at once; everybody comes back and is whole soon, and hardly asks the database."""

import asyncio
import resource
from uuid import uuid4

from tests.faults.client import Agent
from tests.faults.connection import Delays
from tests.faults.figures import Figure, percentile
from tests.faults.history import History
from tests.faults.run import Run

AT_ONCE = 100  # sockets that are opened at the same time before the storm
SPARE = 200  # open files for everything else
IDLE = 10.0  # seconds
WITHIN = 120.0  # seconds


async def measure(run: Run) -> list[Figure]:
    """Sockets that follow a conversation each; nothing is said meanwhile."""
    sockets = run.of(150, min(5_000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE))
    history = History(f"storm-{run.deployment.kind}", run.seed)
    names = [f"storm-{uuid4().hex[:6]}-{number}" for number in range(max(10, sockets // 10))]
    with run.deployment.server.client("ingest") as tool:
        for name in names:
            tool.post(f"/conversations/{name}/messages", json={"role": "customer", "text": "Where is my order?"})
    agents = [_agent(run, history, number, names) for number in range(sockets)]
    try:
        run.say(f"{sockets} sockets open")
        await _open(agents)
        idle = await _per_second(run, IDLE)
        run.say("all are cut")
        reads, begun = await asyncio.to_thread(_transactions, run), history.now
        for agent in agents:
            if agent.connection.wire:
                agent.connection.wire.cut()
        async with asyncio.timeout(WITHIN):
            while not all(agent.whole and agent.outages and len(agent.outages[-1]) == 2 for agent in agents):
                await asyncio.sleep(0.05)
        asked = await asyncio.to_thread(_transactions, run) - reads - idle * (history.now - begun)
    finally:
        await asyncio.gather(*(agent.connection.stop() for agent in agents))
    back = [agent.outages[-1][1] - begun for agent in agents]
    fresh = sum(1 for entry in history.of("took") if entry.what == "snapshot" and entry.at > begun)
    return [
        Figure("G7", "sockets cut at once", sockets, "", sockets, least=True),
        Figure("G7", "all whole again", max(back), "s", 15, timed=True),
        Figure("G7", "half of them whole again", percentile(back, 0.5), "s"),
        Figure("G7", "resumed without a snapshot", 100 * (1 - fresh / sockets), "%", 100, least=True),
        *(
            [Figure("G7", "transactions of the database for each", max(0.0, asked / sockets), "", 1, timed=True)]
            if run.deployment.postgres
            else []
        ),
    ]


def _agent(run: Run, history: History, number: int, names: list[str]) -> Agent:
    name = f"agent-{number}"
    token = run.deployment.server.token("agent", name, hours=24)
    return Agent(
        name,
        history,
        lambda: run.deployment.ws,
        "agent",
        token,
        seed=run.seed,
        delays=Delays(),
        conversations=[names[number % len(names)]],
    )


async def _open(agents: list[Agent]) -> None:
    async with asyncio.timeout(WITHIN):
        for start in range(0, len(agents), AT_ONCE):
            batch = agents[start : start + AT_ONCE]
            for agent in batch:
                agent.connection.start()
            while not all(agent.whole for agent in batch):
                await asyncio.sleep(0.01)


async def _per_second(run: Run, seconds: float) -> float:
    """Transactions a second while nothing happens: what the workers ask the database for by themselves."""
    before = await asyncio.to_thread(_transactions, run)
    await asyncio.sleep(seconds if run.deployment.postgres else 0)
    return (await asyncio.to_thread(_transactions, run) - before) / seconds


def _transactions(run: Run) -> int:
    """All that PostgreSQL has committed so far; its counters are a second late."""
    if run.deployment.postgres is None:
        return 0
    return int(run.deployment.postgres.ask("SELECT sum(xact_commit) FROM pg_stat_database")[0][0])
