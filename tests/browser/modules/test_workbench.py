"""The agent's own tools in the drawn sidebar: the coach, the ask box, the quiet line and her calm."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.modules.far_server import AT, PHRASES, Far, phrase, reading, snapshot
from tests.browser.modules.test_strings import catalogue

pytestmark = pytest.mark.browser

DRAFT = "😀 Please calm down. As I said, no refund for 48-2291."
EFFECT = {"low": 59.2, "expected": 73.0, "high": 86.8}
REMARK = {"start": 2, "end": 19, "kind": "calm_down", "reason": "Makes people angrier.", "better": "I can hear you."}
REVIEW = {
    "type": "draft_review",
    "remarks": [REMARK],
    "effect": EFFECT,
    "because": [
        {"start": 21, "end": 53, "text": DRAFT[21:] * 3, "kind": "long", "points": 0.2},
        {"start": 2, "end": 18, "text": "Please calm down", "kind": "calm_down", "points": 12.0},
    ],
    "alternatives": [{"text": "You planned around Monday.", "effect": {"low": 31, "expected": 38, "high": 44}}],
}
REWRITTEN = {
    "type": "rewritten",
    "manner": "friendlier",
    "text": "😀 Please calm down. As I said, no refund yet for 48-2291.",
    "changes": [{"start": 42, "end": 42, "was": "", "now": " yet", "rule": "r"}],
    "because": "r",
}
ANSWERS = {
    "type": "answers",
    "summary": [{"text": "The parcel was promised for Monday.", "message": "m1"}],
    "answers": [
        {"text": "Shall I send [what]?", "kind": "phrase", "source": {"name": "delivery", "where": "delivery.yaml:3"},
         "score": 1, "missing": ["what"]},
        {"text": "Up to 40 € alone.", "kind": "policy", "source": {"name": "house", "where": "house.yaml:9"},
         "score": 0.5},
    ],
}  # fmt: skip


class Tools(Far):
    """Answers drafts, rewrites and questions too."""

    def _hear(self, text):
        super()._hear(text)
        frame = json.loads(text)
        answer = {"draft": REVIEW, "rewrite": REWRITTEN, "ask": ANSWERS}.get(frame["type"])
        if answer:
            self.tell({**answer, "conversation": frame["conversation"], "ref": frame["ref"]})

    def sent(self, kind):
        """The frames of one type that came."""
        return [frame for frame in self.heard if frame["type"] == kind]

    def update(self, offset, suggestions=PHRASES, role="customer", text="and?", abuse=0.0, alerts=()):
        """One more message in the chat."""
        first = snapshot(suggestions=suggestions, alerts=alerts)
        read = {**reading(62, "tense"), "signals": {"abuse": abuse}}
        message = {"id": f"m{offset}", "seq": offset, "role": role, "text": text, "at": AT}
        self.tell({"type": "update", "conversation": "c", "offset": offset, "message": message, "reading": read,
                   "advice": first["advice"], "state": first["state"]})  # fmt: skip


@pytest.fixture
def far(page, port):
    """The sidebar, open on a tense chat; it has no host."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    far = Tools(page, snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=secret")
    page.wait_for_selector(".phrase")
    return far


def drafted(page, text=DRAFT):
    page.fill("textarea.draft", text)
    page.wait_for_selector(".remarks li")


def test_remarks_show_the_words_the_reason_and_a_better_wording_to_take(page, far):
    """A click puts it in the place of the right words, behind a character of two units, and copies the whole."""
    drafted(page)
    assert page.locator(".remarks q").inner_text() == "Please calm down."
    assert "Makes people angrier." in page.locator(".remarks li").inner_text()
    page.get_by_role("button", name="I can hear you.").click()
    page.get_by_text("Copied: paste it").wait_for()
    wanted = "😀 I can hear you. As I said, no refund for 48-2291."
    assert page.input_value("textarea.draft") == wanted
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert far.sent("message") == []


def test_the_expected_tension_is_a_range_beside_an_alternative(page, far):
    """Both with the words that make the difference; the alternative is taken with a click."""
    drafted(page)
    bars = page.locator(".effect svg")
    assert bars.nth(0).get_attribute("aria-label") == "Your draft: 59 to 87, most likely 73; now 62"
    assert page.locator(".effect .span").all_inner_texts() == ["59\u201387", "31\u201344"]
    assert page.locator(".difference li").first.inner_text().split() == ["Please", "calm", "down", "+12"]
    page.get_by_role("button", name="You planned around Monday.").click()
    expect(page.locator("textarea.draft")).to_have_value("You planned around Monday.")


def test_a_rewrite_is_marked_and_taken_or_left(page, far):
    """What was put in is marked; leaving it changes nothing; without one the reason is said."""
    drafted(page)
    page.get_by_role("button", name="friendlier").click()
    assert page.locator(".wording ins").inner_text().strip() == "yet"
    page.get_by_role("button", name="Leave it").click()
    assert page.input_value("textarea.draft") == DRAFT
    page.get_by_role("button", name="friendlier").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("textarea.draft")).to_have_value(REWRITTEN["text"])
    assert [frame["manner"] for frame in far.sent("rewrite")] == ["friendlier", "friendlier"]


def test_a_hundred_thousand_pasted_characters_are_counted_and_not_sent(page, far):
    """The panel says the limit, no frame goes out, and what is written next is read again."""
    page.fill("textarea.draft", "word " * 20_000)
    page.get_by_text("100000 characters").wait_for()
    assert page.get_by_role("button", name="friendlier").count() == 0
    drafted(page)
    assert [frame["text"] for frame in far.sent("draft")] == [DRAFT]


def test_a_question_is_answered_with_its_sources(page, far):
    """A phrase goes the way of a suggestion, a policy is only read, a line of the summary leads to its message."""
    page.locator("[data-section=ask] summary").click()
    page.get_by_label("Question about this chat").fill("what can I offer?")
    page.keyboard.press("Enter")
    page.locator(".answers li").first.wait_for()
    assert "From: delivery" in page.locator(".answers li").first.inner_text()
    assert page.locator(".answers li").nth(1).get_by_role("button").count() == 0
    assert page.locator(".answers .gap").inner_text() == "[what]"
    page.locator(".answers").get_by_role("button", name="Insert").click()
    copied = "(await navigator.clipboard.readText()) === 'Shall I send [what]?'"
    page.evaluate(f"async () => {{ while (!({copied})) await new Promise(requestAnimationFrame); }}")
    page.get_by_role("button", name="The parcel was promised for Monday.").click()
    assert page.locator(".why").get_attribute("open") is not None


def test_a_phrase_is_followed_from_the_box_to_the_customer(page, far):
    """Inserted, rated with a ready reason, and sent with a change: the text that went out is told for its distance."""
    page.locator(".phrase").first.click()
    page.get_by_role("button", name="It helped", exact=True).click()
    page.get_by_role("button", name="sounds human").click()
    assert page.locator(".opinion").count() == 0
    final = "A third message about this order is too many."
    far.update(2, role="agent", text=final)
    page.get_by_role("button", name="Dismiss phrase 2").click()
    page.get_by_role("button", name="wrong tone").click()
    told = [(one["suggestion"], one["verdict"], one.get("reason"), one.get("final")) for one in far.sent("feedback")]
    assert told == [
        ("s1", "inserted", None, None),
        ("s1", "up", None, None),
        ("s1", "up", "sounds human", None),
        ("s1", "edited", None, final),
        ("s2", "dismissed", None, None),
        ("s2", "dismissed", "wrong tone", None),
    ]


def test_the_sidebar_speaks_the_language_of_the_agent(page, far):
    """In German no English of the catalogue is left in the sidebar, whatever language the customer's phrases are in."""
    drafted(page)
    page.evaluate("document.querySelector('steadyhand-sidebar').setAttribute('lang-ui', 'de-AT')")
    page.get_by_text("Ihr Entwurf").first.wait_for()
    far.update(2, NEWER, abuse=0.9)
    page.locator(".calm").wait_for()
    page.locator("details.tool").evaluate_all("(all) => { for (const one of all) one.open = true; }")
    parts = "header, .notice .quiet, .meter, .next h3, .phrase .kind, .coach, .tool, .why .sums, .held, .calm"
    said = "\n".join(page.locator(parts).all_inner_texts())
    german, english = catalogue("de"), catalogue("en")
    foreign = {text for key, text in english.items() if len(text) > 3 and "{" not in text and german[key] != text}
    left = [text for text in foreign - set(german.values()) if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said)]
    assert left == []
    assert "Was kann ich anbieten?" in said


NEWER = (phrase(7, "Something new."), phrase(8, "And another."))


def test_a_new_suggestion_waits_while_the_agent_writes_and_moves_nothing(page, far):
    """One quiet line counts it; a click shows it at once; not a pixel of the first phrase moves before."""
    first = page.locator(".phrase").first
    place = first.bounding_box()
    page.locator("textarea.draft").press_sequentially("I")
    far.update(2, NEWER)
    page.get_by_text("2 newer suggestions").wait_for()
    assert first.locator(".words").inner_text() == PHRASES[0]["text"]
    page.locator(".advice").evaluate("(box) => { box.scrollTop = 0; }")
    assert first.bounding_box() == place
    page.get_by_text("2 newer suggestions").click()
    assert first.locator(".words").inner_text() == "Something new."


def test_what_a_tool_tells_of_the_agents_typing_counts_too(page, far):
    """A host without drafts still says that she writes; after her message comes there are four seconds of peace."""
    far.tell({"type": "typing", "conversation": "c", "role": "agent", "on": True})
    far.update(2, NEWER)
    page.locator(".held").get_by_text("you are writing").wait_for()
    far.update(3, NEWER, role="agent", text="One moment.")
    page.locator(".held").get_by_text("you have just sent").wait_for()


def test_an_alert_comes_through_a_quiet_shift_and_nobody_is_told_of_the_quiet(page, port, far):
    """Every switch is turned, settings outlive a reload, and no frame and no request speaks of it."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    before = len(far.heard)
    page.locator("[data-section=quiet] summary").click()
    for box in page.locator(".quiet-menu input[type=checkbox]").all():
        box.check()
    page.locator(".quiet-menu select").select_option("2")
    alert = {"kind": "threat", "severity": "critical", "text": "A threat was made."}
    far.update(2, NEWER, alerts=[alert])
    page.get_by_text("2 newer suggestions").wait_for()
    assert page.locator(".notice.alert .text").inner_text() == "A threat was made."
    assert "Quiet for this shift".lower() in page.locator(".log").inner_text().lower()
    assert asked == []
    page.goto(f"http://127.0.0.1:{port}/blank")
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=secret")
    page.get_by_text("3 newer suggestions").wait_for()
    assert {frame["type"] for frame in far.heard[before:]} <= {"hello", "subscribe", "pong"}
    assert not re.search(r"quiet|shift|most", json.dumps(far.heard[before:]))


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_strain_is_eased_and_never_leaves_the_browser(page, far, motion):
    """Abuse brings a breath below the phrases; of it and of the load no trace is on the wire or in any storage."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(reduced_motion=motion)
    heard = len(far.heard)
    for offset in range(2, 12):
        far.update(offset, text="You useless idiot!", abuse=0.9)
    calm = page.locator(".calm")
    calm.wait_for()
    assert page.locator(".breath").is_visible() == (motion == "no-preference")
    box, phrases = calm.bounding_box(), page.locator(".advice").bounding_box()
    assert box["y"] >= phrases["y"] + phrases["height"]
    calm.get_by_role("button").click()
    assert calm.count() == 0
    page.evaluate(
        "() => { for (const id of ['d', 'e']) document.querySelector('steadyhand-sidebar').conversation = id; }"
    )
    page.locator(".phrase").first.wait_for()
    assert {frame["type"] for frame in far.heard[heard:]} <= {"subscribe", "unsubscribe", "pong"}
    assert not re.search(r"strain|calm|breath|load|break", json.dumps(far.heard[heard:]))
    assert asked == []
    assert page.evaluate("[Object.keys(sessionStorage), Object.keys(localStorage), document.cookie]") == [[], [], ""]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [280, 360])
def test_the_tools_have_no_fault_of_axe_and_fit(page, far, scheme, width, shoot):
    """With everything unfolded, in both themes, at the narrowest too."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    drafted(page)
    page.get_by_role("button", name="friendlier").click()
    page.locator("details.tool").evaluate_all("(all) => { for (const one of all) one.open = true; }")
    page.get_by_role("button", name="What can I offer?").click()
    page.locator(".answers li").first.wait_for()
    far.update(2, NEWER, abuse=0.9)
    page.locator(".calm").wait_for()
    wide = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)"
    assert page.locator(".advice, .coach, .effects, .ask, .quiet-menu").evaluate_all(wide) == []
    results = axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in results.response["violations"]] == []
    shoot(page, f"tools-{scheme}-{width}")
