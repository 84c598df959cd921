"""One message and its reading, folded into a conversation. Advice is chosen afterwards, from the state alone."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from assist.conversation.alerting import POLICY
from assist.conversation.course import go_on
from assist.conversation.language import turned
from assist.conversation.promises import KEPT as KEPT_PROMISES
from assist.conversation.promises import promised
from assist.conversation.satisfaction import answer as rating
from assist.conversation.satisfaction import asked
from assist.conversation.state import KEPT_LEVELS, KEPT_SAID, Conversation, Evidence, StepDone
from assist.conversation.style import observed
from assist.conversation.tension import EDGES, FLOORS, answer, heat, points, rested
from assist.conversation.trend import trend
from assist.message import Message, Role, Step
from assist.reading import Cause, Reading
from assist.signals.fusion import RULE
from assist.signals.language import HARDLY
from assist.signals.times import HOW_MANY
from assist.text import normalise, says

DONE = 0.5  # probability from which a step counts as done
ABUSIVE = 0.5
QUESTIONS = frozenset({"information", "policy"})  # causes that are solved by an answer
ANSWER = 6  # different words of one
LAST_RUNG = 4  # insults from which the supervisor takes over instead of one more warning
CLEAR = 0.3  # confidence from which a cause counts as known
MORE_TO_SAY = ("complaint", "question", "refusal", "impatience")  # beside a mark, ask for more than thanks
REOPENS = 25.0  # points of heat in one message that ask for empathy anew
# Safety signals do not pass with the message that showed them: from `DONE` they stay for the chat, and ask for the
# steps of their protocol whatever was done before.
ALARMS: Mapping[str, frozenset[Step]] = MappingProxyType(
    {
        "threat": frozenset({Step.ESCALATE, Step.BOUNDARY}),
        "distress": frozenset({Step.LISTEN, Step.EMPATHIZE, Step.ESCALATE, Step.CLOSE}),
    }
)
VENTING = 20.0  # seconds between two messages of a customer who is still pouring it out
UNEASY = EDGES[0]
FADE = 0.8  # older votes for a cause count so much less with each message that names another
# What comes on top of a matter that is known: "nobody cares" about a late parcel is about the parcel.
ATTENDANT = frozenset({"service", "miscommunication", "information", "policy"})
ASIDE = 0.5  # weight of a vote for one of these then
UNNAMED = 0.25  # and of one that no word names: "how long will that take" is about what has been told before


def fold(conversation: Conversation, message: Message, reading: Reading) -> Conversation:
    """The conversation after one more message. Notes and system messages leave all but seq and time as they are."""
    seq = max(conversation.seq, message.seq)
    if message.role is Role.CUSTOMER:
        return _customer(conversation, seq, message, reading)
    if message.role in (Role.AGENT, Role.BOT):
        return _answer(conversation, seq, message, reading)
    return replace(conversation, seq=seq)


def _customer(before: Conversation, seq: int, message: Message, reading: Reading) -> Conversation:
    left = before.tension if before.waiting_since else rested(before.tension, _seconds(before.at, message.at))
    alarms = _alarms(before, reading)
    heats = points(reading)
    tension = _held(heat(left, reading, heats), alarms, _escalated(before, reading))
    levels = (*before.levels, tension)[-KEPT_LEVELS:]
    insulted = reading.signal("abuse") >= ABUSIVE
    refused = reading.signal("refusal") >= DONE and Step.SOLVE in before.steps
    facts = {**before.facts, **{fact.slot: fact.value for fact in reading.facts}}
    seen = evidence(message, reading, heats)
    causes, cause, shown = _cause(before, reading, seen)
    language, leaning = turned(
        (before.language, before.leaning),
        reading.language,
        message.text,
        first=not before.settled,
        expected=reading.language.code == before.locale.partition("-")[0],
    )
    rated = _rated(before, message, reading)
    manner = observed(before.manner, message.id, message.text, reading)
    after = replace(
        before,
        style=manner.style,
        manner=manner,
        seq=seq,
        at=message.at,
        tension=tension,
        levels=levels,
        trend=trend(levels),
        course=go_on(before.course, message.role, reading),
        steps=_reopened(before, reading, sum(heats.values()), insulted=insulted, refused=refused, rated=rated),
        causes=causes,
        cause=cause,
        cause_evidence=shown,
        facts=MappingProxyType(facts),
        said=(*before.said, frozenset(normalise(message.text).words))[-KEPT_SAID:],
        heard=reading,
        evidence=seen,
        language=language,
        leaning=leaning,
        settled=before.settled or reading.language.certainty > HARDLY,
        contacts=max(before.contacts, *(HOW_MANY.get(facts.get(slot, ""), 0) for slot in ("contact", "times"))),
        insults=before.insults + insulted,
        refusals=before.refusals + refused,
        alarms=alarms,
        run=before.run + 1,
        venting=before.run >= 1 and _seconds(before.at, message.at) <= VENTING and tension >= UNEASY,
        waiting_since=before.waiting_since or message.at,
        asked=None,
        rated=rated,
        silent=0,
        silences=0,
    )
    warned = POLICY.alerts(after.risk, stands=before.warned, falling=after.trend == "falling")
    ringing = warned and (before.ringing or not before.warned)
    return (
        after
        if (warned, ringing) == (before.warned, before.ringing)
        else replace(after, warned=warned, ringing=ringing)
    )


def _answer(before: Conversation, seq: int, message: Message, reading: Reading) -> Conversation:
    did = StepDone(message.id, message.seq, message.at, message.role)
    done = {step: did for step, probability in reading.steps.items() if probability >= DONE}
    if before.cause.confidence < CLEAR and reading.signal("question") >= DONE:
        done[Step.LISTEN] = did  # who does not know yet what it is about listens by asking
    words = frozenset(normalise(message.text).words)
    if _answers(before, reading, words):
        done[Step.SOLVE] = did
    escalated = Step.ESCALATE in before.steps or Step.ESCALATE in done
    promise = promised(message, reading)
    return replace(
        before,
        seq=seq,
        at=message.at,
        tension=_held(answer(before.tension, reading), before.alarms, escalated),
        course=go_on(before.course, message.role, reading),
        ringing=False,
        gone=before.gone | {item.key for item in before.suggestions if says(words, item.text)},
        told=" ".join(sorted(words)),
        steps=MappingProxyType({**before.steps, **done}),
        run=0,
        venting=False,
        waiting_since=None,
        asked=_asked(before, message, done),
        called=before.called or (Step.ESCALATE in done and before.next_step is Step.ESCALATE),
        silent=0,
        promises=(*before.promises, promise)[-KEPT_PROMISES:] if promise else before.promises,
    )


def _asked(before: Conversation, message: Message, done: Collection[Step]) -> int | None:
    """The scale on which the team asks how it was, at the end of a chat; an earlier question stands until an answer."""
    found = asked(message.text) if Step.CLOSE in before.steps or Step.CLOSE in done else None
    return before.asked if found is None else found


def _rated(before: Conversation, message: Message, reading: Reading) -> bool:
    """Whether they say how it was and leave it at that. Who says no to "was it solved?" has not finished."""
    said = rating(message.text, before.asked) if before.asked is not None else None
    if said is None or (said.score is None and said.content is False):
        return False
    return said.bare or max(map(reading.signal, MORE_TO_SAY)) < DONE


def _answers(before: Conversation, reading: Reading, words: frozenset[str]) -> bool:
    """Whether a plain question got a plain answer: a sentence that asks nothing back, promises and puts off nothing."""
    plain = before.tension < UNEASY and before.heard.signal("complaint") < DONE
    return (
        (plain or before.cause.label in QUESTIONS)
        and before.heard.signal("question") >= DONE
        and reading.signal("question") < DONE
        and reading.signal("promise") < DONE
        and max(reading.steps.values(), default=0.0) < DONE
        and len(words) >= ANSWER
    )


def _seconds(before: datetime | None, now: datetime) -> float:
    return (now - before).total_seconds() if before else 0.0


def _reopened(
    before: Conversation, reading: Reading, heated: float, *, insulted: bool, refused: bool, rated: bool
) -> Mapping[Step, StepDone]:
    """Steps that stay done.

    An outburst asks for empathy and another solution anew, abuse for a limit (on the last rung for the supervisor), a
    refusal or impatience for a solution, and an alarm for its protocol, the first time. Who asks for somebody above has
    not got them by a question that the agent put to her supervisor on her own account.
    """
    ends = rated or max(reading.signal("gratitude"), reading.signal("farewell")) >= DONE
    reopened = set() if ends else {Step.CLOSE}
    if insulted:
        reopened |= {Step.BOUNDARY} if before.insults + 1 < LAST_RUNG else {Step.ESCALATE}
    elif heated >= REOPENS and not rated:
        reopened |= {Step.EMPATHIZE, Step.SOLVE, Step.FOLLOW_UP}
    if reading.signal("impatience") >= DONE:
        reopened |= {Step.SOLVE}
    for name, steps in ALARMS.items():
        if reading.signal(name) >= DONE and name not in before.alarms:
            reopened |= steps
    if reading.signal("supervisor") >= DONE and not before.called:
        reopened |= {Step.ESCALATE}
    if refused:
        reopened |= {Step.SOLVE, Step.FOLLOW_UP}
    return MappingProxyType({step: done for step, done in before.steps.items() if step not in reopened})


def _escalated(before: Conversation, reading: Reading) -> bool:
    """Whether somebody has been called in, and for what was said before this message."""
    new = any(reading.signal(name) >= DONE and name not in before.alarms for name in ALARMS)
    return Step.ESCALATE in before.steps and not new


def _held(tension: float, alarms: Mapping[str, float], escalated: bool) -> float:
    """Tension while an alarm stands: a kind word does not make it safe before somebody has been called in."""
    return tension if escalated else max([tension, *(FLOORS[name] for name in alarms)])


def _alarms(before: Conversation, reading: Reading) -> Mapping[str, float]:
    """Safety signals that stand; a threat taken back after the supervisor was called in is over."""
    alarms = dict(before.alarms)
    if reading.signal("remorse") >= DONE and Step.ESCALATE in before.steps:
        alarms.pop("threat", None)
    for name in ALARMS:
        if reading.signal(name) >= DONE:
            alarms[name] = max(reading.signal(name), alarms.get(name, 0.0))
    return MappingProxyType(alarms)


def _cause(
    before: Conversation, reading: Reading, seen: tuple[Evidence, ...]
) -> tuple[Mapping[str, float], Cause, tuple[Evidence, ...]]:
    """Votes so far with this message's, the cause that leads them, and the words that named it last."""
    if reading.cause.label == "other" or reading.cause.confidence < CLEAR:
        return before.causes, before.cause, before.cause_evidence
    votes = {label: vote * FADE for label, vote in before.causes.items()}
    aside = (
        reading.cause.label in ATTENDANT and before.cause.label not in ATTENDANT and before.cause.confidence >= CLEAR
    )
    weight = ASIDE if aside else 1.0
    if before.cause.confidence >= CLEAR and not any(c.kind == "cause" and c.rule != RULE for c in reading.cues):
        weight *= UNNAMED
    votes[reading.cause.label] = votes.get(reading.cause.label, 0.0) + weight * reading.cause.confidence
    label = max(votes, key=lambda name: votes[name])
    total = sum(votes.values())
    cause = Cause(label, min(1.0, votes[label] / max(1.0, total)))
    shown = tuple(item for item in seen if item.kind == "cause") if label == reading.cause.label else ()
    return MappingProxyType(votes), cause, shown or before.cause_evidence


def evidence(
    message: Message, reading: Reading, heats: Mapping[str, float] = MappingProxyType({})
) -> tuple[Evidence, ...]:
    """The words behind a reading, strongest first; the points of a kind are shared out among its cues."""
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
