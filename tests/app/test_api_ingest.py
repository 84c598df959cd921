"""Batches that are signed instead of bearing a token."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from app.api_ingest import MOST
from app.connectors import Connector
from tests.app.clients import House, house
from tests.conftest import PATIENCE

KEY = "whsec_c3RlYWR5IGhhbmQga2V5IGZvciB0ZXN0cyBvbmx5"
OTHER = "whsec_YW5vdGhlciBrZXkgdGhhdCBpcyBsb25nIGVub3VnaCE="


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[House]:
    """A server with two generic connectors, of two teams."""
    async with house(tmp_path) as running:
        for name, team, key in (("shop", "a", KEY), ("zoo", "b", OTHER)):
            connector = Connector(name, "generic", team=team, secrets=(key,))
            await running.rooms.store.put_document(connector.document(running.clock(), 1))
        yield running


async def send(house: House, body: Any, key: str = KEY, *, ago: float = 0, **more: Any) -> httpx.Response:
    """A batch as a sender signs it."""
    raw = body if isinstance(body, str) else json.dumps({"messages": body})
    sent = datetime.fromtimestamp(datetime.now(UTC).timestamp() - ago, UTC)
    told = {"webhook-id": more.get("name", "msg_1"), "webhook-timestamp": str(int(sent.timestamp()))}
    told["webhook-signature"] = Webhook(key).sign(told["webhook-id"], sent, raw)
    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        url = f"{house.base}/api/v1/ingest/messages{more.get('query', '')}"
        return await client.post(url, content=raw, headers=told | more.get("headers", {}))


def said(conversation: str, text: str = "Where is my order?", **more: Any) -> dict[str, Any]:
    """A message of a batch."""
    return {"conversation": conversation, "role": "customer", "text": text, **more}


async def test_each_message_is_answered(shop: House) -> None:
    """In its turn, under the id of the conversation as it was given; a repeat answers as any repeat does."""
    batch = [said("c-1", id="m1"), said("c-1", "Hello?", id="m2"), said("c-2", id="m1", at="2026-03-02T09:00:00Z")]
    first = await send(shop, batch)
    assert first.status_code == 200
    assert first.json() == {
        "messages": [
            {"id": "m1", "seq": 1, "duplicate": False},
            {"id": "m2", "seq": 2, "duplicate": False},
            {"id": "m1", "seq": 1, "duplicate": False},
        ]
    }
    again = await send(shop, batch[:2], name="msg_2")
    assert [(one["seq"], one["duplicate"]) for one in again.json()["messages"]] == [(1, True), (2, True)]
    async with shop.client("agent") as client:
        assert len((await client.get("/conversations/c-1/transcript")).json()["messages"]) == 2


async def test_without_ids_a_retry_is_known_by_its_delivery(shop: House) -> None:
    """The same `webhook-id` is the same delivery."""
    first = await send(shop, [said("c-1"), said("c-1")], name="d1")
    again = await send(shop, [said("c-1"), said("c-1")], name="d1")
    assert [one["seq"] for one in again.json()["messages"]] == [1, 2]
    assert all(one["duplicate"] for one in again.json()["messages"])
    assert first.json()["messages"][0]["id"] == again.json()["messages"][0]["id"]


async def test_one_bad_message_does_not_spoil_the_others(shop: House) -> None:
    """Each error in its place, as it would be for a message alone."""
    batch = [
        said("c-1", ""),
        {"role": "customer"},
        said("c-1", role="boss"),
        said("c-1", "x" * 20_001),
        said("c-1", "Hi"),
    ]
    results = (await send(shop, batch)).json()["messages"]
    assert [one.get("error", {}).get("code") for one in results] == [
        "empty_text",
        "invalid",
        "invalid",
        "too_long",
        None,
    ]
    assert results[4]["seq"] == 1


async def test_the_key_says_which_connector_it_is(shop: House) -> None:
    """Or a header or the query names it, and then only its key is good; its team bounds what it reaches."""
    assert (await send(shop, [said("c-a")])).status_code == 200
    assert (await send(shop, [said("c-b")], OTHER, query="?connector=zoo")).status_code == 200
    assert (await send(shop, [said("c-b")], headers={"steadyhand-connector": "zoo"})).status_code == 401
    assert (await send(shop, [said("c-b")], query="?connector=nobody")).status_code == 401
    foreign = await send(shop, [said("c-a")], OTHER, name="msg_9")
    assert foreign.json()["messages"][0]["error"]["code"] == "forbidden"


async def test_what_is_not_signed_is_refused_whole(shop: House) -> None:
    """Forged, old, from the future, changed, or by a token."""
    assert (await send(shop, [said("c-1")], "whsec_" + "A" * 40)).json()["error"]["code"] == "bad_signature"
    for ago in (400, -400):
        assert (await send(shop, [said("c-1")], ago=ago)).json()["error"]["code"] == "too_old"
    async with shop.client("ingest") as client:
        assert (await client.post("/ingest/messages", json={"messages": [said("c-1")]})).status_code == 401
    assert await shop.rooms.store.conversation("default", "c-1") is None


NO_BATCHES = {
    "{": 400,
    "[]": 400,
    "{}": 422,
    '{"messages": 5}': 422,
    '{"messages": [5]}': 422,
    json.dumps({"messages": [{}] * (MOST + 1)}): 422,
    '{"messages": []}': 200,
    "x" * 1_100_000: 413,
}


async def test_what_is_no_batch_is_refused_whole(shop: House) -> None:
    """However well it is signed."""
    told = [(await send(shop, body)).status_code for body in NO_BATCHES]
    assert told == list(NO_BATCHES.values())


async def test_batches_side_by_side(shop: House) -> None:
    """The same one five times at once is heard once."""
    told = await asyncio.gather(*(send(shop, [said("c-1", id=f"m{n}") for n in range(5)]) for _ in range(5)))
    assert {answer.status_code for answer in told} == {200}
    assert len(await shop.rooms.store.events("default", "c-1")) == 5
