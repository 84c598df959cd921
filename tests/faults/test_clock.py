"""R17: workers whose clocks differ by ten minutes; the order is that of the log, whatever they say."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.server import now_utc
from tests.app.clients import browser
from tests.faults.stage import Stage, two
from tests.faults.view import View, held

pytestmark = pytest.mark.faults
AHEAD = timedelta(minutes=10)
LINES = 12


def fast_clock() -> datetime:
    """A clock that is ten minutes ahead."""
    return now_utc() + AHEAD


@pytest.fixture
def stage(postgres, valkey) -> Iterator[Stage]:
    """Two workers, the second of which is ahead."""
    with Stage(*two(postgres.fresh(), valkey.url), clocks=[now_utc, fast_clock]) as opened:
        yield opened


def test_the_order_is_that_of_the_log_whatever_the_clocks_say(stage: Stage):
    """By turns through either worker: numbered as they came, and a watcher of either has what both have."""

    async def watched() -> list[View]:
        views = []
        for worker in stage.workers:
            home = worker.house
            async with browser(home.ws, "agent", home.token("agent", seconds=7_200)) as agent:
                view = View()
                view.take(await agent.subscribe("c-clock"))
                views.append(view)
        return views

    for number in range(LINES):
        body = {"id": f"m{number}", "role": "customer", "text": f"This is line {number}!"}
        answer = stage.call(number % 2, "POST", "/conversations/c-clock/messages", json=body)
        assert (answer["seq"], answer["duplicate"]) == (number + 1, False)
    states = [stage.call(which, "GET", "/conversations/c-clock", "supervisor") for which in (0, 1)]
    transcripts = [stage.call(which, "GET", "/conversations/c-clock/transcript", "supervisor") for which in (0, 1)]
    assert [message["id"] for message in transcripts[0]["messages"]] == [f"m{number}" for number in range(LINES)]
    assert held(states[0], transcripts[0]) == held(states[1], transcripts[1])
    for view in stage.do(watched()):
        assert view.shown() == held(states[0], transcripts[0])
