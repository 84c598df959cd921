"""Which step comes next and which entries speak for it: protocols first, then the cause, then the house."""

from collections.abc import Iterator
from dataclasses import dataclass

from assist.conversation.state import Conversation
from assist.message import Step
from assist.playbook.holds import holds, strength
from assist.playbook.offers import offer
from assist.playbook.schema import Entry, Playbook, Playbooks


@dataclass(frozen=True, slots=True)
class Match:
    """The next step, why, and the entries to take phrases from, best first."""

    step: Step | None
    reason: str
    entries: tuple[Entry, ...]


def match(playbooks: Playbooks, state: Conversation) -> Match:
    """The next step: of the first protocol that is called for and not yet done, else of the house's flow.

    None as long as the customer has not said anything: there is nothing to answer.
    """
    if not state.said:
        return Match(None, "", ())
    for protocol in _called(playbooks, state):
        for entry in sorted(protocol.entries, key=lambda entry: -entry.priority):
            if holds(entry.when, state) and entry.step not in state.steps:
                return Match(entry.step, entry.reason, (entry,))
    for turn in playbooks.house.flow:
        if holds(turn.when, state):
            entries = tuple(_speakers(playbooks, state, turn.step))
            return Match(turn.step, turn.reason or (entries[0].reason if entries else ""), entries)
    return Match(None, "", ())


def _called(playbooks: Playbooks, state: Conversation) -> Iterator[Playbook]:
    for protocol in playbooks.protocols:
        wanted = protocol.interrupt
        if wanted and strength(state, wanted.signal) >= wanted.at_least:
            yield protocol


def _speakers(playbooks: Playbooks, state: Conversation, step: Step) -> Iterator[Entry]:
    """The entries for a step whose condition holds: by priority, then those made for this very moment, then the others.

    Within each the cause's come before the house's: what was just said weighs more than what it is about. A solution
    or gesture that is due comes before all that have no priority.
    """
    cause = playbooks.by_cause.get(state.cause.label)
    books = [playbook for playbook in (cause, playbooks.house) if playbook]
    holding = [entry for book in books for entry in book.by_step.get(step, ()) if holds(entry.when, state)]
    due = offer(playbooks, state, step)
    yield from sorted([due, *holding] if due else holding, key=lambda entry: (-entry.priority, not entry.conditional))
