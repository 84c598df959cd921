"""What of the board is shown: queries in the address, order, groups, rows in view, and the hour by minutes."""

import math
import random
from statistics import fmean, pstdev

import pytest

from tests.browser.modules.test_board_module import tile

pytestmark = pytest.mark.browser
NAMES = ("board", "floor", "query", "grid", "course")
MINUTE = 60_000


def run(page, script, given=None):
    """What a script gives that has the modules at hand."""
    loads = "\n".join(f"const {name} = await import('/static/live/{name}.js');" for name in NAMES)
    return page.evaluate(f"async (given) => {{ {loads} {script} }}", given)


SHOWN = """
  const state = board.receive(board.emptyBoard(), {type: "board", epoch: "e", seq: 1, tiles: given.tiles}, 0);
  const asked = query.queryFrom(given.search ?? "");
  const seen = floor.shown(state, asked, given.now ?? 0);
"""
IDS = f"{SHOWN} return seen.map(({{ tile }}) => tile.conversation);"


def pressing(name, risk, waiting=None, **more):
    """A tile whose priority is its risk times that of waiting."""
    factors = {"risk": risk, "soon": 1, "change": 1, "waiting": 0.5}
    since = None if waiting is None else "2026-01-01T00:00:00Z"
    return tile(name, 50, factors=factors, waiting_seconds=waiting or 0, waiting_since=since, **more)


def test_where_stepping_in_helps_most_comes_first_and_what_is_let_run_last(page):
    """By the factors, and by tension and waiting where that is asked for."""
    tiles = [
        pressing("low", 0.2),
        pressing("high", 0.9),
        pressing("left", 1.0, let_run=True),
        pressing("waits", 0.6, waiting=600),
    ]
    assert run(page, IDS, {"tiles": tiles}) == ["waits", "high", "low", "left"]
    assert run(page, IDS, {"tiles": tiles, "search": "?order=waiting"})[0] == "waits"
    warm = [tile("a", 40, 9), tile("b", 80, 1), tile("c", 60, 5)]
    assert run(page, IDS, {"tiles": warm, "search": "?order=tension"}) == ["b", "c", "a"]
    assert run(page, IDS, {"tiles": warm}) == ["a", "c", "b"], "of a server that tells no factors its own priority"


def test_priority_goes_on_while_a_customer_waits(page):
    """After ten minutes it has doubled, and then it stays."""
    given = {"tiles": [pressing("c", 0.5, waiting=0)]}
    script = f"{SHOWN} return [0, 5, 10, 60].map((m) => Math.round(floor.priority(seen[0], m * {MINUTE})));"
    assert run(page, script, given) == [25, 38, 50, 50]


@pytest.mark.parametrize(
    ("search", "left"),
    [
        ("?team=b", {"2"}),
        ("?agent=bea", {"2"}),
        ("?cause=billing", {"1", "3"}),
        ("?channel=web&cause=billing", {"3"}),
        ("?language=de", {"2"}),
        ("?waiting=3", {"1"}),
        ("?band=critical,calm", {"2", "3"}),
        ("?q=LOPEZ", {"1"}),
        ("?q=%5B.*%5D", set()),
        ("?q=bea", {"2"}),
        ("?order=wrong&view=none&waiting=-1&band=hot", {"1", "2", "3"}),
    ],
)
def test_a_query_leaves_out_what_does_not_match(page, search, left):
    """Each filter alone and together; a search is text, never a pattern; what cannot be read filters nothing."""
    tiles = [
        tile("1", 60, customer="María Lopez", team="a", cause="billing", waiting_seconds=200, waiting_since="x"),
        tile("2", 80, agent="Bea", team="b", cause={"label": "delivery"}, language="de"),
        tile("3", 10, team="a", cause="billing", channel="web"),
    ]
    tiles[1]["agent"] = "bea"
    assert set(run(page, IDS, {"tiles": tiles, "search": search})) == left


def test_an_address_gives_the_query_that_made_it(page):
    """Every field survives; the usual query leaves the address empty."""
    search = "?view=time&order=waiting&group=cause&team=a%26b&agent=dana&waiting=10&band=critical%2Ccalm&q=%3Cb%3E"
    assert run(page, "return query.searchOf(query.queryFrom(given));", search) == search
    assert run(page, "return query.searchOf(query.USUAL);") == ""
    assert run(page, "return query.narrows(query.widened(query.queryFrom(given)));", search) is False


def test_groups_tell_how_many_how_tense_and_how_far_apart(page):
    """The mean and the standard deviation of each, in the order of their first conversation."""
    chance = random.Random(3)
    tiles = [tile(str(n), chance.randrange(101), n, team="abc"[n % 3]) for n in range(50)]
    script = f"""{SHOWN} return floor.grouped(seen, "team").map(({{ key, entries, mean, spread, counts }}) =>
      [key, entries.length, mean, spread, Object.values(counts).reduce((a, b) => a + b)]);"""
    found = run(page, script, {"tiles": tiles})
    assert [key for key, *_ in found] == ["b", "a", "c"]
    for key, number, mean, spread, counted in found:
        heat = [one["tension"] for one in tiles if one["team"] == key]
        assert (number, counted) == (len(heat), len(heat))
        assert math.isclose(mean, fmean(heat))
        assert math.isclose(spread, pstdev(heat))


def test_only_rows_in_view_are_drawn_and_the_others_keep_their_room(page):
    """Whatever the heights and wherever it is scrolled to: what is seen is drawn, and the length stays the same."""
    chance = random.Random(8)
    for _ in range(60):
        heights = [chance.choice([36, 48, 120]) for _ in range(chance.randrange(400))]
        top, view = chance.randrange(-500, 30_000), chance.randrange(100, 2_000)
        found = run(
            page,
            "return grid.windowOf(given.heights.map((height) => ({ height })), given.top, given.view);",
            {"heights": heights, "top": top, "view": view},
        )
        first, end = found["first"], found["end"]
        drawn = sum(heights[first:end])
        assert found["before"] + drawn + found["after"] == sum(heights)
        assert sum(heights[:first]) == found["before"]
        assert drawn <= view + 2 * 400 + 2 * 120
        edges = [sum(heights[:index]) for index in range(len(heights) + 1)]
        for index, height in enumerate(heights):
            if edges[index] < top + view and edges[index] + height > top:
                assert first <= index < end


def test_a_level_holds_until_the_next_message(page):
    """Before the first there is nothing; what is older than the window begins at its edge."""
    course = [[95, 10], [103, 80], [107, 30]]
    script = "return course.stretches(course.packed(given), 100, 10).map(({ from, to, level }) => [from, to, level]);"
    assert run(page, script, course) == [[0, 3, 10], [3, 7, 80], [7, 10, 30]]
    assert run(page, "return [94, 95, 102, 103, 200].map((m) => course.levelAt(course.packed(given), m));", course) == [
        None,
        10,
        10,
        80,
        30,
    ]
    assert run(page, "return course.stretches(course.packed([[120, 50]]), 100, 10);") == []
    assert run(
        page,
        "return [[], [[91, 1]], [[80, 1], [99, 1]], [[1, 1]]].map((one) => course.spanOf([course.packed(one)], 100));",
    ) == [
        15,
        15,
        30,
        60,
    ]
