"""The attention budget: when a new suggestion may be shown, by a clock that the test holds."""

import pytest

pytestmark = pytest.mark.browser

KIT = """async (script) => {
  const kit = await import('/static/live/attention.js');
  const advice = (ids, { step = 'solve', critical = false, alerts = [] } = {}) => ({
    next_step: step, reason: 'r', steps: [], cautions: [], alerts, not_shown: [],
    suggestions: ids.map((id) => ({ id, step, text: id, tone: 'warm', missing: [], critical, why: {} })),
  });
  const run = (state, ...events) => events.reduce((now, [event, at]) => kit.attend(now, event, at), state);
  const opened = (quiet) => run(kit.openAttention(quiet), [{ kind: 'chat', conversation: 'c' }, 0],
    [{ kind: 'advice', advice: advice(['a']) }, 0]);
  const seen = (state) => kit.shownAdvice(state)?.suggestions.map(({ id }) => id) ?? null;
  const news = (ids, more) => ({ kind: 'advice', advice: advice(ids, more) });
  const names = { ...kit, advice, run, opened, seen, news };
  return new Function(...Object.keys(names), script)(...Object.values(names));
}"""


@pytest.fixture
def run(page):
    """Runs a script with the module and some advice."""
    return lambda script: page.evaluate(KIT, script)


def test_an_opened_chat_and_a_quiet_hand_show_what_is_new_at_once(run):
    """Nothing is in the way: the snapshot is there, and so is the next advice."""
    assert run("const s = opened(); return [seen(s), seen(run(s, [news(['b']), 10])), s.waiting];") == [["a"], ["b"], 0]


def test_nothing_new_is_shown_while_the_agent_writes(run):
    """It waits until two seconds after the last letter, and is counted."""
    assert run(
        """let s = run(opened(), [{ kind: 'typing' }, 1000], [news(['b', 'd']), 1100]);
           const during = [seen(s), s.waiting, s.because, s.due];
           s = run(s, [{ kind: 'typing' }, 2500], [{ kind: 'tick' }, 3000]);
           const later = [seen(s), s.due];
           s = run(s, [{ kind: 'tick' }, 4500]);
           return [during, later, seen(s), s.waiting];"""
    ) == [[["a"], 2, "typing", 3000], [["a"], 4500], ["b", "d"], 0]


def test_nothing_new_is_shown_right_after_sending(run):
    """Four seconds of peace, then it comes by itself."""
    assert run(
        """let s = run(opened(), [{ kind: 'sent' }, 1000], [news(['b']), 1200]);
           const at = (ms) => seen(run(s, [{ kind: 'tick' }, ms]));
           return [seen(s), s.because, at(4999), at(5000)];"""
    ) == [["a"], "sent", ["a"], ["b"]]


def test_there_are_at_most_so_many_changes_in_any_minute(run):
    """A hundred new suggestions in ten minutes: no minute of them has more than the four that were set."""
    assert run(
        """let s = opened({ ...LOUD, most: 4 });
           const changes = [];
           for (let at = 0; at < 600000; at += 1000) {
             const before = seen(s).join();
             s = at % 6000 ? run(s, [{ kind: 'tick' }, at]) : run(s, [news([`n${at}`]), at]);
             if (seen(s).join() !== before) changes.push(at);
           }
           const most = Math.max(...changes.map((at) => changes.filter((one) => one > at - 60000 && one <= at).length));
           return [most, changes.length >= 36, s.log.length <= 20];"""
    ) == [4, True, True]


@pytest.mark.parametrize(
    ("change", "because"),
    [("{ shift: true }", "shift"), ("{ chat: 'c', on: true }", "chat"), ("{ step: 'solve', on: true }", "kind")],
)
def test_what_the_agent_has_made_quiet_waits_until_she_opens_it(run, change, because):
    """For the shift, the chat or the step; opening shows it at once, and the next one waits again."""
    assert run(
        f"""let s = opened();
           s = run(s, [{{ kind: 'set', quiet: turned(s.quiet, {change}, 0) }}, 0], [news(['b']), 60000]);
           const held = [seen(s), s.because];
           s = run(s, [{{ kind: 'open' }}, 61000]);
           const shown = seen(s);
           return [held, shown, run(s, [news(['d']), 62000]).because, s.log.map((entry) => entry.because)];"""
    ) == [[["a"], because], ["b"], because, [because]]


def test_a_quiet_chat_stays_quiet_when_it_is_opened_and_others_are_not(run):
    """Neither step nor phrase of it is drawn; its alerts and steps are."""
    assert run(
        """const quiet = turned(LOUD, { chat: 'c', on: true }, 0);
           const first = { kind: 'advice', advice: advice(['a'], { alerts: [{ kind: 'threat' }] }) };
           const s = run(openAttention(quiet), [{ kind: 'chat', conversation: 'c' }, 1], [first, 1]);
           const other = run(s, [{ kind: 'chat', conversation: 'd' }, 2], [first, 2]);
           const drawn = shownAdvice(s);
           return [drawn.suggestions, drawn.next_step, drawn.alerts.length, s.waiting, seen(other)];"""
    ) == [[], None, 1, 1, ["a"]]


def test_alerts_and_critical_phrases_are_never_held_back(run):
    """While the agent writes, in a quiet shift, with the budget spent: they are there at once."""
    assert run(
        """let s = opened({ ...LOUD, most: 2 });
           s = run(s, [{ kind: 'set', quiet: turned(s.quiet, { shift: true }, 0) }, 0], [{ kind: 'typing' }, 10],
             [news(['b'], { alerts: [{ kind: 'threat', severity: 'critical' }] }), 20]);
           const alerts = shownAdvice(s).alerts.map(({ kind }) => kind);
           const urgent = run(s, [news(['x'], { critical: true }), 30]);
           return [seen(s), alerts, seen(urgent), urgent.waiting];"""
    ) == [["a"], ["threat"], ["x"], 0]


def test_what_is_gone_goes_at_once(run):
    """Taking a phrase away is nothing new to read: it does not wait."""
    assert run("return seen(run(opened(), [{ kind: 'typing' }, 0], [news([]), 1]));") == []


def test_settings_come_back_and_a_forbidden_or_broken_store_does_no_harm(run):
    """A private window throws at the very name of the storage; nonsense in it counts as nothing."""
    assert run(
        """const kept = new Map();
           const getItem = (key) => kept.get(key) ?? null;
           const storage = () => ({ getItem, setItem: (key, value) => kept.set(key, value) });
           const denied = () => { throw new DOMException('denied', 'SecurityError'); };
           const quiet = turned(turned(LOUD, { most: 2 }, 0), { chat: 'c', on: true }, 5);
           const saved = saveQuiet(storage, quiet);
           const back = JSON.stringify(loadQuiet(storage)) === JSON.stringify(quiet);
           const broken = ['{', 'null', '7', '{"most":"x","shift":"x","chats":7,"kinds":{}}'].map((text) =>
             JSON.stringify(loadQuiet(() => ({ getItem: () => text }))) === JSON.stringify(LOUD));
           return [saved, back, broken, saveQuiet(denied, quiet), loadQuiet(denied) === LOUD];"""
    ) == [True, True, [True, True, True, True], False, True]


def test_a_quiet_shift_ends_by_itself(run):
    """Nobody has to remember to switch it off tomorrow."""
    assert run(
        """let s = opened();
           s = run(s, [{ kind: 'set', quiet: turned(s.quiet, { shift: true }, 0) }, 0], [news(['b']), 1]);
           return [s.due === SHIFT, seen(run(s, [{ kind: 'tick' }, SHIFT]))];"""
    ) == [True, ["b"]]
