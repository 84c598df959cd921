"""Which conversations were turned around, and by what."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assist.board.recovery import CALM, CRITICAL, Said, turned, turning_of
from assist.message import Role

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TELLING = st.tuples(
    st.sampled_from(["customer", "agent", "bot", "note"]),
    st.floats(0, 100),
    st.dictionaries(st.sampled_from(["listen", "apologize", "solve"]), st.floats(0, 1)),
)


def chat(*lines: tuple[str, float] | tuple[str, float, dict[str, float]]) -> list[Said]:
    """Messages, one a minute: role, tension after it, and the steps that it does."""
    return [
        Said(f"m{at}", Role(line[0]), NOON + timedelta(minutes=at), line[1], line[2] if len(line) > 2 else {})
        for at, line in enumerate(lines)
    ]


def recovery(*lines: Any) -> dict[str, Any] | None:
    """How a chat was turned around."""
    return turning_of(chat(*lines)).get("recovery")


def test_the_step_before_the_largest_fall_turned_it() -> None:
    """The apology brought three points, the offer fifty."""
    found = recovery(
        ("customer", 82.0),
        ("agent", 79.0, {"apologize": 0.9}),
        ("customer", 76.0),
        ("agent", 70.0, {"solve": 0.8, "own": 0.6}),
        ("customer", 24.0),
    )
    assert found == {"from": 82.0, "to": 24.0, "step": "solve", "message": "m3", "at": "2026-03-02T12:04:00.000Z"}


def test_what_was_never_critical_was_not_turned_around() -> None:
    """However far it fell."""
    assert recovery(("customer", 74.9), ("agent", 60.0, {"solve": 1.0}), ("customer", 5.0)) is None


def test_calm_is_what_the_customer_shows() -> None:
    """What an agent writes does not make it calm by itself."""
    assert recovery(("customer", 80.0), ("agent", 10.0, {"solve": 1.0})) is None


def test_a_fall_without_a_step_names_none() -> None:
    """Nothing is made up."""
    found = recovery(("customer", 90.0), ("agent", 80.0, {"listen": 0.3}), ("customer", 12.0))
    assert found is not None
    assert (found["step"], found["message"]) == (None, None)


def test_of_two_equal_falls_the_first_counts() -> None:
    """Each of thirty points."""
    found = recovery(
        ("customer", 80.0),
        ("agent", 80.0, {"listen": 0.9}),
        ("customer", 50.0),
        ("agent", 50.0, {"solve": 0.9}),
        ("customer", 20.0),
    )
    assert found is not None
    assert found["step"] == "listen"


def test_it_stays_until_the_chat_is_critical_again() -> None:
    """Then there is something to be turned anew."""
    lines = [("customer", 80.0), ("customer", 20.0), ("customer", 60.0)]
    assert recovery(*lines) is not None
    assert recovery(*lines, ("customer", 76.0)) is None
    again = recovery(*lines, ("customer", 76.0), ("agent", 70.0, {"own": 0.9}), ("customer", 10.0))
    assert again is not None
    assert (again["from"], again["step"]) == (76.0, "own")


@given(st.lists(TELLING, max_size=30))
def test_step_by_step_or_from_the_whole_log_it_is_the_same(lines: list[tuple[str, float, dict[str, float]]]) -> None:
    """And a recovery was critical first and calm last."""
    known: dict[str, Any] = {}
    messages = chat(*lines)
    for said in messages:
        known = turned(known, said)
    assert known == turning_of(messages)
    if found := known.get("recovery"):
        assert found["from"] >= CRITICAL
        assert found["to"] < CALM
        assert found["message"] is None or found["message"] in {said.id for said in messages if said.role == "agent"}
