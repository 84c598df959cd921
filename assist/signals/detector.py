"""What a detector is, and what it may know of the conversation so far."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assist.message import Role, Step
from assist.reading import ENGLISH, Cue
from assist.text import Text


@dataclass(frozen=True, slots=True)
class Context:
    """What was before the message that is read.

    `said` are the word sets of the same speaker's last few messages (newest last, at most 5), for repetition;
    `offered` are the phrases that stand in the agent's sidebar, with the step each does; `language` is what the
    customer writes.
    """

    role: Role
    said: tuple[frozenset[str], ...] = ()
    offered: tuple[tuple[Step, str], ...] = ()
    language: str = ENGLISH


Detector = Callable[[Text, Context], Iterable[Cue]]

CUSTOMER = frozenset({Role.CUSTOMER})
AGENT = frozenset({Role.AGENT, Role.BOT})
EVERYBODY = CUSTOMER | AGENT


@dataclass(frozen=True, slots=True)
class NamedDetector:
    """A detector, what it is called and whose messages it reads.

    What an agent says of the customer's feelings is not the agent's own: most detectors read customers only.
    """

    name: str
    detect: Detector
    roles: frozenset[Role] = CUSTOMER
