"""One or two workers in this process, on an event loop of their own, for tests that look at every step."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
import uvicorn
from fastapi import FastAPI

from app import running
from app.server import create_app, now_utc
from app.settings import Settings
from tests.app.clients import House
from tests.conftest import KEY, PATIENCE, soon

T = TypeVar("T")


class Worker:
    """One server in this loop, which may be ended and begun again at the same address."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = now_utc) -> None:
        self._settings = settings
        self._clock = clock
        self._serving: asyncio.Task[None] | None = None
        self._server: uvicorn.Server | None = None
        self._port = 0
        self.app: FastAPI | None = None

    @property
    def house(self) -> House:
        """Its address and its rooms."""
        assert self.app
        return House(self.app, f"http://127.0.0.1:{self._port}", self._clock)

    async def start(self) -> None:
        """Serve, and return when it does."""
        listening = running.listen("127.0.0.1", self._port)
        self._port = listening.getsockname()[1]
        self.app = create_app(self._settings, clock=self._clock)
        self._server = server = running.server(self.app)
        self._serving = asyncio.create_task(server.serve([listening]))
        await soon(lambda: server.started or (self._serving is not None and self._serving.done()))

    async def stop(self) -> None:
        """End as by SIGTERM."""
        assert self._server
        assert self._serving
        self._server.should_exit = True
        await self._serving
        self._serving = None


class Stage:
    """The workers, and a loop that runs only while something is done. A context manager."""

    def __init__(self, *settings: Settings, clocks: Sequence[Callable[[], datetime]] = ()) -> None:
        self._runner = asyncio.Runner()
        self.workers = [Worker(*both) for both in zip(settings, clocks or repeat(now_utc), strict=False)]
        self.http: httpx.AsyncClient | None = None

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self.do(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self.do(self._shut())
        self._runner.close()

    async def _open(self) -> None:
        for worker in self.workers:
            await worker.start()
        self.http = httpx.AsyncClient(timeout=PATIENCE, verify=False)

    async def _shut(self) -> None:
        assert self.http
        await self.http.aclose()
        for worker in self.workers:
            await worker.stop()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run until this is done."""
        return self._runner.run(work)

    def restart(self, which: int) -> None:
        """End a worker and begin it again."""

        async def again() -> None:
            await self.workers[which].stop()
            await self.workers[which].start()

        self.do(again())

    def call(self, which: int, method: str, path: str, role: str = "ingest", json: Any = None) -> Any:
        """A REST call at one of the workers. Raises `httpx.HTTPStatusError` unless it succeeds."""

        async def called() -> Any:
            assert self.http
            home = self.workers[which].house
            headers = {"Authorization": f"Bearer {home.token(role)}"}
            response = await self.http.request(method, f"{home.base}/api/v1{path}", json=json, headers=headers)
            return response.raise_for_status().json()

        return self.do(called())


def alone(folder: Path) -> list[Settings]:
    """One worker on SQLite."""
    return [Settings(secret=KEY, reader="linear", database=f"sqlite+aiosqlite:///{folder}/steadyhand.db", drain=0)]


def two(database: str, backplane: str) -> list[Settings]:
    """Two workers on PostgreSQL and Valkey."""
    return [Settings(secret=KEY, reader="linear", database=database, backplane=backplane, drain=0) for _ in range(2)]
