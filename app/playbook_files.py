"""Playbooks from a folder: loaded whole or not at all, and loaded again when a file changes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from app.metrics import Metrics
from assist.engine import Engine
from assist.errors import PlaybookProblems, Problem
from assist.playbook.parse import parse
from assist.playbook.schema import Playbooks
from assist.signals.reader import Reader

PACKS = "packs"
WATCH = 2.0  # seconds between two looks at the folder
log = structlog.get_logger()


def read_folder(folder: Path, prefix: str = "") -> dict[str, str]:
    """File name -> text of every playbook in a folder and its folders by language, as `de`; names begin with *prefix*.

    Raises `PlaybookProblems` for what cannot be read.
    """
    if not folder.is_dir():
        raise PlaybookProblems([Problem(str(folder), 1, "there is no such folder")])
    files: dict[str, str] = {}
    problems = []
    for path in _paths(folder):
        name = prefix + path.relative_to(folder).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line, byte = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
            problems.append(Problem(name, line, f"the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"))
        except OSError as error:
            problems.append(Problem(name, 1, f"cannot be read: {error.strerror}"))
    if problems:
        raise PlaybookProblems(problems)
    return files


def _paths(folder: Path) -> list[Path]:
    """The playbooks of a folder and those of its languages, a folder each by their codes."""
    places = [folder, *folder.glob("[a-z][a-z]/"), *folder.glob("[a-z][a-z][a-z]/")]
    return sorted(path for place in places for path in (*place.glob("*.yaml"), *place.glob("*.yml")))


def packs_in(folder: Path) -> tuple[str, ...]:
    """The names of the packs that lie in a folder of playbooks."""
    return tuple(sorted(path.name for path in (folder / PACKS).glob("*/")))


def _pack(folder: Path, pack: str) -> Path:
    """Where a pack lies: by its name in the folder of playbooks, or by a path of its own."""
    named = folder / PACKS / pack
    own = Path(pack)
    if named.is_dir():
        return named
    if own.is_dir():
        return own
    there = ", ".join(packs_in(folder)) or "none"
    raise PlaybookProblems([Problem(f"{PACKS}/{pack}", 1, f"there is no such pack; there are: {there}")])


def load(folder: Path, packs: Sequence[str] = ()) -> Playbooks:
    """The playbooks of a folder with packs over them, in their order. Raises `PlaybookProblems` with every mistake."""
    base = read_folder(folder)
    places = [_pack(folder, pack) for pack in packs]
    names = [place.relative_to(folder) if place.is_relative_to(folder) else place for place in places]
    laid = [read_folder(place, f"{name.as_posix()}/") for place, name in zip(places, names, strict=True)]
    return parse(base, *laid)


def load_all(folder: Path) -> tuple[Playbooks, tuple[str, ...]]:
    """The playbooks of a folder and the names of its packs, each of which has been laid over them to be checked.

    Raises `PlaybookProblems` with every mistake of all.
    """
    problems: set[Problem] = set()
    packs = packs_in(folder)
    sets: list[Playbooks] = []
    for laid in ((), *((pack,) for pack in packs)):
        try:
            sets.append(load(folder, laid))
        except PlaybookProblems as error:
            problems |= {_of_pack(problem, *laid) for problem in error.problems if problem not in problems}
    if problems:
        raise PlaybookProblems(list(problems))
    return sets[0], packs


def _of_pack(problem: Problem, pack: str = "") -> Problem:
    """A problem that a pack makes in a file below it names the pack."""
    below = pack and not problem.file.startswith(f"{PACKS}/")
    return replace(problem, what=f"{problem.what}, with the pack '{pack}'") if below else problem


class PlaybookFolder:
    """Holds the engine that is in force. A folder with mistakes leaves the last good one in its place."""

    def __init__(self, folder: Path, reader: Reader, metrics: Metrics, packs: Sequence[str] = ()) -> None:
        self._folder = folder
        self._packs = packs
        self._reader = reader
        self._metrics = metrics
        self._seen = self._state()
        self.engine = Engine(reader, load(folder, packs))
        self.problems: tuple[Problem, ...] = ()
        metrics.playbooks.labels("loaded").inc()

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        folders = [self._folder, *(_pack(self._folder, pack) for pack in self._packs)]
        paths = [path for folder in folders for path in _paths(folder)]
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path in paths for stat in [path.stat()])

    def reload(self) -> bool:
        """Look at the folder again; True when a new set is in force."""
        try:
            seen = self._state()
        except OSError:
            return False  # a file went away while we looked: the next look sees the folder as it is then
        except PlaybookProblems:
            seen = ()  # a pack is gone, and to load the set says which
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            self.engine = Engine(self._reader, load(self._folder, self._packs))
        except PlaybookProblems as error:
            self.problems = error.problems
            self._metrics.playbooks.labels("refused").inc()
            log.warning("playbooks_refused", problems=[str(problem) for problem in error.problems])
            return False
        self.problems = ()
        self._metrics.playbooks.labels("loaded").inc()
        log.info("playbooks_loaded", version=self.engine.playbooks.version)
        return True

    async def watch(self) -> None:
        """Reload whenever a file changes, until cancelled."""
        while True:
            await asyncio.sleep(WATCH)
            try:
                await asyncio.to_thread(self.reload)
            except Exception:  # the next edit may be whole again, and somebody has to look for it
                log.exception("playbooks_not_read")
