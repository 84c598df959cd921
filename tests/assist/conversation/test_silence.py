"""Silence as the fold is told of it: when an answer is awaited, what is said then, and that it ends with a word."""

import pytest

from assist.conversation.silence import awaited, next_after, wait
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard, Silence, Told, Waited
from assist.errors import PlaybookProblems
from assist.message import Step
from assist.playbook.parse import parse
from tests.assist.playbook.sets import with_extra
from tests.conftest import Talk

ASKED = "I can't log in since yesterday, and I need my files."
ANSWER = "I'm sorry about that. Which email address is on the account?"
SOLVED = "I'm sorry. I've sent you a new reset link; it is in your inbox now."


def said(talk: Talk, minutes: int) -> Waited:
    """A silence in a talk."""
    waited = talk.engine.wait(talk.state, Silence(minutes))
    talk.state = waited.conversation
    return waited


def texts(made: Waited | Heard) -> set[str]:
    """What is offered."""
    return {item.text for item in made.advice.suggestions}


def test_an_answer_is_awaited_once_both_have_spoken_and_the_team_last(talk: Talk):
    """Not of somebody who has not written, and not while they wait for us."""
    assert not awaited(talk.state)
    talk.agent("Hello, how can I help?")
    assert not awaited(talk.state)
    talk.customer(ASKED)
    assert not awaited(talk.state)
    talk.agent(ANSWER)
    assert awaited(talk.state)


def test_who_has_taken_leave_owes_no_answer(talk: Talk):
    """The chat is over, whether or not somebody marks it so."""
    talk.customer(ASKED)
    talk.agent(SOLVED)
    talk.customer("That works, thank you so much. Bye!")
    talk.agent("You're welcome! Is there anything else I can do for you?")
    assert Step.CLOSE in talk.state.steps
    assert not awaited(talk.state)


def test_somebody_in_danger_is_not_met_with_a_friendly_line(talk: Talk):
    """Their protocol stands, whatever the clock says."""
    talk.customer("I don't want to live any more. I will kill myself tonight.")
    before = talk.agent("I'm here with you. Are you safe right now?")
    assert not awaited(talk.state)
    assert texts(said(talk, 5)) == texts(before)


def test_a_silence_is_told_twice_and_no_more(talk: Talk):
    """The second time later; a word of theirs begins anew."""
    after = (3, 10)
    talk.customer(ASKED)
    assert next_after(talk.state, after) is None
    talk.agent(ANSWER)
    assert next_after(talk.state, after) == 3
    said(talk, 3)
    assert next_after(talk.state, after) == 10
    said(talk, 10)
    assert next_after(talk.state, after) is None
    talk.customer("Sorry, I was away.")
    talk.agent(ANSWER)
    assert next_after(talk.state, after) == 3
    assert next_after(talk.state, ()) is None


def test_what_is_offered_asks_then_leaves_it_open(talk: Talk):
    """Once whether they are there, later that it stays open; all of it in new words."""
    talk.customer(ASKED)
    answered = talk.agent(ANSWER)
    first = said(talk, 3)
    assert {item.step for item in first.advice.suggestions} == {Step.LISTEN}
    assert "They have not answered" in first.advice.reason
    assert any("come back to them" in item.text for item in first.advice.instructions)
    second = said(talk, 10)
    assert {item.step for item in second.advice.suggestions} == {Step.CLOSE}
    assert "Leave it open" in second.advice.reason
    assert not texts(answered) & texts(first)
    assert not texts(first) & texts(second)


def test_after_a_solution_it_asks_how_it_went(talk: Talk):
    """They may be trying it."""
    talk.customer(ASKED)
    talk.agent(SOLVED)
    assert "ask how it went" in said(talk, 3).advice.reason


def test_it_ends_with_a_word_of_either(talk: Talk):
    """What the team sends is not followed by the same lines, and their answer is answered."""
    talk.customer(ASKED)
    talk.agent(ANSWER)
    first = said(talk, 3)
    sent = talk.agent(first.advice.suggestions[0].text)
    assert (talk.state.silent, talk.state.silences) == (0, 1)
    assert "They have not answered" not in sent.advice.reason
    assert "Leave it open" in said(talk, 10).advice.reason
    talk.customer("Sorry, I was away. It is sam@example.org.")
    assert (talk.state.silent, talk.state.silences) == (0, 0)


def test_where_no_answer_is_awaited_a_silence_changes_nothing(talk: Talk):
    """As after an edit of what came before it."""
    talk.customer(ASKED)
    assert wait(talk.state, 5) == talk.state


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_other_languages_have_words_of_their_own_for_it(engine: Engine, language: str):
    """Lines that ask and lines that leave it open."""
    house = engine.playbooks.speaking(language).house
    assert [entry.when.quiet for entry in house.entries if entry.when.quiet] == [1, 1, 2]


def test_a_replay_takes_silences_from_the_record(talk: Talk):
    """Told again from what was recorded, every advice is the same."""
    start = talk.state
    made = [talk.customer(ASKED), talk.agent(ANSWER), said(talk, 3), said(talk, 10), talk.customer("I'm back.")]
    told = [one.silence if isinstance(one, Waited) else Told(one.message, one.reading) for one in made]
    again = list(talk.engine.replay(start, told))
    assert [(one.conversation, one.advice) for one in again] == [(one.conversation, one.advice) for one in made]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("[10, 3]", "quiet_after is a list of up to 2 numbers of minutes, each more than the one before"),
        ("[3, 3]", "each more than the one before"),
        ("[1, 2, 3]", "up to 2 numbers"),
        ("[0]", "quiet_after is 0; allowed: 1 to 10080"),
        ("3", "quiet_after must be a list"),
        ("[soon]", "quiet_after is 'soon'; a number is meant"),
    ],
)
def test_minutes_that_make_no_sense_are_refused(value: str, told: str):
    """With the line and what is allowed."""
    pack = {"packs/ours/house.yaml": f"playbook: house\npolicy:\n  quiet_after: {value}\n"}
    files = {name: text for name, text in with_extra("").items() if name != "extra.yaml"}
    with pytest.raises(PlaybookProblems) as caught:
        parse(files, pack)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("packs/ours/house.yaml", 3)
    assert told in problem.what


@pytest.mark.parametrize(("value", "minutes"), [("[5]", (5,)), ("[]", ())])
def test_a_pack_may_say_other_minutes_or_none(value: str, minutes: tuple[int, ...]):
    """What it does not say stays as it is below."""
    files = {name: text for name, text in with_extra("").items() if name != "extra.yaml"}
    below = parse(files).policy.quiet_after
    pack = {"packs/ours/house.yaml": f"playbook: house\npolicy:\n  quiet_after: {value}\n"}
    assert parse(files, pack).policy.quiet_after == minutes
    other = {"packs/ours/house.yaml": "playbook: house\npolicy:\n  forbidden: [cheerio]\n"}
    assert parse(files, other).policy.quiet_after == below == (3, 10)


def test_an_unknown_conversation_awaits_nothing():
    """Nobody has spoken."""
    assert next_after(Conversation("c"), (3, 10)) is None
