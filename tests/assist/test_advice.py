"""What stands beside the phrases: instructions, in their order, and the version that they come from."""

from dataclasses import replace

from assist.advice import advise
from assist.conversation.state import Conversation
from assist.playbook.parse import parse
from assist.reading import Cause
from tests.assist.playbook.sets import made, with_extra

DOES = """  - step: solve
    reason: First.
    priority: 5
    does: [Open the order., "Check <b>the price</b>."]
  - step: solve
    reason: Then.
    priority: 4
    critical: true
    does: [Ask your lead., Open the order.]
  - step: own
    reason: Not now.
    does: [Write your name.]
"""
BOOKING = Conversation("c", cause=Cause("booking", 0.9), run=1, said=(frozenset({"hello"}),))


def test_instructions_of_the_step_come_with_the_critical_ones_first() -> None:
    """None twice, and none of another step."""
    _, advice = advise(made(DOES), BOOKING, BOOKING)
    assert [(item.text, item.critical, item.rule) for item in advice.instructions] == [
        ("Ask your lead.", True, "extra.solve"),
        ("Open the order.", False, "extra.solve"),
        ("Check <b>the price</b>.", False, "extra.solve"),
    ]


def test_phrases_stand_beside_instructions() -> None:
    """What is to be done does not take the words away."""
    _, advice = advise(made(DOES), BOOKING, BOOKING)
    assert len(advice.suggestions) == 3


def test_a_step_that_is_only_done_says_so() -> None:
    """An empty sidebar is explained."""
    protocol = """playbook: extra
title: Only to do
interrupt: {signal: churn, at_least: 0.5}
steps:
  - step: escalate
    reason: Call.
    does: [Call the lead.]
"""
    leaving = replace(BOOKING, alarms={"churn": 0.9})
    _, advice = advise(parse(with_extra(protocol)), leaving, leaving)
    assert [item.text for item in advice.instructions] == ["Call the lead."]
    assert advice.suggestions == ()
    assert [item.because for item in advice.not_shown] == ["this is something to do, not to say"]


def test_every_phrase_carries_the_version_of_its_set() -> None:
    """So that it can be traced to the words in force then."""
    playbooks = made(DOES)
    _, advice = advise(playbooks, BOOKING, BOOKING)
    assert {item.version for item in advice.suggestions} == {playbooks.version}
