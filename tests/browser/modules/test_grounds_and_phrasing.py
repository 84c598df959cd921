"""What the advice stands on, and the agent's hand on the phrases: explanations, turns, facts, gaps, edits, reasons."""

import re

import pytest

from tests.browser.modules.far_server import AT, PHRASES, reading, snapshot
from tests.browser.modules.test_sidebar_element import open_sidebar

pytestmark = pytest.mark.browser
POINT = {
    "start": 0,
    "end": 10,
    "text": "third time",
    "kind": "frustration",
    "rule": "repetition",
    "points": 14,
    "without": 48.4,
}


@pytest.fixture
def far(page, port):
    """A sidebar with two turns, a promise and facts; what it inserts goes to `window.got`."""
    first = snapshot()
    first["messages"].append(
        {"id": "m2", "seq": 2, "role": "agent", "text": "I write by noon.", "at": AT, "reading": reading(55, "tense")}
    )
    first["state"]["history"].append({"seq": 2, "tension": 55, "band": "tense", "at": AT})
    first["state"]["promises"] = [{"message": "m2", "text": "I write by noon.", "when": "by noon"}]
    first["advice"]["steps"][0] |= {"by": "m2", "message": "m2", "role": "agent", "at": AT}
    far = open_sidebar(page, port, first)
    page.wait_for_selector(".phrase")
    page.evaluate(
        """() => addEventListener('steadyhand-insert', (event) => {
          event.preventDefault();
          const { respondWith, ...what } = event.detail;
          window.got = what;
        })"""
    )
    return far


def asked(far, kind):
    """The frames of a type that the sidebar has sent."""
    return [frame for frame in far.heard if frame["type"] == kind]


def explain(page, far):
    """Opens the reasons and answers what is asked."""
    page.locator(".why summary").click()
    page.get_by_text("Working it out").wait_for()
    (frame,) = asked(far, "explain")
    answer = {"type": "explanation", "conversation": "c", "ref": frame["ref"], "message": frame["message"]}
    far.tell({**answer, "tension": 62, "without": 12.2, "points": [POINT]})
    return frame


def test_reasons_are_asked_for_once_and_say_what_would_be_without_them(page, far):
    """Each point with its words and rule, the tension without it, and without the whole message."""
    frame = explain(page, far)
    assert frame["message"] == "m1"
    page.get_by_text("without this: 48").wait_for()
    assert page.get_by_text("without this message: 12 now").count() == 1
    assert "repetition" in page.locator(".why .rule").first.inner_text()
    page.locator(".why summary").click()
    page.locator(".why summary").click()
    page.get_by_text("without this: 48").wait_for()
    assert len(asked(far, "explain")) == 1


def test_a_message_that_cannot_be_explained_says_so_and_can_be_asked_again(page, far):
    """The server's own words, and one button."""
    page.locator(".why summary").click()
    page.get_by_text("Working it out").wait_for()
    (frame,) = asked(far, "explain")
    far.tell(
        {"type": "error", "error": {"code": "not_found", "message": "no such <b>message</b>"}, "ref": frame["ref"]}
    )
    page.get_by_text("no such <b>message</b>").wait_for()
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("Working it out").wait_for()
    assert len(asked(far, "explain")) == 2


def test_the_turns_are_walked_by_arrow_keys_and_lead_to_their_reasons(page, far):
    """One line says who wrote what and how far it moved the tension; Enter opens why."""
    page.locator(".timeline").focus()
    page.keyboard.press("Home")
    assert "third time I write" in page.locator(".turn").inner_text()
    page.keyboard.press("ArrowRight")
    assert "I write by noon." in page.locator(".turn").inner_text()
    assert "\u22127" in page.locator(".turn").inner_text()
    page.keyboard.press("Enter")
    page.get_by_text("Working it out").wait_for()
    assert [frame["message"] for frame in asked(far, "explain")] == ["m2"]


def test_a_missing_fact_is_typed_into_the_phrase(page, far):
    """What is inserted holds it, and nothing is missing any more."""
    page.locator("input.gap").fill("noon")
    page.get_by_role("button", name="Copy phrase 2").click()
    page.get_by_text("In the reply box").wait_for()
    got = page.evaluate("window.got")
    assert got == {"text": "By noon I will write to you here.", "suggestion": "s2", "conversation": "c", "missing": []}


def test_a_phrase_is_edited_in_its_place(page, far):
    """Alt+E opens it, Ctrl+Enter inserts the agent's words, and the server learns how far they are from ours."""
    page.keyboard.press("Alt+e")
    page.keyboard.press("End")
    page.keyboard.type(" I am on it.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("In the reply box").wait_for()
    text = f"{PHRASES[0]['text']} I am on it."
    assert page.evaluate("window.got")["text"] == text
    (told,) = asked(far, "feedback")
    assert (told["suggestion"], told["verdict"], told["final"]) == ("s1", "edited", text)


def test_what_stands_under_the_hand_stays_while_it_is_edited(page, far):
    """A new advice takes the other places; Escape gives this one up."""
    page.keyboard.press("Alt+e")
    fresh = snapshot(suggestions=[{**PHRASES[2], "id": "s9"}])["advice"]
    message = {"id": "m3", "seq": 3, "role": "customer", "text": "third time", "at": AT}
    update = {"message": message, "reading": reading(70, "tense"), "advice": fresh, "state": None}
    far.tell({"type": "update", "conversation": "c", "offset": 2, **update})
    assert page.locator("[data-edited] textarea").input_value() == PHRASES[0]["text"]
    page.keyboard.press("Escape")
    page.locator("[data-edited]").wait_for(state="detached")


def test_a_dismissal_takes_a_ready_reason(page, far):
    """Alt+D puts the first phrase away; one click says why."""
    page.keyboard.press("Alt+d")
    page.locator(".dismissed button").first.click()
    verdicts = [(frame["verdict"], bool(frame.get("reason"))) for frame in asked(far, "feedback")]
    assert verdicts[-1] == ("dismissed", True)


def test_facts_are_copied_and_promises_lead_to_their_message(page, far):
    """Copied is only said when it is true; a promise opens the reasons at its message."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    section = page.locator("details", has=page.locator(".facts"))
    if section.get_attribute("open") is None:
        section.locator("summary").click()
    page.locator(".fact").first.click()
    page.locator('[data-told="copied"]').wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "48-2291"
    page.locator(".promise").click()
    page.get_by_text("Working it out").wait_for()
    assert asked(far, "explain")[-1]["message"] == "m2"


def test_a_step_that_is_done_says_who_did_it(page, far):
    """With the time, and the way to the message."""
    done = page.locator(".step[data-done]")
    assert "Listen" in done.inner_text()
    assert re.search(r"\d\d:\d\d", done.inner_text())
    done.get_by_role("button").click()
    page.get_by_text("Working it out").wait_for()
    assert asked(far, "explain")[-1]["message"] == "m2"
