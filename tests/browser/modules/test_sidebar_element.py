"""`<steadyhand-sidebar>` as it is drawn under the real policy, with a double of the server behind its websocket."""

import re

import pytest

from tests.browser.modules.far_server import AT, PHRASES, Far, phrase, reading, snapshot

pytestmark = pytest.mark.browser


def open_sidebar(page, port, first=None):
    """The page, opened by its address, with the snapshot drawn."""
    far = Far(page, first or snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=secret")
    page.wait_for_selector("steadyhand-sidebar .notice, steadyhand-sidebar .empty")
    return far


def test_the_sidebar_shows_number_word_step_phrases_and_the_words_behind_them(page, port):
    """All that an agent needs stands there after one snapshot, and the token is gone from the address."""
    open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    assert page.locator(".number").inner_text() == "62"
    assert page.locator(".band").inner_text().strip() == "Tense"
    assert page.locator(".next h3").inner_text() == "Empathize"
    assert "They have told it before" in page.locator(".next").inner_text()
    said = [one["text"].replace("[time] ", "") for one in PHRASES]
    assert [" ".join(text.split()) for text in page.locator(".phrase .words").all_inner_texts()] == said
    assert page.locator("input.gap").count() == 1
    assert page.locator("mark").inner_text() == "third time"
    assert page.locator(".step[data-done] .name").inner_text() == "Listen"
    assert "secret" not in page.url


HOSTILE = "<img src=x onerror=\"document.title='hit'\"> <script>document.title='hit'</script> ${1} {{1}} javascript:1"


def test_hostile_text_stays_text(page, port):
    """Markup in a name, a message, a phrase, a quote or an alert is shown, letter by letter."""
    alert = {"kind": "threat", "severity": "critical", "text": HOSTILE}
    first = snapshot(HOSTILE, [phrase(1, HOSTILE, quote=HOSTILE)], HOSTILE, [alert])
    open_sidebar(page, port, first)
    page.wait_for_selector(".phrase")
    assert page.locator("header h2").inner_text() == HOSTILE
    assert page.locator(".words").inner_text() == HOSTILE
    assert page.locator(".notice .text").text_content() == HOSTILE
    assert page.locator("steadyhand-sidebar img, steadyhand-sidebar script").count() == 0
    assert page.title().endswith(" | Steadyhand")


TO_DO = (
    {"text": HOSTILE, "rule": "threat.escalate", "critical": True},
    {"text": "Check that it is in stock before you name a day.", "rule": "defect.solve.replacement", "critical": False},
)


def test_instructions_stand_above_the_phrases_as_plain_text(page, port):
    """What to do, critical first with its badge; nothing in it can be pressed, and none of it is markup."""
    open_sidebar(page, port, snapshot(instructions=TO_DO))
    page.wait_for_selector(".phrase")
    assert page.locator(".instructions li > span").all_inner_texts() == [one["text"] for one in TO_DO]
    assert page.locator(".instructions li").nth(0).locator(".badge").inner_text() == "Critical"
    assert page.locator(".badge").count() == 1
    assert page.locator(".instructions button, .instructions a, .instructions img, .instructions script").count() == 0
    low, high = page.locator(".instructions").bounding_box(), page.locator(".phrases").bounding_box()
    assert low["y"] + low["height"] <= high["y"]
    assert page.get_by_role("list", name="To do").count() == 1
    assert page.title() == "Mara | Steadyhand"


def test_without_instructions_there_is_no_list(page, port):
    """An older server sends none; the phrases stand right below the step."""
    first = snapshot()
    del first["advice"]["instructions"]
    open_sidebar(page, port, first)
    page.wait_for_selector(".phrase")
    assert page.locator(".instructions").count() == 0


def test_a_critical_phrase_has_its_badge(page, port):
    """In words, beside the step."""
    open_sidebar(page, port, snapshot(suggestions=[{**PHRASES[0], "critical": True}, PHRASES[1]]))
    page.wait_for_selector(".phrase")
    assert page.locator(".phrase").nth(0).locator(".badge").inner_text() == "Critical"
    assert page.locator(".phrase").nth(1).locator(".badge").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_instructions_fit_the_narrowest_frame(page, port, scheme, shoot):
    """Nothing scrolls sideways, and axe finds no fault."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page.set_viewport_size({"width": 280, "height": 900})
    page.emulate_media(color_scheme=scheme)
    longest = {"text": "Unbroken" * 25, "rule": "x.solve", "critical": True}
    open_sidebar(page, port, snapshot(instructions=(*TO_DO[1:], longest)))
    page.wait_for_selector(".phrase")
    assert page.locator("steadyhand-sidebar").evaluate("(element) => element.scrollWidth") == 280
    assert [one["id"] for one in axe().run(page).response["violations"]] == []


def test_nothing_scrolls_sideways_at_280_pixels(page, port):
    """The narrowest frame that is promised holds even a name and a word without end."""
    page.set_viewport_size({"width": 280, "height": 700})
    open_sidebar(page, port, snapshot("A" * 3000, [phrase(1, "B" * 900)], "C" * 300))
    page.wait_for_selector(".phrase")
    assert page.evaluate("document.documentElement.scrollWidth") == 280
    assert page.locator("steadyhand-sidebar").evaluate("(element) => element.scrollWidth") == 280


def test_a_longer_phrase_or_an_alert_moves_nothing_above_it(page, port):
    """The first phrase starts, and the steps begin, where they were before the update."""
    far = open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    places = [".notice", ".next", ".phrases", ".coach"]

    def tops():
        return [page.locator(place).bounding_box()["y"] for place in places]

    before = tops()
    alert = {"kind": "abuse", "severity": "warning", "text": "Name the limit once. " * 8}
    advice = snapshot(alerts=[alert], suggestions=[phrase(4, "word " * 120)])["advice"]
    message = {"id": "m2", "seq": 2, "role": "customer", "text": "third time", "at": AT}
    update = {"message": message, "reading": reading(80, "critical"), "advice": advice, "state": None}
    far.tell({"type": "update", "conversation": "c", "offset": 2, **update})
    page.wait_for_selector(".alert")
    assert tops() == before


def test_a_phrase_goes_to_whoever_takes_the_event(page, port):
    """A click fires one cancelable event with the text; taken, it is said to be in the reply box and reported."""
    far = open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    page.evaluate(
        """() => addEventListener('steadyhand-insert', (event) => {
          event.preventDefault();
          const { respondWith, ...what } = event.detail;
          window.got = what;
        })"""
    )
    page.locator(".phrase").nth(1).click()
    page.get_by_text("In the reply box").wait_for()
    got = page.evaluate("window.got")
    assert got == {"text": PHRASES[1]["text"], "suggestion": "s2", "conversation": "c", "missing": ["time"]}
    assert far.verdicts() == [("s2", "inserted")]
    assert [frame["type"] for frame in far.heard if frame["type"] == "message"] == []


def test_without_a_host_the_phrase_is_copied_and_said_to_be(page, port):
    """Alt+1 with nobody to take the event puts the text on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    far = open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    page.keyboard.press("Alt+1")
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == PHRASES[0]["text"]
    assert far.verdicts() == [("s1", "inserted")]


def test_where_nothing_can_be_copied_the_text_is_selected_and_no_success_is_claimed(page, port):
    """Without any clipboard the phrase stands selected in a field, and the server is told nothing."""
    far = open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
          document.execCommand = () => false;
        }"""
    )
    page.locator(".phrase").first.click()
    page.get_by_text("Not copied").wait_for()
    selected = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert page.locator(".by-hand").evaluate(selected) == PHRASES[0]["text"]
    assert far.verdicts() == []


def test_a_dismissed_phrase_goes_and_is_reported(page, port):
    """The small cross takes the phrase away, by keyboard too, and its key no longer inserts it."""
    far = open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    page.get_by_role("button", name="Dismiss phrase 1").focus()
    page.keyboard.press("Enter")
    page.locator(".dismissed").wait_for()
    page.keyboard.press("Alt+1")
    assert far.verdicts() == [("s1", "dismissed")]
    assert page.locator(".phrase").count() == 2


def test_offline_is_said_and_what_was_known_stays(page, port):
    """A lost server is named with the time, the phrases stay to be used, and verdicts wait for its return."""
    far = open_sidebar(page, port)
    page.wait_for_selector(".phrase")
    far.socket.close(code=4000)
    page.wait_for_selector(".status[data-state=offline], .status[data-state=connecting]")
    page.get_by_role("button", name="Dismiss phrase 2").click()
    page.wait_for_selector(".status[data-state=live]")
    assert page.locator(".words").count() == 2
    assert far.verdicts() == [("s2", "dismissed")]


def test_a_bad_token_is_told_and_not_tried_again(page, port):
    """The server's last word stands on the screen; the host hears that a token is needed."""
    page.route_web_socket(re.compile(r"/ws/v1/agent$"), lambda socket: socket.close(code=4501))
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=old")
    page.wait_for_selector(".status[data-state=refused]")
    assert "sign-in has ended" in page.locator(".empty").inner_text()


def test_only_the_next_step_and_alerts_are_read_out(page, port):
    """The live region holds no phrase, no number and no customer's words."""
    alert = {"kind": "abuse", "severity": "warning", "text": "That was aimed at you."}
    open_sidebar(page, port, snapshot(alerts=[alert]))
    page.wait_for_selector(".phrase")
    assert page.locator(".spoken").all_text_contents() == ["Next step: Empathize. Alert: That was aimed at you.", ""]
    assert page.locator("[aria-live]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_is_found_by_axe(page, port, scheme):
    """Names, roles and contrast of the drawn page pass the checks of axe in both themes."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page.emulate_media(color_scheme=scheme)
    alerts = [{"kind": "abuse", "severity": severity, "text": "At you."} for severity in ("warning", "critical")]
    open_sidebar(page, port, snapshot(alerts=alerts))
    page.wait_for_selector(".phrase")
    results = axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in results.response["violations"]] == []
