"""Writes into chat tools what became of their conversations: notes, a label, the tension, an agent, a priority.

One task looks again and again at the board, which has every live conversation of all workers; what was written already
is kept in the database, so that one worker at a time writes to a conversation what its tool has not been told. A tool
that is away is told later, by then only how things stand and what people did: no queue grows meanwhile.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog

from app.board import Board
from app.chat_tools.talk import Account, Api, Talk
from app.connectors import Connector, Connectors
from app.metrics import Metrics
from app.reach import Unmet, hold
from app.store.rows import Conflict, ConversationRow, Store, StoreError
from app.views import Views
from app.written import KIND, NOTES, Step, Written, note_hash, steps, written_of

EVERY = 2.0  # seconds between two looks: what changes meanwhile is written once
AT_ONCE = 4  # conversations that are written to at the same time
TURN = timedelta(seconds=90)  # for one conversation; then another worker may take it
LATELY = timedelta(minutes=5)  # what people did before that is not told of a conversation that was never written to
PAUSES = (2, 5, 15, 60, 300)  # seconds in which a tool that failed so often is left alone
FORGOTTEN = 1_000  # conversations that left the board and are still remembered, at most
BARRED = frozenset({401, 403})  # our token is not good there: every other call would come to the same
log = structlog.get_logger()


class WriteBack:
    """Writes to the tools of those connectors that allow it."""

    def __init__(
        self,
        store: Store,
        board: Board,
        views: Views,
        connectors: Connectors,
        over: httpx.AsyncClient,
        *,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._board = board
        self._views = views
        self._connectors = connectors
        self._over = over
        self._clock = clock
        self._metrics = metrics
        self._me = secrets.token_hex(8)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._seen: dict[tuple[str, str], int] = {}  # up to which event each conversation has been looked at
        self._failed: dict[str, int] = {}  # how often in a row each connector's tool did not do what was asked
        self._rests: dict[str, datetime] = {}  # until when it is left alone

    async def watch(self) -> None:
        """Write what is to be written, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except StoreError as error:
                log.warning("write_back_put_off", error=str(error))
            except Exception:  # a mistake in one chat must not end the writing for all
                log.exception("write_back_failed")

    async def look(self) -> None:
        """Write to every conversation in which something has happened since the last look."""
        writing = {one.name: one for one in self._connectors.all() if one.writes}
        if not writing:
            return
        rows = list(self._board.rows)
        due = list(self._due(writing, rows))
        if len(self._seen) > 2 * len(rows) + FORGOTTEN:
            live = {(row.tenant, row.id) for row in rows}
            self._seen = {key: offset for key, offset in self._seen.items() if key in live}
        told = await asyncio.gather(*(self._tell(*one) for one in due), return_exceptions=True)
        if wrong := next((one for one in told if isinstance(one, BaseException)), None):
            raise wrong

    def _due(
        self, writing: Mapping[str, Connector], rows: Iterable[ConversationRow]
    ) -> Iterable[tuple[Connector, ConversationRow]]:
        now = self._clock()
        for row in rows:
            connector = writing.get(row.id.partition(":")[0])
            if connector is None or connector.tenant != row.tenant or now < self._rests.get(connector.name, now):
                continue
            if self._seen.get((row.tenant, row.id), -1) < row.offset:
                yield connector, row

    async def _tell(self, connector: Connector, row: ConversationRow) -> None:
        """Write to one conversation, unless another worker does."""
        async with self._slots:
            turn, now = f"{KIND}:{row.id}", self._clock()
            if now < self._rests.get(connector.name, now):
                return
            try:
                await self._store.inbox.take_turn(row.tenant, turn, self._me, now, now + TURN)
            except Conflict:
                return
            try:
                await self._write(connector, row)
            except Unmet as unmet:
                self._rest(connector, unmet)
            else:
                self._failed.pop(connector.name, None)
                self._seen[row.tenant, row.id] = row.offset
            finally:
                with suppress(StoreError):
                    await self._store.inbox.end_turn(row.tenant, turn, self._me)

    def _rest(self, connector: Connector, unmet: Unmet) -> None:
        """Leave a tool alone for a while; what was not written is written then."""
        failed = self._failed[connector.name] = self._failed.get(connector.name, 0) + 1
        pause = max(PAUSES[min(failed, len(PAUSES)) - 1], unmet.after)
        self._rests[connector.name] = self._clock() + timedelta(seconds=pause)
        log.warning("write_back_put_off", connector=connector.name, error=str(unmet), seconds=pause)

    async def _write(self, connector: Connector, row: ConversationRow) -> None:
        """All steps, each kept when it is done. Raises `Unmet` where the rest has to wait."""
        before = written_of(await self._store.document(row.tenant, KIND, row.id))
        recent = await self._store.events(row.tenant, row.id, after=before.offset)
        if not before.revision:
            recent = [event for event in recent if event.at >= self._clock() - LATELY]
        kept = before
        for step in steps(before, row, recent, connector):
            kept = await self._step(connector, row, step, kept)
        await self._keep(row, replace(kept, offset=max([row.offset, *(event.offset for event in recent)])), kept)

    async def _step(self, connector: Connector, row: ConversationRow, step: Step, kept: Written) -> Written:
        """One step, and what is kept after it."""
        value = step.value
        if step.write == "note":
            value = await self._note(connector, row, step.value)
            notes = (*kept.notes, note_hash(value))[-NOTES:]
            kept = await self._keep(row, replace(kept, notes=notes), kept)  # before it can come back as an event
        outcome = "written"
        try:
            await hold(self._talk(connector, row, step.write, value), self._over)
        except Unmet as unmet:
            if unmet.later or unmet.status in BARRED:
                self._metrics.written.labels(connector.tool, step.write, "put_off").inc()
                raise
            outcome = "refused"
            log.warning("not_written", connector=connector.name, what=step.write, error=str(unmet))
        self._metrics.written.labels(connector.tool, step.write, outcome).inc()
        return await self._keep(row, replace(step.after, notes=kept.notes, revision=kept.revision), kept)

    def _talk(self, connector: Connector, row: ConversationRow, write: str, value: Any) -> Talk[None]:
        api: Api = connector.of_tool().api
        account: Account | None = connector.api
        assert account is not None
        there = row.id.partition(":")[2]
        talk: Talk[None] = getattr(api, write)(account, there, *(() if write == "priority" else (value,)))
        return talk

    async def _keep(self, row: ConversationRow, written: Written, before: Written) -> Written:
        """Keep it where it is new. Raises `Conflict` where another worker has come between."""
        if written == before:
            return before
        document = replace(written, revision=before.revision).document(row, self._clock())
        await self._store.put_document(document)
        return replace(written, revision=document.revision)

    async def _note(self, connector: Connector, row: ConversationRow, about: str) -> str:
        """The text of a note: the brief for who takes over, or what the sidebar would say now."""
        who = connector.principal("admin")
        if about == "brief":
            brief = await self._views.brief(who, row.id)
            return f"Steadyhand: handed over.\n\n{brief.as_markdown()}".strip()
        state = await self._views.state(who, row.id)
        advice = state["advice"]
        lines = [f"Steadyhand: tension {round(state['tension'])} of 100, {state['band']}.", advice["reason"]]
        lines += [f"A reply that may help: {one['text']}" for one in advice["suggestions"][:1]]
        return "\n".join(line for line in lines if line)
