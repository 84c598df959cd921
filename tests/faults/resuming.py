"""R1 as a state machine: whatever happens to sockets and servers, a client's view is the server's."""

import asyncio
from itertools import count
from typing import Any, ClassVar
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.conftest import PATIENCE
from tests.faults.checks import differences, problems
from tests.faults.client import Agent
from tests.faults.connection import Delays
from tests.faults.history import History
from tests.faults.stage import Stage
from tests.faults.view import held

AT_ONCE = Delays(first=0.01, longest=0.02)
TEXTS = st.sampled_from(["You are idiots!", "Where is my order 48213?", "I'm so sorry, let me look.", "Thank you."])
ROLES = st.sampled_from(["customer", "agent", "note"])
CLIENTS = st.integers(0, 2)
WHICH = st.integers(0, 9)
BURST = 8  # events, more than a resume hands out on a stage whose bound is lowered for this
BUSY = 503  # an honest answer: it is asked again
SEEDS = count()


class Resuming(RuleBasedStateMachine):
    """Three agents follow one conversation. `stage` is set before it runs, for all examples."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.chat = f"c-{uuid4().hex[:10]}"
        self.history = History("resuming", next(SEEDS))
        self.numbers = count()
        self.ids: list[str] = []
        self.restarted = False
        self.say(0, "customer", "Good morning.")
        self.agents = [self._agent(number) for number in range(3)]
        self.away: set[Agent] = set()
        for agent in self.agents:
            self._do(agent.connection.start)

    def _agent(self, number: int) -> Agent:
        home = self.stage.workers[number % len(self.stage.workers)]
        return Agent(
            f"agent-{number}",
            self.history,
            lambda: home.house.ws,
            "agent",
            home.house.token("agent", seconds=86_400),
            seed=0,
            delays=AT_ONCE,
            conversations=[self.chat],
        )

    def _do(self, work: Any) -> None:
        async def done() -> None:
            work()

        self.stage.do(done())

    def _worker(self, which: int) -> int:
        return which % len(self.stage.workers)

    @rule(which=WHICH, role=ROLES, text=TEXTS)
    def say(self, which: int, role: str, text: str) -> None:
        """Somebody writes, by any worker."""
        body = {"id": f"m{next(self.numbers)}", "role": role, "text": text}
        self.ids.append(body["id"])
        self.stage.call(self._worker(which), "POST", f"/conversations/{self.chat}/messages", json=body)

    @rule(which=WHICH, text=TEXTS)
    def say_a_lot(self, which: int, text: str) -> None:
        """More than a resume hands out: who is away now gets a snapshot."""
        for _ in range(BURST):
            self.say(which, "note", text)

    @rule(which=WHICH, message=WHICH, text=TEXTS)
    def edit(self, which: int, message: int, text: str) -> None:
        """A message changes, and with it all that was read after it."""
        path = f"/conversations/{self.chat}/messages/{self.ids[message % len(self.ids)]}"
        self.stage.call(self._worker(which), "PATCH", path, json={"text": text})

    @precondition(lambda self: len(self.ids) > 1)
    @rule(which=WHICH, message=WHICH)
    def delete(self, which: int, message: int) -> None:
        """A message is taken back."""
        path = f"/conversations/{self.chat}/messages/{self.ids.pop(message % len(self.ids))}"
        self.stage.call(self._worker(which), "DELETE", path)

    @rule(which=WHICH, action=st.sampled_from(["escalate", "resolve", "reopen", "takeover"]))
    def act(self, which: int, action: str) -> None:
        """A supervisor does something; what changes the assignment leaves it with these agents."""
        body = {"action": action, "to": "ann"} if action == "takeover" else {"action": action}
        self.stage.call(self._worker(which), "POST", f"/conversations/{self.chat}/actions", "supervisor", body)

    @rule(client=CLIENTS)
    def drop(self, client: int) -> None:
        """The network breaks; the browser comes back by itself."""
        wire = self.agents[client].connection.wire
        if wire:
            self._do(wire.cut)

    @rule(client=CLIENTS)
    def leave(self, client: int) -> None:
        """The lid is closed."""
        self.stage.do(self.agents[client].connection.stop())
        self.away.add(self.agents[client])

    @rule(client=CLIENTS)
    def come_back(self, client: int) -> None:
        """And opened again."""
        if self.agents[client] in self.away:
            self.away.discard(self.agents[client])
            self._do(self.agents[client].connection.start)

    @rule(client=CLIENTS)
    def read_no_more(self, client: int) -> None:
        """The page hangs."""
        wire = self.agents[client].connection.wire
        if wire and wire.transport:
            self._do(wire.transport.pause_reading)

    @rule(client=CLIENTS)
    def read_on(self, client: int) -> None:
        """And goes on."""
        wire = self.agents[client].connection.wire
        if wire and wire.transport:
            self._do(wire.transport.resume_reading)

    @rule(times=st.integers(1, 3))
    def wait(self, times: int) -> None:
        """Whatever is on its way gets some time."""
        self.stage.do(asyncio.sleep(0.002 * times))

    @precondition(lambda self: not self.restarted)
    @rule(which=WHICH, seldom=st.integers(0, 3))
    def restart(self, which: int, seldom: int) -> None:
        """A worker ends and begins again, with nothing in memory; not often, for it takes half a second."""
        if seldom == 3:
            self.restarted = True
            for client in range(len(self.agents)):
                self.read_on(client)  # one that does not read is given seconds to do so
            self.stage.restart(self._worker(which))

    @invariant()
    def nothing_is_taken_twice_or_out_of_turn(self) -> None:
        """At every moment."""
        assert problems(self.history) == []

    def teardown(self) -> None:
        """Everybody is compared with every worker once all are back."""
        try:
            for client in range(len(self.agents)):
                self.read_on(client)
                self.come_back(client)
            self.stage.do(self._become_equal())
            self.nothing_is_taken_twice_or_out_of_turn()
        finally:
            for agent in self.agents:
                self.stage.do(agent.connection.stop())

    async def _become_equal(self) -> None:
        lines = ["not compared"]
        deadline = self.history.now + 2 * PATIENCE
        while lines and self.history.now < deadline:
            await asyncio.sleep(0.002)
            lines = await self._compared()
        assert lines == []

    async def _compared(self) -> list[str]:
        kept = []
        assert self.stage.http
        for worker in self.stage.workers:
            headers = {"Authorization": f"Bearer {worker.house.token('supervisor')}"}
            base = f"{worker.house.base}/api/v1/conversations/{self.chat}"
            answers = [await self.stage.http.get(path, headers=headers) for path in (base, f"{base}/transcript")]
            if any(answer.status_code == BUSY for answer in answers):
                return ["a worker asks to come again"]
            state, transcript = (answer.json() for answer in answers)
            kept.append({"position": [state["epoch"], state["offset"]], **held(state, transcript)})
        found = [line for other in kept[1:] for line in differences(kept[0], other, "workers")]
        for agent in self.agents:
            ours = {"position": [*(agent.positions[self.chat].at or ())], **agent.views[self.chat].shown()}
            found += differences(ours, kept[0], agent.name)
            found += [] if agent.whole else [f"{agent.name} is not whole"]
        return found
