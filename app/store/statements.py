"""The statements that write, dialect-neutral but for the upsert, and the order in which a group's rows are locked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Insert, Table, and_, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.store.columns import Values
from app.store.rows import Notice
from app.store.schema import alerts, conversations, documents, events, feedback, outbox

# Of a row that exists already: what was told, and what its log left. Its keys, epoch and creation are never replaced.
TOLD = ("team", "agent", "customer_id", "customer_name", "channel", "locale", "slots", "revision")
LEFT = ("summary", "updated_at", "resolved_at", "offset")

INSERT_EVENT = insert(events)
INSERT_ALERT = insert(alerts)
SETTLE = (
    update(alerts)
    .where(*(alerts.c[name] == bindparam(f"of_{name}") for name in ("tenant", "team", "turn", "tries")))
    .values({name: bindparam(name) for name in ("due_at", "tries")})
)
REVISE = (
    update(events)
    .where(
        events.c.tenant == bindparam("of_tenant"),
        events.c.conversation == bindparam("of_conversation"),
        events.c.offset == bindparam("of_offset"),
    )
    .values({name: bindparam(name) for name in ("body", "reading", "outcome")})
)
STRIKE = delete(outbox).where(*(outbox.c[name] == bindparam(f"of_{name}") for name in Notice._fields))


@dataclass(frozen=True, slots=True)
class Write:
    """What one caller wants committed, as column values; an empty one asks whether the database takes writes."""

    conversation: Values | None = None
    event: Values | None = None
    told: bool = False  # whether `conversation` replaces what was told
    revised: Sequence[Values] = ()
    feedback: Values | None = None
    document: Values | None = None
    alert: Values | None = None
    settled: Values | None = None
    notice: Notice | None = None
    struck: Sequence[Notice] = field(default=())
    beside: Sequence["Beside"] = ()


class Beside(NamedTuple):
    """A statement of a table of its own; a `decisive` one has to find a row, or the write is a conflict.

    `place` says where in a group it is run: by that two processes lock rows in the same order.
    """

    statement: Any
    values: Values
    place: tuple[Any, ...]
    decisive: bool = False


class Replaced(NamedTuple):
    """What a write replaces of a conversation that exists."""

    told: bool
    left: bool


class Upserts:
    """Those statements that every dialect has of its own."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self.conversation = {
            replaced: self._conversation(replaced)
            for replaced in (Replaced(told=True, left=False), Replaced(told=False, left=True), Replaced(True, True))
        }
        # One whose key is there already is the same one, sent again.
        self.judge = self._insert(feedback).on_conflict_do_nothing(index_elements=["tenant", "conversation", "key"])
        self.note = self._insert(outbox).on_conflict_do_nothing()
        self.document = self._document()

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        made = sqlite.insert(table) if self._dialect == "sqlite" else postgresql.insert(table)
        return made.inline()  # nobody asks for the keys that the database gave

    def _document(self) -> Insert:
        """Insert a document, or replace the one of the revision before."""
        made = self._insert(documents)
        return made.on_conflict_do_update(
            index_elements=["tenant", "kind", "id"],
            set_={name: made.excluded[name] for name in ("body", "updated_at", "revision")},
            where=documents.c.revision == made.excluded.revision - 1,
        )

    def _conversation(self, replaced: Replaced) -> Insert:
        """Insert a row whole, or replace parts of it: what was told only of the revision before."""
        made = self._insert(conversations)
        names = (*(TOLD if replaced.told else ()), *(LEFT if replaced.left else ()))
        next_one = and_(conversations.c.revision == made.excluded.revision - 1) if replaced.told else None
        return made.on_conflict_do_update(
            index_elements=["tenant", "id"], set_={name: made.excluded[name] for name in names}, where=next_one
        )


def batches(group: Sequence[Write]) -> Iterator[tuple[Replaced, list[Values]]]:
    """The rows of a group, those together that go through one statement.

    Sorted by conversation, so that two processes lock rows in the same order and never wait for each other in a
    circle. Appends to one conversation that follow each other are one row: the first one's, with what the last left.
    """
    rows: list[tuple[Replaced, Values]] = []
    writes = [(write, write.conversation) for write in group if write.conversation]
    for write, values in sorted(writes, key=lambda pair: (pair[1]["tenant"], pair[1]["id"])):
        replaced = Replaced(told=write.told, left=write.event is not None)
        if rows and not write.told and rows[-1][0] == replaced and _same(rows[-1][1], values):
            rows[-1] = replaced, rows[-1][1] | {name: values[name] for name in LEFT}
        else:
            rows.append((replaced, values))
    for replaced, run in groupby(rows, key=lambda row: row[0]):
        yield replaced, [values for _, values in run]


def _same(one: Values, other: Values) -> bool:
    return bool(one["tenant"] == other["tenant"] and one["id"] == other["id"])
