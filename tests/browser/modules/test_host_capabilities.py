"""The sidebar promises what its host can do and no more; `attach` keeps a tool and the sidebar together."""

import pytest

from tests.browser.modules.far_server import PHRASES, Far, snapshot

pytestmark = pytest.mark.browser

CAPS = {
    "insert": "native",
    "insertModes": [],
    "context": "push",
    "live": "server",
    "draftText": False,
    "theme": False,
    "visibleBesideChat": True,
    "agentProof": "none",
}


@pytest.fixture
def host(page, port):
    """A page on another origin with a sidebar, before it has said what it can do."""
    page.far = Far(page, snapshot())
    page.goto(f"http://localhost:{port}/host")
    page.evaluate(
        """() => {
          document.getElementById('side').style.height = '600px';
          window.sidebar = Steadyhand.mount({ container: side, conversation: 'acme:c', token: 'secret' });
        }"""
    )
    page.frame = page.frame_locator("steadyhand-sidebar >> iframe")
    page.frame.locator(".phrase").first.wait_for()
    return page


def declare(host, **caps):
    """Say what the host can do."""
    host.evaluate("(caps) => sidebar.setHost('tool', caps)", {**CAPS, **caps})


def test_a_host_that_only_lets_copy_is_promised_nothing_else(host):
    """The buttons say copy, and what was copied is to be pasted where the messages are."""
    declare(host, insert="clipboard", visibleBesideChat=False)
    button = host.frame.get_by_role("button", name="Copy phrase 1")
    button.click()
    host.frame.get_by_text("Copied: go to the messages and paste it").wait_for()
    host.focus("#reply")
    host.keyboard.press("Control+v")
    assert host.input_value("#reply") == PHRASES[0]["text"]


def test_where_nothing_may_be_copied_the_text_is_shown_selected(host):
    """It is never said to be copied, and the clipboard keeps what it had."""
    host.evaluate("navigator.clipboard.writeText('before')")
    declare(host, insert="none")
    host.frame.locator(".phrase button.insert").first.click()
    box = host.frame.locator("textarea.by-hand")
    box.wait_for()
    assert box.evaluate("(box) => box.value.slice(box.selectionStart, box.selectionEnd)") == PHRASES[0]["text"]
    host.focus("#reply")
    host.keyboard.press("Control+v")
    assert host.input_value("#reply") == "before"


def test_a_tool_that_takes_its_time_is_waited_for(host):
    """Over a second, but under three: it stands there once, and nothing is copied beside it."""
    declare(host)
    host.evaluate(
        """() => sidebar.addEventListener('steadyhand-insert', (event) => {
          event.preventDefault();
          event.detail.respondWith(new Promise((done) => setTimeout(() => done({ ok: true, how: 'draft' }), 1300)));
        })"""
    )
    host.frame.locator(".phrase button.insert").first.click()
    host.frame.get_by_text("Added to the draft").wait_for()


def test_capabilities_of_another_shape_are_dropped(host):
    """Then the host is one that has said nothing."""
    declare(host, insert="telepathy")
    declare(host, insert="clipboard", insertModes=["everywhere"])
    host.frame.get_by_role("button", name="Insert phrase 1").wait_for()
    assert host.frame.get_by_role("button", name="Copy phrase 1").count() == 0


BRIDGE = """async (server) => {
  const { attach } = await import(`${server}/static/hosts/attach.js`);
  const { capabilities } = await import(`${server}/static/hosts/bridge.js`);
  window.answers = [];
  window.put = [];
  window.tell = null;
  const bridge = {
    host: 'tool',
    caps: capabilities({ insert: 'native' }),
    connect: async () => ({ conversation: 'c' }),
    onContext: (hear) => ((window.tell = hear), () => (window.tell = null)),
    insert: async (text, { conversation }) => (window.put.push([text, conversation]), { ok: true, how: 'native' }),
    destroy: () => (window.destroyed = true),
  };
  const token = ({ conversation }) => new Promise((done) => window.answers.push({ conversation, done }));
  window.detach = await attach(window.sidebar, bridge, { token, connector: 'acme' });
}"""


@pytest.fixture
def attached(host, port):
    """A tool that shows conversation `c`, tied to the sidebar; its modules are the page's own here."""
    host.evaluate(BRIDGE, f"http://localhost:{port}")
    return host


def test_a_phrase_reaches_the_tool_under_the_tools_own_name(attached):
    """`acme:c` there is `c` here."""
    attached.frame.locator(".phrase button.insert").first.click()
    attached.frame.get_by_text("In the reply box").wait_for()
    assert attached.evaluate("put") == [[PHRASES[0]["text"], "c"]]


def test_a_phrase_of_another_connector_is_refused(attached):
    """A chat that is not this tool's has no box here."""
    attached.evaluate("sidebar.conversation = 'other:c'")
    attached.frame.locator("steadyhand-sidebar[conversation='other:c'] .phrase").first.wait_for()
    attached.frame.locator(".phrase button.insert").first.click()
    attached.frame.get_by_text("another chat is open").wait_for()
    assert attached.evaluate("put") == []


def test_a_token_that_comes_too_late_is_not_used(attached):
    """The agent has gone on: only the answer for the chat that is open counts."""
    attached.evaluate("tell({ conversation: 'd' })")
    assert attached.evaluate("answers.map(({ conversation }) => conversation)") == ["acme:c", "acme:d"]
    attached.evaluate("sidebar.setToken = (token) => (window.taken = token)")
    attached.evaluate("answers[1].done('for d')")
    attached.evaluate("answers[0].done('for c')")
    attached.wait_for_function("window.taken")
    assert attached.evaluate("taken") == "for d"


def test_detached_it_hears_nothing_more(attached):
    """The tool is let go, and its chats are not shown any more."""
    attached.evaluate("detach()")
    assert attached.evaluate("[tell, destroyed]") == [None, True]
    attached.frame.locator(".phrase button.insert").first.click()
    attached.frame.get_by_text("Copied").wait_for()
    assert attached.evaluate("put") == []
