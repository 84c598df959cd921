"""The forecast is a probability that moves the way a person would expect, whatever the conversation was before."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.course import Course
from assist.conversation.fold import fold
from assist.conversation.forecast import BASE, WEIGHTS, features, risk
from assist.conversation.state import Conversation
from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Reading
from tests.conftest import START

share = st.floats(0, 1)
acts = st.sampled_from(["strife", "derail", "dissatisfied", "fails", "question", "refusal", "repetition", "contact"])
readings = st.builds(
    Reading,
    sentiment=st.floats(-1, 1),
    signals=st.fixed_dictionaries(dict.fromkeys(SIGNALS, share)).map(MappingProxyType),
    acts=st.dictionaries(acts, share),
    steps=st.dictionaries(st.sampled_from(list(Step)), share),
    politeness=share,
)
chats = st.lists(st.tuples(st.sampled_from([Role.CUSTOMER, Role.AGENT]), readings), max_size=6)


def told(chat: list[tuple[Role, Reading]]) -> Conversation:
    """The conversation after these messages, one a minute."""
    state = Conversation("c")
    for seq, (role, reading) in enumerate(chat, 1):
        state = fold(state, Message(f"m{seq}", seq, role, "words", START + timedelta(minutes=seq)), reading)
    return state


def louder(reading: Reading, name: str, strength: float) -> Reading:
    """The reading with more of a signal or an act."""
    if name in SIGNALS:
        more = max(strength, reading.signals[name])
        return replace(reading, signals=MappingProxyType({**reading.signals, name: more}))
    return replace(reading, acts={**reading.acts, name: max(strength, reading.acts.get(name, 0.0))})


@given(chats, readings, st.sampled_from(["abuse", "threat", "anger", "frustration", "dissatisfied", "churn"]), share)
def test_what_is_hostile_never_lowers_the_risk(
    chat: list[tuple[Role, Reading]], last: Reading, name: str, strength: float
) -> None:
    """An insult, whatever was said before it and beside it."""
    plain = told([*chat, (Role.CUSTOMER, last)])
    worse = told([*chat, (Role.CUSTOMER, louder(last, name, strength))])
    assert 0 <= plain.risk <= worse.risk + 1e-9 <= 1 + 1e-9


@given(chats, readings, share)
def test_thanks_never_raise_the_risk(chat: list[tuple[Role, Reading]], last: Reading, strength: float) -> None:
    """With all else the same."""
    plain = told([*chat, (Role.CUSTOMER, last)])
    assert told([*chat, (Role.CUSTOMER, louder(last, "gratitude", strength))]).risk <= plain.risk + 1e-9


@given(chats, readings, st.sampled_from(["fails", "dismissive", "strife"]), share)
def test_a_bad_answer_never_lowers_the_risk(
    chat: list[tuple[Role, Reading]], last: Reading, name: str, strength: float
) -> None:
    """The customer reads it too."""
    plain = told([*chat, (Role.AGENT, last)])
    assert told([*chat, (Role.AGENT, louder(last, name, strength))]).risk >= plain.risk - 1e-9


@pytest.mark.parametrize("name", sorted(WEIGHTS))
def test_every_weight_has_the_sign_that_a_person_would_give_it(name: str) -> None:
    """Politeness and help lower the risk, all else raises it."""
    assert WEIGHTS[name] < 0 if name in ("polite", "helped") else WEIGHTS[name] > 0


def test_features_are_those_that_have_a_weight_and_none_is_seen_in_nothing() -> None:
    """So that a conversation in which nothing was said has the base risk."""
    seen = Conversation("c").seen
    assert seen.keys() == WEIGHTS.keys()
    assert {name for name, value in seen.items() if value} == {"level"}
    assert risk(dict.fromkeys(WEIGHTS, 0.0), base=0.0) == 0.5
    assert Conversation("c").risk < 0.05


def test_rising_is_worse_than_falling_to_the_same_level() -> None:
    """The course counts, not only where it stands."""
    none = {"refusals": 0, "insults": 0, "contacts": 0, "churn": 0.0, "alarm": 0.0}
    rising, falling = (
        features(Course(), levels, 40.0, **none) for levels in ([10.0, 15.0, 30.0, 40.0], [10.0, 65.0, 50.0, 40.0])
    )
    assert risk(rising) > risk(falling)


def test_a_plain_question_with_a_plain_answer_has_a_low_risk() -> None:
    """Below a tenth: an alert board full of calm chats is no board."""
    asked = Reading(acts={"question": 0.9, "strife": 0.05, "derail": 0.2}, politeness=0.6)
    answered = Reading(acts={"strife": 0.05, "derail": 0.2}, steps={Step.SOLVE: 0.8}, politeness=0.6)
    assert told([(Role.CUSTOMER, asked), (Role.AGENT, answered), (Role.CUSTOMER, asked)]).risk < 0.1
    assert BASE < 0
