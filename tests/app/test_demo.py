"""The demo's own chat tool: two windows that really chat, the sidebar beside them, and a floor that is alive."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.demo import FLOOR
from app.protocol import Pulse
from tests.app.clients import Browser, House, browser, house, raw_socket
from tests.app.shapes import has, is_error, is_message, is_snapshot, is_update
from tests.conftest import MS, PATIENCE, soon


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    """A demo here."""
    async with house(tmp_path, demo=True, allowed_hosts="127.0.0.1") as running:
        yield running


@pytest.fixture
async def web(home: House) -> AsyncIterator[httpx.AsyncClient]:
    """A page of the demo."""
    async with httpx.AsyncClient(base_url=home.base, timeout=PATIENCE, verify=False) as client:
        yield client


async def session(web: httpx.AsyncClient, **asked: str) -> dict:
    """Tokens for both sides of a conversation."""
    answer = await web.post("/demo/session", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def joined(window: Browser, told: dict, side: str) -> dict:
    """A window that has joined as one side."""
    frame = {"type": "join", "conversation": told["conversation"], "token": told[f"{side}_token"]}
    answer = await window.ask(frame)
    has(answer, "type", "conversation", "as", "messages")
    assert (answer["type"], answer["as"]) == ("joined", side)
    return answer


async def test_a_session_is_for_a_new_or_a_known_conversation(web: httpx.AsyncClient):
    """With tokens for all three sides."""
    told = await session(web)
    has(told, "conversation", "customer_token", "agent_token", "supervisor_token")
    assert (await session(web, conversation=told["conversation"]))["conversation"] == told["conversation"]
    assert (await session(web))["conversation"] != told["conversation"]
    headers = {"Authorization": f"Bearer {told['supervisor_token']}"}
    assert (await web.get("/api/v1/heatmap", headers=headers)).status_code == 200


async def test_only_its_own_pages_get_tokens(web: httpx.AsyncClient):
    """No other site, no form; a wrong wish is refused."""
    for site in ("cross-site", "same-site"):
        answer = await web.post("/demo/session", json={}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
        is_error(answer.json(), "forbidden")
    assert (await web.post("/demo/session", content="{}", headers={"Content-Type": "text/plain"})).status_code == 415
    assert (await web.post("/demo/session", json={"conversation": "a\nb"})).status_code == 422
    assert (await web.post("/demo/session", json=[])).status_code == 400


async def test_two_windows_chat_and_the_sidebar_follows(home: House, web: httpx.AsyncClient):
    """What one side says reaches the other; the sidebar gets the advice; nothing of that is seen by the customer."""
    told = await session(web)
    chat = told["conversation"]
    async with (
        raw_socket(f"{home.ws}/demo/ws") as sam,
        raw_socket(f"{home.ws}/demo/ws") as alex,
        browser(home.ws, "agent", told["agent_token"]) as sidebar,
    ):
        await joined(sam, told, "customer")
        await joined(alex, told, "agent")
        is_snapshot(await sidebar.subscribe(chat), chat, 0)
        await sam.send({"type": "message", "id": "m1", "text": "Where is my order? Nobody cares!"})
        frames = {frame["type"]: frame for frame in (await sam.get(), await sam.get())}
        assert frames["ack"] == {"type": "ack", "id": "m1", "seq": 1, "duplicate": False}
        message = (await alex.get())["message"]
        is_message(message)
        assert frames["message"] == {"type": "message", "message": message}
        assert "reading" not in message
        is_update(await sidebar.get(), chat, 1)
        await alex.send({"type": "typing", "on": True})
        assert await sam.get() == {"type": "typing", "role": "agent", "on": True}
        await alex.ask({"type": "message", "id": "a1", "text": "I'm so sorry, Sam."}, "ack")
        assert (await sam.get("message"))["message"]["role"] == "agent"
        assert (await alex.ask({"type": "message", "id": "a1", "text": "again"}, "ack"))["duplicate"] is True
        async with home.client("admin") as admin:
            await admin.post(f"/conversations/{chat}/messages", json={"role": "note", "text": "secret note"})
            await admin.post(f"/conversations/{chat}/actions", json={"action": "whisper", "text": "secret whisper"})
            await admin.patch(f"/conversations/{chat}/messages/a1", json={"text": "I'm sorry."})
        edited = await sam.get()
        assert (edited["type"], edited["message"]["id"], edited["message"]["text"]) == ("edited", "a1", "I'm sorry.")
        assert (await sam.ask({"type": "ping"}))["type"] == "pong"
        assert {frame["type"] for frame in sam.seen} <= {"joined", "ack", "message", "edited", "typing", "pong"}
    async with raw_socket(f"{home.ws}/demo/ws") as again:
        texts = [message["text"] for message in (await joined(again, told, "customer"))["messages"]]
        assert texts == ["Where is my order? Nobody cares!", "I'm sorry."]


async def test_a_token_opens_its_own_side_of_its_own_chat(home: House, web: httpx.AsyncClient):
    """A customer's token only hers, and nothing else of the server."""
    mine, other = await session(web), await session(web)
    for frame in (
        {"type": "join", "conversation": other["conversation"], "token": mine["customer_token"]},
        {"type": "join", "conversation": mine["conversation"], "token": mine["supervisor_token"]},
        {"type": "join", "conversation": mine["conversation"], "token": "garbage"},
        {"type": "join", "conversation": mine["conversation"]},
        {"type": "join", "conversation": "unknown", "token": mine["agent_token"]},
        {"type": "message", "text": "hello"},
        "nonsense",
        b"\x00",
    ):
        async with raw_socket(f"{home.ws}/demo/ws") as window:
            is_error(await window.ask(frame), "unauthorized", "forbidden", "not_found", "bad_json")
            assert 4500 <= await window.closed() <= 4999
    headers = {"Authorization": f"Bearer {mine['customer_token']}"}
    answer = await web.get(f"/api/v1/conversations/{mine['conversation']}", headers=headers)
    assert answer.status_code == 401


async def test_what_is_wrong_is_answered_and_the_window_stays_open(home: House, web: httpx.AsyncClient):
    """And the next message is heard."""
    told = await session(web)
    async with raw_socket(f"{home.ws}/demo/ws") as sam:
        await joined(sam, told, "customer")
        for frame, code in (
            ("nonsense", "bad_json"),
            (b"\x00", "bad_json"),
            ({"type": "explode", "ref": 1}, "unknown_type"),
            ({"type": []}, "unknown_type"),
            ({"type": "message", "text": ""}, "empty_text"),
            ({"type": "message", "text": "x" * 20_001}, "too_long"),
            ({"type": "typing"}, "invalid"),
            ('{"type": "message", "text": "\\ud800"}', "invalid_text"),
        ):
            is_error(await sam.ask(frame), code)
        assert (await sam.ask({"type": "message", "text": "hello", "role": "agent"}, "ack"))["seq"] == 1
        assert sam.seen[-2]["message"]["role"] == "customer"


async def test_a_silent_window_is_closed(tmp_path: Path):
    """As every socket."""
    async with (
        house(tmp_path, demo=True, pulse=Pulse(hello_within=50 * MS)) as home,
        raw_socket(f"{home.ws}/demo/ws") as window,
    ):
        assert await window.closed() == 4401


async def test_the_floor_is_alive(home: House, web: httpx.AsyncClient):
    """Simulated chats come up on the supervisor's board by themselves."""
    told = await session(web)
    async with browser(home.ws, "supervisor", told["supervisor_token"]) as robin:
        await soon(lambda: 1 <= len(home.rooms.board) <= FLOOR)
        tiles = (await robin.get("board"))["tiles"] or (await robin.get("tiles"))["changed"]
        assert tiles[0]["conversation"].startswith("sim-")
        assert tiles[0]["customer"]
