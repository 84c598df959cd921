"""What every backplane promises to its own process, tried on each of them."""

from collections.abc import AsyncIterator

import pytest

from app.backplane import Backplane, open_backplane, topic_of
from app.backplane.streams import RedisBackplane
from tests.app.backplane.conftest import TOPIC, Ears, change
from tests.fleet.valkey import Given, Valkey


@pytest.fixture(params=["local", "redis", "redis, away"])
async def backplane(request: pytest.FixtureRequest, valkey: Valkey | Given, prefix: str) -> AsyncIterator[Backplane]:
    """A started one."""
    made = {
        "local": lambda: open_backplane("local:"),
        "redis": lambda: RedisBackplane(valkey.url, prefix=prefix),
        "redis, away": lambda: RedisBackplane("unix:///nobody/is/here"),
    }[request.param]()
    await made.start(Ears())
    yield made
    await made.close()


async def test_watchers_of_this_process_are_served_at_once(backplane: Backplane):
    """Before `publish` returns, in order, each topic its own, whether or not anybody else can be reached."""
    one, two, other = [], [], []
    for topic, got in ((TOPIC, one), (TOPIC, two), (topic_of(change(1, "c-2").notice), other)):
        backplane.subscribe(topic, lambda offset, text, got=got: got.append((offset, text)))
    for offset in (1, 2, 3):
        backplane.publish(TOPIC, offset, f"frame {offset}", change(offset))
    backplane.publish(TOPIC, 0, "")
    assert one == two == [(1, "frame 1"), (2, "frame 2"), (3, "frame 3"), (0, "")]
    assert other == []


async def test_to_leave_twice_is_harmless(backplane: Backplane):
    """Also while a frame is handed out."""
    got, ends = [], []

    def leave(_offset: int, text: str) -> None:
        got.append(text)
        for end in ends:
            end()
            end()

    ends += [backplane.subscribe(TOPIC, leave), backplane.subscribe(TOPIC, leave)]
    backplane.publish(TOPIC, 1, "x")
    backplane.publish(TOPIC, 2, "y")
    assert set(got) == {"x"}


async def test_to_close_twice_is_harmless_and_who_is_here_is_served_on(backplane: Backplane):
    """A socket that is open at the end is told what is folded at the end."""
    got = []
    backplane.subscribe(TOPIC, lambda _offset, text: got.append(text))
    await backplane.close()
    await backplane.close()
    backplane.publish(TOPIC, 1, "x")
    assert got == ["x"]


async def test_what_is_no_text_and_no_json_raises_nothing(backplane: Backplane):
    """It has been folded and stored: a carrier's opinion comes too late."""
    backplane.publish(TOPIC, 1, "half a pair: \ud800", change(1))
    backplane.publish(TOPIC, 0, "x" * 1_000_000)
    odd = change(2)
    odd.row["sum"] = float("nan")
    backplane.publish(TOPIC, 2, "frame 2", odd)
