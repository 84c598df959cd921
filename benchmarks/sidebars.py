"""Conversations that begin and sidebars that watch them; what the server puts off is asked for again, as they do."""

import asyncio
import json
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.lean import Lean, hello_of, opened
from benchmarks.load import AGAIN, LOST_AFTER, Lost, told

AT_ONCE = 16  # questions that wait for their answers


class Asking:
    """Questions about conversations, each answered by one frame of a kind."""

    def __init__(self, kind: str) -> None:
        self._begin = f'{{"type":"{kind}"'.encode()
        self._waiting: dict[tuple[int, str], tuple[Lean, str]] = {}  # by who asks and about what
        self._problem = ""
        self._news = asyncio.Event()

    def ear(self, asker: int) -> Callable[[bytes], None]:
        """Where the frames of a socket go."""
        return partial(self._heard, asker)

    def ask(self, asker: int, conversation: str, socket: Lean, text: str) -> None:
        """Send a question; never waits."""
        self._waiting[asker, conversation] = socket, text
        socket.send(text)

    async def at_most(self, number: int) -> None:
        """Wait until no more than so many have no answer yet. Raises `Lost`."""
        async with asyncio.timeout(LOST_AFTER):
            while len(self._waiting) > number and not self._problem:
                self._news.clear()
                await self._news.wait()
        if self._problem:
            raise Lost(self._problem)

    def _heard(self, asker: int, text: bytes) -> None:
        if text.startswith(self._begin):
            self._waiting.pop((asker, json.loads(text)["conversation"]), None)
            self._news.set()
        elif text.startswith(b'{"type":"error"'):
            self._refused(asker, json.loads(text))

    def _refused(self, asker: int, frame: dict[str, dict[str, str]]) -> None:
        question = self._waiting.get((asker, str(frame.get("conversation", ""))))
        if question and frame["error"]["code"] == "unavailable":
            socket, text = question
            asyncio.get_running_loop().call_later(AGAIN, socket.send, text)
        else:
            self._problem = str(frame)
            self._news.set()


async def begun(address: str, conversations: Sequence[str], ways: int = 1) -> list[Lean]:
    """The sockets that brought a first message into each conversation."""
    asking, hello = Asking("ack"), hello_of("ingest")
    sockets = [await opened(address, "ingest", asking.ear(way), hello=hello) for way in range(ways)]
    for number, name in enumerate(conversations):
        way = number % ways
        asking.ask(way, name, sockets[way], told(name, f"first-{number}", "customer", "Where is my parcel?"))
        await asking.at_most(AT_ONCE)
    await asking.at_most(0)
    return sockets


async def watching(address: str, conversations: Sequence[str]) -> list[Lean]:
    """A sidebar's socket for each, which has its snapshot."""
    asking, hello = Asking("snapshot"), hello_of("agent")
    sockets: list[Lean] = []
    for number, name in enumerate(conversations):
        sockets.append(await opened(address, "agent", asking.ear(number), hello=hello))
        asking.ask(number, name, sockets[-1], f'{{"type":"subscribe","conversation":"{name}"}}')
        await asking.at_most(AT_ONCE)
    await asking.at_most(0)
    return sockets
