"""The people and tools around a server while it is broken: senders, agents at sidebars, supervisors at boards."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from tests.conftest import MS, PATIENCE, ROOT
from tests.faults.checks import differences, problems
from tests.faults.client import Agent, Client, Supervisor
from tests.faults.connection import Delays
from tests.faults.deployment import Deployment
from tests.faults.history import History
from tests.faults.sender import Sender
from tests.faults.view import held, steady

BUILD = ROOT / "build" / "faults"  # where histories are kept that something is wrong with
PAGE = 20  # calls at once when everything is fetched at the end
TEXTS = (
    ("customer", "Where is my order {n}? I have been waiting for a week."),
    ("customer", "This is the {n}. time that I ask, and nobody answers!"),
    ("customer", "I want my money back for order {n}."),
    ("customer", "You people are useless."),
    ("customer", "Thank you, that helps."),
    ("agent", "I'm so sorry about this. Let me look at order {n} right away."),
    ("agent", "I can send you a new one today, or refund order {n}. Which would you like?"),
    ("note", "Carrier says that parcel {n} is at the depot."),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are."""

    conversations: int = 8
    agents: int = 6
    follows: int = 3  # conversations of each agent
    supervisors: int = 1
    senders: int = 6


class Crowd:
    """All of them, with the history that they write together."""

    def __init__(self, deployment: Deployment, name: str, seed: int, size: Size, delays: Delays | None = None) -> None:
        self.deployment = deployment
        self.history = History(f"{name}-{deployment.kind}", seed)
        self.chance = Random(f"{seed} {name}")
        run = uuid4().hex[:6]  # a deployment is used by many scenarios
        self.names = [f"{name.lower()}-{run}-{number}" for number in range(size.conversations)]
        self.senders = [self._sender(f"sender-{number}", seed) for number in range(size.senders)]
        self.agents = [self._agent(f"agent-{number}", seed, size, delays) for number in range(size.agents)]
        self.supervisors = [
            Supervisor(
                f"supervisor-{number}",
                self.history,
                self._ws,
                "supervisor",
                self._token("supervisor"),
                seed=seed,
                delays=delays,
            )
            for number in range(size.supervisors)
        ]
        self._numbers = count(1)

    def _token(self, role: str, subject: str = "ann") -> str:
        return self.deployment.server.token(role, subject, hours=24)

    def _ws(self) -> str:
        return self.deployment.ws

    def _http(self) -> str:
        return self.deployment.base

    def _sender(self, name: str, seed: int) -> Sender:
        return Sender(name, self.history, self._http, self._token("ingest", name), seed=seed)

    def _agent(self, name: str, seed: int, size: Size, delays: Delays | None) -> Agent:
        followed = self.chance.sample(self.names, min(size.follows, len(self.names)))
        token = self._token("agent", name)
        return Agent(name, self.history, self._ws, "agent", token, seed=seed, delays=delays, conversations=followed)

    @property
    def clients(self) -> list[Client]:
        """Agents and supervisors."""
        return [*self.agents, *self.supervisors]

    async def open(self) -> None:
        """Make every conversation, then let everybody in."""
        await asyncio.gather(*(self.say(self.senders[0], name) for name in self.names))
        for client in self.clients:
            client.connection.start()
        await self.until(lambda: all(client.whole for client in self.clients), "everybody is there")

    async def close(self) -> None:
        """Everybody leaves."""
        await asyncio.gather(*(client.connection.stop() for client in self.clients))
        await asyncio.gather(*(sender.close() for sender in self.senders))

    async def say(self, sender: Sender, conversation: str, patience: float = 60.0) -> str | None:
        """One message; its id where it was acknowledged."""
        number = next(self._numbers)
        role, text = self.chance.choice(TEXTS)
        message = f"m{number}"
        answer = await sender.message(conversation, message, role, text.format(n=number), patience)
        return message if answer else None

    async def load(self, events: int, *, pace: float = 0.0, revising: float = 0.05, patience: float = 60.0) -> None:
        """So many events of all senders at once, each waiting for its answer and then `pace` seconds at most."""
        shares = [
            events // len(self.senders) + (number < events % len(self.senders)) for number in range(len(self.senders))
        ]
        await asyncio.gather(
            *(
                self._share(sender, share, pace, revising, patience)
                for sender, share in zip(self.senders, shares, strict=True)
            )
        )

    async def _share(self, sender: Sender, events: int, pace: float, revising: float, patience: float) -> None:
        chance = Random(f"{self.history.seed} {sender.name} load")
        own: list[tuple[str, str]] = []
        for _ in range(events):
            if own and chance.random() < revising:
                conversation, message = own.pop(chance.randrange(len(own)))
                if chance.random() < 0.5:
                    await sender.edit(conversation, message, f"What I meant is {chance.randrange(999)}.", patience)
                else:
                    await sender.delete(conversation, message, patience)
            else:
                conversation = chance.choice(self.names)
                message = await self.say(sender, conversation, patience) or ""
                own += [(conversation, message)] if message else []
            if pace:
                await asyncio.sleep(chance.random() * 2 * pace)

    async def judged(self, patience: float = 3 * PATIENCE) -> list[str]:
        """Everything that is wrong in the end; the history is kept where something is."""
        await self.until_equal(patience, note=True)
        found = problems(self.history)
        if found:
            found.append(f"the history is in {self.history.keep(BUILD)}")
        return found

    async def until_equal(self, patience: float = 3 * PATIENCE, *, note: bool = False) -> float:
        """Compare every client with the server until they are equal, or for so long.

        The seconds from the call until the last of them was shown something new, which is when they became equal;
        infinite where they did not. With `note` it goes into the history how they compared in the end.
        """
        begun = self.history.now
        async with self._reader() as reader:
            while True:
                compared = await self._compared(reader)
                equal = not any(lines for _, lines in compared.values())
                if equal or self.history.now - begun > patience:
                    break
                await asyncio.sleep(50 * MS)
        for (client, conversation), (what, lines) in compared.items() if note else ():
            self.history.add(client, "end", what, conversation, differences=lines)
        return max(0.0, max(client.news for client in self.clients) - begun) if equal else float("inf")

    async def _compared(self, reader: httpx.AsyncClient) -> dict[tuple[str, str], tuple[str, list[str]]]:
        kept = await self._kept(reader)
        compared: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for agent in self.agents:
            for name, view in agent.views.items():
                at = {"position": [*(agent.positions[name].at or ())], "waiting": not agent.whole}
                lines = differences(at | view.shown(), kept[name] | {"waiting": False})
                compared[agent.name, name] = ("conversation", lines)
        board = (await _fetched(reader, "/heatmap"))["tiles"]
        for supervisor in self.supervisors:
            lines = differences(self._ours(supervisor.tiles.shown()), self._ours(steady(board)))
            compared[supervisor.name, ""] = ("board", lines)
        return compared

    def _ours(self, tiles: dict[str, Any]) -> dict[str, Any]:
        names = set(self.names)
        return {name: tile for name, tile in tiles.items() if name in names}

    async def _kept(self, reader: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
        """What the server has of every conversation; the transcripts go into the history, the last one counts."""
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(self.names), PAGE):
            names = self.names[start : start + PAGE]
            for name, one in zip(
                names, await asyncio.gather(*(_conversation(reader, name) for name in names)), strict=True
            ):
                state, transcript = one
                found[name] = {"position": [state["epoch"], state["offset"]], **held(state, transcript)}
                messages = [{key: message[key] for key in ("id", "seq", "text")} for message in transcript["messages"]]
                self.history.add("server", "kept", "transcript", name, messages=messages)
        return found

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[httpx.AsyncClient]:
        """Calls on connections of their own, so that any worker may answer."""
        async with httpx.AsyncClient(
            base_url=f"{self._http()}/api/v1",
            headers={"Authorization": f"Bearer {self._token('supervisor')}", "Connection": "close"},
            timeout=PATIENCE,
            verify=False,
        ) as reader:
            yield reader

    async def until(self, check: Callable[[], bool], what: str, patience: float = 3 * PATIENCE) -> None:
        """Wait until something holds. Raises `AssertionError` that says what did not."""
        deadline = self.history.now + patience
        while not check():
            assert self.history.now < deadline, f"not so after {patience:.0f} s: {what}"
            await asyncio.sleep(10 * MS)

    def outages(self, since: float = 0.0) -> list[float]:
        """How long each client was not whole, for each time since then; one that is not over counts until now."""
        return [
            (both[1] if len(both) == 2 else self.history.now) - both[0]
            for client in self.clients
            for both in client.outages
            if both[0] >= since
        ]

    def acknowledged(self) -> int:
        """Operations that were answered with success."""
        return sum(1 for _ in self.history.of("ok"))


async def _conversation(reader: httpx.AsyncClient, name: str) -> tuple[Any, Any]:
    """State and transcript, of one moment: fetched again where something happened in between."""
    while True:
        state = await _fetched(reader, f"/conversations/{name}")
        transcript = await _fetched(reader, f"/conversations/{name}/transcript")
        if (await _fetched(reader, f"/conversations/{name}"))["offset"] == state["offset"]:
            return state, transcript


async def _fetched(reader: httpx.AsyncClient, path: str) -> Any:
    for _ in range(50):
        try:
            response = await reader.get(path)
            if response.status_code == 200:
                return response.json()
        except httpx.TransportError:
            pass
        await asyncio.sleep(200 * MS)
    raise AssertionError(f"{path} could not be read at the end")
