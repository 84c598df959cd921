"""Acts of customers and agents."""

import pytest

from assist.message import Role
from assist.text import normalise
from tests.assist.signals.conftest import Read

CUSTOMER = [
    ("refusal", "No thanks"),
    ("refusal", "I don't want a voucher"),
    ("refusal", "That's not good enough"),
    ("refusal", "That doesn't help me"),
    ("refusal", "I refuse to accept this"),
    ("refusal", "No."),
    ("refusal", "@shop no, thanks"),
    ("refusal", "I don't want that"),
    ("contact", "This is the third time I'm writing"),
    ("contact", "I have called four times"),
    ("contact", "As I said in my last message"),
    ("reassured", "Okay, that works for me"),
    ("reassured", "Fair enough"),
    ("reassured", "Okay, thank you"),
    ("reassured", "Great!"),
    ("swearing", "what the hell is this shit"),
    ("question", "What now"),
    ("question", "It comes when?"),
    ("shouting", "I WANT MY MONEY BACK"),
    ("shouting", "Answer me!!!"),
]
NOT_CUSTOMER = [
    ("refusal", "My phone does not work"),
    ("refusal", "You refuse to help me"),
    ("refusal", "unacceptable"),
    ("refusal", "This is unacceptable!"),
    ("refusal", "That's ridiculous"),
    ("refusal", "No, it is the blue one"),
    ("refusal", "There is no way to reach anybody"),
    ("refusal", "It doesn't work"),
    ("reassured", "so what now?"),
    ("reassured", "Ok. Now what?"),
    ("reassured", "Great, another delay. Just what I needed."),
    ("reassured", "That's fine, but when does it come?"),
    ("reassured", "I'll send a picture if that's okay"),
    ("reassured", "Sure, how much is it?"),
    ("contact", "Once again they left it outside"),
    ("contact", "I have two emails on my account"),
    ("contact", "This is the third one that broke"),
    ("shouting", "My TV and DVD player arrived"),
    ("shouting", "OK"),
    ("swearing", "I bought a class assistant in Scunthorpe"),
    ("question", "It is here."),
]
AGENT = [
    ("promise", "You'll have it by Friday"),
    ("promise", "I'll call you back tomorrow"),
    ("dismissive", "Calm down please"),
    ("dismissive", "There's nothing we can do"),
    ("dismissive", "That is not our problem"),
    ("dismissive", "You should have read the terms"),
    ("handoff", "Please contact our billing department"),
    ("handoff", "I'll transfer you to another team"),
]


@pytest.mark.parametrize(("act", "text"), CUSTOMER)
def test_a_customers_act_is_noticed(read: Read, act: str, text: str):
    """Each line of the table is noticed clearly."""
    assert read(text).acts.get(act, 0) >= 0.4


@pytest.mark.parametrize(("act", "text"), NOT_CUSTOMER)
def test_a_near_miss_is_no_act(read: Read, act: str, text: str):
    """Words that only look like an act are none."""
    assert act not in read(text).acts


@pytest.mark.parametrize(("act", "text"), AGENT)
def test_an_agents_act_is_noticed(read: Read, act: str, text: str):
    """Promises, brushing off and passing on are read in the agent's messages."""
    assert read(text, Role.AGENT).acts.get(act, 0) >= 0.7


@pytest.mark.parametrize(
    "text", ["I'm sorry to hear that, let me have a look", "Thank you for your patience", "Which colour did you order?"]
)
def test_a_good_answer_is_not_dismissive(read: Read, text: str):
    """A friendly line sets none of the acts that stir."""
    assert not {"dismissive", "handoff"} & read(text, Role.AGENT).acts.keys()


def said(text: str) -> frozenset[str]:
    return frozenset(normalise(text).words)


def test_the_same_words_again_are_a_repetition(read: Read):
    """A message that says what an earlier one of the same chat said, over the repeated words."""
    before = (said("My parcel with the blue lamp never arrived"), said("hello"))
    text = "The parcel with my blue lamp has never arrived!"
    reading = read(text, said=before)
    assert reading.acts["repetition"] >= 0.6
    cue = next(cue for cue in reading.cues if cue.kind == "repetition")
    assert text[cue.start : cue.end] == "parcel with my blue lamp has never arrived"


def test_new_words_are_no_repetition(read: Read):
    """Another matter in the same chat is not a repetition, nor is a short word."""
    before = (said("My parcel with the blue lamp never arrived"),)
    assert "repetition" not in read("The invoice shows a wrong amount", said=before).acts
    assert "repetition" not in read("never arrived", said=before).acts
