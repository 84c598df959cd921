"""One connection to a Redis or Valkey server, which one task owns.

A command that is cancelled halfway leaves its answer on the connection. Clients that handed such a connection to the
next caller gave him somebody else's answer (CVE-2023-28858, CVE-2023-28859). Here there is no next caller: a connection
belongs to one task, which asks one thing at a time, is never put back anywhere, and is dropped with whatever may still
come on it as soon as a question ends in anything but its answers.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from redis.asyncio.connection import AbstractConnection, Connection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.errors import Refused

ANSWER = 1.0  # seconds a healthy server may take, to be connected to as to answer
REST = 0.01  # seconds between two questions where one may wait: to ask costs more than what it carries
Command = Sequence[str | bytes | int]


class Link:
    """A connection that is opened once, asked one thing after the other, and dropped."""

    def __init__(self, connection: AbstractConnection) -> None:
        self._connection = connection

    async def open(self) -> None:
        """Connect and sign in. Raises `RedisError` or `OSError` (`TimeoutError` after `ANSWER`)."""
        async with asyncio.timeout(ANSWER):
            await self._connection.connect()  # type: ignore[no-untyped-call]

    async def ask(self, *commands: Command, patience: float = ANSWER) -> list[Any]:
        """The answers to commands sent as one, in their order, bytes for texts.

        Raises `RedisError` or `OSError` (`TimeoutError` after `patience` seconds); only after a `ResponseError` to a
        single command may the link be used again.
        """
        async with asyncio.timeout(patience):
            await self._connection.send_packed_command(self._connection.pack_commands(commands), check_health=False)
            return [await self._connection.read_response() for _ in commands]

    async def drop(self) -> None:
        """Let go of it at once, whatever is on its way."""
        await self._connection.disconnect(nowait=True)


def dialler(url: str) -> Callable[[], Link]:
    """Makes links, not yet open, to the server at `redis://`, `rediss://` or `unix://`. Raises `Refused`.

    No word of the URL is in the refusal: a password may stand anywhere in one that cannot be read.
    """
    try:
        options: dict[str, Any] = dict(parse_url(url))
        kind = options.pop("connection_class", Connection)
        options |= {  # how long to wait and when to come again is decided in one place, and not by the URL
            "protocol": 2,
            "decode_responses": False,
            "socket_timeout": None,
            "health_check_interval": 0,
            "retry": Retry(NoBackoff(), 0),
        }
        kind(**options)
    except (ValueError, TypeError, RedisError):
        raise Refused(
            "invalid", "the backplane's URL cannot be read; it is like redis://user:password@host:6379/0"
        ) from None
    return lambda: Link(kind(**options))
