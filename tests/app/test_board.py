"""The board: the latest value of each live conversation, what changed since a version, and what is remembered."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import board as board_room
from app.board import LINGER, SILENT, Board
from app.store.rows import ConversationRow
from tests.app.clients import Clock
from tests.app.shapes import is_tile
from tests.app.tiles import row


def everything(_: object) -> bool:
    """No filter."""
    return True


def of_team(team: str) -> Any:
    """What a supervisor of one team may see."""

    def wanted(row: ConversationRow) -> bool:
        return row.team == team

    return wanted


async def fresh(board: Board, tenant: str = "t") -> tuple[int, list[dict]]:
    """A snapshot."""
    seq, tiles = await board.snapshot(tenant, everything)
    return seq, [json.loads(tile) for tile in tiles]


def since(board: Board, seq: int, wanted: Any = everything) -> tuple[list[dict], list[str]]:
    """What changed and what went."""
    _, changed, gone = board.since("t", seq, wanted)
    return [json.loads(tile) for tile in changed], gone


def names(tiles: list[dict]) -> list[str]:
    """Which tiles."""
    return [tile["conversation"] for tile in tiles]


async def test_the_hottest_come_first(clock: Clock):
    """By tension, then by where stepping in helps most."""
    board = Board("e", clock)
    long_ago = (clock() - timedelta(minutes=5)).isoformat()
    board.fill([row(clock, "a", 30), row(clock, "b", 80), row(clock, "c", 30, waiting_since=long_ago)])
    seq, tiles = await fresh(board)
    assert seq == board.version("t") == 3
    assert names(tiles) == ["b", "c", "a"]
    for tile in tiles:
        is_tile(tile)
    assert tiles[1]["waiting_seconds"] == 300


async def test_a_snapshot_is_of_one_version_although_it_is_written_in_portions(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """What changes while it is written is not in it, and newer than its version."""
    monkeypatch.setattr(board_room, "PORTION", 2)
    board = Board("e", clock)
    board.fill(row(clock, str(number), 10) for number in range(9))
    writing = asyncio.create_task(board.snapshot("t", everything))
    await asyncio.sleep(0)
    board.put(row(clock, "8", 90))
    board.put(row(clock, "9", 90))
    seq, tiles = await writing
    assert {(tile["conversation"], tile["tension"]) for tile in map(json.loads, tiles)} == {
        (str(number), 10) for number in range(9)
    }
    assert set(names(since(board, seq)[0])) == {"8", "9"}


def test_a_conversation_without_a_word_is_not_on_it(clock: Clock):
    """It has no heat to show yet."""
    board = Board("e", clock)
    board.put(replace(row(clock, "a"), summary={}))
    assert len(board) == 0


def test_what_changed_is_told_once_and_as_it_is_now(clock: Clock):
    """Between two looks only the latest value of each counts."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10))
    board.put(row(clock, "b", 10))
    for tension in (20, 30, 40):
        board.put(row(clock, "a", tension))
    changed, gone = since(board, 2)
    assert (names(changed), gone) == (["a"], [])
    assert changed[0]["tension"] == 40
    assert since(board, board.version("t")) == ([], [])


def test_the_same_again_is_no_change(clock: Clock):
    """As when the whole board is compared with the store."""
    board = Board("e", clock)
    board.fill([row(clock, "a", 10)] * 2)
    assert board.version("t") == 1


async def test_tenants_do_not_see_each_other(clock: Clock):
    """Neither tiles nor versions."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, tenant="other"))
    assert await fresh(board) == (0, [])
    assert board.since("t", 0, everything) == (0, [], [])


def test_a_tile_that_is_no_longer_hers_is_gone(clock: Clock):
    """When it goes to another team; what happens to it there she does not hear of."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10))
    board.put(replace(row(clock, "a", 10), team="b"))
    assert since(board, 1, of_team("a")) == ([], ["a"])
    moved = board.version("t")
    board.put(replace(row(clock, "a", 20), team="b"))
    assert since(board, moved, of_team("a")) == ([], [])
    assert since(board, 1, of_team("c")) == ([], [])
    assert names(since(board, 1, of_team("b"))[0]) == ["a"]


def test_one_that_went_while_it_was_in_another_team_is_no_news(clock: Clock):
    """Who lost it when it moved is told so if she missed that, and nobody else."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, resolved_at=clock()))
    board.put(replace(row(clock, "a", 10, resolved_at=clock()), team="b"))
    clock.forward(LINGER.total_seconds())
    board.sweep()
    assert since(board, 1, of_team("a")) == ([], ["a"])
    assert since(board, 2, of_team("a")) == ([], [])
    assert since(board, 2, of_team("b")) == ([], ["a"])


async def test_a_resolved_one_lingers_for_a_minute(clock: Clock):
    """Then it is gone for all who show it."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, resolved_at=clock()))
    seq, tiles = await fresh(board)
    assert tiles[0]["resolved"] is True
    clock.forward(LINGER.total_seconds() - 1)
    board.sweep()
    assert since(board, seq)[1] == []
    clock.forward(1)
    board.sweep()
    assert since(board, seq)[1] == ["a"]
    assert (await fresh(board))[1] == []


def test_one_that_comes_back_stays(clock: Clock):
    """Gone at one look and there again at the next."""
    board = Board("e", clock)
    board.put(row(clock, "a", 10, resolved_at=clock()))
    clock.forward(60)
    board.sweep()
    seq = board.version("t")
    board.put(row(clock, "a", 20))
    board.sweep()
    assert names(since(board, seq)[0]) == ["a"]


def test_only_so_many_that_went_are_remembered(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """Who was away for longer than that gets the whole board; what came back is not forgotten."""
    monkeypatch.setattr(board_room, "REMEMBERED", 2)
    board = Board("e", clock)
    for name in "abcd":
        board.put(row(clock, name, 10, resolved_at=clock()))
        clock.forward(60)
        board.sweep()
        if name == "a":
            board.put(row(clock, "a", 20))
    assert board.reaches_back("t", 5)
    assert not board.reaches_back("t", 4)
    assert since(board, 5)[1] == ["d", "c"]
    board.put(row(clock, "e", 10, resolved_at=clock()))
    clock.forward(60)
    board.sweep()
    assert not board.reaches_back("t", 6)
    assert since(board, 7)[1] == ["e", "d"]
    assert not board.reaches_back("t", board.version("t") + 1)


def test_tiles_are_shown_again_when_their_incident_is_another_one(clock: Clock):
    """And only those."""
    of: dict[str, str] = {}
    board = Board("e", clock, lambda _tenant, _team, cause: of.get(cause))
    board.put(row(clock, "a", 10, cause="delivery"))
    board.put(row(clock, "b", 10, cause="billing"))
    of["delivery"] = "i-1"
    board.again("t")
    changed, _ = since(board, 2)
    assert [(tile["conversation"], tile["incident"]) for tile in changed] == [("a", "i-1")]
    board.put(row(clock, "a", 20, cause="delivery"))
    assert since(board, 3)[0][0]["incident"] == "i-1"


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
