"""The short form of every scenario, against one worker and against a fleet; the long one is `make faults`."""

from collections.abc import Iterator

import pytest

from tests.faults.deployment import KINDS, Deployment, Kind
from tests.faults.run import Run, seeds
from tests.faults.scenarios import SCENARIOS

pytestmark = pytest.mark.faults
CASES = [(kind, name) for kind in KINDS for name, scenario in SCENARIOS.items() if kind in scenario.short]


@pytest.fixture(scope="module")
def deployments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Kind, Deployment]]:
    """Each is started when it is first needed, and serves all scenarios."""
    started: dict[Kind, Deployment] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEADYHAND_DRAIN", "0.5")  # seconds: there is no crowd to be spread here
        yield started
        for deployment in started.values():
            deployment.__exit__()


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{name}-{kind}" for kind, name in CASES])
async def test_every_guarantee_holds_whatever_is_broken(
    deployments: dict[Kind, Deployment], kind: Kind, name: str, tmp_path_factory: pytest.TempPathFactory
):
    """Nothing is lost, doubled or out of order, everybody ends with what the server has, and no log has a mistake."""
    if kind not in deployments:
        deployments[kind] = Deployment(kind, tmp_path_factory.mktemp(kind), proxied=True).__enter__()
    deployment = deployments[kind]
    for seed in dict.fromkeys([*seeds(name), 1]):
        for figure in await SCENARIOS[name].measure(Run(deployment, seed, print)):
            assert figure.timed or figure.verdict != "missed", f"seed {seed}: {figure}"
    assert deployment.mistakes() == []
