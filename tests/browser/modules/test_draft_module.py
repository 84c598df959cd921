"""The draft on its way to the coach: what is sent when, and which answer counts."""

import pytest

pytestmark = pytest.mark.browser

DESK = """async (script) => {
  const { DraftDesk, length, replaced } = await import('/static/live/draft.js');
  const { QuestionDesk } = await import('/static/live/questions.js');
  const { Clock } = await import('/tests/browser/modules/link.js');
  const clock = new Clock();
  const sent = [];
  const wire = { up: true };
  const send = (frame) => wire.up && Boolean(sent.push(frame));
  const options = { conversation: () => 'c', send, changed: () => {}, timers: clock.timers };
  const desk = new DraftDesk(options);
  const questions = new QuestionDesk(options);
  const review = (frame, remarks = []) => ({ type: 'draft_review', conversation: 'c', ref: frame.ref, remarks,
    effect: { low: 1, expected: 2, high: 3 }, alternatives: [] });
  return await new Function('kit', `return (async () => { const { desk, questions, clock, sent, wire, review, length,
    replaced } = kit; ${script} })()`)({ desk, questions, clock, sent, wire, review, length, replaced });
}"""


@pytest.fixture
def run(page):
    """Runs a script with a desk, its clock and what it sent."""
    return lambda script: page.evaluate(DESK, script)


def test_a_draft_is_read_after_a_pause_and_only_the_last_of_a_burst(run):
    """Fifty letters in a second give one question, 300 ms after the last of them."""
    assert run(
        """for (let n = 1; n <= 50; n += 1) { desk.write('x'.repeat(n), 'own'); await clock.pass(20); }
           const early = sent.length;
           await clock.pass(279);
           const before = sent.length;
           await clock.pass(1);
           return [early, before, sent.map(({ text }) => text.length)];"""
    ) == [0, 0, [50]]


def test_one_question_is_in_flight_and_the_newest_text_is_read_next(run):
    """What was typed meanwhile is asked for when the answer is there; the answer to the old text is not shown."""
    assert run(
        """desk.write('first', 'own'); await clock.pass(300);
           desk.write('second', 'own'); await clock.pass(300);
           desk.write('third', 'own'); await clock.pass(300);
           const during = sent.map(({ text }) => text);
           desk.hear(review(sent[0]));
           const stale = desk.view.review;
           desk.hear(review(sent[1], [{ start: 0, end: 1, kind: 'rude', reason: 'r' }]));
           return [during, stale, sent.map(({ text }) => text), desk.view.review.text, desk.view.reading];"""
    ) == [["first"], None, ["first", "third"], "third", False]


def test_answers_of_another_chat_or_out_of_order_are_dropped(run):
    """After a change of chat, and a second time, an answer changes nothing; a foreign frame is left to others."""
    assert run(
        """desk.write('first', 'own'); await clock.pass(300);
           const late = review(sent[0]);
           desk.reset();
           const taken = desk.hear(late);
           const foreign = desk.hear({ type: 'ack', ref: 'feedback 1' });
           return [taken, foreign, desk.view.review, desk.view.text];"""
    ) == [True, False, None, ""]


@pytest.mark.parametrize(("text", "over"), [("x" * 8000, 0), ("x" * 8001, 8001), ("😀" * 8000, 0), ("😀" * 8001, 8001)])
def test_the_limit_counts_characters_and_nothing_longer_is_sent(page, text, over):
    """8,000 characters of any script are read, one more is only counted."""
    got = page.evaluate(
        """async (text) => {
          const { DraftDesk } = await import('/static/live/draft.js');
          const { Clock } = await import('/tests/browser/modules/link.js');
          const clock = new Clock();
          const sent = [];
          const desk = new DraftDesk({ conversation: () => 'c', send: (frame) => sent.push(frame), changed: () => {},
            timers: clock.timers });
          desk.write(text, 'own');
          desk.rewrite('shorter');
          await clock.pass(1000);
          return [desk.view.over, sent.map(({ type }) => type)];
        }""",
        text,
    )
    assert got == [over, [] if over else ["rewrite", "draft"]]


def test_a_lost_connection_is_said_and_the_draft_is_read_on_its_return(run):
    """Offline nothing is kept in a queue: what stands there when the socket is back is asked for once."""
    assert run(
        """wire.up = false;
           desk.write('first', 'own'); await clock.pass(300);
           const offline = desk.view.offline;
           wire.up = true;
           desk.retry();
           return [offline, desk.view.offline, sent.map(({ text }) => text)];"""
    ) == [True, False, ["first"]]


def test_an_unanswered_question_does_not_stand_in_the_way_for_ever(run):
    """After ten seconds it is asked again."""
    assert run("desk.write('first', 'own'); await clock.pass(300); await clock.pass(10000); return sent.length;") == 2


def test_a_refused_draft_is_said_once_and_not_sent_again(run):
    """An error of the server stands there until something else is written."""
    assert run(
        """desk.write('first', 'own'); await clock.pass(300);
           desk.hear({ type: 'error', ref: sent[0].ref, error: { code: 'rate_limited', message: 'too fast' } });
           const fault = desk.view.fault;
           await clock.pass(20000);
           const count = sent.length;
           desk.write('second', 'own');
           return [fault, count, desk.view.fault];"""
    ) == ["too fast", 1, None]


def test_a_draft_that_another_page_has_overtaken_is_asked_again_without_a_word(run):
    """The server answers the newest of a conversation only; no fault is shown."""
    assert run(
        """desk.write('first', 'own'); await clock.pass(300);
           desk.hear({ type: 'error', ref: sent[0].ref, error: { code: 'superseded', message: 'a newer one' } });
           const fault = desk.view.fault;
           await clock.pass(300);
           return [fault, sent.map(({ text }) => text)];"""
    ) == [None, ["first", "first"]]


def test_a_rewrite_counts_only_for_the_text_that_it_was_asked_for(run):
    """What came after another letter was typed is not offered."""
    assert run(
        """desk.write('we cannot', 'own');
           desk.rewrite('friendlier');
           const [asked] = sent;
           const answer = { type: 'rewritten', ref: asked.ref, manner: 'friendlier',
             text: 'can', changes: [], because: '' };
           desk.write('we cannot.', 'own');
           desk.hear(answer);
           const late = desk.view.rewritten;
           desk.rewrite('firmer');
           desk.hear({ ...answer, ref: sent[1].ref, text: null, because: 'the date 3 May' });
           return [late, desk.view.rewritten.text, desk.view.rewritten.because];"""
    ) == [None, None, "the date 3 May"]


def test_spans_count_code_points(run):
    """A wording replaces the right words behind characters of two units."""
    assert run("return replaced('😀😀 calm down.', { start: 3, end: 12 }, 'I see');") == "😀😀 I see."


def test_a_question_is_answered_once_and_only_the_last_one(run):
    """An earlier answer, a question over 500 characters and a lost connection are told apart."""
    assert run(
        """const answers = (ref) => ({ type: 'answers', ref, answers: [{ text: ref }] });
           questions.ask(' what can I offer? ');
           questions.ask('summarise');
           questions.hear(answers(sent[0].ref));
           const early = questions.view.answers;
           questions.hear(answers(sent[1].ref));
           const got = questions.view.answers[0].text;
           questions.ask('x'.repeat(501));
           const long = questions.view.refused;
           wire.up = false;
           questions.ask('again');
           return [sent.map(({ text }) => text), early, got, long, questions.view.refused];"""
    ) == [["what can I offer?", "summarise"], None, "ask 2", "too_long", "offline"]
