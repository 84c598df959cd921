"""Simulated chats: repeatable, finite, valid, and moved by what the agent does."""

import json
import random
import re
from datetime import datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.message import Role, Step, check_text
from assist.reading import CAUSES
from assist.simulator import (
    Customer,
    Fault,
    Heard,
    Line,
    Move,
    Profile,
    SimulatedChat,
    Temper,
    make_profile,
    transcript_lines,
)
from assist.simulator.agent_lines import FAULTS, STEPS
from assist.simulator.customer import RULES
from assist.simulator.grammar import SLOT, Speaker, facts_of, find, history_of
from assist.simulator.profile import CAUSE_WEIGHTS, TEMPERAMENTS

GOOD = dict.fromkeys((Step.LISTEN, Step.EMPATHIZE, Step.APOLOGIZE, Step.OWN), 0.9)


def profile(temper: Temper = Temper.ANNOYED, cause: str = "delivery", contacts: int = 3) -> Profile:
    return Profile("Marta Keller", temper, cause, "desk lamp", "48213", "$64.90", "Monday", contacts, 9)


def played(seed: int) -> tuple[SimulatedChat, list[Line]]:
    rng = random.Random(seed)
    chat = SimulatedChat(make_profile(rng), rng)
    lines = []
    while line := chat.next(None):
        lines.append(line)
        assert len(lines) <= 20
    return chat, lines


def as_bytes(chats: int, seed: int) -> bytes:
    return "\n".join(json.dumps(row) for row in transcript_lines(chats, seed)).encode()


def test_the_same_seed_gives_the_same_bytes():
    """A run can be repeated to the byte."""
    assert as_bytes(30, 7) == as_bytes(30, 7)


def test_another_seed_gives_other_chats():
    """Seeds are not decoration."""
    assert as_bytes(5, 7) != as_bytes(5, 8)


@given(st.integers(0, 2**64))
def test_every_chat_ends_with_valid_texts(seed):
    """Whatever the seed: 4 to 20 messages, an outcome, texts that the door would let in, no slot left open."""
    chat, lines = played(seed)
    assert 4 <= len(lines) <= 20
    assert chat.outcome in ("settled", "left", "escalated")
    assert chat.next(None) is None
    assert lines[0].role is Role.CUSTOMER
    assert lines[0].pause_seconds == 0
    for line in lines:
        check_text(line.text)
        assert not re.search(r"[{}\[\]]|  ", line.text)
        assert 0 <= line.pause_seconds <= 600
        assert 0 <= chat.customer.mood <= 100


def test_chats_of_a_floor_end_in_all_three_ways():
    """A demo floor has thanks, hand-overs and people who leave."""
    outcomes = {played(seed)[0].outcome for seed in range(150)}
    assert outcomes == {"settled", "left", "escalated"}


@given(st.integers(0, 2**32))
def test_a_profile_has_a_known_cause_and_bounded_facts(seed):
    """What a profile claims is what the engine can know."""
    drawn = make_profile(random.Random(seed))
    assert drawn.cause in CAUSES
    assert drawn.order.isdigit()
    assert 1 <= drawn.contacts <= 5
    assert 2 <= drawn.days <= 21


def test_every_rule_that_a_template_names_exists_for_every_customer():
    """No combination of cause, heat, history and temper meets a hole in the grammar."""
    slots = facts_of(profile()).keys()
    for temper in Temper:
        for cause in CAUSE_WEIGHTS:
            for contacts in (1, 3):
                customer = profile(temper, cause, contacts)
                tails = (cause, history_of(customer), temper.value)
                for heat in ("cool", "warm", "hot"):
                    open_rules(RULES, [move.value for move in Move], (heat, *tails), slots)
                open_rules({**STEPS, **FAULTS}, [step.value for step in Step], tails[:3], slots)


def open_rules(rules, names, tags, slots):
    seen = set()
    while names:
        name = names.pop()
        if name in slots or name in seen:
            continue
        seen.add(name)
        for level in find(rules, name, tags):
            for template in level:
                names += SLOT.findall(template)


def test_a_fact_with_braces_stays_a_fact():
    """Facts are put in as they are, never expanded."""
    speaker = Speaker({"open": ("it is {item}.",)}, {"item": "{item} {open}"}, random.Random(1))
    assert speaker.say("open", ()) == "It is {item} {open}."


def test_a_speaker_does_not_repeat_itself_while_other_words_are_left():
    """Three templates, three different lines."""
    speaker = Speaker({"hello": ("a", "b", "c")}, {}, random.Random(1))
    assert sorted(speaker.say("hello", ()) for _ in range(3)) == ["A", "B", "C"]


@pytest.mark.parametrize("temper", Temper)
def test_good_steps_lower_the_mood_and_faults_raise_it(temper):
    """For every temper the craft points in the same direction."""
    customer = Customer(profile(temper), random.Random(3))
    start = customer.mood = 50.0
    customer.say()
    customer.hear(GOOD)
    soothed = customer.mood
    customer.hear({}, frozenset({Fault.DISMISSIVE}))
    assert soothed < start
    assert customer.mood > soothed


def test_tempers_differ_in_their_course():
    """The same good message calms the calm more than the abusive, the same dismissal heats the furious more."""

    def course(temper, steps, faults):
        customer = Customer(profile(temper), random.Random(3))
        customer.mood = 60.0
        customer.hear(steps, faults)
        return customer.mood

    assert course(Temper.CALM, GOOD, frozenset()) < course(Temper.ABUSIVE, GOOD, frozenset()) - 10
    dismissed = frozenset({Fault.DISMISSIVE})
    assert course(Temper.FURIOUS, {}, dismissed) > course(Temper.CALM, {}, dismissed) + 10
    starts = {temper: TEMPERAMENTS[temper].start for temper in Temper}
    assert starts[Temper.GRATEFUL][1] < starts[Temper.WORRIED][0] < starts[Temper.FURIOUS][0]


def test_the_same_step_again_helps_less():
    """A second apology is worth half of the first."""
    customer = Customer(profile(), random.Random(3))
    customer.mood = 60.0
    customer.hear({Step.APOLOGIZE: 0.9})
    first = 60.0 - customer.mood
    before = customer.mood
    customer.hear({Step.APOLOGIZE: 0.9})
    assert before - customer.mood == pytest.approx(first / 2)


def test_a_heard_customer_accepts_a_solution_and_an_unheard_furious_one_does_not():
    """A solution is weighed in the mood of the moment."""
    heard = Customer(profile(Temper.CALM), random.Random(5))
    heard.hear(GOOD)
    moves = set()
    for _ in range(3):
        heard.hear({Step.SOLVE: 0.9})
        moves.add(heard.move)
    assert Move.ACCEPT in moves
    unheard = Customer(profile(Temper.FURIOUS), random.Random(5))
    unheard.hear({Step.SOLVE: 0.9})
    assert unheard.move in (Move.REFUSE, Move.DOUBT)


def test_a_boundary_works_on_some_abusive_customers_only():
    """Over many customers both answers to a boundary are seen."""
    answers = set()
    for seed in range(40):
        customer = Customer(profile(Temper.ABUSIVE), random.Random(seed))
        customer.mood, customer.move = 70.0, Move.INSULT
        customer.hear({Step.BOUNDARY: 0.9})
        answers.add(customer.move)
    assert {Move.SORRY, Move.INSULT} <= answers


def test_an_abusive_customer_insults_and_a_calm_one_never_does():
    """Insults belong to a temper."""

    def moves(temper):
        seen = set()
        for seed in range(40):
            customer = Customer(profile(temper), random.Random(seed))
            for _ in range(3):
                customer.hear({}, frozenset({Fault.UNANSWERED}))
                seen.add(customer.move)
        return seen

    assert Move.INSULT in moves(Temper.ABUSIVE)
    assert Move.INSULT not in moves(Temper.CALM)


def test_an_agent_takes_some_suggestions_and_leaves_others():
    """Over many chats the advice is sometimes followed to the letter and sometimes not."""
    taken = []
    for seed in range(40):
        rng = random.Random(seed)
        chat = SimulatedChat(profile(), rng)
        heard = Heard(suggestions=("We found it and bring it today.",), next_step=Step.SOLVE, tension=40)
        lines = iter(lambda: chat.next(heard), None)  # noqa: B023 - the loop is used up before it goes on
        taken += [line.text == heard.suggestions[0] for line in lines if line.role is Role.AGENT]
    assert 0.2 < sum(taken) / len(taken) < 0.95


def test_a_phrase_with_an_unfilled_slot_is_not_sent():
    """What a person would have to fill in is left alone."""
    for seed in range(40):
        chat = SimulatedChat(profile(), random.Random(seed))
        heard = Heard(suggestions=("I will call you at [time].",), next_step=Step.FOLLOW_UP, tension=40)
        while line := chat.next(heard):
            assert "[time]" not in line.text


def test_a_silent_agent_is_chased():
    """Somewhere on the floor an agent is silent and the customer asks whether anybody is there."""
    pauses = [line.pause_seconds for seed in range(100) for line in played(seed)[1] if line.role is Role.CUSTOMER]
    assert any(pause >= 120 for pause in pauses)


def test_customers_say_their_facts():
    """Most chats hold the order number in the customer's words, so that detectors have something to find."""
    told = 0
    for seed in range(100):
        chat, lines = played(seed)
        told += any(chat.profile.order in line.text for line in lines if line.role is Role.CUSTOMER)
    assert told > 75


def test_transcripts_are_interleaved_in_the_order_of_their_times():
    """Lines of many chats come as they would have arrived, ids are unique, the first chat starts at the fixed start."""
    rows = list(transcript_lines(40, 3))
    times = [datetime.fromisoformat(row["at"]) for row in rows]
    assert times == sorted(times)
    assert rows[0]["at"] == "2026-01-05T09:00:00Z"
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["conversation"] for row in rows}) == 40
    assert len({row["conversation"] for row in rows[:60]}) > 3
    assert all(list(row) == ["conversation", "id", "role", "text", "at"] for row in rows)


def test_a_longer_run_begins_with_the_chats_of_a_shorter_one():
    """Each chat has chance of its own."""
    short = {row["id"]: row for row in transcript_lines(3, 3)}
    long = {row["id"]: row for row in transcript_lines(9, 3)}
    assert short.items() <= long.items()


def test_a_long_run_starts_at_once():
    """Chats that have not begun are not made."""
    assert len(list(islice(transcript_lines(10**9, 1), 50))) == 50


def test_no_chats_are_no_lines():
    """Zero is a number of chats."""
    assert list(transcript_lines(0, 1)) == []
