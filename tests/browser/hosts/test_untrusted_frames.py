"""What a tool's frame may be told by whoever, and what its address may hold."""

import json

import pytest

from tests.conftest import SHARED

pytestmark = pytest.mark.browser

CONTEXTS = SHARED / "contracts" / "chatwoot"
HEARD = "() => new Promise((done) => bridge.onContext(done))"


@pytest.fixture
def tab(visit, tools):
    """Chatwoot's dashboard app, whose host says nothing by itself."""
    page = visit(f"{tools.host}/pages/chatwoot_tab_host.html")
    side = page.frame_locator("#app").frame_locator("steadyhand-sidebar >> iframe")
    side.locator("steadyhand-sidebar[conversation='acme:17']").wait_for()
    page.evaluate("quiet = true")
    page.side = side
    return page


def tell(tab, text):
    """As Chatwoot does: a string, to whoever."""
    tab.evaluate("(text) => document.getElementById('app').contentWindow.postMessage(text, '*')", text)


@pytest.mark.parametrize("name", ["appcontext_v4_10", "appcontext_legacy_no_agent"])
def test_the_context_of_old_and_new_chatwoot_is_understood(tab, name):
    """The open conversation is the display id; an old one names no agent, and that is no trouble."""
    file = CONTEXTS / f"{name}.json"
    if not file.exists():
        pytest.skip("the sample payloads are not on this machine")
    tell(tab, file.read_text("utf-8"))
    tab.side.locator("steadyhand-sidebar[conversation='acme:5815']").wait_for()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "null",
        "[]",
        '{"event": "appContext"}',
        '{"event": "appContext", "data": {"conversation": {}, "contact": null}}',
        '{"event": "appContext", "data": {"conversation": {"id": {"$": 1}, "account_id": 1}}}',
    ],
)
def test_a_broken_context_breaks_nothing(tab, text):
    """What is no conversation opens none, and the next good word is understood."""
    tell(tab, text)
    good = {"conversation": {"id": 18, "account_id": 1}, "contact": {"name": "Casey"}}
    tell(tab, json.dumps({"event": "appContext", "data": good}))
    tab.side.locator("steadyhand-sidebar[conversation='acme:18']").wait_for()


def test_a_context_from_another_window_or_origin_is_dropped(tab, visit, tools):
    """The page's own window is of the app's origin: a context from there is none of Chatwoot's."""
    evil = {"event": "appContext", "data": {"conversation": {"id": 66, "account_id": 1}}}
    app = tab.frame_locator("#app").locator("body")
    app.evaluate("(_, text) => window.postMessage(text, '*')", json.dumps(evil))
    app.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    assert tab.side.locator("steadyhand-sidebar[conversation='acme:17']").count() == 1


def test_rocketchats_login_token_leaves_the_address_at_once(visit, tools):
    """The room is read, the agent's own token is kept nowhere, and nobody else is told of it."""
    tools.hear("acme:GENERAL", "This is the third time I am writing. Where is my order?")
    asked = []
    page = visit(f"{tools.host}/pages/empty.html")
    page.on("request", lambda request: asked.append(json.dumps([request.url, request.headers, request.post_data])))
    address = f"{tools.app}/pages/rocketchat_app.html?uid=u1&rid=GENERAL&t=login-token"
    frame = "Object.assign(document.createElement('iframe'), { src, width: 400, height: 700 })"
    page.evaluate(f"(src) => document.body.append({frame})", address)
    side = page.frame_locator("iframe").frame_locator("steadyhand-sidebar >> iframe")
    side.get_by_role("button", name="Copy phrase 1").wait_for()
    app = page.frame_locator("iframe").locator("body")
    assert app.evaluate("() => location.search") == "?rid=GENERAL"
    assert [line for line in asked if "login-token" in line and "rocketchat_app.html?" not in line] == []
