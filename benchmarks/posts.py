"""The REST door as a way in: connections that stay open, one question at a time on each, no library in between."""

import asyncio
import json
from collections import deque
from typing import cast

from benchmarks.lean import hello_of
from benchmarks.load import Load

CONNECTIONS = 32
HEAD = (
    "POST /api/v1/conversations/{conversation}/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)


class Connection(asyncio.Protocol):
    """One connection; `done` is told the status and the body of an answer."""

    def __init__(self, posts: "Posts") -> None:
        self._posts = posts
        self._rest = b""
        self._key = ""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready."""
        self._transport = cast("asyncio.Transport", transport)

    def ask(self, head: bytes, body: bytes, key: str) -> None:
        """Post a message."""
        assert self._transport
        self._key = key
        self._transport.write(head + body)

    def data_received(self, data: bytes) -> None:
        """Wait until the answer is whole."""
        self._rest += data
        head, found, body = self._rest.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        start = lower.index(b"content-length:") + len(b"content-length:")
        if len(body) < int(lower[start:].split(b"\r\n", 1)[0]):
            return
        self._rest = b""
        self._posts.answered(self, int(head[9:12]), body, self._key)

    def drop(self) -> None:
        """Let go of it."""
        if self._transport:
            self._transport.abort()


class Posts:
    """A way in for a load."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._token = json.loads(hello_of("ingest"))["token"]
        self._free: deque[Connection] = deque()
        self._all: list[Connection] = []
        self._waiting: deque[str] = deque()

    async def open(self, address: str) -> None:
        """Connect."""
        host, _, port = address.rpartition(":")
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, connection = await loop.create_connection(lambda: Connection(self), host, int(port))
            self._all.append(connection)
        self._free.extend(self._all)

    def send(self, text: str) -> None:
        """Post a message as soon as a connection is free; never waits."""
        self._waiting.append(text)
        if self._free:
            self._ask(self._free.popleft())

    def _ask(self, connection: Connection) -> None:
        frame = json.loads(self._waiting.popleft())
        body = json.dumps({name: frame[name] for name in ("id", "role", "text")}).encode()
        head = HEAD.format(conversation=frame["conversation"], token=self._token, length=len(body))
        connection.ask(head.encode(), body, frame["id"])

    def answered(self, connection: Connection, status: int, body: bytes, key: str) -> None:
        """An answer has come."""
        if status >= 400:
            self._load.refused_by(json.loads(body)["error"], key)
        if self._waiting:
            self._ask(connection)
        else:
            self._free.append(connection)

    def drop(self) -> None:
        """Let go of all."""
        for connection in self._all:
            connection.drop()
