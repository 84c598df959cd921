"""A websocket without a task of its own: bytes in, callbacks out. Thousands of them fit into one process."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Protocol, cast

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

GONE = 1006  # the close code of a socket that broke off without one
SWITCHING = 101  # the status of a handshake that worked


class Hearer(Protocol):
    """Who has a socket. Nothing is called any more after `lost`."""

    def opened(self) -> None:
        """The handshake is done."""

    def heard(self, frame: dict[str, Any]) -> None:
        """A frame came."""

    def lost(self, code: int) -> None:
        """It is closed, by either side, or broken."""


class Wire(asyncio.Protocol):
    """One socket. `transport` is the TCP connection below, to be broken at will."""

    def __init__(self, url: str, hearer: Hearer) -> None:
        self._hearer: Hearer | None = hearer
        self._protocol = ClientProtocol(parse_uri(url), max_size=None)
        self._parts: list[bytes] = []
        self.transport: asyncio.Transport | None = None
        self.got = 0  # bytes

    def send(self, frame: dict[str, Any]) -> None:
        """Send a frame; one that cannot leave any more is dropped."""
        if self._protocol.state is State.OPEN:
            self._protocol.send_text(json.dumps(frame).encode())
            self._flush()

    def close(self) -> None:
        """Say goodbye; whoever has the socket hears no more of it."""
        self._hearer = None
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(1000)
            self._flush()
        if self.transport:
            self.transport.close()

    def cut(self) -> None:
        """Break off without a word, as a network does."""
        if self.transport:
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """TCP stands: ask for the websocket."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but name
        self._protocol.send_request(self._protocol.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Bytes of the server."""
        self.got += len(data)
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self._answered(event)
            elif isinstance(event, Frame):
                self._take(event)
        self._flush()

    def _answered(self, response: Response) -> None:
        if response.status_code == SWITCHING:
            self._tell(lambda hearer: hearer.opened())
        else:
            self.cut()

    def _take(self, frame: Frame) -> None:
        if frame.opcode not in (Opcode.TEXT, Opcode.CONT):
            return
        self._parts.append(bytes(frame.data))
        if frame.fin:
            text, self._parts = b"".join(self._parts), []
            self._tell(lambda hearer: hearer.heard(json.loads(text)))

    def eof_received(self) -> None:
        """The server sends no more."""
        self._protocol.receive_eof()
        self._flush()

    def connection_lost(self, _: Exception | None) -> None:
        """The end, however it came."""
        hearer, self._hearer = self._hearer, None
        if hearer:
            hearer.lost(self._protocol.close_rcvd.code if self._protocol.close_rcvd else GONE)

    def _tell(self, call: Callable[[Hearer], None]) -> None:
        if self._hearer:
            call(self._hearer)

    def _flush(self) -> None:
        assert self.transport is not None
        for data in self._protocol.data_to_send():
            if data:
                self.transport.write(data)
            else:
                self.transport.close()


async def dial(url: str, hearer: Hearer) -> Wire:
    """Connect. Raises `OSError` where nobody listens; what comes after that is told to the hearer."""
    uri = parse_uri(url)
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(lambda: Wire(url, hearer), uri.host, uri.port)
    return wire
