"""Servers in processes of their own, started as a user starts them, and the sockets that talk to them."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from app.auth import Tokens
from app.jsontext import dumps

KEY = "a key for benchmarks, long enough to sign with"
ROOT = Path(__file__).parent.parent
ADDRESS = re.compile(r"listening on http://(\S+)")
PATIENCE = 60.0  # seconds until a server must have said where it listens
TICKS = os.sysconf("SC_CLK_TCK")  # a second, in which Linux counts CPU time


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs; `address` is host and port."""

    address: str
    process: subprocess.Popen[bytes]

    def cpu(self) -> float | None:
        """CPU seconds spent so far; None where the system does not tell as Linux does."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return None
        times = stat.read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, times)) / TICKS


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
def steadyhand(folder: Path) -> Iterator[Running]:
    """`steadyhand serve` with one worker, on `steadyhand.db` in the folder."""
    database = f"sqlite+aiosqlite:///{folder / 'steadyhand.db'}"
    with running(folder, "app", "serve", "--port", "0", "--database", database) as server:
        yield server


@asynccontextmanager
async def session(server: Running, door: str) -> AsyncIterator[ClientConnection]:
    """A socket at one of the doors of `steadyhand`, after its hello."""
    token = Tokens(KEY).sign(role=door, subject="bench", teams=("a",), now=datetime.now(UTC))
    async with plain(server, f"/ws/v1/{door}") as socket:
        await socket.send(dumps({"type": "hello", "token": token}))
        await socket.recv()
        yield socket


@asynccontextmanager
async def plain(server: Running, path: str = "/") -> AsyncIterator[ClientConnection]:
    """A socket as the server likes it: no deflate, no pings but ours."""
    async with asyncio.timeout(PATIENCE):
        socket = await connect(f"ws://{server.address}{path}", compression=None, ping_interval=None, max_size=None)
    async with socket:
        yield socket
