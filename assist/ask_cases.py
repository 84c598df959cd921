"""What past chats of a team can teach: which lines of the playbooks stood before tension fell, told without any words.

A case keeps a cause, a day, keys of phrases, steps and numbers. Nothing that anybody wrote is in it, no name and no id,
so that a colleague's chat can be learned from and not be read. What is told is a count and no proof.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from assist.conversation.state import Conversation
from assist.message import Role
from assist.phrasing.slots import fill
from assist.playbook.policy import needs
from assist.playbook.schema import Phrase, Playbooks, Solution
from assist.record import TALKING, TURNED, Entry, make_record
from assist.text import normalise, says

TENSE = 50.0  # tension from which a chat is a case,
CALM = 25.0  # and below which it ended well; a chat that was resolved, below `TENSE`
FEW = 5  # chats below which the sentence says that they are few
MOST_MARKS = 3  # ratings that are told


@dataclass(frozen=True, slots=True)
class Case:
    """One chat that was tense: `peak` and `end` are tensions 0..100, `mark` how it was for the customer.

    `sent` has the keys of all phrases that were sent as they stood and got an answer, `turned` those sent just before
    the largest fall of tension, empty where it ended badly.
    """

    cause: str
    day: date
    sent: frozenset[str]
    turned: frozenset[str]
    steps: tuple[str, ...]
    peak: float
    end: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase of a set in force; `solution` is what it promises, if anything."""

    phrase: Phrase
    rule: str
    step: str
    solution: Solution | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """Equal cases: one line in chats about one cause. It worked in `worked` of the `sent` that it was sent in."""

    line: Line
    cause: str
    worked: int
    sent: int
    since: date
    text: str
    missing: tuple[str, ...]
    note: str


def case_of(entries: Sequence[Entry], *, resolved: bool = False) -> Case | None:
    """A chat that is over as a case; None where nobody was tense. `resolved` tells that the team has closed it."""
    talk = [entry for entry in entries if entry.message.role in TALKING and not entry.message.deleted]
    peak = max((entry.tension for entry in talk), default=0.0)
    if peak < TENSE:
        return None
    end = talk[-1].tension
    rounds = list(_rounds(talk))
    well = end < CALM or (resolved and end < TENSE)
    fall, keys = max(rounds, key=lambda item: item[0], default=(0.0, frozenset()))
    record = make_record("", customer="", entries=talk, resolved=resolved)
    said = record.satisfaction
    return Case(
        cause=record.cause,
        day=talk[-1].message.at.date(),
        sent=frozenset().union(*(used for _, used in rounds)),
        turned=keys if well and fall >= TURNED else frozenset(),
        steps=tuple(one.step.value for one in record.steps),
        peak=peak,
        end=end,
        mark=f"{said.score} of {said.top}" if said and said.score else "",
    )


def _rounds(talk: Sequence[Entry]) -> Iterator[tuple[float, frozenset[str]]]:
    """What the agent sent before each answer of the customer, with the points by which tension fell from it to that."""
    used: set[str] = set()
    before: float | None = None
    offered: tuple[tuple[str, str], ...] = ()
    tension = 0.0
    for entry in talk:
        if entry.message.role is Role.AGENT:
            before = tension if before is None else before
            words = frozenset(normalise(entry.message.text).words)
            used |= {key for key, phrase in offered if says(words, phrase)}
        elif before is not None:
            yield before - entry.tension, frozenset(used)
            used, before = set(), None
        offered = tuple(zip(entry.keys, (text for _, text in entry.offered), strict=True))
        tension = entry.tension


def lines_of(playbooks: Playbooks) -> dict[str, Line]:
    """Key -> line, of all that one language's set may say now."""
    books = [book for book in playbooks.all if book.language == playbooks.house.language and book.status == "active"]
    found: dict[str, Line] = {}
    for book in books:
        for entry in book.entries:
            found |= _named(entry.phrases, entry.rule, entry.step.value)
        for solution in book.offers:
            rule, step = solution.offer.rule, solution.offer.step.value
            found |= _named(solution.ask, rule, step)
            found |= _named(solution.offer.phrases, rule, step, solution)
    return found


def _named(
    phrases: Mapping[str, tuple[Phrase, ...]], rule: str, step: str, solution: Solution | None = None
) -> dict[str, Line]:
    return {phrase.key: Line(phrase, rule, step, solution) for tone in phrases.values() for phrase in tone}


def experiences(
    cases: Sequence[Case], lines: Mapping[str, Line], playbooks: Playbooks, state: Conversation
) -> Iterator[Experience]:
    """What worked, by cause and line. Lines no longer in force, or not the agent's to say now, are left out."""
    counted: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        for key in case.sent:
            counted[case.cause, key].append(case)
    for (cause, key), sent in sorted(counted.items(), key=lambda item: item[0]):
        line = lines.get(key)
        worked = [case for case in sent if key in case.turned]
        if line and worked and _may_say(line, playbooks, state):
            yield _experience(line, cause, worked, sent)


def _may_say(line: Line, playbooks: Playbooks, state: Conversation) -> bool:
    """Whether a line promises nothing that was refused or that somebody else has to agree to."""
    if line.rule.rpartition("/")[2] in state.refused:
        return False
    return line.solution is None or needs(playbooks.policy, line.solution, state) == "agent"


def _experience(line: Line, cause: str, worked: Sequence[Case], sent: Sequence[Case]) -> Experience:
    words, missing = fill(line.phrase, {})  # the facts of this chat have nothing to do with what was sent in those
    about = "" if cause == "other" else f" about {cause.replace('_', ' ')}"
    chats = f"{len(worked)} of {len(sent)} tense chat{'s' * (len(sent) != 1)}{about}"
    course = f"tension {_middle(case.peak for case in worked)} to {_middle(case.end for case in worked)}"
    few = " Few chats, no proof." if len(sent) < FEW else ""
    text = f"Worked in {chats} of your team: «{words}» ({line.rule}.{line.phrase.tone}), {course}.{few}"
    since = min(case.day for case in sent)
    return Experience(line, cause, len(worked), len(sent), since, text, missing, _note(worked))


def _middle(values: Iterable[float]) -> str:
    return f"{median(values):.0f}"


def _note(worked: Sequence[Case]) -> str:
    """The steps of the latest of them, and the last ratings."""
    latest = sorted(worked, key=lambda case: case.day, reverse=True)
    steps = ", ".join(step.replace("_", " ") for step in latest[0].steps)
    marks = ", ".join([case.mark for case in latest if case.mark][:MOST_MARKS])
    return " ".join(
        told for told in (f"Steps done: {steps}." if steps else "", f"Rated {marks}." if marks else "") if told
    )
