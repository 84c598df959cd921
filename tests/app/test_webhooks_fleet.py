"""Webhooks on two real workers that share PostgreSQL and a backplane: whoever takes one, it is told once, in order."""

import asyncio
import json
import os
import subprocess
import sys
import time
from typing import Any

import httpx
import pytest

from app.chat_tools import TOOLS
from tests.conftest import PATIENCE, ROOT, Server

SECRET = "a secret of ours"
CHATS, LINES = 6, 8


def delivery(chat: int, line: int) -> dict[str, Any]:
    """A line of a customer in Chatwoot."""
    told = {"event": "message_created", "id": chat * 100 + line, "content": f"line {line}", "message_type": "incoming"}
    at = f"2026-03-02T09:00:{line:02}.000Z"
    return {**told, "private": False, "sender": {"id": chat}, "created_at": at, "conversation": {"id": chat}}


async def bring(client: httpx.AsyncClient, base: str, body: dict[str, Any]) -> int:
    """Deliver on a connection of its own, which either worker may get; again where it is told to come again."""
    raw = json.dumps(body).encode()
    while True:
        headers = {**TOOLS["chatwoot"].sign(raw, SECRET, time.time(), "").headers, "connection": "close"}
        answer = await client.post(f"{base}/hooks/chatwoot/desk", content=raw, headers=headers)
        if answer.status_code != 503:
            return answer.status_code
        await asyncio.sleep(int(answer.headers["retry-after"]))


@pytest.fixture
def fleet(own_server: Any, postgres: Any, valkey: Any) -> Server:
    """Two workers, and a connector that was added while they ran."""
    database = postgres.fresh()
    server: Server = own_server("--workers", "2", "--database", database, "--backplane", valkey.url)
    told = ("--name", "desk", "--secret", SECRET, "--origin", "https://chat.example.com", "--team", "a")
    command = [sys.executable, "-m", "app", "connect", "add", "chatwoot", *told, "--database", database]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ})
    return server


async def test_two_workers_tell_each_delivery_once_and_in_order(fleet: Server) -> None:
    """Every line twice, the chats side by side."""

    def transcript(chat: int) -> list[str]:
        with fleet.client("admin") as client:
            found = client.get(f"/conversations/desk:{chat}/transcript").json()
        return [one["text"] for one in found.get("messages", ())]

    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        for line in range(LINES):
            first = [bring(client, fleet.base, delivery(chat, line)) for chat in range(1, CHATS + 1)]
            again = [bring(client, fleet.base, delivery(chat, line)) for chat in range(1, CHATS + 1)]
            assert set(await asyncio.gather(*first, *again)) == {200}
    wanted = [f"line {line}" for line in range(LINES)]
    async with asyncio.timeout(3 * PATIENCE):
        while any(transcript(chat) != wanted for chat in range(1, CHATS + 1)):
            await asyncio.sleep(0.2)
