"""The explanation of a message over REST and on the sockets, and what it may cost."""

import asyncio
import gc
import time
from pathlib import Path
from typing import Any

from app.models import MessageIn
from tests.app.clients import browser, house
from tests.app.shapes import has, is_error
from tests.conftest import MS

LINES = [
    {"id": "m1", "role": "customer", "text": "Where is my order? Nobody there cares, you idiots."},
    {"id": "m2", "role": "agent", "text": "I am so sorry about that. I will find it now."},
]
BLOCKED = 50 * MS  # that nothing may hold the event loop for


def is_explanation(value: dict[str, Any]) -> None:
    """Every key of the answer, and a span for each of its points."""
    has(value, "message", "tension", "without", "points")
    assert 0 <= value["without"] <= 100
    for point in value["points"]:
        has(point, "start", "end", "text", "kind", "rule", "points", "without")
        assert 0 <= point["start"] < point["end"]
        assert 0 <= point["without"] <= 100


async def test_an_explanation_is_the_same_by_call_and_by_frame(tmp_path: Path, chat: str):
    """For the agent, and for a supervisor on her own socket; the tension is that of the transcript."""
    async with house(tmp_path) as home:
        async with home.client("ingest") as tool:
            for line in LINES:
                await tool.post(f"/conversations/{chat}/messages", json=line)
        async with home.client("agent") as ann:
            read = (await ann.get(f"/conversations/{chat}/transcript")).json()["messages"]
            called = (await ann.get(f"/conversations/{chat}/messages/m1/explanation")).json()
            unknown = await ann.get(f"/conversations/{chat}/messages/m9/explanation")
        is_explanation(called)
        assert called["tension"] == read[0]["reading"]["tension"] > called["without"]
        assert any("idiots" in point["text"] and point["without"] < called["tension"] for point in called["points"])
        assert unknown.status_code == 404
        is_error(unknown.json(), "not_found")
        for door in ("agent", "supervisor"):
            async with browser(home.ws, door, home.token(door)) as socket:
                frame = {"type": "explain", "conversation": chat, "message": "m1", "ref": "why"}
                assert await socket.ask(frame, "explanation") == {
                    "type": "explanation",
                    "conversation": chat,
                    "ref": "why",
                    **called,
                }
                is_error(await socket.ask({**frame, "message": "m9"}), "not_found")


async def test_a_chat_of_500_messages_is_explained_beside_the_event_loop(tmp_path: Path, chat: str):
    """While it is folded again, whoever else is served waits for less than 50 ms."""
    async with house(tmp_path) as home:
        admin = home.rooms.tokens.verify(home.token("admin"), home.rooms.clock())
        for number in range(500):
            line = {**LINES[number % 2], "id": f"m{number}"}
            await home.rooms.conversations.hear(admin, chat, MessageIn(**line))
        longest, done = 0.0, asyncio.Event()

        async def watch() -> None:
            nonlocal longest
            while not done.is_set():
                begin = time.perf_counter()
                await asyncio.sleep(0)
                longest = max(longest, time.perf_counter() - begin)

        gc.collect()
        gc.freeze()  # as a server that runs does; else a full collection of all that the tests hold is measured
        try:
            watching = asyncio.create_task(watch())
            await home.rooms.views.explain(admin, chat, "m499")
            done.set()
            await watching
        finally:
            gc.unfreeze()
        assert longest < BLOCKED
