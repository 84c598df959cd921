"""Commits a group of writes in one transaction: all of it or nothing."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.store.columns import Values
from app.store.connections import connected
from app.store.faults import Crossed, named_errors
from app.store.rows import Conflict, Notice
from app.store.statements import INSERT_ALERT, INSERT_EVENT, REVISE, SETTLE, STRIKE, Upserts, Write, batches

COMMIT_WITHIN = 2.0  # seconds; callers wait less, but a slow database is not cut off before it has had a real chance


class Commit:
    """Stores groups through one engine, which has one connection."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._upserts = Upserts(engine.dialect.name)

    async def __call__(self, group: Sequence[Write]) -> None:
        """Keep all of the group. Raises `Conflict` or `Unavailable`, and then nothing is kept."""
        try:
            await self._once(group)
        except Crossed:
            await self._once(group)

    async def _once(self, group: Sequence[Write]) -> None:
        with named_errors():
            async with connected(self._engine, COMMIT_WITHIN) as connection, connection.begin():
                await self._conversations(connection, group)
                await self._logs(connection, group)
                await self._documents(connection, group)
                await self._alerts(connection, group)
                await self._beside(connection, group)
                await self._apart(connection, group)

    async def _conversations(self, connection: AsyncConnection, group: Sequence[Write]) -> None:
        """Rows first: events refer to them, and whoever has a row's lock has its log and its notices to himself."""
        for replaced, rows in batches(group):
            statement = self._upserts.conversation[replaced]
            if not replaced.told:
                await connection.execute(statement, rows)
                continue
            for values in rows:
                if (await connection.execute(statement, values)).rowcount == 0:
                    raise Conflict(f"revision {values['revision']} is not the next of this conversation")

    async def _logs(self, connection: AsyncConnection, group: Sequence[Write]) -> None:
        """Events before what revises them."""
        if appended := [write.event for write in group if write.event]:
            await connection.execute(INSERT_EVENT, appended)
        if revised := [values for write in group for values in write.revised]:
            await connection.execute(REVISE, revised)

    async def _documents(self, connection: AsyncConnection, group: Sequence[Write]) -> None:
        """Sorted like the rows, and each by itself, as only so it shows whether it was the next revision."""
        for values in sorted((write.document for write in group if write.document), key=_place):
            if (await connection.execute(self._upserts.document, values)).rowcount == 0:
                raise Conflict(f"revision {values['revision']} is not the next of this document")

    async def _alerts(self, connection: AsyncConnection, group: Sequence[Write]) -> None:
        """A turn that is taken is a conflict by its key, a delivery that somebody else has in hand by its tries."""
        if raised := sorted((write.alert for write in group if write.alert), key=_turn):
            await connection.execute(INSERT_ALERT, raised)
        for values in sorted((write.settled for write in group if write.settled), key=_settled):
            if (await connection.execute(SETTLE, values)).rowcount == 0:
                raise Conflict(f"this alert has not had {values['of_tries']} tries until now")

    async def _beside(self, connection: AsyncConnection, group: Sequence[Write]) -> None:
        """Verdicts and notices, sorted: of two processes neither waits for what the other waits with."""
        if judged := sorted((write.feedback for write in group if write.feedback), key=_verdict):
            await connection.execute(self._upserts.judge, judged)
        if notices := [write.notice._asdict() for write in group if write.notice]:
            await connection.execute(self._upserts.note, notices)
        if struck := sorted({notice for write in group for notice in write.struck}):
            await connection.execute(STRIKE, [_of(notice) for notice in struck])

    async def _apart(self, connection: AsyncConnection, group: Sequence[Write]) -> None:
        """What tables of their own get, by places; at one place in the order in which it was asked for."""
        for one in sorted((one for write in group for one in write.beside), key=lambda one: one.place):
            if (await connection.execute(one.statement, one.values)).rowcount == 0 and one.decisive:
                raise Conflict("somebody else has it")


def _verdict(values: Values) -> tuple[str, str, str]:
    return values["tenant"], values["conversation"], values["key"] or ""


def _place(values: Values) -> tuple[str, str, str]:
    return values["tenant"], values["kind"], values["id"]


def _turn(values: Values) -> tuple[str, str, int]:
    return values["tenant"], values["team"], values["turn"]


def _settled(values: Values) -> tuple[str, str, int]:
    return values["of_tenant"], values["of_team"], values["of_turn"]


def _of(notice: Notice) -> Values:
    return {f"of_{name}": value for name, value in notice._asdict().items()}
