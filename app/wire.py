"""From `assist`'s values to the words on the wire, and a recorded reading to and from its stored form."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from app.store.rows import ConversationRow
from assist.advice import Advice, StepState
from assist.conversation.fold import evidence
from assist.conversation.state import Conversation, Evidence
from assist.conversation.tension import band
from assist.engine import Heard
from assist.message import Message, Role, Step
from assist.reading import Cause, Cue, Fact, Language, Reading

Json = dict[str, Any]
_ROW = TypeAdapter(ConversationRow)
HOST = ("slots", "channel", "locale")  # fields of a conversation that its host tells


def stamp(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def message_wire(message: Message) -> Json:
    """A message as it is everywhere."""
    wire: Json = {
        "id": message.id,
        "seq": message.seq,
        "role": message.role.value,
        "text": message.text,
        "at": stamp(message.at),
    }
    if message.attachments:
        wire["attachments"] = list(message.attachments)
    if message.deleted:
        wire["deleted"] = True
    return wire


def message_from(wire: Mapping[str, Any]) -> Message:
    """The message behind a stored wire form."""
    return Message(
        id=wire["id"],
        seq=wire["seq"],
        role=Role(wire["role"]),
        text=wire["text"],
        at=datetime.fromisoformat(wire["at"]),
        attachments=tuple(wire.get("attachments", ())),
        deleted=bool(wire.get("deleted")),
    )


def cause_wire(state: Conversation) -> Json:
    """`{"label", "confidence", "evidence"}` of the conversation."""
    return {
        "label": state.cause.label,
        "confidence": round(state.cause.confidence, 4),
        "evidence": [_evidence(item) for item in state.cause_evidence],
    }


def style_wire(state: Conversation) -> Json:
    """`{"label", "evidence"}`: how the customer writes and the words that show it; an empty label is not known yet."""
    return {
        "label": state.style,
        "evidence": [
            {"message": trait.message, "start": trait.start, "end": trait.end, "text": trait.text, "rule": trait.rule}
            for trait in state.manner.evidence
        ],
    }


def promises_wire(state: Conversation) -> list[Json]:
    """`{"message", "text", "when"?, "due"?}` of each promise made to the customer, oldest first."""
    return [
        {
            "message": promise.message,
            "text": promise.text,
            **({"when": promise.when} if promise.when else {}),
            **({"due": stamp(promise.due)} if promise.due else {}),
        }
        for promise in state.promises
    ]


def levels_wire(state: Conversation) -> Json:
    """Tension, band, trend and risk of a conversation, as every answer gives them."""
    tension = round(state.tension, 1)
    return {
        "tension": tension,
        "band": band(tension),
        "trend": state.trend,
        "risk": round(state.risk, 4),
    }


def reading_wire(heard: Heard) -> Json:
    """A reading without its suggestions, which the advice beside it holds."""
    state, reading, message = heard.conversation, heard.reading, heard.message
    shown = state.evidence if message.role is Role.CUSTOMER else evidence(message, reading)
    return {
        "conversation": state.id,
        "id": message.id,
        "seq": message.seq,
        "sentiment": round(reading.sentiment, 4),
        "signals": dict(reading.signals),
        "cause": cause_wire(state),
        "steps_done": {step.value: round(p, 4) for step, p in reading.steps.items()},
        "politeness": round(reading.politeness, 4),
        **levels_wire(state),
        "next_step": heard.advice.next_step,
        "acts": dict(reading.acts),
        "facts": {fact.slot: fact.value for fact in reading.facts},
        "evidence": [_evidence(item) for item in shown],
        "scorer": reading.scorer,
        "language": {"code": reading.language.code, "certainty": reading.language.certainty},
    }


def _evidence(item: Evidence) -> Json:
    # Written out: `asdict` copies every value deeply, and took a tenth of a message's whole way.
    return {
        "message": item.message,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "kind": item.kind,
        "rule": item.rule,
        "points": item.points,
    }


def advice_wire(advice: Advice) -> Json:
    """The advice as the sidebar gets it."""
    return {
        "next_step": advice.next_step,
        "reason": advice.reason,
        "wait": advice.wait,
        "steps": [_step(line) for line in advice.steps],
        "suggestions": [
            {
                "id": item.id,
                "step": item.step.value,
                "text": item.text,
                "tone": item.tone,
                "missing": list(item.missing),
                "why": {
                    "rule": item.rule,
                    "reason": item.reason,
                    "evidence": [_evidence(piece) for piece in item.evidence],
                    "version": item.version,
                },
                "critical": item.critical,
            }
            for item in advice.suggestions
        ],
        "instructions": [asdict(item) for item in advice.instructions],
        "cautions": list(advice.cautions),
        "alerts": [asdict(alert) for alert in advice.alerts],
        "not_shown": [asdict(item) for item in advice.not_shown],
    }


def _step(line: StepState) -> Json:
    """A line of the checklist; where it is done with the message that did it, who wrote that and when."""
    wire: Json = {"step": line.step.value, "done": line.done}
    if line.by:
        wire |= {"by": line.by, "message": line.by}
    if line.role:
        wire["role"] = line.role.value
    return {**wire, "at": stamp(line.at)} if line.at else wire


def whole_reading(reading: Mapping[str, Any], advice: Mapping[str, Any]) -> Json:
    """A reading as it goes out: with the suggestions of its advice."""
    return {**reading, "suggestions": advice["suggestions"]}


def outcome_of(heard: Heard) -> Json:
    """What is kept beside a message: what the fold made of it, as it goes out."""
    return {"reading": reading_wire(heard), "advice": advice_wire(heard.advice)}


def recorded(reading: Reading, host: Mapping[str, Any] | None) -> Json:
    """A reading as it is recorded with its message, with what the host told where that changed before it."""
    told = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in (host or {}).items()}
    return {**pack(reading), **told}


def host_of(stored: Mapping[str, Any]) -> Json:
    """What the host had told by then, from a stored reading; empty where nothing changed before its message."""
    told = {name: stored[name] for name in HOST if name in stored}
    return {**told, **({"worn": frozenset(stored["worn"])} if "worn" in stored else {})}


def pack(reading: Reading) -> Json:
    """A reading in its stored form."""
    return {
        "sentiment": reading.sentiment,
        "signals": {name: value for name, value in reading.signals.items() if value},
        "cause": [reading.cause.label, reading.cause.confidence],
        "steps": {step.value: p for step, p in reading.steps.items()},
        "politeness": reading.politeness,
        "acts": dict(reading.acts),
        "cues": [[cue.start, cue.end, cue.kind, cue.rule, cue.strength] for cue in reading.cues],
        "facts": [[fact.slot, fact.value, fact.start, fact.end] for fact in reading.facts],
        "scorer": reading.scorer,
        "language": [reading.language.code, reading.language.certainty],
    }


def unpack(stored: Mapping[str, Any]) -> Reading:
    """The reading behind `pack`'s form."""
    return Reading(
        sentiment=stored["sentiment"],
        signals=MappingProxyType({**Reading().signals, **stored["signals"]}),
        cause=Cause(*stored["cause"]),
        steps=MappingProxyType({Step(name): p for name, p in stored["steps"].items()}),
        politeness=stored["politeness"],
        acts=MappingProxyType(dict(stored["acts"])),
        cues=tuple(Cue(*cue) for cue in stored["cues"]),
        facts=tuple(Fact(*fact) for fact in stored["facts"]),
        scorer=stored.get("scorer"),
        language=Language(*stored.get("language", ())),
    )


def row_wire(row: ConversationRow) -> Json:
    """A row as workers tell it to each other."""
    wire: Json = _ROW.dump_python(row, mode="json")
    return wire


def row_from(value: Json) -> ConversationRow:
    """The row that another worker told. Raises `ValueError` on anything else."""
    return _ROW.validate_python(value)
