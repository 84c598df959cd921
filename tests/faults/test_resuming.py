"""R1: what was missed is replayed whole, in order and once, or a fresh snapshot says that it is not."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from app import views
from tests.faults.resuming import Resuming
from tests.faults.stage import Stage, alone, two
from tests.fleet.postgres import Postgres
from tests.fleet.valkey import Given, Valkey

EXAMPLES = int(os.environ.get("STEADYHAND_FAULT_EXAMPLES", "8"))
LOW = 6  # missed events that a resume hands out on this stage
pytestmark = pytest.mark.faults


@pytest.fixture(autouse=True)
def low_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that a short example passes."""
    monkeypatch.setattr(views, "MAX_GAP", LOW)


@pytest.fixture(params=["one worker", "two workers"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """Workers in this process."""
    if request.param == "one worker":
        settings_of = alone(tmp_path)
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        valkey: Valkey | Given = request.getfixturevalue("valkey")
        settings_of = two(postgres.fresh(), valkey.url)
    with Stage(*settings_of) as opened:
        yield opened


def test_who_comes_back_has_what_the_server_has(stage: Stage):
    """Any order of writes, edits, broken sockets, absences, hanging pages and restarts."""

    class OnThisStage(Resuming):
        pass

    OnThisStage.stage = stage
    run_state_machine_as_test(
        OnThisStage,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
