"""Starting uvicorn the way sockets need it: bounded frames and heads, no deflate, dead peers found within 20 s."""

import gc
import socket

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import Refused

MAX_FRAME = 64 * 1024  # bytes of a websocket frame
MAX_HEAD = 64 * 1024  # bytes of a request's line and headers
PEER_SILENT = 20_000  # milliseconds until unacknowledged bytes end a connection
BACKLOG = 2_048
DRAIN = 10  # seconds that open requests get at the end


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections inherit `TCP_USER_TIMEOUT`. Raises `Refused` when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
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


class Server(uvicorn.Server):
    """Asks every browser to come again before uvicorn cuts the connections."""

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close our sockets with our code, then the rest."""
        await self._app.state.rooms.close_sockets()
        await super().shutdown(sockets)


def server(app: FastAPI) -> Server:
    """A uvicorn server for an app."""
    config = uvicorn.Config(
        app,
        http=BoundedHead,
        ws="auto",
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # browsers cannot see protocol pings: ours are frames
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=DRAIN,
    )
    return Server(app, config)


def run(app: FastAPI, listening: socket.socket) -> None:
    """Serve until a signal ends it."""
    gc.collect()
    gc.freeze()  # what was loaded at start is never looked through again
    gc.set_threshold(700, 10, 100)  # a full collection walks every live conversation: 0.6 s with 10,000 of them
    server(app).run(sockets=[listening])
