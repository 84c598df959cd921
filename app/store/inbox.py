"""The inbox on a SQL database."""
# ruff: noqa: D102 - what each call does stands in `Inbox`

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Select, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from app.store.columns import delivery_values
from app.store.inbox_rows import Delivery
from app.store.schema import IS_WAITING, inbox, inbox_turns
from app.store.statements import Beside, Write

# The order in a group: turns, what is new, what is told. A repeat waits for whoever brings or tells the same, and by
# this order nobody who is waited for waits in turn.
TURNS, NEW, TOLD = range(3)
READ_WITHIN = 0.8  # seconds, as for a conversation
_DELIVERY = select(*(inbox.c[field.name] for field in fields(Delivery)))
SETTLED = ("state", "outcome", "tries", "due_at", "body")
_SETTLE = (
    update(inbox).where(inbox.c.id == bindparam("of_id")).values({name: bindparam(f"to_{name}") for name in SETTLED})
)
_END = delete(inbox_turns).where(
    *(inbox_turns.c[name] == bindparam(f"of_{name}") for name in ("tenant", "conversation", "holder"))
)
_PRUNE = delete(inbox).where(inbox.c.received_at < bindparam("before"), inbox.c.state != "waiting")


class SqlInbox:
    """The `Inbox`, through the writer and the readers of its store."""

    def __init__(
        self,
        write: Callable[[Write], Awaitable[None]],
        read: Callable[[Select[Any], float], Awaitable[list[RowMapping]]],
        dialect: str,
    ) -> None:
        self._write = write
        self._read = read
        made = sqlite.insert if dialect == "sqlite" else postgresql.insert
        self._queue: Insert = made(inbox).inline().on_conflict_do_nothing(index_elements=["tenant", "connector", "key"])
        turn = made(inbox_turns).inline()
        self._turn: Insert = turn.on_conflict_do_update(
            index_elements=["tenant", "conversation"],
            set_={name: turn.excluded[name] for name in ("holder", "until")},
            where=(inbox_turns.c.until < bindparam("now", type_=inbox_turns.c.until.type))
            | (inbox_turns.c.holder == turn.excluded.holder),
        )

    async def queue(self, deliveries: Sequence[Delivery]) -> None:
        values = [delivery_values(delivery) for delivery in deliveries]
        keyed = [(one, (NEW, one["tenant"], one["connector"], one["key"])) for one in values]
        await self._write(Write(beside=[Beside(self._queue, one, place) for one, place in keyed]))

    async def due(self, now: datetime, most: int) -> list[Delivery]:
        return await self._found(_DELIVERY.where(IS_WAITING, inbox.c.due_at <= now).order_by(inbox.c.id).limit(most))

    async def of(self, tenant: str, conversation: str, until: datetime) -> list[Delivery]:
        its = inbox.c.tenant == tenant, inbox.c.conversation == conversation, inbox.c.due_at <= until
        return await self._found(_DELIVERY.where(IS_WAITING, *its).order_by(inbox.c.id))

    async def settle(self, delivery: Delivery) -> None:
        values = delivery_values(delivery)
        told = {f"to_{name}": values[name] for name in SETTLED}
        await self._write(Write(beside=[Beside(_SETTLE, {"of_id": delivery.id, **told}, (TOLD, delivery.id))]))

    async def take_turn(self, tenant: str, conversation: str, holder: str, now: datetime, until: datetime) -> None:
        values = {"tenant": tenant, "conversation": conversation, "holder": holder, "until": until, "now": now}
        await self._write(Write(beside=[Beside(self._turn, values, (TURNS, tenant, conversation), decisive=True)]))

    async def end_turn(self, tenant: str, conversation: str, holder: str) -> None:
        values = {"of_tenant": tenant, "of_conversation": conversation, "of_holder": holder}
        await self._write(Write(beside=[Beside(_END, values, (TURNS, tenant, conversation))]))

    async def last(self, tenant: str, connector: str, most: int) -> list[Delivery]:
        its = inbox.c.tenant == tenant, inbox.c.connector == connector
        return await self._found(_DELIVERY.where(*its).order_by(inbox.c.id.desc()).limit(most))

    async def prune(self, before: datetime) -> None:
        await self._write(Write(beside=[Beside(_PRUNE, {"before": before}, (TOLD, 0))]))

    async def _found(self, query: Select[Any]) -> list[Delivery]:
        return [Delivery(**found) for found in await self._read(query, READ_WITHIN)]
