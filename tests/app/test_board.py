"""The board: the latest value of each live conversation, and what changed since a version."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.board import LINGER, SILENT, Board, priority
from app.live import new_row
from app.store.rows import ConversationRow
from tests.app.clients import Clock
from tests.app.shapes import is_tile


def row(clock: Clock, name: str, tension: float = 0, tenant: str = "t", **more: Any) -> ConversationRow:
    """A conversation in which something was said."""
    from tests.app.shapes import band_of

    summary = {"tension": tension, "band": band_of(tension), "trend": "steady", "risk": 0.1, "cause": "delivery"}
    summary |= {"next_step": "listen", "waiting_since": more.pop("waiting_since", None)}
    return replace(new_row(tenant, name, "a", clock()), summary=summary, **more)


def everything(_: object) -> bool:
    """No filter."""
    return True


def names(tiles: list[dict]) -> list[str]:
    """Which tiles."""
    return [tile["conversation"] for tile in tiles]


def test_the_hottest_come_first(clock: Clock):
    """By tension, then by where stepping in helps most."""
    board = Board("e", clock)
    long_ago = (clock() - timedelta(minutes=5)).isoformat()
    board.fill([row(clock, "a", 30), row(clock, "b", 80), row(clock, "c", 30, waiting_since=long_ago)])
    seq, tiles = board.snapshot("t", everything)
    assert seq == 3
    assert names(tiles) == ["b", "c", "a"]
    for tile in tiles:
        is_tile(tile)
    assert tiles[1]["waiting_seconds"] == 300


def test_a_conversation_without_a_word_is_not_on_it(clock: Clock):
    """It has no heat to show yet."""
    board = Board("e", clock)
    board.put(new_row("t", "a", "a", clock()))
    assert len(board) == 0


def test_what_changed_is_told_once_and_as_it_is_now(clock: Clock):
    """Between two looks only the latest value of each counts."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10))
    board.put(row(clock, "b", 10))
    seq, _ = board.snapshot("t", everything)
    for tension in (20, 30, 40):
        board.put(row(clock, "a", tension))
    seq, changed, gone = board.since("t", seq, everything, {"a", "b"})
    assert (names(changed), gone) == (["a"], [])
    assert changed[0]["tension"] == 40
    assert board.since("t", seq, everything, {"a", "b"}) == (seq, [], [])


def test_tenants_do_not_see_each_other(clock: Clock):
    """Neither tiles nor versions."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, tenant="other"))
    assert board.snapshot("t", everything) == (0, [])
    assert board.since("t", 0, everything, set()) == (0, [], [])


def test_a_tile_that_is_no_longer_hers_is_gone(clock: Clock):
    """When it goes to another team; who never had it hears nothing."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10))
    seq, _ = board.snapshot("t", everything)
    board.put(replace(row(clock, "a", 10), team="b"))
    assert board.since("t", seq, lambda tile: tile.row.team == "a", {"a"})[1:] == ([], ["a"])
    assert board.since("t", seq, lambda tile: tile.row.team == "a", set())[1:] == ([], [])


def test_a_resolved_one_lingers_for_a_minute(clock: Clock):
    """Then it is gone for all who show it, and later forgotten."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, resolved_at=clock()))
    seq, tiles = board.snapshot("t", everything)
    assert tiles[0]["resolved"] is True
    clock.forward(LINGER.total_seconds() - 1)
    board.sweep()
    assert board.since("t", seq, everything, {"a"})[2] == []
    clock.forward(1)
    board.sweep()
    assert board.since("t", seq, everything, {"a"})[2] == ["a"]
    assert board.snapshot("t", everything)[1] == []
    board.sweep()
    assert board._changed["t"] == {}


def test_one_that_comes_back_stays(clock: Clock):
    """Gone at one look and there again at the next: the sweep forgets only what is not there."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, resolved_at=clock()))
    clock.forward(60)
    board.sweep()
    seq, _ = board.snapshot("t", everything)
    board.put(row(clock, "a", 20))
    board.sweep()
    assert names(board.since("t", seq, everything, set())[1]) == ["a"]


async def test_who_waits_for_a_change_is_woken(clock: Clock):
    """Only by one of her own tenant; and not at all when she is behind already."""
    board = Board("e", clock)
    waiting = asyncio.create_task(board.changed("t", 0))
    board.put(row(clock, "x", tenant="other"))
    await asyncio.sleep(0)
    assert not waiting.done()
    board.put(row(clock, "a"))
    await waiting
    await board.changed("t", 0)


def test_priority_is_risk_then_heat_then_waiting():
    """0..100, and each part raises it."""
    assert priority({}, 0) == 0
    assert priority({"risk": 1.0, "tension": 100.0}, 10_000) == 100
    parts = [priority({"risk": 1.0}, 0), priority({"tension": 100.0}, 0), priority({}, 600)]
    assert parts == sorted(parts, reverse=True)


def test_one_that_fell_silent_for_a_day_is_gone_and_comes_back_with_its_next_message(clock: Clock):
    """Many tools never say that a chat is over."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10))
    clock.forward(SILENT.total_seconds() - 1)
    board.sweep()
    assert len(board) == 1
    clock.forward(1)
    board.sweep()
    assert len(board) == 0
    board.put(row(clock, "a", 10))
    assert len(board) == 1
