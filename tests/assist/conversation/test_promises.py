"""Promises: which messages make one, its words, and by when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assist.conversation.promises import KEPT, QUOTED, promised
from assist.message import Message, Role
from assist.reading import Cue, Reading
from tests.conftest import START, Talk

PROMISE = Reading(acts={"promise": 0.7})


def said(text: str, reading: Reading = PROMISE):
    """What a message of the team promises."""
    return promised(Message("m1", 1, Role.AGENT, text, START), reading)


@pytest.mark.parametrize(
    ("text", "when", "due"),
    [
        ("I'll write to you within 24 hours.", "within 24 hours", timedelta(hours=24)),
        ("You'll have it in ten minutes.", "in ten minutes", timedelta(minutes=10)),
        ("I'll call in the next half an hour.", "in the next half an hour", timedelta(minutes=30)),
        ("You'll have it in a couple of hours.", "in a couple of hours", timedelta(hours=2)),
        ("It arrives in 2 weeks.", "in 2 weeks", timedelta(weeks=2)),
        ("It will arrive within 3-5 business days.", "within 3-5 business days", None),
        ("I'll get back to you by Friday.", "by Friday", None),
        ("I will check TODAY and tell you.", "TODAY", None),
        ("You will hear from me by the end of the day.", "by the end of the day", None),
        ("I'll call you at 5 pm.", "at 5 pm", None),
        ("I'll send it this evening.", "this evening", None),
        ("I'll look into it soon.", "", None),
        ("I'll let you know.", "", None),
    ],
)
def test_the_time_is_read_from_the_words(text: str, when: str, due: timedelta | None):
    """A moment only where it is counted from the message; what hangs on the customer's clock stays words."""
    promise = said(text)
    assert promise is not None
    assert promise.when == when
    assert promise.due == (START + due if due else None)


def test_only_the_sentence_that_promises_is_quoted():
    """By the words that made it one; the whole message where no words are known."""
    text = "I see what went wrong. I'll write to you by noon. Thank you for waiting 3 days."
    start = text.index("I'll")
    cue = Cue(start, start + 10, "promise", "promises", 0.7)
    assert said(text, replace(PROMISE, cues=(cue,))).text == "I'll write to you by noon."
    assert said(text).text == text
    assert len(said("I'll do it. " * 100).text) == QUOTED


def test_what_promises_nothing_is_no_promise():
    """Below one half neither the act nor the step counts."""
    assert said("I'm sorry.", Reading(acts={"promise": 0.4})) is None


def test_a_chat_remembers_the_promises_of_the_team_only(talk: Talk):
    """In their order, the customer's own are none of ours, and it forgets the oldest."""
    talk.customer("I'll call you tomorrow about my order.")
    for number in range(KEPT + 3):
        talk.agent(f"I'll write to you within {number + 1} hours.")
    promises = talk.state.promises
    assert len(promises) == KEPT
    assert promises[-1].text == f"I'll write to you within {KEPT + 3} hours."
    assert [promise.message for promise in promises] == sorted(
        (promise.message for promise in promises), key=lambda name: int(name[1:])
    )


def test_a_step_remembers_who_did_it_and_when(talk: Talk):
    """The checklist tells the message, its writer and its time."""
    talk.customer("My parcel is late!")
    done = talk.say("bot", "I'm so sorry that your parcel is late.").advice.steps
    line = next(line for line in done if line.done)
    assert (line.by, line.role, line.at) == ("m2", Role.BOT, talk.at)
