"""What every test may ask for: an engine on our own playbooks, a clock that stands still, a really running server."""

import asyncio
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from app.auth import Tokens
from app.encoder import Encoder
from app.language import language_model
from app.learned import Weights
from app.lines import Raw
from app.playbook_files import load
from app.settings import resource
from app.transcripts import Listener, Score, answers
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard, Silence, Waited
from assist.message import Message, Role
from assist.signals.reader import Reader
from assist.signals.scores import Scores
from assist.signals.sentiment import SentimentAnalyzer
from assist.text import Text
from tests.fleet.valkey import Given, Valkey, shared_valkey

if TYPE_CHECKING:
    from tests.fleet.postgres import Postgres

MS = 0.001 * float(os.environ.get("STEADYHAND_TEST_SLOWNESS", "1"))  # the unit of every timeout; slow machines raise it
PATIENCE = 30_000 * MS  # until something that must come is given up
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = "a key for tests that is long enough to sign with"
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with all detectors and the linear scorer; lexicon and weights are read once."""
    return Reader(SentimentAnalyzer(), Weights().learned(), identify=language_model())


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder, warm."""
    encoder = Weights().encoder()
    encoder.warm_up()
    return encoder


@pytest.fixture(scope="session")
def engine(reader: Reader) -> Engine:
    """The engine with the playbooks that ship; it reads by the linear scorer where no scores are handed in."""
    return Engine(reader, load(resource("playbooks")))


@dataclass(frozen=True)
class ByEncoder:
    """The encoder in the place of the linear scorer, so that an engine asks it by itself."""

    encoder: Encoder

    def score(self, text: Text) -> Scores:
        """Scores of a normalised text."""
        return self.encoder.score(text.original)


@pytest.fixture(scope="session")
def better_engine(encoder: Encoder) -> Engine:
    """The engine as it reads by default: with the encoder."""
    learned = replace(Weights().learned(), scorer=ByEncoder(encoder))
    return Engine(Reader(SentimentAnalyzer(), learned, identify=language_model()), load(resource("playbooks")))


TIERS = ("encoder", "linear")


@pytest.fixture(scope="session", params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """The reader that `tier_engine` has: what it tests holds for both."""
    return str(request.param)


@pytest.fixture(scope="session")
def tier_engine(tier: str, request: pytest.FixtureRequest) -> Engine:
    """The engine with either reader."""
    found: Engine = request.getfixturevalue("better_engine" if tier == "encoder" else "engine")
    return found


def readings(engine: Engine, lines: Iterable[Raw], score: Score | None = None) -> list[dict]:
    """What `steadyhand read` would write for these lines."""
    return [json.loads(answer.text) for answer in answers(Listener(engine, score), lines)]


@dataclass
class Talk:
    """A conversation told line by line; `say` returns what the engine made of the line."""

    engine: Engine
    state: Conversation
    at: datetime = START

    def say(self, role: str, text: str, pause: float = 60) -> Heard:
        """One more line, so many seconds after the one before."""
        self.at += timedelta(seconds=pause)
        seq = self.state.seq + 1
        heard = self.engine.hear(self.state, Message(f"m{seq}", seq, Role(role), text, self.at))
        self.state = heard.conversation
        return heard

    def customer(self, text: str, pause: float = 60) -> Heard:
        """The customer writes."""
        return self.say("customer", text, pause)

    def agent(self, text: str, pause: float = 60) -> Heard:
        """The agent writes."""
        return self.say("agent", text, pause)

    def quiet(self, minutes: int) -> Waited:
        """The customer does not answer."""
        self.at += timedelta(minutes=minutes)
        waited = self.engine.wait(self.state, Silence(minutes))
        self.state = waited.conversation
        return waited


@pytest.fixture
def talk(engine: Engine) -> Talk:
    """An empty conversation of a customer named Sam."""
    return Talk(engine, Conversation("talk", slots={"name": "Sam"}))


@pytest.fixture
def tokens() -> Tokens:
    """Signs with the key that test servers have."""
    return Tokens(KEY)


@dataclass
class Server:
    """A server that really runs in a process of its own."""

    base: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def ws(self) -> str:
        """The base of its websockets."""
        return self.base.replace("http", "ws", 1)

    def token(self, role: str, subject: str = "ann", *teams: str, tenant: str = "default", hours: float = 1) -> str:
        """A token for this server; team `a` when none is named."""
        now = datetime.now(UTC)
        return Tokens(KEY).sign(
            role=role, subject=subject, teams=teams or ("a",), tenant=tenant, now=now, ttl=timedelta(hours=hours)
        )

    def client(self, role: str, *teams: str, subject: str = "ann") -> httpx.Client:
        """An HTTP client with a token."""
        headers = {"Authorization": f"Bearer {self.token(role, subject, *teams)}"}
        return httpx.Client(
            base_url=f"{self.base}/api/v1", headers=headers, timeout=PATIENCE, verify=False
        )  # plain HTTP


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: playwright's sync API keeps an event loop running that async tests would trip over."""
    items.sort(key=lambda item: "browser" in item.path.relative_to(ROOT).parts)


def free_port() -> int:
    """A port that is free now, and that no connection gets by itself before a server has started on it."""
    while True:
        port = 15_000 + secrets.randbelow(17_000)  # below those that Linux gives to connections
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def start_server(folder: Path, *options: str, command: str = "serve", port: int | None = None) -> Server:
    """Start `steadyhand` as a user would and wait until it is ready."""
    port = port or free_port()
    log = folder / f"server-{port}.log"
    database = () if "--database" in options else ("--database", f"sqlite+aiosqlite:///{folder}/steadyhand.db")
    process = subprocess.Popen(
        [sys.executable, "-m", "app", command, "--port", str(port), *database, *options],
        env={
            "STEADYHAND_READER": "linear",
            **os.environ,
            "STEADYHAND_SECRET": KEY,
        },  # the same bytes however slow it is
        cwd=folder,
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    deadline = time.monotonic() + 3 * PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{server.base}/readyz", timeout=PATIENCE).status_code == 200:
                return server
        except httpx.TransportError:
            time.sleep(20 * MS)
    stop_server(server)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def stop_server(server: Server) -> None:
    """End it as an operator would."""
    server.process.terminate()
    try:
        server.process.wait(2 * PATIENCE)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One running server for all tests that do not need their own."""
    running = start_server(tmp_path_factory.mktemp("server"))
    yield running
    stop_server(running)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers that this test may stop, kill and start again."""
    started: list[Server] = []

    def start(*options: str, command: str = "serve", port: int | None = None) -> Server:
        started.append(start_server(tmp_path, *options, command=command, port=port))
        return started[-1]

    yield start
    for running in started:
        stop_server(running)


@pytest.fixture(scope="session")
def postgres() -> Iterator["Postgres"]:
    """One PostgreSQL server for all tests that do not stop it; ask it for a `fresh()` database."""
    from tests.fleet.postgres import Postgres

    with Postgres(sync=False) as running:
        yield running


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey | Given]:
    """One Valkey server for all tests that do not need their own; each uses keys of its own."""
    running = shared_valkey(tmp_path_factory.mktemp("valkey"))
    yield running
    running.stop()


def real_chats() -> list[dict]:
    """The real support chats, where they are; the test is skipped elsewhere."""
    path = SHARED / "data" / "chats" / "twcs.jsonl"
    if not path.exists():
        pytest.skip("the real chats are not on this machine")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def soon(check: Callable[[], bool]) -> None:
    """Wait until something holds; fails after `PATIENCE`."""
    async with asyncio.timeout(PATIENCE):
        while not check():
            await asyncio.sleep(5 * MS)
