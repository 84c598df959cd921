"""All scenarios: what they are called, how they are told, and which deployments they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tests.faults import (
    backplane_outage,
    cycles,
    database_outage,
    dead_peer,
    deliveries,
    disconnects,
    drain,
    flood,
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
    """One of them; `proxied` where the links of the deployment are broken, too. `short`: in the ordinary tests."""

    title: str
    measure: Measure
    kinds: tuple[Kind, ...] = KINDS
    short: tuple[Kind, ...] = KINDS
    proxied: bool = False


FLEET: tuple[Kind, ...] = ("fleet",)
ONE: tuple[Kind, ...] = ("sqlite",)
SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        "G1": Scenario("Sockets break while everybody writes", disconnects.measure),
        "G2": Scenario("kill -9 of a worker under load", kills.measure),
        "G3": Scenario("The backplane is killed", backplane_outage.measure, FLEET, FLEET),
        "G4": Scenario("The database is away", database_outage.measure, FLEET, FLEET),
        "G5": Scenario("Some do not read", slow.measure, short=()),  # tests/app/test_recovery.py has the short form
        "G6": Scenario("The network dies without a word", dead_peer.measure, short=(), proxied=True),
        "G7": Scenario("All sockets are cut at once", storm.measure, short=ONE),
        "G13": Scenario("A new version under load", drain.measure, short=FLEET),
        "G14": Scenario("Sockets come and go", cycles.measure, short=ONE),
        "R4": Scenario("Publications are lost", losses.measure, FLEET, FLEET, proxied=True),
        "R5": Scenario("Eight senders, one conversation, everything three times", deliveries.measure, short=FLEET),
        "R25": Scenario("One client floods", flood.measure, short=ONE),
        "R16": Scenario("Every nemesis in turn", partitions.measure, short=FLEET, proxied=True),
    }
)
