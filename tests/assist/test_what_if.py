"""What is expected of a draft: an ordered range that no fault lowers and no step raises, and the words behind it."""

from hypothesis import given
from hypothesis import strategies as st

from assist.coach import Remark, review
from assist.coach_rules import REASONS
from assist.conversation.state import Conversation
from assist.effect_table import RANGE, TABLE
from assist.message import Message, Role, Step
from assist.reading import Reading
from assist.what_if import because, ends, expected_effect
from tests.conftest import START

GOOD = "I understand how frustrating this is, I'll fix it now"
TENSION = st.floats(0, 100)
STEPS = st.dictionaries(st.sampled_from(Step), st.floats(0, 1))
REMARKS = st.lists(st.sampled_from(sorted(REASONS)).map(lambda kind: Remark(0, 1, kind, REASONS[kind])), max_size=8)
NEXT = st.sampled_from([None, *Step])


def does(steps, politeness=0.5):
    """The reading of a draft that does these steps."""
    return Reading(steps=steps, politeness=politeness)


@given(TENSION, STEPS, REMARKS, NEXT)
def test_an_effect_is_an_ordered_range_of_tensions(tension, steps, remarks, next_step):
    """Whatever comes in, low <= expected <= high within 0..100."""
    effect = expected_effect(tension, does(steps), remarks, next_step)
    assert 0 <= effect.low <= effect.expected <= effect.high <= 100


@given(TENSION, STEPS, REMARKS, st.sampled_from(sorted(REASONS)), NEXT)
def test_a_further_remark_never_lowers_the_expected_tension(tension, steps, remarks, kind, next_step):
    """A fault more is never good news, not at either end of the range."""
    before = expected_effect(tension, does(steps), remarks, next_step)
    after = expected_effect(tension, does(steps), [*remarks, Remark(0, 1, kind, REASONS[kind])], next_step)
    assert after.expected >= before.expected
    assert after.low >= before.low
    assert after.high >= before.high


@given(TENSION, st.sampled_from(Step), STEPS, NEXT)
def test_a_further_step_never_raises_the_expected_tension(tension, step, steps, next_step):
    """A step that the draft surely does is at least as good as one that it does not."""
    without = {one: p for one, p in steps.items() if one is not step}
    before = expected_effect(tension, does(without), (), next_step)
    after = expected_effect(tension, does({**without, step: 1.0}), (), next_step)
    assert after.expected <= before.expected


@given(TENSION, STEPS, st.floats(0, 1), st.floats(0, 1))
def test_courtesy_never_raises_the_expected_tension(tension, steps, one, other):
    """The more courteous of two drafts is expected to do no worse."""
    rude, polite = (expected_effect(tension, does(steps, value), (), None) for value in sorted((one, other)))
    assert polite.expected <= rude.expected


@given(STEPS, REMARKS, TENSION, TENSION)
def test_a_hotter_chat_is_expected_to_stay_the_hotter_one(steps, remarks, one, other):
    """The same draft does not turn two chats round."""
    cool, hot = (expected_effect(tension, does(steps), remarks, None) for tension in sorted((one, other)))
    assert cool.expected <= hot.expected
    assert cool.low <= hot.low
    assert cool.high <= hot.high


def test_the_next_step_is_worth_more_than_the_same_step_out_of_turn():
    """Solving before listening helps less than solving in its turn."""
    early = expected_effect(80, does({Step.SOLVE: 1.0}), (), Step.LISTEN)
    due = expected_effect(80, does({Step.SOLVE: 1.0}), (), Step.SOLVE)
    assert due.expected < early.expected < 80


def test_a_harm_that_nobody_has_measured_widens_the_range():
    """It may be nothing at all, and it may be more than was assumed."""
    kind = "policy_wall"
    assert kind in TABLE.assumed
    plain = expected_effect(60, does({}), (), None)
    assumed = expected_effect(60, does({}), [Remark(0, 1, kind, REASONS[kind])], None)
    assert assumed.low == plain.low
    assert assumed.high - assumed.low > plain.high - plain.low


def test_the_ends_of_the_range_rise_with_the_expectation():
    """From knot to knot, in a straight line between them; never below 0, never above 100."""
    found = [ends(value / 2) for value in range(201)]
    assert found == sorted(found)
    assert all(0 <= low <= high <= 100 for low, high in found)
    assert [ends(knot) for knot, _, _ in RANGE] == [(low, high) for _, low, high in RANGE]


def test_a_dismissive_draft_is_expected_to_do_worse_than_a_caring_one():
    """The comparison that an agent sees before sending."""
    caring = expected_effect(60, does({Step.EMPATHIZE: 0.9, Step.OWN: 0.9}), review(GOOD), Step.EMPATHIZE)
    dismissive = expected_effect(60, does({}), review("As I said, there is nothing I can do."), Step.EMPATHIZE)
    assert dismissive.expected > 60 > caring.expected
    assert dismissive.low > caring.low
    assert dismissive.high > caring.high


def test_the_words_behind_an_expectation_are_shown_with_their_points(engine):
    """Faults raise it, steps lower it; every span is where its words are."""
    draft = "I am so sorry about the delay. Please calm down."
    state = Conversation("c", tension=70.0)
    reading = engine.read(Message("d", 1, Role.AGENT, draft, START), state)
    found = because(draft, 70.0, reading, review(draft), None)
    assert [draft[one.start : one.end] for one in found] == [one.text for one in found]
    points = {one.kind: one.points for one in found}
    assert points["calm_down"] == TABLE.harm["calm_down"]
    assert points["apologize"] < 0
    assert "sorry" in next(one.text for one in found if one.kind == "apologize")


@given(st.text(max_size=200), TENSION, STEPS, REMARKS, NEXT)
def test_any_draft_has_reasons_within_its_bounds(draft, tension, steps, remarks, next_step):
    """A step that no words show spans all of the draft; there are few reasons, in the order of the draft."""
    inside = [one for one in remarks if one.end <= len(draft)]
    found = because(draft, tension, does(steps), inside, next_step)
    assert len(found) <= 12
    assert list(found) == sorted(found, key=lambda one: one.start)
    assert all(0 <= one.start <= one.end <= len(draft) and abs(one.points) >= 0.1 for one in found)
