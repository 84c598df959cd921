"""`python -m benchmarks.bare --database URL --size N`: the floor of `throughput`.

A bare FastAPI echo that hears each message once with the linear reader and keeps a row of N characters for it before
it answers: whoever comes while a commit runs is committed together by the next one, straight through the driver.
Nothing is checked, told to anybody else or found again.
"""

import argparse
import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import asyncpg
from fastapi import FastAPI, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import running
from app.jsontext import loads
from assist.conversation.state import Conversation
from assist.message import Message, Role
from benchmarks.chats import engine

TABLE = "CREATE TABLE kept (conversation TEXT, seq INTEGER, at TEXT, document TEXT, PRIMARY KEY (conversation, seq))"
Row = tuple[str, int, str, str]
Keep = Callable[[Sequence[Row]], Awaitable[None]]


class Bare:
    """One socket after the other, all with the same conversations."""

    def __init__(self, keep: Callable[[], Awaitable[Keep]], size: int) -> None:
        self._open = keep
        self._keep: Keep | None = None
        self._document = "x" * size
        self._engine = engine()
        self._states: dict[str, Conversation] = {}
        self._waiting: list[tuple[Row, WebSocket, str]] = []
        self._more = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    async def serve(self, socket: WebSocket) -> None:
        """Hear and echo until it closes."""
        self._writer = self._writer or asyncio.create_task(self._write())
        await socket.accept()
        try:
            while True:
                text = await socket.receive_text()
                self._waiting.append((self._heard(loads(text)), socket, text))
                self._more.set()
        except WebSocketDisconnect:
            return

    def _heard(self, frame: dict[str, str]) -> Row:
        name, now = frame["conversation"], datetime.now(UTC)
        before = self._states.get(name) or Conversation(name)
        message = Message(frame["id"], before.seq + 1, Role(frame["role"]), frame["text"], now)
        self._states[name] = self._engine.hear(before, message).conversation
        return name, message.seq, now.isoformat(), self._document

    async def _write(self) -> None:
        keep = await self._open()
        while True:
            await self._more.wait()
            self._more.clear()
            group, self._waiting = self._waiting, []
            await keep([row for row, _, _ in group])
            for _, socket, text in group:
                await socket.send_text(text)


async def sqlite(path: str) -> Keep:
    """Rows into a file as the store writes it: with a log beside it, not flushed at each commit."""
    thread = ThreadPoolExecutor(1)

    def begin() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", TABLE):
            connection.execute(statement)
        return connection

    connection = await asyncio.get_running_loop().run_in_executor(thread, begin)

    def insert(rows: Sequence[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO kept VALUES (?, ?, ?, ?)", rows)
        connection.execute("COMMIT")

    async def keep(rows: Sequence[Row]) -> None:
        await asyncio.get_running_loop().run_in_executor(thread, insert, rows)

    return keep


async def postgresql(url: str) -> Keep:
    """Rows into a server's table."""
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    await connection.execute(TABLE)

    async def keep(rows: Sequence[Row]) -> None:
        async with connection.transaction():
            await connection.executemany("INSERT INTO kept VALUES ($1, $2, $3, $4)", rows)

    return keep


def main() -> None:
    """Serve until a signal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True, help="a file, or the URL of a PostgreSQL database")
    parser.add_argument("--size", type=int, required=True, help="characters of a row's document")
    asked = parser.parse_args()
    database = str(asked.database)
    bare = Bare(lambda: (postgresql if "://" in database else sqlite)(database), asked.size)
    app = FastAPI()
    app.add_api_websocket_route("/", bare.serve)
    listening = running.listen("127.0.0.1", 0)
    print("listening on http://{}:{}".format(*listening.getsockname()), flush=True)
    running.run(app, listening)


if __name__ == "__main__":
    main()
