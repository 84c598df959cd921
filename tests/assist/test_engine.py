"""The whole path of a message through the engine, on stories and on real chats."""

import json
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.wire import pack, unpack
from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.engine import Engine, Heard, Told
from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Reading
from assist.signals.fusion import SHOWN
from tests.conftest import START, Talk, readings, real_chats

CHATS = 250  # real conversations; each several messages


def test_the_story_of_the_third_message_about_an_order(better_engine: Engine) -> None:
    """From anger through an insult to thanks, as an agent sees it."""
    talk = Talk(better_engine, Conversation("talk", slots={"name": "Sam"}))
    first = talk.customer("This is the third time I'm writing. Where is my order? Nobody there cares.")
    assert talk.state.cause.label == "delivery"
    assert talk.state.trend == "rising"
    assert talk.state.tension >= 40
    assert first.advice.next_step is Step.LISTEN
    marked = {item.text for item in talk.state.evidence}
    assert any("third time" in text for text in marked)
    assert any("order" in text for text in marked)
    assert any("Nobody there cares" in text for text in marked)
    offered = first.advice.suggestions
    assert len(offered) == 3
    assert any("third" in item.text or "three times" in item.text for item in offered)
    assert all("order" in item.text or "third" in item.text for item in offered), [item.text for item in offered]

    answered = talk.agent(offered[0].text)
    assert next(line for line in answered.advice.steps if line.step is Step.LISTEN).by == "m2"
    assert answered.advice.next_step not in (None, Step.LISTEN)

    before_insult = talk.state.tension
    insulted = talk.customer("You're a useless idiot.")
    assert talk.state.tension > before_insult
    assert band(talk.state.tension) in ("tense", "critical")
    assert insulted.advice.next_step is Step.BOUNDARY
    assert insulted.advice.alerts[0].kind == "abuse"

    talk.agent(insulted.advice.suggestions[0].text)
    talk.agent("I have just ordered a replacement by express; it reaches you on Thursday, free of charge.")
    assert Step.SOLVE in talk.state.steps
    before_thanks = talk.state.tension
    thanked = talk.customer("Thank you so much, that's great!")
    assert before_thanks - talk.state.tension > 20
    assert talk.state.trend == "falling"
    assert thanked.advice.next_step in (Step.FOLLOW_UP, Step.CLOSE, Step.EMPATHIZE, Step.APOLOGIZE)


@pytest.mark.parametrize(
    ("text", "kind", "step"),
    [
        ("I will come to your office and break your legs", "threat", Step.ESCALATE),
        ("I can't go on any more, I just want to end it all", "distress", Step.LISTEN),
        ("shut up you stupid moron", "abuse", Step.BOUNDARY),
    ],
)
def test_a_protocol_starts_at_once_with_an_alert(talk: Talk, text: str, kind: str, step: Step) -> None:
    """Whatever was said before."""
    talk.customer("My invoice is wrong, you charged me twice.")
    heard = talk.customer(text)
    assert heard.advice.alerts[0].kind == kind
    assert heard.advice.next_step is step
    assert all(item.rule.startswith(kind) for item in heard.advice.suggestions)


def test_a_calm_question_is_simply_answered(talk: Talk) -> None:
    """No empathy for somebody who is not upset."""
    heard = talk.customer("Hello, what are your opening hours on Saturday?")
    assert band(talk.state.tension) == "calm"
    assert heard.advice.next_step is Step.SOLVE


def test_somebody_who_pours_it_out_is_let_finish(talk: Talk) -> None:
    """Wait, then sum up."""
    talk.customer("I am so angry, this is the worst service ever", pause=5)
    heard = talk.customer("you sent the wrong parcel AGAIN", pause=5)
    assert heard.advice.wait
    assert not talk.agent("I'm reading along.").advice.wait


def test_what_stands_stays_until_it_is_sent(talk: Talk) -> None:
    """Nothing jumps while the step is the same and nothing new was told; a sent line makes room for another."""
    first = talk.customer("I'm so angry about all this.").advice
    assert talk.customer("I'm really angry.").advice.suggestions == first.suggestions
    assert talk.agent("Hm.").advice.suggestions == first.suggestions
    again = Reading(acts={"question": 0.0})  # sent, but read as doing no step: the same step stays next
    sent = Message("m9", 9, Role.AGENT, first.suggestions[0].text, talk.at)
    after = talk.engine.fold(talk.state, sent, again)[1]
    assert after.next_step is first.next_step
    assert after.suggestions[1:] == first.suggestions[1:]
    assert after.suggestions[0].tone == first.suggestions[0].tone
    assert after.suggestions[0].text != first.suggestions[0].text


LINES = st.lists(
    st.tuples(
        st.sampled_from(["customer", "agent", "bot", "note"]),
        st.one_of(
            st.text(min_size=1, max_size=200),
            st.sampled_from(
                [
                    "Where is my order? This is the third time I write!!",
                    "you idiot",
                    "No, I don't want a voucher",
                    "Thank you, that helps",
                    "I'm sorry about this, I'll fix it myself",
                    "I will sue you",
                    "I'll send a replacement today",
                ]
            ),
        ).filter(lambda text: bool(text.strip()) and "\x00" not in text and text.isprintable()),
    ),
    max_size=25,
)


def play(engine: Engine, lines: list[tuple[str, str]]) -> list[Heard]:
    """What the engine makes of each line."""
    state, heard = Conversation("p", slots={"name": "Sam"}), []
    for seq, (role, text) in enumerate(lines, 1):
        heard.append(engine.hear(state, Message(f"m{seq}", seq, Role(role), text, START)))
        state = heard[-1].conversation
    return heard


@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_any_chat_gets_advice_that_holds(engine: Engine, lines: list[tuple[str, str]]) -> None:
    """Tension in range, every signal there, words behind every score that shows, and no phrase comes back once gone."""
    gone: set[str] = set()
    shown: set[str] = set()
    for item in play(engine, lines):
        assert 0 <= item.conversation.tension <= 100
        assert set(item.reading.signals) == set(SIGNALS)
        kinds = {cue.kind for cue in item.reading.cues}
        assert {name for name, value in item.reading.signals.items() if value >= SHOWN} <= kinds
        now = {suggestion.text for suggestion in item.advice.suggestions}
        assert not now & gone
        assert not any("{" in text or "}" in text for text in now)
        gone |= shown - now
        shown = now


@settings(max_examples=30, deadline=None)
@given(lines=LINES)
def test_a_replay_of_what_was_recorded_gives_the_same(engine: Engine, lines: list[tuple[str, str]]) -> None:
    """State is a fold over messages and readings: no reading is done again."""
    heard = play(engine, lines)
    told = [Told(item.message, unpack(json.loads(json.dumps(pack(item.reading))))) for item in heard]
    again = list(engine.replay(Conversation("p", slots={"name": "Sam"}), told))
    assert [item.advice for item in again] == [item.advice for item in heard]
    assert [item.conversation for item in again] == [item.conversation for item in heard]


def real_lines(count: int) -> list[str]:
    """Real chats as lines for `read`."""
    lines = []
    for chat in real_chats()[:count]:
        for turn in chat["turns"]:
            at = datetime.strptime(turn["at"], "%a %b %d %H:%M:%S %z %Y").isoformat()
            lines.append(json.dumps({"conversation": chat["id"], "role": turn["role"], "text": turn["text"], "at": at}))
    return lines


def test_real_chats_go_through_and_give_the_same_bytes_twice(engine: Engine) -> None:
    """Nothing crashes, every message gets a reading and advice, tension stays in 0..100, and no text comes back."""
    lines = real_lines(CHATS)
    first = [json.dumps(reading) for reading in readings(engine, lines)]
    assert first == [json.dumps(reading) for reading in readings(engine, lines)]
    read = [json.loads(line) for line in first]
    assert len(read) == len(lines)
    assert not any("error" in item for item in read)
    assert all(0 <= item["tension"] <= 100 for item in read)
    advised = sum(bool(item["suggestions"]) for item in read)
    assert advised > 0.8 * len(read)
    with_gap = sum(bool(s["missing"]) for item in read for s in item["suggestions"])
    assert with_gap < 0.02 * sum(len(item["suggestions"]) for item in read)


def test_on_real_chats_no_phrase_comes_back_once_it_is_gone(engine: Engine) -> None:
    """A suggestion may stand on the next message; then it is over for this chat."""
    by_chat: dict[str, list[set[str]]] = {}
    for reading in readings(engine, real_lines(CHATS)):
        by_chat.setdefault(reading["conversation"], []).append({s["text"] for s in reading["suggestions"]})
    for shown in by_chat.values():
        gone: set[str] = set()
        for before, now in pairwise([set(), *shown]):
            gone |= before - now
            assert not now & gone
