"""Servers in processes of their own, started as a user starts them, and what they spend and hold."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEY = "a key for benchmarks, long enough to sign with"
ROOT = Path(__file__).parent.parent
ADDRESS = re.compile(r"listening on http://(\S+)")
PATIENCE = 60.0  # seconds until a server must have said where it listens
TICKS = os.sysconf("SC_CLK_TCK")  # a second, in which Linux counts CPU time
PAGE = os.sysconf("SC_PAGE_SIZE")  # bytes


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs; `address` is host and port."""

    address: str
    process: subprocess.Popen[bytes]

    def cpu(self) -> float | None:
        """CPU seconds that it and its children spent so far; None where the system does not tell as Linux does."""
        return cpu_of(self.process.pid)

    def resident(self) -> float | None:
        """MiB of memory that it and its children hold, what they share counted each time; None as above."""
        sizes = [_of(pid, "statm").split() for pid in family(self.process.pid)]
        return sum(int(size[1]) for size in sizes if size) * PAGE / 2**20 if sizes else None


def pinned(first: int, core: int) -> None:
    """Have a process with all its threads run on one core."""
    for thread in Path(f"/proc/{first}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


def cpu_of(first: int) -> float | None:
    """CPU seconds that a process and its living children spent so far; None where there is no /proc to tell."""
    stats = [_of(pid, "stat").rpartition(")")[2].split()[11:13] for pid in family(first)]
    return sum(int(ticks) for times in stats for ticks in times) / TICKS if stats else None


def family(first: int) -> list[int]:
    """The process and all under it; none where there is no /proc to tell."""
    if not Path(f"/proc/{first}").exists():
        return []
    found = [first]
    for pid in found:
        found += [int(child) for child in _of(pid, f"task/{pid}/children").split()]
    return found


def _of(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it has just ended


@contextmanager
def running(folder: Path, module: str, *options: str) -> Iterator[Running]:
    """Start `python -m module` and wait until it says where it listens. Raises `RuntimeError` when it does not."""
    log = folder / f"{module}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            env={**os.environ, "STEADYHAND_SECRET": KEY},
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Running(_address(process, log), process)
    finally:
        process.terminate()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if found := ADDRESS.search(log.read_text()):
            return found.group(1)
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")


@contextmanager
def steadyhand(folder: Path, *options: str, database: str = "") -> Iterator[Running]:
    """`steadyhand serve` with one worker, on `steadyhand.db` in the folder where nothing else is said."""
    place = database or f"sqlite+aiosqlite:///{folder / 'steadyhand.db'}"
    with running(folder, "app", "serve", "--port", "0", "--database", place, *options) as server:
        yield server
