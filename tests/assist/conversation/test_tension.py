"""Tension stays in 0..100, rises with heat, falls with thanks, and cools when nobody waits."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.tension import (
    FLOORS,
    HUM,
    REST,
    TABLE,
    answer,
    band,
    cool,
    heat,
    points,
    rested,
    standing_out,
)
from assist.message import Step
from assist.reading import SIGNALS, Reading

share = st.floats(0, 1)
levels = st.floats(0, 100)
readings = st.builds(
    Reading,
    sentiment=st.floats(-1, 1),
    signals=st.fixed_dictionaries(dict.fromkeys(SIGNALS, share)).map(MappingProxyType),
    acts=st.dictionaries(st.sampled_from(["refusal", "repetition", "shouting", "contact", "reassured"]), share),
    steps=st.dictionaries(st.sampled_from(list(Step)), share),
)


def reading(sentiment: float = 0.0, **signals: float) -> Reading:
    """A reading with only these signals."""
    return Reading(sentiment=sentiment, signals=MappingProxyType({**Reading().signals, **signals}))


@pytest.mark.parametrize(
    ("tension", "word"),
    [
        (0, "calm"),
        (24.99, "calm"),
        (25, "uneasy"),
        (49.99, "uneasy"),
        (50, "tense"),
        (75, "critical"),
        (100, "critical"),
    ],
)
def test_the_bands_begin_where_the_wire_says(tension: float, word: str) -> None:
    """The lower border belongs to the band."""
    assert band(tension) == word


@given(levels, readings)
def test_tension_stays_within_0_and_100(tension: float, read: Reading) -> None:
    """Whatever is read, from whatever level."""
    assert 0 <= heat(tension, read, points(read)) <= 100
    assert 0 <= answer(tension, read) <= 100


@given(levels, readings, share)
def test_more_gratitude_never_raises_tension(tension: float, read: Reading, more: float) -> None:
    """With all else the same, thanks can only calm."""
    signals = dict(read.signals)
    thanked = replace(read, signals=MappingProxyType({**signals, "gratitude": max(signals["gratitude"], more)}))
    assert heat(tension, thanked, points(thanked)) <= heat(tension, read, points(read)) + 1e-9


@given(levels, readings, st.sampled_from(sorted(TABLE.heat)), share)
def test_more_of_what_heats_never_lowers_tension(tension: float, read: Reading, name: str, more: float) -> None:
    """Every row of the table pulls in its direction."""
    raised = max(read.signal(name), more)
    if name in SIGNALS:
        hotter = replace(read, signals=MappingProxyType({**read.signals, name: raised}))
    else:
        hotter = replace(read, acts={**read.acts, name: raised})
    assert heat(tension, hotter, points(hotter)) >= heat(tension, read, points(read)) - 1e-9


@pytest.mark.parametrize(("signal", "floor"), sorted(FLOORS.items()))
def test_safety_signals_lift_tension_at_once(signal: str, floor: float) -> None:
    """A threat is never calm, however friendly the chat was."""
    alarming = reading(**{signal: 0.5})
    assert heat(0, alarming, points(alarming)) >= floor


def test_a_customer_who_was_answered_comes_back_calmer() -> None:
    """The distance to rest shrinks a little, with time more; what is below rest stays."""
    assert REST < rested(80, 600) < rested(80, 0) < 80
    assert rested(REST / 2, 600) == REST / 2


@given(share, share, st.floats(0.01, 1))
def test_a_surer_reading_counts_more_and_a_hum_hardly(first: float, second: float, hum: float) -> None:
    """Learned probabilities are never 0: what is usual in plain messages must not add up to heat."""
    low, high = sorted((first, second))
    assert 0 <= standing_out(low, hum) <= standing_out(high, hum) <= high + 1e-9
    assert standing_out(0.02, HUM) < 0.005
    assert standing_out(1.0, hum) == pytest.approx(1.0)


def test_plain_messages_stay_at_rest_however_many() -> None:
    """Twenty of them, each with a trace of everything."""
    trace = reading(**dict.fromkeys(SIGNALS, 0.03))
    plain = replace(trace, acts=dict.fromkeys(["dissatisfied", "strife"], 0.05))
    tension = REST
    for _ in range(20):
        tension = heat(rested(tension, 30), plain, points(plain))
    assert band(tension) == "calm"


@given(st.sampled_from(sorted(TABLE.easing)), levels)
def test_no_step_of_the_agent_raises_tension(step: Step, tension: float) -> None:
    """Each one eases or leaves it."""
    assert answer(tension, Reading(steps={step: 1.0})) <= tension


def test_a_dismissive_answer_stirs() -> None:
    """The customer reads it too."""
    assert answer(40, Reading(acts={"dismissive": 1.0})) > 40


def test_sympathy_does_not_stir() -> None:
    """Words of a quarrel in a message that takes a step are not one."""
    furious = {"strife": 0.9}
    assert answer(40, Reading(acts=furious)) > 40
    assert answer(40, Reading(acts=furious, steps={Step.EMPATHIZE: 0.95})) < 40


@given(levels, st.floats(0, 1e7), st.floats(0, 1e7))
def test_cooling_goes_down_to_rest_and_never_below(tension: float, first: float, second: float) -> None:
    """The longer the pause, the cooler; what is below rest stays."""
    short, long = sorted((first, second))
    assert cool(tension, long) <= cool(tension, short) <= tension
    assert cool(tension, long) >= min(tension, REST)
