"""A TCP proxy that fails as networks do: slowly, all at once, or in one direction only."""

import asyncio
from contextlib import suppress
from enum import Enum

CHUNK = 65536


class Way(Enum):
    """The directions of a connection, seen from the server behind the proxy."""

    THERE = "there"
    BACK = "back"


class Proxy:
    """Listens on a port of this machine and passes on to another. All that it is told holds until `resume`."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._behind = (host, port)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._swallowed: set[Way] = set()
        self._delay = 0.0
        self.port = 0
        self.passed = 0  # connections so far

    async def start(self) -> "Proxy":
        """Listen, the second time on the same port."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        """Cut all and listen no more."""
        await self.refuse()
        await asyncio.gather(*self._tasks)

    def delay(self, seconds: float) -> None:
        """Keep every chunk back for so long, in both directions."""
        self._delay = seconds

    def cut(self) -> None:
        """Reset every connection there is; new ones are passed on."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def refuse(self) -> None:
        """Cut all, and refuse new connections."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()

    def swallow(self, *ways: Way) -> None:
        """Take what comes in these directions and pass nothing on: a connection that is open to one side only."""
        self._swallowed = set(ways)

    async def resume(self) -> None:
        """Be a good network again; connections that lost something are cut, as their streams are broken."""
        self._delay = 0.0
        if self._swallowed:
            self._swallowed = set()
            self.cut()
        if self._server is None:
            await self.start()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self._writers.add(writer)
        self.passed += 1
        pumps: list[asyncio.Task[None]] = []
        try:
            behind, there = await asyncio.open_connection(*self._behind)
            self._writers.add(there)
            if writer.is_closing():  # cut while we connected
                there.transport.abort()
            pumps = [asyncio.ensure_future(self._pump(reader, there, Way.THERE))]
            pumps += [asyncio.ensure_future(self._pump(behind, writer, Way.BACK))]
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            self._writers.discard(there)
            there.transport.abort()
        except OSError:
            pass  # nobody behind: cut, as below
        for pump in pumps:
            pump.cancel()
        writer.transport.abort()
        self._writers.discard(writer)
        self._tasks.discard(task)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if self._delay:
                    await asyncio.sleep(self._delay)
                if way not in self._swallowed:
                    writer.write(chunk)
                    await writer.drain()
