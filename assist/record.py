"""The documentation of a conversation: what was reported, what was done by whom and when, what turned it, how it ended.

Made from the messages and what was recorded of them, at any time of the chat. Texts are data: `as_json` gives them as
they are, `as_markdown` so that no text can make a heading, a link, a list or HTML.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Any, Literal

from assist.conversation.satisfaction import answer, asked
from assist.message import Message, Role, Step
from assist.reading import Fact
from assist.text import INVISIBLE, normalise, says

Outcome = Literal["open", "resolved", "escalated"]

DONE = 0.5  # probability from which a step counts as done and an act as seen
QUOTED = 500  # characters of a message that are quoted
TURNED = 8.0  # points of tension that make a turning point
TURNING_POINTS = 3  # rises, and as many falls, that are told
TALKING = (Role.CUSTOMER, Role.AGENT)
# What starts something inside a line of Markdown, in CommonMark, GitHub's dialect or common extensions of them. Texts
# never begin a line, so that what only counts there (lists, headings, rules) needs nothing.
INLINE = {char: f"\\{char}" for char in "\\`*_[]{}~|$^#@"}
ESCAPES = str.maketrans({**INLINE, "<": "&lt;", ">": "&gt;", "&": "&amp;"})
# Dots and colons only where an address or an emoji name may be made of them: plain sentences stay readable as source.
JOINTS = re.compile(r"(?<=\w)\.(?=\w)|:(?=\S)|=(?==)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with what was recorded of it: the tension after it, and the cause, steps, facts and acts read.

    `alerts` are those that stood after it, severity and text; `signals` what a customer's message showed; `offered` the
    phrases that stood beside it, rule and text, and `keys` their keys, in the same order.
    """

    message: Message
    tension: float
    steps: Mapping[Step, float]
    cause: str
    facts: tuple[Fact, ...]
    acts: Mapping[str, float]
    signals: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    alerts: tuple[tuple[str, str], ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a message, at most `QUOTED` characters of them."""

    message: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The first message that did a step."""

    step: Step
    by: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A message with which the tension moved far."""

    before: float
    after: float
    role: Role
    quote: Quote


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What the customer answered to the question how it was, and the advice that had been taken in the chat by then.

    `score` is 1..`top`, None where they answered in words; `content` None where that does not show. `advice` has the
    rules of the phrases that were sent as they stood in the sidebar, in the order in which they were.
    """

    quote: Quote
    score: int | None
    top: int
    content: bool | None
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The documentation. `turns` counts how often the word passed from one side to the other, the first included."""

    conversation: str
    customer: str
    cause: str
    opened_at: datetime | None  # None where nobody has said anything
    last_at: datetime | None
    turns: int
    facts: Mapping[str, str]
    reported: tuple[Quote, ...]
    steps: tuple[StepTaken, ...]
    promises: tuple[Quote, ...]
    turning_points: tuple[TurningPoint, ...]
    outcome: Outcome
    satisfaction: Satisfaction | None  # None where they were not asked, or gave no answer

    def as_json(self) -> dict[str, Any]:
        """The record as plain values; texts as they were written."""
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "cause": self.cause,
            "opened_at": time_wire(self.opened_at),
            "last_at": time_wire(self.last_at),
            "turns": self.turns,
            "outcome": self.outcome,
            "facts": dict(self.facts),
            "reported": [_quote_json(quote) for quote in self.reported],
            "steps": [
                {"step": one.step.value, "by": one.by, "message": one.message, "at": time_wire(one.at)}
                for one in self.steps
            ],
            "promises": [_quote_json(quote) for quote in self.promises],
            "turning_points": [
                {"from": one.before, "to": one.after, "role": one.role.value, **_quote_json(one.quote)}
                for one in self.turning_points
            ],
            "satisfaction": _satisfaction_json(self.satisfaction) if self.satisfaction else None,
        }

    def as_markdown(self) -> str:
        """The record as Markdown. Texts are one line each, escaped, and never at the start of a line."""
        return "\n".join(_markdown(self)) + "\n"


def make_record(
    conversation: str,
    *,
    customer: str,
    entries: Sequence[Entry],
    agent: str | None = None,
    resolved: bool = False,
) -> Record:
    """Document a conversation from its messages, in their order.

    `agent` is who gets named for the agent's steps; `resolved` tells that the team has closed it, else the outcome is
    read from the talk. Notes and deleted messages are left out.
    """
    told = [entry for entry in entries if not entry.message.deleted and entry.message.role is not Role.NOTE]
    talk = [entry for entry in told if entry.message.role in TALKING]
    causes = [entry.cause for entry in told if entry.cause not in ("", "other")]
    return Record(
        conversation=conversation,
        customer=customer,
        cause=causes[-1] if causes else "other",
        opened_at=told[0].message.at if told else None,
        last_at=told[-1].message.at if told else None,
        turns=sum(1 for _ in groupby(talk, key=lambda entry: entry.message.role)),
        facts={fact.slot: fact.value for entry in _by(Role.CUSTOMER, told) for fact in entry.facts},
        reported=tuple(_reported(talk)),
        steps=tuple(_steps(talk, agent or Role.AGENT.value)),
        promises=tuple(_quote(entry.message) for entry in _by(Role.AGENT, told) if _promises(entry)),
        turning_points=tuple(_turning_points(told)),
        outcome="resolved" if resolved else _outcome(talk),
        satisfaction=_satisfaction(talk),
    )


def _by(role: Role, entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.message.role is role]


def _quote(message: Message) -> Quote:
    text = message.text if len(message.text) <= QUOTED else message.text[: QUOTED - 1] + "…"
    return Quote(message.id, message.at, text)


def _reported(talk: Sequence[Entry]) -> Iterator[Quote]:
    """What the customer wrote before the first answer, and later only what brought a new fact."""
    known: dict[str, str] = {}
    answered = False
    for entry in talk:
        answered = answered or entry.message.role is Role.AGENT
        if entry.message.role is Role.CUSTOMER and entry.message.text.strip():
            facts = {fact.slot: fact.value for fact in entry.facts}
            if not answered or facts.items() - known.items():
                yield _quote(entry.message)
            known |= facts


def _steps(talk: Sequence[Entry], agent: str) -> Iterator[StepTaken]:
    seen: set[Step] = set()
    for entry in _by(Role.AGENT, talk):
        for step in Step:
            if step not in seen and entry.steps.get(step, 0.0) >= DONE:
                seen.add(step)
                yield StepTaken(step, agent, entry.message.id, entry.message.at)


def _promises(entry: Entry) -> bool:
    return entry.acts.get("promise", 0.0) >= DONE or entry.steps.get(Step.FOLLOW_UP, 0.0) >= DONE


def _turning_points(told: Sequence[Entry]) -> list[TurningPoint]:
    """The largest rises and falls, in the order of the talk."""
    moves = [
        (after.tension - before.tension, index, before.tension, after)
        for index, (before, after) in enumerate(pairwise(told))
    ]
    rises = sorted((move for move in moves if move[0] >= TURNED), key=lambda move: -move[0])[:TURNING_POINTS]
    falls = sorted((move for move in moves if move[0] <= -TURNED), key=lambda move: move[0])[:TURNING_POINTS]
    return [
        TurningPoint(round(before, 1), round(entry.tension, 1), entry.message.role, _quote(entry.message))
        for _, _, before, entry in sorted(rises + falls, key=lambda move: move[1])
    ]


def _outcome(talk: Sequence[Entry]) -> Outcome:
    """Escalated once the agent has said so, resolved while the customer's last word was that it is."""
    if any(entry.steps.get(Step.ESCALATE, 0.0) >= DONE for entry in _by(Role.AGENT, talk)):
        return "escalated"
    customers = _by(Role.CUSTOMER, talk)
    return "resolved" if customers and customers[-1].acts.get("reassured", 0.0) >= DONE else "open"


def _satisfaction(talk: Sequence[Entry]) -> Satisfaction | None:
    """The last answer that was given to the question how it was, asked once the chat was being closed."""
    found, scale, closing = None, None, False
    taken: list[str] = []
    offered: tuple[tuple[str, str], ...] = ()
    for entry in talk:
        text = entry.message.text
        if entry.message.role is Role.AGENT:
            words = frozenset(normalise(text).words)
            taken += [rule for rule, phrase in offered if says(words, phrase)]
            closing = closing or entry.steps.get(Step.CLOSE, 0.0) >= DONE
            question = asked(text) if closing else None
            scale = scale if question is None else question
        else:
            said = answer(text, scale) if scale is not None else None
            if said:
                rules = tuple(dict.fromkeys(taken))
                found = Satisfaction(_quote(entry.message), said.score, said.top, said.content, rules)
            scale = None
        offered = entry.offered
    return found


def _satisfaction_json(said: Satisfaction) -> dict[str, Any]:
    told = {"score": said.score, "top": said.top, "content": said.content, "advice": list(said.advice)}
    return {**_quote_json(said.quote), **told}


def _quote_json(quote: Quote) -> dict[str, Any]:
    return {"message": quote.message, "at": time_wire(quote.at), "text": quote.text}


def time_wire(at: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _clock(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def _markdown(record: Record) -> Iterator[str]:
    yield f"# Conversation {escaped(record.conversation)}"
    yield ""
    yield f"- Customer: {escaped(record.customer)}"
    yield f"- Cause: {record.cause.replace('_', ' ')}"
    yield f"- Opened: {_clock(record.opened_at) if record.opened_at else 'nothing said yet'}"
    yield f"- Last message: {_clock(record.last_at) if record.last_at else 'nothing said yet'}"
    yield f"- Turns: {record.turns}"
    yield f"- Outcome: {record.outcome}"
    yield from _section("Reported by the customer", [_quoted(quote) for quote in record.reported])
    yield from _section("Facts", [f"{_slot(slot)}: {escaped(value)}" for slot, value in record.facts.items()])
    yield from _section("Steps taken", [_step(one) for one in record.steps])
    yield from _section("Promised to the customer", [_quoted(quote) for quote in record.promises])
    yield from _section("Turning points", [_turn(one) for one in record.turning_points])
    if record.satisfaction:
        yield from _section("How it was for the customer", _rating(record.satisfaction))


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield from (f"- {line}" for line in lines or ["none"])


def _slot(slot: str) -> str:
    return escaped(slot.replace("_", " "))


def _quoted(quote: Quote) -> str:
    return f"{_clock(quote.at)}: “{escaped(quote.text)}”"


def _step(one: StepTaken) -> str:
    return f"{_clock(one.at)}: {one.step.value.replace('_', ' ')} (by {escaped(one.by)})"


def _turn(one: TurningPoint) -> str:
    words = escaped(one.quote.text)
    return f"{_clock(one.quote.at)}: tension {one.before:g} to {one.after:g}, {one.role.value}: “{words}”"


def _rating(said: Satisfaction) -> list[str]:
    mark = f" ({said.score} of {said.top})" if said.score else ""
    taken = ", ".join(said.advice) or "none"
    return [f"{_quoted(said.quote)}{mark}", f"Advice taken by then: {escaped(taken)}"]


def escaped(text: str) -> str:
    """A text as one line of Markdown that shows it and does nothing else."""
    seen = INVISIBLE.sub("", " ".join(text.split()))
    shown = "".join(char for char in seen if unicodedata.category(char) != "Cc").translate(ESCAPES)
    return JOINTS.sub(lambda joint: f"\\{joint.group()}", shown)
