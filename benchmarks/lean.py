"""Sockets that cost their own process next to nothing: what is measured is the server's work, not the client's.

One `asyncio.Protocol` a socket, no tasks, no queues. Frames leave masked with zeros, which is allowed and saves the
masking; what comes in is handed on as bytes, and nobody reads more of it than she needs.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from app.auth import Tokens
from app.jsontext import dumps
from benchmarks.servers import KEY

PING, PONG = b'{"type":"ping"}', '{"type":"pong"}'
OPEN_WITHIN = 60.0  # seconds
TEXT, CLOSE = 0x81, 0x88  # the first byte of a whole text frame, and of a closing one
HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Lean(asyncio.Protocol):
    """One socket; every text frame that comes, but our pings, goes to `heard`."""

    def __init__(self, path: str, heard: Callable[[bytes], None]) -> None:
        self._path = path
        self.heard = heard
        self._rest: list[bytes] = []
        self._short = 0  # bytes without which the frame that has begun is not whole: not looked at before
        self._open = False
        self._transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: int | None = None  # the code, once the server has closed it or it was cut

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(HANDSHAKE.format(path=self._path).encode())

    def connection_lost(self, _: Exception | None) -> None:
        """Remember that it is over."""
        if self.closed is None:
            self.closed = 1006
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the server did not take the socket"))

    def data_received(self, data: bytes) -> None:
        """Cut what came into frames."""
        self._rest.append(data)
        self._short -= len(data)
        if self._short > 0:
            return
        data = b"".join(self._rest)
        start = 0 if self._open else self._head(data)
        if self._open:
            while end := self._frame(data, start):
                start = end
        self._rest = [data[start:]]

    def _head(self, data: bytes) -> int:
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        if not data.startswith(b"HTTP/1.1 101"):
            self.opened.set_exception(ConnectionError(data.split(b"\r\n")[0].decode()))
            return len(data)
        self._open = True
        self.opened.set_result(None)
        return end + 4

    def _frame(self, data: bytes, start: int) -> int:
        """Hand on the frame that begins here; where it ends, 0 while it is not whole."""
        if len(data) < start + 2:
            return 0
        size, body = data[start + 1], start + 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, body = int.from_bytes(data[body : body + wide], "big"), body + wide
        if len(data) < body + size:
            self._short = body + size - len(data)
            return 0
        text = data[body : body + size]
        if data[start] == CLOSE:
            self.closed = int.from_bytes(text[:2], "big")
        elif text == PING:
            self.send(PONG)
        else:
            self.heard(text)
        return body + size

    def send(self, text: str) -> None:
        """Send a text frame; never waits."""
        assert self._transport
        raw = text.encode()
        size = len(raw)
        length = bytes((0x80 | size,)) if size < 126 else bytes((0xFE,)) + size.to_bytes(2, "big")
        self._transport.write(b"\x81" + length + b"\0\0\0\0" + raw)

    def drop(self) -> None:
        """Let go of it."""
        if self._transport:
            self._transport.abort()


async def opened(address: str, door: str, heard: Callable[[bytes], None], *, hello: str = "") -> Lean:
    """A socket at a door of `steadyhand`, its hello said; the welcome is the first that is heard."""
    host, _, port = address.rpartition(":")
    async with asyncio.timeout(OPEN_WITHIN):
        _, socket = await asyncio.get_running_loop().create_connection(
            lambda: Lean(f"/ws/v1/{door}" if door else "/", heard), host, int(port)
        )
        await socket.opened
    if door:
        socket.send(hello or hello_of(door))
    return socket


def hello_of(door: str) -> str:
    """The first frame of somebody with the right to that door."""
    token = Tokens(KEY).sign(role=door, subject="bench", teams=("a",), now=datetime.now(UTC))
    return dumps({"type": "hello", "token": token})
