"""The advice: the next step, what has been done, what to say, and what to watch out for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from assist.conversation.state import Conversation, Suggestion
from assist.conversation.tension import band
from assist.message import Role, Step
from assist.phrasing import wear
from assist.phrasing.choose import MOST, choose
from assist.playbook.match import Match, match
from assist.playbook.offers import remembered
from assist.playbook.schema import TONES, Playbooks
from assist.signals import tongues
from assist.signals.language import UNKNOWN, name


@dataclass(frozen=True, slots=True)
class StepState:
    """A line of the checklist; `by` is the id of the message that did it, `role` who wrote it, `at` when."""

    step: Step
    done: bool
    by: str | None
    at: datetime | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that outranks the usual advice; severity `info`, `warning` or `critical`."""

    kind: str
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class NotShown:
    """What the sidebar keeps back, and why."""

    what: str
    because: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the agent is to do now, as against what to say; `rule` names the playbook and step."""

    text: str
    rule: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """All that the sidebar shows after a message. `wait` asks to let the customer finish first."""

    next_step: Step | None
    reason: str
    wait: bool
    steps: tuple[StepState, ...]
    suggestions: tuple[Suggestion, ...]
    cautions: tuple[str, ...]
    alerts: tuple[Alert, ...]
    not_shown: tuple[NotShown, ...]
    instructions: tuple[Instruction, ...] = ()


MOST_INSTRUCTIONS = 4  # at once; more is not read
OUTRANKING = frozenset({Step.BOUNDARY, Step.ESCALATE})  # not to be put off until they have finished

Test = Callable[[Conversation], bool]


def _tense(state: Conversation) -> bool:
    return band(state.tension) in ("tense", "critical")


def _alone(state: Conversation) -> bool:
    """Whether nobody has been brought in yet."""
    return Step.ESCALATE not in state.steps


LEGAL = 0.7  # a threat below is of lawyers and regulators, from here on of harm
ALERTS: tuple[tuple[Test, Alert], ...] = (
    (
        lambda s: s.heard.signal("threat") >= LEGAL or (s.alarms.get("threat", 0.0) >= LEGAL and _alone(s)),
        Alert(
            "threat",
            "critical",
            "A threat of harm. Safety first: bring in a supervisor now, and do not argue.",
        ),
    ),
    (
        lambda s: 0.4 <= s.heard.signal("threat") < LEGAL,
        Alert(
            "legal",
            "warning",
            "They speak of legal or public action. Stay factual; promise nothing about the claim.",
        ),
    ),
    (
        lambda s: s.alarms.get("distress", 0.0) >= 0.5 and (s.heard.signal("distress") >= 0.5 or _alone(s)),
        Alert(
            "distress",
            "critical",
            "They may not be safe. Answer the person first, and bring in somebody trained.",
        ),
    ),
    (
        lambda s: s.insults >= 3 and s.heard.signal("abuse") >= 0.5,
        Alert(
            "abuse",
            "critical",
            "Abuse for the third time or more. You may end this chat with your supervisor.",
        ),
    ),
    (
        lambda s: s.insults < 3 and s.heard.signal("abuse") >= 0.5,
        Alert(
            "abuse",
            "warning",
            "That was aimed at you. Name the limit once, calmly, and stay with their problem.",
        ),
    ),
    (
        lambda s: s.heard.signal("churn") >= 0.5,
        Alert("churn", "warning", "They speak of leaving. Do not plead: settle what drives them away."),
    ),
)
# Where nothing louder speaks: the forecast's, once, until it has fallen well below and comes again.
RISK = Alert("risk", "warning", "This is heading for a bad end. Slow down, settle one thing at once, or bring in help.")
CAUTIONS: tuple[tuple[Test, str], ...] = (
    (lambda s: s.contacts >= 2, "They have told this before: do not ask them to start over."),
    (
        lambda s: s.refusals >= 1 and s.run > 0 and Step.SOLVE not in s.steps,
        "Your last offer did not fit or did not work: bring a different one.",
    ),
    (lambda s: _tense(s) and s.run > 0, "Leave out “calm down”, “policy” and any “but” after a sorry."),
)


def advise(playbooks: Playbooks, before: Conversation, state: Conversation) -> tuple[Conversation, Advice]:
    """The advice for a conversation as it stands after a message, and the conversation that remembers it.

    Phrases that stand stay as long as their step does, so that nothing jumps; one that was sent is replaced by a fresh
    one. Once gone they never come back.
    """
    playbooks = playbooks.speaking(state.language)
    state = remembered(playbooks, before, state)
    found = match(playbooks, state)
    step = found.step
    kept = standing = _standing(before, state, found)
    said = _leaving(before, state, standing)
    if kept and not any(_leads(item, found) for item in kept):
        # There may be lines now that are made for this very moment: they take the place of what stands.
        anew = choose(state, kept[0].step, found.entries, said=said)
        kept = () if any(_leads(item, found) for item in anew) else kept
    fresh = choose(state, step, found.entries, kept, said=said, version=playbooks.version) if step else ()
    shown = tuple(sorted((*kept, *fresh), key=lambda item: TONES.index(item.tone)))
    dropped = {item.key for item in before.suggestions} - {item.key for item in shown}
    late = [item.text for item in standing if item.key in dropped]
    state = replace(
        state,
        suggestions=shown,
        gone=state.gone | dropped,
        shown=wear.remembered(said, late),
        told="",
        next_step=step,
    )
    advice = Advice(
        next_step=step,
        reason=found.reason,
        wait=state.venting and step not in OUTRANKING,
        steps=_checklist(state),
        suggestions=shown,
        cautions=(*_unread(state), *(text for test, text in CAUTIONS if test(state))),
        alerts=_alerts(state),
        not_shown=_not_shown(found, len(shown)),
        instructions=_instructions(found),
    )
    return state, advice


def _leaving(before: Conversation, state: Conversation, standing: tuple[Suggestion, ...]) -> tuple[str, ...]:
    """What is remembered with what the team has said and the suggestions that go now: neither comes again."""
    texts = [item.text for item in before.suggestions if item not in standing]
    if state.told:
        texts.append(state.told)
    return wear.remembered(state.shown, texts)


def _unread(state: Conversation) -> tuple[str, ...]:
    """How far the customer's last message is read, where it is not in English."""
    if state.heard.signal("foreign") < 0.5 or state.run == 0:
        return ()
    code = state.heard.language.code
    if code in tongues.READ:
        return (f"This is in {name(code)}: only plain words are read in it, so check tension and cause yourself.",)
    what = f"in {name(code)}, which is not read well" if code not in ("", UNKNOWN) else "not in English"
    return (f"This is {what}: tension and cause are guesses. Read it yourself.",)


def _alerts(state: Conversation) -> tuple[Alert, ...]:
    """What stands until it is answered."""
    if state.run == 0:
        return ()
    found = tuple(alert for test, alert in ALERTS if test(state))
    return found or ((RISK,) if state.ringing else ())


def _standing(before: Conversation, state: Conversation, found: Match) -> tuple[Suggestion, ...]:
    """The suggestions that may stay: same step and cause, an entry that still speaks, nothing new told, not sent."""
    if not state.suggestions or before.facts != state.facts or before.cause.label != state.cause.label:
        return ()
    speaking = {(entry.rule, entry.reason) for entry in found.entries}
    return tuple(
        item for item in state.suggestions if (item.rule, item.reason) in speaking and item.key not in state.gone
    )


def _leads(item: Suggestion, found: Match) -> bool:
    """Whether a suggestion is of the first entry that speaks now."""
    lead = found.entries[0]
    return item.reason == lead.reason and item.rule == lead.rule


TO_DO: Mapping[Step, StepState] = MappingProxyType({step: StepState(step, done=False, by=None) for step in Step})


def _checklist(state: Conversation) -> tuple[StepState, ...]:
    done = {step: StepState(step, True, did.message, did.at, did.role) for step, did in state.steps.items()}
    return tuple(({**TO_DO, **done}).values())


def _instructions(found: Match) -> tuple[Instruction, ...]:
    """What to do besides, critical ones first, none twice."""
    told: dict[str, Instruction] = {}
    for entry in found.entries:
        for text in entry.does:
            told.setdefault(text, Instruction(text, entry.rule, entry.critical))
    return tuple(sorted(told.values(), key=lambda item: not item.critical)[:MOST_INSTRUCTIONS])


def _not_shown(found: Match, shown: int) -> tuple[NotShown, ...]:
    if found.step is None:
        return (NotShown("phrases", "there is nothing to add until the customer writes"),)
    if not any(entry.phrases[tone] for entry in found.entries for tone in TONES):
        return (NotShown("phrases", "this is something to do, not to say"),)
    if shown < MOST:
        return (NotShown(f"{MOST - shown} more for {found.step}", "every other line has been shown in this chat"),)
    return ()
