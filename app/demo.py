"""The demo's own chat tool, and the simulated chats that keep the floor alive. Only there in demo mode, on loopback.

It plays the part of the tool that a team already uses: a customer and an agent write to each other over `/demo/ws`, and
every message goes on to the conversations room as a chat tool's webhook would bring it.
"""

import asyncio
import random
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from fastapi import APIRouter, Request, WebSocket
from starlette.websockets import WebSocketDisconnect

from app.api import In, raw_body
from app.auth import Principal, Tokens
from app.errors import Refused
from app.jsontext import dumps, loads, valid
from app.models import ActionIn, ConversationIn, Customer, DemoIn, MessageIn, TypingIn
from app.outbox import Outbox
from app.protocol import BAD_TOKEN, NO_HELLO, SLOW, ref_of
from app.publishing import topic
from app.rooms import Rooms
from assist.message import Step
from assist.simulator import Heard, Line, SimulatedChat, make_profile

TEAM = "demo"
ORDERS = "orders"  # a second team, for the supervisor alone
AGENT = "Alex"
FLOOR = 14  # simulated chats at once
SEED = 7
PACE = 0.35  # a simulated pause takes this share of its seconds
TTL = timedelta(days=7)
PUBLIC = frozenset({"customer", "agent", "bot"})
FLOOR_AGENTS = {TEAM: ("Bea", "Chen", "Dara", "Emil", "Farah", "Gus"), ORDERS: ("Hana", "Ivo")}
FLOOR_TEAMS = (TEAM, TEAM, ORDERS)  # in turn
CHANNELS = ("web", "app", "WhatsApp", "web")  # in turn
router = APIRouter(include_in_schema=False)
log = structlog.get_logger()
Json = dict[str, Any]


def sign(tokens: Tokens, role: str, subject: str, now: Any, teams: tuple[str, ...] = (TEAM,), **claims: Any) -> str:
    """A token of the demo team, or of these."""
    return tokens.sign(role=role, subject=subject, teams=teams, now=now, ttl=TTL, claims=claims)


@router.post("/demo/session")
async def session(request: Request, rooms: In) -> Json:
    """Tokens for both sides of a demo conversation; made when it is new. Same-site pages only."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused("forbidden", "the demo's tokens are for its own pages")
    asked = valid(DemoIn, loads(await raw_body(request)))
    conversation = asked.conversation or f"demo-{secrets.token_hex(4)}"
    owner = _owner(rooms)
    told = ConversationIn(
        customer=Customer(id=conversation, name="Sam Rivera"),
        agent=AGENT,
        team=TEAM,
        channel="demo",
        slots={"agent": AGENT},
    )
    await rooms.conversations.put(owner, conversation, told)
    now = rooms.clock()
    return {
        "conversation": conversation,
        "customer_token": sign(rooms.tokens, "customer", "Sam", now, conversation=conversation),
        "agent_token": sign(rooms.tokens, "agent", AGENT, now),
        "supervisor_token": sign(rooms.tokens, "supervisor", "Robin", now, (TEAM, ORDERS)),
    }


def _owner(rooms: Rooms) -> Principal:
    """Whom the demo's chat tool is, to the rooms behind the doors."""
    return Principal("demo-chat", "admin", "default", (TEAM, ORDERS), rooms.clock() + TTL)


@router.websocket("/demo/ws")
async def chat(websocket: WebSocket) -> None:
    """One window of the demo's chat tool."""
    await websocket.accept()
    rooms: Rooms = websocket.app.state.rooms
    outbox = Outbox(rooms.pulse.send_within)
    window = Window(rooms, outbox)
    try:
        async with asyncio.timeout(rooms.pulse.hello_within):
            await window.join(await _text(websocket))
    except Refused as refused:
        await websocket.send_text(dumps({"type": "error", "error": refused.wire()}))
        await websocket.close(BAD_TOKEN)
        return
    except TimeoutError:
        await websocket.close(NO_HELLO)
        return
    except WebSocketDisconnect:
        return

    async def write() -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            await outbox.run(websocket.send_text)
            await websocket.close(SLOW)

    writer = asyncio.create_task(write())
    try:
        while True:
            await window.receive(await _text(websocket))
    except (WebSocketDisconnect, RuntimeError):
        pass  # the window is gone
    finally:
        window.leave()
        writer.cancel()


async def _text(websocket: WebSocket) -> str:
    """The next frame; a binary one is read as an empty text, which is then refused as no JSON."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    return message.get("text") or ""


class Window:
    """A customer's or an agent's window: public messages in and out, nothing of what the sidebar knows."""

    def __init__(self, rooms: Rooms, outbox: Outbox) -> None:
        self._rooms = rooms
        self._outbox = outbox
        self._side = ""
        self._conversation = ""
        self._seq = 0  # of the newest message this window has
        self._end: Callable[[], None] | None = None

    async def join(self, text: str) -> None:
        """The first frame: which conversation, and by its token which side. Raises `Refused`."""
        frame = loads(text)
        conversation, token = frame.get("conversation"), frame.get("token")
        if frame.get("type") != "join" or not isinstance(conversation, str) or not isinstance(token, str):
            raise Refused("unauthorized", "the first frame must be a join with a conversation and a token")
        claims = self._rooms.tokens.claims(token, self._rooms.clock())
        if claims["role"] == "customer" and claims.get("conversation") == conversation:
            self._side = "customer"
        elif claims["role"] == "agent":
            self._rooms.verify(token)
            self._side = "agent"
        else:
            raise Refused("forbidden", "this token is not for this conversation")
        self._conversation = conversation
        owner = _owner(self._rooms)
        messages = (await self._rooms.views.transcript(owner, conversation))["messages"]
        self._end = self._rooms.backplane.subscribe(topic(owner.tenant, conversation), self._deliver)
        self._seq = max((message["seq"] for message in messages), default=0)
        public = [_public(message) for message in messages if message["role"] in PUBLIC]
        joined = {"type": "joined", "conversation": conversation, "as": self._side, "messages": public}
        self._outbox.put(dumps(joined))

    def leave(self) -> None:
        """The window is closed."""
        if self._end:
            self._end()

    async def receive(self, text: str) -> None:
        """A message or typing from this side; what is wrong is answered."""
        try:
            await self._do(loads(text))
        except Refused as refused:
            self._outbox.put(dumps({"type": "error", "error": refused.wire(), **ref_of(text)}))

    async def _do(self, frame: Json) -> None:
        owner = _owner(self._rooms)
        match frame.get("type"):
            case "message":
                message = valid(MessageIn, {**frame, "role": self._side, "at": None})
                receipt = await self._rooms.conversations.hear(owner, self._conversation, message)
                ack = {"type": "ack", "id": receipt.id, "seq": receipt.seq, "duplicate": receipt.duplicate}
                self._outbox.put(dumps(ack))
            case "typing":
                typing = valid(TypingIn, {"role": self._side, "on": frame.get("on")})
                await self._rooms.conversations.typing(owner, self._conversation, typing.role, on=typing.on)
            case "ping":
                self._outbox.put('{"type":"pong"}')
            case "pong":
                pass
            case _:
                raise Refused("unknown_type", "there is no such type of frame; allowed: message, typing, ping, pong")

    def _deliver(self, _offset: int, text: str) -> None:
        frame = loads(text) if text else {}
        if frame.get("type") == "typing" and frame["role"] != self._side:
            self._outbox.put(dumps({"type": "typing", "role": frame["role"], "on": frame["on"]}))
        elif frame.get("type") == "update" and frame["message"] and frame["message"]["role"] in PUBLIC:
            message = _public(frame["message"])
            revised = message["seq"] <= self._seq
            self._seq = max(self._seq, message["seq"])
            self._outbox.put(dumps({"type": "edited" if revised else "message", "message": message}))


def _public(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reading"}


async def keep_alive(rooms: Rooms) -> None:
    """Simulated chats, so many at once, until cancelled. The same seed makes the same customers."""
    rng = random.Random(SEED)
    async with asyncio.TaskGroup() as floor:
        for desk in range(FLOOR):
            floor.create_task(_desk(rooms, desk, random.Random(rng.random())))


async def _desk(rooms: Rooms, desk: int, rng: random.Random) -> None:
    """One chat after the other."""
    await asyncio.sleep(desk * 0.4)
    while True:
        try:
            await _chat(rooms, f"sim-{secrets.token_hex(4)}", _place(desk), rng)
        except Exception:  # the other desks go on
            log.exception("simulated_chat_failed")
        await asyncio.sleep(rng.uniform(2, 8))


def _place(desk: int) -> ConversationIn:
    """Team, agent and channel of the chats of a desk."""
    team = FLOOR_TEAMS[desk % len(FLOOR_TEAMS)]
    agents = FLOOR_AGENTS[team]
    agent = agents[desk // 2 % len(agents)]
    return ConversationIn(agent=agent, team=team, channel=CHANNELS[desk % len(CHANNELS)], slots={"agent": agent})


async def _chat(rooms: Rooms, conversation: str, place: ConversationIn, rng: random.Random) -> None:
    owner = _owner(rooms)
    profile = make_profile(rng)
    simulated = SimulatedChat(profile, rng)
    told = place.model_copy(update={"customer": Customer(name=profile.name)})
    await rooms.conversations.put(owner, conversation, told)
    heard: Heard | None = None
    while line := simulated.next(heard):
        heard = await _say(rooms, owner, conversation, line)
    await rooms.conversations.act(owner, conversation, ActionIn(action="resolve"))


async def _say(rooms: Rooms, owner: Principal, conversation: str, line: Line) -> Heard:
    await asyncio.sleep(line.pause_seconds * PACE)
    receipt = await rooms.conversations.hear(owner, conversation, MessageIn(role=line.role.value, text=line.text))
    state = receipt.state
    return Heard(
        steps={step: 1.0 for step, done in state.steps.items() if done.seq == receipt.seq},
        suggestions=[item["text"] for item in receipt.advice["suggestions"] if not item["missing"]],
        next_step=Step(receipt.advice["next_step"]) if receipt.advice["next_step"] else None,
        tension=state.tension,
    )
