"""Looks for customers who do not answer: one task for all live conversations, by what their tiles know.

A tile says how many silences were told; only where one more is due is the conversation itself looked at.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.board import Board
from app.conversations import Conversations
from app.errors import Refused
from app.store.rows import ConversationRow, StoreError

EVERY = 5.0  # seconds between two looks
MOST = 100  # silences told at one look; the others have their turn at the next ones
log = structlog.get_logger()


async def look(board: Board, conversations: Conversations, clock: Callable[[], datetime]) -> int:
    """Tell what is due, the longest silence first. How many were told."""
    now = clock()
    due = sorted((row for row in board.rows if _due(row, conversations, now)), key=lambda row: row.updated_at)
    count = 0
    for row in due[:MOST]:
        try:
            count += await conversations.fall_silent(row.tenant, row.id)
        except (Refused, StoreError) as error:
            log.warning("silence_not_told", error=str(error))
    return count


def _due(row: ConversationRow, conversations: Conversations, now: datetime) -> bool:
    told = row.summary.get("silences")
    if told is None or row.resolved_at is not None:
        return False
    after = conversations.engine(row.team).playbooks.policy.quiet_after or ()
    return told < len(after) and now - row.updated_at >= timedelta(minutes=after[told])


async def watch(board: Board, conversations: Conversations, clock: Callable[[], datetime]) -> None:
    """Look again and again, until cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await look(board, conversations, clock)
        except Exception:  # a mistake in one chat must not end the looking for all
            log.exception("silences_not_looked_for")
