"""The brief for whoever takes a conversation over: the situation, what was tried, what is promised, what to leave out.

Made from the messages and what was recorded of them, by sentences of ours around the words that were written. It claims
nothing that is not in a message: every sentence names the messages that it stands on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from assist.conversation.promises import time_told
from assist.conversation.tension import band
from assist.message import Role, Step
from assist.record import DONE, TURNED, Entry, escaped, make_record, time_wire

QUOTED = 160  # characters of a message that a sentence quotes
MOST = 8  # sentences of a section; of more, the first and the latest
UNTOLD = frozenset({"wish", "problem"})  # facts that the quotes of their messages tell better
SAFETY = ("threat", "distress")
SECTIONS = {
    "situation": "Situation",
    "wishes": "What they wish",
    "tried": "What was done",
    "solutions": "Offered, and what came back",
    "promises": "Promised to the customer",
    "tension": "Tension",
    "alerts": "Alerts",
    "avoid": "Better left out",
    "boundaries": "Insults and threats, counted, and limits named",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a brief and the ids of the messages that it stands on; `due` of a promise, where that can be told."""

    text: str
    messages: tuple[str, ...]
    due: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        due = {"due": time_wire(self.due)} if self.due else {}
        return {"text": self.text, "messages": list(self.messages), **due}


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief: sentences by section, in the order of `SECTIONS`. It is as of the last message."""

    conversation: str
    customer: str
    last_at: datetime | None  # None where nobody has said anything
    sections: Mapping[str, tuple[Sentence, ...]]

    def as_json(self) -> dict[str, Any]:
        """The brief as plain values; texts as they were written."""
        told = {name: [sentence.as_json() for sentence in lines] for name, lines in self.sections.items()}
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "last_at": time_wire(self.last_at),
            **told,
        }

    def as_markdown(self) -> str:
        """The brief as Markdown. Sentences are one line each, escaped, and never at the start of a line."""
        lines = [f"# Brief on conversation {escaped(self.conversation)}", "", f"- Customer: {escaped(self.customer)}"]
        for name, told in self.sections.items():
            lines += ["", f"## {SECTIONS[name]}", ""]
            lines += [f"- {escaped(sentence.text)}" for sentence in told] or ["- none"]
        return "\n".join(lines) + "\n"


def make_brief(conversation: str, *, customer: str, entries: Sequence[Entry], agent: str | None = None) -> Brief:
    """Brief on a conversation from its messages, in their order. `agent` is who gets named for the agent's steps.

    Notes and deleted messages are left out.
    """
    talk = [
        entry
        for entry in entries
        if not entry.message.deleted and entry.message.role in (Role.CUSTOMER, Role.AGENT, Role.BOT)
    ]
    theirs = [entry for entry in talk if entry.message.role is Role.CUSTOMER]
    ours = [entry for entry in talk if entry.message.role is not Role.CUSTOMER]
    record = make_record(conversation, customer=customer, entries=talk, agent=agent)
    by_id = {entry.message.id: entry for entry in talk}
    parts = {
        "situation": [
            *_about(record.cause, theirs),
            *(Sentence(f"They wrote {_quote(by_id[one.message])}.", (one.message,)) for one in record.reported),
            *_facts(theirs),
        ],
        "wishes": list(_wishes(theirs)),
        "tried": [
            Sentence(
                f"{one.step.value.replace('_', ' ').capitalize()}, by {one.by} at {_clock(one.at)}: "
                f"{_quote(by_id[one.message])}.",
                (one.message,),
            )
            for one in record.steps
        ],
        "solutions": list(_solutions(talk)),
        "promises": [_promise(by_id[one.message]) for one in record.promises],
        "tension": list(_tension(theirs)),
        "alerts": list(_alerts(theirs)),
        "avoid": list(_avoid(talk, theirs)),
        "boundaries": list(_boundaries(theirs, ours)),
    }
    return Brief(conversation, customer, record.last_at, {name: _few(parts[name]) for name in SECTIONS})


def _few(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    half = MOST // 2
    return tuple(sentences) if len(sentences) <= MOST else (*sentences[:half], *sentences[-half:])


def _quote(entry: Entry) -> str:
    text = " ".join(entry.message.text.split())
    return f"“{text if len(text) <= QUOTED else text[: QUOTED - 1] + '…'}”"


def _clock(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%H:%M UTC")


def _about(cause: str, theirs: Sequence[Entry]) -> Iterator[Sentence]:
    first = next((entry for entry in theirs if entry.cause == cause), None)
    if cause == "other":
        if theirs:
            yield Sentence("What it is about is not clear yet.", (theirs[-1].message.id,))
    elif first:
        yield Sentence(f"It is about {cause.replace('_', ' ')}.", (first.message.id,))


def _facts(theirs: Sequence[Entry]) -> Iterator[Sentence]:
    """The last value of each, with the words that told it."""
    last = {fact.slot: (entry, fact) for entry in theirs for fact in entry.facts if fact.slot not in UNTOLD}
    for slot, (entry, fact) in last.items():
        words = " ".join(entry.message.text[fact.start : fact.end].split())
        label = "They say they were promised" if slot == "promised" else slot.replace("_", " ").capitalize()
        yield Sentence(f"{label}: {fact.value} (“{words}”).", (entry.message.id,))


def _wishes(theirs: Sequence[Entry]) -> Iterator[Sentence]:
    for entry in theirs:
        for fact in entry.facts:
            if fact.slot == "wish":
                words = " ".join(entry.message.text[fact.start : fact.end].split())
                yield Sentence(f"They ask for “{words}”.", (entry.message.id,))
        for name, what in (("supervisor", "They ask for somebody above"), ("churn", "They speak of leaving")):
            if _shows(entry, name):
                yield Sentence(f"{what}: {_quote(entry)}.", (entry.message.id,))


def _shows(entry: Entry, name: str) -> bool:
    return max(entry.acts.get(name, 0.0), entry.signals.get(name, 0.0)) >= DONE


def _answered(talk: Sequence[Entry], index: int, name: str) -> Entry | None:
    """The customer's message that shows something, in answer to ours at *index*."""
    for entry in talk[index + 1 :]:
        if entry.message.role is not Role.CUSTOMER:
            return None
        if _shows(entry, name):
            return entry
    return None


def _offers(talk: Sequence[Entry]) -> Iterator[tuple[Entry, Entry | None, Entry | None]]:
    """Each solution that was offered, with the message that refused it and the one that was content with it."""
    for index, entry in enumerate(talk):
        if entry.message.role is not Role.CUSTOMER and entry.steps.get(Step.SOLVE, 0.0) >= DONE:
            yield entry, _answered(talk, index, "refusal"), _answered(talk, index, "reassured")


def _solutions(talk: Sequence[Entry]) -> Iterator[Sentence]:
    for offer, refused, content in _offers(talk):
        if refused:
            text = f"Offered {_quote(offer)}, and refused: {_quote(refused)}."
            yield Sentence(text, (offer.message.id, refused.message.id))
        elif content:
            text = f"Offered {_quote(offer)}, and they were content: {_quote(content)}."
            yield Sentence(text, (offer.message.id, content.message.id))
        else:
            yield Sentence(f"Offered {_quote(offer)}.", (offer.message.id,))


def _promise(entry: Entry) -> Sentence:
    """A promise with the words for when, and the moment where that follows from when it was said."""
    message = entry.message
    words, seconds = time_told(message.text)
    due = message.at + timedelta(seconds=seconds) if seconds else None
    when = f" Due: “{words}”" if words else ""
    when += f", that is {due.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if due else ""
    text = f"Promised at {_clock(message.at)}: {_quote(entry)}.{when}{'.' if when else ''}"
    return Sentence(text, (message.id,), due)


def _tension(theirs: Sequence[Entry]) -> Iterator[Sentence]:
    if not theirs:
        return
    last, peak = theirs[-1], max(theirs, key=lambda entry: entry.tension)
    yield Sentence(f"{_level(last)} after their last message, {_quote(last)}.", (last.message.id,))
    if peak.tension > last.tension:
        yield Sentence(f"At its peak {_level(peak)}, after {_quote(peak)}.", (peak.message.id,))


def _level(entry: Entry) -> str:
    return f"{round(entry.tension)} of 100 ({band(round(entry.tension, 1))})"


def _alerts(theirs: Sequence[Entry]) -> Iterator[Sentence]:
    """Each alert once, with the message that raised it."""
    known: set[tuple[str, str]] = set()
    for entry in theirs:
        for severity, text in entry.alerts:
            if (severity, text) not in known:
                known.add((severity, text))
                yield Sentence(f"{severity.capitalize()}: {text} Raised by {_quote(entry)}.", (entry.message.id,))


def _avoid(talk: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[Sentence]:
    for offer, refused, _ in _offers(talk):
        if refused:
            ids = (offer.message.id, refused.message.id)
            yield Sentence(f"The same offer again: {_quote(offer)} was refused.", ids)
    told = next((e for e in theirs if any(fact.slot in ("contact", "times") for fact in e.facts)), None)
    if told:
        yield Sentence(f"Asking them to start over: they have written before, {_quote(told)}.", (told.message.id,))
    for entry in theirs:
        if _shows(entry, "impatience"):
            yield Sentence(f"More sympathy without a deed: {_quote(entry)}.", (entry.message.id,))
    for before, after in pairwise(talk):
        rose = after.tension - before.tension
        if before.message.role is not Role.CUSTOMER and after.message.role is Role.CUSTOMER and rose >= TURNED:
            text = f"More of {_quote(before)}: with the answer to it tension rose by {round(rose)}, {_quote(after)}."
            yield Sentence(text, (before.message.id, after.message.id))


def _boundaries(theirs: Sequence[Entry], ours: Sequence[Entry]) -> Iterator[Sentence]:
    """Their insults, threats and signs of danger, and our limits, each counted."""
    groups = [(name.capitalize(), [e for e in theirs if _shows(e, name)]) for name in ("abuse", *SAFETY)]
    groups.append(("Limit named", [e for e in ours if e.steps.get(Step.BOUNDARY, 0.0) >= DONE]))
    for what, found in groups:
        for number, entry in enumerate(found, start=1):
            yield Sentence(f"{what}, {number} of {len(found)}: {_quote(entry)}.", (entry.message.id,))
