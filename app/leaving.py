"""What a process does between SIGTERM and its end: it says that it leaves, then sends its sockets away a few at a time.

A browser that was told to come again does so after a random moment within a second, so that sockets closed at once come
back in one crowd. Closed over some seconds, they do not.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the parent of several workers has no rooms
    from app.rooms import Open, Rooms

SLOT = 0.1  # seconds between two batches
FEW = 10  # sockets that are closed at once: no crowd
CLOSE_WITHIN = 3.0  # seconds that the last of them get; longer than one session takes to answer what came in


async def drain(rooms: "Rooms", stop_listening: Callable[[], None]) -> None:
    """Readiness red, `drain_notice` seconds in which all goes on, then no new connections and the open sockets away.

    Takes at most `drain_notice` + `drain` + 2 * `CLOSE_WITHIN` seconds. One that does not read is left to the end.
    """
    rooms.leaving = True
    await asyncio.sleep(rooms.settings.drain_notice)
    stop_listening()
    await _send_away(list(rooms.sessions), rooms.settings.drain)
    await _send_away(list(rooms.sessions), 0)  # those whose handshake was still going on


async def _send_away(guests: "Sequence[Open]", over: float) -> None:
    """Close them in batches of equal size, spread over so many seconds."""
    slots = max(1, round(over / SLOT)) if len(guests) > FEW else 1
    going: list[asyncio.Task[None]] = []
    for slot in range(slots):
        batch = guests[slot * len(guests) // slots : (slot + 1) * len(guests) // slots]
        going += [asyncio.create_task(guest.leave()) for guest in batch]
        if slot + 1 < slots:
            await asyncio.sleep(SLOT)
    if going:
        await asyncio.wait(going, timeout=CLOSE_WITHIN)
