"""Whole simulated transcripts, as lines for `steadyhand read`: many chats at once, in the order of their times."""

import heapq
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from assist.simulator.chat import Line, SimulatedChat
from assist.simulator.profile import make_profile

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
BETWEEN = (5, 40)  # seconds from the start of one chat to the start of the next
Row = dict[str, str]


def transcript_lines(chats: int, seed: int) -> Iterator[Row]:
    """Yield `{"conversation", "id", "role", "text", "at"}` in time order; same arguments, same lines.

    No engine is asked: the agents speak their own lines. Each chat has chance of its own, so the first chats of a
    longer run are those of a shorter one. Chats that have not begun are not held in memory.
    """
    running: list[tuple[datetime, int, Row, Iterator[tuple[datetime, Row]]]] = []
    for number, begin in enumerate(_beginnings(chats, seed), start=1):
        while running and running[0][0] < begin:
            yield _advance(running)
        rows = _chat(number, seed, begin)
        heapq.heappush(running, (begin, number, next(rows)[1], rows))
    while running:
        yield _advance(running)


def _beginnings(chats: int, seed: int) -> Iterator[datetime]:
    rng = random.Random(f"{seed}:beginnings")
    begin = START
    for _ in range(chats):
        yield begin
        begin += timedelta(seconds=rng.randint(*BETWEEN))


def _advance(running: list[tuple[datetime, int, Row, Iterator[tuple[datetime, Row]]]]) -> Row:
    """Take the earliest line, and put the next one of its chat in its place."""
    _, number, row, rows = running[0]  # one entry a chat: time and number decide the order, rows are never compared
    following = next(rows, None)
    if following is None:
        heapq.heappop(running)
    else:
        heapq.heapreplace(running, (following[0], number, following[1], rows))
    return row


def _chat(number: int, seed: int, begin: datetime) -> Iterator[tuple[datetime, Row]]:
    rng = random.Random(f"{seed}:{number}")
    chat = SimulatedChat(make_profile(rng), rng)
    at, count = begin, 0
    while line := chat.next(None):
        at += timedelta(seconds=line.pause_seconds)
        count += 1
        yield at, _row(f"sim-{seed}-{number:04d}", count, line, at)


def _row(conversation: str, count: int, line: Line, at: datetime) -> Row:
    return {
        "conversation": conversation,
        "id": f"{conversation}-{count:02d}",
        "role": line.role.value,
        "text": line.text,
        "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
