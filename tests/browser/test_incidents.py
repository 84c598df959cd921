"""A burst on the supervisor's element, a line for all of its chats, and that line in the agent's real sidebar."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.demo import TEAM
from app.live import new_row
from app.store import open_store
from app.wire import stamp
from tests.browser.test_hostile_text import MADE
from tests.conftest import Server, start_server, stop_server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
GONE = "My booking is gone, the reservation for tonight cannot be found anywhere."
LINE = (
    "We know that bookings cannot be found right now, and yours is safe. I will write to you as soon as it shows again."
)
STATUS = "The booking system is restored from a copy of 14:00; back at about 15:30."
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> {{7*7}} ${7*7} [name]"
CHATS = 9
MOUNT = """async ([token, team]) => {
  await import('/static/elements/define_board.js');
  const make = (name, keys) => Object.assign(document.createElement(name), keys);
  const style = make('link', { rel: 'stylesheet', href: '/static/style/incidents.css' });
  for (const sheet of document.querySelectorAll('link[rel=stylesheet]')) {
    if (!/tokens|base/.test(sheet.href)) sheet.remove();
  }
  const main = make('main', {});
  main.append(make('h1', { textContent: 'Desk' }), make('steadyhand-incidents', {}));
  document.body.replaceChildren(main);
  await new Promise((loaded) => { style.onload = loaded; document.head.append(style); });
  const { connect } = await import('/static/live/connection.js');
  const { emptyBoard, receive } = await import('/static/live/board.js');
  const desk = document.querySelector('steadyhand-incidents');
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch('/api/v1' + path, { method, headers, body: JSON.stringify(body) });
    const said = await answer.json();
    if (!answer.ok) throw said.error;
    return said;
  };
  desk.rest = { post: (path, body) => call('POST', path, body), patch: (path, body) => call('PATCH', path, body) };
  desk.teams = [team];
  desk.board = emptyBoard();
  window.opened = [];
  document.addEventListener('steadyhand-open', ({ detail }) => window.opened.push(detail.conversation));
  connect({ url: '/ws/v1/supervisor', token: () => token, onStatus: () => {}, onFrame: (frame) => {
    desk.hear(frame);
    desk.board = receive(desk.board, frame, performance.now());
  } });
}"""


async def seed(url: str) -> None:
    """Two days of a team in which nobody asked about bookings."""
    store, now = await open_store(url), datetime.now(UTC)
    causes = ("delivery", "billing", "refund", "defect", "account", "outage", "service", "information")
    for number in range(400):
        at = now - timedelta(minutes=30 + 7 * number)
        summary = {"tension": 20.0, "cause": causes[number % len(causes)], "cause_since": stamp(at)}
        await store.put(replace(new_row("default", f"old-{number}", TEAM, at), summary=summary, resolved_at=at))
    await store.close()


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo of a team that is known for two days."""
    folder: Path = tmp_path_factory.mktemp("incidents")
    url = f"sqlite+aiosqlite:///{folder}/steadyhand.db"
    worker = threading.Thread(target=lambda: asyncio.run(seed(url)))  # playwright's own loop runs in this one
    worker.start()
    worker.join()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("STEADYHAND_DEMO", "1")  # `steadyhand demo` would make a key of its own
        running = start_server(folder)
    yield running
    stop_server(running)


def desk_of(open_page: Open, floor: Server, **look: object) -> Page:
    """The start page, with the element in the place of all that is on it."""
    page = open_page(floor.base, **look)
    page.evaluate(MOUNT, [floor.token("supervisor", "robin", TEAM), TEAM])
    return page


@pytest.fixture(scope="module")
def asked(floor: Server) -> Server:
    """Within a minute as many customers ask about their bookings as nobody has in two days."""
    with floor.client("ingest", TEAM) as tool:
        for number in range(CHATS):
            told = {"customer": {"name": f"Customer {number}"}, "agent": "Bea"}
            assert tool.put(f"/conversations/lost-{number}", json=told).is_success
            said = {"role": "customer", "text": GONE}
            assert tool.post(f"/conversations/lost-{number}/messages", json=said).is_success
    return floor


def test_a_burst_becomes_a_line_in_the_agents_sidebar_until_it_ends(asked: Server, open_page: Open) -> None:
    """Told with its chats, written, seen, confirmed; one click puts it into the reply box; changed; and gone."""
    page = open_page(f"{asked.base}/demo")
    page.locator("#customer textarea").fill(GONE)
    page.locator("#customer textarea").press("Enter")
    card = page.locator("steadyhand-sidebar .incident")
    expect(page.locator("steadyhand-sidebar .phrase").first).to_be_visible()
    assert card.count() == 0

    desk = desk_of(open_page, asked)
    burst = desk.locator("article[data-burst]").filter(has_text="booking")
    expect(burst.locator("h2")).to_have_text(re.compile(rf"^\s*{CHATS + 1} chats about booking in \d+ minutes?\s*$"))
    expect(burst).to_contain_text("usual is less than one an hour")
    burst.locator("summary").click()
    burst.get_by_role("button", name="Customer 3").click()
    assert desk.evaluate("window.opened") == ["lost-3"]

    burst.get_by_role("button", name="Write a line for all of them").click()
    expect(burst.get_by_label("Line to the customers")).to_be_focused()
    send = burst.get_by_role("button", name=f"Send to the sidebars of {CHATS + 1} chats")
    expect(send).to_be_disabled()
    burst.get_by_label("Line to the customers").fill(LINE)
    burst.get_by_label("Status for the agents").fill(STATUS)
    expect(burst.locator(".incident-preview")).to_contain_text(LINE)
    send.click()

    expect(card.locator("h3")).to_have_text(f"Known: Booking {CHATS + 1} chats")
    expect(card.locator(".words")).to_have_text(LINE)
    expect(card).to_contain_text(STATUS)
    card.get_by_role("button", name="Insert the approved line").click()
    expect(page.locator("#agent textarea")).to_have_value(LINE)
    assert page.locator("#agent .said").count() == 1, "it is never sent by itself"
    expect(card).to_contain_text("In the reply box")

    known = desk.locator("article[data-live]")
    expect(known.locator("h2")).to_have_text(f"Known: booking · {CHATS + 1} live chats")
    expect(burst).to_have_count(0)
    known.get_by_role("button", name="Edit").click()
    known.get_by_label("Line to the customers").fill(HOSTILE)
    known.get_by_role("button", name=re.compile("^Change it in the sidebars")).click()
    expect(card.locator(".words")).to_have_text(HOSTILE)
    expect(known.locator("blockquote")).to_have_text(HOSTILE)
    assert desk.locator("main").locator(MADE).count() == page.locator("steadyhand-sidebar").locator(MADE).count() == 0

    known.locator("[data-end]").click()
    expect(known.get_by_role("button", name="End it")).to_be_focused()
    known.get_by_role("button", name="End it").click()
    expect(card.locator("h3")).to_have_text("Over: Booking")
    expect(card.get_by_role("button", name="Insert the approved line")).to_have_count(0)
    expect(desk.locator("article[data-live]")).to_have_count(0)
    expect(desk.locator(".incident-ended summary")).to_have_text("1 incident ended in the last day")
    page.reload()
    expect(page.locator("steadyhand-sidebar .phrase").first).to_be_visible()
    assert card.count() == 0
    assert "owned" not in (page.title(), desk.title())


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 280), ("dark", 1440)])
def test_axe_finds_nothing_in_burst_form_and_card(asked: Server, open_page: Open, scheme: str, width: int) -> None:
    """Light and dark, on a telephone, in the narrowest sidebar; nothing is wider than the screen."""
    desk = desk_of(open_page, asked, scheme=scheme, width=max(width, 390))
    burst = desk.locator("article[data-burst]").filter(has_text="booking")
    burst.get_by_role("button", name="Write a line for all of them").click()
    burst.get_by_label("Line to the customers").fill(LINE)
    burst.locator("summary").click()
    is_sound(desk)
    burst.get_by_label("Status for the agents").press("Escape")
    expect(burst.locator("form")).to_have_count(0)
    expect(burst.get_by_role("button", name="Write a line for all of them")).to_be_focused()
    with asked.client("supervisor", TEAM) as boss:
        line = {"team": TEAM, "cause": "booking", "line": LINE, "status": STATUS * 4}
        made = boss.post("/incidents", json=line).json()
        try:
            agent = asked.token("agent", "Bea", TEAM)
            page = open_page(f"{asked.base}/sidebar#conversation=lost-1&token={agent}", scheme=scheme, width=width)
            card = page.locator("steadyhand-sidebar .incident")
            expect(card.locator(".words")).to_have_text(LINE)
            card.locator(".status-words").click()
            expect(card.locator(".status-words")).to_have_attribute("aria-expanded", "true")
            is_sound(page)
            expect(desk.locator("article[data-live]")).to_be_visible()
            is_sound(desk)
        finally:
            assert boss.post(f"/incidents/{made['id']}/end").is_success


def is_sound(page: Page) -> None:
    """Nothing for axe to find, and nothing that makes the page scroll sideways."""
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
