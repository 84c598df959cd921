"""What is under test: a server as a user starts it, its workers, and the database and backplane behind it.

`sqlite` is one worker on a file; `fleet` is two workers on PostgreSQL and Valkey, started by the tests themselves.
"""

import os
import shutil
import signal
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Literal, Self

import httpx
import psutil

from tests.conftest import MS, PATIENCE, Server, free_port, start_server, stop_server
from tests.faults.links import Links
from tests.fleet.postgres import Postgres
from tests.fleet.valkey import Valkey

Kind = Literal["sqlite", "fleet"]
KINDS: tuple[Kind, ...] = ("sqlite", "fleet")
SPAWNED = "spawn_main"  # in the command line of a worker; the parent's other children are none
TRACE = "Traceback (most recent call last)"


class Deployment:
    """A context manager. All calls block: in an event loop, run them in a thread.

    With `proxied`, its links (`clients`, and of a fleet `database` and `backplane`) lead through proxies.
    """

    def __init__(self, kind: Kind, folder: Path, *, proxied: bool = False, workers: int = 2) -> None:
        self.kind = kind
        self.folder = folder
        self.workers = 1 if kind == "sqlite" else workers
        self.links = Links() if proxied else None
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.own_port = free_port()  # where the workers listen
        self.port = self.own_port  # where clients go
        self._stack = ExitStack()
        self._server: Server | None = None
        self._options: tuple[str, ...] = ()
        self._logs = 0

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            if self.links:
                stack.enter_context(self.links)
                self.port = self.links.lead("clients", self.own_port)
            if self.kind == "fleet":
                self._options = self._behind(stack)
            self.start()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._stack.close()

    def _behind(self, stack: ExitStack) -> tuple[str, ...]:
        """PostgreSQL and Valkey, and the options that name them."""
        self.postgres = stack.enter_context(Postgres())
        self.valkey = Valkey(self.folder)
        stack.callback(self.valkey.stop)
        self.valkey.start()
        urls = {
            "database": (self.postgres.fresh(), self.postgres.port),
            "backplane": (self.valkey.url, self.valkey.port),
        }
        options = ["--workers", str(self.workers)]
        for name, (url, port) in urls.items():
            led = url.replace(f":{port}/", f":{self.links.lead(name, port)}/") if self.links else url
            options += [f"--{name}", led]
        return tuple(options)

    @property
    def server(self) -> Server:
        """The server, which runs."""
        assert self._server is not None
        return self._server

    @property
    def base(self) -> str:
        """Where it is, for HTTP."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        """Where it is, for sockets."""
        return f"ws://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until all its workers are ready."""
        self._server = start_server(self.folder, *self._options, port=self.own_port)
        deadline = time.monotonic() + 3 * PATIENCE
        while len(self.pids()) < self.workers and time.monotonic() < deadline:
            time.sleep(20 * MS)

    def stop(self) -> None:
        """End the server as an operator would."""
        stop_server(self.server)
        self._keep_log()

    def restart(self) -> None:
        """End it and start it again: all that one worker can do for a new version."""
        self.stop()
        self.start()

    def pids(self) -> list[int]:
        """The processes that serve."""
        if self.workers == 1:
            return [self.server.process.pid]
        try:
            children = psutil.Process(self.server.process.pid).children()
        except psutil.NoSuchProcess:
            raise AssertionError(f"the server has ended:\n{self.server.log.read_text()[-2_000:]}") from None
        return [child.pid for child in children if _is_worker(child)]

    def kill(self, chance: Random) -> None:
        """kill -9 of a worker. One of several is replaced by its parent; of one, the server is started again here."""
        victim = self._victim(chance)
        os.kill(victim, signal.SIGKILL)
        if self.workers == 1:
            self.server.process.wait()
            self._keep_log()
            self.start()

    def _victim(self, chance: Random) -> int:
        """A worker that lives; the fault before this one may have left none for a moment."""
        deadline = time.monotonic() + 3 * PATIENCE
        while not (alive := self.pids()):
            assert time.monotonic() < deadline, "there is no worker"
            time.sleep(20 * MS)
        return chance.choice(alive)

    def until_replaced(self, before: list[int]) -> None:
        """Wait until there are as many workers as there were, and none that is in `before` only by its number."""
        deadline = time.monotonic() + 3 * PATIENCE
        while time.monotonic() < deadline:
            alive = self.pids()
            if len(alive) == self.workers and self.ready():
                return
            time.sleep(20 * MS)
        raise AssertionError(f"the workers {before} became {self.pids()}")

    def roll(self) -> None:
        """A new version without an outage where there are several workers: one after the other is replaced."""
        if self.workers == 1:
            self.restart()
            return
        before = set(self.pids())
        os.kill(self.server.process.pid, signal.SIGHUP)
        deadline = time.monotonic() + 12 * PATIENCE
        while before & set(self.pids()) or len(self.pids()) < self.workers:
            assert time.monotonic() < deadline, "the rolling restart did not come to an end"
            time.sleep(50 * MS)

    def pause(self, chance: Random) -> int:
        """Halt a worker where it is; its number, to let it go on."""
        victim = self._victim(chance)
        os.kill(victim, signal.SIGSTOP)
        return victim

    def resume(self, pid: int) -> None:
        """Let it go on, if nobody has replaced it."""
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGCONT)

    def ready(self) -> bool:
        """Whether it says that it is."""
        try:
            return httpx.get(f"{self.base}/readyz", timeout=PATIENCE).status_code == 200
        except httpx.TransportError:
            return False

    def mistakes(self) -> list[str]:
        """Errors and tracebacks in the logs of all servers that ran here: the end of each, where the cause stands."""
        return [f"… {line[-400:]}" for line in self._logged() if TRACE in line or '"level": "error"' in line]

    def deaths(self) -> int:
        """Workers that were found dead or hung, and replaced."""
        return sum('"event": "worker_died"' in line for line in self._logged())

    def keep_logs(self, folder: Path) -> None:
        """Copy the logs of all that ran here."""
        folder.mkdir(parents=True, exist_ok=True)
        for log in self.folder.glob("*.log"):
            shutil.copy(log, folder)

    def _logged(self) -> list[str]:
        logs = [*self.folder.glob("server-*.log"), *self.folder.glob("ended-*.log")]
        return [line for log in logs for line in log.read_text(errors="replace").splitlines()]

    def _keep_log(self) -> None:
        self._logs += 1
        shutil.copy(self.server.log, self.folder / f"ended-{self._logs}.log")
        self.server.log.write_bytes(b"")


def _is_worker(process: psutil.Process) -> bool:
    try:
        return SPAWNED in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False  # it has just ended
