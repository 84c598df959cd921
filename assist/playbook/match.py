"""Which step comes next and which entries speak for it: protocols first, then the cause, then the house."""

from collections.abc import Iterator
from dataclasses import dataclass

from assist.conversation.fold import CLEAR
from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.message import Step
from assist.playbook.schema import Entry, Playbook, Playbooks, When


@dataclass(frozen=True, slots=True)
class Match:
    """The next step, why, and the entries to take phrases from, best first."""

    step: Step | None
    reason: str
    entries: tuple[Entry, ...]


def holds(when: When, state: Conversation) -> bool:
    """Whether every condition holds for the conversation as it stands."""
    return (
        state.steps.keys().isdisjoint(when.not_done)
        and state.run >= when.run
        and state.contacts >= when.contacts
        and state.insults >= when.insults
        and state.refusals >= when.refusals
        and (not when.answered or state.run == 0)
        and (not when.unclear or state.cause.confidence < CLEAR)
        and (not when.trend or state.trend == when.trend)
        and (not when.bands or band(state.tension) in when.bands)
        and (not when.done or state.steps.keys() >= set(when.done))
        and (not when.styles or state.style in when.styles)
        and (not when.waiting or waited(state) >= when.waiting)
        and (not when.channels or state.channel in when.channels)
        and (not when.locales or any(_within(state.locale, locale) for locale in when.locales))
        and (not when.signals or all(_strength(state, name) >= least for name, least in when.signals.items()))
    )


def waited(state: Conversation) -> int:
    """Whole minutes from the customer's first unanswered message to the last one; 0 once they have an answer."""
    if state.waiting_since is None or state.at is None:
        return 0
    return int((state.at - state.waiting_since).total_seconds() // 60)


def _within(locale: str, prefix: str) -> bool:
    return locale == prefix or locale.startswith(f"{prefix}-")


def _strength(state: Conversation, signal: str) -> float:
    """Of a signal or act in the customer's last message; an alarm keeps the strength with which it was raised."""
    heard = state.heard.signal(signal)
    return max(heard, state.alarms.get(signal, 0.0)) if state.alarms else heard


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
        if wanted and _strength(state, wanted.signal) >= wanted.at_least:
            yield protocol


def _speakers(playbooks: Playbooks, state: Conversation, step: Step) -> Iterator[Entry]:
    """The entries for a step whose condition holds: by priority, then those made for this very moment, then the others.

    Within each the cause's come before the house's: what was just said weighs more than what it is about.
    """
    cause = playbooks.by_cause.get(state.cause.label)
    books = [playbook for playbook in (cause, playbooks.house) if playbook]
    holding = [entry for book in books for entry in book.by_step.get(step, ()) if holds(entry.when, state)]
    yield from sorted(holding, key=lambda entry: (-entry.priority, not entry.conditional))
