"""A simulated agent: sometimes follows the sidebar's advice, sometimes does well alone, sometimes does badly."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assist.message import Step
from assist.simulator.agent_lines import FAULTS, STEPS
from assist.simulator.customer import Move
from assist.simulator.grammar import Speaker, facts_of, history_of
from assist.simulator.mood import Fault
from assist.simulator.profile import Profile

KNOWN = 0.9  # probability of a step that our own line was written for
FOLLOWED = 0.8  # probability of the advised step in a phrase taken from the sidebar
ALARMED = 75  # tension from which even a careless agent looks at the sidebar
LADDER = (
    (Step.LISTEN, Step.EMPATHIZE),
    (Step.APOLOGIZE, Step.OWN),
    (Step.SOLVE,),
    (Step.SOLVE, Step.FOLLOW_UP),
)  # what a good agent does message by message when nothing else calls for an answer
ANSWERS = {
    Move.ACCEPT: (Step.CLOSE,),
    Move.AWAIT: (Step.CLOSE,),
    Move.THANK: (Step.CLOSE,),
    Move.MANAGER: (Step.ESCALATE,),
    Move.DOUBT: (Step.SOLVE, Step.FOLLOW_UP),
}  # where the move leaves no choice
BAD = {
    "curt": (frozenset({Fault.UNANSWERED}), 4),
    "dismissive": (frozenset({Fault.DISMISSIVE}), 2),
    "scripted": (frozenset({Fault.SCRIPTED}), 3),
    "handoff": (frozenset({Fault.HANDOFF}), 2),
}  # rule of the grammar: what it does, how common it is
SILENT = 0.3  # of the bad moments are spent elsewhere


@dataclass(frozen=True, slots=True)
class Heard:
    """What the caller knows from the engine after the last message.

    `steps` are those of that message (agent's messages only); `suggestions` the texts that stand in the sidebar, best
    first; `tension` 0..100.
    """

    steps: Mapping[Step, float] = field(default_factory=lambda: MappingProxyType({}))
    suggestions: Sequence[str] = ()
    next_step: Step | None = None
    tension: float = 0.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """An agent's text, with what it does as far as the simulator knows."""

    text: str
    steps: Mapping[Step, float]
    faults: frozenset[Fault] = frozenset()


class Agent:
    """One agent in one chat. `skill` 0..1 is how often the agent does well, `trust` how often the advice is taken."""

    def __init__(self, profile: Profile, rng: random.Random) -> None:
        self.skill = rng.uniform(0.35, 0.95)
        self.trust = rng.uniform(0.2, 0.9)
        self._rng = rng
        self._speaker = Speaker({**STEPS, **FAULTS}, facts_of(profile), rng)
        self._tags = (profile.cause, history_of(profile), profile.temper.value)
        self._quick = profile.cause == "information"
        self._rung = 0
        self._boundaries = 0
        self._refusals = 0

    def answer(self, move: Move, heard: Heard | None, *, may_wait: bool) -> Spoken | None:
        """Answer the customer's last move; None, only where `may_wait`, is silence."""
        advised = self._advised(heard)
        if advised:
            return advised
        if move in (Move.ACCEPT, Move.AWAIT) or self._rng.random() < self.skill:
            return self._own(self._plan(move))
        return self._bad(may_wait=may_wait)

    def _advised(self, heard: Heard | None) -> Spoken | None:
        """A phrase from the sidebar. Those with an unfilled `[slot]` are left to agents of flesh and blood."""
        phrases = [text for text in heard.suggestions if "[" not in text] if heard else []
        if not heard or not phrases:
            return None
        trust = self.trust + (0.2 if heard.tension >= ALARMED else 0.0)
        if self._rng.random() >= trust:
            return None
        chosen = phrases[0] if self._rng.random() < 0.7 else self._rng.choice(phrases)
        return Spoken(chosen, {heard.next_step: FOLLOWED} if heard.next_step else {})

    def _plan(self, move: Move) -> tuple[Step, ...]:
        match move:
            case Move.INSULT:
                return self._hold_the_line()
            case Move.REFUSE:
                return self._offer_again()
            case Move.ACCEPT if self._rng.random() < 0.5:
                return (Step.FOLLOW_UP, Step.CLOSE)
            case _:
                return ANSWERS.get(move) or self._climb()

    def _offer_again(self) -> tuple[Step, ...]:
        self._refusals += 1
        return (Step.ESCALATE,) if self._refusals > 2 else (Step.EMPATHIZE, Step.SOLVE)

    def _hold_the_line(self) -> tuple[Step, ...]:
        self._boundaries += 1
        return (Step.ESCALATE,) if self._boundaries > 3 else (Step.BOUNDARY,)

    def _climb(self) -> tuple[Step, ...]:
        if self._quick:
            return (Step.SOLVE,)
        rung = LADDER[min(self._rung, len(LADDER) - 1)]
        self._rung += 1
        return rung

    def _own(self, steps: tuple[Step, ...]) -> Spoken:
        text = " ".join(self._speaker.say(step.value, self._tags) for step in _in_speech(steps))
        return Spoken(text, dict.fromkeys(steps, KNOWN))

    def _bad(self, *, may_wait: bool) -> Spoken | None:
        if may_wait and self._rng.random() < SILENT:
            return None
        manner = self._rng.choices(list(BAD), weights=[weight for _, weight in BAD.values()])[0]
        return Spoken(self._speaker.say(manner, self._tags), {}, BAD[manner][0])


def _in_speech(steps: tuple[Step, ...]) -> list[Step]:
    """Feelings first, questions last: a check of what was understood ends a message, it does not open it."""
    return sorted(steps, key=lambda step: step is Step.LISTEN)
