"""The sidebar beside the real converse.js, on a real Prosody, with a customer who writes by slixmpp."""

import time

import pytest

from tests.conftest import PATIENCE
from tests.hosts.xmpp import Customer, Prosody

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def prosody(tools, tmp_path_factory):
    """Running while the tests of this file do."""
    running = Prosody(tmp_path_factory.mktemp("prosody"))
    tools.addresses["XMPP"] = running.websocket
    yield running
    running.stop()


@pytest.fixture
def casey(prosody):
    """The customer, signed in."""
    customer = Customer(prosody)
    yield customer
    customer.leave()


def test_a_customer_over_xmpp_is_answered_with_one_click(visit, tools, casey, shoot):
    """She writes, a click puts the phrase behind the agent's own words, the agent sends it, the step is ticked."""
    page = visit(f"{tools.host}/pages/converse.html", quiet=False)
    page.wait_for_function("window.attached")
    page.get_by_text("Casey", exact=True).click()
    casey.write("This is the third time I am writing. Where is my order? I am really angry now!")
    box = page.locator("converse-chat .chat-textarea")
    box.wait_for()
    side = page.frame_locator("steadyhand-sidebar >> iframe")
    phrase = side.locator(".phrase").first
    words = phrase.locator(".words").inner_text()
    box.fill("Hello Casey.")
    phrase.locator("button.insert").click()
    side.get_by_text("Added to the draft").wait_for()
    assert box.input_value() == f"Hello Casey. {words}"
    shoot(page, "host-converse")
    assert casey.heard == []
    assert page.evaluate("bridge.insert('late', { conversation: 'mo@localhost' })") == {"ok": False, "how": "moved"}
    box.press("Enter")
    deadline = time.monotonic() + PATIENCE
    while not casey.heard and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    assert casey.heard == [f"Hello Casey. {words}"]
    side.locator(".step[data-done]").first.wait_for(state="attached")
