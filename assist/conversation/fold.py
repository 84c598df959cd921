"""One message and its reading, folded into a conversation. Advice is chosen afterwards, from the state alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from assist.conversation.state import KEPT_LEVELS, KEPT_SAID, Conversation, Evidence, StepDone
from assist.conversation.tension import EDGES, answer, cool, heat, points
from assist.conversation.trend import risk, trend
from assist.message import Message, Role, Step
from assist.reading import Cause, Reading
from assist.text import normalise, says

DONE = 0.5  # probability from which a step counts as done
ABUSIVE = 0.5
CLEAR = 0.3  # confidence from which a cause counts as known
REOPENS = 25.0  # points of heat in one message that ask for empathy anew
VENTING = 20.0  # seconds between two messages of a customer who is still pouring it out
UNEASY = EDGES[0]
FADE = 0.8  # older votes for a cause count so much less with each message that names another
ORDINALS = MappingProxyType(
    {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
)


def fold(conversation: Conversation, message: Message, reading: Reading) -> Conversation:
    """The conversation after one more message. Notes and system messages leave all but seq and time as they are."""
    seq = max(conversation.seq, message.seq)
    if message.role is Role.CUSTOMER:
        return _customer(conversation, seq, message, reading)
    if message.role in (Role.AGENT, Role.BOT):
        return _answer(conversation, seq, message, reading)
    return replace(conversation, seq=seq)


def _customer(before: Conversation, seq: int, message: Message, reading: Reading) -> Conversation:
    rested = before.tension if before.waiting_since else cool(before.tension, _seconds(before.at, message.at))
    tension = heat(rested, reading)
    levels = (*before.levels, tension)[-KEPT_LEVELS:]
    insulted = reading.signal("abuse") >= ABUSIVE
    refused = reading.signal("refusal") >= DONE and Step.SOLVE in before.steps
    facts = {**before.facts, **{fact.slot: fact.value for fact in reading.facts}}
    seen = evidence(message, reading)
    causes, cause, shown = _cause(before, reading, seen)
    after = replace(
        before,
        seq=seq,
        at=message.at,
        tension=tension,
        levels=levels,
        trend=trend(levels),
        steps=_reopened(before, reading, insulted=insulted, refused=refused),
        causes=causes,
        cause=cause,
        cause_evidence=shown,
        facts=MappingProxyType(facts),
        said=(*before.said, frozenset(normalise(message.text).words))[-KEPT_SAID:],
        heard=reading,
        evidence=seen,
        contacts=max(before.contacts, ORDINALS.get(facts.get("contact", ""), 0)),
        insults=before.insults + insulted,
        refusals=before.refusals + refused,
        run=before.run + 1,
        venting=before.run >= 1 and _seconds(before.at, message.at) <= VENTING and tension >= UNEASY,
        waiting_since=before.waiting_since or message.at,
    )
    return replace(after, risk=_risk(after))


def _answer(before: Conversation, seq: int, message: Message, reading: Reading) -> Conversation:
    did = StepDone(message.id, message.seq)
    done = {step: did for step, probability in reading.steps.items() if probability >= DONE}
    if before.cause.confidence < CLEAR and reading.signal("question") >= DONE:
        done[Step.LISTEN] = did  # who does not know yet what it is about listens by asking
    words = frozenset(normalise(message.text).words)
    after = replace(
        before,
        seq=seq,
        at=message.at,
        tension=answer(before.tension, reading),
        gone=before.gone | {item.key for item in before.suggestions if says(words, item.text)},
        steps=MappingProxyType({**before.steps, **done}),
        run=0,
        venting=False,
        waiting_since=None,
    )
    return replace(after, risk=_risk(after))


def _seconds(before: datetime | None, now: datetime) -> float:
    return (now - before).total_seconds() if before else 0.0


def _reopened(before: Conversation, reading: Reading, *, insulted: bool, refused: bool) -> Mapping[Step, StepDone]:
    """Steps that stay done: a new outburst asks for empathy anew, a refusal for another solution, abuse for a limit."""
    reopened = {Step.CLOSE} if reading.signal("gratitude") < DONE else set()
    if insulted:
        reopened |= {Step.BOUNDARY}
    elif sum(points(reading).values()) >= REOPENS:
        reopened |= {Step.EMPATHIZE, Step.FOLLOW_UP}
    if refused:
        reopened |= {Step.SOLVE, Step.FOLLOW_UP}
    return MappingProxyType({step: done for step, done in before.steps.items() if step not in reopened})


def _cause(
    before: Conversation, reading: Reading, seen: tuple[Evidence, ...]
) -> tuple[Mapping[str, float], Cause, tuple[Evidence, ...]]:
    """Votes so far with this message's, the cause that leads them, and the words that named it last."""
    if reading.cause.label == "other" or reading.cause.confidence <= 0:
        return before.causes, before.cause, before.cause_evidence
    votes = {label: vote * FADE for label, vote in before.causes.items()}
    votes[reading.cause.label] = votes.get(reading.cause.label, 0.0) + reading.cause.confidence
    label = max(votes, key=lambda name: votes[name])
    total = sum(votes.values())
    cause = Cause(label, min(1.0, votes[label] / max(1.0, total)))
    shown = tuple(item for item in seen if item.kind == "cause") if label == reading.cause.label else ()
    return MappingProxyType(votes), cause, shown or before.cause_evidence


def _risk(state: Conversation) -> float:
    return risk(
        state.tension,
        state.trend,
        refusals=state.refusals,
        insults=state.insults,
        contacts=state.contacts,
        churn=state.heard.signal("churn"),
    )


def evidence(message: Message, reading: Reading) -> tuple[Evidence, ...]:
    """The words behind a reading, strongest first; the points of a kind are shared out among its cues."""
    heats = points(reading) if message.role is Role.CUSTOMER else {}
    totals: dict[str, float] = {}
    for cue in reading.cues:
        totals[cue.kind] = totals.get(cue.kind, 0.0) + cue.strength
    found = [
        Evidence(
            message=message.id,
            start=cue.start,
            end=cue.end,
            text=message.text[cue.start : cue.end],
            kind=cue.kind,
            rule=cue.rule,
            points=round(heats.get(cue.kind, 0.0) * cue.strength / totals[cue.kind], 1) if totals[cue.kind] else 0.0,
        )
        for cue in reading.cues
    ]
    return tuple(sorted(found, key=lambda item: (-item.points, item.start, item.kind, item.rule)))
