"""What connectors have brought and what has become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

State = Literal["waiting", "done", "left"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event of a chat tool for one conversation.

    `key` is unique in its connector: a repeat has the same one. `at` is when it happened, by the tool's clock, `due_at`
    when it is to be told. `outcome` says in one word what it came to; what was `left` is not tried again. The `body` of
    one that waits is the event, later only what of it may be shown.
    """

    tenant: str
    connector: str
    key: str
    conversation: str
    at: datetime
    received_at: datetime
    due_at: datetime
    body: Mapping[str, Any]
    state: State = "waiting"
    outcome: str | None = None
    tries: int = 0
    id: int = 0  # counts up in the order of arrival; given by the database


class Inbox(Protocol):
    """Deliveries that are taken and not yet told. Errors as `Store` has them."""

    async def queue(self, deliveries: Sequence[Delivery]) -> None:
        """Keep all of them, or none; those whose key is there already change nothing."""
        ...

    async def due(self, now: datetime, most: int) -> list[Delivery]:
        """Those that wait and are due, the first to come first, at most so many."""
        ...

    async def of(self, tenant: str, conversation: str, until: datetime) -> list[Delivery]:
        """All that wait for a conversation and are due by then, the first to come first."""
        ...

    async def settle(self, delivery: Delivery) -> None:
        """Keep state, outcome, tries, due time and body of one that is there."""
        ...

    async def take_turn(self, tenant: str, conversation: str, holder: str, now: datetime, until: datetime) -> None:
        """Be the only one to tell a conversation until then. Raises `Conflict` where another holder is."""
        ...

    async def end_turn(self, tenant: str, conversation: str, holder: str) -> None:
        """Let the next one have it; nothing happens where another one has."""
        ...

    async def last(self, tenant: str, connector: str, most: int) -> list[Delivery]:
        """The last of a connector, the newest first."""
        ...

    async def prune(self, before: datetime) -> None:
        """Forget what came before then and does not wait any more."""
        ...
