"""`embed.js` on a page of another origin, and the frame's end of `steadyhand/1`."""

import pytest

from tests.browser.modules.far_server import PHRASES, Far, snapshot

pytestmark = pytest.mark.browser


@pytest.fixture
def host(page, port):
    """A page on another origin with the embed script loaded twice and a sidebar mounted twice."""
    page.far = Far(page, snapshot())
    page.goto(f"http://localhost:{port}/host")
    page.evaluate(
        """() => {
          const container = document.getElementById('side');
          container.style.height = '600px';
          window.sidebar = Steadyhand.mount({ container, conversation: 'c', token: 'secret', input: '#reply' });
          window.again = Steadyhand.mount({ container, conversation: 'c' });
        }"""
    )
    page.frame = page.frame_locator("steadyhand-sidebar >> iframe")
    page.frame.locator(".phrase").first.wait_for()
    return page


def test_an_embedded_phrase_lands_at_the_cursor_with_its_gap_selected(host):
    """Behind what the agent has typed, with the first gap ready to be typed over; nothing is sent."""
    host.fill("#reply", "Hello Mara.")
    host.frame.locator(".phrase").nth(1).click()
    host.frame.get_by_text("In the reply box").wait_for()
    assert host.input_value("#reply") == "Hello Mara. By [time] I will write to you here."
    assert host.evaluate("reply.value.slice(reply.selectionStart, reply.selectionEnd)") == "[time]"


def test_the_keys_work_while_the_agent_types_in_the_host(host):
    """Alt+3 in the host's own field puts in the third phrase."""
    host.focus("#reply")
    host.keyboard.press("Alt+3")
    host.wait_for_function("reply.value !== ''")
    assert host.input_value("#reply") == PHRASES[2]["text"]


def test_the_agent_edits_and_dismisses_from_the_host_too(host):
    """Alt+D puts the first phrase away; Alt+E opens the next one, and what is typed then goes into it."""
    host.focus("#reply")
    host.keyboard.press("Alt+d")
    host.frame.locator(".dismissed").wait_for()
    host.keyboard.press("Alt+e")
    box = host.frame.locator("[data-edited] textarea")
    box.wait_for()
    host.keyboard.press("End")
    host.keyboard.type("!")
    assert box.input_value() == f"{PHRASES[1]['text']}!"
    assert host.input_value("#reply") == ""


def test_a_second_script_and_a_second_mount_are_harmless(host):
    """There is one sidebar, one frame, and the token is in no attribute and no address."""
    assert host.evaluate("window.sidebar === window.again")
    assert host.locator("iframe").count() == 1
    assert "secret" not in host.content()
    assert all("secret" not in frame.url for frame in host.frames)


def test_a_host_that_has_moved_on_refuses_the_phrase(host):
    """A phrase made for one chat is not put into another's reply box, nor on the clipboard."""
    host.evaluate("Object.defineProperty(window.sidebar, 'conversation', { get: () => 'another' })")
    host.frame.locator(".phrase").first.click()
    host.frame.get_by_text("another chat is open").wait_for()
    assert host.input_value("#reply") == ""


def test_a_new_conversation_and_theme_reach_the_frame(host):
    """Setting the property is enough; the sidebar follows."""
    host.evaluate("window.sidebar.conversation = 'd'; window.sidebar.setAttribute('theme', 'dark')")
    host.frame.locator("html[data-theme=dark]").wait_for()
    host.frame.locator(".phrase").first.wait_for()
    assert [frame["conversation"] for frame in host.far.heard if frame["type"] == "subscribe"][-1] == "d"


REVIEW = {
    "type": "draft_review",
    "conversation": "c",
    "remarks": [{"start": 0, "end": 9, "kind": "calm_down", "reason": "No.", "better": "I see"}],
    "effect": {"low": 1, "expected": 2, "high": 3},
    "alternatives": [],
}


def reviewed(host, text):
    """Let the coach answer what has been told to the sidebar."""
    asked = []
    for _ in range(200):
        asked = [frame for frame in host.far.heard if frame["type"] == "draft" and frame["text"] == text]
        if asked:
            break
        host.wait_for_timeout(20)
    host.far.tell({**REVIEW, "ref": asked[-1]["ref"]})
    host.frame.locator(".better").wait_for()


def test_what_the_agent_writes_in_the_host_is_read_by_the_coach(host):
    """Its own box is gone then; a better wording replaces the words in the host's box, and undo brings them back."""
    place = host.frame.locator(".phrase").first.bounding_box()
    host.fill("#reply", "Calm down, please.")
    reviewed(host, "Calm down, please.")
    assert host.frame.locator(".phrase").first.bounding_box() == place
    assert host.frame.locator("textarea.draft").count() == 0
    line = host.frame.locator(".coach-line")
    assert "1 remark" in line.inner_text()
    line.click()
    host.frame.locator(".better").click()
    host.frame.locator(".coach").get_by_text("Replaced in the reply box").wait_for()
    assert host.input_value("#reply") == "I see, please."
    host.evaluate("document.execCommand('undo')")
    assert host.input_value("#reply") == "Calm down, please."


def test_a_text_that_has_changed_under_the_coach_is_not_replaced(host):
    """What the page has put into its box without a word stays there."""
    host.fill("#reply", "Calm down, please.")
    reviewed(host, "Calm down, please.")
    host.evaluate("reply.value = 'Something else'")
    host.frame.locator(".better").click()
    host.frame.locator(".coach").get_by_text("nothing was replaced").wait_for()
    assert host.input_value("#reply") == "Something else"


def test_an_editor_of_another_kind_tells_its_draft_and_takes_the_wording_by_the_event(host):
    """`setDraft` and `steadyhand-draft`, without any field that a selector could name."""
    host.evaluate(
        """() => {
          window.sidebar.removeAttribute('input');
          window.sidebar.addEventListener('steadyhand-draft', (event) => {
            event.preventDefault();
            window.taken = event.detail.text;
          });
          window.sidebar.setDraft('Calm down');
        }"""
    )
    reviewed(host, "Calm down")
    host.frame.locator(".better").click()
    host.wait_for_function("window.taken === 'I see'")


def test_messages_from_elsewhere_or_of_another_shape_are_dropped(host, port):
    """Another window, another origin, another protocol or a wrong type changes nothing on either side."""
    inside = next(frame for frame in host.frames if "/sidebar" in frame.url)
    inside.evaluate(
        """async () => {
          const context = { protocol: 'steadyhand/1', type: 'context', conversation: 'stolen', theme: 'dark' };
          window.postMessage(context, location.origin);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }"""
    )
    host.evaluate(
        """async (port) => {
          const frame = document.querySelector('steadyhand-sidebar').shadowRoot.querySelector('iframe').contentWindow;
          const there = `http://127.0.0.1:${port}`;
          const protocol = 'steadyhand/1';
          const bad = [
            { protocol: 'steadyhand/2', type: 'context', conversation: 'stolen' },
            { protocol, type: 'context', conversation: 7 },
            { protocol, type: 'theme', theme: '"><script>' },
            { protocol, type: 'press', number: '1' },
            { protocol, type: 'press', action: 'send' },
            { protocol, type: 'draft', conversation: 'c', text: 7 },
            { protocol, type: 'draft', conversation: 'another', text: 'forged' },
            'text',
            null,
          ];
          for (const message of bad) frame.postMessage(message, there);
          const forged = { ref: 1, text: 'forged', suggestion: 's', conversation: 'c', missing: [] };
          window.postMessage({ protocol, type: 'insert', ...forged }, location.origin);
          window.postMessage({ protocol, type: 'draft.replace', ...forged, was: '' }, location.origin);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }""",
        port,
    )
    assert {frame["conversation"] for frame in host.far.heard if frame["type"] == "subscribe"} == {"c"}
    assert [frame for frame in host.far.heard if frame["type"] == "draft"] == []
    assert inside.evaluate("document.documentElement.dataset.theme ?? ''") == ""
    assert host.input_value("#reply") == ""


def test_destroy_leaves_nothing_behind(host):
    """No frame, no listener: the keys are the host's again."""
    host.evaluate("window.sidebar.destroy()")
    host.focus("#reply")
    prevented = host.evaluate(
        """() => {
          const key = new KeyboardEvent('keydown', { code: 'Digit1', altKey: true, bubbles: true, cancelable: true });
          reply.dispatchEvent(key);
          return key.defaultPrevented;
        }"""
    )
    assert not prevented
    assert host.locator("iframe").count() == 0
