"""Connections with a deadline: a database that says nothing is treated like one that is gone.

A server that is stopped, or that a broken network hides, leaves its sockets open; waiting for it would last minutes.
Where the time is up the socket is cut, which makes a plain connection error of the silence: the driver ends the call,
the pool throws the connection away, and nothing is left on it that a later caller could take for his answer. Cancelling
would not do: the driver then asks the same silent server to cancel, and waits for that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry


@asynccontextmanager
async def connected(engine: AsyncEngine, seconds: float) -> AsyncIterator[AsyncConnection]:
    """A connection for so long, waiting for it included. Raises the driver's errors and `TimeoutError`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    async with AsyncExitStack() as stack:
        async with asyncio.timeout_at(end):
            connection = await stack.enter_async_context(engine.connect())
        driver = (await connection.get_raw_connection()).driver_connection
        timer = loop.call_at(end, _cut, driver)
        stack.callback(timer.cancel)
        yield connection


def _cut(driver: Any) -> None:
    """Only what is on a network can be silent: SQLite has its own timeout for locks, and nothing to cut."""
    terminate = getattr(driver, "terminate", None)
    if terminate:
        terminate()


def renew_what_is_closed(engine: AsyncEngine) -> None:
    """Have the pool look whether a connection still stands before it hands it out.

    The loop has heard of the other end's closing by itself, so that this costs no question to the server.
    """
    event.listen(engine.sync_engine, "checkout", _on_checkout)


def _on_checkout(connection: DBAPIConnection, _record: ConnectionPoolEntry, _proxy: Any) -> None:
    if connection.driver_connection.is_closed():
        raise DisconnectionError
