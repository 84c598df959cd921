"""The live panel in a window of its own, as Intercom's card opens it."""

import hmac
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.chat_tools import TOOLS
from tests.app.chat_tools.test_intercom_card import components
from tests.conftest import MS, PATIENCE, ROOT, Server, free_port, start_server, stop_server

pytestmark = pytest.mark.browser

SECRET = "a client secret of ours"
SAID = "This is the third time I ask. Where is my refund? This is ridiculous!"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a connector of Intercom, added as an administrator adds it, and what a customer wrote."""
    folder, port = tmp_path_factory.mktemp("companion"), free_port()
    database = f"sqlite+aiosqlite:///{folder}/steadyhand.db"
    add = ("connect", "add", "intercom", "--name", "acme", "--secret", SECRET, "--origin", "https://app.intercom.com")
    more = ("--team", "a", "--agent", "7=ann", "--database", database)
    subprocess.run([sys.executable, "-m", "app", *add, *more], cwd=ROOT, check=True, capture_output=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEADYHAND_PUBLIC_URL", f"http://127.0.0.1:{port}")
        running = start_server(folder, port=port)
    author = {"type": "user", "id": "c", "name": "Maria Lopez"}
    for number, text in enumerate(("Hi, I sent a lamp back on Monday.", SAID), 1):
        part = {
            "id": number,
            "part_type": "comment",
            "body": f"<p>{text}</p>",
            "created_at": 1_772_442_000 + 60 * number,
            "author": author,
        }
        item = {"id": "503", "conversation_parts": {"conversation_parts": [part]}}
        told = {"id": f"notif_{number}", "topic": "conversation.user.replied", "data": {"item": item}}
        raw = json.dumps(told).encode()
        headers = dict(TOOLS["intercom"].sign(raw, SECRET, 0, "").headers)
        httpx.post(f"{running.base}/hooks/intercom/acme", content=raw, headers=headers).raise_for_status()
    with running.client("admin") as client:
        deadline = time.monotonic() + PATIENCE
        while SAID not in client.get("conversations/acme:503/transcript").text:
            assert time.monotonic() < deadline, "it was never told"
            time.sleep(50 * MS)
    yield running
    stop_server(running)


def link(inbox: Server) -> str:
    """The address behind the card's button."""
    raw = json.dumps({"admin": {"id": "7"}, "conversation": {"id": "503"}}).encode()
    headers = {"x-body-signature": hmac.new(SECRET.encode(), raw, "sha256").hexdigest()}
    answer = httpx.post(f"{inbox.base}/hooks/intercom/acme/canvas", content=raw, headers=headers, timeout=PATIENCE)
    return next(str(one["action"]["url"]) for one in components(answer.json()) if one.get("id") == "live")


@pytest.fixture
def companion(inbox: Server, open_page: Open) -> Open:
    """Opens the window from the card."""

    def opened(**look: object) -> Page:
        page = open_page(link(inbox), **{"width": 420, "height": 860, **look})
        page.locator(".phrase").first.wait_for()
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_stands_alone(companion: Open, shoot: Callable[[Page, str], None], scheme: str) -> None:
    """Called after its customer, without the token in its address, and without a fault of axe at 420 pixels."""
    page = companion(scheme=scheme)
    expect(page).to_have_title("Maria Lopez | Steadyhand")
    assert "token" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert Axe().run(page).response["violations"] == []
    if scheme == "light":
        shoot(page, "host-intercom")


def test_a_phrase_is_copied(companion: Open) -> None:
    """And nothing else is promised: there is no reply box here."""
    page = companion()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator(".keys")).to_contain_text("3 copy")
    words = page.locator(".phrase .words").first.inner_text()
    page.get_by_role("button", name="Copy phrase 1").click()
    page.get_by_text("Copied: paste it in the reply box").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == words


def test_what_the_customer_writes_comes_in(companion: Open, inbox: Server) -> None:
    """It is live, which no card is."""
    page = companion()
    with inbox.client("admin") as client:
        client.post("conversations/acme:503/messages", json={"role": "customer", "text": "Is anybody there?"})
    page.get_by_text("Is anybody there?").first.wait_for()


def test_after_a_reload_it_says_where_to_get_another(inbox: Server, companion: Open) -> None:
    """The token was in the address once and is kept nowhere."""
    address = link(inbox)
    page = companion()
    fresh = page.context.new_page()
    fresh.goto(address)
    fresh.locator(".phrase").first.wait_for()
    fresh.reload()
    fresh.get_by_text("This sign-in has ended. Open the sidebar again from your chat tool.").wait_for()
    expect(fresh).to_have_title("acme:503 | Steadyhand")


def test_a_token_that_ends_leaves_what_is_known(inbox: Server, open_page: Open) -> None:
    """It can still be copied, and beside it stands what to do."""
    place = urlsplit(link(inbox))
    token = inbox.token("agent", "ann", "a", hours=4 / 3_600)
    page = open_page(f"{place.scheme}://{place.netloc}{place.path}#conversation=acme%3A503&token={token}", width=420)
    page.locator(".phrase").first.wait_for()
    page.get_by_text("This sign-in has ended. Open the sidebar again from your chat tool.").wait_for()
    expect(page.get_by_text("Not signed in")).to_be_visible()
    expect(page.get_by_role("button", name="Copy phrase 1")).to_be_visible()
