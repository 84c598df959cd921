"""A tile: every key that supervisors rely on, and the priority out of its factors."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.jsontext import dumps
from app.tile import tile_of
from tests.app.clients import Clock
from tests.app.shapes import TILE, is_tile
from tests.app.tiles import row


def wire(clock: Clock, **more: Any) -> dict[str, Any]:
    """A tile of a chat that is heading for trouble."""
    usual: dict[str, Any] = {
        "risk": 0.5,
        "soon": 0.8,
        "change": 0.5,
        "because": ["the agent has steps left"],
        "agent": "ann",
    }
    return tile_of(row(clock, "c", 60, **{**usual, **more})).wire(clock())


def test_a_tile_has_every_key(clock: Clock):
    """Those that nothing has filled yet, too."""
    tile = wire(clock)
    assert set(tile) == TILE
    assert set(tile["factors"]) == {"risk", "soon", "change", "waiting"}
    for key in ("claimed_by", "ending", "alert", "recovery", "incident", "waiting_since", "channel"):
        assert tile[key] is None
    assert (tile["joined"], tile["let_run"], tile["escalated"], tile["course"]) == ([], False, False, [])


def test_a_summary_that_was_kept_before_there_were_factors_still_makes_a_tile(clock: Clock):
    """As databases hold them."""
    old = row(clock, "c", 60)
    for key in ("soon", "change", "because", "alarm", "course", "peak", "marks", "language"):
        assert key not in old.summary
    tile = tile_of(old).wire(clock())
    is_tile(tile)
    assert tile["peak"] == 60
    assert tile["priority"] > 0


def test_the_text_is_the_compact_form_of_its_values(clock: Clock):
    """However it was put together."""
    said = {
        "customer_name": 'Zoë "Z" \\ </script>',
        "because": ["asks for “somebody” above"],
        "course": [[29_000_000, 1.5]],
    }
    tile = tile_of(row(clock, "c-ü", 60, **said), 'i-"1"')
    text = tile.text(clock().timestamp())
    assert dumps(json.loads(text)) == text
    assert json.loads(text)["customer"] == said["customer_name"]
    assert json.loads(text)["incident"] == 'i-"1"'


@pytest.mark.parametrize(
    ("waited", "urgency"), [(None, 0.5), (0, 0.5), (300, 0.75), (600, 1.0), (9_999, 1.0), (-60, 0.5)]
)
def test_priority_is_the_product_of_its_factors(clock: Clock, waited: float | None, urgency: float):
    """Times 100; who waits for ten minutes counts double."""
    since = None if waited is None else (clock() - timedelta(seconds=waited)).isoformat()
    tile = wire(clock, waiting_since=since)
    assert tile["factors"] == {"risk": 0.5, "soon": 0.8, "change": 0.5, "waiting": urgency}
    assert tile["priority"] == round(100 * 0.5 * 0.8 * 0.5 * urgency, 1)
    assert tile["waiting_seconds"] == max(0, waited or 0)


def test_a_safety_signal_counts_as_risk(clock: Clock):
    """The risk itself stays what the forecast says."""
    tile = wire(clock, alarm=0.9)
    assert (tile["risk"], tile["factors"]["risk"]) == (0.5, 0.9)


def test_one_that_is_let_run_comes_last_and_keeps_its_factors(clock: Clock):
    """So that everybody sees what is let run."""
    tile = wire(clock, marks={"let_run": {"by": "rob", "at": "now", "tension": 60.0}})
    assert (tile["priority"], tile["let_run"]) == (0, True)
    assert min(tile["factors"].values()) > 0


def test_a_claimed_one_is_for_others_to_leave_alone(clock: Clock):
    """Lower, and it says who has it."""
    tile = wire(clock, marks={"claim": {"by": "rob", "at": "now"}})
    assert tile["claimed_by"] == "rob"
    assert 0 < tile["priority"] < wire(clock)["priority"]
    assert tile["because"][-1] == "claimed by rob"


def test_one_that_nobody_has_comes_before_one_that_somebody_has(clock: Clock):
    """Nobody is disturbed."""
    tile = wire(clock, agent=None)
    assert tile["priority"] > wire(clock)["priority"]
    assert tile["because"][-1] == "nobody has it"


def test_an_ending_waits_for_a_supervisor_until_one_has_agreed(clock: Clock):
    """It stays on the tile either way."""
    asked = {"by": "ann", "at": "now", "text": "abuse"}
    tile = wire(clock, marks={"ending": asked})
    assert tile["ending"] == asked
    assert tile["priority"] > wire(clock)["priority"]
    agreed = wire(clock, marks={"ending": {**asked, "agreed_by": "rob"}})
    assert agreed["ending"]["agreed_by"] == "rob"
    assert agreed["priority"] == wire(clock)["priority"]


def test_a_resolved_one_needs_nobody(clock: Clock):
    """While it lingers."""
    tile = wire(clock, resolved_at=clock())
    assert (tile["resolved"], tile["priority"]) == (True, 0)


def test_what_others_have_left_in_the_summary_is_shown(clock: Clock):
    """An alert, a recovery, who joined, an escalation."""
    alert, recovery = {"kind": "risk"}, {"from": 80, "to": 20}
    marks = {"alert": alert, "joined": ["rob"], "escalated": {"by": "ann", "at": "now"}}
    tile = wire(clock, marks=marks, recovery=recovery)
    assert (tile["alert"], tile["recovery"], tile["joined"], tile["escalated"]) == (alert, recovery, ["rob"], True)
