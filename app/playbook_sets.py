"""The playbooks in force, for the house and for each team, loaded again when a file changes.

A set with mistakes leaves the last good one in its place; the sets of other teams go on without it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import structlog

from app.metrics import Metrics
from app.playbook_files import load, paths_in, place_of
from app.teams import Teams, read_teams
from assist.engine import Engine
from assist.errors import PlaybookProblems, Problem
from assist.playbook.parse import read_file
from assist.signals.reader import Reader

WATCH = 2.0  # seconds between two looks at the folder
Packs = tuple[str, ...]
log = structlog.get_logger()


class PlaybookSets:
    """Holds the engines that are in force: one for each list of packs that the house or a team speaks by."""

    def __init__(
        self, folder: Path, reader: Reader, metrics: Metrics, packs: Sequence[str] = (), teams: Path | None = None
    ) -> None:
        """Load all. Raises `PlaybookProblems` with every mistake."""
        self._folder = folder
        self._packs = tuple(packs)
        self._file = teams
        self._reader = reader
        self._metrics = metrics
        self._teams: Teams = read_teams(teams, folder) if teams else {}
        self._seen = self._state()
        engines, problems = self._loaded()
        if problems:
            raise PlaybookProblems(list(problems))
        self.engine = engines[self._packs]
        self._by_team = {team: engines[own] for team, own in self._teams.items()}
        self.problems: tuple[Problem, ...] = ()
        metrics.playbooks.labels("loaded").inc()

    def of(self, team: str) -> Engine:
        """The engine that speaks for a team; the house's where it has no packs of its own."""
        return self._by_team.get(team, self.engine)

    @property
    def versions(self) -> Mapping[str, str]:
        """The version of its set, for each team that has one of its own."""
        return {team: engine.playbooks.version for team, engine in sorted(self._by_team.items())}

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        packs = dict.fromkeys(pack for listed in (self._packs, *self._teams.values()) for pack in listed)
        folders = [self._folder, *(place_of(self._folder, pack) for pack in packs)]
        paths = [*([self._file] if self._file else ()), *(path for folder in folders for path in paths_in(folder))]
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path in paths for stat in [path.stat()])

    def _loaded(self) -> tuple[Mapping[Packs, Engine], Mapping[Problem, None]]:
        """The sets that are whole, by their packs, and the mistakes of the others, each once."""
        engines: dict[Packs, Engine] = {}
        problems: dict[Problem, None] = {}
        read_one = cache(read_file)  # as long as this look takes: what the sets have in common they share
        for packs in dict.fromkeys((self._packs, *self._teams.values())):
            try:
                engines[packs] = Engine(self._reader, load(self._folder, packs, read_one=read_one))
            except PlaybookProblems as error:
                problems |= dict.fromkeys(error.problems)
        return engines, problems

    def reload(self) -> bool:
        """Look at the files again; True when a new set is in force."""
        try:
            seen = self._state()
        except OSError as error:
            if self._file is None or Path(str(error.filename)) != self._file:
                return False  # a file went away while we looked: the next look sees the folder as it is then
            seen = ()  # the file of the teams is gone, and to read it says so
        except PlaybookProblems:
            seen = ()  # a pack is gone, and to load the set says which
        if seen == self._seen:
            return False
        self._seen = seen
        problems = self._read_teams()
        engines, more = self._loaded()
        self._take(engines)
        self._tell(engines, tuple(dict.fromkeys((*problems, *more))))
        return bool(engines)

    def _read_teams(self) -> tuple[Problem, ...]:
        """The packs of the teams as they are now; they stay as they were where the file has a mistake."""
        try:
            self._teams = read_teams(self._file, self._folder) if self._file else {}
            self._seen = self._state()  # with the packs that it names now
        except PlaybookProblems as error:
            return error.problems
        except OSError:
            self._seen = ()
        return ()

    def _take(self, engines: Mapping[Packs, Engine]) -> None:
        """Put what is whole in force; a team whose set is not keeps the one it had."""
        before, self.engine = self._by_team, engines.get(self._packs, self.engine)
        self._by_team = {
            team: engines.get(packs) or before.get(team, self.engine) for team, packs in self._teams.items()
        }

    def _tell(self, engines: Mapping[Packs, Engine], problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        if problems:
            self._metrics.playbooks.labels("refused").inc()
            log.warning("playbooks_refused", problems=[str(problem) for problem in problems])
        if engines:
            self._metrics.playbooks.labels("loaded").inc()
            log.info("playbooks_loaded", version=self.engine.playbooks.version, teams=self.versions)

    async def watch(self) -> None:
        """Reload whenever a file changes, until cancelled."""
        while True:
            await asyncio.sleep(WATCH)
            try:
                await asyncio.to_thread(self.reload)
            except Exception:  # the next edit may be whole again, and somebody has to look for it
                log.exception("playbooks_not_read")
