"""The tour that a newcomer takes, in a real browser against the really running demo."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import Server

pytestmark = pytest.mark.browser
ANGRY = "This is the third time I'm writing. Where is my order? Nobody there cares."
Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]


def write(page: Page, side: str, text: str) -> None:
    """Type into a side's box and send with Enter."""
    box = page.locator(f"#{side} textarea")
    box.fill(text)
    box.press("Enter")
    expect(page.locator("#customer .said").filter(has_text=text)).to_be_visible()


def tension(page: Page) -> int:
    """The number on the sidebar's meter."""
    return int(page.locator("steadyhand-sidebar .meter .number").inner_text())


def next_step(page: Page) -> str:
    """The step that the sidebar names."""
    return page.locator("steadyhand-sidebar .next h3").inner_text()


def test_the_whole_tour(demo: Server, open_page: Open, shoot: Shoot) -> None:
    """Anger, advice with their own facts, an answer, an insult, a fix, thanks, and the supervisor sees it all."""
    page = open_page(f"{demo.base}/demo")
    board = open_page(f"{demo.base}/supervisor")
    sidebar = page.locator("steadyhand-sidebar")
    expect(sidebar.locator(".meter .band")).to_contain_text("Calm")
    expect(sidebar.locator(".phrase")).to_have_count(0)

    write(page, "customer", ANGRY)
    expect(sidebar.locator(".meter .band")).not_to_contain_text("Calm")
    angry = tension(page)
    expect(sidebar).to_contain_text(re.compile("delivery", re.IGNORECASE))
    expect(sidebar).to_contain_text("third time")
    expect(sidebar.locator(".next h3")).to_contain_text("Listen")
    phrases = sidebar.locator(".phrase .words").all_inner_texts()
    assert len(phrases) == 3
    assert all("order" in text for text in phrases)
    assert any("third" in text or "three times" in text for text in phrases)
    shoot(page, "demo")

    page.locator("#agent textarea").focus()
    page.keyboard.press("Alt+1")
    expect(page.locator("#agent textarea")).to_have_value(phrases[0])
    assert page.locator("#agent .said").count() == 1, "a phrase is never sent by itself"
    page.locator("#agent textarea").press("Enter")
    expect(sidebar.locator(".step[data-done]").filter(has_text="Listen")).to_be_visible()
    expect(sidebar.locator(".next h3")).not_to_contain_text("Listen")

    write(page, "customer", "You're a useless idiot.")
    expect(sidebar.locator(".next h3")).to_contain_text("Boundary")
    expect(sidebar.locator(".meter")).to_have_attribute("data-band", re.compile("tense|critical"))
    assert tension(page) > angry

    conversation = re.search(r"conversation=([\w-]+)", page.url)[1]
    tile = board.locator(f"[data-conversation='{conversation}'] .tile")
    expect(tile).to_contain_text(f"{tension(page)}")
    expect(board.locator(".tile").nth(11)).to_be_visible()
    shoot(board, "supervisor")

    sidebar.locator(".phrase").first.click()
    page.locator("#agent textarea").press("Enter")
    expect(sidebar.locator(".step[data-done]").filter(has_text="Boundary")).to_be_visible()
    write(page, "agent", "I have just sent a replacement by express, free of charge; it reaches you on Thursday.")
    expect(sidebar.locator(".step[data-done]").filter(has_text="Solve")).to_be_visible()
    before = tension(page)
    write(page, "customer", "Thank you so much, that's great!")
    expect(sidebar.locator(".trend")).to_contain_text(re.compile("falling", re.IGNORECASE))
    assert before - tension(page) > 20

    expect(tile).to_contain_text("falling")
    tile.click()
    expect(board.locator("body")).to_contain_text("useless idiot")
    expect(board.locator("body")).to_contain_text("Thank you so much")


def test_two_people_chat_from_two_windows(demo: Server, open_page: Open) -> None:
    """The customer's window alone, the agent's window alone, one conversation."""
    page = open_page(f"{demo.base}/demo")
    expect(page.locator("#customer-alone")).to_have_attribute("href", re.compile("token="))
    links = [page.locator(f"#{side}-alone").evaluate("link => link.href") for side in ("customer", "agent")]
    customer, agent = (open_page(link) for link in links)
    customer.locator("#customer textarea").fill("My invoice is wrong.")
    customer.locator("#customer textarea").press("Enter")
    expect(agent.locator("#agent .said")).to_contain_text("My invoice is wrong.")
    expect(agent.locator("steadyhand-sidebar")).to_contain_text(re.compile("billing", re.IGNORECASE))
    agent.locator("#agent textarea").fill("I'll look at it now.")
    agent.locator("#agent textarea").press("Enter")
    expect(customer.locator("#customer .said").last).to_contain_text("I'll look at it now.")
    assert customer.locator("steadyhand-sidebar").is_hidden()
    assert "token" not in customer.url, "a token does not stay in the address"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/demo", "/supervisor"])
def test_axe_finds_nothing(demo: Server, open_page: Open, path: str, scheme: str) -> None:
    """On every page, in both schemes, with a tense chat on it."""
    page = open_page(f"{demo.base}{path}", scheme=scheme)
    if path == "/demo":
        write(page, "customer", ANGRY)
        expect(page.locator("steadyhand-sidebar .phrase")).to_have_count(3)
    if path == "/supervisor":
        expect(page.locator(".tile").first).to_be_visible()
    page.evaluate("document.documentElement.dataset.axe = 1")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("path", ["/", "/demo", "/supervisor"])
def test_no_page_scrolls_sideways_on_a_phone(demo: Server, open_page: Open, path: str) -> None:
    """At 390 px."""
    page = open_page(f"{demo.base}{path}", width=390, height=844)
    page.wait_for_load_state("networkidle") if path == "/" else page.wait_for_selector("header")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_sidebar_is_whole_at_280_pixels_and_in_the_dark(demo: Server, open_page: Open) -> None:
    """In a narrow frame, on its own page."""
    page = open_page(f"{demo.base}/demo", scheme="dark")
    write(page, "customer", ANGRY)
    expect(page.locator("steadyhand-sidebar .phrase")).to_have_count(3)
    page.locator("steadyhand-sidebar").evaluate("element => element.style.setProperty('width', '280px')")
    overflow = "element => element.scrollWidth > element.clientWidth"
    assert not page.locator("steadyhand-sidebar").evaluate(overflow)


def test_what_a_customer_writes_is_text(demo: Server, open_page: Open) -> None:
    """Markup and script in a message, and slots in it, are shown as they were typed and do nothing."""
    page = open_page(f"{demo.base}/demo")
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    hostile = "<img src=x onerror=alert(1)> {{name}} ${7*7} <script>alert(2)</script> where is my order <b>48213</b>?"
    write(page, "customer", hostile)
    expect(page.locator("steadyhand-sidebar .phrase")).to_have_count(3)
    expect(page.locator("#agent .said-text")).to_have_text(hostile)
    assert page.locator("img[src=x], .said b, steadyhand-sidebar b:has-text('48213')").count() == 0
    assert not dialogs
