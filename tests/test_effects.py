"""The fit of the what-if: what it collects, that it finds numbers that are known, and what it writes."""

import random
from collections.abc import Iterator

import numpy as np
import pytest

from assist.coach_rules import REASONS, Remark
from assist.effect_table import TABLE
from assist.message import Role, Step
from assist.reading import Reading
from assist.what_if import expected_effect
from benchmarks import conversations
from benchmarks.conversations import PACE, START
from benchmarks.effects import Answer, answers, simulated
from benchmarks.effects_fit import fitted, fitted_table, measure, source, weighted_quantile
from benchmarks.effects_prior import BY_HAND


def known(count: int) -> Iterator[Answer]:
    """Answers to which customers react by rule: solving halves what is above rest, being rude costs 30 points."""
    chance = random.Random(7)
    for number in range(count):
        before, solves, rude = chance.uniform(20, 60), chance.random() < 0.5, chance.random() < 0.2
        after = before - (before - 10) * 0.5 * solves + 30 * rude + chance.gauss(0, 10)
        yield Answer(
            source="simulated",
            part="fit" if number % 4 else "check",
            chat=f"chat {number}",
            before=before,
            reading=Reading(steps={Step.SOLVE: float(solves)}),
            remarks=(Remark(0, 1, "rude", REASONS["rude"]),) * rude,
            next_step=None,
            cooled=before,
            after=after,
        )


def test_an_answer_stands_between_two_messages_of_the_customer(engine):
    """With the tension before and after; an answer to which nobody reacts is none."""
    said = [
        (Role.CUSTOMER, "Where is my order? Nobody answers me!"),
        (Role.AGENT, "Please calm down."),
        (Role.CUSTOMER, "You are useless, I am furious."),
        (Role.AGENT, "I am so sorry."),
    ]
    messages = conversations.messages([(role, text, START + at * PACE) for at, (role, text) in enumerate(said)])
    (answer,) = answers(engine, "own", "fit", "c", messages)
    assert [remark.kind for remark in answer.remarks] == ["calm_down"]
    assert answer.after > answer.before
    assert answer.cooled < answer.after


def test_the_fit_finds_what_made_the_difference():
    """What chats pay for leaves what was set by hand; what was never seen stays there, and is said to be assumed."""
    table = fitted_table(list(known(4_000)))
    assert table.relief[Step.SOLVE] > 1.4 * BY_HAND.relief[Step.SOLVE]
    assert table.harm["rude"] == pytest.approx(30, abs=6)
    assert table.harm["policy_wall"] == BY_HAND.harm["policy_wall"]
    assert "policy_wall" in table.assumed
    assert "rude" not in table.assumed


def test_the_range_holds_about_eight_in_ten_of_what_it_has_not_seen():
    """On answers of the same kind as those it was fitted on."""
    seen = list(known(4_000))
    found = measure("known", [answer for answer in seen if answer.part == "check"], fitted(seen))
    assert 0.7 < found.inside < 0.92
    assert found.error < found.stays


def test_a_weighted_quantile_counts_by_weight():
    """Two of weight one against one of weight eight."""
    values, worth = np.array([3.0, 1.0, 2.0]), np.array([8.0, 1.0, 1.0])
    assert [weighted_quantile(values, worth, share) for share in (0.1, 0.2, 0.9)] == [1.0, 2.0, 3.0]


def test_simulated_answers_are_the_same_every_time(engine):
    """Seeded, so that a fit can be run again."""
    one, other = (list(simulated(engine, {"fit": 2})) for _ in range(2))
    assert one == other
    assert one


def test_what_is_written_is_what_was_fitted():
    """The module of the table, run, gives the same expectations."""
    fit = fitted(list(known(2_000)))
    module: dict = {"__name__": "written"}
    exec(source(fit), module)
    assert module["RANGE"] == fit.knots
    reading = Reading(steps={Step.SOLVE: 0.7})
    written = expected_effect(50.0, reading, (), None, table=module["TABLE"], knots=module["RANGE"])
    assert written == expected_effect(50.0, reading, (), None, table=fit.table, knots=fit.knots)


def test_the_table_in_force_keeps_to_the_signs_of_the_craft():
    """Steps relieve, faults harm, courtesy helps."""
    assert min(*TABLE.relief.values(), *TABLE.harm.values(), TABLE.ignored, TABLE.polite, TABLE.advised) >= 0
    assert TABLE.harm.keys() == BY_HAND.harm.keys() == REASONS.keys()
    assert TABLE.early <= TABLE.relief[Step.SOLVE]
