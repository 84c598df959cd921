"""R3: for everything that changes a conversation, what was shown before and the frames since make what is shown now."""

from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from typing import Any, get_args

import httpx
import pytest
from fastapi.routing import APIRoute

from app import api
from app.models import ActionName
from app.protocol import FRAMES
from app.silence import look
from tests.app.clients import Browser, Clock, House, browser, raw_socket
from tests.faults.stage import Stage, alone
from tests.faults.view import Tiles, View, held, steady

pytestmark = pytest.mark.faults
CHATS = count(1)
Act = Callable[["Watched"], Awaitable[Any]]
READING = {"drafts", "rewrites", "questions", "embed-tokens"}  # POST only because they take a text


class Watched:
    """A conversation of two messages with an agent and a supervisor who have been watching it all along."""

    def __init__(self, home: House, agent: Browser, boss: Browser, tool: Browser, http: httpx.AsyncClient) -> None:
        self.home, self.agent, self.boss, self.tool, self.http = home, agent, boss, tool, http
        self.chat = f"c-{next(CHATS)}"
        self.view, self.tiles = View(), Tiles()
        self.offset = 0

    async def begin(self) -> None:
        """Two messages; then both look."""
        for number, (role, text) in enumerate((("customer", "Where is my order?"), ("agent", "Let me look.")), 1):
            await self.tool.ask(self.frame("message", role=role, text=text, id=f"m{number}"), "ack")
        self.tiles.take(await self.boss.get("board"))
        self.take(await self.agent.subscribe(self.chat))

    def frame(self, kind: str, **more: Any) -> dict[str, Any]:
        """A frame about it."""
        return {"type": kind, "conversation": self.chat, **more}

    async def get(self, path: str) -> Any:
        """What an admin reads of it."""
        return (await self.http.get(f"/conversations/{self.chat}{path}")).json()

    async def call(self, method: str, path: str, **body: Any) -> Any:
        """A call of an admin, who may do everything."""
        response = await self.http.request(method, f"/conversations/{self.chat}{path}", json=body or None)
        assert response.status_code == 200, response.text
        return response.json()

    async def caught_up(self, kept: dict[str, Any]) -> None:
        """Take in frames until the position is the server's."""
        while self.offset < kept["offset"]:
            self.take(await self.agent.get())

    def take(self, frame: dict[str, Any]) -> None:
        """Fold one frame; an update has the next offset."""
        if frame["type"] == "update":
            assert frame["offset"] == self.offset + 1
            self.offset += 1
        elif frame["type"] == "snapshot":
            self.offset = frame["offset"]
        self.view.take(frame)


async def reply(watched: Watched) -> None:
    """The agent answers on her own socket."""
    await watched.agent.send(watched.frame("message", role="agent", text="I'm so sorry about it."))


async def put(watched: Watched) -> None:
    """The host tells more; it is no event of the log."""
    await watched.call("PUT", "", customer={"name": "Maria Lopez"}, slots={"order": "7"})
    watched.take(await watched.agent.get("told"))


async def answered(watched: Watched, name: str) -> None:
    """The agent asks to end the chat, and somebody else answers."""
    await watched.call("POST", "/actions", action="ask_ending", text="The same insults again.")
    async with watched.home.client("supervisor", subject="rob") as rob:
        answer = await rob.post(f"/conversations/{watched.chat}/actions", json={"action": name})
    assert answer.status_code == 200, answer.text


async def silence(watched: Watched) -> None:
    """The customer does not answer."""
    await watched.call("POST", "/messages", role="agent", text="Which email address is on the account?")
    watched.home.clock.forward(240)  # type: ignore[attr-defined]
    rooms = watched.home.rooms
    assert await look(rooms.board, rooms.conversations, rooms.clock) >= 1


async def feedback(watched: Watched) -> None:
    """A verdict on a suggestion that stands: kept, and no event."""
    state = await watched.get("")
    await watched.call("POST", "/feedback", suggestion=state["advice"]["suggestions"][0]["id"], verdict="up")


def action(name: str, **more: Any) -> Act:
    """Something that a person does."""
    return lambda watched: watched.call("POST", "/actions", action=name, **more)


def by_tool(kind: str, **more: Any) -> Act:
    """A frame of a chat tool."""
    return lambda watched: watched.tool.ask(watched.frame(kind, **more), "ack")


ACTIONS: dict[str, Act] = {
    "POST messages": lambda watched: watched.call("POST", "/messages", role="customer", text="You are useless!"),
    "PATCH messages": lambda watched: watched.call("PATCH", "/messages/m1", text="Where is my order 48213?"),
    "DELETE messages": lambda watched: watched.call("DELETE", "/messages/m1"),
    "POST typing": lambda watched: watched.call("POST", "/typing", role="agent", on=True),
    "POST feedback": feedback,
    "POST actions note": action("note", text="The parcel is at the depot."),
    "POST actions escalate": action("escalate"),
    "POST actions takeover": action("takeover", to="ann"),
    "POST actions whisper": action("whisper", text="Offer express."),
    "POST actions resolve": action("resolve"),
    "POST actions reopen": action("reopen"),
    "POST actions claim": action("claim"),
    "POST actions release": action("release"),
    "POST actions let_run": action("let_run"),
    "POST actions watch": action("watch"),
    "POST actions join": action("join"),
    "POST actions leave": action("leave"),
    "POST actions ask_ending": action("ask_ending", text="The same insults again."),
    "POST actions cosign": lambda watched: answered(watched, "cosign"),
    "POST actions decline": lambda watched: answered(watched, "decline"),
    "POST actions close": action("close", text="It is settled by phone."),
    "PUT conversations": put,
    "agent message": reply,
    "ingest message": by_tool("message", role="customer", text="Hello? Is anybody there?"),
    "ingest edit": by_tool("edit", id="m2", text="One moment, please."),
    "ingest delete": by_tool("delete", id="m2"),
    "ingest typing": by_tool("typing", role="customer", on=False),
    "agent typing": lambda watched: watched.agent.send(watched.frame("typing", on=False)),
    "agent feedback": feedback,
    "agent action": lambda watched: watched.agent.send(watched.frame("action", action="escalate")),
    "supervisor action": lambda watched: watched.boss.ask(watched.frame("action", action="claim"), "ack"),
    "silence": silence,
}
ASKING = {"hello", "pong", "ping", "subscribe", "unsubscribe", "draft", "rewrite", "ask", "explain"}  # change nothing


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One worker for all, whose clock stands still."""
    with Stage(*alone(tmp_path_factory.mktemp("actions")), clocks=[Clock()]) as opened:
        yield opened


@pytest.mark.parametrize("name", ACTIONS)
def test_what_was_shown_and_the_frames_since_make_what_is_shown_now(stage: Stage, name: str):
    """Compared as JSON with state, transcript and board as they are fetched, to the last key."""
    stage.do(tried(stage.workers[0].house, name))


async def tried(home: House, name: str) -> None:
    """Watch a conversation, do it, and compare."""
    async with (
        browser(home.ws, "ingest", home.token("ingest")) as tool,
        browser(home.ws, "agent", home.token("agent")) as agent,
        raw_socket(f"{home.ws}/ws/v1/supervisor") as boss,
        home.client("admin") as http,
    ):
        watched = Watched(home, agent, boss, tool, http)
        await boss.send({"type": "hello", "token": home.token("supervisor")})
        await watched.begin()
        await ACTIONS[name](watched)
        if name in ("agent message", "agent action"):  # sent without waiting for an answer
            await agent.get("ack")
        await compared(watched)


async def compared(watched: Watched) -> None:
    """The agent's view and the supervisor's tiles with what is fetched now."""
    state = await watched.get("")
    for frame in [frame for frame in watched.agent.seen if frame["type"] == "update"]:
        watched.take(frame)  # what came before an acknowledgement
    await watched.caught_up(state)
    assert watched.view.shown() == held(state, await watched.get("/transcript"))
    board = steady((await watched.http.get("/heatmap")).json()["tiles"])
    while watched.tiles.shown() != board:
        watched.tiles.take(await watched.boss.get("tiles"))


def test_every_call_and_frame_that_changes_something_is_tried():
    """A route, an action or a frame without a case here fails this."""
    routes = {
        f"{method} {route.path.removeprefix('/api/v1/').removeprefix('conversations/{conversation}/').split('/')[0]}"
        for route in api.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods - {"GET", "HEAD"}
    }
    routes = {route for route in routes if route.split()[1] not in READING} - {"POST actions"}
    actions = {f"POST actions {name}" for name in get_args(ActionName)}
    frames = {f"{door} {kind}" for door, kinds in FRAMES.items() for kind in kinds if kind not in ASKING}
    assert routes | actions | frames | {"silence"} == set(ACTIONS)
