"""The sidebar's line to a real server that is killed and started again: nothing is lost or doubled."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PATIENCE, Server, stop_server

pytestmark = pytest.mark.browser
LONG = 5 * PATIENCE * 1000  # ms: reconnecting waits up to 20 s
CHAT = "line"
FIRST = "Where is my order 48213? This is the third time I'm writing and nobody answers."
SECOND = "Still nothing. I am really angry now."


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may lose its server: faults of the network are no faults of it, all others are."""
    context = browser.new_context(viewport={"width": 380, "height": 720}, reduced_motion="reduce")
    page, faults = context.new_page(), list[str]()
    page.set_default_timeout(LONG)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def say(server: Server, text: str) -> None:
    """The customer writes."""
    with server.client("ingest") as tool:
        assert tool.post(f"/conversations/{CHAT}/messages", json={"role": "customer", "text": text}).status_code == 200


def opened(page: Page, server: Server) -> None:
    """The sidebar, live on the chat."""
    page.goto(f"{server.base}/sidebar#conversation={CHAT}&token={server.token('agent')}")
    expect(page.locator(".status[data-state=live]")).to_be_visible(timeout=LONG)
    page.locator(".phrase").first.wait_for()


def told(folder: Path) -> list[tuple[str, str]]:
    """The verdicts that the server has kept."""
    with sqlite3.connect(folder / "steadyhand.db") as database:
        return list(database.execute("select suggestion, verdict from feedback order by rowid"))


def test_a_restart_of_the_server_loses_and_doubles_nothing(
    page: Page, own_server: Callable[..., Server], tmp_path: Path, shoot: Callable
) -> None:
    """Killed with the sidebar open: it says since when, keeps what it knew, and tells what was clicked once."""
    first = own_server()
    say(first, FIRST)
    opened(page, first)
    ids = [row.get_attribute("data-id") for row in page.locator("li[data-id]").all()]
    page.locator(".dismiss").nth(0).click()
    page.locator(".dismissed").first.wait_for()
    expect(page.locator(".dismissed")).to_have_count(1)
    first.process.kill()
    first.process.wait()
    status = page.locator(".status[data-state=offline]")
    status.wait_for()
    assert re.fullmatch(r"Offline since \d\d:\d\d( [AP]M)?", status.inner_text().strip())
    page.locator(".dismiss").first.click()
    assert page.locator(".number").inner_text() != ""
    shoot(page, "sidebar-offline")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    assert [one["id"] for one in axe().run(page).response["violations"]] == []
    again = own_server(port=int(first.base.rpartition(":")[2]))
    say(again, SECOND)
    expect(page.locator(".status[data-state=live]")).to_be_visible(timeout=LONG)
    page.locator(".turn .said").filter(has_text="Still nothing").wait_for()
    expect(page.locator("svg.course")).to_have_count(1)
    assert page.locator(".timeline").get_attribute("aria-valuemax") == "2"
    page.wait_for_timeout(500)
    stop_server(again)
    assert sorted(told(tmp_path)) == sorted([(ids[0], "dismissed"), (ids[1], "dismissed")])


def test_a_reload_finds_the_chat_as_it_stands(page: Page, own_server: Callable[..., Server]) -> None:
    """What came before and after it is there once, also with the network cut in between."""
    server = own_server()
    say(server, FIRST)
    opened(page, server)
    page.goto("about:blank")
    say(server, SECOND)
    opened(page, server)
    assert page.locator(".timeline").get_attribute("aria-valuemax") == "2"
    assert page.locator(".turn .said").inner_text() in (FIRST, SECOND)
