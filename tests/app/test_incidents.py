"""Incidents: who may open, change and end one, what sidebars and board get of it, and when it ends by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import incidents
from app.incidents import FORGOTTEN, SHOWN
from tests.app.clients import Browser, Clock, House, browser, house
from tests.conftest import soon

OUTAGE = "Your app is down since this morning, it is an outage, I cannot open anything."
PARCEL = "Where is my parcel? It was promised for Monday."
LINE = "We know about it and are on it. I will write to you as soon as it works again."
HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} [name]\nand a second line"


async def say(home: House, chat: str, text: str = OUTAGE, team: str = "a") -> None:
    """The customer of a chat writes."""
    async with home.client("ingest", team) as tool:
        answer = await tool.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": text})
        assert answer.status_code == 200, answer.text


async def opened(boss: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    """A new incident."""
    answer = await boss.post("/incidents", json={"team": "a", "cause": "outage", "line": LINE, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def code(answer: httpx.Response, status: int) -> str:
    """The code of an error."""
    assert answer.status_code == status, answer.text
    return str(answer.json()["error"]["code"])


@asynccontextmanager
async def sidebar(home: House, chat: str) -> AsyncIterator[tuple[Browser, dict[str, Any]]]:
    """An agent's browser that follows a chat, and its snapshot."""
    async with browser(home.ws, "agent", home.token("agent")) as ann:
        yield ann, await ann.subscribe(chat)


async def test_a_line_goes_to_every_sidebar_it_concerns_and_goes_with_the_end(stopped_house: House, chat: str):
    """When it begins, changes and ends; not to a chat about something else; and it stands in what is fetched."""
    home, other = stopped_house, f"{chat}-2"
    await say(home, chat)
    await say(home, other, PARCEL)
    async with home.client("supervisor") as boss, sidebar(home, chat) as (ann, first), sidebar(home, other) as (bea, _):
        assert first["state"]["incident"] is None
        new = await opened(boss, status="Payments are down since 9.")
        told = await ann.get("incident")
        shown = {name: new[name] for name in ("id", "cause", "line", "status", "updated_at")}
        assert (told["conversation"], told["incident"]) == (chat, {**shown, "chats": 1})
        change = await boss.patch(f"/incidents/{new['id']}", json={"line": HOSTILE, "revision": new["revision"]})
        assert (await ann.get("incident"))["incident"]["line"] == change.json()["line"] == HOSTILE
        assert (await boss.get(f"/conversations/{chat}")).json()["incident"]["line"] == HOSTILE
        await say(home, chat, "And?")
        assert (await ann.get("update"))["state"]["incident"]["id"] == new["id"]
        await boss.post(f"/incidents/{new['id']}/end")
        assert (await ann.get("incident"))["incident"] is None
        assert await bea.is_open()
        assert "incident" not in [frame["type"] for frame in bea.seen]


async def test_a_chat_that_turns_out_to_be_about_it_gets_it_with_that_update(stopped_house: House, chat: str):
    """Also one that begins later; a resolved one has nobody to tell any more."""
    async with stopped_house.client("supervisor") as boss, stopped_house.client("agent") as ann:
        new = await opened(boss)
        await say(stopped_house, chat, "hello")
        async with sidebar(stopped_house, chat) as (agent, first):
            assert first["state"]["incident"] is None
            await say(stopped_house, chat)
            assert (await agent.get("update"))["state"]["incident"]["id"] == new["id"]
        await ann.post(f"/conversations/{chat}/actions", json={"action": "resolve"})
        assert (await ann.get(f"/conversations/{chat}")).json()["incident"] is None


async def test_the_board_names_incidents_by_team_and_cause(stopped_house: House):
    """The lookup that tiles are made with, within one tenant."""
    room = stopped_house.rooms.incidents
    async with stopped_house.client("supervisor") as boss:
        new = await opened(boss)
    assert room.of("default", "a", "outage") == new["id"]
    assert (
        room.of("default", "a", "delivery") is room.of("default", "b", "outage") is room.of("t", "a", "outage") is None
    )


async def test_who_wants_to_know_is_told_when_one_begins_and_ends(stopped_house: House):
    """With the tenant of the chats that it concerns, when the lookup knows it already."""
    room, told = stopped_house.rooms.incidents, list[tuple[str, str | None]]()
    room.on_change(lambda tenant: told.append((tenant, room.of(tenant, "a", "outage"))))
    async with stopped_house.client("supervisor") as boss:
        new = await opened(boss)
        assert told == [("default", new["id"])]
        await boss.post(f"/incidents/{new['id']}/end")
        assert told == [("default", new["id"]), ("default", None)]


async def test_there_is_one_at_a_time_for_a_team_and_a_cause(stopped_house: House):
    """Another is refused while it is live, also of two at once; after its end it may be opened again."""
    async with stopped_house.client("supervisor") as boss:
        body = {"team": "a", "cause": "outage", "line": LINE}
        answers = await asyncio.gather(*(boss.post("/incidents", json=body) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        first = next(answer.json() for answer in answers if answer.is_success)
        refused = next(answer.json()["error"] for answer in answers if not answer.is_success)
        assert (refused["code"], refused["detail"]) == ("exists", {"id": first["id"]})
        await opened(boss, cause="billing")
        await boss.post(f"/incidents/{first['id']}/end")
        assert (await opened(boss))["id"] != first["id"]


async def test_who_has_not_seen_the_last_change_may_not_make_the_next(stopped_house: House):
    """She is told the revision that she has to look at."""
    async with stopped_house.client("supervisor") as boss:
        new = await opened(boss)
        where = f"/incidents/{new['id']}"
        assert (await boss.patch(where, json={"status": "one", "revision": new["revision"]})).is_success
        late = await boss.patch(where, json={"status": "two", "revision": new["revision"]})
        assert await code(late, 409) == "superseded"
        assert late.json()["error"]["detail"] == {"revision": new["revision"] + 1}


async def test_everything_that_is_done_is_kept_with_who_did_it(stopped_house: House):
    """In its history, with the words that were said."""
    async with stopped_house.client("supervisor", subject="robin") as boss, stopped_house.client("admin") as root:
        new = await opened(boss)
        await root.patch(f"/incidents/{new['id']}", json={"line": "other words", "revision": new["revision"]})
        ended = (await boss.post(f"/incidents/{new['id']}/end")).json()
    done = [(one["did"], one["by"], one.get("line")) for one in ended["history"]]
    assert done == [("opened", "robin", LINE), ("changed", "ann", "other words"), ("ended", "robin", None)]
    assert ended["ended_at"] == ended["history"][-1]["at"]


@pytest.mark.parametrize(
    "wrong",
    [{"line": " "}, {"line": "x" * 501}, {"line": "a\x00b"}, {"status": "x" * 501}, {"cause": "weather"}, {"team": ""}],
    ids=str,
)
async def test_what_cannot_be_said_is_refused(stopped_house: House, wrong: dict[str, str]):
    """Nothing, too much, control characters, a cause that no chat can have."""
    async with stopped_house.client("supervisor") as boss:
        answer = await boss.post("/incidents", json={"team": "a", "cause": "outage", "line": LINE, **wrong})
        assert await code(answer, 422) in ("invalid", "invalid_text")


async def test_what_has_ended_is_over(stopped_house: House, clock: Clock):
    """It is neither changed nor ended again, is listed for a day, and nothing is known of another one."""
    async with stopped_house.client("supervisor") as boss:
        new = await opened(boss)
        where = f"/incidents/{new['id']}"
        await boss.post(f"{where}/end")
        assert await code(await boss.patch(where, json={"line": "x", "revision": 2}), 422) == "invalid"
        assert await code(await boss.post(f"{where}/end"), 422) == "invalid"
        assert await code(await boss.post("/incidents/none/end"), 404) == "not_found"
        assert [one["id"] for one in (await boss.get("/incidents")).json()["incidents"]] == [new["id"]]
    clock.forward(SHOWN.total_seconds())
    async with stopped_house.client("supervisor") as boss:
        assert (await boss.get("/incidents")).json() == {"incidents": [], "bursts": []}


async def test_it_ends_by_itself_when_nobody_writes_about_it_any_more(stopped_house: House, clock: Clock, chat: str):
    """An hour after the last that happened in a chat of its cause, also in one that is resolved since."""
    room, minutes = stopped_house.rooms.incidents, timedelta(minutes=1).total_seconds()
    async with stopped_house.client("supervisor") as boss:
        new = await opened(boss)
    clock.forward(40 * minutes)
    await say(stopped_house, chat)
    await room.look()
    clock.forward(FORGOTTEN.total_seconds() - minutes)
    await room.look()
    assert room.of("default", "a", "outage") == new["id"]
    clock.forward(minutes)
    await room.look()
    assert room.of("default", "a", "outage") is None
    async with stopped_house.client("supervisor") as boss:
        over = (await boss.get("/incidents?team=a")).json()["incidents"][0]
        assert over["history"][-1]["by"] is None


async def test_another_team_and_another_tenant_see_nothing_of_it(stopped_house: House):
    """Neither by a call nor in a frame; asking for a team by name is refused, and so is speaking for it."""
    async with (
        stopped_house.client("supervisor") as boss,
        stopped_house.client("supervisor", "b") as foreign,
        browser(stopped_house.ws, "supervisor", stopped_house.token("supervisor", "kim", "b")) as kim,
        browser(stopped_house.ws, "supervisor", stopped_house.token("admin", tenant="t")) as stranger,
    ):
        new = await opened(boss)
        assert (await foreign.get("/incidents")).json() == {"incidents": [], "bursts": []}
        assert await code(await foreign.get("/incidents?team=a"), 403) == "forbidden"
        assert await code(await foreign.post(f"/incidents/{new['id']}/end"), 403) == "forbidden"
        for other in (kim, stranger):
            assert await other.is_open()
            assert [frame["type"] for frame in other.seen] == ["welcome", "board", "pong"]


async def test_a_supervisors_socket_has_them_after_the_board_and_when_they_change(stopped_house: House, chat: str):
    """Without their history, which is asked for; with how many chats are live; and what there is when she comes."""
    home = stopped_house
    await say(home, chat)
    async with home.client("supervisor") as boss:
        async with browser(home.ws, "supervisor", home.token("supervisor")) as robin:
            new = await opened(boss)
            frame = await robin.get("incidents")
            assert [(one["id"], one["chats"]) for one in frame["incidents"]] == [(new["id"], 1)]
            assert "history" not in frame["incidents"][0]
        async with browser(home.ws, "supervisor", home.token("supervisor")) as robin:
            assert (await robin.get())["type"] == "board"
            assert await robin.get() == frame
            await boss.post(f"/incidents/{new['id']}/end")
            assert (await robin.get("incidents"))["incidents"][0]["ended_at"]


async def test_a_burst_is_told_and_stands_until_the_rate_is_back(stopped_house: House, clock: Clock):
    """Not in the first minutes of a team; then with its chats; a restart knows what is usual, and that it stands."""
    home = stopped_house
    for minute in range(8):
        await say(home, f"usual-{minute}", PARCEL if minute else OUTAGE)
        await home.rooms.incidents.look()
        assert await bursts(home) == []
        clock.forward(420)
    for number in range(9):
        await say(home, f"out-{number}")
        clock.forward(20)
    await home.rooms.incidents.look()
    (told,) = await bursts(home)
    assert (told["team"], told["cause"], told["incident"]) == ("a", "outage", None)
    assert told["conversations"][:9] == [f"out-{number}" for number in reversed(range(9))]
    assert told["chats"] == len(told["conversations"]) <= 11
    assert told["usual_per_hour"] < 12
    again = incidents.Incidents(
        home.rooms.store, home.rooms.backplane, home.rooms.watching, clock=clock, rows=lambda: home.rooms.board.rows
    )
    await again.start()
    assert [burst.cause for _, burst in again._sightings.bursts] == ["outage"]
    clock.forward(600)
    await home.rooms.incidents.look()
    assert await bursts(home) == []


async def bursts(home: House) -> list[dict[str, Any]]:
    """Those that are told now."""
    async with home.client("supervisor") as boss:
        return list((await boss.get("/incidents")).json()["bursts"])


async def test_a_restart_finds_it_where_it_was(tmp_path: Path, clock: Clock, chat: str):
    """The store has it: the next server shows it at once."""
    async with house(tmp_path, clock) as home, home.client("supervisor") as boss:
        await say(home, chat)
        new = await opened(boss)
    async with house(tmp_path, clock) as home, sidebar(home, chat) as (_, first):
        assert first["state"]["incident"]["id"] == new["id"]


async def test_two_workers_have_the_same_ones(postgres: Any, valkey: Any, tmp_path: Path, chat: str):
    """Opened at one it is in the sidebar at the other, changed there it is changed here; of two one wins; it ends."""
    shared = {"database": postgres.fresh(), "backplane": valkey.url}
    async with house(tmp_path, **shared) as one, house(tmp_path, **shared) as other:
        await say(one, chat)
        async with (
            sidebar(other, chat) as (ann, _),
            browser(one.ws, "supervisor", one.token("supervisor")) as robin,
            one.client("supervisor") as boss,
            other.client("supervisor") as second,
        ):
            body = {"team": "a", "cause": "outage", "line": LINE}
            answers = await asyncio.gather(*(at.post("/incidents", json=body) for at in (boss, second)))
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            new = next(answer.json() for answer in answers if answer.is_success)
            assert (await ann.get("incident"))["incident"]["id"] == new["id"]
            changed = await second.patch(f"/incidents/{new['id']}", json={"status": "known", "revision": 1})
            assert changed.is_success
            while (frame := await robin.get("incidents"))["incidents"][:1] != []:
                if frame["incidents"][0]["status"] == "known":
                    break
            await boss.post(f"/incidents/{new['id']}/end")
            while (await ann.get("incident"))["incident"]:
                pass
            await soon(lambda: not other.rooms.incidents.of("default", "a", "outage"))
