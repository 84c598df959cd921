"""A simulated shift: eight hours of chats with a bad two hours in their middle, and a budget of six alerts an hour."""

import heapq
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from app.auth import Principal
from app.desks import chat_of
from app.models import ActionIn, MessageIn
from assist.board.budget import HOUR
from assist.simulator import Line, SimulatedChat, Temper, make_profile
from tests.app.clients import Clock, House, house

HOURS, BUDGET = 8, 6
TEAM = "a"
EVERY = {True: 80, False: 240}  # seconds from chat to chat, in the bad hours and else
BAD_HOURS = (3, 4)  # counted from 0
ANGRY = (Temper.FURIOUS, Temper.ABUSIVE, Temper.ANNOYED)
WHO = Principal("sim", "admin", "default", (TEAM,), Clock().now)
Said = tuple[float, str, Line | None]  # seconds from the start, conversation, line or its end


def chats(rng: random.Random) -> Iterator[tuple[float, str, SimulatedChat]]:
    """When each begins."""
    begin = 0.0
    while begin < HOURS * 3_600:
        bad = int(begin // 3_600) in BAD_HOURS
        profile = make_profile(rng)
        while bad and profile.temper not in ANGRY:
            profile = make_profile(rng)
        yield begin, f"sim-{begin:.0f}", SimulatedChat(profile, rng)
        begin += EVERY[bad] * rng.uniform(0.4, 1.6)


def said(rng: random.Random) -> Iterator[Said]:
    """All that is said and done in the shift, in the order of its times."""
    lines: list[tuple[float, int, str, Line | None]] = []
    for begin, name, chat in chats(rng):
        at = begin
        while line := chat.next(None):
            at += line.pause_seconds
            heapq.heappush(lines, (at, len(lines), name, line))
        heapq.heappush(lines, (at + 30, len(lines), name, None))
    while lines:
        at, _, name, line = heapq.heappop(lines)
        yield at, name, line


async def work(running: House, clock: Clock) -> None:
    """Go through the shift; the desk is measured each quarter of an hour."""
    start, measured = clock.now, 0
    for at, name, line in said(random.Random(7)):
        clock.now = start + timedelta(seconds=at)
        if line is None:
            await running.rooms.conversations.act(WHO, name, ActionIn(action="resolve"))
        else:
            await running.rooms.conversations.hear(WHO, name, MessageIn(role=line.role.value, text=line.text))
        if at // 900 > measured:
            measured = at // 900
            await running.rooms.desks.measure("default", TEAM, anew=True)


async def test_a_budget_is_kept_over_a_shift_and_spent_where_it_is_needed(tmp_path: Path) -> None:
    """Never more than six in sixty minutes; one at least in each hour with bad chats; more often right than chance."""
    clock = Clock()
    start = clock.now
    async with house(tmp_path, clock) as running:
        await running.rooms.desks.set("default", TEAM, BUDGET)
        await work(running, clock)
        alerts = (await running.rooms.store.alerts("default", [TEAM], start, 10_000))[::-1]
        seen = [chat_of(row, clock.now) for row in await running.rooms.store.team_rows("default", TEAM, start, 10_000)]
        found = await running.rooms.desks.quality("default", TEAM, 1)
    raised = [alert.at for alert in alerts if alert.kind == "risk"]
    assert raised == sorted(raised)
    for earlier, later in zip(raised, raised[BUDGET:], strict=False):
        assert later - earlier >= HOUR
    bad = Counter(int((chat.first_bad - start) / HOUR) for chat in seen if chat.first_bad)
    assert max(bad.values()) > BUDGET, "or the budget was not tried"
    assert {hour for hour, count in bad.items() if count > 1} <= {int((at - start) / HOUR) for at in raised}
    assert found["chats"] == len(seen)
    chance = sum(bad.values()) / len(seen)
    assert found["precision"]["low"] > chance, "alerts come on chats that go bad, and not by luck"
    assert running.rooms.metrics.registry.get_sample_value("steadyhand_alerts_held_back_total") > 0
    assert running.rooms.metrics.registry.get_sample_value("steadyhand_alerts_total", {"kind": "risk"}) == len(raised)
