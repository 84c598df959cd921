"""Incidents of one team and cause as they are kept: one document, in which at most the last one is live.

So the document's revision decides who is first, and there is never more than one at a time.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from app.errors import Refused
from app.models import Id, Incoming
from app.store.rows import Document, Json
from app.wire import stamp
from assist.signals.cause import LABELS

KIND = "incident"
KEPT = 20  # incidents of one team and cause; the oldest are forgotten
CHANGES = 50  # of one incident; the first and the last are kept
LONGEST = 500  # characters of a line, and of a status
Incident = dict[str, Any]


def _plain(value: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs") and char != "\n" for char in value):
        raise ValueError("only text and line breaks are allowed")
    return value


def _cause(value: str) -> str:
    if value not in LABELS:
        raise ValueError(f"a cause is one of {', '.join(LABELS)}")
    return value


Said = Annotated[str, StringConstraints(max_length=LONGEST, strip_whitespace=True), AfterValidator(_plain)]
Line = Annotated[Said, Field(min_length=1)]


class IncidentIn(Incoming):
    """A line for all chats of a team that are about one thing, and what the team knows about it."""

    team: Id
    cause: Annotated[str, AfterValidator(_cause)]
    line: Line
    status: Said = ""


class IncidentChange(Incoming):
    """What is said from now on, by who has seen this revision."""

    line: Line | None = None
    status: Said | None = None
    revision: int


def place_of(team: str, cause: str) -> str:
    """The id of the document. The length says where the team ends: no two share one."""
    return sha256(f"{len(team)}:{team}:{cause}".encode()).hexdigest()[:32]


def all_of(document: Document) -> Sequence[Incident]:
    """The incidents of a document, oldest first."""
    kept: Sequence[Incident] = document.body["incidents"]
    return kept


def live_of(document: Document | None) -> Incident | None:
    """The one that is live, if any."""
    last = all_of(document)[-1] if document else None
    return last if last and last["ended_at"] is None else None


def opened(before: Sequence[Incident], identity: str, new: IncidentIn, by: str, now: datetime) -> Sequence[Incident]:
    """The incidents with a new one. Raises `Refused` (`exists`) where one is live."""
    if before and before[-1]["ended_at"] is None:
        raise Refused("exists", f"there is an incident for {new.cause} already", {"id": before[-1]["id"]})
    said = {"line": new.line, "status": new.status}
    incident = {
        "id": identity,
        "team": new.team,
        "cause": new.cause,
        "opened_at": stamp(now),
        "by": by,
        **said,
        "updated_at": stamp(now),
        "ended_at": None,
        "history": [_done("opened", by, now, said)],
    }
    return [*before[1 - KEPT :], incident]


def changed(incident: Incident, change: IncidentChange, by: str, now: datetime) -> Incident:
    """The incident with another line or status."""
    said = {name: value for name in ("line", "status") if (value := getattr(change, name)) is not None}
    return {**incident, **said, "updated_at": stamp(now), "history": _with(incident, _done("changed", by, now, said))}


def ended(incident: Incident, by: str | None, now: datetime) -> Incident:
    """The incident after its end; `by` is None where it ended by itself."""
    end = {"ended_at": stamp(now), "updated_at": stamp(now)}
    return {**incident, **end, "history": _with(incident, _done("ended", by, now, {}))}


def _done(what: str, by: str | None, now: datetime, said: Mapping[str, str]) -> Json:
    return {"did": what, "by": by, "at": stamp(now), **said}


def _with(incident: Incident, done: Json) -> list[Json]:
    history = [*incident["history"], done]
    return [history[0], *history[1:][1 - CHANGES :]]
