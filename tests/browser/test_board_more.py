"""What the supervisor's page does with her hands: panels, focus, Escape, filters, what sticks and what is said."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import until
from tests.conftest import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
VIEWS = ("now", "time", "table", "team")
FLOORS = {"now": ".tile", "time": "canvas.course", "table": ".board-table tbody button"}
ALERT = {"kind": "risk", "severity": "warning", "score": 0.8, "threshold": 0.6, "text": "Risk rose from 10 % to 80 %"}


@dataclass
class Floor:
    """A board whose frames the test sends."""

    page: Page
    lines: list[WebSocketRoute] = field(default_factory=list)
    seq: int = 0

    def begin(self, base: str, look: str, *tiles: dict) -> None:
        """The page with these conversations."""
        self.page.route_web_socket(re.compile("/ws/v1/supervisor"), self._line)
        self.page.goto(f"{base}/supervisor{look}")
        expect(self.page.get_by_text("Loading the live conversations")).to_be_visible()
        until(self.page, lambda: bool(self.lines))
        self.send({"type": "welcome", "epoch": "e", "role": "supervisor", "subject": "robin", "teams": ["demo"]})
        self.send({"type": "board", "epoch": "e", "seq": 0, "tiles": list(tiles)})

    def _line(self, line: WebSocketRoute) -> None:
        self.lines.append(line)

    def send(self, frame: dict) -> None:
        """One frame."""
        self.lines[-1].send(json.dumps(frame))

    def change(self, *tiles: dict, gone: tuple[str, ...] = ()) -> None:
        """Conversations that are different now, and those that have left."""
        self.seq += 1
        self.send({"type": "tiles", "epoch": "e", "seq": self.seq, "changed": list(tiles), "gone": list(gone)})


def tile(number: int, tension: float = 80, band: str = "critical", **more: object) -> dict:
    """A conversation as the board has it."""
    known = {"agent": "ben", "team": "demo", "trend": "steady", "risk": 0.5, "cause": "delivery", "priority": tension}
    quiet = {"waiting_seconds": None, "updated_at": "2026-03-02T09:00:00Z", "course": []}
    own = {"conversation": f"c{number}", "customer": f"Customer {number}", "tension": tension, "band": band}
    return {**known, **quiet, **own, **more}


@pytest.fixture
def floor(demo: Server, open_page: Open) -> Callable[..., Floor]:
    """Opens a board of the test's own conversations."""

    def opened(look: str, *tiles: dict, **screen: object) -> Floor:
        made = Floor(open_page(f"{demo.base}/", **screen))
        made.begin(demo.base, look, *tiles)
        return made

    return opened


@pytest.mark.parametrize("view", ["now", "time", "table"])
def test_closing_a_conversation_gives_the_focus_back_in_every_view(floor: Callable[..., Floor], view: str) -> None:
    """Opened and left by the keyboard, the hand is where it was."""
    page = floor(f"?view={view}", *(tile(number) for number in range(5))).page
    page.locator(FLOORS[view]).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader-pane h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(FLOORS[view]).first).to_be_focused()


def test_closing_a_conversation_in_the_team_view_leads_to_its_tab(floor: Callable[..., Floor]) -> None:
    """The tile that opened it is not there any more; the hand is not lost."""
    page = floor("", tile(1)).page
    page.locator(".tile").click()
    page.locator("#view-team").click()
    page.get_by_role("button", name="Close (Esc)").click()
    expect(page.locator("#view-team")).to_be_focused()


def test_alerts_make_room_for_a_conversation_and_come_back_with_the_focus(floor: Callable[..., Floor]) -> None:
    """At 1024 px one panel stands beside the board; Escape leads back to the alert that was opened."""
    one = floor("", tile(1, alert={**ALERT, "at": "2026-03-02T09:00:00Z"}), tile(2), width=1024)
    page, alerts = one.page, one.page.locator("#alerts-pane")
    page.get_by_role("button", name="Alerts 1").click()
    alerts.get_by_role("button", name="Open Customer 1").press("Enter")
    expect(page.locator("#reader-pane h2")).to_be_focused()
    expect(alerts).to_be_hidden()
    expect(page.locator("#alerts-button")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(alerts.get_by_role("button", name="Open Customer 1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(alerts).to_be_hidden()
    expect(page.locator("#alerts-button")).to_be_focused()


def test_a_new_alert_is_said_and_counted_while_the_panel_is_closed(floor: Callable[..., Floor]) -> None:
    """What is hidden is not read aloud, so the page says it."""
    one = floor("", tile(1))
    expect(one.page.locator(".tile")).to_have_count(1)
    one.change(tile(1, alert={**ALERT, "at": "2026-03-02T09:01:00Z"}))
    expect(one.page.locator("#alerts-said")).to_contain_text("Customer 1. Risk rose")
    expect(one.page.locator("#alerts-button")).to_have_text("Alerts 1")


def test_what_fits_the_filter_no_more_keeps_its_place_and_is_not_called_gone(floor: Callable[..., Floor]) -> None:
    """Under the pointer a critical chat that cools down stays, as it is now; one that has left is said to have."""
    one = floor("?band=critical", tile(1, 90), tile(2, 85), tile(3, 80))
    page = one.page
    page.locator(".tile").first.hover()
    one.change(tile(1, 30, "uneasy"), gone=("c2",))
    expect(page.locator("[data-conversation=c1] .tile-band")).to_have_text("Uneasy")
    there = [re.compile("Customer 1"), "No longer live", re.compile("Customer 3")]
    expect(page.locator(".tiles > li")).to_have_text(there)
    page.locator("h1").hover()
    expect(page.locator(".tiles > li")).to_have_text([re.compile("Customer 3")])


def test_escape_closes_only_what_the_hand_is_in(floor: Callable[..., Floor]) -> None:
    """The sheet of filters first, then a search, then the conversation."""
    page = floor("", tile(1), tile(2)).page
    page.locator(".tile").first.click()
    page.locator(".more-filters summary").click()
    page.get_by_label("Order").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".filter-sheet")).to_be_hidden()
    expect(page.locator(".more-filters summary")).to_be_focused()
    page.get_by_role("searchbox").fill("1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator("#reader-pane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reader-pane")).to_be_hidden()


def test_a_search_is_a_step_of_its_own_and_clearing_it_keeps_the_hand(floor: Callable[..., Floor]) -> None:
    """Back leaves the search and not the view, whatever characters were typed; what they do is said once."""
    page = floor("", tile(1), tile(2, customer="100% <b>&?=#+ “Zoë”")).page
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("searchbox").press_sequentially("% <b>&?=#+ “zoë")
    expect(page.locator(".board-table tbody button")).to_have_text(["100% <b>&?=#+ “Zoë”"])
    expect(page.locator(".board-bar [role=status]")).to_have_text("1 of 2 shown")
    address = page.url
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.go_back()
    assert page.url == address
    expect(page.get_by_role("searchbox")).to_have_value("% <b>&?=#+ “zoë")
    page.go_back()
    expect(page.locator("#view-table")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".board-table tbody button")).to_have_count(2)


@pytest.mark.parametrize(("view", "head"), [("time", "canvas.course"), ("table", ".board-table thead th")])
def test_the_head_stays_in_sight_below_a_bar_of_any_height(floor: Callable[..., Floor], view: str, head: str) -> None:
    """Scrolled to the end, the axis and the head of the table stand where the bar ends, wide and less wide."""
    page = floor(f"?view={view}", *(tile(number) for number in range(200))).page
    for width in (1440, 1040):
        page.set_viewport_size({"width": width, "height": 700})
        expect(page.locator(head).first).to_be_visible()
        page.locator("#board-pane").evaluate("(pane) => pane.scrollTo(0, pane.scrollHeight / 2)")
        page.wait_for_function(
            """(head) => Math.abs(document.querySelector(head).getBoundingClientRect().top
                - document.querySelector('.board-bar').getBoundingClientRect().bottom) <= 1""",
            arg=head,
        )


def test_the_words_of_the_hour_cover_neither_its_axis_nor_their_row(floor: Callable[..., Floor]) -> None:
    """At the end of a long list they stand below the row that the keyboard is on."""
    page = floor("?view=time", *(tile(number, 80 - number / 10) for number in range(200)), height=500).page
    page.locator("canvas.course").focus()
    for key in ("End", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    words = page.locator(".over-time-words")
    expect(words).to_contain_text("Customer 199")
    page.wait_for_function(
        """() => {
          const rows = document.querySelector("steadyhand-over-time");
          const words = rows.querySelector(".over-time-words").getBoundingClientRect();
          return words.bottom <= innerHeight && words.top >= rows.getBoundingClientRect().top + 22 + 200 * 26;
        }"""
    )


def test_a_row_that_moves_takes_the_keyboard_along_over_time(floor: Callable[..., Floor]) -> None:
    """Enter opens the conversation whose words stand there, although others have come before it."""
    one = floor("?view=time&order=tension", tile(1, 80), tile(2, 40, "uneasy"))
    page = one.page
    page.keyboard.press("Tab")
    page.locator("canvas.course").focus()
    expect(page.locator(".over-time-words")).to_contain_text("Customer 1")
    page.locator("steadyhand-board").evaluate("(board) => { board.held = null; }")
    one.change(tile(3, 95), tile(4, 99))
    page.locator("steadyhand-board").evaluate("(board) => { board.held = null; }")
    page.wait_for_function("() => document.querySelector('steadyhand-over-time').places.length === 4")
    page.locator("steadyhand-board").evaluate("async (board) => { board.held = null; await board.updateComplete; }")
    expect(page.locator(".over-time-words")).to_contain_text("Customer 1")
    page.keyboard.press("Enter")
    expect(page.locator("#reader-pane h2")).to_have_text("Customer 1")


def test_opening_what_is_open_loads_nothing_anew_and_no_factors_of_another_stand_there(
    demo: Server, open_page: Open
) -> None:
    """The same tile twice keeps the transcript; a conversation without a tile has none of the one before."""
    page = open_page(f"{demo.base}/supervisor")
    page.locator(".tile").first.click()
    page.locator(".message").first.evaluate("(one) => { one.kept = true; }")
    page.locator(".tile").first.click()
    assert page.locator(".message").first.evaluate("(one) => one.kept")
    expect(page.locator("#reader-pane").get_by_text("Why look here")).to_be_visible()
    detail = "{ detail: { conversation: 'not-on-the-board' } }"
    page.evaluate(f"document.dispatchEvent(new CustomEvent('steadyhand-open', {detail}))")
    expect(page.locator("#reader-pane h2")).to_have_text("Conversation")
    assert page.locator("#reader").evaluate("(reader) => reader.tile") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view_with_the_alerts_open(demo: Server, open_page: Open, scheme: str) -> None:
    """All four views, wide; and on a telephone, where what the alerts cover cannot be reached."""
    page = open_page(f"{demo.base}/supervisor", scheme=scheme)
    page.locator("#alerts-button").click()
    for view in VIEWS:
        page.locator(f"#view-{view}").click()
        expect(page.locator(f"#view-{view}")).to_have_attribute("aria-selected", "true")
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function("() => document.getElementById('board-pane').inert")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    page.locator("#alerts-button").click()
    assert not page.locator("#board-pane").evaluate("(pane) => pane.inert")
