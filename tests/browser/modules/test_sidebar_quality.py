"""What the sidebar promises: nothing shifts, every key works, it can be enlarged, and the system's wishes are heard."""

import pytest
from playwright.sync_api import expect

from tests.browser.modules.far_server import AT, PHRASES, Far, phrase, reading, snapshot

pytestmark = pytest.mark.browser
WATCH = """window.shifts = [];
const whence = ({ node, previousRect: from, currentRect: to }) => [node?.className ?? `${node}`, from.y, to.y];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.shifts.push([entry.value, ...entry.sources.map(whence)]);
}).observe({ type: 'layout-shift', buffered: true });"""
SETS = (
    [phrase(11, "Short."), phrase(12, "word " * 60), phrase(13, "Three words here.")],
    [phrase(21, "word " * 80), phrase(22, "Short."), phrase(23, "By [time] then.", ["time"])],
    [phrase(31, "One only.")],
    [],
    list(PHRASES),
)
TO_DO = [{"text": "Check the stock before you name a day. " * 2, "rule": "x.solve", "critical": True}]
ALERT = {"kind": "threat", "severity": "critical", "text": "A threat was made."}


def opened(page, port, first=None, width=380):
    """The sidebar, drawn."""
    page.set_viewport_size({"width": width, "height": 720})
    far = Far(page, first or snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=secret")
    page.wait_for_selector(".phrase")
    return far


def update(offset, **advice):
    """One more message, with the advice after it."""
    first = snapshot(**advice)
    message = {"id": f"m{offset}", "seq": offset, "role": "customer", "text": f"number {offset}", "at": AT}
    del first["state"]["history"]
    return {"type": "update", "conversation": "c", "offset": offset, "message": message,
            "reading": reading(62, "tense"), "advice": first["advice"], "state": first["state"]}  # fmt: skip


def test_nothing_shifts_when_suggestions_alerts_and_instructions_change(page, port):
    """Longer, shorter, fewer, none: the browser's own measure of shifts stays at nought."""
    page.add_init_script(WATCH)
    far = opened(page, port)
    page.wait_for_timeout(300)
    page.evaluate("window.shifts.length = 0")
    quick = "document.querySelector('steadyhand-sidebar').requestUpdate()"
    for offset, suggestions in enumerate(SETS, start=2):
        alerts, to_do = ([ALERT], TO_DO) if offset % 2 else ((), ())
        far.tell(update(offset, suggestions=suggestions, alerts=alerts, instructions=to_do))
        page.wait_for_selector(f".timeline[aria-valuemax='{offset}']")
        page.evaluate(quick)
        page.wait_for_timeout(200)
    expect(page.locator(".phrase")).to_have_count(3)
    assert page.evaluate("window.shifts") == []


def test_every_action_works_by_keyboard(page, port):
    """Whatever can be clicked is reached with Tab alone, and shows its focus."""
    opened(page, port, snapshot(alerts=[ALERT, {**ALERT, "kind": "abuse"}]))
    page.locator("details").evaluate_all("(all) => { for (const one of all) one.open = true; }")
    wanted = page.locator(
        "steadyhand-sidebar button:enabled:not([tabindex='-1']), steadyhand-sidebar summary, steadyhand-sidebar input, "
        "steadyhand-sidebar textarea, steadyhand-sidebar select, steadyhand-sidebar [tabindex='0']"
    ).count()
    page.evaluate("document.activeElement?.blur()")
    seen = set()
    for _ in range(3 * wanted):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                """() => {
                  const root = document.querySelector('steadyhand-sidebar').shadowRoot;
                  const one = root.activeElement;
                  if (!one) return null;
                  const parts = [one, ...one.querySelectorAll('*')];
                  const styles = (part) => [null, '::after'].map((pseudo) => getComputedStyle(part, pseudo));
                  const ring = parts.flatMap(styles).some((style) => style.outlineStyle !== 'none');
                  return [[...root.querySelectorAll('*')].indexOf(one), ring].join();
                }"""
            )
        )
        if len(seen - {None}) >= wanted:
            break
    assert len(seen - {None}) >= wanted
    assert [one for one in seen if one and one.endswith("false")] == []


@pytest.mark.parametrize("width", [280, 380])
def test_at_twice_the_size_nothing_is_lost_and_nothing_scrolls_sideways(page, port, width):
    """200 % zoom is half the pixels in both directions; everything scrolls as one then."""
    far = opened(page, port, snapshot(alerts=[ALERT], instructions=TO_DO))
    page.set_viewport_size({"width": max(280, width // 2 + 90), "height": 360})
    far.tell(update(2))
    sidebar = page.locator("steadyhand-sidebar")
    assert sidebar.evaluate("(element) => element.scrollWidth <= element.clientWidth")
    page.locator("[data-section=quiet] summary").scroll_into_view_if_needed()
    assert page.locator("[data-section=quiet] summary").is_visible()
    page.locator(".phrase .insert").nth(2).scroll_into_view_if_needed()
    hit = (
        page.locator(".phrase .insert")
        .nth(2)
        .evaluate(
            """(element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const hit = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
          return hit?.closest('.phrase') === element.closest('.phrase');
        }"""
        )
    )
    assert hit


def test_text_twice_as_large_fits(page, port):
    """A reader who has doubled the letters alone sees them all."""
    opened(page, port)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
    assert page.locator("steadyhand-sidebar, .advice, .phrase, .coach").evaluate_all(wide) == []


def test_alerts_interrupt_only_where_they_are_critical(page, port):
    """One polite region and one for what is critical; neither has a number, a phrase or a customer's word."""
    warning = {"kind": "abuse", "severity": "warning", "text": "That was aimed at you."}
    opened(page, port, snapshot(alerts=[ALERT, warning]))
    assert page.locator(".spoken").all_text_contents() == [
        "Next step: Empathize. Alert: That was aimed at you.",
        "Alert: A threat was made.",
    ]


def test_motion_stands_still_where_that_is_wished(page, port):
    """No animation and no transition runs under reduced motion."""
    page.emulate_media(reduced_motion="reduce")
    far = opened(page, port)
    far.tell({**update(2), "reading": {**reading(62, "tense"), "signals": {"abuse": 0.9}}})
    page.locator(".calm").wait_for()
    assert page.evaluate("document.getAnimations().length") == 0


def test_text_from_right_to_left_stays_within_its_own_place(page, port):
    """A name, a message and a phrase in Arabic turn no button and no number round."""
    name, text = "مريم \u202eevil", "أين طلبي 48213؟ هذه هي المرة الثالثة"
    far = opened(page, port, snapshot(text, [phrase(1, "أنا آسف، طلبك 48213 [time]", ["time"], quote=text)], name))
    for place in ("header h2", ".phrase .words"):
        found = page.locator(place).first
        assert found.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
        assert found.evaluate("(element) => getComputedStyle(element).unicodeBidi") in ("isolate", "plaintext")
    assert page.locator(".status").evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    assert page.locator(".status").inner_text().strip() == "Live"
    far.tell(update(2))
    expect(page.locator(".phrase")).to_have_count(3)


@pytest.mark.parametrize("colours", ["none", "active"])
@pytest.mark.parametrize("contrast", ["no-preference", "more"])
def test_forced_colours_and_more_contrast_leave_nothing_unreadable(page, port, colours, contrast):
    """axe finds nothing, and the band is told by its word and its shape."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page.emulate_media(forced_colors=colours, contrast=contrast)
    opened(page, port, snapshot(alerts=[ALERT]))
    assert page.locator(".band").inner_text().strip() == "Tense"
    assert page.locator(".band .shape").is_visible()
    assert [(one["id"], one["nodes"][0]["html"]) for one in axe().run(page).response["violations"]] == []
