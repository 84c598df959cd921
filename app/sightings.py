"""What came to each team, out of the rows of its conversations: when the cause of each became known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from app.store.rows import ConversationRow
from app.wire import stamp
from assist.board.burst import WINDOW, Burst, Intake, Sighting, intake_of

Team = tuple[str, str]  # tenant and name


class Sightings:
    """The intake of every team. A cache: filled from the store at start, and from the board's rows from then on."""

    def __init__(self) -> None:
        self._intakes: dict[Team, Intake] = {}

    def fill(self, rows: Iterable[ConversationRow], whole_since: datetime, now: datetime) -> None:
        """Begin with what came in the last days, of which all is there since that time."""
        for team, found in _by_team(rows).items():
            since = max(whole_since, min(one.at for one in found))
            self._intakes[team] = intake_of(found, since, now)

    def look(self, rows: Iterable[ConversationRow], now: datetime) -> None:
        """Take in what is new among the rows of the board."""
        begin = stamp(now - WINDOW)  # all stamps have one form: their order is that of their texts
        found = _by_team(row for row in rows if row.summary.get("cause_since", "") > begin)
        for team, came in found.items():
            self._intakes.setdefault(team, Intake(min(one.at for one in came)))
        for team, intake in self._intakes.items():
            self._intakes[team] = intake.heard(found.get(team, ()), now)

    @property
    def bursts(self) -> Iterator[tuple[Team, Burst]]:
        """Those that stand."""
        return ((team, burst) for team, intake in self._intakes.items() for burst in intake.bursts.values())


def _by_team(rows: Iterable[ConversationRow]) -> dict[Team, list[Sighting]]:
    found: dict[Team, list[Sighting]] = defaultdict(list)
    for row in rows:
        since = row.summary.get("cause_since")
        if since:
            sighting = Sighting(row.id, row.summary["cause"], datetime.fromisoformat(since))
            found[row.tenant, row.team].append(sighting)
    return found
