"""An agent's relay on a real Prosody: what she and her customer write by their own clients reaches the server."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PATIENCE, Server, start_server, stop_server
from tests.hosts.xmpp import HOST, PASSWORD, Customer, Prosody

KEY = "whsec_" + "c3RlYWR5aGFuZHN0ZWFkeWhhbmRzdGVhZHk="
CAME = "Client connected"  # in the log of Prosody
CHAT = f"work:casey@{HOST}"


@pytest.fixture
def prosody(tmp_path: Path) -> Iterator[Prosody]:
    """With an archive of its own."""
    running = Prosody(tmp_path / "prosody")
    yield running
    running.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with a connector for it."""
    running = start_server(tmp_path)
    connect(tmp_path, "add", "xmpp", "--name", "work", "--secret", KEY, "--origin", "https://chat.example.com")
    yield running
    stop_server(running)


def connect(folder: Path, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """A command of `steadyhand connect`, in the folder of the server's database."""
    command = [sys.executable, "-m", "app", "connect", *words]
    return subprocess.run(command, cwd=folder, check=True, text=True, capture_output=True, timeout=PATIENCE, **more)


@pytest.fixture
def start_relay(tmp_path: Path, prosody: Prosody, server: Server) -> Iterator[Callable[[], Path]]:
    """Starts Dana's relay; gives the path of its log when it has signed in."""
    log = tmp_path / "relay.log"
    there = ("--host", "127.0.0.1", "--port", str(prosody.c2s), "--without-tls", "--server", server.base)
    words = ("connect", "relay", "work", "--jid", f"dana@{HOST}", "--password", "-", *there)
    running: list[subprocess.Popen[bytes]] = []

    def started() -> Path:
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "app", *words], cwd=tmp_path, stdin=subprocess.PIPE, stdout=out, stderr=out
            )
        running.append(process)
        process.stdin.write(f"{PASSWORD}\n".encode())
        process.stdin.close()
        until(lambda: "relay_signed_in" in log.read_text(), log)
        return log

    yield started
    for process in running:
        process.terminate()
        process.wait(PATIENCE)
    assert PASSWORD not in log.read_text()


@pytest.fixture
def relay(start_relay: Callable[[], Path]) -> Path:
    """Dana's relay, signed in; the path of its log."""
    return start_relay()


def until(seen: Callable[[], bool], log: Path) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def transcript(server: Server) -> list[tuple[str, str]]:
    """Role and text of each message."""
    with server.client("admin") as client:
        found = client.get(f"/conversations/{CHAT}/transcript").json()
    return [(one["role"], one["text"]) for one in found.get("messages", [])]


def test_what_both_write_by_their_own_clients_reaches_the_server(prosody: Prosody, server: Server, relay: Path) -> None:
    """In order, with who wrote it, corrections too; and the relay takes no message away from the agent's client."""
    dana, casey = Customer(prosody, "dana", "casey"), Customer(prosody)
    casey.write("Where is my order?")
    until(lambda: len(transcript(server)) == 1, relay)
    dana.write("I am looking.")
    until(lambda: len(transcript(server)) == 2, relay)
    casey.write("Nobody there car", "c-3")
    until(lambda: len(transcript(server)) == 3, relay)
    casey.write("Nobody there cares.", "c-4", instead_of="c-3")
    until(lambda: transcript(server)[-1][1] == "Nobody there cares.", relay)
    assert transcript(server) == [
        ("customer", "Where is my order?"),
        ("agent", "I am looking."),
        ("customer", "Nobody there cares."),
    ]
    assert dana.heard[0] == "Where is my order?"
    for client in (dana, casey):
        client.leave()


def test_what_is_written_while_the_server_is_away_comes_after(
    prosody: Prosody, server: Server, relay: Path, tmp_path: Path
) -> None:
    """The relay keeps it, in order, and offers it until it is taken."""
    dana, casey = Customer(prosody, "dana", "casey"), Customer(prosody)
    stop_server(server)
    casey.write("First.")
    casey.write("Second.")
    until(lambda: "relay_waits" in relay.read_text(), relay)
    again = start_server(tmp_path, port=int(server.base.rpartition(":")[2]))
    until(lambda: len(transcript(again)) == 2, relay)
    assert transcript(again) == [("customer", "First."), ("customer", "Second.")]
    stop_server(again)
    for client in (dana, casey):
        client.leave()


def test_what_was_written_while_the_relay_was_away_is_read_in_the_archive(
    prosody: Prosody, server: Server, start_relay: Callable[[], Path]
) -> None:
    """Once and in order, what both of them wrote; what comes just then stands behind it."""
    dana, casey = Customer(prosody, "dana", "casey"), Customer(prosody)
    casey.write("First, and nobody listens.")
    until(lambda: bool(dana.heard), prosody.log)
    dana.write("I do.")
    until(lambda: bool(casey.heard), prosody.log)
    for number in range(120):
        casey.write(f"Number {number}.")
    until(lambda: dana.heard[-1:] == ["Number 119."], prosody.log)
    log = start_relay()
    casey.write("Last.")
    until(lambda: len(transcript(server)) >= 123, log)
    said = [text for _, text in transcript(server)]
    assert said.count("Last.") == 1
    numbers = [text for text in said if text.startswith("Number")]
    assert numbers == [f"Number {number}." for number in range(120)]
    assert transcript(server)[:2] == [("customer", "First, and nobody listens."), ("agent", "I do.")]
    assert "relay_archive_read" in log.read_text()
    for client in (dana, casey):
        client.leave()


def test_a_lost_session_is_opened_again(prosody: Prosody, server: Server, relay: Path) -> None:
    """And what was written before that is read in the archive, behind what was handed on."""
    casey = Customer(prosody)
    casey.write("First.")
    until(lambda: len(transcript(server)) == 1, relay)
    prosody.restart()
    casey = Customer(prosody)
    casey.write("Second, and nobody listens yet.")
    until(lambda: len(transcript(server)) == 2, relay)
    assert relay.read_text().count("relay_signed_in") == 2
    casey.write("Third.")
    until(lambda: len(transcript(server)) == 3, relay)
    assert [text for _, text in transcript(server)] == ["First.", "Second, and nobody listens yet.", "Third."]
    casey.leave()


def test_a_wrong_password_is_tried_once(prosody: Prosody, server: Server, tmp_path: Path) -> None:
    """One line, exit code 2: tried again it could lock her out."""
    there = ("--host", "127.0.0.1", "--port", str(prosody.c2s), "--without-tls", "--server", server.base)
    before = prosody.log.read_text().count(CAME)
    with pytest.raises(subprocess.CalledProcessError) as ended:
        connect(tmp_path, "relay", "work", "--jid", f"dana@{HOST}", "--password", "-", *there, input="wrong\n")
    assert ended.value.returncode == 2
    assert ended.value.stderr.strip() == f"steadyhand: the XMPP server does not take this password of dana@{HOST}"
    assert prosody.log.read_text().count(CAME) == before + 1


def test_a_relay_that_cannot_run_as_told_says_so(server: Server, tmp_path: Path) -> None:
    """Clear text over a network, another tool's connector, one that there is not: one line, exit code 2."""
    connect(tmp_path, "add", "generic", "--name", "shop", "--secret", KEY, "--origin", "https://shop.example.com")
    for words, said in (
        (("work", "--without-tls", "--host", "xmpp.example.com"), "on this machine"),
        (("shop",), "a relay is for xmpp"),
        (("nobody",), "there is no connector"),
    ):
        with pytest.raises(subprocess.CalledProcessError) as ended:
            connect(tmp_path, "relay", *words, "--jid", "dana@localhost", "--password", "x")
        assert ended.value.returncode == 2
        assert said in ended.value.stderr
        assert len(ended.value.stderr.strip().splitlines()) == 1
