"""A sidebar that fetches its tokens from the page's own backend, and one that is made by the script's tag alone."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import until
from tests.browser.modules.far_server import PHRASES, Far, snapshot

pytestmark = pytest.mark.browser


class Backend:
    """The page's own: it hands out `tokens` in turn, the last one for ever; None for an error."""

    def __init__(self, page, *tokens):
        self.asked, self.tokens = [], list(tokens)
        page.route("**/steadyhand/token", self._answer)

    def _answer(self, route):
        self.asked.append((urlsplit(route.request.url).netloc, route.request.method, route.request.post_data_json))
        token = self.tokens.pop(0) if len(self.tokens) > 1 else self.tokens[0]
        route.fulfill(json={"token": token}) if token else route.fulfill(status=500)


class Picky(Far):
    """Takes the token `good` and no other."""

    def _hear(self, text):
        if '"hello"' in text and '"good"' not in text:
            self.socket.close(code=4501)
        else:
            super()._hear(text)


def desk(page, port, kind="behind"):
    """A page of another origin than the server's, with the tag behind the place that it names."""
    page.goto(f"http://localhost:{port}/tag-{kind}")


@pytest.mark.parametrize("kind", ["behind", "before"])
def test_a_tag_alone_makes_a_sidebar_that_signs_in(page, port, kind):
    """Wherever the tag stands; phrases go into the box that it names, and no token is in the page."""
    far, backend = Far(page, snapshot()), Backend(page, "good")
    desk(page, port, kind)
    frame = page.frame_locator("steadyhand-sidebar >> iframe")
    frame.locator(".phrase").first.click()
    frame.get_by_text("In the reply box").wait_for()
    assert page.input_value("#reply") == PHRASES[0]["text"]
    assert frame.locator("html").get_attribute("data-theme") == "dark"
    assert backend.asked == [(f"localhost:{port}", "POST", {"conversation": "c"})]
    assert far.heard[0] == {"type": "hello", "token": "good"}
    assert "good" not in page.content()


def test_a_tag_that_names_no_place_says_so(page, port):
    """In the console; the page goes on."""
    desk(page, port, "alone")
    until(page, lambda: page.faults)
    assert page.faults == ['Steadyhand: nothing on this page is at data-container="#side"']
    assert page.locator("steadyhand-sidebar").count() == 0
    page.faults.clear()


def test_each_chat_is_asked_for_once(page, port):
    """Also where the element is moved about in the page before the answer is there."""
    backend = Backend(page, "good")
    far = Far(page, snapshot())
    desk(page, port)
    page.frame_locator("steadyhand-sidebar >> iframe").locator(".phrase").first.wait_for()
    page.evaluate("document.querySelector('steadyhand-sidebar').conversation = 'd'")
    until(page, lambda: [one for one in far.heard if one.get("conversation") == "d"])
    assert [body["conversation"] for *_, body in backend.asked] == ["c", "d"]


def test_a_refused_token_is_asked_for_again_and_again_but_not_at_once(page, port):
    """At once, then after one second, two, four: a backend with a wrong key is not asked hundreds of times."""
    page.clock.install()
    backend = Backend(page, "bad-1", "bad-2", None, "bad-3", "good")
    far = Picky(page, snapshot())
    desk(page, port)
    frame = page.frame_locator("steadyhand-sidebar >> iframe")
    for many, pause in ((2, 900), (2, 200), (3, 1_700), (3, 400), (4, 3_900), (4, 400)):
        until(page, lambda many=many: len(backend.asked) >= many)
        page.clock.run_for(pause)
    until(page, lambda: len(backend.asked) == 5)
    frame.locator(".phrase").first.wait_for()
    page.clock.run_for(20_000)
    assert len(backend.asked) == 5
    assert {one["token"] for one in far.heard if one["type"] == "hello"} == {"good"}
    assert [text for text in page.faults if not re.search("500", text)] == []
    page.faults.clear()


def test_a_backend_that_is_away_at_first_is_asked_again(page, port):
    """Ten seconds later, as the sidebar has nothing to show meanwhile."""
    page.clock.install()
    backend, _ = Backend(page, None, "good"), Far(page, snapshot())
    desk(page, port)
    until(page, lambda: len(backend.asked) == 1)
    page.wait_for_timeout(100)
    page.clock.run_for(10_100)
    page.frame_locator("steadyhand-sidebar >> iframe").locator(".phrase").first.wait_for()
    assert len(backend.asked) == 2
    page.faults.clear()
