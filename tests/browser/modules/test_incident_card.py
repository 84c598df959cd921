"""The card of an incident in the sidebar, and what the supervisor's page makes of its frames."""

import pytest

pytestmark = pytest.mark.browser

CARD = """async () => {
  const { render } = await import('/static/vendor/lit.js');
  const { IncidentCard } = await import('/static/elements/incident_card.js');
  const { words } = await import('/static/live/strings.js');
  const t = words('en');
  document.body.innerHTML = '<div id="card"></div><ol class="phrases"><li><button>phrase</button></li></ol>';
  window.put = [];
  const draw = () => render(card.draw(t), document.getElementById('card'));
  const host = { renderRoot: document.body, requestUpdate: draw };
  const card = new IncidentCard(host, async (text) => { window.put.push(text); return { ok: true, how: 'native' }; });
  window.tell = (type, incident) => card.heard({ type, incident }, { state: { incident } });
  window.spoken = () => card.spoken(t);
}"""
OUTAGE = {"id": "i1", "cause": "outage", "line": "We know.", "status": "", "updated_at": "2026-03-02T09:00:00Z"}


@pytest.fixture
def card(page):
    """A page with a card above a phrase, whose clock is in our hand."""
    page.clock.install()
    page.evaluate(CARD)
    return page


def tell(page, kind, incident):
    """A frame of the chat, with the incident that it belongs to after it."""
    page.evaluate("([type, incident]) => window.tell(type, incident)", [kind, incident])


def shown(page):
    """What stands on the card, as a reader reads it."""
    return " ".join(page.locator("#card").inner_text().split())


def test_it_comes_changes_and_says_for_a_minute_that_it_is_over(card):
    """One chat, then a line that is put in, then the end; its words are spoken, too."""
    tell(card, "incident", {**OUTAGE, "chats": 1})
    assert shown(card) == "Known: Outage 1 chat We know. Insert"
    assert card.evaluate("spoken()") == "Known: Outage. "
    card.get_by_role("button", name="Insert the approved line").click()
    assert shown(card) == "Known: Outage 1 chat We know. In the reply box Insert"
    tell(card, "update", {**OUTAGE, "line": "All good soon.", "chats": 2})
    assert shown(card) == "Known: Outage 2 chats All good soon. Insert"
    tell(card, "incident", None)
    assert shown(card) == "Over: Outage"
    tell(card, "update", None)
    card.clock.run_for(59_000)
    assert shown(card) == "Over: Outage"
    card.clock.run_for(61_000)
    assert shown(card) == ""
    assert card.evaluate("window.put") == ["We know."]


def test_a_chat_that_is_about_something_else_now_has_no_card(card):
    """Nothing is over: it is only no business of this chat any more."""
    tell(card, "update", OUTAGE)
    assert shown(card) == "Known: Outage We know. Insert"
    tell(card, "update", None)
    assert shown(card) == ""


def test_it_does_not_come_while_the_hand_is_on_the_phrases(card):
    """It would move them; it comes when the hand has gone, or after some seconds."""
    card.locator(".phrases button").focus()
    tell(card, "incident", OUTAGE)
    card.clock.run_for(1_000)
    assert shown(card) == ""
    card.evaluate("document.activeElement.blur()")
    card.clock.run_for(300)
    assert shown(card) == "Known: Outage We know. Insert"
    card.locator(".phrases button").focus()
    tell(card, "update", None)
    assert shown(card) != ""
    card.clock.run_for(5_500)
    assert shown(card) == ""


def test_what_frames_bring_is_all_there_is(page):
    """A board, which comes after a reconnect, forgets what was known; a burst with a line is no news."""
    known = page.evaluate(
        """async () => {
          const live = await import('/static/live/incidents.js');
          const burst = { team: 'a', cause: 'outage', chats: 9, since: '2026-03-02T09:00:00Z',
                          latest: '2026-03-02T09:07:10Z', usual_per_hour: 2.2, incident: null };
          const frame = { type: 'incidents', bursts: [burst, { ...burst, cause: 'refund', incident: 'i1' }],
                          incidents: [{ id: 'i1', ended_at: null }, { id: 'i0', ended_at: 'x' }] };
          const before = live.receive(live.nothingKnown(), frame);
          const tile = { team: 'a', cause: 'outage' };
          const tiles = [tile, { ...tile, resolved: true }, { ...tile, team: 'b' }, { ...tile, cause: 'refund' }];
          const draft = { line: ' x ', status: '' };
          return {
            same: live.receive(before, { type: 'tiles' }) === before,
            bursts: live.unanswered(before).map(({ cause }) => cause), live: live.live(before).map(({ id }) => id),
            over: live.over(before).map(({ id }) => id), after: live.receive(before, { type: 'board' }),
            said: [live.lasting(burst), live.lasting({ ...burst, latest: burst.since }), live.usually(burst),
                   live.usually({ ...burst, usual_per_hour: 0.4 })],
            reached: live.reached(tiles.map((one) => ({ tile: one })), burst),
            wrong: [{}, { line: ' ' }, { status: 'x'.repeat(501) }].map((part) => live.problem({ ...draft, ...part })),
          };
        }"""
    )
    assert known == {
        "same": True,
        "bursts": ["outage"],
        "live": ["i1"],
        "over": ["i0"],
        "after": {"incidents": [], "bursts": []},
        "said": ["8 minutes", "1 minute", "usual is 2 an hour", "usual is less than one an hour"],
        "reached": 1,
        "wrong": ["", "Write the line first.", "The status is longer than 500 characters."],
    }
