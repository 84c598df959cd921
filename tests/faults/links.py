"""Bad networks between the parts of a deployment: a proxy for each link, in a thread of their own."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self

from tests.conftest import PATIENCE
from tests.fleet.proxy import Proxy, Way


class Links:
    """Proxies by name. A context manager; all calls block, from whatever thread they come."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="links", daemon=True)
        self._proxies: dict[str, Proxy] = {}

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
        self._proxies[name] = self._do(Proxy(port).start())
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

    def resume(self, name: str) -> None:
        """A good network again."""
        self._do(self._proxies[name].resume())

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)
