"""`<steadyhand-alerts>`: the list, the budget, the figures; it makes itself heard only where that was wished."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.modules.test_alerts_module import board, raised, tile, tiles
from tests.browser.small_png import small

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> {{7*7}}"
MAIL = {"subject": "B (a): risk rose", "text": "B waits.\nWhy: risk rose\n"}
QUALITY = {
    "team": "a",
    "days": 7,
    "chats": 341,
    "precision": {"value": 0.4118, "low": 0.2637, "high": 0.5778, "n": 34},
    "recall": {"value": 0.2414, "low": 0.1496, "high": 0.3653, "n": 58},
    "false_alarms": {"value": 0.0743, "low": 0.0486, "high": 0.112, "n": 269},
    "recoveries": {"value": 0.5, "low": 0.1, "high": 0.9, "n": 4},
}
SETUP = """async ([teams, quality, mail]) => {
  for (const name of ['tokens', 'base', 'page', 'alerts']) {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href: `/static/style/${name}.css` });
    const loaded = new Promise((resolve) => { link.onload = resolve; });
    document.head.append(link);
    await loaded;
  }
  document.documentElement.lang = 'en';
  document.documentElement.style.overflow = 'auto';
  const { AlertsElement } = await import('/static/elements/alerts.js');
  const boards = await import('/static/live/board.js');
  customElements.define('steadyhand-alerts', AlertsElement);
  window.calls = [];
  window.desk = { team: 'a', alerts_per_hour: 6, threshold: 0.7123, spent: 4, held_back: 2, revision: 1 };
  window.opened = [];
  const element = new AlertsElement();
  element.teams = teams;
  element.rest = {
    async get(path) {
      window.calls.push(['get', path]);
      if (window.down) throw { code: 'unavailable', message: 'the database does not answer now; come again' };
      if (path.includes('/quality')) return quality;
      if (path.startsWith('/desks/')) return { ...window.desk, team: decodeURIComponent(path.slice(7)) };
      return { alerts: (window.listed ?? []).map((one) => ({ ...one, mail })) };
    },
    async put(path, body) {
      window.calls.push(['put', path, body]);
      window.desk = { ...window.desk, ...body, revision: 2, threshold: 0.55 };
      return window.desk;
    },
  };
  element.addEventListener('steadyhand-open', ({ detail }) => window.opened.push(detail.conversation));
  const main = document.body.appendChild(document.createElement('main'));
  main.append(Object.assign(document.createElement('h1'), { textContent: 'Board' }), element);
  let state = boards.emptyBoard();
  window.hear = (frame) => {
    state = boards.receive(state, frame, 0);
    element.board = state;
    return element.updateComplete;
  };
  await element.updateComplete;
}"""


@pytest.fixture
def panel(page):
    """The element on a page of its own, with a board on which one alert stands; `hear` tells it further frames."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write", "notifications"])
    page.evaluate(SETUP, [["a"], QUALITY, MAIL])
    hear(page, board(tile("a", raised(1)), tile("b"), tile("c")))
    expect(page.get_by_label("At most")).to_have_value("6")
    return page


def hear(page, frame):
    """The page's socket brings a frame."""
    page.evaluate("(frame) => window.hear(frame)", frame)


def test_a_new_alert_is_on_top_told_aloud_and_can_be_opened(panel):
    """By its words; the one from before the page was opened is not told."""
    said = panel.locator("[aria-live]")
    expect(said).to_have_text("")
    hear(panel, tiles(1, tile("b", raised(5, "threat", text="Safety: a threat of harm."))))
    expect(said).to_have_text("Threat: B. Safety: a threat of harm.")
    first = panel.locator(".alert").first
    expect(first).to_contain_text("Threat")
    expect(first).to_contain_text("new")
    first.get_by_role("button", name="Open").press("Enter")
    assert panel.evaluate("window.opened") == ["b"]
    expect(panel.locator(".alert").nth(1)).not_to_contain_text("new")


def test_names_and_words_are_only_ever_text(panel):
    """Whatever a customer is called."""
    hear(panel, tiles(1, tile("b", raised(5, text=HOSTILE), customer=HOSTILE)))
    expect(panel.locator(".alert-why").first).to_have_text(HOSTILE)
    expect(panel.locator(".alert bdi").first).to_have_text(HOSTILE)
    assert panel.title() != "owned"


def test_the_budget_is_set_and_what_follows_is_said(panel):
    """A number that is none is not sent."""
    field = panel.get_by_label("At most")
    expect(panel.get_by_text("4 of 6 spent this hour, 2 held back")).to_be_visible()
    field.fill("3")
    field.press("Enter")
    expect(panel.get_by_text("4 of 3 spent this hour")).to_be_visible()
    expect(panel.get_by_text("from a score of 0.55 on")).to_be_visible()
    field.fill("99")
    field.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("0 to 60")
    expect(field).to_have_value("3")
    puts = [call for call in panel.evaluate("window.calls") if call[0] == "put"]
    assert puts == [["put", "/desks/a", {"alerts_per_hour": 3}]]


def test_a_letter_can_be_copied(panel):
    """Subject, an empty line, text."""
    alert = {**raised(5), "conversation": "b", "team": "a", "turn": 2}
    panel.evaluate("(alert) => { window.listed = [alert]; }", alert)
    hear(panel, tiles(1, tile("b", raised(5))))
    button = panel.locator(".alert").first.get_by_role("button", name="Copy as e-mail text")
    button.click()
    expect(panel.locator(".alert").first.get_by_role("button", name="Copied")).to_be_visible()
    assert panel.evaluate("navigator.clipboard.readText()") == f"{MAIL['subject']}\n\n{MAIL['text']}"


def test_what_the_alerts_were_worth_is_said_where_there_are_enough(panel):
    """With the interval and of how many."""
    rows = panel.locator(".alerts-worth tr").all_text_contents()
    assert [re.sub(r"\s+", " ", row).strip() for row in rows] == [
        "Alerts that were right41 %26 to 58 %, of 34",
        "Caught in time24 %15 to 37 %, of 58",
        "False alarms7 %5 to 11 %, of 269",
        "Recoveriestoo few to say4 so far",
    ]


def test_it_is_silent_until_somebody_wishes_otherwise(panel):
    """No permission is asked for and nothing sounds before a click; a notification names nobody."""
    panel.evaluate(
        """() => {
          window.shown = [];
          window.asked = 0;
          window.tones = 0;
          const real = Notification;
          window.Notification = class {
            static permission = 'default';
            static async requestPermission() { window.asked += 1; return (this.permission = 'granted'); }
            constructor(title, { body }) { window.shown.push(`${title}: ${body}`); }
          };
          const start = OscillatorNode.prototype.start;
          OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };
          document.hasFocus = () => false;
        }"""
    )
    hear(panel, tiles(1, tile("b", raised(5))))
    assert panel.evaluate("[window.asked, window.shown.length, window.tones]") == [0, 0, 0]
    panel.get_by_label("Notifications of the browser").check()
    panel.get_by_label("A short, soft sound").check()
    panel.wait_for_function("window.tones === 2")
    hear(panel, tiles(2, tile("c", raised(6), customer="Maria Lopez")))
    panel.wait_for_function("window.tones === 4")
    assert panel.evaluate("window.asked") == 1
    assert panel.evaluate("window.shown") == ["Steadyhand: Risk is rising in a chat of team a."]
    assert panel.evaluate("JSON.parse(localStorage.getItem('steadyhand.alerts'))") == {"notify": True, "sound": True}


def test_a_server_that_does_not_answer_is_told_and_forgotten(panel):
    """The alerts stay; the next answer takes the words away."""
    panel.evaluate("window.down = true")
    hear(panel, tiles(1, tile("b", raised(5))))
    expect(panel.get_by_role("alert")).to_contain_text("does not answer")
    expect(panel.locator(".alert")).to_have_count(2)
    panel.evaluate("window.down = false")
    hear(panel, tiles(2, tile("c", raised(6))))
    expect(panel.locator(".alerts-problem")).to_have_text("")


def test_of_several_teams_one_desk_is_shown(page):
    """The one that was chosen; teams of tiles are there for an admin who has none."""
    page.evaluate(SETUP, [[], QUALITY, MAIL])
    hear(page, board(tile("a", team="north"), tile("b", team="south")))
    page.get_by_label("Team").select_option("south")
    expect(page.get_by_label("At most")).to_have_value("6")
    page.wait_for_function("window.calls.some(([, path]) => path === '/desks/south')")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1000), ("dark", 1000), ("light", 390), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(panel, scheme, width, tmp_path):
    """With all that can be open being open."""
    panel.emulate_media(color_scheme=scheme)
    panel.set_viewport_size({"width": width, "height": 900})
    hear(
        panel,
        tiles(1, tile("b", raised(5, "distress", text="Safety: the customer may not be safe."), customer="M" * 90)),
    )
    hear(panel, tiles(2, tile("a"), tile("c", raised(9))))
    found = Axe().run(panel)
    assert not found.response["violations"], found.generate_report()
    assert panel.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    (tmp_path / f"alerts-{scheme}-{width}.png").write_bytes(small(panel, panel.screenshot()))
