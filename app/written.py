"""What a chat tool has been told of a conversation, and what it is to be told next."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from app.chat_tools.talk import LABELS
from app.connectors import Connector
from app.store.rows import ConversationRow, Document, Event, Json, Store

KIND = "written"  # of documents
ENOUGH = 5  # points that the tension has to change by until it is written again, unless the label changes too
NOTES = 20  # whose hashes are kept: by them a note is known that comes back as an event
HANDED_OVER = ("escalate", "takeover")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, after the event `offset` of the log; urgent and warned once are so for good."""

    offset: int = 0
    score: int | None = None
    label: str | None = None
    urgent: bool = False
    warned: bool = False  # a note has told that the conversation is critical
    notes: tuple[str, ...] = ()
    revision: int = 0  # of the document that it was read from

    def document(self, row: ConversationRow, now: datetime) -> Document:
        """As it is kept, in the next revision."""
        body = {name: value for name, value in asdict(self).items() if name != "revision"}
        return Document(row.tenant, KIND, row.id, {**body, "notes": list(self.notes)}, now, self.revision + 1)


def written_of(document: Document | None) -> Written:
    """What the document says; nothing has been written where there is none."""
    if document is None:
        return Written()
    return Written(**{**document.body, "notes": tuple(document.body["notes"])}, revision=document.revision)


def note_hash(text: str) -> str:
    """By which a note is known again, however it is wrapped."""
    return sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Step:
    """One write, of `WRITES`, its value, and what has been written then. A note's value says what it is about."""

    write: str
    value: Any
    after: Written


def steps(written: Written, row: ConversationRow, log: Sequence[Event], connector: Connector) -> Iterator[Step]:
    """What is to be written now: what people did, then how the conversation stands."""
    for event in log:
        written = replace(written, offset=event.offset)
        for write, value in _asked(event, connector):
            if write in connector.writes:
                yield Step(write, value, written)
    yield from _standing(written, row.summary, connector.writes)


def _asked(event: Event, connector: Connector) -> Iterator[tuple[str, Any]]:
    """What an action of one of our people asks of the tool; the connector's own came from there."""
    action, by = event.body.get("action"), event.body.get("by", "")
    if event.kind != "action" or by == connector.principal().subject:
        return
    if action in HANDED_OVER:
        yield "note", "brief"
    if action == "takeover" and (there := connector.known_as(event.body.get("to") or by)):
        yield "assign", there


def _standing(written: Written, summary: Json, writes: Sequence[str]) -> Iterator[Step]:
    """How the conversation stands, where the tool was told otherwise."""
    band, score = summary.get("band", ""), round(summary.get("tension", 0.0))
    label = LABELS.get(band)
    moved = ENOUGH if written.score is None else abs(written.score - score)
    if "score" in writes and (moved >= ENOUGH or (moved and label != written.label)):
        written = replace(written, score=score)
        yield Step("score", score, written)
    if label != written.label:
        written = replace(written, label=label)
        if "label" in writes:
            yield Step("label", label, written)
    if band != "critical":
        return
    if "priority" in writes and not written.urgent:
        written = replace(written, urgent=True)
        yield Step("priority", None, written)
    if "note" in writes and not written.warned:
        yield Step("note", "critical", replace(written, warned=True))


async def is_ours(store: Store, tenant: str, conversation: str, text: str) -> bool:
    """Whether a note is one that we wrote ourselves."""
    return note_hash(text) in written_of(await store.document(tenant, KIND, conversation)).notes
