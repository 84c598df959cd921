"""Backplanes on a real server, and ears that keep what they are told."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.backplane import Change, topic_of
from app.backplane.streams import RedisBackplane
from app.store.rows import Notice
from tests.conftest import soon
from tests.fleet.proxy import Proxy
from tests.fleet.valkey import Given, Valkey, own_valkey

Join = Callable[..., Awaitable["Worker"]]


@dataclass
class Ears:
    """A listener that keeps everything, in the order in which it was told."""

    told: list[object] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    struck: list[Notice] = field(default_factory=list)

    def heard(self, change: Change) -> None:
        """Keep it."""
        self.changes.append(change)

    def missed(self) -> None:
        """Keep it."""
        self.told.append("missed")

    def sent(self, notices: Sequence[Notice]) -> None:
        """Keep them."""
        self.struck.extend(notices)

    def turned(self, up: bool) -> None:
        """Keep it."""
        self.told.append(up)


@dataclass
class Worker:
    """A backplane and its ears."""

    backplane: RedisBackplane
    ears: Ears

    def watch(self, topic: str) -> list[tuple[int, str]]:
        """What comes on a topic from now on."""
        got: list[tuple[int, str]] = []
        self.backplane.subscribe(topic, lambda offset, text: got.append((offset, text)))
        return got

    def say(self, offset: int, conversation: str = "c-1", text: str | None = None) -> None:
        """Publish an event of a conversation."""
        told = change(offset, conversation)
        self.backplane.publish(topic_of(told.notice), offset, f"frame {offset}" if text is None else text, told)


def change(offset: int, conversation: str = "c-1") -> Change:
    """The change that an event makes."""
    return Change(Notice("default", conversation, offset, 0), {"id": conversation, "at": "2026-03-01T12:00:00Z"})


TOPIC = topic_of(change(1).notice)


@pytest.fixture
def prefix() -> str:
    """Keys of this test alone: the server may be in use by others."""
    return f"steadyhand-test-{secrets.token_hex(6)}"


@pytest.fixture
async def join(valkey: Valkey | Given, prefix: str) -> AsyncIterator[Join]:
    """Starts one worker's backplane after the other, on the server of all tests where no URL is given."""
    started: list[Worker] = []

    async def start(url: str = "") -> Worker:
        worker = Worker(RedisBackplane(url or valkey.url, prefix=prefix), Ears())
        started.append(worker)
        await worker.backplane.start(worker.ears)
        return worker

    yield start
    for worker in started:
        await worker.backplane.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Valkey]:
    """A server that this test may stop, kill and hang."""
    running = own_valkey(tmp_path)
    yield running
    running.stop()


@pytest.fixture
async def proxy(server: Valkey) -> AsyncIterator[Proxy]:
    """A network before it that fails when told so."""
    passing = await Proxy(server.port).start()
    yield passing
    await passing.close()


async def settled(*workers: Worker) -> None:
    """Wait until all that waits has left."""
    for worker in workers:
        await soon(worker.backplane._writer.empty.is_set)
