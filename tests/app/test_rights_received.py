"""What each role receives: two teams at work, and every frame and key that came to each socket, against a table.

Team `a` has ann and the supervisor rob, team `b` has bea and sue; root may see both. A frame or a key without a row
fails: a new one is given to each role that is to have it, and to no other.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.app.clients import Browser, House, browser, house
from tests.app.shapes import TILE

Keys = dict[str, set[str]]

ANGRY = "Third time I write! Where is my parcel? You are useless, get me your supervisor or I will come and find you."
PLACE = {"type", "conversation"}
UPDATE = PLACE | {"offset", "message", "reading", "advice", "state"}
STATE = {
    "conversation", "customer", "agent", "team", "tension", "band", "trend", "risk", "cause", "style", "language",
    "waiting_seconds", "silent_minutes", "typing", "resolved", "facts", "promises",
    "claimed_by", "joined", "ending", "escalated", "taken", "let_run", "recovery", "incident",
}  # fmt: skip
# The keys of each type of frame, and of what is in it; `*` stands for each thing of a list.
EVERYBODY: Keys = {
    "welcome": {"type", "epoch", "role", "subject", "teams"},
    "pong": {"type"},
    "ack": PLACE | {"ref"},
    "error": PLACE | {"error", "ref"},
}
RECEIPT = {"ack": EVERYBODY["ack"] | {"id", "seq", "duplicate"}}  # for who brings messages
WATCHING: Keys = {
    **EVERYBODY,
    "snapshot": PLACE | {"epoch", "offset", "resumed", "messages", "actions", "state", "advice"},
    "snapshot.state": STATE | {"history"},
    "snapshot.actions.*": {"offset", "after", "action", "by", "at", "text", "to", "from"},
    "update": UPDATE | {"action", "brief", "revised"},
    "update.state": STATE | {"history"},
    "update.action": {"action", "by", "at", "text", "to", "from"},
    "update.advice": {
        "next_step", "reason", "wait", "steps", "suggestions", "instructions", "cautions", "alerts", "not_shown",
    },
    "typing": PLACE | {"role", "on", "wait"},
    "whisper": PLACE | {"from", "text"},
    "alert": PLACE | {"alert"},
    "alert.alert": {"kind", "severity", "text"},
    "explanation": PLACE | {"ref", "message", "tension", "without", "points"},
}  # fmt: skip
AGENT: Keys = {
    **WATCHING,
    **RECEIPT,
    "draft_review": PLACE | {"ref", "remarks", "effect", "alternatives", "because"},
    "rewritten": PLACE | {"ref", "text", "manner", "changes", "because"},
    "answers": PLACE | {"ref", "answers"},
}
SUPERVISOR: Keys = {
    **WATCHING,
    "board": {"type", "epoch", "seq", "tiles"},
    "board.tiles.*": TILE,
    "tiles": {"type", "seq", "changed", "gone"},
    "tiles.changed.*": TILE,
    "tiles.changed.*.factors": {"risk", "soon", "change", "waiting"},
}
INGEST: Keys = {**EVERYBODY, **RECEIPT}
RECEIVES = {"ann": AGENT, "bea": AGENT, "rob": SUPERVISOR, "sue": SUPERVISOR, "root": SUPERVISOR, "tool": INGEST}
# What nobody but supervisors may get to know, in whichever frame and however deep.
FOR_SUPERVISORS = {"tiles", "changed", "gone", "priority", "factors", "threshold", "soon", "peak"}


@pytest.fixture
async def sockets(tmp_path: Path) -> AsyncIterator[dict[str, Browser]]:
    """A socket each, after everything that can be done was done by everybody who may, and by everybody who may not."""
    async with house(tmp_path) as home, AsyncExitStack() as stack:
        people = {
            "ann": ("agent", "a"), "bea": ("agent", "b"), "rob": ("supervisor", "a"), "sue": ("supervisor", "b"),
            "tool": ("ingest", "a"),
        }  # fmt: skip
        await _begin(home)
        there = {
            name: await stack.enter_async_context(browser(home.ws, door, home.token(door, name, team)))
            for name, (door, team) in people.items()
        }
        root = home.token("admin", "root", "z")
        there["root"] = await stack.enter_async_context(browser(home.ws, "supervisor", root))
        await _work(home, there)
        yield there


async def _begin(home: House) -> None:
    """Two chats, one in each team."""
    async with home.client("admin", "z", subject="root") as admin:
        for agent, team in (("ann", "a"), ("bea", "b")):
            where = f"/conversations/chat-of-{team}"
            await admin.put(where, json={"agent": agent, "team": team, "customer": {"id": "k", "name": "Kim"}})
            await admin.post(f"{where}/messages", json={"id": "m1", "role": "customer", "text": "Where is my parcel?"})


async def _work(home: House, there: dict[str, Browser]) -> None:
    """What is done to both chats; last everybody has heard all that there was to hear."""
    async with home.client("ingest") as tool:
        for name in ("ann", "rob", "bea", "sue", "root"):
            for team in "ab":
                await there[name].subscribe(f"chat-of-{team}")
        for agent, boss, team in (("ann", "rob", "a"), ("bea", "sue", "b")):
            await _talk(there, agent, boss, f"chat-of-{team}")
        await tool.patch("/conversations/chat-of-a/messages/m1", json={"text": "Where is my order?"})
        await there["tool"].ask(
            {"type": "message", "conversation": "chat-of-a", "role": "agent", "text": "Hello.", "ref": 1}, "ack"
        )
        await there["tool"].ask({"type": "subscribe", "conversation": "chat-of-a"}, "error")
    await asyncio.gather(*(_settled(home, name, socket) for name, socket in there.items()))


async def _talk(there: dict[str, Browser], agent: str, boss: str, chat: str) -> None:
    """Everything that an agent and her supervisor do, and what each of the others tries and may not."""
    about = {"conversation": chat, "ref": 1}
    say, see = there[agent], there[boss]
    await say.ask({"type": "message", "role": "customer", "text": ANGRY, "id": "m2", **about}, "ack")
    await say.ask({"type": "draft", "text": "Calm down.", **about}, "draft_review")
    await say.ask({"type": "rewrite", "text": "I am here", "manner": "friendlier", **about}, "rewritten")
    await say.ask({"type": "ask", "text": "what can I offer?", **about}, "answers")
    await say.ask({"type": "typing", "on": True, **about}, "ack")
    for one in (say, see):
        await one.ask({"type": "explain", "message": "m2", **about}, "explanation")
    for doer, action, more in (
        (see, "claim", {}), (see, "let_run", {}), (see, "watch", {}), (see, "join", {}),
        (see, "whisper", {"text": "offer the voucher"}), (say, "ask_ending", {"text": "abuse"}), (see, "cosign", {}),
        (say, "note", {"text": "seen"}), (say, "escalate", {"to": boss}), (see, "takeover", {"to": agent}),
        (see, "leave", {}), (see, "release", {}), (see, "close", {"text": "over"}), (see, "reopen", {}),
        (see, "let_run", {}),
    ):  # fmt: skip
        await doer.ask({"type": "action", "action": action, **more, **about}, "ack")
    for one in (say, see):
        await one.subscribe(chat)
    for name, socket in there.items():
        if name not in (agent, boss, "root"):
            await socket.ask({"type": "action", "action": "let_run", **about}, "error")


async def _settled(home: House, name: str, socket: Browser) -> None:
    """She has the board as it is now, where she has one, and then an answer to a question of her own."""
    if RECEIVES[name] is SUPERVISOR:
        now = home.rooms.board.version("default")
        async with home.client("supervisor", {"rob": "a", "sue": "b"}.get(name, "a"), subject=name) as herself:
            meant = (await herself.get("/heatmap")).json()["tiles"]
        while not all(_lasting(tile) in _shown(socket) for tile in meant):
            assert (await socket.get("tiles"))["seq"] <= now
    assert await socket.is_open()


def _shown(socket: Browser) -> list[dict[str, Any]]:
    """All that her tiles have been, as far as she has heard."""
    return [_lasting(tile) for frame in socket.seen for tile in (*frame.get("tiles", ()), *frame.get("changed", ()))]


def _lasting(tile: dict[str, Any]) -> dict[str, Any]:
    """Without what runs with the clock."""
    return {key: value for key, value in tile.items() if key not in ("waiting_seconds", "priority", "factors")}


def keys(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Where each key is, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield place, key
            yield from keys(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{place}.*")


def received(socket: Browser) -> Keys:
    """The keys of each type of frame, and of all that is in it."""
    found: Keys = defaultdict(set)
    for frame in socket.seen:
        for place, key in keys(frame, frame["type"]):
            found[place].add(key)
    return found


async def test_each_role_gets_the_frames_and_keys_of_its_row(sockets: dict[str, Browser]):
    """No other type, and in those no other key; and each of the row did come to somebody who has it."""
    for table in (AGENT, SUPERVISOR, INGEST):
        got: Keys = defaultdict(set)
        for name in (name for name, expected in RECEIVES.items() if expected is table):
            for place, there in received(sockets[name]).items():
                got[place] |= there
        assert {place for place in got if "." not in place} == {place for place in table if "." not in place}
        for place, expected in table.items():
            assert got[place] == expected, (place, got[place] ^ expected)


async def test_nobody_but_supervisors_gets_what_is_for_them(sockets: dict[str, Browser]):
    """However deep in whichever frame."""
    for name, expected in RECEIVES.items():
        there = {key for place in received(sockets[name]).values() for key in place}
        if expected is SUPERVISOR:
            assert there >= {"tiles", "changed", "priority", "factors", "let_run", "peak"}
        else:
            assert there & FOR_SUPERVISORS == set(), name


async def test_nobody_hears_of_another_teams_chat(sockets: dict[str, Browser]):
    """But in the refusal of what she asked about it herself."""
    foreign = {"ann": "chat-of-b", "rob": "chat-of-b", "tool": "chat-of-b", "bea": "chat-of-a", "sue": "chat-of-a"}
    for name, chat in foreign.items():
        about = [frame for frame in sockets[name].seen if chat in str(frame)]
        assert {frame["type"] for frame in about} <= {"error"}, name
