"""The customer's way of writing changes which line of a step is offered, and never its tone's place."""

from dataclasses import replace

import pytest

from assist.conversation.style import STYLES
from assist.engine import Engine
from assist.message import Step
from assist.phrasing.choose import choose
from assist.phrasing.suit import HURRIED, SUITS, suits
from assist.playbook.match import match
from assist.playbook.schema import SHORT, TONES, Phrase
from tests.assist.phrasing.test_choose import FACTS, STATE

CHATS = 40
TOLD = {**FACTS, "waiting": "two weeks", "date": "Monday"}


def offered(engine: Engine, style: str) -> list[str]:
    """What is offered at one step over some chats with a customer of this style."""
    lines = []
    for number in range(CHATS):
        state = replace(STATE, id=f"c{number}", style=style, facts=TOLD)
        found = match(engine.playbooks, state)
        assert found.step is not None
        items = choose(state, found.step, found.entries)
        assert tuple(item.tone for item in items) == TONES
        lines += [item.text for item in items]
    return lines


def mean(lines: list[str]) -> float:
    """Words in a line."""
    return sum(len(line.split()) for line in lines) / len(lines)


def test_an_assertive_customer_gets_shorter_lines(engine: Engine) -> None:
    """Of those that say equally much."""
    assert mean(offered(engine, "assertive")) < mean(offered(engine, "")) - 1


def short(lines: list[str]) -> float:
    """The share of short lines."""
    return sum(len(line.split()) <= SHORT for line in lines) / len(lines)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("style", ["assertive", "reserved"])
def test_who_writes_briefly_is_offered_short_lines(engine: Engine, style: str, step: Step) -> None:
    """At every step of the house, where the lines say equally much of what is known."""
    assert short(at_step(engine, step, style)) > 0.8
    assert short(at_step(engine, step, style)) > short(at_step(engine, step, ""))


@pytest.mark.parametrize("step", Step)
def test_who_shows_feelings_is_offered_full_lines(engine: Engine, step: Step) -> None:
    """A line of five words would be cold to them."""
    assert short(at_step(engine, step, "expressive")) < 0.1


def at_step(engine: Engine, step: Step, style: str) -> list[str]:
    """What the house's plain entry for a step offers over some chats with a customer of this style."""
    entry = next(entry for entry in engine.playbooks.house.by_step[step] if not entry.conditional)
    states = [replace(STATE, id=f"c{number}", style=style, slots={"name": "Maria"}) for number in range(CHATS)]
    return [item.text for state in states for item in choose(state, step, (entry,))]


def test_an_author_may_say_how_long_a_line_is() -> None:
    """Else its words do."""
    said = Phrase("k", "I am on it.", "warm", ())
    assert (said.length, replace(said, stated="full").length) == ("short", "full")
    assert suits("expressive", replace(said, stated="full")) > suits("expressive", said)
    assert suits("assertive", said) > suits("assertive", replace(said, stated="full"))


def test_an_analytical_customer_gets_more_facts(engine: Engine) -> None:
    """More of what they told stands in a line."""

    def told(lines: list[str]) -> float:
        return sum(value in line for line in lines for value in TOLD.values()) / len(lines)

    assert told(offered(engine, "analytical")) > told(offered(engine, ""))


def test_a_reserved_customer_is_not_hurried(engine: Engine) -> None:
    """Fewer lines that say now, today, right away."""

    def hurried(lines: list[str]) -> int:
        return sum(HURRIED.search(line) is not None for line in lines)

    assert hurried(offered(engine, "reserved")) <= hurried(offered(engine, ""))
    quiet = Phrase("q", "Would it help you if I looked into that?", "warm", ())
    quick = Phrase("p", "I'm fixing that right now.", "warm", ())
    assert suits("reserved", quiet) > suits("reserved", quick)


def test_an_expressive_customer_is_met_with_feeling() -> None:
    """A line that names the feeling comes before one that goes straight to the matter."""
    felt = Phrase("f", "You feel {{feeling}}, and I can see why.", "warm", ("feeling",))
    plain = Phrase("p", "I have opened your order.", "warm", ())
    assert suits("expressive", felt) > suits("expressive", plain)


def test_without_a_style_all_lines_suit(engine: Engine) -> None:
    """And every style has its way of choosing."""
    assert set(SUITS) == set(STYLES)
    for phrase in [line for entry in engine.playbooks.house.entries for line in entry.phrases["warm"]]:
        assert suits("", phrase) == 0
        assert all(0 <= suits(style, phrase) <= 9 for style in STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_the_same_chat_gets_the_same_words(engine: Engine, style: str) -> None:
    """A style changes the choice, not its repeatability."""
    assert offered(engine, style) == offered(engine, style)
