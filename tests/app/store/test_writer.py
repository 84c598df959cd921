"""The group writer, with a database of a few lines in place of SQL."""

import asyncio
from collections.abc import Sequence

import pytest

from app.store.rows import Conflict, Unavailable
from app.store.writer import GroupWriter


class Shelf:
    """Keeps groups; refuses a group with a word in `bad`, and everything while it is `down`."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.tried = 0
        self.bad: dict[str, Exception] = {}
        self.down_from = float("inf")  # the try at which it stops answering
        self.open = asyncio.Event()
        self.open.set()

    async def commit(self, group: Sequence[str]) -> None:
        """Take time as a database does, then keep all or nothing."""
        self.tried += 1
        await self.open.wait()
        if self.tried >= self.down_from:
            raise Unavailable("down")
        for word in group:
            if word in self.bad:
                raise self.bad[word]
        self.groups.append(list(group))


@pytest.fixture
def shelf() -> Shelf:
    """An empty one, answering."""
    return Shelf()


async def send(writer: GroupWriter[str], words: Sequence[str]) -> list[asyncio.Task[None]]:
    """All words at once, each by its own caller."""
    tasks = [asyncio.create_task(writer.write(word)) for word in words]
    await asyncio.sleep(0)
    return tasks


async def test_who_comes_during_a_commit_shares_the_next_one(shelf: Shelf) -> None:
    """One commit runs at a time; all that waits goes together, in the order in which it came."""
    writer = GroupWriter(shelf.commit)
    shelf.open.clear()
    first = await send(writer, ["a"])
    await asyncio.sleep(0)
    rest = await send(writer, ["b", "c", "d"])
    shelf.open.set()
    await asyncio.gather(*first, *rest)
    assert shelf.groups == [["a"], ["b", "c", "d"]]
    await writer.close()


async def test_a_group_has_a_largest_size(shelf: Shelf) -> None:
    """What is more than one transaction should hold goes into the next."""
    writer = GroupWriter(shelf.commit, most_together=4)
    await asyncio.gather(*(writer.write(str(n)) for n in range(10)))
    assert [len(group) for group in shelf.groups] == [4, 4, 2]
    await writer.close()


async def test_nobody_is_answered_before_the_commit(shelf: Shelf) -> None:
    """While the commit runs its callers wait."""
    writer = GroupWriter(shelf.commit)
    shelf.open.clear()
    tasks = await send(writer, ["a", "b"])
    for _ in range(20):
        await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)
    shelf.open.set()
    await asyncio.gather(*tasks)
    await writer.close()


async def test_only_the_guilty_caller_hears_of_its_fault(shelf: Shelf) -> None:
    """A spoiled group is done again by halves, whatever the fault was."""
    writer = GroupWriter(shelf.commit)
    shelf.bad = {"b": Conflict("taken"), "d": OverflowError("too large")}
    results = await asyncio.gather(*(writer.write(word) for word in "abcde"), return_exceptions=True)
    assert [type(result) for result in results] == [type(None), Conflict, type(None), OverflowError, type(None)]
    assert shelf.groups == [["a"], ["c"], ["e"]]
    await writer.close()


async def test_one_fault_among_many_costs_few_tries(shelf: Shelf) -> None:
    """256 writes of which one is refused: the others are not committed one by one."""
    writer = GroupWriter(shelf.commit)
    shelf.bad = {"77": Conflict("taken")}
    results = await asyncio.gather(*(writer.write(str(n)) for n in range(256)), return_exceptions=True)
    assert [type(result) for result in results] == [Conflict if n == 77 else type(None) for n in range(256)]
    assert [int(word) for group in shelf.groups for word in group] == [n for n in range(256) if n != 77]
    assert shelf.tried == 17
    await writer.close()


async def test_a_caller_waits_no_longer_than_it_was_promised(shelf: Shelf) -> None:
    """While a commit hangs everybody hears so in time; one that lands later is kept, what had not begun is not."""
    writer = GroupWriter(shelf.commit, within=0.02)
    shelf.open.clear()
    tasks = await send(writer, ["a"])
    await asyncio.sleep(0)
    tasks += await send(writer, ["b"])
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable] * 2
    shelf.open.set()
    await writer.write("c")
    assert shelf.groups == [["a"], ["c"]]
    await writer.close()


async def test_an_outage_is_told_at_once_to_all_who_wait(shelf: Shelf) -> None:
    """One failed try answers the group and those behind it: none waits for the same timeout again."""
    writer = GroupWriter(shelf.commit, most_together=3)
    shelf.down_from = 1
    results = await asyncio.gather(*(writer.write(str(n)) for n in range(10)), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable] * 10
    assert shelf.tried == 1
    shelf.down_from = float("inf")
    await writer.write("after")
    assert shelf.groups == [["after"]]
    await writer.close()


async def test_an_outage_while_a_group_is_taken_apart_ends_the_attempt(shelf: Shelf) -> None:
    """Who was committed before it is acknowledged, the rest hear of the outage without a try each."""
    writer = GroupWriter(shelf.commit)
    shelf.bad = {"e": Conflict("taken")}
    shelf.down_from = 4
    results = await asyncio.gather(*(writer.write(word) for word in "abcde"), return_exceptions=True)
    assert [type(result) for result in results] == [type(None)] * 2 + [Unavailable] * 3
    assert shelf.groups == [["a", "b"]]
    assert shelf.tried == 4
    await writer.close()


async def test_a_full_queue_turns_callers_away(shelf: Shelf) -> None:
    """The queue has a bound; beyond it a sender is told to come again, and there is room again later."""
    writer = GroupWriter(shelf.commit, most_waiting=5)
    results = await asyncio.gather(*(writer.write(str(n)) for n in range(8)), return_exceptions=True)
    assert [type(result) for result in results] == [type(None)] * 5 + [Unavailable] * 3
    await writer.write("later")
    await writer.close()


async def test_who_is_cancelled_before_its_turn_is_left_out(shelf: Shelf) -> None:
    """A write whose caller has gone is not begun; its group goes on."""
    writer = GroupWriter(shelf.commit)
    shelf.open.clear()
    first = await send(writer, ["a"])
    await asyncio.sleep(0)
    rest = await send(writer, ["b", "c"])
    rest[0].cancel()
    first[0].cancel()
    await asyncio.sleep(0)
    shelf.open.set()
    await rest[1]
    assert shelf.groups == [["a"], ["c"]]
    await writer.close()


async def test_closing_drains_and_then_refuses(shelf: Shelf) -> None:
    """Accepted writes are committed, later ones turned away; closing again does nothing."""
    writer = GroupWriter(shelf.commit, most_together=2)
    tasks = await send(writer, list("abcde"))
    await writer.close()
    await asyncio.gather(*tasks)
    assert shelf.groups == [["a", "b"], ["c", "d"], ["e"]]
    with pytest.raises(Unavailable):
        await writer.write("late")
    await writer.close()


async def test_a_close_that_is_given_up_still_drains(shelf: Shelf) -> None:
    """Cancelling who waits for the end does not cancel the writes."""
    writer = GroupWriter(shelf.commit)
    shelf.open.clear()
    tasks = await send(writer, ["a"])
    closing = asyncio.create_task(writer.close())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.sleep(0)
    shelf.open.set()
    await asyncio.gather(*tasks)
    assert shelf.groups == [["a"]]
    await writer.close()
