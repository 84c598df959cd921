"""What outlives a reload of the sidebar's page: the draft in its own box, and verdicts that nobody acknowledged."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.modules.far_server import AT, Far, snapshot

pytestmark = pytest.mark.browser
DRAFT = "I have asked the carrier 😀 and"
FORBIDDEN = (
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
VERDICT = {"type", "conversation", "suggestion", "verdict", "id", "ref"}


class Line(Far):
    """May be down, and acknowledges verdicts when told so."""

    def __init__(self, page):
        super().__init__(page, snapshot())
        self.down = self.acks = False

    def _open(self, socket):
        if self.down:
            socket.close(code=4000)
        else:
            super()._open(socket)

    def _hear(self, text):
        super()._hear(text)
        frame = json.loads(text)
        if frame["type"] == "feedback" and self.acks:
            self.tell({"type": "ack", "conversation": frame["conversation"], "ref": frame["ref"]})

    def cut(self):
        """The line is lost, and stays so."""
        self.down = True
        self.socket.close(code=4000)

    def feedback(self):
        """The verdicts that came, whole."""
        return [frame for frame in self.heard if frame["type"] == "feedback"]


@pytest.fixture
def line(page, port):
    """The sidebar on the chat `c`; it has no host."""
    line = Line(page)
    load(page, port)
    return line


def load(page, port, chat="c"):
    """The page anew, in the same tab of the browser."""
    page.goto(f"http://127.0.0.1:{port}/blank")
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation={chat}&token=secret")
    page.wait_for_selector(".phrase")


def kept(page):
    """What the browser keeps for the tab."""
    return page.evaluate("Object.fromEntries(Object.entries(sessionStorage))")


def said(text, offset=2):
    """The agent's message, out."""
    first = snapshot()
    message = {"id": f"m{offset}", "seq": offset, "role": "agent", "text": text, "at": AT}
    return {"type": "update", "conversation": "c", "offset": offset, "message": message,
            "advice": first["advice"], "state": first["state"]}  # fmt: skip


def dismiss(page, number=1, left=2):
    """Say no to a phrase, and see it go."""
    page.get_by_role("button", name=f"Dismiss phrase {number}").click()
    expect(page.locator(".phrase")).to_have_count(left)


def settled(page):
    """Live, and everything is out that goes out by itself."""
    page.wait_for_selector(".status[data-state=live]")
    page.wait_for_timeout(300)


def test_a_half_written_draft_is_there_after_a_reload_and_is_read_again(page, port, line):
    """Of its own chat alone; the coach is asked for it without another letter."""
    page.fill("textarea.draft", DRAFT)
    page.wait_for_timeout(600)
    line.heard.clear()
    load(page, port)
    expect(page.locator("textarea.draft")).to_have_value(DRAFT)
    page.wait_for_timeout(600)
    assert [one["text"] for one in line.heard if one["type"] == "draft"] == [DRAFT]
    load(page, port, "other")
    assert page.input_value("textarea.draft") == ""


@pytest.mark.parametrize("end", ["sent", "emptied", "closed"])
def test_a_draft_that_is_done_with_is_kept_no_longer(page, port, line, end):
    """Out, deleted by the agent, or of a chat whose tab is closed."""
    page.fill("textarea.draft", DRAFT)
    assert kept(page) == {"steadyhand.draft.c": DRAFT}
    if end == "sent":
        line.tell(said("I have asked the carrier."))
        expect(page.locator("textarea.draft")).to_have_value("")
    elif end == "emptied":
        page.fill("textarea.draft", "")
    else:
        page.evaluate("document.querySelector('steadyhand-sidebar').close('c')")
    assert kept(page) == {}
    load(page, port)
    assert page.input_value("textarea.draft") == ""


def test_a_draft_that_went_out_during_the_reload_does_not_come_back(page, port, line):
    """The snapshot's last message of the agent is it; another message of hers leaves the draft alone."""
    page.fill("textarea.draft", DRAFT)
    line.first = {**snapshot(), "messages": [*snapshot()["messages"], said("Something else")["message"]]}
    load(page, port)
    expect(page.locator("textarea.draft")).to_have_value(DRAFT)
    line.first = {**snapshot(), "messages": [*snapshot()["messages"], said(f"{DRAFT} ")["message"]]}
    load(page, port)
    expect(page.locator("textarea.draft")).to_have_value("")
    assert kept(page) == {}


def test_a_draft_that_a_host_tells_is_not_kept(page, line):
    """The host has it."""
    page.fill("textarea.draft", DRAFT)
    page.evaluate("document.querySelector('steadyhand-sidebar').setDraft('In the box of the host')")
    assert kept(page) == {}


def test_of_an_endless_draft_the_first_eight_thousand_characters_are_kept(page, port, line):
    """Counted as the server counts them, and no character torn in two."""
    page.fill("textarea.draft", "😀" * 9_000)
    load(page, port)
    expect(page.locator("textarea.draft")).to_have_value("😀" * 8_000)


def test_a_verdict_given_while_the_line_is_down_goes_out_once_after_a_reload(page, port, line):
    """With the id that it got when it was given, and with nothing else that it had not before."""
    line.cut()
    dismiss(page)
    (waiting,) = json.loads(kept(page)["steadyhand.verdicts"])
    line.down, line.acks = False, True
    load(page, port)
    settled(page)
    (told,) = line.feedback()
    assert told.keys() == VERDICT
    assert {name: told[name] for name in waiting} == waiting
    assert (told["conversation"], told["suggestion"], told["verdict"]) == ("c", "s1", "dismissed")
    assert kept(page) == {}
    load(page, port)
    settled(page)
    assert len(line.feedback()) == 1


@pytest.mark.parametrize("reload", [False, True])
def test_a_verdict_whose_ack_was_lost_goes_out_again_with_the_same_id(page, port, line, reload):
    """By it the server knows that it has it already; two verdicts have two ids."""
    dismiss(page)
    dismiss(page, 2, left=1)
    line.acks = True
    if reload:
        load(page, port)
    else:
        line.socket.close(code=4000)
        page.wait_for_selector(".status:not([data-state=live])")
    settled(page)
    first, second, *again = [(one["id"], one["suggestion"]) for one in line.feedback()]
    assert again == [first, second]
    assert first[0] != second[0]
    assert all(0 < len(one["id"]) <= 64 for one in line.feedback())
    assert kept(page) == {}


def test_a_refused_verdict_is_kept_no_longer(page, port, line):
    """The server's no is an answer, too."""
    dismiss(page)
    (told,) = line.feedback()
    line.tell({"type": "error", "conversation": "c", "ref": told["ref"], "error": {"code": "invalid", "message": "no"}})
    page.evaluate("async () => { while (sessionStorage.length) await new Promise(requestAnimationFrame); }")


def test_at_most_twenty_verdicts_are_kept_for_a_reload(page, port, line):
    """The newest of them, in the order in which they were given; an id also where the page has no TLS."""
    told = page.evaluate(
        """async () => {
          const { Session } = await import('/static/live/session.js');
          crypto.randomUUID = undefined;
          const session = new Session({});
          for (let n = 1; n <= 25; n += 1) session.tell('c', `s${n}`, 'dismissed', { reason: 'no' });
          return JSON.parse(sessionStorage.getItem('steadyhand.verdicts'));
        }"""
    )
    assert [one["suggestion"] for one in told] == [f"s{n}" for n in range(6, 26)]
    assert len({one["id"] for one in told}) == 20
    assert all(0 < len(one["id"]) <= 64 for one in told)


@pytest.mark.parametrize("how", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_where_nothing_can_be_kept_everything_else_works(page, port, how):
    """As before: the draft as long as the page lasts, a verdict as soon as the line is back."""
    page.add_init_script(how)
    line = Line(page)
    load(page, port)
    page.fill("textarea.draft", DRAFT)
    line.cut()
    dismiss(page, 2)
    line.down, line.acks = False, True
    page.wait_for_selector(".status[data-state=live]")
    assert line.verdicts() == [("s2", "dismissed")]
    assert page.input_value("textarea.draft") == DRAFT
    line.tell(said("Out."))
    expect(page.locator("textarea.draft")).to_have_value("")


@pytest.mark.parametrize("found", ["{", "null", '[null, 7, {"id": "x"}, {"type": "action"}]', '{"id": "x"}'])
def test_what_is_broken_in_the_storage_is_as_good_as_nothing(page, port, line, found):
    """Nothing of it goes out, and the sidebar opens."""
    page.evaluate("(found) => sessionStorage.setItem('steadyhand.verdicts', found)", found)
    load(page, port)
    settled(page)
    assert line.feedback() == []
    dismiss(page)
    assert line.verdicts() == [("s1", "dismissed")]
