"""Stops, kills and slow readers: what was acknowledged is there, and who comes back is whole."""

import asyncio
import random
import signal
from contextlib import suppress
from itertools import count
from pathlib import Path

from websockets import ConnectionClosed, InvalidStatus

from app import incidents
from app.protocol import Pulse
from tests.app.clients import Browser, browser, house, raw_socket
from tests.conftest import MS, Server, free_port, soon

CANARY = "canary-7c1d"


def line(chat: str, text: str, role: str = "customer", **more) -> dict:
    """A message frame."""
    return {"type": "message", "conversation": chat, "role": role, "text": text, **more}


async def test_a_restart_is_a_resume(own_server, chat: str):
    """The server comes back on the same data: the epoch holds, and exactly what was missed comes."""
    port = free_port()
    first: Server = own_server(port=port)
    async with (
        browser(first.ws, "ingest", first.token("ingest")) as tool,
        browser(first.ws, "agent", first.token("agent")) as ann,
    ):
        await tool.ask(line(chat, "Where is my order?", id="m1"))
        snapshot = await ann.subscribe(chat)
        await tool.ask(line(chat, "This is a joke.", id="m2"))
        update = await ann.get("update")
        first.process.send_signal(signal.SIGTERM)
        assert await ann.closed() == 1012
    assert first.process.wait() == 0
    second: Server = own_server(port=port)
    async with (
        browser(second.ws, "ingest", second.token("ingest")) as tool,
        browser(second.ws, "agent", second.token("agent")) as ann,
    ):
        assert (await tool.ask(line(chat, "other words", id="m2")))["duplicate"] is True
        await tool.ask(line(chat, "Hello?", id="m3"))
        resumed = await ann.subscribe(chat, resume={"epoch": snapshot["epoch"], "offset": 1})
        assert (resumed["type"], resumed["epoch"], resumed["offset"]) == ("resumed", snapshot["epoch"], 3)
        missed = ann.seen[-3:-1]
        assert [frame["offset"] for frame in missed] == [2, 3]
        assert (missed[0]["message"], missed[0]["reading"]) == (update["message"], update["reading"])
        assert missed[1]["reading"]["tension"] > snapshot["state"]["tension"]
    with second.client("supervisor") as boss:
        assert [tile["conversation"] for tile in boss.get("/heatmap").json()["tiles"]] == [chat]


async def load(socket: Browser, chat: str, acked: list[str]) -> None:
    """Send without pause and note what is acknowledged, until the socket breaks."""

    async def hear() -> None:
        while True:
            acked.append((await socket.get("ack"))["id"])

    hearing = asyncio.create_task(hear())
    with suppress(ConnectionClosed):
        for number in count():
            await socket.send(line(f"{chat}-{number % 5}", f"line {number}", id=f"m{number}"))
            await asyncio.sleep(0)
    await asyncio.gather(hearing, return_exceptions=True)


async def test_what_was_acknowledged_survives_a_kill(own_server, chat: str):
    """kill -9 in the middle of the load, twice: every acknowledged message is in a transcript, in order."""
    port, rng = free_port(), random.Random(2)
    acked: list[list[str]] = [[], []]
    for number, acks in enumerate(acked):
        server: Server = own_server(port=port)
        async with browser(server.ws, "ingest", server.token("ingest")) as tool:
            loading = asyncio.create_task(load(tool, f"{chat}-{number}", acks))
            wanted = rng.randrange(40, 120)
            await soon(lambda acks=acks, most=wanted: len(acks) >= most)
            server.process.kill()
            await loading
        server.process.wait()
    server = own_server(port=port)
    with server.client("supervisor") as boss:
        for number, acks in enumerate(acked):
            kept = set()
            for part in range(5):
                messages = boss.get(f"/conversations/{chat}-{number}-{part}/transcript").json()["messages"]
                assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
                assert [message["id"] for message in messages] == [f"m{part + 5 * n}" for n in range(len(messages))]
                kept |= {message["id"] for message in messages}
            assert set(acks) <= kept


async def test_a_browser_that_does_not_read_holds_nobody_up(tmp_path: Path, chat: str):
    """It is closed so that it may come again, and then misses nothing; the other one has had everything meanwhile."""
    lines, wide = 120, "x" * 15_000
    async with (
        house(tmp_path, pulse=Pulse(send_within=200 * MS), send_buffer=16_384) as home,
        browser(home.ws, "ingest", home.token("ingest")) as tool,
        browser(home.ws, "agent", home.token("agent")) as reader,
        raw_socket(f"{home.ws}/ws/v1/agent", max_queue=1) as sleeper,
    ):
        await sleeper.ask({"type": "hello", "token": home.token("agent")})
        await tool.ask(line(chat, "hello"))
        await reader.subscribe(chat)
        epoch = (await sleeper.subscribe(chat))["epoch"]
        for number in range(lines):
            await tool.ask(line(chat, f"{number} {wide}", "note"))
            assert (await reader.get("update"))["offset"] == number + 2
        await soon(lambda: home.rooms.metrics.closed.labels("4008")._value.get() >= 1)
        assert await sleeper.closed() == 4008
        reached = sleeper.seen[-1]["offset"]
        assert reached < lines
        async with browser(home.ws, "agent", home.token("agent")) as again:
            end = await again.subscribe(chat, resume={"epoch": epoch, "offset": reached})
            assert end["offset"] == lines + 1
            if end["type"] == "resumed":
                offsets = [frame["offset"] for frame in again.seen if frame["type"] == "update"]
                assert offsets == list(range(reached + 1, lines + 2))


async def test_nothing_stays_of_browsers_that_are_gone(tmp_path: Path, chat: str):
    """Whether they said goodbye or broke off in the middle of something: no session, no watcher, no gauge."""
    async with house(tmp_path) as home, browser(home.ws, "ingest", home.token("ingest")) as tool:
        await tool.ask(line(chat, "hello"))
        for number in range(20):
            async with browser(home.ws, "agent", home.token("agent")) as ann:
                await ann.send({"type": "subscribe", "conversation": chat})
                if number % 2:
                    await ann.get("snapshot")
                if number % 3:
                    ann.connection.transport.abort()
        await soon(lambda: len(home.rooms.sessions) == 1)
        assert set(home.rooms.backplane._watchers) == {incidents.TOPIC}
        assert home.rooms.metrics.sockets.labels("agent")._value.get() == 0
        assert (await tool.ask(line(chat, "still there?")))["seq"] == 2


async def test_no_token_and_no_message_stands_in_the_log(own_server, chat: str):
    """Whatever is said, refused or goes wrong; and a line break of a stranger makes no line of the log."""
    server: Server = own_server()
    token = server.token("ingest")
    async with browser(server.ws, "ingest", token) as tool:
        await tool.ask(line(chat, f"{CANARY} hello"))
        await tool.ask(line(chat, f"{CANARY} " + "x" * 20_001))
        await tool.ask(f'{{"type": "message", "text": "{CANARY}", ')
        await tool.ask(f"[{CANARY}")
        await tool.ask(b"\xff" + CANARY.encode())
        await tool.ask({"type": f"{CANARY}\n"})
    for door in ("agent", "ingest", "nowhere"):
        with suppress(InvalidStatus):
            async with raw_socket(f"{server.ws}/ws/v1/{door}?token={token}") as socket:
                await socket.send({"type": "hello", "token": f"{token}{CANARY}"})
                await socket.closed()
    with server.client("ingest") as client:
        client.put(f"/conversations/{chat}", json={"customer": {"name": f"{CANARY} Sam"}, "slots": {"a": CANARY}})
        client.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": CANARY, "at": CANARY})
        client.post(f"/conversations/{chat}/messages?token={token}", content=CANARY)
        client.get(f"/conversations/{CANARY}%0A%1b[31m", headers={"User-Agent": CANARY, "Referer": f"http://x/{token}"})
    server.process.terminate()
    server.process.wait()
    log = server.log.read_text()
    assert "started" in log
    assert CANARY not in log
    assert token.split(".")[1] not in log
    assert "\x1b[31m" not in log
