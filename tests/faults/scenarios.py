"""All scenarios: what they are called, how they are told, and which deployments they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tests.faults import (
    backplane_outage,
    cycles,
    database_outage,
    deliveries,
    disconnects,
    drain,
    kills,
    losses,
    partitions,
    slow,
    storm,
)
from tests.faults.deployment import KINDS, Kind
from tests.faults.run import Measure


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of them; `proxied` where the links of the deployment are broken, too."""

    title: str
    measure: Measure
    kinds: tuple[Kind, ...] = KINDS
    proxied: bool = False


SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        "G1": Scenario("Sockets break while everybody writes", disconnects.measure),
        "G2": Scenario("kill -9 of a worker under load", kills.measure),
        "G3": Scenario("The backplane is killed", backplane_outage.measure, ("fleet",)),
        "G4": Scenario("The database is away", database_outage.measure, ("fleet",)),
        "G5": Scenario("Some do not read", slow.measure),
        "G7": Scenario("All sockets are cut at once", storm.measure),
        "G13": Scenario("A new version under load", drain.measure),
        "G14": Scenario("Sockets come and go", cycles.measure),
        "R4": Scenario("Publications are lost", losses.measure, ("fleet",), proxied=True),
        "R5": Scenario("Eight senders, one conversation, everything three times", deliveries.measure),
        "R16": Scenario("Every nemesis in turn", partitions.measure, proxied=True),
    }
)
