"""Whether the database and the backplane answer: watched, told to every browser, and asked before a write is tried."""

import asyncio
from collections.abc import Callable
from time import monotonic

import structlog

from app.metrics import Metrics
from app.store.rows import Store

PROBE_EVERY = 1.0  # seconds
log = structlog.get_logger()


class Health:
    """The state of what this worker relies on; `changed` is called after every turn of it."""

    def __init__(self, store: Store, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics
        self._listeners: list[Callable[[], None]] = []
        self._failed = float("-inf")
        self.database = True
        self.backplane = True
        metrics.database_up.set(1)
        metrics.backplane_up.set(1)

    @property
    def whole(self) -> bool:
        """Whether all of it answers."""
        return self.database and self.backplane

    def writable(self, since: float) -> bool:
        """Whether to try a write, for who has waited for her turn since then: not when another call failed meanwhile.

        So who stands in a queue when the database goes away does not wait for it once more, one after the other.
        """
        return self.database and self._failed < since

    def failed(self) -> None:
        """The database did not answer. Whether it is away is for the next probe to say: it may only be slow."""
        self._failed = monotonic()

    def wire(self) -> dict[str, object]:
        """The frame that tells a browser."""
        return {"type": "service", "database": self.database, "backplane": self.backplane}

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have it called after every turn."""
        self._listeners.append(listener)

    def database_is(self, up: bool) -> None:
        """What a call to the database has shown."""
        if up != self.database:
            self.database = up
            self._metrics.database_up.set(up)
            self._turned("database", up)

    def backplane_is(self, up: bool) -> None:
        """What the backplane says of itself."""
        if up != self.backplane:
            self.backplane = up
            self._metrics.backplane_up.set(up)
            self._turned("backplane", up)

    def _turned(self, part: str, up: bool) -> None:
        log.warning("service_turned", part=part, up=up)
        for listener in self._listeners:
            listener()

    async def watch(self) -> None:
        """Probe the database again and again, until cancelled."""
        while True:
            await asyncio.sleep(PROBE_EVERY)
            try:
                self.database_is(await self._store.ready())
            except Exception:  # a mistake of ours must not end the watching
                log.exception("database_not_probed")
