"""What waits for one browser: in order, bounded, and nobody waits for who does not read."""

import asyncio
from contextlib import suppress

import pytest

from app.outbox import MAX_BYTES, MAX_FRAMES, Outbox
from tests.conftest import MS, PATIENCE, soon


class Reader:
    """A browser that reads when it is let."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.reads = asyncio.Event()

    async def send(self, text: str) -> None:
        """A frame leaves when the browser reads."""
        await self.reads.wait()
        self.got.append(text)


@pytest.fixture
def reader() -> Reader:
    """A browser that does not read yet."""
    return Reader()


async def stopped(task: asyncio.Task) -> None:
    """End a writer."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_frames_leave_in_their_order(reader: Reader):
    """Whether they were put one by one or as a whole."""
    outbox = Outbox(PATIENCE)
    writing = asyncio.create_task(outbox.run(reader.send))
    reader.reads.set()
    outbox.put("1")
    outbox.put_whole(["2", "3"])
    outbox.put("4")
    await soon(lambda: reader.got == ["1", "2", "3", "4"])
    await stopped(writing)


@pytest.mark.parametrize(("frame", "fit"), [("x", MAX_FRAMES), ("x" * (MAX_BYTES // 8), 8)], ids=["frames", "bytes"])
async def test_who_does_not_read_falls_behind(reader: Reader, frame: str, fit: int):
    """At the bound, and then nothing is kept for her."""
    outbox = Outbox(PATIENCE)
    for _ in range(fit):
        outbox.put(frame)
    assert not outbox.behind
    outbox.put(frame)
    assert outbox.behind
    reader.reads.set()
    await outbox.run(reader.send)
    assert reader.got == []


async def test_what_brings_up_to_date_goes_in_whole(reader: Reader):
    """However large it is: a browser that comes back to a long gap would else come back for ever."""
    outbox = Outbox(PATIENCE)
    writing = asyncio.create_task(outbox.run(reader.send))
    gap = ["x" * 10_000] * (2 * MAX_FRAMES)
    outbox.put_whole(gap)
    for number in range(MAX_FRAMES):
        outbox.put(str(number))
    assert not outbox.behind
    reader.reads.set()
    await soon(lambda: len(reader.got) == len(gap) + MAX_FRAMES)
    await stopped(writing)


async def test_there_is_room_when_all_has_left(reader: Reader):
    """So that one large thing waits at a time."""
    outbox = Outbox(PATIENCE)
    writing = asyncio.create_task(outbox.run(reader.send))
    await outbox.room()
    outbox.put_whole(["1", "2"])
    room = asyncio.create_task(outbox.room())
    await asyncio.sleep(0)
    assert not room.done()
    reader.reads.set()
    await room
    assert reader.got == ["1", "2"]
    await stopped(writing)


async def test_a_frame_that_does_not_leave_in_time_ends_it(reader: Reader):
    """And nobody waits for room in vain."""
    outbox = Outbox(deadline=20 * MS)
    outbox.put("1")
    room = asyncio.create_task(outbox.room())
    await outbox.run(reader.send)
    assert outbox.behind
    await asyncio.wait_for(room, PATIENCE)


async def test_a_large_frame_has_as_much_more_time():
    """A board of many megabytes on a slow line is not late as long as it leaves at the pace that others have to."""
    left = asyncio.Event()

    async def slowly(text: str) -> None:
        await asyncio.sleep(100 * MS if len(text) > MAX_BYTES else 0)
        left.set()

    outbox = Outbox(deadline=50 * MS)
    writing = asyncio.create_task(outbox.run(slowly))
    outbox.put_whole(["x" * (8 * MAX_BYTES)])
    await asyncio.wait_for(left.wait(), PATIENCE)
    assert not outbox.behind
    await stopped(writing)


async def test_nobody_waits_for_a_browser_that_is_gone(reader: Reader):
    """When the socket breaks, whoever waits for room goes on."""

    async def broken(_: str) -> None:
        raise RuntimeError

    outbox = Outbox(PATIENCE)
    outbox.put("1")
    room = asyncio.create_task(outbox.room())
    with suppress(RuntimeError):
        await outbox.run(broken)
    await asyncio.wait_for(room, PATIENCE)
    assert outbox.behind


async def test_each_frame_has_its_own_time():
    """Many that leave slowly one after the other are not one that is late."""
    got: list[str] = []

    async def slowly(text: str) -> None:
        await asyncio.sleep(40 * MS)
        got.append(text)

    outbox = Outbox(deadline=100 * MS)
    writing = asyncio.create_task(outbox.run(slowly))
    outbox.put_whole(["x"] * 8)
    await soon(lambda: len(got) == 8)
    await asyncio.sleep(150 * MS)  # and nothing that leaves is not late either
    assert not outbox.behind
    await stopped(writing)
