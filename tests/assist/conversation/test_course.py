"""The course of a conversation: running numbers over both sides, bounded, and kind to old readings."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.course import HELPED, USUAL, Course, go_on
from assist.message import Role, Step
from assist.reading import Reading

HEARD = (Role.CUSTOMER, Role.AGENT, Role.BOT)


def acting(**acts: float) -> Reading:
    """A reading of acts alone."""
    return Reading(acts=acts)


def after(*told: tuple[Role, Reading]) -> Course:
    """The course after these messages."""
    course = Course()
    for role, reading in told:
        course = go_on(course, role, reading)
    return course


def test_hostility_counts_when_it_is_answered_in_kind() -> None:
    """One side alone makes no quarrel."""
    hostile, plain = acting(strife=0.9), acting(strife=0.01)
    alone = after((Role.CUSTOMER, hostile), (Role.AGENT, plain), (Role.CUSTOMER, hostile))
    both = after((Role.CUSTOMER, hostile), (Role.AGENT, hostile), (Role.CUSTOMER, hostile))
    assert alone.retorts < 0.05
    assert both.retorts > 1


def test_sympathy_in_the_words_of_a_quarrel_is_no_quarrel() -> None:
    """ "That would make me furious too" is a step, not strife."""
    furious = {"strife": 0.9}
    felt = after((Role.AGENT, Reading(acts=furious, steps={Step.EMPATHIZE: 1.0})))
    meant = after((Role.AGENT, Reading(acts=furious)))
    assert felt.strife < meant.strife
    assert felt.agent == 0


@pytest.mark.parametrize(
    ("answer", "unanswered"),
    [
        (Reading(), 0),
        (Reading(steps={Step.SOLVE: 0.9}, acts={"question": 0.9}), 0),
        (acting(dismissive=0.9), 1),
        (acting(handoff=0.9), 1),
        (acting(fails=0.9), 1),
        (acting(question=0.9), 1),
    ],
)
def test_a_question_stays_open_until_it_is_answered(answer: Reading, unanswered: int) -> None:
    """A brush-off, a failure or a question back is no answer; asking again then counts."""
    asked = acting(question=0.9)
    assert after((Role.CUSTOMER, asked), (Role.AGENT, answer), (Role.CUSTOMER, asked)).unanswered == unanswered


def test_readings_that_no_scorer_made_leave_the_means_as_they_are() -> None:
    """Recorded before there were scorers: what was not read is not calm."""
    course = after(*[(Role.CUSTOMER, Reading())] * 5)
    assert course.derail == pytest.approx(USUAL)
    assert course.strife == pytest.approx(USUAL)
    insulted = after((Role.CUSTOMER, Reading(signals={**Reading().signals, "abuse": 0.9})))
    assert insulted.strife > USUAL


def test_what_was_long_ago_weighs_less() -> None:
    """A quarrel at the beginning fades under calm words."""
    hostile, calm = (Role.CUSTOMER, acting(strife=0.9, derail=0.9)), (Role.CUSTOMER, acting(strife=0.05, derail=0.05))
    early, late = after(hostile, *[calm] * 6), after(*[calm] * 6, hostile)
    assert early.strife < late.strife
    assert early.derail < late.derail


def test_an_answer_that_takes_a_step_helps() -> None:
    """And one that takes none does not."""
    assert after((Role.AGENT, Reading(steps={Step.OWN: 0.9}))).helped > HELPED
    assert after((Role.AGENT, Reading(steps={Step.OWN: 0.1}))).helped < HELPED


@given(
    st.lists(
        st.tuples(
            st.sampled_from(HEARD),
            st.dictionaries(
                st.sampled_from(["strife", "derail", "fails", "question", "repetition", "impatience"]), st.floats(0, 1)
            ),
        ),
        max_size=60,
    )
)
def test_every_number_is_bounded_however_long_the_chat(told: list[tuple[Role, dict[str, float]]]) -> None:
    """Fading sums stay below ten, means within what they are means of."""
    numbers = asdict(after(*((role, Reading(acts=acts)) for role, acts in told)))
    assert all(-5.0 <= number <= 10.0 + 1e-9 for number in numbers.values())
