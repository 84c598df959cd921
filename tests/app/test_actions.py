"""What people do to a conversation, through the rooms and the doors: who may, what is refused, what is kept, told."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import httpx
import pytest

from app.auth import Principal
from app.errors import Refused
from app.frames import ACTIONS
from app.models import ActionIn, ActionName
from tests.app.clients import Clock, House, browser, house
from tests.app.shapes import is_error, is_time
from tests.conftest import Server

TEXT = {"whisper": "x", "note": "x", "ask_ending": "x", "close": "x"}
SUPERVISORS = (
    *("takeover", "whisper", "claim", "release", "let_run", "watch", "join", "leave", "cosign", "decline", "close"),
)
TEAM = ("escalate", "resolve", "reopen", "note", "ask_ending")


def principal(home: House, name: str) -> Principal:
    """rob and sue supervise team a, dana is its agent, tool brings its chats."""
    role = {"rob": "supervisor", "sue": "supervisor", "dana": "agent", "tool": "ingest"}[name]
    return home.rooms.verify(home.token(role, name))


async def begun(home: House, chat: str) -> None:
    """A conversation of dana's, in which the customer has written once."""
    async with home.client("ingest", subject="tool") as tool:
        await tool.put(f"/conversations/{chat}", json={"agent": "dana"})
        line = {"id": "m1", "role": "customer", "text": "Where is my order?"}
        assert (await tool.post(f"/conversations/{chat}/messages", json=line)).status_code == 200


async def act(home: House, chat: str, name: str, action: str, **more: str) -> None:
    """Straight into the room."""
    await home.rooms.conversations.act(principal(home, name), chat, ActionIn(action=action, **more))


async def marks(home: House, chat: str) -> dict:
    """The state as a supervisor reads it."""
    return await home.rooms.views.state(principal(home, "rob"), chat)


async def refusal(doing: Awaitable[None]) -> str:
    """The code with which it is refused, or ''."""
    try:
        await doing
    except Refused as refused:
        return refused.code
    return ""


def test_every_action_is_of_one_of_the_two_kinds():
    """Those of supervisors, and those of everybody who may read the conversation."""
    assert sorted((*SUPERVISORS, *TEAM)) == sorted(ActionName.__args__)


@pytest.mark.parametrize("action", [*SUPERVISORS, *TEAM])
async def test_each_action_is_for_whom_it_is_meant(stopped_house: House, chat: str, action: str):
    """Agents act on their own chats but do not supervise them; who brings messages does neither."""
    await begun(stopped_house, chat)
    if action in ("cosign", "decline"):
        await act(stopped_house, chat, "sue", "ask_ending", text="x")
    text = {"text": TEXT[action]} if action in TEXT else {}
    assert await refusal(act(stopped_house, chat, "tool", action, **text)) == "forbidden"
    assert await refusal(act(stopped_house, chat, "dana", action, **text)) == ("" if action in TEAM else "forbidden")
    assert await refusal(act(stopped_house, chat, "rob", action, **text)) == ""


async def test_of_two_claims_at_once_one_is_refused(stopped_house: House, chat: str):
    """Whichever comes second; the conversation has one claim and one event of it."""
    await begun(stopped_house, chat)
    claims = [refusal(act(stopped_house, chat, name, "claim")) for name in ("rob", "sue")]
    assert sorted(await asyncio.gather(*claims)) == ["", "claimed"]
    state = await marks(stopped_house, chat)
    kept = (await stopped_house.rooms.views.actions(principal(stopped_house, "rob"), chat))["actions"]
    assert [one["by"] for one in kept] == [state["claimed_by"]]


def test_a_refused_claim_says_who_has_it(server: Server, chat: str):
    """Over HTTP a 409, with who and when in the detail; any supervisor of the team may release it."""
    with server.client("ingest") as tool:
        tool.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": "hello"})

    def tell(name: str, action: str) -> httpx.Response:
        with server.client("supervisor", subject=name) as boss:
            return boss.post(f"/conversations/{chat}/actions", json={"action": action})

    assert tell("rob", "claim").status_code == 200
    answer = tell("sue", "claim")
    assert answer.status_code == 409
    is_error(answer.json(), "claimed")
    assert answer.json()["error"]["detail"]["by"] == "rob"
    is_time(answer.json()["error"]["detail"]["at"])
    assert [tell("sue", action).status_code for action in ("release", "claim")] == [200, 200]


async def test_whoever_asked_for_an_ending_does_not_agree_to_it(stopped_house: House, chat: str):
    """Also not where she may otherwise: an ending needs two."""
    await begun(stopped_house, chat)
    await act(stopped_house, chat, "rob", "ask_ending", text="it goes in circles")
    assert await refusal(act(stopped_house, chat, "rob", "cosign")) == "invalid"
    await act(stopped_house, chat, "sue", "cosign")
    assert (await marks(stopped_house, chat))["ending"]["agreed_by"] == "sue"


async def test_marks_survive_a_restart(tmp_path: Path, clock: Clock, chat: str):
    """They stand in the row, not in memory."""
    async with house(tmp_path, clock) as home:
        await begun(home, chat)
        for action in ("claim", "join", "let_run", "takeover"):
            await act(home, chat, "rob", action)
        before = await marks(home, chat)
    async with house(tmp_path, clock) as home:
        after = await marks(home, chat)
        assert await refusal(act(home, chat, "sue", "claim")) == "claimed"
    names = ("claimed_by", "joined", "taken", "let_run", "ending", "escalated")
    assert {name: after[name] for name in names} == {name: before[name] for name in names}
    assert (after["claimed_by"], after["joined"], after["let_run"]) == ("rob", ["rob"], True)
    assert after["taken"]["from"] == "dana"


async def test_the_audit_has_all_of_it_in_its_place(stopped_house: House, chat: str):
    """Who, what, when, after which message; a takeover says from whom. A snapshot has the last of them."""
    await begun(stopped_house, chat)
    await act(stopped_house, chat, "rob", "whisper", text="psst")
    await act(stopped_house, chat, "rob", "takeover")
    async with stopped_house.client("ingest", subject="tool") as tool:
        line = {"id": "m2", "role": "customer", "text": "And?"}
        await tool.post(f"/conversations/{chat}/messages", json=line)
    await act(stopped_house, chat, "rob", "takeover", to="dana")
    async with stopped_house.client("agent", subject="dana") as dana:
        kept = (await dana.get(f"/conversations/{chat}/actions")).json()["actions"]
    at = "2026-03-02T09:00:00.000Z"
    assert kept == [
        {"offset": 2, "after": 1, "action": "whisper", "by": "rob", "at": at, "text": "psst"},
        {"offset": 3, "after": 1, "action": "takeover", "by": "rob", "at": at, "from": "dana"},
        {"offset": 5, "after": 2, "action": "takeover", "by": "rob", "at": at, "to": "dana", "from": "rob"},
    ]
    for number in range(ACTIONS):
        await act(stopped_house, chat, "rob", "note", text=str(number))
    async with browser(stopped_house.ws, "agent", stopped_house.token("agent", "dana")) as socket:
        snapshot = await socket.subscribe(chat)
    assert [one["text"] for one in snapshot["actions"]] == [str(number) for number in range(ACTIONS)]


async def test_what_is_done_is_told_with_its_marks_to_who_watches(stopped_house: House, chat: str):
    """The agent sees in the same frame what was done, by whom, and what stands now."""
    await begun(stopped_house, chat)
    async with browser(stopped_house.ws, "agent", stopped_house.token("agent", "dana")) as socket:
        await socket.subscribe(chat)
        await act(stopped_house, chat, "rob", "join")
        joined = await socket.get("update")
        await act(stopped_house, chat, "dana", "ask_ending", text="fourth insult")
        asked = await socket.get("update")
        await act(stopped_house, chat, "rob", "cosign")
        agreed = await socket.get("update")
    assert (joined["action"]["action"], joined["action"]["by"], joined["state"]["joined"]) == ("join", "rob", ["rob"])
    assert (asked["state"]["ending"]["text"], "agreed_by" in asked["state"]["ending"]) == ("fourth insult", False)
    assert agreed["state"]["ending"]["agreed_by"] == "rob"


async def test_a_takeover_ends_the_agents_subscription_and_giving_back_lets_her_in(stopped_house: House, chat: str):
    """She sees who took it before she is told that it is no longer hers."""
    await begun(stopped_house, chat)
    async with browser(stopped_house.ws, "agent", stopped_house.token("agent", "dana")) as socket:
        await socket.subscribe(chat)
        await act(stopped_house, chat, "rob", "takeover")
        update, error = await socket.get("update"), await socket.get("error")
        assert (update["action"]["by"], update["state"]["taken"]["from"]) == ("rob", "dana")
        assert (error["error"]["code"], error["conversation"]) == ("forbidden", chat)
        assert (await socket.subscribe(chat))["type"] == "error"
        await act(stopped_house, chat, "rob", "takeover", to="dana")
        assert (await socket.subscribe(chat))["state"]["taken"] is None


async def test_closing_resolves_and_says_why(stopped_house: House, chat: str):
    """With its reason in the audit; the marks are off."""
    await begun(stopped_house, chat)
    await act(stopped_house, chat, "rob", "claim")
    await act(stopped_house, chat, "rob", "close", text="nothing but insults")
    state = await marks(stopped_house, chat)
    assert (state["resolved"], state["claimed_by"]) == (True, None)


@pytest.mark.parametrize("action", sorted(TEXT))
def test_words_are_needed_where_an_action_is_its_words(action: str):
    """A reason that is only spaces is none."""
    for text in (None, "", " \n "):
        with pytest.raises(ValueError, match="needs a text"):
            ActionIn(action=action, text=text)
