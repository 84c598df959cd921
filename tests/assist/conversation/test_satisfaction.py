"""How it was for the customer: the question is known when it is asked, and an answer from what is none."""

import pytest

from assist.conversation.satisfaction import Answer, answer, asked
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Step
from assist.phrasing.slots import fill
from tests.conftest import Talk

FIVE, TEN, PLAIN = 5, 10, 0


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("How satisfied are you with how this went, from 1 to 5?", FIVE),
        ("Would you give us a mark from 1-10?", TEN),
        ("Wie zufrieden sind Sie, von 1 bis 5?", FIVE),
        ("Was your problem solved today, yes or no?", PLAIN),
        ("One line on what went well or badly is enough.", PLAIN),
        ("Is there anything else I can do for you?", None),
        ("Please press 1 to 5 seconds long.", None),
        ("", None),
    ],
)
def test_a_question_is_told_by_its_words(text: str, scale: int | None) -> None:
    """With the scale that it names."""
    assert asked(text) == scale


def test_every_line_of_the_house_that_asks_how_it_was_is_known(engine: Engine) -> None:
    """Else their answers would be taken for something new."""
    house = engine.playbooks.house
    (entry,) = [item for item in house.by_step[Step.CLOSE] if item.when.done == (Step.CLOSE,)]
    lines = [fill(phrase, {"name": "Maria"})[0] for tone in entry.phrases.values() for phrase in tone]
    assert [line for line in lines if asked(line) is None] == []


@pytest.mark.parametrize(
    ("text", "scale", "score", "content"),
    [
        ("4", FIVE, 4, True),
        ("5/5!", FIVE, 5, True),
        ("a solid 3", FIVE, 3, None),
        ("I'd give it a two", FIVE, 2, False),
        ("4 out of 5, thanks", FIVE, 4, True),
        ("9/10", FIVE, 9, True),
        ("7", TEN, 7, True),
        ("\u2b50\u2b50\u2b50\u2b50", FIVE, 4, True),
        ("5 stars", PLAIN, 5, True),
        ("very satisfied", FIVE, None, True),
        ("Yes, thank you", PLAIN, None, True),
        ("No", PLAIN, None, False),
        ("not really good", PLAIN, None, False),
        ("terrible", FIVE, None, False),
    ],
)
def test_an_answer_is_read(text: str, scale: int, score: int | None, content: bool | None) -> None:
    """A figure, stars or plain words."""
    said = answer(text, scale)
    assert said is not None
    assert (said.score, said.content, said.bare) == (score, content, True)


def test_what_is_said_beside_a_mark_is_seen() -> None:
    """It may ask for more than thanks."""
    assert answer("2, it still does not work", FIVE) == Answer(2, FIVE, content=False, bare=False)


@pytest.mark.parametrize(
    "text",
    ["4 days ago you said it was fixed", "48213", "6", "0", "4.50", "4:30", "wait, one more thing", "", "where is it?",
     "I have had 3 emails and no parcel", "yes but where is my parcel", "5" * 300],
)  # fmt: skip
def test_something_else_is_no_answer(text: str) -> None:
    """A figure that counts something, one beyond the scale, words about something new."""
    assert answer(text, FIVE) is None


def closed(engine: Engine) -> Talk:
    """A chat that was settled and ended with the question how it was."""
    talk = Talk(engine, Conversation("talk"))
    talk.customer("Hi, how do I change my password?")
    talk.agent("Open Settings, choose Security, and press Change password. You'll get a code on your phone.")
    talk.customer("That worked, thank you!")
    talk.agent("You're welcome! Is there anything else I can do for you?")
    talk.customer("That's all, goodbye!")
    talk.agent("Thank you, and goodbye. How satisfied are you with how this went, from 1 to 5?")
    return talk


@pytest.mark.parametrize("text", ["4", "5 stars!", "2", "very satisfied"])
def test_a_mark_is_thanked_for_and_the_chat_stays_closed(engine: Engine, text: str) -> None:
    """Whatever it is."""
    talk = closed(engine)
    heard = talk.customer(text)
    assert heard.conversation.rated
    assert heard.advice.next_step is Step.CLOSE
    assert {item.rule for item in heard.advice.suggestions} == {"house.close"}
    assert not any("?" in item.text for item in heard.advice.suggestions)
    assert talk.agent(heard.advice.suggestions[0].text).advice.next_step is None


@pytest.mark.parametrize("text", ["2, and it still does not work!", "No", "Where do I find the code?"])
def test_who_has_not_finished_is_helped_on(engine: Engine, text: str) -> None:
    """A problem beside the mark, a no to whether it was solved, a new question."""
    talk = closed(engine)
    if text == "No":
        talk.agent("Was your problem solved today, yes or no?")
    heard = talk.customer(text)
    assert not heard.conversation.rated
    assert heard.advice.next_step is not Step.CLOSE


def test_a_figure_later_on_is_no_answer(engine: Engine) -> None:
    """The question stands for one message."""
    talk = closed(engine)
    talk.customer("Oh wait, I forgot: I need new keys for the office.")
    talk.agent("How many do you need?")
    assert not talk.customer("4").conversation.rated
