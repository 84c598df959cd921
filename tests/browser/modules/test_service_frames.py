"""A server that is not whole: its database or its backplane away, or itself in the middle of a restart."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.modules.far_server import Far, snapshot
from tests.browser.modules.test_connection_module import run

pytestmark = pytest.mark.browser
SOUND = {"database": True, "backplane": True}
BANNER = ".trouble p"


def service(*, database=True, backplane=True):
    """The frame that tells how it stands."""
    return {"type": "service", "database": database, "backplane": backplane}


def test_without_the_database_it_is_not_said_to_be_live(page):
    """`uncertain` until the server says that it is back; a backplane that is away is told, and leaves it live."""
    states, last = run(
        page,
        """
        const { server, connection, seen } = await browser();
        for (const frame of argument) server.tell(server.socket, frame);
        return [seen.states, seen.services.at(-1)];
        """,
        [service(database=False), service(), service(backplane=False)],
    )
    assert states == ["connecting", "catching-up", "live", "uncertain", "live", "live"]
    assert last == {"database": True, "backplane": False}


def test_a_new_connection_starts_with_no_trouble_known(page):
    """What the old one said of its server is not held against the next."""
    offline, live, state = run(
        page,
        """
        const { server, clock, connection } = await browser();
        server.tell(server.socket, argument);
        server.cut();
        const offline = connection.status.service;
        await clock.pass(1000);
        return [offline, connection.status.service, connection.status.state];
        """,
        service(database=False, backplane=False),
    )
    assert (offline, live, state) == (SOUND, SOUND, "live")


def test_a_subscription_refused_for_the_database_is_tried_again_and_again(page):
    """1, 2, 4 … 20 s, all of it random; it is not given up, and whole in the end."""
    asked, errors, texts, states = run(
        page,
        """
        const server = new Server();
        server.away = true;
        const { clock, seen } = await browser({ server });
        const asked = [];
        let known = 1;
        for (let tenth = 0; tenth < 700; tenth += 1) {
          await clock.pass(100);
          server.tell(server.socket, { type: 'ping' });
          const count = server.heard.filter(({ type }) => type === 'subscribe').length;
          if (count > known) asked.push(clock.ms);
          known = count;
        }
        server.away = false;
        await clock.pass(10_000);
        server.say('after');
        return [asked, seen.errors, seen.view.messages.map(({ text }) => text), seen.states];
        """,
    )
    assert [later - earlier for earlier, later in zip([0, *asked], asked, strict=False)] == [
        500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000, 10_000,
    ]  # fmt: skip
    assert errors == []
    assert texts == ["after"]
    assert states == ["connecting", "catching-up", "live"]


def test_the_database_back_is_asked_at_once(page):
    """The service frame ends the wait; what was missed meanwhile comes by a resume, once."""
    resumes, states, texts, spare = run(
        page,
        """
        const { server, clock, seen } = await browser();
        server.say('one');
        server.away = true;
        server.tell(server.socket, argument[0]);
        server.say('two', { lost: true });
        server.say('three');
        for (let second = 0; second < 20; second += 1) await clock.pass(1000);
        server.away = false;
        server.tell(server.socket, argument[1]);
        await settled();
        const asked = server.heard.filter(({ type }) => type === 'subscribe');
        for (let second = 0; second < 20; second += 1) await clock.pass(1000);
        const spare = server.heard.filter(({ type }) => type === 'subscribe').length - asked.length;
        const texts = seen.view.messages.map(({ text }) => text);
        return [asked.map(({ resume }) => resume?.offset ?? null), seen.states, texts, spare];
        """,
        [service(database=False), service()],
    )
    assert resumes == [None] + [1] * 7
    assert states == ["connecting", "catching-up", "live", "uncertain", "catching-up", "live"]
    assert texts == ["one", "two", "three"]
    assert spare == 0


def test_a_restart_is_no_alarm_for_the_first_seconds(page):
    """1012 starts the waits at the shortest again; ten seconds later a server that has not come back is offline."""
    quick, states, later = run(
        page,
        """
        const { server, clock, seen, connection } = await browser();
        for (let i = 0; i < 4; i += 1) { server.cut(); await clock.pass(10_000); }
        seen.states.length = 0;
        server.cut(1012);
        await clock.pass(500);
        const quick = [...seen.states];
        seen.states.length = 0;
        server.cut(1012);
        server.refuses = 1006;
        await clock.pass(9_999);
        const states = [...seen.states];
        await clock.pass(1);
        return [quick, [...new Set(states)], connection.status.state];
        """,
    )
    assert quick == ["restarting", "restarting", "catching-up", "live"]
    assert states == ["restarting"]
    assert later == "offline"


@pytest.fixture
def far(page, port):
    """The sidebar, drawn."""
    far = Far(page, snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=secret")
    page.wait_for_selector(".coach")
    return far


def test_the_sidebar_says_what_is_away_and_moves_nothing(page, far):
    """One quiet line below everything, read aloud politely; the mark is not live without the database."""
    before = page.locator(".phrase").first.bounding_box()
    assert page.locator(".trouble").get_attribute("role") == "status"
    far.tell(service(database=False))
    expect(page.locator(BANNER)).to_contain_text("cannot be saved")
    expect(page.locator(".status")).to_have_text("May be old")
    assert page.locator(".phrase").first.bounding_box() == before
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    far.tell(service(backplane=False))
    expect(page.locator(BANNER)).to_contain_text("may come late")
    expect(page.locator(".status")).to_have_text("Live")
    far.tell(service())
    expect(page.locator(BANNER)).to_have_count(0)


def test_a_restart_is_named_in_the_sidebar(page, far):
    """Not offline: it says that it will be back."""
    far.socket.close(code=1012)
    expect(page.locator(BANNER)).to_contain_text("restarts")
    expect(page.locator(BANNER)).to_have_count(0)
    expect(page.locator(".status")).to_have_text("Live")


def test_a_verdict_outlives_a_database_that_is_away(page, far):
    """Refused for want of it, it is kept and told once more when the server has it back."""
    far.tell(service(database=False))
    expect(page.locator(".status")).to_have_text("May be old")
    page.locator(".dismiss").first.click()
    expect(page.locator(".dismissed")).to_have_count(1)
    assert len(far.verdicts()) <= 1
    for frame in [one for one in far.heard if one["type"] == "feedback"]:
        error = {"code": "unavailable", "message": "the database is away"}
        far.tell({"type": "error", "conversation": "c", "ref": frame["ref"], "error": error})
    assert page.evaluate("Object.keys(sessionStorage).length") > 0
    told = len(far.verdicts())
    far.tell(service())
    expect(page.locator(".status")).to_have_text("Live")
    page.wait_for_timeout(100)
    assert len(far.verdicts()) == told + 1
    assert len(set(far.verdicts())) == 1


def test_the_board_says_it_too(page, port):
    """In its own line at the foot, politely; the tiles recede while they may be old."""
    sockets = []

    def answer(socket):
        sockets.append(socket)
        socket.on_message(lambda text: json.loads(text)["type"] == "hello" and greet(socket))

    def greet(socket):
        for frame in ({"type": "welcome", "epoch": "e", "role": "supervisor"},
                      {"type": "board", "epoch": "e", "seq": 1, "tiles": []}):  # fmt: skip
            socket.send(json.dumps(frame))

    page.route_web_socket(re.compile(r"/ws/v1/supervisor$"), answer)
    page.route(re.compile("/api/v1/alerts"), lambda route: route.fulfill(json={"alerts": []}))
    page.goto(f"http://127.0.0.1:{port}/static/supervisor.html#token=secret")
    expect(page.locator("#line")).to_have_text("Live")
    expect(page.locator("#trouble")).to_have_attribute("role", "status")
    sockets[0].send(json.dumps(service(database=False)))
    expect(page.locator("#trouble")).to_contain_text("cannot be saved")
    expect(page.locator("#line")).to_have_text("May be old")
    expect(page.locator("body[data-stale]")).to_have_count(1)
    sockets[0].send(json.dumps(service()))
    expect(page.locator("#trouble")).to_be_empty()
    expect(page.locator("body[data-stale]")).to_have_count(0)
    sockets[0].close(code=1012)
    expect(page.locator("#trouble")).to_contain_text("restarts")
    expect(page.locator("#line")).to_have_text("Live")
    assert len(sockets) == 2
