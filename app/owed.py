"""Looks for safety signals that nobody was told of: one task over all live conversations, by what their tiles know.

An alert is raised right after its message is committed. Where the worker died between the two, where the database took
no more, or where an edit made a threat of a message, the tile says that an alert is owed.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.alert_marks import owes
from app.board import Board
from app.conversations import Conversations
from app.store.rows import StoreError

EVERY = 5.0  # seconds between two looks
LATE = timedelta(seconds=5)  # after the last message, which its own worker is given to tell of it
MOST = 100  # looked at at once; the others have their turn at the next looks
log = structlog.get_logger()


async def look(board: Board, conversations: Conversations, clock: Callable[[], datetime]) -> None:
    """Have what is owed raised, the longest owed first."""
    now = clock()
    owed = sorted((row for row in board.rows if owes(row) and now - row.updated_at >= LATE), key=lambda r: r.updated_at)
    for row in owed[:MOST]:
        try:
            await conversations.make_good(row.tenant, row.id)
        except StoreError as error:
            log.warning("alert_not_raised", error=str(error))


async def watch(board: Board, conversations: Conversations, clock: Callable[[], datetime]) -> None:
    """Look again and again, until cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await look(board, conversations, clock)
        except Exception:  # a mistake in one chat must not end the looking for all
            log.exception("alert_failed")
