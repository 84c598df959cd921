"""Playbooks from a folder: loaded whole or not at all, and loaded again when a file changes."""

import asyncio
from pathlib import Path

import structlog

from app.metrics import Metrics
from assist.engine import Engine
from assist.errors import PlaybookProblems, Problem
from assist.playbook.parse import parse
from assist.playbook.schema import Playbooks
from assist.signals.reader import Reader

WATCH = 2.0  # seconds between two looks at the folder
log = structlog.get_logger()


def read_folder(folder: Path) -> dict[str, str]:
    """File name -> text of every playbook in a folder. Raises `PlaybookProblems` for what cannot be read."""
    if not folder.is_dir():
        raise PlaybookProblems([Problem(str(folder), 1, "there is no such folder")])
    files: dict[str, str] = {}
    problems = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        try:
            files[path.name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line, byte = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
            problems.append(Problem(path.name, line, f"the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"))
        except OSError as error:
            problems.append(Problem(path.name, 1, f"cannot be read: {error.strerror}"))
    if problems:
        raise PlaybookProblems(problems)
    return files


def load(folder: Path) -> Playbooks:
    """The playbooks of a folder. Raises `PlaybookProblems` with every mistake."""
    return parse(read_folder(folder))


class PlaybookFolder:
    """Holds the engine that is in force. A folder with mistakes leaves the last good one in its place."""

    def __init__(self, folder: Path, reader: Reader, metrics: Metrics) -> None:
        self._folder = folder
        self._reader = reader
        self._metrics = metrics
        self._seen = self._state()
        self.engine = Engine(reader, load(folder))
        self.problems: tuple[Problem, ...] = ()
        metrics.playbooks.labels("loaded").inc()

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        paths = sorted([*self._folder.glob("*.yaml"), *self._folder.glob("*.yml")])
        return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path in paths for stat in [path.stat()])

    def reload(self) -> bool:
        """Look at the folder again; True when a new set is in force."""
        try:
            seen = self._state()
        except OSError:
            return False  # a file went away while we looked: the next look sees the folder as it is then
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            self.engine = Engine(self._reader, load(self._folder))
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
