"""Following a conversation: each offset once, in order, without a hole; coming back is as never having gone."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.auth import Principal
from app.frames import HISTORY
from app.models import ActionIn, ConversationIn, MessageIn
from app.outbox import Outbox
from app.rooms import Rooms
from app.server import create_app
from app.subscription import Subscription
from app.views import MAX_GAP
from tests.app.clients import Clock, browser, settings_for
from tests.app.shapes import is_error
from tests.conftest import PATIENCE, Server, soon

NAMES = count()
TEXTS = [
    "You are idiots!",
    "Where is my order 48213?",
    "I'm so sorry, let me look into it.",
    "Thank you.",
    "This is a joke.",
]
WHO = Principal("ann", "admin", "default", ("a",), Clock().now)
SPEAK = st.tuples(st.just("say"), st.sampled_from(["customer", "agent", "note"]), st.sampled_from(TEXTS))
EDIT = st.tuples(st.just("edit"), st.integers(0, 5), st.sampled_from(TEXTS))
DELETE = st.tuples(st.just("delete"), st.integers(0, 5), st.none())
ACTIONS = ["escalate", "resolve", "reopen", "takeover", "claim", "release", "let_run", "join", "ask_ending", "close"]
ACT = st.tuples(st.just("act"), st.sampled_from(ACTIONS), st.none())
WAIT = st.tuples(st.just("wait"), st.integers(1, 12), st.none())


def taken(outbox: Outbox) -> list[dict[str, Any]]:
    """All that waits in an outbox, as if it had left."""
    frames = [json.loads(text) for texts, _ in outbox._waiting for text in texts]
    outbox._waiting.clear()
    outbox._frames = outbox._bytes = 0
    outbox._empty.set()
    return frames


class Follower:
    """What a browser knows of one conversation: a snapshot and the updates after it. It fails on a hole."""

    def __init__(self) -> None:
        self.at: dict[str, Any] | None = None
        self.messages: dict[str, Any] = {}
        self.history: list[Any] = []
        self.state: dict[str, Any] = {}
        self.advice: dict[str, Any] = {}
        self.outbox = Outbox(PATIENCE)
        self.subscription: Subscription | None = None

    async def join(self, rooms: Rooms, conversation: str) -> None:
        """Subscribe, from where it was."""
        self.subscription = Subscription(WHO, conversation, rooms.views, self.outbox, rooms.watching)
        await self.subscription.start(rooms.backplane, self.at)
        self.read()

    def leave(self) -> None:
        """Go offline."""
        self.read()
        assert self.subscription is not None
        self.subscription.stop()

    def read(self) -> list[str]:
        """Take in all that has come; the types of the frames."""
        frames = taken(self.outbox)
        for frame in frames:
            getattr(self, f"_{frame['type']}")(frame)
        return [frame["type"] for frame in frames]

    def _snapshot(self, frame: dict[str, Any]) -> None:
        self.at = {"epoch": frame["epoch"], "offset": frame["offset"]}
        self.messages = {message["id"]: message for message in frame["messages"]}
        self.history = frame["state"].pop("history")
        self.state, self.advice = frame["state"], frame["advice"]

    def _resumed(self, frame: dict[str, Any]) -> None:
        assert self.at == {"epoch": frame["epoch"], "offset": frame["offset"]}

    def _update(self, frame: dict[str, Any]) -> None:
        assert self.at is not None
        assert frame["offset"] == self.at["offset"] + 1
        self.at["offset"] += 1
        self.history = frame["state"].pop("history", self.history)
        self.state, self.advice = frame["state"], frame["advice"]
        if message := frame["message"]:
            self.messages[message["id"]] = {**message, "reading": frame["reading"]}
            if not self.history or message["seq"] > self.history[-1]["seq"]:
                point = {key: self.state[key] for key in ("tension", "band")}
                self.history = [*self.history, {"seq": message["seq"], **point, "at": message["at"]}][-HISTORY:]
        for revised in frame.get("revised", ()):
            self.messages[revised["id"]]["reading"] = revised["reading"]

    def _told(self, frame: dict[str, Any]) -> None:
        self.state = {**self.state, **frame["state"]}

    def _alert(self, frame: dict[str, Any]) -> None:
        assert frame["alert"] in self.advice["alerts"], "who comes back has it from the advice"

    def view(self) -> dict[str, Any]:
        """All that it shows, but for how long the customer has waited by now, which it counts by itself."""
        state = {name: value for name, value in self.state.items() if name != "waiting_seconds"}
        return {**{name: getattr(self, name) for name in ("at", "messages", "history", "advice")}, "state": state}


@asynccontextmanager
async def rooms_in(folder: Path, clock: Clock) -> AsyncIterator[Rooms]:
    """The rooms of a server without its doors."""
    app = create_app(settings_for(folder), clock=clock)
    async with app.router.lifespan_context(app):
        yield app.state.rooms


@pytest.fixture
async def rooms(tmp_path: Path, clock: Clock) -> AsyncIterator[Rooms]:
    """The rooms of a server whose clock stands still."""
    async with rooms_in(tmp_path, clock) as opened:
        yield opened


async def say(rooms: Rooms, conversation: str, text: str, role: str = "customer") -> str:
    """One message; its id."""
    message = MessageIn(role=role, text=text)
    return (await rooms.conversations.hear(WHO, conversation, message)).id


async def do(
    rooms: Rooms, clock: Clock, conversation: str, ids: list[str], what: str, which: Any, text: str | None
) -> None:
    """One thing that happens in a conversation."""
    if what == "say":
        ids.append(await say(rooms, conversation, str(text), which))
    elif what == "act":
        await rooms.conversations.act(WHO, conversation, ActionIn(action=which, text="a reason"))
    elif what == "wait":
        clock.forward(60 * which)
        await rooms.conversations.fall_silent(WHO.tenant, conversation)
    elif ids:
        target = ids[which % len(ids)]
        if what == "delete":
            ids.remove(target)
        await rooms.conversations.revise(WHO, conversation, target, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(SPEAK | SPEAK | EDIT | DELETE | ACT | WAIT, min_size=3, max_size=12),
    cuts=st.lists(st.tuples(st.integers(0, 5), st.integers(2, 12)), min_size=1, max_size=4),
)
@example(
    told=[("say", "customer", TEXTS[1]), ("edit", 1, TEXTS[0]), ("say", "agent", TEXTS[2]), ("edit", 0, TEXTS[4])],
    cuts=[(1, 4), (0, 4), (2, 4)],
)
@example(
    told=[("say", "agent", TEXTS[2]), ("wait", 4, None), ("edit", 0, TEXTS[0]), ("wait", 9, None)],
    cuts=[(1, 4), (0, 4), (2, 3)],
)
async def test_what_was_known_and_what_was_missed_is_what_is(rooms: Rooms, clock: Clock, told: list, cuts: list):
    """Who was cut off at any points, and who never was, end with what a fresh snapshot shows, to the last key."""
    conversation = f"c{next(NAMES)}"
    ids = [await say(rooms, conversation, "Good morning.")]
    always, cut = Follower(), [(Follower(), sorted(points)) for points in cuts]
    for follower in (always, *(one for one, _ in cut)):
        await follower.join(rooms, conversation)
    for number, what in enumerate(told):
        for follower, (gone, back) in cut:
            if number == gone:
                follower.leave()
            if number == back:
                await follower.join(rooms, conversation)
        clock.forward(20)
        await do(rooms, clock, conversation, ids, *what)
    for follower, (gone, _) in cut:
        if gone < len(told):
            follower.leave()
            await follower.join(rooms, conversation)
    fresh = Follower()
    await fresh.join(rooms, conversation)
    for follower in (always, *(one for one, _ in cut)):
        follower.read()
        assert follower.view() == fresh.view()


@pytest.mark.parametrize("position", [{"epoch": "another", "offset": 1}, {"offset": 99}, {"offset": 10**30}], ids=str)
async def test_a_position_that_means_nothing_gives_a_snapshot(server: Server, chat: str, position: dict):
    """Another epoch, or an offset that has not been: the whole, and it says so."""
    async with (
        browser(server.ws, "ingest", server.token("ingest")) as tool,
        browser(server.ws, "agent", server.token("agent")) as ann,
    ):
        for text in TEXTS:
            await tool.ask({"type": "message", "conversation": chat, "role": "customer", "text": text})
        first = await ann.subscribe(chat)
        epoch = first["epoch"]
        snapshot = await ann.subscribe(chat, resume={"epoch": epoch, **position})
        assert (snapshot["type"], snapshot["resumed"], snapshot["offset"]) == ("snapshot", False, first["offset"])
        assert len(snapshot["messages"]) == len(TEXTS)
        for bad in ({"epoch": epoch}, {"epoch": epoch, "offset": -1}, {"epoch": 7, "offset": 1}, [], "x"):
            is_error(await ann.subscribe(chat, resume=bad), "invalid")


async def test_a_long_gap_comes_back_whole(server: Server, chat: str):
    """As many missed updates as a resume hands out, more than would fit beside other frames; one more is a snapshot."""
    async with (
        browser(server.ws, "ingest", server.token("ingest")) as tool,
        browser(server.ws, "agent", server.token("agent")) as ann,
    ):
        for number in range(MAX_GAP + 1):
            await tool.send({"type": "message", "conversation": chat, "role": "note", "text": f"line {number}"})
        for _ in range(MAX_GAP + 1):
            await tool.get("ack")
        snapshot = await ann.subscribe(chat)
        seen = len(ann.seen)
        resumed = await ann.subscribe(chat, resume={"epoch": snapshot["epoch"], "offset": 1})
        assert resumed == {
            "type": "resumed",
            "conversation": chat,
            "epoch": snapshot["epoch"],
            "offset": MAX_GAP + 1,
        }
        assert [frame["offset"] for frame in ann.seen[seen:-1]] == list(range(2, MAX_GAP + 2))
        again = await ann.subscribe(chat, resume={"epoch": snapshot["epoch"], "offset": 0})
        assert (again["type"], again["resumed"], len(again["messages"])) == ("snapshot", False, MAX_GAP + 1)


async def test_what_the_backplane_lost_is_fetched(rooms: Rooms):
    """A gap while connected is seen at the next frame and closed from the store, in order."""
    follower = Follower()
    await say(rooms, "c", "hello")
    await follower.join(rooms, "c")
    publish, rooms.backplane.publish = rooms.backplane.publish, lambda *_: None
    for text in TEXTS:
        await say(rooms, "c", text)
    rooms.backplane.publish = publish
    await say(rooms, "c", "and now?")
    seen: list[str] = []
    await soon(lambda: seen.extend(follower.read()) or "resumed" in seen)
    events = await rooms.store.events("default", "c", after=1)
    assert [event.kind for event in events].count("message") == len(TEXTS) + 1
    assert seen == ["update"] * len(events) + ["resumed"]
    await say(rooms, "c", "still there?")
    assert follower.read() == ["update"]


async def test_a_gap_that_may_not_be_fetched_any_more_ends_it(rooms: Rooms):
    """Rights are looked at again whenever the store is asked."""
    who = Principal("ann", "agent", "default", ("a",), WHO.expires)
    outbox = Outbox(PATIENCE)
    await say(rooms, "c", "hello")
    subscription = Subscription(who, "c", rooms.views, outbox, rooms.watching)
    await subscription.start(rooms.backplane, None)
    taken(outbox)
    publish, rooms.backplane.publish = rooms.backplane.publish, lambda *_: None
    await rooms.conversations.put(WHO, "c", ConversationIn(agent="bea"))
    await say(rooms, "c", "lost")
    rooms.backplane.publish = publish
    await say(rooms, "c", "seen")
    await soon(lambda: subscription.ended)
    frames = taken(outbox)
    assert [frame["type"] for frame in frames] == ["error"]
    is_error(frames[0], "forbidden")
