"""What the sidebar's ground computes without a screen: turns, explanations on demand, what sets phrases apart."""

import pytest

pytestmark = pytest.mark.browser

DESK = """
  const { ExplainDesk } = await import('/static/live/explain.js');
  const sent = [], timers = [];
  let online = true;
  const desk = new ExplainDesk({
    conversation: () => 'c', changed: () => {},
    send: (frame) => online && Boolean(sent.push(frame)),
    timers: { setTimeout: (run) => timers.push(run) - 1, clearTimeout: (id) => (timers[id] = () => {}) },
  });
  const answer = (ref, without) =>
    desk.hear({ type: 'explanation', ref, message: 'm1', tension: 60, without, points: [] });
"""


def test_turns_tell_how_far_each_message_moved_the_tension(page):
    """The first counts from nothing, a gap at the start is not guessed, and the last that moved it is named."""
    told = page.evaluate(
        """async () => {
          const { turns, notable } = await import('/static/live/turns.js');
          const course = (first, ...tensions) =>
            tensions.map((tension, index) => ({ seq: first + index, tension, band: 'calm' }));
          const messages = [{ id: 'm2', seq: 2 }];
          const all = turns(course(1, 12, 40, 38), messages);
          return {
            change: all.map(({ change }) => change), moved: all.map(({ moved }) => moved),
            message: all[1].message.id, named: notable(all).seq,
            later: turns(course(7, 50), []).map(({ change, moved }) => [change, moved]), none: notable([]) ?? null,
          };
        }"""
    )
    assert told == {
        "change": [12, 28, -2],
        "moved": [True, True, False],
        "message": "m2",
        "named": 2,
        "later": [[None, False]],
        "none": None,
    }


def test_an_explanation_is_asked_for_once_until_the_chat_goes_on(page):
    """The old one stays in sight while the new one is on its way, and an answer to an old question counts no more."""
    told = page.evaluate(
        f"""async () => {{
          {DESK}
          desk.ask('m1'); desk.ask('m1');
          const asked = sent.length;
          answer('explain 1', 20);
          desk.ask('m1');
          const ready = [desk.of('m1').state, sent.length];
          desk.age();
          const stale = desk.of('m1').state;
          desk.ask('m1');
          answer('explain 1', 99);
          const reading = [desk.of('m1').state, desk.of('m1').explanation.without];
          answer('explain 2', 30);
          const foreign = desk.hear({{ type: 'x', ref: 'draft 1' }});
          return {{ asked, ready, stale, reading, last: desk.of('m1').explanation.without, foreign }};
        }}"""
    )
    assert told == {
        "asked": 1,
        "ready": ["ready", 1],
        "stale": "stale",
        "reading": ["reading", 20],
        "last": 30,
        "foreign": False,
    }


def test_no_connection_an_error_and_silence_are_told_and_may_be_asked_again(page):
    """None of them is taken for an explanation."""
    told = page.evaluate(
        f"""async () => {{
          {DESK}
          online = false; desk.ask('m1');
          const offline = desk.of('m1').state;
          online = true; desk.ask('m1');
          desk.hear({{ type: 'error', ref: sent[0].ref, error: {{ code: 'not_found', message: 'no such message' }} }});
          const failed = [desk.of('m1').state, desk.of('m1').fault];
          desk.ask('m1');
          timers.at(-1)();
          return {{ offline, failed, silent: desk.of('m1').state, sent: sent.length }};
        }}"""
    )
    assert told == {"offline": "offline", "failed": ["failed", "no such message"], "silent": "failed", "sent": 2}


def test_what_sets_a_phrase_apart_is_told_from_its_words(page):
    """A question, clearly the shortest, and the facts that stand in it; two letters prove nothing."""
    told = page.evaluate(
        """async () => {
          const { approach } = await import('/static/live/approach.js');
          const texts = ['Is order 48213 still open?', 'I will look for order 48213 and write to you today.'];
          const all = texts.map((text, id) => ({ id, text }));
          return all.map((one) => approach(one, all, { order: '48213', agent: 'order', name: 'is' }));
        }"""
    )
    assert told == [
        {"asks": True, "shortest": True, "uses": ["order"]},
        {"asks": False, "shortest": False, "uses": ["order"]},
    ]


def test_a_gap_takes_what_is_typed_and_nothing_in_it_is_a_pattern(page):
    """Brackets that are no slot stay, an empty field stays a gap, and `$&` is only two letters."""
    told = page.evaluate(
        """async () => {
          const { filled } = await import('/static/live/approach.js');
          const phrase = { text: '[name], by [time] [sic].', missing: ['name', 'time'] };
          return [filled(phrase, { name: '$& [time]' }), filled(phrase, { name: ' ', time: 'noon' })];
        }"""
    )
    assert told == [
        {"text": "$& [time], by [time] [sic].", "missing": ["time"]},
        {"text": "[name], by noon [sic].", "missing": ["name"]},
    ]
