"""What the fits of tension and forecast rest on: the truth they are given, and that they judge the code that runs."""

from datetime import timedelta
from itertools import pairwise

import pytest

from assist.conversation.fold import fold
from assist.conversation.forecast import WEIGHTS
from assist.conversation.state import Conversation
from assist.conversation.tension import TABLE
from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Reading
from benchmarks import conversations, risk_fit
from benchmarks.conversations import Chat
from benchmarks.tension_fit import auc
from benchmarks.tension_table import BY_HAND, Numbers, course, loss
from tests.conftest import SHARED, START

DATA = SHARED / "data" / "dev"


def said(seq: int, role: Role, reading: Reading) -> tuple[Message, Reading]:
    """A message with its reading, one a minute."""
    return Message(f"m{seq}", seq, role, "words", START + timedelta(minutes=seq)), reading


def felt(**signals: float) -> Reading:
    """A reading with these signals."""
    return Reading(signals={**dict.fromkeys(SIGNALS, 0.0), **signals})


TALK = (
    said(1, Role.CUSTOMER, felt(frustration=0.7)),
    said(2, Role.CUSTOMER, felt(anger=0.8)),
    said(3, Role.AGENT, Reading(acts={"dismissive": 0.9})),
    said(4, Role.CUSTOMER, felt(anger=0.4)),
    said(5, Role.AGENT, Reading(steps={Step.SOLVE: 0.9})),
    said(6, Role.CUSTOMER, felt(gratitude=0.9)),
)


def test_the_fit_judges_the_tension_that_the_fold_makes() -> None:
    """The course that is fitted is the one that runs."""
    state, levels = Conversation("c"), []
    for message, reading in TALK:
        state = fold(state, message, reading)
        levels.append(state.tension)
    assert course(TALK, TABLE) == pytest.approx(levels)


def test_a_table_survives_being_a_row_of_logarithms() -> None:
    """So that where the descent starts is the table set by hand."""
    numbers = Numbers(BY_HAND)
    back = numbers.table(numbers.of(BY_HAND))
    assert back.heat == pytest.approx(BY_HAND.heat)
    assert back.easing == pytest.approx(BY_HAND.easing)
    assert back.lasting == pytest.approx(BY_HAND.lasting)
    assert numbers.of(TABLE).shape == numbers.of(BY_HAND).shape


def test_tension_that_follows_the_mood_costs_less() -> None:
    """The hidden mood of a simulated customer is the truth."""
    near = tuple(course(TALK, TABLE))
    far = tuple(100 - level for level in near)
    costs = [loss([Chat("simulated", "fit", TALK, bad=False, moods=moods)], TABLE) for moods in (near, far)]
    assert costs[0] < costs[1]


def test_the_forecast_is_fitted_with_the_weights_that_run() -> None:
    """And every one of them has a value set by hand to start from."""
    assert risk_fit.BY_HAND.keys() == WEIGHTS.keys()
    quarrel = tuple(
        said(seq, role, Reading(signals=felt(anger=0.8).signals, acts={"strife": 0.9, "derail": 0.8}))
        for seq, role in enumerate((Role.CUSTOMER, Role.AGENT, Role.CUSTOMER), 1)
    )
    chats = [Chat("simulated", "fit", TALK, bad=False)] * 20 + [Chat("simulated", "fit", quarrel, bad=True)] * 20
    fitted = risk_fit.fitted(chats)
    assert fitted.at(risk_fit.states(chats[-1])[-1]) > fitted.at(risk_fit.states(chats[0])[-1])


def test_auc_counts_pairs_in_the_right_order() -> None:
    """Ties are half right."""
    assert auc([False, True, True], [1, 2, 3]) == 100
    assert auc([False, True], [1, 1]) == 50
    assert auc([True, False], [1, 2]) == 0


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled sets are not here")
def test_nothing_that_scorers_learned_from_is_fitted_on() -> None:
    """Threads of the part `train` are left out, and two who take turns end with the customer."""
    for load in (conversations.ukp, conversations.github):
        seen = list(load(DATA, lambda messages: [(message, Reading()) for message in messages]))
        assert {chat.part for chat in seen} == {"fit", "check"}
        assert {chat.turns[-1][0].role for chat in seen} <= {Role.CUSTOMER, Role.AGENT}
        assert all(one.role is not two.role for chat in seen for (one, _), (two, _) in pairwise(chat.turns))
