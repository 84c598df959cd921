"""Connections with a deadline: a database that says nothing is treated like one that is gone.

A server that is stopped, or that a broken network hides, leaves its sockets open; waiting for it would last minutes.
Where the time is up the socket is cut, which makes a plain connection error of the silence: the driver ends the call,
the pool throws the connection away, and nothing is left on it that a later caller could take for his answer. Cancelling
would not do: the driver then asks the same silent server to cancel, and waits for that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

QUEUE = 5.0  # seconds that a call waits for one of the connections at most

_turns: WeakKeyDictionary[AsyncEngine, asyncio.Semaphore] = WeakKeyDictionary()
_silent: WeakKeyDictionary[AsyncEngine, float] = WeakKeyDictionary()  # when a database did not answer last


@asynccontextmanager
async def connected(engine: AsyncEngine, seconds: float) -> AsyncIterator[AsyncConnection]:
    """A connection for so long. Raises the driver's errors and `TimeoutError`.

    While the database answers others, a crowd waits its turn for `QUEUE` seconds. Who waits when it does not is told
    with the first of them, instead of finding out once more.
    """
    loop = asyncio.get_running_loop()
    came = loop.time()
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(QUEUE):
            await stack.enter_async_context(_turn(engine))
        if _silent.get(engine, came) > came:
            raise TimeoutError("the database was silent to others")
        try:
            async with asyncio.timeout(seconds):
                connection = await stack.enter_async_context(engine.connect())
        except Exception:
            _silent[engine] = loop.time()
            raise
        driver = (await connection.get_raw_connection()).driver_connection
        timer = loop.call_later(seconds, _cut, engine, driver)
        stack.callback(timer.cancel)
        yield connection


def _turn(engine: AsyncEngine) -> asyncio.Semaphore:
    """As many turns as the pool has connections: who waited in the pool itself would have to connect in any case."""
    found = _turns.get(engine)
    if found is None:
        pool = cast("QueuePool", engine.pool)
        found = _turns[engine] = asyncio.Semaphore(pool.size())
    return found


def _cut(engine: AsyncEngine, driver: Any) -> None:
    """Only what is on a network can be silent: SQLite has its own timeout for locks, and nothing to cut."""
    terminate = getattr(driver, "terminate", None)
    if terminate:
        _silent[engine] = asyncio.get_running_loop().time()
        terminate()


def renew_what_is_closed(engine: AsyncEngine) -> None:
    """Have the pool look whether a connection still stands before it hands it out.

    The loop has heard of the other end's closing by itself, so that this costs no question to the server.
    """
    event.listen(engine.sync_engine, "checkout", _on_checkout)


def _on_checkout(connection: DBAPIConnection, _record: ConnectionPoolEntry, _proxy: Any) -> None:
    if connection.driver_connection.is_closed():
        raise DisconnectionError
