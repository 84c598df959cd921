"""The end of a server: readiness red first, sockets sent away a few at a time, nothing lost that was acknowledged."""

import asyncio
import signal
import time
from collections import Counter
from contextlib import AsyncExitStack, suppress

import httpx
import pytest
import websockets

from app.leaving import FEW
from tests.app.clients import Browser, browser
from tests.conftest import MS, PATIENCE, Server, soon

CROWD = 200


def line(chat: str, number: int) -> dict:
    """A message frame that an ingest socket takes."""
    return {"type": "message", "conversation": chat, "role": "customer", "text": "hello?", "id": f"m{number}"}


async def ended(server: Server) -> int:
    """The exit code of a server that has been told to end."""
    return await asyncio.to_thread(server.process.wait, 30)


async def gone(watcher: Browser) -> tuple[int, float]:
    """The code with which the server closes a socket, and when."""
    return await watcher.closed(), time.monotonic()


def kept(server: Server, chat: str) -> list[str]:
    """The ids of the messages of a conversation, in order."""
    with server.client("supervisor") as boss:
        return [message["id"] for message in boss.get(f"/conversations/{chat}/transcript").json()["messages"]]


async def send_on(server: Server, chat: str, acked: list[str]) -> None:
    """Post without pause and note what is acknowledged; a connection refused or cut is no acknowledgement."""
    async with httpx.AsyncClient(base_url=f"{server.base}/api/v1", timeout=PATIENCE, verify=False) as client:
        client.headers["Authorization"] = f"Bearer {server.token('ingest')}"
        number = 0
        while server.process.poll() is None:
            number += 1
            body = {"role": "customer", "text": "hello?", "id": f"p{number}"}
            with suppress(httpx.TransportError):
                answer = await client.post(f"/conversations/{chat}/messages", json=body)
                assert answer.status_code in (200, 503), answer.text
                acked += [f"p{number}"] if answer.status_code == 200 else []
            await asyncio.sleep(10 * MS)


async def test_a_crowd_is_sent_away_a_few_at_a_time(own_server, chat: str, monkeypatch: pytest.MonkeyPatch):
    """All are asked to come again, never a tenth of them within a tenth of a second; what was acknowledged is kept."""
    monkeypatch.setenv("STEADYHAND_DRAIN", "4")
    server: Server = own_server()
    acked: list[str] = []
    async with AsyncExitStack() as sockets:
        crowd = [
            await sockets.enter_async_context(browser(server.ws, "agent", server.token("agent"))) for _ in range(CROWD)
        ]
        sending = asyncio.create_task(send_on(server, chat, acked))
        await soon(lambda: len(acked) > 5)
        before = len(acked)
        server.process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        ends = await asyncio.gather(*map(gone, crowd))
        assert await ended(server) == 0
        assert time.monotonic() - told < 30
        await sending
    assert Counter(code for code, _ in ends) == {1012: CROWD}
    slots = Counter(int((at - told) * 10) for _, at in ends)
    assert max(slots.values()) <= CROWD / 10, slots
    assert len(slots) >= 25, "four seconds are forty slots; a busy machine may join some"
    assert len(acked) >= before
    again: Server = own_server()
    assert [name for name in kept(again, chat) if name in set(acked)] == acked


async def test_what_came_in_is_answered_before_the_socket_goes(own_server, chat: str):
    """A chat tool that has sent much at once gets an acknowledgement of each, and then the close."""
    server: Server = own_server()
    async with browser(server.ws, "ingest", server.token("ingest")) as tool:
        for number in range(100):
            await tool.send(line(chat, number))
        await tool.get("ack")
        server.process.send_signal(signal.SIGTERM)
        assert await tool.closed() == 1012
        acked = [frame["id"] for frame in tool.seen if frame["type"] == "ack"]
    assert await ended(server) == 0
    assert sorted(acked) == sorted(f"m{number}" for number in range(100))
    assert sorted(kept(own_server(), chat)) == sorted(acked)


async def test_during_the_notice_only_readiness_is_red(own_server, chat: str, monkeypatch: pytest.MonkeyPatch):
    """A balancer has time to look elsewhere, while whoever still comes is served, and let go after the answer."""
    monkeypatch.setenv("STEADYHAND_DRAIN_NOTICE", "3")
    server: Server = own_server()
    async with (
        browser(server.ws, "agent", server.token("agent")) as ann,
        httpx.AsyncClient(base_url=server.base, verify=False, timeout=PATIENCE) as client,
    ):
        server.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            while (ready := await client.get("/readyz")).status_code == 200:
                await asyncio.sleep(10 * MS)
        assert (ready.status_code, ready.text) == (503, "draining\n")
        assert ready.headers["connection"] == "close"
        assert (await client.get("/healthz")).status_code == 200
        assert await ann.is_open()
        async with browser(server.ws, "ingest", server.token("ingest")) as late:
            assert (await late.ask(line(chat, 1)))["type"] == "ack"
            assert await late.closed() == await ann.closed() == 1012
    assert await ended(server) == 0


async def test_a_few_sockets_do_not_keep_a_server_from_ending(own_server, monkeypatch: pytest.MonkeyPatch):
    """They are no crowd: all go at once."""
    monkeypatch.setenv("STEADYHAND_DRAIN", "15")
    server: Server = own_server()
    async with AsyncExitStack() as sockets:
        few = [
            await sockets.enter_async_context(browser(server.ws, "agent", server.token("agent"))) for _ in range(FEW)
        ]
        server.process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        ends = await asyncio.gather(*map(gone, few))
        assert await ended(server) == 0
        assert time.monotonic() - told < 10
    assert {code for code, _ in ends} == {1012}


@pytest.mark.parametrize("impatient", [signal.SIGTERM, signal.SIGINT])
async def test_a_further_signal_ends_it_at_once(own_server, monkeypatch: pytest.MonkeyPatch, impatient: signal.Signals):
    """Whatever is left of the notice; its sockets are still told to come again."""
    monkeypatch.setenv("STEADYHAND_DRAIN_NOTICE", "15")
    monkeypatch.setenv("STEADYHAND_DRAIN", "0")
    server: Server = own_server()
    async with browser(server.ws, "agent", server.token("agent")) as ann:
        server.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(2_500 * MS)
        assert await ann.is_open()
        server.process.send_signal(impatient)
        told = time.monotonic()
        assert await ann.closed() == 1012
        await ended(server)
        assert time.monotonic() - told < 10  # of 15


async def test_a_signal_that_comes_twice_at_once_is_one(own_server, monkeypatch: pytest.MonkeyPatch):
    """Supervisors that tell a whole group of processes do so; nothing is cut short by that."""
    monkeypatch.setenv("STEADYHAND_DRAIN_NOTICE", "2")
    server: Server = own_server()
    async with browser(server.ws, "agent", server.token("agent")) as ann:
        for _ in range(2):
            server.process.send_signal(signal.SIGTERM)
            await asyncio.sleep(300 * MS)
        assert await ann.is_open()
        assert await ann.closed() == 1012
    assert await ended(server) == 0


async def test_nobody_new_comes_in_while_sockets_are_sent_away(own_server, monkeypatch: pytest.MonkeyPatch):
    """Who was sent away early would else come back to the process that is about to end."""
    monkeypatch.setenv("STEADYHAND_DRAIN", "3")
    server: Server = own_server()
    async with AsyncExitStack() as sockets:
        crowd = [
            await sockets.enter_async_context(browser(server.ws, "agent", server.token("agent")))
            for _ in range(3 * FEW)
        ]
        server.process.send_signal(signal.SIGTERM)
        await asyncio.wait([asyncio.create_task(gone(one)) for one in crowd], return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(ConnectionRefusedError):
            async with websockets.connect(f"{server.ws}/ws/v1/agent"):
                pass
        assert server.process.poll() is None
    assert await ended(server) == 0


async def test_one_that_reads_nothing_does_not_keep_the_server(own_server):
    """It is left to the end, and then cut."""
    server: Server = own_server()
    async with AsyncExitStack() as sockets:
        mute = await sockets.enter_async_context(browser(server.ws, "supervisor", server.token("supervisor")))
        mute.connection.transport.pause_reading()
        server.process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        assert await ended(server) == 0
        assert time.monotonic() - told < 10
        mute.connection.transport.abort()
