"""Several workers on one port: who ends is replaced, all can be without a gap, and none outlives its parent."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.app.clients import browser
from tests.app.test_metrics import numbers
from tests.conftest import KEY, MS, PATIENCE, Server

LISTENING = "Steadyhand is listening on http://127.0.0.1:"


@pytest.fixture
def fleet(own_server, postgres, valkey) -> Callable[..., Server]:
    """Starts servers of two workers, each on a database of its own."""

    def start(*options: str) -> Server:
        shared = ("--database", postgres.fresh(), "--backplane", valkey.url)
        server: Server = own_server("--workers", "2", *shared, *options)
        until(lambda: len(workers(server)) == 2)
        until(lambda: server.log.read_text().count('"started"') == 2)
        return server

    return start


def workers(server: Server) -> list[int]:
    """The process numbers of its workers."""
    parent = server.process.pid
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except FileNotFoundError:
        return []
    return sorted(int(child) for child in children if b"spawn_main" in command_of(int(child)))


def command_of(process: int) -> bytes:
    """What it was started as; nothing when it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def until(check: Callable[[], bool], seconds: float = 3 * PATIENCE) -> float:
    """Wait until something holds; how long it took."""
    begun = time.monotonic()
    while not check():
        assert time.monotonic() - begun < seconds, "it did not come"
        time.sleep(20 * MS)
    return time.monotonic() - begun


def serves(server: Server) -> bool:
    """Whether somebody says that messages may come."""
    with suppress(httpx.TransportError):
        return httpx.get(f"{server.base}/readyz", timeout=PATIENCE).status_code == 200
    return False


def counted(server: Server) -> dict[str, float]:
    """What one of its workers tells to Prometheus."""
    return numbers(httpx.get(f"{server.base}/metrics", timeout=PATIENCE).text)


@asynccontextmanager
async def load(server: Server, chat: str) -> AsyncIterator[tuple[list[str], list[str]]]:
    """Somebody who posts without pause over one connection: what is acknowledged, and what goes wrong."""
    acked: list[str] = []
    wrong: list[str] = []
    async with httpx.AsyncClient(base_url=f"{server.base}/api/v1", timeout=PATIENCE, verify=False) as client:
        client.headers["Authorization"] = f"Bearer {server.token('ingest')}"

        async def send() -> None:
            for number in range(1_000_000):
                body = {"role": "customer", "text": "hello?", "id": f"m{number}"}
                try:
                    answer = await client.post(f"/conversations/{chat}-{number % 8}/messages", json=body)
                except httpx.TransportError as error:
                    wrong.append(repr(error))
                    continue
                if answer.status_code == 200:
                    acked.append(f"m{number}")
                else:
                    wrong.append(answer.text)
                await asyncio.sleep(20 * MS)

        sending = asyncio.create_task(send())
        try:
            yield acked, wrong
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


def kept(server: Server, chat: str) -> set[str]:
    """The ids of the messages of the eight conversations that are told at once."""
    found: set[str] = set()
    with server.client("supervisor") as boss:
        for number in range(8):
            transcript = boss.get(f"/conversations/{chat}-{number}/transcript").json()
            found |= {message["id"] for message in transcript.get("messages", ())}
    return found


def test_a_worker_that_is_gone_is_replaced_within_five_seconds(fleet):
    """A little later also one that only hangs. The other one goes on serving; that they listen is said once."""
    server = fleet()
    for times, (how, within) in enumerate(((signal.SIGKILL, 5), (signal.SIGSTOP, PATIENCE)), start=1):
        time.sleep(1_000 * MS)  # the parent has looked at both
        lost, other = workers(server)
        os.kill(lost, how)
        assert until(lambda gone=lost: len(workers(server)) == 2 and gone not in workers(server)) < within
        assert other in workers(server)
        assert serves(server)
        until(lambda so_far=times: server.log.read_text().count('"started"') == 2 + so_far)
        assert server.log.read_text().count('"worker_died"') == times
    assert server.log.read_text().count(LISTENING) == 1


async def test_all_are_replaced_under_load_without_a_gap(fleet, chat: str):
    """SIGHUP: no sender sees an error, nothing acknowledged is lost, sockets come again. SIGTERM ends all."""
    server = fleet()
    before = workers(server)
    async with load(server, chat) as (acked, wrong), browser(server.ws, "agent", server.token("agent")) as ann:
        await asyncio.to_thread(until, lambda: len(acked) > 10)
        server.process.send_signal(signal.SIGHUP)
        assert await ann.closed(3 * PATIENCE) == 1012  # hers may be the second to go
        async with browser(server.ws, "agent", server.token("agent")):
            pass
        await asyncio.to_thread(until, lambda: "workers_restarted" in server.log.read_text())
        sent = len(acked)
        await asyncio.to_thread(until, lambda: len(acked) > sent + 10)
    assert wrong == []
    after = workers(server)
    assert len(set(after) - set(before)) == 2
    assert set(acked) <= kept(server, chat)
    async with browser(server.ws, "agent", server.token("agent")) as ann:
        for _ in range(10):  # whoever answers tells of all, and of those that are gone what they have counted
            told = counted(server)
            assert told['steadyhand_messages_total{role="customer"}'] == len(kept(server, chat))
            assert told['steadyhand_sockets{role="agent"}'] == 1
            assert told["steadyhand_live_conversations"] == 8
        server.process.send_signal(signal.SIGTERM)
        assert await ann.closed() == 1012
    assert await asyncio.to_thread(server.process.wait, 30) == 0
    assert not any(map(command_of, after))


def test_signals_are_heeded_in_the_middle_of_a_restart(fleet, monkeypatch: pytest.MonkeyPatch):
    """The first one ends all, the old worker on its leave and the new one beside it, too; a further one at once."""
    monkeypatch.setenv("STEADYHAND_DRAIN_NOTICE", "15")
    monkeypatch.setenv("STEADYHAND_DRAIN", "0")
    server = fleet()
    server.process.send_signal(signal.SIGHUP)
    until(lambda: server.log.read_text().count('"started"') == 3)
    mine = workers(server)
    assert len(mine) == 3
    server.process.send_signal(signal.SIGTERM)
    time.sleep(4_000 * MS)
    assert server.process.poll() is None
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(6) == 0
    assert not any(map(command_of, mine))


def test_a_restart_that_fails_leaves_the_old_ones(fleet, tmp_path: Path):
    """Here playbooks that have got a mistake: what serves goes on serving."""
    folder = tmp_path / "playbooks"
    subprocess.run(["cp", "-r", "playbooks", str(folder)], check=True, cwd=Path(__file__).parent.parent.parent)
    server = fleet("--playbooks", str(folder))
    before = workers(server)
    (folder / "delivery.yaml").write_text("cause: [")
    server.process.send_signal(signal.SIGHUP)
    until(lambda: "restart_abandoned" in server.log.read_text())
    assert workers(server) == before
    assert serves(server)


def test_no_worker_outlives_its_parent(fleet):
    """It would keep the port for itself."""
    server = fleet()
    mine = workers(server)
    server.process.kill()
    server.process.wait()
    until(lambda: not any(map(command_of, mine)))
    assert not serves(server)


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """A command that is not going to serve."""

    def typed(*words: str) -> subprocess.CompletedProcess[str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith("STEADYHAND_")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env={**told, "STEADYHAND_SECRET": KEY, "STEADYHAND_READER": "linear"},
            capture_output=True,
            text=True,
            timeout=6 * PATIENCE,
            check=False,
        )

    return typed


def test_a_mistake_is_said_before_any_worker_is_started(lone, postgres, valkey, tmp_path: Path):
    """In one line, as with a lone one."""
    (tmp_path / "empty").mkdir()
    shared = ("--database", postgres.fresh(), "--backplane", valkey.url, "--port", "0", "--workers", "2")
    for wrong in (("--playbooks", "nowhere"), ("--backplane", "carrier-pigeon://x"), ("--database", "mysql://x/y")):
        done = lone("-m", "app", "serve", *shared, *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("steadyhand: ")
        assert wrong[1].split(":")[0] in done.stderr
        assert "Traceback" not in done.stderr


FAILING = """
from app import logs, running, workers
from app.settings import Settings
logs.configure()
nowhere = {"database": "postgresql+asyncpg://nobody@127.0.0.1:1/none", "backplane": "redis://127.0.0.1:1"}
ok = workers.run(Settings(workers=2, **nowhere), running.listen("127.0.0.1", 0), lambda: print("ready"))
raise SystemExit(0 if ok else 7)
"""


def test_workers_that_cannot_start_end_their_parent(lone):
    """Instead of one try after the other, for ever; nobody is told that it listens."""
    done = lone("-c", FAILING)
    assert (done.returncode, done.stdout) == (7, "")
