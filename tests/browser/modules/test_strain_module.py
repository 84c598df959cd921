"""The agent's strain by a clock that the test holds, and what became of a phrase."""

import pytest

pytestmark = pytest.mark.browser

KIT = """async (script) => {
  const { feel, rested } = await import('/static/live/strain.js');
  const { verdicts } = await import('/static/live/verdict.js');
  const hear = (strain, conversation, tension, abuse, at) =>
    feel(strain, { kind: 'heard', conversation, tension, abuse }, at);
  return new Function('feel', 'rested', 'hear', 'verdicts', script)(feel, rested, hear, verdicts);
}"""


@pytest.fixture
def run(page):
    """Runs a script with the modules."""
    return lambda script: page.evaluate(KIT, script)


def test_abuse_brings_ten_seconds_of_breath_and_no_more(run):
    """The cue goes by itself or by hand, and the next insult within two minutes brings no other."""
    assert run(
        """let s = hear(rested(), 'c', 40, 0.9, 1000);
           const there = [s.cue, s.due];
           const gone = feel(s, { kind: 'tick' }, 11000).cue;
           const early = feel(s, { kind: 'tick' }, 10999).cue;
           s = feel(s, { kind: 'done' }, 3000);
           return [there, gone, early, s.cue, hear(s, 'c', 40, 0.9, 100000).cue, hear(s, 'c', 40, 0.9, 130000).cue];"""
    ) == [["breathe", 11000], None, "breathe", None, None, "breathe"]


def test_anger_that_is_not_aimed_at_the_agent_brings_no_cue(run):
    """A hot chat alone is her daily bread."""
    assert (
        run("let s = rested(); for (let n = 0; n < 20; n += 1) s = hear(s, 'c', 95, 0.1, n * 1000); return s.cue;")
        is None
    )


def test_a_hard_run_of_chats_brings_a_break_once_in_half_an_hour(run):
    """Three hard chats and a heavy load; put off, it stays away for thirty minutes."""
    assert run(
        """let s = rested();
           const cues = [];
           for (let n = 0; n < 60; n += 1) {
             s = hear(s, `c${n % 3}`, 90, 0, n * 60000);
             cues.push(s.cue);
             s = feel(s, { kind: 'done' }, n * 60000 + 1);
           }
           const breaks = cues.flatMap((cue, minute) => (cue === 'break' ? [minute] : []));
           return [breaks.length, breaks[1] - breaks[0], s.load <= 100];"""
    ) == [2, 30, True]


def test_the_load_halves_in_twenty_minutes_and_stays_in_its_bounds(run):
    """Rest counts; nothing makes it negative or more than a hundred."""
    assert run(
        """let s = rested();
           for (let n = 0; n < 500; n += 1) s = hear(s, 'c', 100, 1, 0);
           const full = s.load;
           return [full, hear(s, 'c', 0, 0, 20 * 60000).load, hear(s, 'c', 0, 0, -5).load];"""
    ) == [100, 50, 100]


def test_a_phrase_that_was_sent_is_told_from_one_that_was_edited_and_one_that_was_not_used(run):
    """As it was, with a word changed, and another text altogether."""
    assert run(
        """const put = [{ id: 's1', text: 'I am sorry for the long wait.' }];
           return [
             verdicts(put, 'Hello Mara.  I am sorry for the long wait. Bye'),
             verdicts(put, 'I am really sorry for this long wait, Mara'),
             verdicts(put, 'Have a nice day'),
             verdicts([], 'anything'),
             verdicts([{ id: 's1', text: '' }], ''),
           ];"""
    ) == [
        [{"suggestion": "s1", "verdict": "sent", "final": "I am sorry for the long wait."}],
        [{"suggestion": "s1", "verdict": "edited", "final": "I am really sorry for this long wait, Mara"}],
        [],
        [],
        [],
    ]


def test_of_two_phrases_in_one_message_each_gets_its_own_part(run):
    """What was edited is measured against its stretch of the message, not against all of it."""
    assert run(
        """return verdicts([{ id: 's1', text: 'Sorry about Monday.' },
             { id: 's2', text: 'The refund takes two days.' }],
             'Sorry about Monday. The refund takes three days.');"""
    ) == [
        {"suggestion": "s1", "verdict": "sent", "final": "Sorry about Monday."},
        {"suggestion": "s2", "verdict": "edited", "final": "The refund takes three days."},
    ]
