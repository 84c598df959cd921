"""Bursts: what is more than chance, when it is told, how long it stands, and that a calm floor has none."""

import math
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.board.burst import (
    BY_CHANCE,
    DAYS,
    KNOWN_FOR,
    LEAST,
    WINDOW,
    Burst,
    Intake,
    Sighting,
    Usual,
    begun_a_day,
    intake_of,
    tail,
)
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.simulator import transcript_lines
from tests.conftest import START

MINUTE = timedelta(minutes=1)
SURE = 10**9  # chats that a rate is known from, so that only chance is left


def came(cause: str, *minutes: float, of: str = "") -> list[Sighting]:
    """Chats of one cause, each so many minutes after the start."""
    return [Sighting(f"{of}{cause}-{minute}", cause, START + minute * MINUTE) for minute in minutes]


def told(sightings: Iterable[Sighting], until: float, step: float = 0.5) -> list[tuple[float, str, int]]:
    """When which burst begins, with how many chats, for a team that is known from the start; minutes."""
    waiting, intake, begun = sorted(sightings, key=lambda one: one.at), Intake(START), []
    at = 0
    for tick in range(1, int(until / step) + 1):
        now = START + tick * step * MINUTE
        upto = next((n for n in range(at, len(waiting)) if waiting[n].at > now), len(waiting))
        later = intake.heard(waiting[at:upto], now)
        at = upto
        new = set(later.bursts) - set(intake.bursts)
        begun += [(tick * step, cause, len(later.bursts[cause].sightings)) for cause in sorted(new)]
        intake = later
    return begun


@pytest.mark.parametrize(
    ("least", "mean", "expected"),
    [(1, 1.0, 0.632121), (5, 1.0, 0.003660), (3, 2.5, 0.456187), (10, 4.0, 0.008132), (6, 1 / 3, 1.433e-6)],
)
def test_the_tail_is_that_of_the_tables(least: int, mean: float, expected: float):
    """Where the rate is known for sure it is Poisson's."""
    assert tail(least, Usual(mean, SURE)) == pytest.approx(expected, rel=0.02)


@given(st.integers(0, 60), st.floats(0.01, 50), st.integers(1, 500))
def test_tails_are_probabilities_and_fall(least: int, mean: float, rests_on: int):
    """More chats are never likelier than fewer, and a rate that rests on little leaves more room for chance."""
    here, further = tail(least, Usual(mean, rests_on)), tail(least + 1, Usual(mean, rests_on))
    assert -1e-9 <= further <= here + 1e-9 <= 1 + 2e-9
    if least > 3 * mean + 3:
        assert tail(least, Usual(mean, 10 * rests_on)) <= here


@pytest.mark.parametrize(("an_hour", "chats"), [(0.5, 5), (1, 5), (2, 6), (6, 9), (30, 20), (240, 77)])
def test_how_many_chats_are_more_than_chance(an_hour: float, chats: int):
    """The fewest that are told at a rate that is known for sure: so many, and not one fewer."""
    usual = Usual(an_hour / 6, SURE)
    fewest = next(n for n in range(LEAST, 200) if begun_a_day(n, usual) < BY_CHANCE)
    assert fewest == chats


def a_day(*others: Sighting) -> list[Sighting]:
    """A quiet team: an outage every two hours, deliveries every ten minutes; and what else came."""
    return [*came("outage", *range(0, 24 * 60, 120)), *came("delivery", *range(0, 24 * 60, 10)), *others]


def test_a_burst_is_told_with_its_chats_and_stands_until_the_rate_is_back():
    """From the moment at which it is more than chance, with those that came before in the same ten minutes."""
    out = came("outage", *(1441 + n for n in range(12)), of="x")
    intake, stood = intake_of(a_day(), START, START + 1440 * MINUTE), list[int]()
    for minute in range(1440, 1480):
        intake = intake.heard((one for one in out if one.at <= START + minute * MINUTE), START + minute * MINUTE)
        if "outage" in intake.bursts:
            stood.append(minute)
    assert stood == list(range(stood[0], stood[-1] + 1))
    assert 1445 <= stood[0] <= 1447
    assert 1453 < stood[-1] <= 1462


def test_what_stands_keeps_its_chats_and_its_beginning():
    """Also those that are longer ago than ten minutes, each once, oldest first; and what is usual stays usual."""
    out = came("outage", *(1441 + n for n in range(25)), of="x")
    intake = intake_of(a_day(), START, START + 1440 * MINUTE)
    for minute in range(1440, 1467):
        intake = intake.heard(out[: max(0, minute - 1440)], START + minute * MINUTE)
    burst = intake.bursts["outage"]
    assert [one.conversation for one in burst.sightings] == [one.conversation for one in out]
    assert (burst.since, burst.latest) == (out[0].at, out[-1].at)
    assert burst.usual < 2
    assert sum(causes.get("outage", 0) for causes in intake.hours.values()) <= 13


def test_a_busy_hour_is_no_burst():
    """Four times as much of everything within ten minutes is a busy hour; of one cause alone it is a burst."""
    usual = [*came("delivery", *range(0, 600, 5)), *came("billing", *(n + 2 for n in range(0, 600, 5)))]
    more = [600 + n / 2 for n in range(1, 21)]
    assert told([*usual, *came("delivery", *more), *came("billing", *more)], 620) == []
    assert [cause for _, cause, _ in told([*usual, *came("delivery", *more)], 620)] == ["delivery"]


def test_nothing_is_told_before_it_is_known_what_is_usual():
    """All chats of a floor that has just been connected begin at once."""
    floor = [*came("delivery", *(n / 10 for n in range(80))), *came("outage", *(n / 10 + 0.05 for n in range(40)))]
    assert told(floor, KNOWN_FOR / MINUTE + 5) == []


def test_chats_whose_cause_nobody_knows_are_no_burst():
    """They have nothing in common; nor are fewer than five of anything."""
    assert told(a_day(*came("other", *(1300 + n / 4 for n in range(30)))), 1320) == []
    assert told(a_day(*came("billing", 1300, 1300.1, 1300.2, 1300.3)), 1320) == []


def test_a_chat_counts_once_and_for_what_it_is_about_now():
    """However often it is told; one that turns out to be about something else leaves the burst."""
    intake = intake_of(a_day(), START, START + 1440 * MINUTE)
    one = came("billing", 1439)
    for _ in range(20):
        intake = intake.heard(one, START + 1440 * MINUTE)
    assert intake.bursts == {}
    many = came("billing", *(1439 + n / 100 for n in range(1, 10)))
    now = START + 1440 * MINUTE
    assert set(intake.heard(many, now).bursts) == {"billing"}
    later = intake.heard(many, now).heard([Sighting(m.conversation, "refund", m.at) for m in many[4:]], now)
    assert later.bursts["billing"].sightings == (*one, *many[:4])


def test_a_restart_knows_what_is_usual_and_what_stands():
    """Out of the same chats, in any order: a burst that began within the last hours is there again."""
    out = came("outage", *(1441 + n / 2 for n in range(12)), of="x")
    chats = a_day(*out)
    random.Random(4).shuffle(chats)
    again = intake_of(chats, START, START + 1450 * MINUTE)
    assert set(again.bursts) == {"outage"}
    assert len(again.bursts["outage"].sightings) == 12
    assert sum(causes["delivery"] for causes in again.hours.values()) == 144


def test_what_is_longer_ago_than_some_days_is_forgotten():
    """So that what is usual may change, and nothing grows."""
    intake = intake_of(a_day(), START, START + 1440 * MINUTE).heard((), START + DAYS + 1442 * MINUTE)
    assert intake == Intake(START)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.floats(0, 60), st.integers(0, 30)), max_size=60))
def test_whatever_comes_a_burst_is_one(chats: Sequence[tuple[str, float, int]]):
    """It has five chats of one cause at least when it begins, in order, none twice."""
    found = [Sighting(str(name), cause, START + (60 + minute) * MINUTE) for cause, minute, name in chats]
    intake = Intake(START)
    for minute in range(60, 125, 5):
        before, now = intake, START + minute * MINUTE
        intake = intake.heard((one for one in found if one.at <= now), now)
        for cause, burst in intake.bursts.items():
            is_one(burst, now)
            assert cause in before.bursts or len(burst.sightings) >= LEAST


def is_one(burst: Burst, now: datetime) -> None:
    """What holds of every burst that stands."""
    names = [one.conversation for one in burst.sightings]
    assert len(set(names)) == len(names)
    assert {one.cause for one in burst.sightings} == {burst.cause}
    assert list(burst.sightings) == sorted(burst.sightings, key=lambda one: one.at)
    assert burst.since <= burst.latest <= now
    assert burst.latest > now - WINDOW
    assert burst.usual > 0


# A floor of 300 chats at a time: what the simulated customers turn out to be about, as the engine reads it.

BUSIEST = 2_400  # chats an hour; 1,200 on average, of a quarter of an hour each: 300 at a time
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def known(engine: Engine) -> Sequence[tuple[str, float]]:
    """Of simulated chats, the cause that is read and the seconds until it is known."""
    states: dict[str, Conversation] = {}
    first: dict[str, datetime] = {}
    found: dict[str, tuple[str, float]] = {}
    for row in transcript_lines(60, seed=7):
        name, at = row["conversation"], datetime.fromisoformat(row["at"])
        state = states.setdefault(name, Conversation(name))
        if state.seq >= 4:
            continue  # what it is about is known by then
        message = Message(row["id"], state.seq + 1, Role(row["role"]), row["text"], at)
        states[name] = engine.hear(state, message).conversation
        label = states[name].cause.label
        if found.get(name, ("", 0))[0] != label:
            found[name] = label, (at - first.setdefault(name, at)).total_seconds()
    return list(found.values())


def floor(known: Sequence[tuple[str, float]], seed: int, hours: float) -> list[Sighting]:
    """Chats of some hours of a day that begins at night: few, then many, then few again."""
    rng, second, found = random.Random(seed), 0.0, []
    while second < hours * 3600:
        second += rng.expovariate(BUSIEST / 3600)
        busy = 0.5 - 0.5 * math.cos(2 * math.pi * second / 86_400)
        if rng.random() < max(0.05, busy):
            cause, later = rng.choice(known)
            found.append(Sighting(f"f{len(found)}", cause, START + timedelta(seconds=second + later)))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_calm_floor_has_no_burst_in_a_day(known: Sequence[tuple[str, float]], seed: int):
    """Some 29,000 chats, from the emptiest hour to the fullest and back."""
    chats = floor(known, seed, 24)
    assert len(chats) > 25_000
    assert told(chats, 24 * 60, step=1) == []


def injected(rng: random.Random, an_hour: float, cause: str = "outage") -> list[Sighting]:
    """Further chats of one cause, from the ninth hour on."""
    second, found = 9 * 3600.0, list[Sighting]()
    while second < 9.5 * 3600:
        second += rng.expovariate(an_hour / 3600)
        found.append(Sighting(f"x{len(found)}", cause, START + timedelta(seconds=second)))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_an_outage_on_a_full_floor_is_told_within_minutes(known: Sequence[tuple[str, float]], seed: int):
    """Ten a minute among two thousand an hour: told before the floor has had a hundred of them, and told once."""
    out = injected(random.Random(seed), 600)
    (begun,) = told([*floor(known, seed, 10), *out], 570)
    assert begun[1] == "outage"
    assert sum(one.at <= START + begun[0] * MINUTE for one in out) < 100


def small_desk(rng: random.Random) -> list[Sighting]:
    """Twenty chats an hour, two of them about outages."""
    second, chats = 0.0, list[Sighting]()
    while second < 9.5 * 3600:
        second += rng.expovariate(20 / 3600)
        cause = rng.choice(("outage", *("delivery", "billing", "refund") * 3))
        chats.append(Sighting(f"f{len(chats)}", cause, START + timedelta(seconds=second)))
    return chats


def test_an_outage_at_a_small_desk_is_told_after_a_few_chats():
    """Of one chat a minute, with the eighth mostly (over 150 seeds: 10 in nine of ten, 20 at the worst)."""
    after = list[int]()
    for seed in range(12):
        rng = random.Random(seed)
        chats, out = small_desk(rng), injected(rng, 60)
        (begun,) = told([*chats, *out], 570)
        after.append(sum(one.at <= START + begun[0] * MINUTE for one in out))
    assert sorted(after)[6] <= 9
    assert max(after) <= 20
