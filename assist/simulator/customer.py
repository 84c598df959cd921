"""A simulated customer: hears what a message does, changes mood, and answers out of it.

Works alone too: whoever plays the agent (a person in training, a simulated agent) hands in steps and faults.
"""

import random
from collections.abc import Mapping
from enum import StrEnum

from assist.message import Step
from assist.simulator.customer_lines import OPENINGS, PROBLEMS
from assist.simulator.customer_replies import ENDINGS, INSULTS, TALK
from assist.simulator.grammar import Speaker, facts_of, history_of
from assist.simulator.mood import BOUNDARY_MINDED, BOUNDARY_RESENTED, Fault, heat, relief, sure
from assist.simulator.profile import TEMPERAMENTS, Profile, Temper

RULES = {**OPENINGS, **PROBLEMS, **TALK, **INSULTS, **ENDINGS}


class Move(StrEnum):
    """What a customer's message is for; the value is the rule of the grammar that says it."""

    OPEN = "open"
    MORE = "more"
    VENT = "vent"
    INSULT = "insult"
    CHASE = "chase"
    YES = "yes"
    PRESS = "press"
    STUNG = "stung"
    SOFTEN = "soften"
    SORRY = "sorry"
    DOUBT = "doubt"
    REFUSE = "refuse"
    ACCEPT = "accept"
    THANK = "thank"
    MANAGER = "manager"
    AWAIT = "await"
    LEAVE = "leave"


FINAL = frozenset({Move.THANK, Move.AWAIT, Move.LEAVE})
SINGLE = FINAL | {Move.ACCEPT, Move.MANAGER, Move.INSULT, Move.CHASE}  # followed by nothing before an answer
COOL, WARM = 35, 62  # mood below which a customer talks coolly; from which hotly
INSULTING = 50  # mood from which an abusive customer insults
VENTING = 58  # mood from which a customer vents rather than asks
PATIENCE = 4  # faults that anyone puts up with
OFFERS = 3  # solutions that a customer looks at before asking for somebody else
REFUSED_ABOVE = 14  # points over the accepting mood from which an offer is refused rather than questioned
SHOUTING = 82  # mood from which a hot customer turns a sentence into capitals
HOT_TEMPERS = frozenset({Temper.FURIOUS, Temper.ABUSIVE})


class Customer:
    """One customer in one chat. `mood` is 0 content .. 100 boiling."""

    def __init__(self, profile: Profile, rng: random.Random) -> None:
        self.profile = profile
        self.temperament = TEMPERAMENTS[profile.temper]
        self.mood = float(rng.randint(*self.temperament.start))
        self.move = Move.OPEN
        self.said = 0  # messages so far
        self._rng = rng
        self._speaker = Speaker(RULES, facts_of(profile), rng)
        self._done: frozenset[Step] = frozenset()
        self._offers = 0
        self._faults = 0
        self._asked_for_manager = False

    def hear(self, steps: Mapping[Step, float], faults: frozenset[Fault] = frozenset()) -> None:
        """Take in one message of the agent: move the mood and decide what comes next."""
        done = sure(steps)
        self._faults += len(faults)
        self._warm(heat(faults, self.temperament))
        for step in done:
            self._warm(-relief(step, self.mood, self._done, self.temperament))
        minded = self._rng.random() < self.temperament.minds
        if Step.BOUNDARY in done:
            self._warm(BOUNDARY_MINDED if minded and self.move is Move.INSULT else BOUNDARY_RESENTED)
        self._done |= set(done)
        self.move = self._decide(frozenset(done), faults, minded=minded)

    def wait(self) -> None:
        """Nothing came for a long while."""
        self._warm(heat(frozenset({Fault.WAITING}), self.temperament))
        self._faults += 1
        self.move = Move.CHASE

    def go_on(self) -> None:
        """Write a second message before anybody answers."""
        self.move = Move.VENT if self.mood >= VENTING else Move.MORE

    def wrap_up(self) -> None:
        """End a chat that has gone on for too long."""
        self.move = Move.ACCEPT if self.mood <= self.temperament.accepts else Move.LEAVE

    def thank(self) -> None:
        """Say goodbye after the agent's last words."""
        self.move = Move.THANK

    def say(self) -> str:
        """The words for the move that was decided."""
        self.said += 1
        text = self._speaker.say(self.move.value, self.tags)
        if self.mood >= SHOUTING and self.profile.temper in HOT_TEMPERS and self._rng.random() < 0.4:
            return _shouted(text)
        return text

    def bursts(self) -> bool:
        """Whether a second message follows at once."""
        return self.move not in SINGLE and self._rng.random() < self.temperament.bursts

    @property
    def tags(self) -> tuple[str, ...]:
        """What colours the words now, the most telling first."""
        heat_tag = "cool" if self.mood < COOL else "warm" if self.mood < WARM else "hot"
        return heat_tag, self.profile.cause, history_of(self.profile), self.profile.temper.value

    def _warm(self, points: float) -> None:
        self.mood = min(100.0, max(0.0, self.mood + points))

    def _decide(self, done: frozenset[Step], faults: frozenset[Fault], *, minded: bool) -> Move:
        if Step.ESCALATE in done:
            return Move.LEAVE if self.mood >= self.temperament.leaves else Move.AWAIT
        if self._fed_up():
            return self._go_higher()
        if Step.SOLVE in done and Step.BOUNDARY not in done:
            return self._weigh()
        if Step.BOUNDARY in done and self.move is Move.INSULT:
            return Move.SORRY if minded else Move.INSULT
        return self._talk(done, faults)

    def _fed_up(self) -> bool:
        return self.said >= 3 and (self.mood >= self.temperament.leaves or self._faults >= PATIENCE)

    def _go_higher(self) -> Move:
        if self._asked_for_manager:
            return Move.LEAVE
        self._asked_for_manager = True
        return Move.MANAGER

    def _weigh(self) -> Move:
        """A solution is on the table: accept it, question it or refuse it."""
        self._offers += 1
        if self.mood <= self.temperament.accepts and self._rng.random() < 0.55 + 0.25 * self._offers:
            return Move.ACCEPT
        if self._offers > OFFERS:
            return self._go_higher()
        if self.mood <= self.temperament.accepts + REFUSED_ABOVE:
            return Move.DOUBT
        self._warm(REFUSED_ABOVE / 2)
        return Move.REFUSE

    def _talk(self, done: frozenset[Step], faults: frozenset[Fault]) -> Move:
        if self.mood >= INSULTING and self._rng.random() < self.temperament.insults:
            return Move.INSULT
        if faults:
            return Move.STUNG
        if Step.LISTEN in done:
            return Move.YES
        if done:
            return Move.SOFTEN if self.mood < VENTING else Move.PRESS
        return Move.VENT if self.mood >= VENTING else Move.PRESS


def _shouted(text: str) -> str:
    """The last sentence in capitals, as people do when they are past caring."""
    head, mark, tail = text.rstrip(".!?").rpartition(". ")
    return f"{head}{mark}{tail.upper()}!!"
