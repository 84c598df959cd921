"""One simulated chat, step by step: who speaks next, what they say, how long it takes, and when it is over.

No clock in here: a line carries the pause before it, and whoever runs the chat decides how long a second is.
"""

import random
from dataclasses import dataclass
from typing import Literal

from assist.message import Role
from assist.simulator.agent import Agent, Heard, Spoken
from assist.simulator.customer import FINAL, Customer, Move
from assist.simulator.profile import Profile

Outcome = Literal["settled", "left", "escalated"]

OUTCOMES: dict[Move, Outcome] = {Move.LEAVE: "left", Move.AWAIT: "escalated"}
SHORTEST = 4  # messages
LATE = 15  # messages after which the customer brings it to an end, in at most four more
MOST_IN_A_ROW = 2  # messages of the customer before the agent answers
UNTHANKED = 0.4  # of the solved chats end with the agent's last words
PAUSES = {
    "customer": (8, 45),
    "burst": (3, 14),
    "chase": (120, 420),
    "agent": (12, 60),
}  # seconds before a line, from..to


@dataclass(frozen=True, slots=True)
class Line:
    """What is said next; `pause_seconds` passed since the line before, 0 for the first."""

    role: Role
    text: str
    pause_seconds: int


class SimulatedChat:
    """A chat between a simulated customer and a simulated agent. Same profile, chance and answers, same lines."""

    def __init__(self, profile: Profile, rng: random.Random) -> None:
        self.profile = profile
        self.customer = Customer(profile, rng)
        self.agent = Agent(profile, rng)
        self.outcome: Outcome | None = None  # set with the last line
        self._rng = rng
        self._lines = 0
        self._turn = Role.CUSTOMER
        self._in_a_row = 0  # of the customer
        self._to_answer = Move.OPEN  # what the agent has to answer; a "hello?" does not replace it
        self._spoken: Spoken | None = None  # the agent's message that the customer has not reacted to

    def next(self, heard: Heard | None) -> Line | None:
        """The next line, or None when the chat is over.

        `heard` is what the engine made of the line before; None where no engine is asked: then the agent has no
        suggestions, and the steps of an agent's line are those it was written for.
        """
        if self.outcome:
            return None
        line = self._customer_turn(heard) if self._turn is Role.CUSTOMER else self._agent_turn(heard)
        self._lines += 1
        return line

    def _customer_turn(self, heard: Heard | None) -> Line:
        if self._spoken:
            self._react(self._spoken, heard)
            self._spoken = None
            return self._customer_says("customer")
        if self._lines:
            self.customer.go_on()
        return self._customer_says("burst")

    def _react(self, spoken: Spoken, heard: Heard | None) -> None:
        if self.customer.move is Move.ACCEPT:
            self.customer.thank()
            return
        # The engine may miss a step of our own lines, and knows those of a phrase that it suggested.
        steps = dict(spoken.steps)
        for step, probability in heard.steps.items() if heard else ():
            steps[step] = max(probability, steps.get(step, 0.0))
        self.customer.hear(steps, spoken.faults)
        if self._late and self.customer.move not in FINAL:
            self.customer.wrap_up()

    def _customer_says(self, pace: str) -> Line:
        pause = self._rng.randint(*PAUSES[pace]) if self._lines else 0
        line = Line(Role.CUSTOMER, self.customer.say(), pause)
        move = self.customer.move
        self._in_a_row += 1
        if move is not Move.CHASE:
            self._to_answer = move
        if move in FINAL and self._lines + 1 >= SHORTEST:
            self._end(move)
        again = self._in_a_row < MOST_IN_A_ROW and not self._late and self.customer.bursts()
        self._turn = Role.CUSTOMER if again else Role.AGENT
        return line

    def _agent_turn(self, heard: Heard | None) -> Line:
        patient = self._in_a_row < MOST_IN_A_ROW and not self._late
        spoken = self.agent.answer(self._to_answer, heard, may_wait=patient)
        if spoken is None:
            self.customer.wait()
            return self._customer_says("chase")
        self._spoken, self._turn, self._in_a_row = spoken, Role.CUSTOMER, 0
        if self._to_answer in FINAL or (self._to_answer is Move.ACCEPT and self._rng.random() < UNTHANKED):
            self._end(self._to_answer)
        return Line(Role.AGENT, spoken.text, self._rng.randint(*PAUSES["agent"]))

    @property
    def _late(self) -> bool:
        return self._lines >= LATE

    def _end(self, move: Move) -> None:
        self.outcome = OUTCOMES.get(move, "settled")
