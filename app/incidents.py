"""The room of incidents: many chats, one cause, one approved line and status for all of their sidebars, with an end.

The store has them, so that all workers have the same ones; each worker tells those who watch at it. A burst is told
from the rows of the board and kept nowhere.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from app.auth import Principal, allow
from app.backplane import Backplane
from app.errors import Refused
from app.incident import (
    KIND,
    Incident,
    IncidentChange,
    IncidentIn,
    all_of,
    changed,
    ended,
    live_of,
    opened,
    place_of,
)
from app.jsontext import dumps
from app.sightings import Sightings
from app.store.rows import Conflict, ConversationRow, Document, Json, Store, StoreError
from app.subscription import Watching
from app.wire import stamp
from assist.board.burst import DAYS, Burst

EVERY = 3.0  # seconds between two looks at the rows and into the store
TOPIC = "incidents"
LISTED = 50  # conversations that a burst names, the latest
SHOWN = timedelta(days=1)  # that an ended one is listed
FORGOTTEN = timedelta(minutes=60)  # without anything new in a chat of its cause, after which one ends by itself
LATE = timedelta(seconds=1), timedelta(seconds=15)  # in which an update of a worker that did not know it may come in
REMEMBERED = 20_000  # conversations of the last days, of which what is usual is known at start
Key = tuple[str, str, str]  # tenant, team, cause
log = structlog.get_logger()


class Incidents:
    """What is known of incidents, and what may be done to them. Raises `Refused` for what is not allowed or valid."""

    def __init__(
        self,
        store: Store,
        backplane: Backplane,
        watching: Watching,
        *,
        clock: Callable[[], datetime],
        rows: Callable[[], Iterable[ConversationRow]],
    ) -> None:
        self._store = store
        self._backplane = backplane
        self._watching = watching
        self._clock = clock
        self._rows = rows
        self._documents: dict[tuple[str, str], Document] = {}  # by tenant and place
        self._live: dict[Key, Incident] = {}
        self._sightings = Sightings()
        self._chats: Counter[Key] = Counter()  # live ones
        self._active: dict[Key, datetime] = {}  # when something happened last in a chat of this cause
        self._listeners: list[Callable[[str], None]] = []
        self._told = asyncio.Event()  # another worker changed something
        self.news = asyncio.Event()  # set, and another one in its place, whenever `seen_by` may have changed

    # What is known.

    def of(self, tenant: str, team: str, cause: str) -> str | None:
        """The id of the incident that is live there."""
        incident = self._live.get((tenant, team, cause))
        return incident["id"] if incident else None

    def known(self, row: ConversationRow) -> Json | None:
        """What the sidebar of a conversation shows of the incident that it belongs to."""
        key = _key(row)
        incident = None if row.resolved_at else self._live.get(key)
        if incident is None:
            return None
        return {
            **{name: incident[name] for name in ("id", "cause", "line", "status", "updated_at")},
            "chats": max(1, self._chats[key]),
        }

    def seen_by(self, who: Principal) -> dict[str, list[Json]]:
        """`incidents` that are live or ended within a day, newest first, and `bursts`: those of her teams."""
        since = stamp(self._clock() - SHOWN)
        incidents = [
            self._wire(document, incident)
            for document in self._documents.values()
            if _leads(who, document.tenant, document.body["team"])
            for incident in all_of(document)
            if incident["ended_at"] is None or incident["ended_at"] > since
        ]
        bursts = [
            self._burst(tenant, team, burst)
            for (tenant, team), burst in self._sightings.bursts
            if _leads(who, tenant, team)
        ]
        return {
            "incidents": sorted(incidents, key=lambda one: one["opened_at"], reverse=True),
            "bursts": sorted(bursts, key=lambda one: (-one["chats"], one["team"], one["cause"])),
        }

    def _wire(self, document: Document, incident: Incident) -> Json:
        chats = self._chats[document.tenant, incident["team"], incident["cause"]]
        return {**incident, "revision": document.revision, "chats": 0 if incident["ended_at"] else chats}

    def _burst(self, tenant: str, team: str, burst: Burst) -> dict[str, Any]:
        return {
            "team": team,
            "cause": burst.cause,
            "chats": len(burst.sightings),
            "since": stamp(burst.since),
            "latest": stamp(burst.latest),
            "usual_per_hour": round(burst.usual, 1),
            "conversations": [one.conversation for one in reversed(burst.sightings[-LISTED:])],
            "incident": self.of(tenant, team, burst.cause),
        }

    # What a supervisor does.

    async def open(self, who: Principal, new: IncidentIn) -> Json:
        """Begin one. Raises `Refused` (`forbidden`, `exists`)."""
        _may(who, new.team)
        await self._load()
        place = place_of(new.team, new.cause)
        now = self._clock()
        before = self._documents.get((who.tenant, place)) or Document(
            who.tenant, KIND, place, {"team": new.team, "cause": new.cause, "incidents": []}, now, 0
        )
        kept = opened(all_of(before), secrets.token_hex(8), new, who.subject, now)
        try:
            return await self._put(before, kept, who.subject, "opened")
        except Conflict:
            return await self.open(who, new)  # somebody else was first: look at what there is now

    async def change(self, who: Principal, identity: str, change: IncidentChange) -> Json:
        """Say something else from now on. Raises `Refused` (`not_found`, `forbidden`, `invalid`, `superseded`)."""
        document, incident = await self._found(who, identity)
        if change.revision != document.revision:
            raise _overtaken(document)
        new = changed(incident, change, who.subject, self._clock())
        try:
            return await self._put(document, [*all_of(document)[:-1], new], who.subject, "changed")
        except Conflict:
            raise _overtaken(document) from None

    async def end(self, who: Principal, identity: str) -> Json:
        """End it. Raises `Refused` (`not_found`, `forbidden`, `invalid`)."""
        document, incident = await self._found(who, identity)
        try:
            return await self._end(document, incident, who.subject)
        except Conflict:
            return await self.end(who, identity)

    async def _found(self, who: Principal, identity: str) -> tuple[Document, Incident]:
        """The live one of that id, as the store has it now."""
        allow(who, "supervisor", "admin")
        await self._load()
        of_tenant = (document for document in self._documents.values() if document.tenant == who.tenant)
        for document in of_tenant:
            incident = next((one for one in all_of(document) if one["id"] == identity), None)
            if incident:
                _may(who, incident["team"])
                if incident["ended_at"]:
                    raise Refused("invalid", f"this incident has ended at {incident['ended_at']}")
                return document, incident
        raise Refused("not_found", "there is no such incident")

    async def _end(self, document: Document, incident: Incident, by: str | None) -> Json:
        over = ended(incident, by, self._clock())
        return await self._put(document, [*all_of(document)[:-1], over], by, "ended")

    async def _put(self, before: Document, kept: Sequence[Incident], by: str | None, did: str) -> Json:
        """Keep them, tell everybody, and answer with the last one. Raises `Conflict` where somebody was first."""
        body = {**before.body, "incidents": list(kept)}
        new = replace(before, body=body, updated_at=self._clock(), revision=before.revision + 1)
        await self._store.put_document(new)
        log.info("incident", did=did, by=by, id=kept[-1]["id"], tenant=before.tenant)
        self._take(new)
        self._changed()
        self._backplane.publish(TOPIC, 0, "")
        return self._wire(new, kept[-1])

    # What goes on by itself.

    async def start(self) -> None:
        """Load what is kept and what came in the last days, and listen to the other workers."""
        now = self._clock()
        rows = await self._store.recent(now - DAYS, REMEMBERED)
        whole = now - DAYS if len(rows) < REMEMBERED else rows[-1].updated_at
        await asyncio.to_thread(self._sightings.fill, rows, whole, now)
        for row in rows:
            self._note(row)
        self._backplane.subscribe(TOPIC, lambda _, __: self._told.set())
        await self.look()

    async def watch(self) -> None:
        """Look again and again, and at once when another worker has changed something, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(EVERY):
                    await self._told.wait()
            except TimeoutError:
                pass
            self._told.clear()
            try:
                await self.look()
            except StoreError as error:
                log.warning("incidents_put_off", error=str(error))
            except Exception:  # a mistake of ours must not end the looking
                log.exception("incidents_not_looked_at")

    async def look(self) -> None:
        """Take in what other workers did and what the board has now; end what nobody writes about any more."""
        await self._load()
        now = self._clock()
        rows = list(self._rows())
        self._sightings.look(rows, now)
        self._chats = Counter(_key(row) for row in rows if _is_live(row, now))
        for row in rows:
            self._note(row)
        for key, incident in list(self._live.items()):
            updated = datetime.fromisoformat(incident["updated_at"])
            if now - max(updated, self._active.get(key, updated)) >= FORGOTTEN:
                await self._end_by_itself(key, incident)
        self._tell_again(now)
        self._changed()

    async def _end_by_itself(self, key: Key, incident: Incident) -> None:
        tenant, team, cause = key
        try:
            await self._end(self._documents[tenant, place_of(team, cause)], incident, None)
        except Conflict:
            log.info("incident_changed_elsewhere", id=incident["id"])  # looked at again the next time

    def _tell_again(self, now: datetime) -> None:
        """What was told of late: an update of a worker that did not know it yet may have come after it."""
        for document in self._documents.values():
            if LATE[0] <= now - document.updated_at < LATE[1]:
                self._tell(_place(document))

    def _note(self, row: ConversationRow) -> None:
        key = _key(row)
        self._active[key] = max(row.updated_at, self._active.get(key, row.updated_at))

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Have it called with a tenant of which conversations belong to another incident now, or to none any more."""
        self._listeners.append(listener)

    async def _load(self) -> None:
        for document in await self._store.documents(KIND):
            self._take(document)

    def _take(self, document: Document) -> None:
        """Take in a document, and tell whom it concerns where it is news."""
        place = document.tenant, document.id
        before = self._documents.get(place)
        if before and before.revision >= document.revision:
            return
        self._documents[place] = document
        key = _place(document)
        live = live_of(document)
        if live:
            self._live[key] = live
        else:
            self._live.pop(key, None)
        self._tell(key)

    def _tell(self, key: Key) -> None:
        """Tell the sidebars that watch here, and whoever else wants to know."""
        concerned, watched = [row for row in self._rows() if _key(row) == key], set(self._watching.keys())
        self._chats[key] = sum(_is_live(row, self._clock()) for row in concerned)
        for row in concerned:
            if (row.tenant, row.id) in watched:
                frame = {"type": "incident", "conversation": row.id, "incident": self.known(row)}
                self._watching.tell((row.tenant, row.id), dumps(frame))
        for listener in self._listeners:
            listener(key[0])

    def _changed(self) -> None:
        news, self.news = self.news, asyncio.Event()
        news.set()


def _key(row: ConversationRow) -> Key:
    return row.tenant, row.team, row.summary.get("cause", "")


def _is_live(row: ConversationRow, now: datetime) -> bool:
    """Whether somebody still writes in it: many tools never say that a chat is over."""
    return row.resolved_at is None and now - row.updated_at < FORGOTTEN


def _place(document: Document) -> Key:
    return document.tenant, document.body["team"], document.body["cause"]


def _leads(who: Principal, tenant: str, team: str) -> bool:
    """Whether she sees the incidents of a team; a token for one conversation does not."""
    return who.tenant == tenant and who.scope is None and (who.role == "admin" or _supervises(who, team))


def _supervises(who: Principal, team: str) -> bool:
    return who.role == "supervisor" and team in who.teams


def _may(who: Principal, team: str) -> None:
    """Raise `Refused` (`forbidden`) unless she may speak for the team."""
    allow(who, "supervisor", "admin")
    if not _leads(who, who.tenant, team):
        raise Refused("forbidden", f"team '{team}' is not one of your token's teams")


def _overtaken(document: Document) -> Refused:
    latest = {"revision": document.revision}
    return Refused("superseded", "somebody else has changed this incident meanwhile: look at it again", latest)
