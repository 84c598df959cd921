"""The other side of the wire: a browser or chat tool on a socket, and a server in the test's own event loop."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import websockets
from fastapi import FastAPI

from app import running
from app.auth import Tokens
from app.protocol import PULSE, Pulse
from app.rooms import Rooms
from app.server import create_app, now_utc
from app.settings import Settings
from app.store.rows import Store
from tests.conftest import KEY, PATIENCE, soon

Frame = dict[str, Any]


class Browser:
    """One socket. Pings are answered by themselves; every frame that was got is kept in `seen`."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection
        self.seen: list[Frame] = []

    async def send(self, frame: Frame | str | bytes) -> None:
        """A frame, or something that is none."""
        await self.connection.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def get(self, *kinds: str, patience: float = PATIENCE) -> Frame:
        """The next frame, or the next of these kinds."""
        async with asyncio.timeout(patience):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] == "ping":
                    await self.send({"type": "pong"})
                    if "ping" not in kinds:
                        continue
                self.seen.append(frame)
                if not kinds or frame["type"] in kinds:
                    return frame

    async def ask(self, frame: Frame | str | bytes, *kinds: str) -> Frame:
        """Send a frame and get what answers it."""
        await self.send(frame)
        return await self.get(*kinds)

    async def subscribe(self, conversation: str, **more: Any) -> Frame:
        """The snapshot, the `resumed` or the error that answers a subscription; updates before it are in `seen`."""
        return await self.ask(
            {"type": "subscribe", "conversation": conversation, **more}, "snapshot", "resumed", "error"
        )

    async def is_open(self) -> bool:
        """Whether the server still answers on it."""
        return (await self.ask({"type": "ping"}, "pong"))["type"] == "pong"

    async def closed(self, patience: float = PATIENCE) -> int:
        """The code with which the server closes; what comes before is in `seen`."""
        try:
            while True:
                await self.get(patience=patience)
        except websockets.ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else 1006


@asynccontextmanager
async def raw_socket(url: str, **options: Any) -> AsyncIterator[Browser]:
    """A socket on which nothing has been said."""
    given = {"compression": None, "max_size": None, "close_timeout": PATIENCE / 3, **options}
    async with websockets.connect(url, **given) as connection:
        yield Browser(connection)


@asynccontextmanager
async def browser(ws: str, door: str, token: str) -> AsyncIterator[Browser]:
    """A socket that has been welcomed at a door."""
    async with raw_socket(f"{ws}/ws/v1/{door}") as socket:
        welcome = await socket.ask({"type": "hello", "token": token})
        assert welcome["type"] == "welcome", welcome
        yield socket


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        """Move it."""
        self.now += timedelta(seconds=seconds)


@dataclass
class House:
    """A server that runs in the test's own event loop, with all that it is made of in reach."""

    app: FastAPI
    base: str
    clock: Callable[[], datetime]

    @property
    def rooms(self) -> Rooms:
        """What its doors work with."""
        return self.app.state.rooms

    @property
    def ws(self) -> str:
        """The base of its websockets."""
        return self.base.replace("http", "ws", 1)

    def token(self, role: str, subject: str = "ann", *teams: str, seconds: float = 3_600, **claims: Any) -> str:
        """A token by its clock; team `a` when none is named."""
        return Tokens(KEY).sign(
            role=role,
            subject=subject,
            teams=teams or ("a",),
            now=self.clock(),
            ttl=timedelta(seconds=seconds),
            claims=claims,
        )

    def client(self, role: str, *teams: str, subject: str = "ann") -> httpx.AsyncClient:
        """An HTTP client with a token."""
        headers = {"Authorization": f"Bearer {self.token(role, subject, *teams)}"}
        return httpx.AsyncClient(base_url=f"{self.base}/api/v1", headers=headers, timeout=PATIENCE, verify=False)


def settings_for(folder: Path, **more: Any) -> Settings:
    """Settings of a server that keeps its data in a folder, and reads by the linear scorer unless told otherwise."""
    usual = {"database": f"sqlite+aiosqlite:///{folder}/steadyhand.db", "reader": "linear"}
    return Settings(secret=KEY, **{**usual, **more})


@asynccontextmanager
async def house(
    folder: Path,
    clock: Callable[[], datetime] = now_utc,
    *,
    pulse: Pulse = PULSE,
    store: Store | None = None,
    send_buffer: int | None = None,
    **more: Any,
) -> AsyncIterator[House]:
    """Run a server here until the block ends; with a small `send_buffer` it notices soon who does not read."""
    listening = running.listen("127.0.0.1", 0)
    if send_buffer:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    app = create_app(settings_for(folder, **more), clock=clock, pulse=pulse, store=store)
    server = running.server(app)
    serving = asyncio.create_task(server.serve([listening]))
    await soon(lambda: server.started or serving.done())
    try:
        yield House(app, f"http://127.0.0.1:{listening.getsockname()[1]}", clock)
    finally:
        server.should_exit = True
        await serving
