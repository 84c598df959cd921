"""The integrator's page: the connectors of a server, and what came to each of them, as it comes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.chat_tools import TOOLS
from tests.app.test_webhooks import message
from tests.browser.conftest import until
from tests.conftest import PATIENCE, Server, start_server, stop_server

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
KEY, OTHER = "the key of this desk", "the key of another"
AWAY = {"error": {"code": "unavailable", "message": "the database does not answer"}}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With a Chatwoot and a shop of its own."""
    folder = tmp_path_factory.mktemp("connected")
    running = start_server(folder)
    for words in (
        ("chatwoot", "--name", "desk", "--secret", KEY, "--origin", "https://chat.example.com", "--agent", "9=dana"),
        ("xmpp", "--name", "talk", "--secret", "whsec_c3RlYWR5aGFuZHN0ZWFkeWhhbmRzdGVhZHk=", "--origin", "https://a.b"),
    ):
        command = [sys.executable, "-m", "app", "connect", "add", *words, "--team", "support"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    yield running
    stop_server(running)


@pytest.fixture
def refused(browser: Browser, server: Server) -> Iterator[Page]:
    """The page in a browser whose console may complain of what the server refuses."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(f"{server.base}/connectors")
    yield page
    context.close()


def deliver(server: Server, body: dict[str, Any], key: str = KEY) -> int:
    """As Chatwoot would; the status."""
    place = f"{server.base}/hooks/chatwoot/desk"
    signed = TOOLS["chatwoot"].sign(json.dumps(body).encode(), key, time.time(), place)
    return httpx.post(place, content=signed.raw, headers=dict(signed.headers), timeout=PATIENCE).status_code


def rows(page: Page) -> list[list[str]]:
    """What stands in each row: what it was, where, and what it came to."""
    found = page.locator("steadyhand-connectors tbody tr").all()
    return [[cell.strip() for cell in row.locator("td").all_inner_texts()[1:]] for row in found]


def test_what_comes_is_seen_as_it_comes(server: Server, open_page: Open, shoot: Shoot) -> None:
    """With what to do about it where something is wrong, and nothing of what anybody wrote; by the keyboard alone."""
    page = open_page(f"{server.base}/connectors", width=1100, height=620)
    page.locator("#token").type(server.token("admin"))
    page.keyboard.press("Enter")
    page.get_by_text("Nothing has come in the last days").wait_for()
    assert deliver(server, message(1, f"Where is my order? {HOSTILE}")) == 200
    until(page, lambda: rows(page) == [["message of the customer", "desk:42", "Told"]])
    assert deliver(server, message(2, "psst", private=True, message_type="outgoing")) == 200
    assert deliver(server, message(3), OTHER) == 401
    assert deliver(server, {"event": "webwidget_triggered"}) == 200
    until(page, lambda: len(rows(page)) == 4 and "Told as a note" in rows(page)[2][2])
    kinds = [came.splitlines()[0] for *_, came in rows(page)]
    assert kinds == ["Of a kind that is not read", "Wrong signature", "Told as a note: no tension", "Told"]
    assert "signs with another key" in rows(page)[1][2]
    page.locator("summary").last.focus()
    page.keyboard.press("Enter")
    assert '"text": "(' in page.locator("details[open] pre").inner_text()
    page.wait_for_timeout(2_500)  # a look later it is still open
    shoot(page, "connectors")
    assert page.locator("details[open]").count() == 1
    for word in ("Where is my order", "onerror", "psst", KEY):
        assert word not in page.content()
    page.get_by_label("Only trouble (1)").check()
    assert len(rows(page)) == 1


def test_another_connector_is_chosen_and_kept_in_the_address(server: Server, open_page: Open) -> None:
    """The token is not; so a reload asks for it again."""
    page = open_page(f"{server.base}/connectors#token={server.token('admin')}&connector=talk")
    page.get_by_text("/hooks/xmpp/talk").wait_for()
    assert page.url.endswith("/connectors#connector=talk")
    page.get_by_role("button", name="desk chatwoot").click()
    page.get_by_text("/hooks/chatwoot/desk").wait_for()
    assert page.url.endswith("/connectors#connector=desk")
    page.reload()
    assert page.locator("#token").is_visible()
    assert page.locator("steadyhand-connectors").is_hidden()


@pytest.mark.parametrize("role", ["agent", "supervisor", "nobody"])
def test_only_an_administrator_is_let_in(server: Server, refused: Page, role: str) -> None:
    """The others are told why, and may try another token."""
    page = refused
    page.fill("#token", "no token" if role == "nobody" else server.token(role))
    page.get_by_role("button", name="Look").click()
    page.get_by_role("alert").get_by_text("This token is not").wait_for()
    assert page.locator("#token").input_value() == ""
    assert page.locator("steadyhand-connectors").is_hidden()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 320)])
def test_axe_finds_nothing(server: Server, open_page: Open, scheme: str, width: int) -> None:
    """Light, dark and narrow; nothing scrolls sideways."""
    deliver(server, message(11), OTHER)
    page = open_page(f"{server.base}/connectors", scheme=scheme, width=width)
    assert Axe().run(page).response["violations"] == []
    page.fill("#token", server.token("admin"))
    page.keyboard.press("Enter")
    page.locator("tbody tr").first.wait_for()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("known", [True, False])
def test_while_the_server_is_away_it_says_so(server: Server, refused: Page, known: bool) -> None:
    """What was seen stays, and it goes on by itself."""
    page, away = refused, [not known]
    page.route("**/api/v1/connectors", lambda it: it.fulfill(status=503, json=AWAY) if away[0] else it.continue_())
    page.fill("#token", server.token("admin"))
    page.keyboard.press("Enter")
    if known:
        page.locator("h2").wait_for()
        away[0] = True
    page.get_by_text("the database does not answer").wait_for()
    assert page.locator("#line").inner_text() == "Offline"
    assert page.locator("h2").count() == known
    away[0] = False
    page.locator("#line[data-state=live]").wait_for()
    assert page.locator("#banner").is_hidden()
