"""Two sets of playbooks beside each other on recorded chats: what each would have suggested, and where they differ.

Every message is read once and folded twice, so that whatever differs comes from the playbooks. Of a conversation only
its two states are kept, and those of the 10,000 conversations last heard.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.learned import is_scored
from app.playbook_files import load
from app.settings import ReaderName
from app.transcripts import PAUSE, START, Line, Score, keep, open_listener
from assist.advice import Advice
from assist.conversation.state import Conversation, Suggestion
from assist.engine import Engine
from assist.errors import PlaybookProblems
from assist.message import Message

KINDS = ("next step", "phrases", "instructions", "tension")  # in which a turn may differ


class Source(NamedTuple):
    """Where a set comes from."""

    folder: Path
    packs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.folder}{' with ' if self.packs else ''}{', '.join(self.packs)}"


@dataclass(frozen=True, slots=True)
class Side:
    """What one set makes of a conversation after a message."""

    state: Conversation
    advice: Advice | None = None
    came: tuple[Suggestion, ...] = ()  # up with this message
    shown: frozenset[str] = frozenset()  # the texts of all that came up before


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and what stands beside it by each set; `differs` names those of `KINDS` that are not the same.

    It is empty where neither set shows anything new: what differed before and merely stands is not told twice.
    """

    conversation: str
    message: Message
    before: Side
    after: Side
    differs: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What one set suggested: lines that came up, of them with an unfilled slot, and again in the same chat."""

    suggestions: int = 0
    unfilled: int = 0
    repeated: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)  # playbook.step -> lines that came up


@dataclass(slots=True)
class Counts:
    """What was compared so far: turns that differ in anything, by kind, and by the rule whose lines differ."""

    conversations: int = 0
    messages: int = 0
    changed: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class Backtest:
    """Hears lines of many conversations with the set `before` and the set `after`; `counts` adds up what it found."""

    before: Engine
    after: Engine
    score: Score | None = None
    names: tuple[str, str] = ("before", "after")
    counts: Counts = field(default_factory=Counts)
    states: OrderedDict[str, tuple[Side, Side, datetime]] = field(default_factory=OrderedDict)

    def hear(self, line: Line) -> Turn:
        """The next line, by both sets."""
        old, new, last = self.states.get(line.conversation) or self._opened(line.conversation)
        message = line.message(old.state.seq + 1, last)
        # A line that either set had offered is recognised for both: the sets are compared, not who was in use then.
        offered = replace(old.state, suggestions=(*old.state.suggestions, *new.state.suggestions))
        scores = self.score(message.text) if self.score and is_scored(message) else None
        reading = self.before.read(message, offered, scores)
        was = (words(old), words(new))
        old, new = (
            _after(side, *engine.fold(side.state, message, reading))
            for engine, side in ((self.before, old), (self.after, new))
        )
        keep(self.states, line.conversation, (old, new, message.at))
        differs = differences(old, new)
        if was == (words(old), words(new)) and "tension" not in differs:
            differs = ()  # what stayed as it was differed before, and was counted then
        turn = Turn(line.conversation, message, old, new, differs)
        self._count(turn)
        return turn

    def _opened(self, conversation: str) -> tuple[Side, Side, datetime]:
        self.counts.conversations += 1
        side = Side(Conversation(conversation))
        return side, side, START - PAUSE

    def _count(self, turn: Turn) -> None:
        counts = self.counts
        counts.messages += 1
        counts.changed += bool(turn.differs)
        counts.by_kind.update(turn.differs)
        for tally, side in ((counts.before, turn.before), (counts.after, turn.after)):
            tally.suggestions += len(side.came)
            tally.unfilled += sum(bool(item.missing) for item in side.came)
            tally.repeated += sum(item.text in side.shown for item in side.came)
            tally.by_rule.update(item.rule for item in side.came)
        if "phrases" in turn.differs:
            counts.by_rule.update({rule for rule, _ in lines(turn.before) ^ lines(turn.after)})


def open_backtest(reader: ReaderName, before: Source, after: Source) -> Backtest:
    """Two sets beside each other. Raises `BadWeights`, and `PlaybookProblems` that name the folder."""
    with _named(before.folder):
        listener = open_listener(reader, *before)
    with _named(after.folder):
        engine = replace(listener.engine, playbooks=load(*after))
    return Backtest(listener.engine, engine, listener.score, (str(before), str(after)))


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Of two folders it has to be said which one a file with a mistake is in."""
    try:
        yield
    except PlaybookProblems as error:
        here = [replace(problem, file=str(folder / problem.file)) for problem in error.problems]
        raise PlaybookProblems(here) from None


def _after(side: Side, state: Conversation, advice: Advice) -> Side:
    stood = {item.key for item in side.state.suggestions}
    came = tuple(item for item in state.suggestions if item.key not in stood)
    return Side(state, advice, came, side.shown | {item.text for item in side.came})


def words(side: Side) -> tuple[object, ...]:
    """The next step, phrases and instructions in the sidebar; in which order lines stand makes no difference."""
    return side.state.next_step, lines(side), instructions(side)


def differences(before: Side, after: Side) -> tuple[str, ...]:
    """Those of `KINDS` in which the two sides are not the same."""
    sides = ((*words(side), round(side.state.tension, 1)) for side in (before, after))
    return tuple(kind for kind, one, other in zip(KINDS, *sides, strict=True) if one != other)


def lines(side: Side) -> frozenset[tuple[str, str]]:
    """The phrases that stand, each with its rule."""
    return frozenset((item.rule, item.text) for item in side.state.suggestions)


def instructions(side: Side) -> tuple[str, ...]:
    """What the agent is told to do."""
    return tuple(item.text for item in side.advice.instructions) if side.advice else ()
