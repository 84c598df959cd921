"""The sockets over a really running server: every frame to the letter, and nothing that closes what it need not."""

import asyncio
import gc
import json
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from uuid import uuid4

import pytest
import websockets

from app.protocol import MAX_FRAMES, TOO_MANY, Pulse
from app.websocket import Session
from tests.app.clients import Browser, Frame, House, browser, house, raw_socket
from tests.app.shapes import has, is_action, is_error, is_snapshot, is_tile, is_update
from tests.conftest import MS, Server, soon

ANGRY = "This is the third time I'm writing. Where is my order 48213? Nobody there cares."


@pytest.fixture
async def tool(server: Server):
    """A chat tool's socket."""
    async with browser(server.ws, "ingest", server.token("ingest")) as socket:
        yield socket


@pytest.fixture
async def ann(server: Server):
    """An agent's socket."""
    async with browser(server.ws, "agent", server.token("agent")) as socket:
        yield socket


def message(chat: str, text: str, role: str = "customer", **more) -> Frame:
    """A message frame."""
    return {"type": "message", "conversation": chat, "role": role, "text": text, **more}


async def act(server: Server, chat: str, **action: str) -> None:
    """A supervisor does something."""
    with server.client("supervisor", subject="rob") as client:
        answer = client.post(f"/conversations/{chat}/actions", json=action)
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("door", "role"),
    [
        ("agent", "agent"),
        ("agent", "admin"),
        ("supervisor", "supervisor"),
        ("supervisor", "admin"),
        ("ingest", "ingest"),
    ],
)
async def test_a_hello_is_welcomed(server: Server, door: str, role: str):
    """With the epoch and the role of the token."""
    async with raw_socket(f"{server.ws}/ws/v1/{door}") as socket:
        welcome = await socket.ask({"type": "hello", "token": server.token(role)})
        has(welcome, "type", "epoch", "role")
        assert (welcome["type"], welcome["role"]) == ("welcome", role)


async def test_a_message_is_acked_and_reaches_who_watches(tool: Browser, ann: Browser, chat: str):
    """Ack with ref, id, seq and duplicate; a snapshot of what was, then updates without a gap."""
    ack = await tool.ask(message(chat, ANGRY, id="m1", ref="r-1"))
    assert ack == {"type": "ack", "conversation": chat, "id": "m1", "seq": 1, "duplicate": False, "ref": "r-1"}
    is_snapshot(await ann.subscribe(chat), chat, 1)
    for seq, role in enumerate(("agent", "customer", "note", "bot", "system"), 2):
        ack = await tool.ask(message(chat, f"line {seq}", role))
        assert (ack["seq"], ack["duplicate"]) == (seq, False)
        assert ack["id"]
        update = await ann.get()
        is_update(update, chat, seq)
        assert update["message"]["seq"] == seq
        assert update["message"]["id"] == ack["id"]
    again = await tool.ask(message(chat, "other words", id="m1"))
    assert again == {"type": "ack", "conversation": chat, "id": "m1", "seq": 1, "duplicate": True}
    assert await ann.is_open()
    assert ann.seen[-1]["type"] == "pong", "a repeat is no update"


async def test_a_conversation_that_has_just_begun_can_be_watched(server: Server, ann: Browser, chat: str):
    """The snapshot of a conversation without a word is empty, at offset 0."""
    with server.client("ingest") as client:
        client.put(f"/conversations/{chat}", json={"agent": "ann"})
    snapshot = await ann.subscribe(chat)
    is_snapshot(snapshot, chat, 0)
    assert snapshot["offset"] == 0


async def test_an_agents_own_message_counts_and_comes_back(ann: Browser, tool: Browser, chat: str):
    """Where the tool has no webhook, the sidebar says what was sent."""
    await tool.ask(message(chat, ANGRY))
    await ann.subscribe(chat)
    await ann.send(message(chat, "I'm sorry, let me look into it.", "agent", id="a1", ref=1))
    frames = {frame["type"]: frame for frame in (await ann.get(), await ann.get())}
    is_update(frames["update"], chat, 2)
    assert frames["ack"] == {"type": "ack", "conversation": chat, "id": "a1", "seq": 2, "duplicate": False, "ref": 1}


async def test_an_edit_brings_the_readings_of_what_came_after(tool: Browser, ann: Browser, chat: str):
    """An edit and a deletion are one update each, with all later readings as a fresh snapshot has them."""
    for number, text in enumerate(["You are idiots!", "Where is my order?", "Hello?"], 1):
        await tool.ask(message(chat, text, id=f"m{number}"))
    await ann.subscribe(chat)
    ack = await tool.ask({"type": "edit", "conversation": chat, "id": "m1", "text": "Good morning.", "ref": "e"})
    assert (ack["type"], ack["id"], ack["seq"], ack["ref"]) == ("ack", "m1", 1, "e")
    edited = await ann.get()
    is_update(edited, chat, 4)
    assert (edited["message"]["id"], edited["message"]["seq"], edited["message"]["text"]) == ("m1", 1, "Good morning.")
    await tool.ask({"type": "delete", "conversation": chat, "id": "m2"})
    deleted = await ann.get()
    is_update(deleted, chat, 5)
    assert (deleted["message"]["text"], deleted["message"]["deleted"]) == ("", True)
    fresh = await ann.subscribe(chat)
    readings = {one["id"]: one["reading"] for one in fresh["messages"]}
    assert deleted["reading"] == readings["m2"]
    assert deleted["revised"] == [{"id": "m3", "reading": readings["m3"]}]
    assert deleted["state"]["history"] == fresh["state"]["history"]


async def test_typing_is_told_without_an_offset(tool: Browser, ann: Browser, server: Server, chat: str):
    """It is no event: nothing to resume."""
    await tool.ask(message(chat, "hello"))
    offset = (await ann.subscribe(chat))["offset"]
    for role, on in (("customer", True), ("agent", True), ("customer", False)):
        ack = await tool.ask({"type": "typing", "conversation": chat, "role": role, "on": on, "ref": 5})
        assert ack == {"type": "ack", "conversation": chat, "ref": 5}
        typing = await ann.get()
        assert (typing["type"], typing["conversation"], typing["role"], typing["on"]) == ("typing", chat, role, on)
        assert "offset" not in typing
    ack = await ann.ask({"type": "typing", "conversation": chat, "on": True, "ref": 6}, "ack")
    assert ack == {"type": "ack", "conversation": chat, "ref": 6}
    assert (ann.seen[-2]["type"], ann.seen[-2]["role"], ann.seen[-2]["on"]) == ("typing", "agent", True)
    assert (await ann.subscribe(chat))["offset"] == offset


async def test_a_draft_is_reviewed_by_its_ref(tool: Browser, ann: Browser, chat: str):
    """The answer says which draft it is about."""
    await tool.ask(message(chat, ANGRY))
    draft = "Calm down, that's not my department."
    review = await ann.ask({"type": "draft", "conversation": chat, "ref": 3, "text": draft})
    has(review, "remarks", "effect", "alternatives")
    assert (review["type"], review["conversation"], review["ref"]) == ("draft_review", chat, 3)
    for remark in review["remarks"]:
        has(remark, "start", "end", "kind", "reason")
    has(review["effect"], "low", "expected", "high")


async def test_feedback_and_actions_are_acked(tool: Browser, ann: Browser, chat: str):
    """With the ref where one was given; an action is an update with an offset for all who watch."""
    await tool.ask(message(chat, ANGRY))
    shown = (await ann.subscribe(chat))["advice"]["suggestions"][0]["id"]
    feedback = {"type": "feedback", "conversation": chat, "suggestion": shown, "verdict": "sent", "ref": "f"}
    assert await ann.ask(feedback) == {"type": "ack", "conversation": chat, "ref": "f"}
    await ann.send({"type": "action", "conversation": chat, "action": "escalate", "text": "to legal", "ref": 0})
    update = await ann.get("update")
    is_action(update, chat, 2, "escalate")
    assert update["action"]["by"] == "ann"
    assert update["action"]["text"] == "to legal"
    assert await ann.get("ack") == {"type": "ack", "conversation": chat, "ref": 0}


async def test_nothing_comes_after_unsubscribe(tool: Browser, ann: Browser, chat: str):
    """And to unsubscribe from what is not watched is harmless."""
    await tool.ask(message(chat, "hello"))
    await ann.subscribe(chat)
    for _ in range(2):
        ack = await ann.ask({"type": "unsubscribe", "conversation": chat, "ref": "u"})
        assert ack == {"type": "ack", "conversation": chat, "ref": "u"}
    await tool.ask(message(chat, "anyone?"))
    seen = len(ann.seen)
    assert await ann.is_open()
    assert len(ann.seen) == seen + 1


async def test_a_second_subscription_replaces_the_first(tool: Browser, ann: Browser, chat: str):
    """Each offset reaches a socket once, however often it has subscribed."""
    await tool.ask(message(chat, "hello"))
    await ann.subscribe(chat)
    await ann.subscribe(chat)
    await tool.ask(message(chat, "anyone?"))
    is_update(await ann.get(), chat, 2)
    assert (await ann.ask({"type": "ping"}))["type"] == "pong"


async def test_a_whisper_and_an_alert_reach_the_agent(server: Server, tool: Browser, ann: Browser, chat: str):
    """Unasked: what a supervisor whispers, and a threat as soon as it is made, once."""
    await tool.ask(message(chat, "hello"))
    await ann.subscribe(chat)
    await act(server, chat, action="whisper", text="Offer her a refund.")
    whisper = await ann.get("whisper")
    assert whisper == {"type": "whisper", "conversation": chat, "from": "rob", "text": "Offer her a refund."}
    await tool.ask(message(chat, "I will come to your office and kill you."))
    alert = await ann.get("alert")
    has(alert["alert"], "kind", "severity", "text")
    assert (alert["conversation"], alert["alert"]["kind"]) == (chat, "threat")
    await tool.ask(message(chat, "I will find you and kill you."))
    await ann.get("update")
    assert await ann.is_open()
    assert ann.seen[-2]["type"] == "update", "the same alert does not come twice"


async def test_an_alert_that_gets_worse_comes_again(tool: Browser, ann: Browser, chat: str):
    """Abuse is a warning until it is the third time."""
    await tool.ask(message(chat, "hello"))
    await ann.subscribe(chat)
    for _ in range(4):
        await tool.ask(message(chat, "You idiots!"))
    await ann.is_open()
    alerts = [frame["alert"] for frame in ann.seen if frame["type"] == "alert"]
    assert [(alert["kind"], alert["severity"]) for alert in alerts] == [("abuse", "warning"), ("abuse", "critical")]


async def test_a_conversation_that_goes_to_another_agent_ends_the_subscription(
    server: Server, tool: Browser, ann: Browser, chat: str
):
    """By PUT and by takeover: an error that names the conversation, then silence about it; the socket stays open."""
    with server.client("ingest") as client:
        for number, hand_over in enumerate(("put", "takeover")):
            name = f"{chat}-{number}"
            client.put(f"/conversations/{name}", json={"agent": "ann"})
            await tool.ask(message(name, "hello"))
            await ann.subscribe(name)
            if hand_over == "put":
                client.put(f"/conversations/{name}", json={"agent": "bea"})
            else:
                await act(server, name, action="takeover")
            error = await ann.get("error")
            is_error(error, "forbidden")
            assert error["conversation"] == name
            await tool.ask(message(name, "not for ann"))
            assert await ann.is_open()
            assert ann.seen[-2]["type"] == "error"
            is_error(await ann.subscribe(name), "forbidden")


async def test_a_supervisor_gets_the_board_and_what_changes(server: Server, chat: str):
    """Unasked after welcome; only tiles of her teams, each with its latest values."""
    team = f"team-{chat}"
    ingest, boss = server.token("ingest", "tool", team), server.token("supervisor", "rob", team)
    async with browser(server.ws, "ingest", ingest) as tool:
        await tool.ask(message(f"{chat}-0", ANGRY))
        async with browser(server.ws, "supervisor", boss) as rob:
            board = await rob.get()
            has(board, "type", "epoch", "seq", "tiles")
            assert board["type"] == "board"
            assert [tile["conversation"] for tile in board["tiles"]] == [f"{chat}-0"]
            is_tile(board["tiles"][0])
            await tool.ask(message(f"{chat}-1", "You are idiots!"))
            tiles = await rob.get()
            has(tiles, "type", "seq", "changed", "gone")
            assert (tiles["type"], tiles["gone"]) == ("tiles", [])
            assert [tile["conversation"] for tile in tiles["changed"]] == [f"{chat}-1"]
            assert tiles["seq"] > board["seq"]
            is_tile(tiles["changed"][0])
            is_snapshot(await rob.subscribe(f"{chat}-1"), f"{chat}-1", 1)
            with server.client("admin") as admin:
                admin.put(f"/conversations/{chat}-1", json={"team": "another"})
            assert (await rob.get("tiles"))["gone"] == [f"{chat}-1"]


async def test_a_resolved_conversation_leaves_the_board_after_a_minute(stopped_house: House, chat: str):
    """And a customer's new message brings it back."""
    home = stopped_house
    async with (
        home.client("agent") as ann,
        browser(home.ws, "ingest", home.token("ingest")) as tool,
        browser(home.ws, "supervisor", home.token("supervisor")) as rob,
    ):
        await tool.ask(message(chat, ANGRY))
        await rob.get("tiles")
        await ann.post(f"/conversations/{chat}/actions", json={"action": "resolve"})
        assert (await rob.get("tiles"))["changed"][0]["resolved"] is True
        home.clock.forward(59)
        home.rooms.board.sweep()
        assert len(home.rooms.board) == 1
        home.clock.forward(1)
        home.rooms.board.sweep()
        assert await rob.get("tiles") == {"type": "tiles", "seq": 3, "changed": [], "gone": [chat]}
        await tool.ask(message(chat, "It is still not here."))
        assert (await rob.get("tiles"))["changed"][0]["conversation"] == chat


async def test_silence_after_the_handshake_is_closed(tmp_path: Path):
    """Who says nothing does not stay, but may come again."""
    async with (
        house(tmp_path, pulse=Pulse(hello_within=50 * MS)) as home,
        raw_socket(f"{home.ws}/ws/v1/agent") as socket,
    ):
        assert await socket.closed() == 4401


async def test_who_does_not_answer_a_ping_is_closed(tmp_path: Path):
    """And who answers stays."""
    async with house(tmp_path, pulse=Pulse(ping_every=20 * MS, pong_within=200 * MS)) as home:
        async with browser(home.ws, "agent", home.token("agent")) as ann:
            for _ in range(5):
                await ann.get("ping")
            assert await ann.is_open()
        async with raw_socket(f"{home.ws}/ws/v1/agent") as mute:
            await mute.send({"type": "hello", "token": home.token("agent")})
            await mute.connection.recv()
            assert json.loads(await mute.connection.recv()) == {"type": "ping"}
            with pytest.raises(Exception, match="4010"):
                await mute.connection.recv()


async def test_a_token_that_expires_ends_its_socket(tmp_path: Path):
    """Not at the next ping: then. The error comes before the close, and the code is final."""
    async with house(tmp_path) as home, browser(home.ws, "agent", home.token("agent", seconds=2.5)) as ann:
        assert await ann.closed() == 4501
        is_error(ann.seen[-1], "unauthorized")


async def test_a_server_that_stops_asks_its_browsers_to_come_again(tmp_path: Path):
    """By our own code, not by uvicorn's."""
    async with AsyncExitStack() as sockets:
        async with house(tmp_path) as home:
            ann = await sockets.enter_async_context(browser(home.ws, "agent", home.token("agent")))
        assert await ann.closed() == 1012


async def test_only_so_many_conversations_are_watched_on_one_socket(stopped_house: House):
    """One more is refused, and room is made by leaving one."""
    home = stopped_house
    names = [f"c{number}" for number in range(129)]
    async with (
        browser(home.ws, "ingest", home.token("ingest")) as tool,
        browser(home.ws, "agent", home.token("agent")) as ann,
    ):
        for name in names:
            await tool.ask(message(name, "hello"))
        for name in names[:128]:
            assert (await ann.subscribe(name))["type"] == "snapshot"
        is_error(await ann.subscribe(names[128]), "invalid")
        await ann.ask({"type": "unsubscribe", "conversation": names[0]})
        assert (await ann.subscribe(names[128]))["type"] == "snapshot"


@pytest.mark.parametrize("politely", [True, False])
async def test_a_socket_that_is_gone_leaves_nothing_for_the_garbage_collector(stopped_house: House, politely: bool):
    """What it had is free at once; as circles it would be there until a collection that stops everything."""
    home = stopped_house
    gc.collect()
    gc.disable()
    try:
        for door, role in (("ingest", "ingest"), ("agent", "agent"), ("supervisor", "supervisor")):
            async with browser(home.ws, door, home.token(role)) as socket:
                if door == "ingest":
                    await socket.ask(message("c-1", "hello"))
                else:
                    assert (await socket.subscribe("c-1"))["type"] == "snapshot"
                if not politely:
                    socket.connection.transport.abort()  # as a cable that is pulled
            await soon(lambda: not home.rooms.sessions)
        await soon(lambda: not [one for one in gc.get_objects() if type(one) is Session])
    finally:
        gc.enable()


async def test_many_senders_and_two_readers_see_one_order(server: Server, chat: str):
    """Eight senders at once into one conversation: each reader gets every offset once and in the same order."""
    with server.client("ingest") as client:
        client.put(f"/conversations/{chat}", json={"agent": "ann"})

    async def sender(number: int) -> None:
        async with browser(server.ws, "ingest", server.token("ingest", f"tool{number}")) as tool:
            for line in range(10):
                await tool.send(message(chat, f"{number}/{line}", id=f"{number}-{line}"))
            for _ in range(10):
                assert (await tool.get())["type"] == "ack"

    async with (
        browser(server.ws, "agent", server.token("agent")) as one,
        browser(server.ws, "supervisor", server.token("supervisor")) as two,
    ):
        for reader in (one, two):
            await reader.subscribe(chat)
        await asyncio.gather(*(sender(number) for number in range(8)))
        orders = []
        for reader in (one, two):
            updates = [await reader.get("update") for _ in range(80)]
            assert [update["offset"] for update in updates] == list(range(1, 81))
            assert [update["message"]["seq"] for update in updates] == list(range(1, 81))
            orders.append([update["message"]["text"] for update in updates])
        assert orders[0] == orders[1]
        for number in range(8):
            assert [text for text in orders[0] if text.startswith(f"{number}/")] == [f"{number}/{n}" for n in range(10)]


async def test_an_unknown_door_is_refused_before_the_handshake(server: Server):
    """There are three."""
    with pytest.raises(Exception, match="403"):
        async with raw_socket(f"{server.ws}/ws/v1/{uuid4().hex}"):
            pass


async def test_who_floods_is_sent_away_and_the_others_are_not(server: Server, chat: str):
    """More frames than a person brings about: told why, closed with a code to come again; a chat tool may go on."""
    async with (
        browser(server.ws, "agent", server.token("agent")) as flood,
        browser(server.ws, "agent", server.token("agent")) as ann,
        browser(server.ws, "ingest", server.token("ingest")) as tool,
    ):
        with suppress(websockets.ConnectionClosed):
            for _ in range(4 * MAX_FRAMES):  # enough for a slow machine, too
                await flood.send({"type": "ping"})
        for _ in range(2 * MAX_FRAMES):
            await tool.send({"type": "ping"})
        assert await flood.closed() == TOO_MANY
        is_error(flood.seen[-1], "too_many")
        assert await ann.is_open()
        assert await tool.is_open()
