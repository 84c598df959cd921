"""Which phrases are offered: filled ones, of the cause, one a tone, and never the same line twice in a chat."""

from dataclasses import replace

from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.phrasing.choose import FILLED_IN, MOST, choose
from assist.playbook.match import match
from assist.playbook.schema import TONES
from assist.reading import Cause

STATE = Conversation("c", tension=60, cause=Cause("delivery", 0.9), run=1, contacts=3, said=(frozenset(),))
FACTS = {"contact": "third", "times": "three times", "order": "48213", "problem": "where is my order"}


def test_the_three_tones_stand_in_their_order(engine: Engine) -> None:
    """So that a key always gives the same tone."""
    found = match(engine.playbooks, STATE)
    assert found.step is not None
    assert tuple(item.tone for item in choose(STATE, found.step, found.entries)) == TONES


def test_phrases_speak_of_what_the_customer_told(engine: Engine) -> None:
    """Where facts are known, every phrase offered uses one and none has a gap."""
    state = replace(STATE, facts=FACTS)
    found = match(engine.playbooks, state)
    assert found.step is not None
    offered = choose(state, found.step, found.entries)
    assert all(any(value in item.text for value in FACTS.values()) for item in offered), offered
    assert not any(item.missing for item in offered)


def test_no_line_comes_back_until_there_are_none_left(engine: Engine) -> None:
    """Every line of the step is offered once, but for those that claim what nobody has told."""
    found = match(engine.playbooks, STATE)
    assert found.step is not None
    state, seen = STATE, list[str]()
    while offered := choose(state, found.step, found.entries):
        assert len(offered) <= MOST
        seen += [item.key for item in offered]
        state = replace(state, gone=state.gone | {item.key for item in offered})
    lines = [
        phrase.key
        for entry in found.entries
        for tone in entry.phrases.values()
        for phrase in tone
        if FILLED_IN.issuperset(phrase.slots)
    ]
    assert sorted(seen) == sorted(lines)


def test_two_chats_do_not_get_the_same_words(engine: Engine) -> None:
    """Variation is by conversation; the same chat always gets the same."""
    state = replace(STATE, facts=FACTS)
    found = match(engine.playbooks, state)
    assert found.step is not None
    chats = [choose(replace(state, id=f"c{n}"), found.step, found.entries) for n in range(20)]
    assert len({tuple(item.text for item in offered) for offered in chats}) > 1
    assert choose(replace(state, id="c1"), found.step, found.entries) == chats[1]
