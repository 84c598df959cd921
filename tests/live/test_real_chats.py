"""Real support chats through the running server's ingest socket, as a chat tool would bring them."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
from websockets.asyncio.client import ClientConnection, connect

from app.encoder import Encoder
from assist.engine import Engine
from tests.conftest import Server, readings, real_chats

CHATS = 220
WINDOW = 64  # messages that may wait for their ack


def frames() -> list[dict]:
    """The messages of the chats, one chat after the other."""
    return [
        {
            "type": "message",
            "conversation": f"real-{chat['id']}",
            "id": f"{chat['id']}-{number}",
            "role": turn["role"],
            "text": turn["text"],
            "at": datetime.strptime(turn["at"], "%a %b %d %H:%M:%S %z %Y").astimezone(UTC).isoformat(),
        }
        for chat in real_chats()[:CHATS]
        for number, turn in enumerate(chat["turns"], 1)
    ]


async def bring(socket: ClientConnection, messages: list[dict]) -> list[dict]:
    """Send all, with some in flight at once; the acks in the order in which they came."""
    acks: list[dict] = []
    for sent, message in enumerate(messages, 1):
        await socket.send(json.dumps(message))
        while sent - len(acks) >= WINDOW:
            acks.append(json.loads(await socket.recv()))
    while len(acks) < len(messages):
        acks.append(json.loads(await socket.recv()))
    return acks


async def test_real_chats_through_the_socket_twice_give_the_same_bytes(server: Server, engine: Engine) -> None:
    """Every message is acked once and read; two tenants get the same bytes, and the same as the engine alone gives."""
    messages = frames()
    conversations = {message["conversation"] for message in messages}
    assert len(conversations) == CHATS
    told: list[dict[str, list]] = []
    for tenant in ("north", "south"):
        async with connect(f"{server.ws}/ws/v1/ingest") as socket:
            await socket.send(json.dumps({"type": "hello", "token": server.token("ingest", "tool", tenant=tenant)}))
            assert json.loads(await socket.recv())["type"] == "welcome"
            acks = await bring(socket, messages)
        assert not [ack for ack in acks if ack["type"] != "ack" or ack["duplicate"]]
        assert {(ack["conversation"], ack["id"]) for ack in acks} == {(m["conversation"], m["id"]) for m in messages}
        with server.client("supervisor") as http:
            http.headers["authorization"] = f"Bearer {server.token('supervisor', 'sue', tenant=tenant)}"
            answers = {name: http.get(f"/conversations/{name}/transcript") for name in sorted(conversations)}
        told.append({name: answer.json()["messages"] for name, answer in answers.items()})
    assert json.dumps(told[0]) == json.dumps(told[1])

    stored = {(m["id"], m["reading"]["conversation"]): m["reading"] for chat in told[0].values() for m in chat}
    assert len(stored) == len(messages)
    alone = readings(engine, (json.dumps(message) for message in messages))
    for message, reading in zip(messages, alone, strict=True):
        assert stored[message["id"], message["conversation"]] == json.loads(json.dumps(reading))
        assert 0 <= reading["tension"] <= 100


async def test_real_chats_are_read_by_the_encoder_as_it_reads_them_alone(
    own_server: Callable[..., Server], engine: Engine, encoder: Encoder
) -> None:
    """With several messages waiting at once; where it was too late, the reading says so and a metric counts it."""
    messages = frames()[:200]
    names = {message["conversation"] for message in messages}
    server = own_server("--reader", "encoder")
    async with connect(f"{server.ws}/ws/v1/ingest") as socket:
        await socket.send(json.dumps({"type": "hello", "token": server.token("ingest", "tool")}))
        assert json.loads(await socket.recv())["type"] == "welcome"
        assert {ack["type"] for ack in await bring(socket, messages)} == {"ack"}
    with server.client("supervisor") as http:
        told = {name: http.get(f"/conversations/{name}/transcript").json()["messages"] for name in names}
    alone = readings(engine, (json.dumps(message) for message in messages), encoder.score)
    by_encoder, late = 0, 0
    for name, chat in told.items():
        scorers = [message["reading"]["scorer"] for message in chat]
        abroad = [message["reading"]["language"]["code"] not in ("", "en") for message in chat]
        assert [scorer is None for scorer in scorers] == abroad
        assert set(scorers) <= {"encoder", "linear", None}  # no scorer reads other languages
        late += scorers.count("linear")
        if "linear" not in scorers:
            by_encoder += len(chat)
            assert [message["reading"] for message in chat] == [one for one in alone if one["conversation"] == name]
    async with httpx.AsyncClient() as http:
        metrics = (await http.get(f"{server.base}/metrics")).text
    counted = re.findall(r"^steadyhand_encoder_missed_total\{.*\} (\d+)", metrics, re.MULTILINE)
    assert late == sum(map(int, counted))
    assert by_encoder > 0
