"""Bad networks between the parts of a deployment: a proxy for each link, in a thread of their own."""

import asyncio
import threading
from collections.abc import Coroutine
from random import Random
from typing import Any, Self

from tests.conftest import PATIENCE
from tests.fleet.proxy import Proxy, Way


class Thief(Proxy):
    """A proxy that can also spoil what it passes on to the server behind it."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.wanted = b""
        self.share = 0.0
        self.chance = Random()
        self.stolen = 0

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way) -> None:
        if way is Way.THERE:
            read = reader.read

            async def spoilt(most: int) -> bytes:
                return self._spoilt(await read(most))

            reader.read = spoilt  # type: ignore[method-assign]
        await super()._pump(reader, writer, way)

    def _spoilt(self, chunk: bytes) -> bytes:
        """Some of the wanted words with another last letter: as long as before, and meant for nobody."""
        if not self.share or self.wanted not in chunk:
            return chunk
        first, *rest = chunk.split(self.wanted)
        parts = [first]
        for part in rest:
            take = self.chance.random() < self.share
            self.stolen += take
            parts += [self.wanted[:-1] + b"!" if take else self.wanted, part]
        return b"".join(parts)


class Links:
    """Proxies by name. A context manager; all calls block, from whatever thread they come."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="links", daemon=True)
        self._proxies: dict[str, Thief] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for proxy in self._proxies.values():
            self._do(proxy.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def lead(self, name: str, port: int) -> int:
        """The port of a new link that leads to this one."""
        self._proxies[name] = self._do(Thief(port).start())
        return self._proxies[name].port

    def cut(self, name: str) -> None:
        """Break what is open; new connections work."""
        self._loop.call_soon_threadsafe(self._proxies[name].cut)

    def refuse(self, name: str) -> None:
        """Break what is open, and let nobody in until `resume`."""
        self._do(self._proxies[name].refuse())

    def delay(self, name: str, seconds: float) -> None:
        """Keep all back for so long, until `resume`."""
        self._loop.call_soon_threadsafe(self._proxies[name].delay, seconds)

    def swallow(self, name: str, *ways: Way) -> None:
        """Connections stay open, and nothing comes through in these directions until `resume`."""
        self._loop.call_soon_threadsafe(self._proxies[name].swallow, *ways)

    def steal(self, name: str, wanted: bytes, share: float, chance: Random) -> int:
        """Spoil a share of these words on their way to the server from now on; how many were until now."""
        proxy = self._proxies[name]
        stolen, proxy.stolen = proxy.stolen, 0
        proxy.wanted, proxy.share, proxy.chance = wanted, share, chance
        return stolen

    def resume(self, name: str) -> None:
        """A good network again."""
        self._do(self._proxies[name].resume())

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)
