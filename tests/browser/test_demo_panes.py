"""How the demo's windows behave: what fills the box, what sends, and what a narrow window shows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
ANGRY = "This is the third time I'm writing. Where is my order? Nobody there cares."


def conversation_of(page: Page) -> str:
    """The conversation that the address names."""
    return re.search(r"conversation=([\w-]+)", page.url)[1]


def test_an_example_and_a_phrase_only_fill_the_box(demo: Server, open_page: Open) -> None:
    """Neither sends; the phrase comes at the cursor, after what the agent had already written, and can be undone."""
    page = open_page(f"{demo.base}/demo")
    page.get_by_role("button", name="Third time writing").click()
    expect(page.locator("#customer textarea")).to_have_value(ANGRY)
    assert page.locator(".said").count() == 0
    page.keyboard.press("Enter")
    expect(page.locator("steadyhand-sidebar .phrase")).to_have_count(3)
    box = page.locator("#agent textarea")
    box.fill("Hello.")
    page.locator("steadyhand-sidebar .phrase").first.click()
    expect(box).to_have_value(re.compile(r"^Hello\. .{20}"))
    expect(box).to_be_focused()
    assert page.locator("#customer .said").count() == 1
    text = box.input_value()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("Hello.")
    box.fill(text)
    box.press("Enter")
    expect(page.locator("#customer .said-text").last).to_have_text(text)
    expect(box).to_have_value("")


def test_enter_sends_and_shift_enter_makes_a_line(demo: Server, open_page: Open) -> None:
    """A message may have lines; nothing but blanks is not sent."""
    page = open_page(f"{demo.base}/demo")
    box = page.locator("#customer textarea")
    box.fill("   ")
    box.press("Enter")
    box.fill("one")
    box.press("Shift+Enter")
    page.keyboard.type("two")
    box.press("Enter")
    expect(page.locator("#agent .said-text")).to_have_text("one\ntwo")


def test_the_other_side_sees_that_somebody_types(demo: Server, open_page: Open) -> None:
    """Both ways, and it ends with the message."""
    page = open_page(f"{demo.base}/demo")
    expect(page.get_by_text("You are the customer.")).to_be_visible()
    expect(page.get_by_text("The customer has not written yet.")).to_be_visible()
    page.locator("#customer textarea").fill("I wonder")
    expect(page.locator("#agent .typing")).to_have_text("Customer is typing…")
    page.locator("#agent textarea").fill("Well")
    expect(page.locator("#customer .typing")).to_have_text("Support is typing…")
    page.locator("#customer textarea").press("Enter")
    expect(page.locator("#agent .typing")).to_have_text("")


def test_a_reload_joins_the_same_chat_and_a_new_one_starts_empty(demo: Server, open_page: Open) -> None:
    """The address names the conversation and no token."""
    page = open_page(f"{demo.base}/demo")
    page.locator("#customer textarea").fill("Hello?")
    page.locator("#customer textarea").press("Enter")
    expect(page.locator("#agent .said")).to_have_count(1)
    before = conversation_of(page)
    page.reload()
    expect(page.locator("#agent .said")).to_have_count(1)
    assert conversation_of(page) == before
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".said")).to_have_count(0)
    expect(page).not_to_have_url(re.compile(f"{before}|token"))


def test_a_telephone_shows_one_pane_at_a_time(demo: Server, open_page: Open) -> None:
    """New messages mark the other pane's button; choosing a phrase turns to the agent's box."""
    page = open_page(f"{demo.base}/demo", width=390, height=844)
    page.locator("#customer textarea").fill(ANGRY)
    page.locator("#customer textarea").press("Enter")
    expect(page.locator(".panes [data-to=agent] .fresh")).to_be_visible()
    page.get_by_role("button", name="Sidebar", exact=True).click()
    expect(page.locator("#customer")).to_be_hidden()
    page.locator("steadyhand-sidebar .phrase").first.click()
    expect(page.locator("#agent textarea")).to_be_focused()
    expect(page.locator("steadyhand-sidebar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
