"""The sidebar in each of its states, against the real server: the first sight, what axe finds, how it looks."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PATIENCE, Server

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 380, 720  # px, of the sight that must be enough
LONG = 3 * PATIENCE * 1000  # ms, on a machine that does other things too

CHATS = {
    "calm": ("Priya Nair", [("customer", "Hi! When will my order 48213 arrive? No hurry, I'd like to be at home.")]),
    "tense": (
        "Maria Lopez",
        [
            ("customer", "Hello, my order 48213 was promised for Monday. Where is it?"),
            ("agent", "Thank you for your message. We will look into it."),
            ("customer", "That was two days ago. This is the third time I'm writing and nobody tells me anything."),
        ],
    ),
    "critical": (
        "Jonas Weber",
        [
            ("customer", "My order 77120 arrived broken and you charged me 189 euros twice!"),
            ("agent", "Please calm down, as I already said we need a photo."),
            ("customer", "Are you kidding me?! I sent you THREE photos! This is absolutely unacceptable!!"),
            ("customer", "I've had enough, you liars. My lawyer will hear about this and so will the consumer office."),
        ],
    ),
    "abuse": (
        "Kim Doyle",
        [
            ("customer", "My router has been dead since Friday and you idiots do nothing."),
            ("agent", "I want to help you with the router. Please keep it respectful so that I can."),
            ("customer", "Shut up, you useless moron. You are all worthless idiots."),
            ("customer", "Are you too stupid to read, you pathetic idiot?"),
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(server: Server) -> Server:
    """The server with the four chats on it."""
    with server.client("ingest") as tool:
        for chat, (name, lines) in CHATS.items():
            tell(tool, f"look-{chat}", name, lines)
    return server


def tell(tool: httpx.Client, chat: str, name: str, lines: list[tuple[str, str]]) -> None:
    """One chat, line by line."""
    assert tool.put(f"/conversations/{chat}", json={"customer": {"name": name}, "agent": "ann"}).status_code == 200
    for role, text in lines:
        assert tool.post(f"/conversations/{chat}/messages", json={"role": role, "text": text}).status_code == 200


@pytest.fixture
def sidebar(browser: Browser, desk: Server) -> Iterator[Callable[..., Page]]:
    """Opens the sidebar's page on a chat; the test fails on any fault in it."""
    contexts, faults = [], list[str]()

    def opened(chat: str, *, width: int = WIDTH, scheme: str = "light", language: str = "en-GB") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme, locale=language, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.goto(f"{desk.base}/sidebar#conversation=look-{chat}&token={desk.token('agent')}")
        page.locator(".number").filter(has_text=re.compile(r"\d")).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


STATES = {
    "calm": {"chat": "calm"},
    "tense": {"chat": "tense"},
    "critical": {"chat": "critical"},
    "abuse": {"chat": "abuse"},
    "dark": {"chat": "tense", "scheme": "dark"},
    "280": {"chat": "tense", "width": 280},
    "german": {"chat": "tense", "language": "de-DE"},
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_no_fault_of_axe_and_fits(sidebar: Callable[..., Page], shoot: Callable, state: str) -> None:
    """Names, roles and contrast; nothing is wider than the sidebar; the picture is the one of the docs."""
    page = sidebar(**STATES[state])
    assert too_wide(page) == []
    shoot(page, f"sidebar-{state}")
    assert violations(page) == []


def test_three_chats_stand_side_by_side(sidebar: Callable[..., Page], shoot: Callable) -> None:
    """Each with its heat; the one that is shown is calm."""
    page = sidebar("calm")
    for chat in ("calm", "critical", "tense"):
        page.evaluate("(id) => document.querySelector('steadyhand-sidebar').open(id)", f"look-{chat}")
    expect(page.locator(".tab[data-band]")).to_have_count(3)
    expect(page.get_by_role("tab", name="Jonas Weber")).to_have_attribute("data-band", "critical")
    shoot(page, "sidebar-tabs")
    assert violations(page) == []


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe has to say."""
    return [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]


def too_wide(page: Page) -> list[str]:
    """The parts that scroll sideways, but for the tabs, which do so of purpose."""
    parts = page.locator("steadyhand-sidebar, .advice, .meter, .phrase, .coach, .tool")
    wide = (
        "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className || one.tagName)"
    )
    return list(parts.evaluate_all(wide))


@pytest.mark.parametrize(("chat", "last"), [("tense", 1.0), ("critical", 0.5)])
def test_the_first_sight_holds_meter_step_and_phrases(sidebar: Callable[..., Page], chat: str, last: float) -> None:
    """At 380 x 720 nobody scrolls for number, step and three phrases; under two instructions half of the third."""
    page = sidebar(chat)
    expect(page.locator(".phrase")).to_have_count(3)
    foot = page.locator(".keys").bounding_box()
    shares = {".meter": 1.0, ".next": 1.0, ".phrase >> nth=0": 1.0, ".phrase >> nth=1": 1.0, ".phrase >> nth=2": last}
    for part, share in shares.items():
        box = page.locator(part).bounding_box()
        assert box
        assert foot
        assert box["y"] + share * box["height"] <= foot["y"], part
