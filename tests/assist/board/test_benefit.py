"""What stepping in can change, and how soon it has to be."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.board import benefit as room
from assist.board.benefit import RESTING, Benefit, changed, still_asks
from assist.conversation.state import Conversation, StepDone
from assist.message import Step
from assist.reading import Reading

TENSIONS = st.lists(st.floats(0, 100), min_size=1, max_size=8)
DONE = StepDone("m", 1)


def state(*levels: float, **more: Any) -> Conversation:
    """A conversation whose tension took this course."""
    trend = (
        "steady" if len(levels) < 2 or levels[-1] == levels[-2] else "rising" if levels[-1] > levels[-2] else "falling"
    )
    return Conversation("c", **{"tension": levels[-1], "levels": levels, "trend": trend, **more})


def steps(*done: Step) -> MappingProxyType[Step, StepDone]:
    """Steps that the team has done."""
    return MappingProxyType(dict.fromkeys(done, DONE))


def benefit(conversation: Conversation, asked: bool = False) -> Benefit:
    """Of a conversation in which nobody asked for somebody above, unless told otherwise."""
    return room.benefit(conversation, asked=still_asks(asked, conversation))


def asks_above() -> Reading:
    """Their last message asks for a supervisor."""
    return replace(Reading(), acts=MappingProxyType({"supervisor": 0.9}))


@pytest.mark.parametrize(
    ("levels", "low", "high"),
    [
        ((10,), RESTING, RESTING),
        ((10, 10, 10), RESTING, RESTING),
        ((90, 60, 40), RESTING, RESTING),
        ((70, 70, 70), 0.6, 0.7),
        ((10, 15, 20), 0.3, 0.5),
        ((10, 30, 50), 0.7, 0.9),
        ((20, 45, 70), 0.9, 1.0),
        ((20, 45, 75), 1, 1),
    ],
)
def test_soon_is_the_distance_at_the_pace_of_the_last_messages(levels: tuple[float, ...], low: float, high: float):
    """Calm, steady and falling ones have time; a steep or a near one has not."""
    assert low <= benefit(state(*levels)).soon <= high


def test_a_safety_signal_is_now_whatever_the_tension():
    """Somebody who is in danger may write very calmly; the words say which signal it is."""
    found = benefit(state(10, alarms=MappingProxyType({"distress": 0.7})))
    assert found.soon == 1
    assert found.because == ("a safety signal: distress",)


def test_a_rising_one_says_how_far_it_is():
    """In messages of the customer."""
    assert benefit(state(10, 30, 50)).because == ("critical in about 2 messages",)
    assert benefit(state(20, 45, 70)).because == ("critical with the next message",)


@given(TENSIONS, st.floats(0, 100))
def test_a_steeper_rise_is_never_less_soon(levels: list[float], more: float):
    """With the last message hotter, or as hot."""
    hotter = [*levels[:-1], min(100.0, levels[-1] + more)]
    assert 0 <= benefit(state(*levels)).soon <= benefit(state(*hotter)).soon <= 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"heard": asks_above()}, "asks for somebody above"),
        ({"next_step": Step.ESCALATE}, "the next step is to escalate"),
        ({"next_step": Step.BOUNDARY}, "the next step is a boundary"),
        ({"refusals": 2}, "several offers turned down"),
        (
            {"steps": steps(Step.EMPATHIZE, Step.APOLOGIZE, Step.OWN, Step.SOLVE)},
            "the agent has done the usual steps and it is still tense",
        ),
    ],
)
def test_what_only_somebody_above_can_do_raises_the_change(more: dict[str, Any], words: str):
    """Each says why in its own words."""
    found = benefit(state(60, 60, **more))
    assert found.change > benefit(state(60, 60)).change
    assert words in found.because


@pytest.mark.parametrize(
    ("levels", "more", "words"),
    [((60, 60), {"next_step": Step.SOLVE}, "the agent has steps left"), ((60, 40), {}, "cools down by itself")],
)
def test_what_goes_well_without_her_lowers_it(levels: tuple[float, ...], more: dict[str, Any], words: str):
    """An agent with a good next move, a customer who calms down."""
    found = benefit(state(*levels, **more))
    assert found.change < benefit(state(60, 60)).change
    assert found.because == (words,)


def test_an_agent_whose_offers_were_turned_down_has_no_steps_left():
    """Nor one whose customer wants somebody else."""
    for more in ({"refusals": 2}, {"heard": asks_above()}):
        assert "the agent has steps left" not in benefit(state(60, next_step=Step.SOLVE, **more)).because


def test_the_wish_for_somebody_above_outlasts_its_message_until_somebody_was_brought_in():
    """What they write next does not take it back."""
    assert "asks for somebody above" in benefit(state(60, 80), asked=True).because
    escalated = state(60, 80, steps=steps(Step.ESCALATE), heard=asks_above())
    assert "asks for somebody above" not in benefit(escalated, asked=True).because


def test_one_who_falls_after_a_safety_signal_does_not_cool_by_itself():
    """What was said stays said."""
    found = benefit(state(80, 60, alarms=MappingProxyType({"threat": 0.9})))
    assert "cools down by itself" not in found.because


def test_change_is_at_most_one():
    """However much speaks for it."""
    assert changed(0.9, [("a", 1.8), ("b", 2.0)]) == 1
    assert changed(0.9, [("a", 0.0)]) == 0
