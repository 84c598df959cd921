"""Starting uvicorn the way sockets need it: bounded frames and heads, no deflate, dead peers found within 20 s."""

import asyncio
import gc
import signal
import socket
import time
from functools import lru_cache
from types import FrameType
from typing import Any, NoReturn

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from app.errors import Refused
from app.leaving import drain

MAX_FRAME = 64 * 1024  # bytes of a websocket frame
MAX_HEAD = 64 * 1024  # bytes of a request's line and headers
PEER_SILENT = 20_000  # milliseconds until unacknowledged bytes end a connection
BACKLOG = 2_048
LONG = 64 * 1024  # characters of a frame that is not kept for others
OPEN_CALLS = 8  # seconds that they get at the end
LINGER = 0.5  # seconds
ONE_SIGNAL = 2.0  # seconds; a supervisor that tells a whole group of processes tells each worker twice

FULL = 2  # the generation of the garbage collector that is all there is


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections inherit `TCP_USER_TIMEOUT`. Raises `Refused` when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio's Nagle stays on
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, PEER_SILENT)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Refused("invalid", f"cannot listen on {host}:{port}: {error.strerror}; choose another --port") from None
    listening.listen(BACKLOG)
    listening.set_inheritable(True)
    return listening


class BoundedHead(HttpToolsProtocol):
    """HTTP with a bound for the request line and headers, which uvicorn has for its slower parser only."""

    _in_head = True
    _head = 0  # bytes so far

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._in_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head does not come to an end."""
        super().data_received(data)
        self._head = self._head + len(data) if self._in_head else 0
        if self._head > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response("The request's head is too large.")


class Sockets(WebSocketsSansIOProtocol):
    """WebSockets on which a text that goes to many is made a frame once: a third of what a delivery costs is saved."""

    async def send(self, message: Any) -> None:
        """Send a text by the short way; what is long goes to nobody else, and what is none is uvicorn's affair."""
        text = message.get("text")
        if text is None or len(text) > LONG or self.close_sent or not self.handshake_complete:
            await super().send(message)
            return
        if not self.writable.is_set():
            await self.writable.wait()
        if self.disconnected or self.conn.state is not State.OPEN:
            raise ClientDisconnected
        self.transport.write(_frame(text))


@lru_cache(maxsize=8)
def _frame(text: str) -> bytes:
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


class Server(uvicorn.Server):
    """On SIGTERM sends the sockets away a few at a time before uvicorn cuts what is left.

    SIGINT is uvicorn's own affair, and so is a further SIGTERM: they end it at once.
    """

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = 0.0  # when SIGTERM came, by the monotonic clock
        self._draining: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and from then on drain before the end."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal has come."""
        if sig != signal.SIGTERM or self._loop is None or self.should_exit:
            super().handle_exit(sig, frame)
        elif not self._told:
            self._told = time.monotonic()
            self._loop.call_soon_threadsafe(self._begin_to_drain)
        elif time.monotonic() - self._told > ONE_SIGNAL:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Cut what is left."""
        if self._draining:
            self._draining.cancel()
        await super().shutdown(sockets)

    def _begin_to_drain(self) -> None:
        self._draining = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            await drain(self._app.state.rooms, self._stop_listening)
            await self._linger()
        finally:
            super().handle_exit(signal.SIGTERM, None)

    def _stop_listening(self) -> None:
        """New connections find another process on this socket, or nobody."""
        for server in self.servers:
            server.close()

    async def _linger(self) -> None:
        """A connection just accepted gets its answer: uvicorn cuts those that have asked nothing yet."""
        if self.server_state.connections:
            await asyncio.sleep(LINGER)


def server(app: FastAPI) -> Server:
    """A uvicorn server for an app."""
    config = uvicorn.Config(
        app,
        http=BoundedHead,
        ws=Sockets,
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # browsers cannot see protocol pings: ours are frames
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=OPEN_CALLS,
    )
    return Server(app, config)


def settle() -> None:
    """Keep the garbage collector from what stays, once all that is needed has been loaded."""
    gc.collect()
    gc.freeze()
    if _spare not in gc.callbacks:
        gc.callbacks.append(_spare)


def _spare(phase: str, info: dict[str, int]) -> None:
    """What a full collection has found alive is looked through no more.

    Else each would walk every live conversation, and stop the event loop for a second with 10,000 of them. Its price:
    a circle that falls apart later is never freed. Conversations have none, and a session leaves none behind.
    """
    if phase == "stop" and info["generation"] == FULL:
        gc.freeze()


def run(app: FastAPI, listening: socket.socket) -> None:
    """Serve until a signal ends it; after SIGTERM the exit code is 0."""
    settle()
    signal.signal(signal.SIGTERM, _end)  # uvicorn raises the signal again when it has ended
    server(app).run(sockets=[listening])


def _end(_: int, __: FrameType | None) -> NoReturn:
    raise SystemExit(0)
