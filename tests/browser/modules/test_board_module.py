"""The supervisor's board as a fold: the latest tile of each conversation from frames."""

import random

import pytest

pytestmark = pytest.mark.browser


def tile(conversation, tension, priority=0.0, **more):
    """A tile as the server sends it."""
    band = ("calm", "uneasy", "tense", "critical")[min(3, int(tension // 25))]
    base = {"conversation": conversation, "customer": conversation.upper(), "tension": tension, "band": band}
    return {**base, "priority": priority, "trend": "steady", "risk": 0.1, "waiting_seconds": 0, **more}


def fold(page, frames, script):
    """The board after these frames, seen by a script that has the whole module at hand."""
    return page.evaluate(
        f"""async (frames) => {{
          const board = await import('/static/live/board.js');
          let state = board.emptyBoard();
          frames.forEach((frame, index) => {{ state = board.receive(state, frame, index); }});
          {script}
        }}""",
        frames,
    )


def test_a_board_and_its_changes_equal_a_board_fetched_later(page):
    """Whatever changed or left in between, the tiles are those of a fresh snapshot."""
    chance = random.Random(5)
    now, frames = {}, [{"type": "board", "epoch": "e", "seq": 0, "tiles": []}]
    for seq in range(1, 200):
        name = f"c{chance.randrange(30)}"
        gone = [name] if name in now and chance.random() < 0.3 else []
        changed = [] if gone else [tile(name, chance.randrange(101), chance.random())]
        now = {key: value for key, value in now.items() if key not in gone}
        now |= {one["conversation"]: one for one in changed}
        frames.append({"type": "tiles", "seq": seq, "changed": changed, "gone": gone})
    seen = fold(page, frames, "return [...state.entries.values()].map(({ tile }) => tile);")
    assert {one["conversation"]: one for one in seen} == now


def test_what_comes_late_or_before_the_board_changes_nothing(page):
    """A `tiles` frame older than what is shown, or before any board, is left out."""
    late = {"type": "tiles", "seq": 4, "changed": [tile("a", 99)], "gone": []}
    first = {"type": "board", "epoch": "e", "seq": 5, "tiles": [tile("a", 10)]}
    count = "return [...state.entries.values()].map(({ tile }) => tile.tension);"
    assert fold(page, [late, first, late], count) == [10]


def test_waiting_goes_on_between_frames_only_for_those_who_wait(page):
    """A customer who has just written waits from then on; nobody waits once answered or resolved."""
    tiles = [
        tile("just", 10, waiting_since="2026-01-01T00:00:00Z"),
        tile("long", 10, waiting_seconds=60, waiting_since="2026-01-01T00:00:00Z"),
        tile("answered", 10, waiting_since=None),
        tile("over", 10, waiting_seconds=60, waiting_since="2026-01-01T00:00:00Z", resolved=True),
    ]
    script = "return [...state.entries.values()].map((entry) => board.waited(entry, 30_000));"
    assert fold(page, [{"type": "board", "epoch": "e", "seq": 1, "tiles": tiles}], script) == [30, 90, 0, 0]
