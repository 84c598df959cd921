"""The supervisor's board and its reader, in a real browser against the really running demo."""

import json
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import until
from tests.conftest import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> {{7*7}} Nobody there cares."
FOCUSED = "() => [...document.querySelectorAll('.tile')].indexOf(document.activeElement)"
ORDER = "() => [...document.querySelectorAll('.tiles > li')].map((one) => one.dataset.conversation)"
URGENT = (
    """() => [...document.querySelectorAll('steadyhand-tile')].map((one) => one.tile.let_run ? -1 : one.priority)"""
)


def chat(open_page: Open, demo: Server, text: str) -> tuple[Page, str]:
    """A demo window in which the customer has written once, and the id of its conversation."""
    page = open_page(f"{demo.base}/demo")
    say(page, text)
    return page, re.search(r"conversation=([\w-]+)", page.url)[1]


def say(page: Page, text: str) -> None:
    """The customer writes."""
    page.locator("#customer textarea").fill(text)
    page.locator("#customer textarea").press("Enter")
    expect(page.locator("#agent .said-text").last).to_have_text(text)


def board_of(open_page: Open, demo: Server, **look: object) -> Page:
    """The board in its usual order, once there are tiles to walk among."""
    board = open_page(f"{demo.base}/supervisor", **look)
    expect(board.locator(".tile").nth(3)).to_be_visible()
    return board


def falling(numbers: list[int]) -> bool:
    """Whether none is above the one before it."""
    return numbers == sorted(numbers, reverse=True)


def test_a_conversation_is_opened_by_the_keyboard_read_live_and_left_by_escape(demo: Server, open_page: Open) -> None:
    """Enter opens it, marked words and tension stand at each message, what comes is added, Escape leads back."""
    window, conversation = chat(open_page, demo, HOSTILE)
    board = board_of(open_page, demo)
    tile = board.locator(f"li[data-conversation='{conversation}'] .tile")
    tile.focus()
    board.keyboard.press("Enter")
    text = board.locator(".message-text").first
    expect(text).to_have_text(HOSTILE)
    expect(text.locator("mark").filter(has_text="cares")).to_be_visible()
    expect(board.locator(".message-heat").first).to_have_text(re.compile(r"\d"))
    assert board.evaluate("document.activeElement.closest('steadyhand-reader') !== null")
    say(window, "And now?")
    expect(board.locator(".message-text").filter(has_text="And now?")).to_be_visible()
    assert board.locator("#reader-pane :is(textarea, input)").count() == 0, "the reader only reads"
    board.keyboard.press("Escape")
    expect(board.locator("#reader-pane")).to_be_hidden()
    expect(tile).to_be_focused()
    assert "owned" not in board.title()


def test_tiles_stand_in_the_order_of_priority_and_the_arrows_walk_among_them(demo: Server, open_page: Open) -> None:
    """The priorities fall from tile to tile; one tile is in the tab order, the arrows reach the others."""
    board = board_of(open_page, demo)
    assert falling(board.evaluate(URGENT))
    assert board.locator(".tile[tabindex='0']").count() == 1
    board.locator(".tile").first.focus()
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp", "End", "Home"):
        board.keyboard.press(key)
        walked.append(board.evaluate(FOCUSED))
    assert walked[:4] == [1, 2, 1, 1]
    assert walked[4] > 2
    assert walked[5] == 0


def test_the_order_is_held_while_somebody_is_on_the_board(demo: Server, open_page: Open) -> None:
    """With the focus on a tile no other tile changes its place, although its number does; then it moves up."""
    window, conversation = chat(open_page, demo, "Hello, a question about my order.")
    board = board_of(open_page, demo)
    mine = board.locator(f"li[data-conversation='{conversation}']")
    expect(mine).to_be_visible()
    board.locator(".tile").last.focus()
    before = board.evaluate(ORDER)
    say(window, "You are a useless idiot and a liar. This is the third time I write and nobody there cares!")
    expect(mine.locator(".tile-band")).to_have_text(re.compile("Tense|Critical"))
    held = board.evaluate(ORDER)[: len(before)]
    assert [now or then for now, then in zip(held, before, strict=True)] == before
    board.evaluate("document.activeElement.blur()")
    until(board, lambda: falling(board.evaluate(URGENT)))


def test_a_band_can_be_shown_alone(demo: Server, open_page: Open) -> None:
    """A filter leaves only its band; clearing it brings the others back."""
    _, conversation = chat(open_page, demo, "You are a useless idiot and a liar. I hate you all!")
    board = board_of(open_page, demo)
    mine = board.locator(f"li[data-conversation='{conversation}']")
    expect(mine).to_be_visible()
    board.get_by_role("button", name=re.compile("Calm$")).click()
    expect(mine).to_have_count(0)
    assert board.locator(".tile:not([data-band=calm])").count() == 0
    board.get_by_role("button", name="Clear").click()
    expect(mine).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_conversation_is_read(demo: Server, open_page: Open, scheme: str, width: int) -> None:
    """Beside the board, and over it on a telephone, where what is covered cannot be reached."""
    board = board_of(open_page, demo, scheme=scheme, width=width)
    board.locator(".tile").first.click()
    expect(board.locator(".message").first).to_be_visible()
    found = Axe().run(board)
    assert not found.response["violations"], found.generate_report()
    assert board.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert board.evaluate("document.getElementById('board-pane').inert") == (width == 390)


def test_a_lost_connection_is_told_and_the_tiles_stay(demo: Server, open_page: Open) -> None:
    """The banner says as of when the board is, nothing is taken away, and it goes when the line is back."""
    board = open_page(f"{demo.base}/")
    lines, down = [], []

    def line(socket: WebSocketRoute) -> None:
        lines.append(socket)
        socket.close(code=1013) if down else socket.connect_to_server()

    board.route_web_socket(re.compile("/ws/v1/supervisor"), line)
    board.goto(f"{demo.base}/supervisor")
    expect(board.locator(".tile").nth(3)).to_be_visible()
    down.append(True)
    lines[-1].close(code=4000)
    expect(board.locator("#banner")).to_contain_text("as it was at")
    expect(board.locator("#line")).to_contain_text("Offline since")
    assert board.locator(".tile").count() > 3
    down.clear()
    expect(board.locator("#line")).to_have_text("Live")
    expect(board.locator("#banner")).to_be_hidden()


def test_without_conversations_the_board_says_so(demo: Server, open_page: Open) -> None:
    """First that it is loading, then that there is nothing yet."""
    board = open_page(f"{demo.base}/")
    lines = list[WebSocketRoute]()

    def line(socket: WebSocketRoute) -> None:
        lines.append(socket)

    board.route_web_socket(re.compile("/ws/v1/supervisor"), line)
    board.goto(f"{demo.base}/supervisor")
    expect(board.get_by_text("Loading the live conversations")).to_be_visible()
    until(board, lambda: bool(lines))
    lines[-1].send(json.dumps({"type": "welcome", "epoch": "e", "role": "supervisor"}))
    lines[-1].send(json.dumps({"type": "board", "epoch": "e", "seq": 0, "tiles": []}))
    expect(board.get_by_text("No live conversations")).to_be_visible()
