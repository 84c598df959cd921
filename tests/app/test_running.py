"""How the server listens: bounds and deadlines of the connection itself."""

import socket
import subprocess
import sys
from contextlib import suppress

import httpx
import pytest
import websockets

from app.errors import Refused
from app.running import listen
from tests.conftest import PATIENCE, Server


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system has no such option")
def test_a_connection_ends_when_its_bytes_are_not_taken():
    """Every accepted one inherits the 20 s."""
    listening = listen("127.0.0.1", 0)
    with socket.create_connection(listening.getsockname()), listening:
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000


def test_a_taken_port_is_refused():
    """By name, before anything is loaded."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"{port}.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.skipif(not socket.has_ipv6, reason="this system has no IPv6")
def test_it_listens_on_ipv6():
    """Where the address is one."""
    with listen("::1", 0) as listening:
        assert listening.family is socket.AF_INET6


KEPT = """
import gc
from app.running import settle
settle()
settle()
kept, before = [[number] for number in range(1_000)], gc.get_freeze_count()
gc.collect()
once = gc.get_freeze_count() - before
gc.collect()
print(once >= 1_000, gc.get_freeze_count() - before - once < 100)
"""


def test_what_stays_is_looked_through_once():
    """By the garbage collector, however often it is told; so it need not stop everything for all that there is."""
    done = subprocess.run([sys.executable, "-c", KEPT], check=True, capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout.split() == ["True", "True"]


async def test_nothing_is_compressed(server: Server):
    """A bomb of zeros stays as large on the wire as it is."""
    async with websockets.connect(f"{server.ws}/ws/v1/agent", compression="deflate") as socket_:
        assert socket_.protocol.extensions == []


async def test_text_that_is_not_utf8_ends_its_socket(server: Server):
    """By the code that the protocol has for it."""
    async with websockets.connect(f"{server.ws}/ws/v1/agent") as socket_:
        await socket_.send(b"\xff\xfe", text=True)
        with pytest.raises(websockets.ConnectionClosed, match="1007"):
            await socket_.recv()


@pytest.mark.parametrize("line", [b"X-%d: " + b"x" * 1_000 + b"\r\n", b"x" * 1_000], ids=["many", "one"])
def test_a_head_without_an_end_is_refused(server: Server, line: bytes):
    """After some KiB, not after some MB, and it costs nobody else anything."""
    host, port = server.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as raw:
        raw.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ")
        sent = 0
        with suppress(OSError):
            while sent < 50_000_000:
                sent += raw.send(line)
        assert sent < 20_000_000, "what the system's own buffers take"
        with suppress(OSError):
            assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert httpx.get(f"{server.base}/healthz").status_code == 200


def test_a_long_head_and_many_requests_on_one_connection_are_fine(server: Server):
    """The bound is for one head."""
    with httpx.Client(base_url=server.base, headers={"X-Long": "x" * 30_000}) as client:
        for _ in range(5):
            assert client.get("/healthz").status_code == 200
            assert client.post("/api/v1/embed-tokens", content=b"x" * 200_000).status_code == 401
