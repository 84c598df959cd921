"""The past cases of a team, out of its chats of late: what the ask box tells without anybody's words.

Read from the store when a team first asks, kept for some minutes, bounded. A case holds keys, steps and numbers only.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from app.entries import entries_of
from app.store.rows import ConversationRow, Event, Store, Unavailable
from assist.ask_cases import Case, case_of

RECENT = timedelta(days=30)
MOST_ROWS = 1_000  # chats of all teams that are looked through
MOST_CHATS = 100  # of one team, that are read
OVER = timedelta(days=1)  # without anything new, after which a chat counts as over
KEPT = timedelta(minutes=5)
MOST_TEAMS = 200

Found = dict[str, tuple[tuple[datetime, datetime | None], Case | None]]  # by chat, with its state when it was read
log = structlog.get_logger()


class Past:
    """Cases by tenant and team. One team's are read by one at a time, whoever asks meanwhile waits for them."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[datetime, Found]] = OrderedDict()
        self._reading = asyncio.Lock()

    async def cases(self, tenant: str, team: str, asking: str) -> list[Case]:
        """The cases of a team but the chat that asks; those read before while the store does not answer."""
        async with self._reading:
            read_at, found = self._kept.get((tenant, team), (None, {}))
            if read_at is None or self._clock() - read_at >= KEPT:
                found = await self._read(tenant, team, found)
                self._keep((tenant, team), found)
        return [case for name, (_, case) in found.items() if case and name != asking]

    def _keep(self, key: tuple[str, str], found: Found) -> None:
        self._kept[key] = self._clock(), found
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_TEAMS:
            self._kept.popitem(last=False)

    async def _read(self, tenant: str, team: str, before: Found) -> Found:
        """The cases as they are now; of the chats in which nothing happened since, as they were read before."""
        now = self._clock()
        try:
            recent = await self._store.recent(now - RECENT, MOST_ROWS)
            rows = [row for row in recent if (row.tenant, row.team) == (tenant, team) and _is_over(row, now)]
            same = {row.id: before[row.id] for row in rows[:MOST_CHATS] if _unchanged(row, before)}
            new = [row for row in rows[:MOST_CHATS] if row.id not in same]
            logs = [(row, await self._store.events(tenant, row.id)) for row in new]
        except Unavailable as error:
            log.warning("past_cases_not_read", error=str(error))
            return before
        return same | await asyncio.to_thread(_cases, logs)


def _state(row: ConversationRow) -> tuple[datetime, datetime | None]:
    """Changes whenever something happens in a chat."""
    return row.updated_at, row.resolved_at


def _is_over(row: ConversationRow, now: datetime) -> bool:
    """Closed by the team, calm as it stands, or left alone for a day."""
    calm = (row.summary or {}).get("band") == "calm"
    return row.resolved_at is not None or calm or now - row.updated_at >= OVER


def _cases(logs: Sequence[tuple[ConversationRow, Sequence[Event]]]) -> Found:
    return {
        row.id: (_state(row), case_of(entries_of(events), resolved=row.resolved_at is not None)) for row, events in logs
    }


def _unchanged(row: ConversationRow, before: Found) -> bool:
    return row.id in before and before[row.id][0] == _state(row)
