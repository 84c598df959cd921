"""Protocols first, then the cause's own words, then the house; and conditions mean what they say."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from assist.conversation.state import Conversation, StepDone
from assist.engine import Engine
from assist.message import Step
from assist.playbook.holds import TESTS, holds
from assist.playbook.match import match
from assist.playbook.schema import CONDITIONS, When
from assist.reading import Cause, Reading


def heard(**signals: float) -> Reading:
    """The customer's last message."""
    return Reading(signals=MappingProxyType({**Reading().signals, **signals}))


TENSE = Conversation(
    "c",
    tension=60,
    trend="rising",
    cause=Cause("delivery", 0.9),
    contacts=3,
    insults=1,
    refusals=1,
    run=2,
    said=(frozenset({"hello"}),),
    heard=heard(churn=0.6),
    steps={Step.LISTEN: StepDone("m2", 2)},
)
TOLD = replace(
    TENSE,
    style="assertive",
    channel="email",
    locale="de-at",
    at=datetime(2026, 3, 2, 9, 10, 30, tzinfo=UTC),
    waiting_since=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("when", "true"),
    [
        (When(), True),
        (When(bands=("tense", "critical")), True),
        (When(bands=("calm",)), False),
        (When(trend="rising"), True),
        (When(trend="falling"), False),
        (When(signals={"churn": 0.6}), True),
        (When(signals={"churn": 0.7}), False),
        (When(done=(Step.LISTEN,)), True),
        (When(done=(Step.SOLVE,)), False),
        (When(not_done=(Step.SOLVE,)), True),
        (When(not_done=(Step.SOLVE, Step.LISTEN)), False),
        (When(contacts=3), True),
        (When(contacts=4), False),
        (When(insults=1), True),
        (When(insults=2), False),
        (When(refusals=2), False),
        (When(run=2), True),
        (When(unclear=True), False),
        (When(answered=True), False),
        (When(contacts=3, bands=("calm",)), False),
        (When(styles=("reserved", "assertive")), True),
        (When(styles=("reserved",)), False),
        (When(waiting=10), True),
        (When(waiting=11), False),
        (When(channels=("chat", "email")), True),
        (When(channels=("chat",)), False),
        (When(locales=("de",)), True),
        (When(locales=("fr", "de-at")), True),
        (When(locales=("de-ch",)), False),
        (When(locales=("d",)), False),
    ],
)
def test_every_condition_must_hold(when: When, true: bool) -> None:
    """A field that is left out asks nothing."""
    assert holds(when, TOLD) is true


def test_the_cause_speaks_before_the_house(engine: Engine) -> None:
    """A late parcel gets the parcel's words first."""
    found = match(engine.playbooks, TENSE)
    assert [entry.playbook for entry in found.entries] == ["delivery", "house"]


@pytest.mark.parametrize(
    ("signals", "protocol"),
    [
        ({"abuse": 0.8}, "abuse"),
        ({"distress": 0.8, "abuse": 0.8}, "distress"),
        ({"threat": 0.9, "abuse": 0.9, "distress": 0.9}, "threat"),
    ],
)
def test_safety_outranks_everything(engine: Engine, signals: dict[str, float], protocol: str) -> None:
    """Threat before distress before abuse before any cause."""
    state = replace(TENSE, tension=80, heard=heard(**signals))
    found = match(engine.playbooks, state)
    assert {entry.playbook for entry in found.entries} == {protocol}


def test_a_protocol_that_was_followed_gives_way_to_the_real_problem(engine: Engine) -> None:
    """The limit is named once; then their parcel."""
    state = replace(TENSE, heard=heard(abuse=0.8), steps={Step.BOUNDARY: StepDone("m2", 2)})
    assert match(engine.playbooks, state).entries[0].playbook == "delivery"


def test_the_ladder_climbs_with_every_insult(engine: Engine) -> None:
    """Naming, warning, last warning, and then the supervisor."""
    rungs = [match(engine.playbooks, replace(TENSE, heard=heard(abuse=0.9), insults=count)) for count in (1, 2, 3, 4)]
    assert [rung.step for rung in rungs] == [Step.BOUNDARY, Step.BOUNDARY, Step.BOUNDARY, Step.ESCALATE]
    assert len({rung.reason for rung in rungs}) == 4


def test_before_the_customer_speaks_there_is_nothing_to_say(engine: Engine) -> None:
    """The sidebar is quiet."""
    assert match(engine.playbooks, Conversation("c")).step is None


def test_every_condition_has_a_test() -> None:
    """One that nobody looks at would hold for every chat."""
    assert set(TESTS) == set(CONDITIONS)
