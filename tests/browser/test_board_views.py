"""The views of the heat-map in a real browser: many conversations by a line of ours, and a floor on a real server."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import websockets
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.conftest import PATIENCE, Server, start_server, stop_server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
BANDS = ("calm", "uneasy", "tense", "critical")
TEAMS = ("billing", "delivery", "retail")
CAUSES = ("billing", "delivery", "defect", "refund", "outage")


def tile(number: int, tension: float, now: int, **more: Any) -> dict[str, Any]:
    """A tile as the server sends it; its course is an hour of going up and down."""
    factors = {"risk": round(tension / 100, 3), "soon": 0.8, "change": 0.6, "waiting": 0.5}
    course = [[now - 55 + 5 * step, (tension + 13 * step * (number % 5)) % 100] for step in range(11)] + [
        [now, tension]
    ]
    return {
        "conversation": f"c-{number}",
        "customer": f"Customer {number}",
        "agent": f"agent-{number % 40}",
        "team": TEAMS[number % 3],
        "channel": "web",
        "language": "en",
        "tension": tension,
        "band": BANDS[min(3, int(tension // 25))],
        "trend": ("steady", "rising", "falling")[number % 3],
        "risk": factors["risk"],
        "cause": CAUSES[number % 5],
        "priority": 0.0,
        "factors": factors,
        "because": ["asks for somebody above"],
        "waiting_seconds": 0,
        "waiting_since": None,
        "resolved": False,
        "updated_at": "2026-11-22T08:14:34.504Z",
        "course": [*course, [now, tension]],
        **more,
    }


def floor(count: int) -> list[dict[str, Any]]:
    """So many tiles, of every heat."""
    now = int(time.time() // 60)
    return [tile(number, (37 * number) % 1000 / 10, now) for number in range(count)]


def board_with(open_page: Open, demo: Server, tiles: list[dict[str, Any]], query: str = "", **look: Any) -> Page:
    """The real page, whose line is ours."""
    page = open_page(f"{demo.base}/", **look)

    def line(socket: WebSocketRoute) -> None:
        hello = {"type": "welcome", "epoch": "e", "role": "supervisor", "subject": "rob", "teams": ["demo"]}
        socket.send(json.dumps(hello))
        socket.send(json.dumps({"type": "board", "epoch": "e", "seq": 1, "tiles": tiles}))

    page.route_web_socket(re.compile("/ws/v1/supervisor"), line)
    page.goto(f"{demo.base}/supervisor{query}")
    return page


def drawn(page: Page) -> int:
    """Tiles in the document."""
    return page.locator("steadyhand-tile").count()


def test_of_ten_thousand_only_those_in_view_are_drawn(demo: Server, open_page: Open, shoot: Shoot) -> None:
    """At the top, after a long scroll and at the end, which the keyboard reaches too."""
    page = board_with(open_page, demo, floor(10_000))
    expect(page.locator(".found")).to_contain_text("10,000 live")
    expect(page.locator(".tile").first).to_contain_text("99")
    assert drawn(page) < 150
    shoot(page, "supervisor-10000")
    height = page.evaluate("document.getElementById('board-pane').scrollHeight")
    assert height > 10_000 / 6 * 120
    page.evaluate("document.getElementById('board-pane').scrollTop = 60_000")
    expect(page.locator(".tile").first).not_to_contain_text("99")
    assert drawn(page) < 150
    assert page.evaluate("document.getElementById('board-pane').scrollHeight") == height
    page.locator(".tile").nth(3).focus()
    page.keyboard.press("End")
    last = page.locator("li[aria-posinset='10000'] .tile")
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    assert drawn(page) < 150


def choose(page: Page, label: str, value: str) -> None:
    """Pick one of a filter's values."""
    page.locator(".choice", has=page.locator("span", has_text=re.compile(f"^{label}$"))).locator(
        "select"
    ).select_option(value)


def test_what_is_looked_at_stands_in_the_address(demo: Server, open_page: Open) -> None:
    """A filter and a view make an address that gives the same again; back leads back."""
    page = board_with(open_page, demo, floor(60))
    page.locator(".more-filters summary").click()
    choose(page, "Cause", "outage")
    expect(page.locator(".found")).to_contain_text("12 of 60")
    choose(page, "Group by", "team")
    expect(page.locator(".group-head")).to_have_count(3)
    page.get_by_role("tab", name="Table").click()
    assert page.url.endswith("/supervisor?view=table&group=team&cause=outage")
    page.reload()
    expect(page.locator(".board-table tbody tr[data-conversation]")).to_have_count(12)
    page.go_back()
    expect(page.locator(".group-head")).to_have_count(3)
    page.get_by_label("Search customer, agent or id").fill("CUSTOMER 14")
    expect(page.locator(".found")).to_contain_text("1 of 60")
    page.get_by_label("Search customer, agent or id").fill("[.*]")
    expect(page.get_by_text("No conversation matches")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".found")).to_contain_text("60 live")


def test_a_group_tells_its_heat_and_folds(demo: Server, open_page: Open) -> None:
    """Its number, its mean with how far apart they are, and its tiles behind one button."""
    page = board_with(open_page, demo, floor(30), "?group=team")
    head = page.locator(".group-head").first
    expect(head).to_contain_text(re.compile(r"10.*\d+.*± \d+", re.DOTALL))
    before = drawn(page)
    head.press("Enter")
    expect(head).to_have_attribute("aria-expanded", "false")
    assert drawn(page) == before - 10


COLOURS = """([row, count]) => {
  const canvas = document.querySelector('canvas.course');
  const ratio = devicePixelRatio;
  const y = (22 + row * 26 + 4) * ratio;
  const line = canvas.getContext('2d').getImageData(240 * ratio, y, canvas.width - 240 * ratio, 1).data;
  return Array.from({length: count}, (_, at) => {
    const x = Math.floor((at + 0.5) * (line.length / 4) / count) * 4;
    return [line[x], line[x + 1], line[x + 2], line[x + 3]];
  });
}"""


def test_over_time_a_hot_minute_is_a_hot_colour(demo: Server, open_page: Open) -> None:
    """Nothing before the first message, cold until it turns, and hot from then on; the words say the same."""
    now = int(time.time() // 60)
    course = [[now - 50, 5.0], [now - 10, 95.0]]
    page = board_with(open_page, demo, [tile(1, 95.0, now, course=course)], "?view=time")
    expect(page.locator("canvas.course")).to_be_visible()
    colours = page.evaluate(COLOURS, [0, 60])
    assert colours[2][3] == 0
    cold, hot = colours[25], colours[57]
    assert sum(cold[:3]) > 600
    assert sum(hot[:3]) < 250
    page.locator("canvas.course").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".over-time-words")).to_contain_text("95, critical")
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".over-time-words")).to_contain_text("5, calm")


def test_the_table_is_one_for_screen_readers(demo: Server, open_page: Open) -> None:
    """It says how many rows there are, which one each is, and by what it is sorted."""
    page = board_with(open_page, demo, floor(3_000), "?view=table")
    table = page.locator(".board-table")
    expect(table).to_have_attribute("aria-rowcount", "3001")
    assert page.locator(".board-table tbody tr").count() < 100
    expect(page.locator("tr[data-conversation]").first).to_have_attribute("aria-rowindex", "2")
    page.locator("th button", has_text="Tension").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Tension")
    heat = page.locator("tr[data-conversation] .table-heat").all_text_contents()[:20]
    numbers = [int(re.findall(r"\d+", text)[0]) for text in heat]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["?group=cause", "?view=time", "?view=table", "?view=team"])
def test_axe_finds_nothing_in_any_view(
    demo: Server, open_page: Open, shoot: Shoot, query: str, scheme: str, width: int
) -> None:
    """In light and dark, wide and on a telephone, without scrolling sideways."""
    page = board_with(open_page, demo, floor(80), query, scheme=scheme, width=width)
    expect(page.get_by_role("tab", selected=True)).to_be_visible()
    page.wait_for_timeout(100)
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width == 1440 and query == "?view=time":
        shoot(page, "supervisor-time" if scheme == "light" else "supervisor-dark")


async def post(server: Server, told: list[tuple[str, str]]) -> None:
    """Customers' messages over one ingest socket."""
    async with websockets.connect(f"{server.base.replace('http', 'ws')}/ws/v1/ingest", max_size=None) as socket:
        await socket.send(json.dumps({"type": "hello", "token": server.token("ingest", "tool", "a")}))
        await socket.recv()
        for number, (conversation, text) in enumerate(told):
            frame = {"type": "message", "conversation": conversation, "role": "customer", "text": text, "ref": number}
            await socket.send(json.dumps(frame))
        acked = 0
        async with asyncio.timeout(PATIENCE * 6):
            while acked < len(told):
                acked += json.loads(await socket.recv())["type"] == "ack"


def say(server: Server, told: list[tuple[str, str]]) -> None:
    """The same, in a thread: the browser's driver has an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, post(server, told)).result()


def test_heat_rises_on_a_floor_of_three_hundred_and_the_right_tile_climbs(tmp_path: Path, open_page: Open) -> None:
    """One of three hundred calm chats turns: within its next messages it stands first."""
    server = start_server(tmp_path, "--reader", "linear")
    try:
        say(server, [(f"c-{n}", "Hello, a question about my order, please.") for n in range(300)])
        page = open_page(f"{server.base}/supervisor#token={server.token('supervisor', 'rob', 'a')}")
        expect(page.locator(".found")).to_contain_text("300 live")
        first = page.locator(".tiles > li").first
        said = [
            "This is the third time I'm writing. Where is my order? Nobody there cares.",
            "You are useless. I want your supervisor, now!",
            "I am furious. You are liars and idiots, all of you.",
        ]
        say(server, [("c-217", text) for text in said])
        expect(first).to_have_attribute("data-conversation", "c-217")
        expect(first.locator(".tile-band")).to_have_text(re.compile("Tense|Critical"))
        page.close()
    finally:
        stop_server(server)
