"""Several chats at once in one sidebar: their tabs, their heat, and what each keeps for itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.modules.far_server import AT, Far, phrase, reading, snapshot

pytestmark = pytest.mark.browser
THREAT = {"kind": "threat", "severity": "critical", "text": "A threat was made."}


@pytest.fixture
def far(page, port):
    """The sidebar with three chats, the first of them shown."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    far = Far(page, snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=a&token=secret")
    page.wait_for_selector(".phrase")
    page.evaluate(
        """() => {
          const sidebar = document.querySelector('steadyhand-sidebar');
          window.gone = [];
          sidebar.addEventListener('steadyhand-conversation', ({ detail }) => window.gone.push(detail.conversation));
          sidebar.open('a', 'Ann');
          sidebar.open('b', 'Ben');
          sidebar.open('c', '<b>Cleo</b>');
        }"""
    )
    expect(page.get_by_role("tab")).to_have_count(3)
    expect(page.locator(".tab[data-band]")).to_have_count(3)
    return far


def update(chat, offset, tension, band, **advice):
    """A customer's further message."""
    first = snapshot(**advice)
    heat = {"tension": tension, "band": band, "trend": "rising"}
    message = {"id": f"m{offset}", "seq": offset, "role": "customer", "text": "and?", "at": AT}
    return {"type": "update", "conversation": chat, "offset": offset, "message": message,
            "reading": reading(tension, band), "advice": first["advice"],
            "state": {**first["state"], **heat}}  # fmt: skip


def shown(page):
    """The chat that the attribute names."""
    return page.locator("steadyhand-sidebar").get_attribute("conversation")


def test_one_chat_has_no_tabs(page, port):
    """They take no room where there is nothing to choose."""
    Far(page, snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=a&token=secret")
    page.wait_for_selector(".phrase")
    assert page.get_by_role("tablist").count() == 0


def test_each_tab_shows_the_heat_of_its_chat_also_behind_another(page, far):
    """Band, number and alerts in words; one socket serves all chats."""
    far.tell(update("b", 2, 88, "critical", alerts=[THREAT]))
    ben = page.locator("[data-chat=b]")
    expect(ben).to_have_attribute("data-band", "critical")
    assert " ".join(ben.inner_text().split()) == "Mara 88 Critical 1 alert"
    assert page.locator(".number").inner_text() == "62"
    assert [one["conversation"] for one in far.heard if one["type"] == "subscribe"] == ["a", "b", "c"]
    assert len([one for one in far.heard if one["type"] == "hello"]) == 1


def test_arrows_walk_the_tabs_and_only_one_is_in_the_order_of_tab(page, far):
    """Right, End and round again; the attribute follows, and the host hears where the agent is."""
    page.locator("[data-chat=a]").focus()
    for key, chat in (("ArrowRight", "b"), ("End", "c"), ("ArrowRight", "a"), ("ArrowLeft", "c"), ("Home", "a")):
        page.keyboard.press(key)
        expect(page.locator(f"[data-chat={chat}]")).to_be_focused()
        expect(page.get_by_role("tab", selected=True)).to_have_attribute("data-chat", chat)
        assert shown(page) == chat
        assert page.locator(".tab[tabindex='0']").count() == 1
    assert page.evaluate("window.gone") == ["b", "c", "a", "c", "a"]
    assert page.get_by_role("tabpanel").count() == 1


def test_each_chat_keeps_its_draft_its_dismissed_and_its_folds(page, far):
    """Back on the first tab all is as it was left; the second has nothing of it."""
    page.fill("textarea.draft", "For Ann alone")
    page.locator(".dismiss").first.click()
    page.locator("[data-section=ask] summary").click()
    page.locator("[data-chat=b]").click()
    assert page.input_value("textarea.draft") == ""
    assert page.locator(".phrase").count() == 3
    page.locator("[data-chat=a]").click()
    assert page.input_value("textarea.draft") == "For Ann alone"
    assert page.locator(".phrase").count() == 2
    assert page.locator("[data-section=ask]").get_attribute("open") is not None
    page.wait_for_timeout(500)
    assert {one["conversation"] for one in far.heard if one["type"] == "draft"} == {"a"}


def test_what_is_folded_is_remembered_over_a_reload(page, port, far):
    """The agent unfolds the ask box once."""
    page.locator("[data-section=ask] summary").click()
    kept = "(localStorage.getItem('steadyhand.folds') ?? '').includes('ask')"  # told of after the fold itself
    page.evaluate(f"async () => {{ while (!{kept}) await new Promise(requestAnimationFrame); }}")
    page.goto(f"http://127.0.0.1:{port}/blank")
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=a&token=secret")
    page.wait_for_selector("[data-section=ask][open]")


def test_a_phrase_goes_to_the_chat_that_it_was_made_for(page, far):
    """Chosen in the second tab, it is told of the second chat."""
    page.locator("[data-chat=b]").click()
    page.locator(".phrase .insert").first.click()
    page.get_by_text("Copied").wait_for()
    told = [one["conversation"] for one in far.heard if one["type"] == "feedback"]
    assert told == ["b"]


def test_a_closed_chat_goes_and_its_neighbour_is_shown(page, far):
    """Nothing of it is listened to any more; with one left there are no tabs."""
    page.evaluate("document.querySelector('steadyhand-sidebar').close('a')")
    expect(page.get_by_role("tab")).to_have_count(2)
    assert shown(page) == "b"
    page.evaluate("document.querySelector('steadyhand-sidebar').close('c')")
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(page.locator(".phrase")).to_have_count(3)
    assert [one["conversation"] for one in far.heard if one["type"] == "unsubscribe"] == ["a", "c"]


def test_an_answer_and_a_phrase_of_another_chat_change_nothing_here(page, far):
    """Frames for chats that are not open, with ids from elsewhere, are dropped, and the sidebar goes on."""
    far.tell(update("zz", 2, 99, "critical", suggestions=[phrase(9, "Not for her.")]))
    far.tell({"type": "answers", "conversation": "b", "ref": "ask 1", "answers": [], "summary": []})
    far.tell(
        {"type": "error", "conversation": "a", "ref": "feedback 99", "error": {"code": "not_found", "message": "x"}}
    )
    far.tell(update("a", 2, 70, "tense"))
    expect(page.locator(".number")).to_have_text("70")
    assert page.get_by_text("Not for her.").count() == 0


def test_frames_out_of_order_are_asked_for_again_and_the_sidebar_stays_usable(page, far):
    """A repetition is dropped; after a hole the chat is fetched anew."""
    asked = len([one for one in far.heard if one["type"] == "subscribe"])
    far.tell(update("a", 2, 70, "tense"))
    far.tell(update("a", 2, 11, "calm"))
    expect(page.locator(".number")).to_have_text("70")
    far.first = {**snapshot(), "offset": 7}
    far.tell(update("a", 7, 90, "critical"))
    expect(page.locator(".number")).to_have_text("62")
    assert len([one for one in far.heard if one["type"] == "subscribe"]) == asked + 1
    far.tell(update("a", 8, 33, "uneasy"))
    expect(page.locator(".number")).to_have_text("33")


@pytest.mark.parametrize("width", [280, 380])
def test_tabs_have_no_fault_of_axe_and_fit(page, far, width):
    """The names end in dots, the strip scrolls, the sidebar does not."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page.set_viewport_size({"width": width, "height": 720})
    far.tell(update("b", 2, 88, "critical", alerts=[THREAT]))
    page.locator(".alerted").wait_for()
    assert page.locator("steadyhand-sidebar").evaluate("(element) => element.scrollWidth") == width
    assert [(one["id"], one["nodes"][0]["html"]) for one in axe().run(page).response["violations"]] == []
