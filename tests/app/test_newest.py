"""Of jobs that replace each other only the newest is done."""

import asyncio

from app.newest import Newest


async def test_only_the_newest_of_those_that_wait_is_done():
    """The one that runs is finished; of the others the last is done and the rest are passed over, in their order."""
    newest, go, said = Newest(), asyncio.Event(), []

    async def job(name: int) -> None:
        await go.wait()
        said.append(("done", name))

    for number in range(5):
        newest.ask("a", lambda number=number: job(number), lambda number=number: said.append(("passed", number)))
        await asyncio.sleep(0)
    go.set()
    await asyncio.sleep(0.01)
    assert said == [("passed", 1), ("passed", 2), ("passed", 3), ("done", 0), ("done", 4)]


async def test_keys_do_not_wait_for_each_other():
    """A job that never ends holds up its own key only; after a stop it is gone, and what waited is never done."""
    newest, said = Newest(), []

    async def stuck() -> None:
        await asyncio.Event().wait()

    async def quick() -> None:
        said.append("b")

    newest.ask("a", stuck, said.clear)
    await asyncio.sleep(0)
    newest.ask("a", quick, said.clear)
    newest.ask("b", quick, said.clear)
    await asyncio.sleep(0.01)
    assert said == ["b"]
    newest.stop()
    await asyncio.sleep(0.01)
    assert said == ["b"]
    assert len(asyncio.all_tasks()) == 1


async def test_a_key_can_be_asked_again_once_it_was_served():
    """Nothing is left over from the time before."""
    newest, said = Newest(), []

    async def job() -> None:
        said.append("done")

    for _ in range(3):
        newest.ask("a", job, said.clear)
        await asyncio.sleep(0.01)
    assert said == ["done"] * 3
