"""What supervisors set and see of their desks: for their own teams only, the same on every worker."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import desks as room
from app.models import ActionIn
from app.store.rows import ConversationRow
from assist.board.budget import FLOOR
from assist.conversation.alerting import POLICY
from tests.app.clients import Clock, House, house
from tests.app.shapes import is_error
from tests.app.test_alerts import HEATED, PLAIN, THREAT, WHO, act, say
from tests.conftest import soon


async def test_a_desk_begins_with_six_and_the_threshold_of_the_cost_policy(stopped_house: House):
    """Nothing set, nothing heard."""
    async with stopped_house.client("supervisor", "a") as client:
        assert (await client.get("/desks/a")).json() == {
            "team": "a",
            "alerts_per_hour": 6,
            "threshold": POLICY.threshold,
            "spent": 0,
            "held_back": 0,
            "revision": 0,
        }


async def test_a_budget_is_set_and_seen_at_once_and_after_a_restart(tmp_path: Path, clock: Clock):
    """With a further revision each time; none an hour has no threshold."""
    async with house(tmp_path, clock) as running, running.client("supervisor", "a") as client:
        assert (await client.put("/desks/a", json={"alerts_per_hour": 2})).json()["revision"] == 1
        answer = (await client.put("/desks/a", json={"alerts_per_hour": 0})).json()
        assert (answer["alerts_per_hour"], answer["threshold"], answer["revision"]) == (0, None, 2)
    async with house(tmp_path, clock) as running:
        assert running.rooms.desks.per_hour("default", "a") == 0
        assert running.rooms.desks.per_hour("default", "b") == 6


async def test_another_worker_learns_of_it_by_itself(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """By looking again every few seconds; who sets from an old revision is told to look, and has looked then."""
    monkeypatch.setattr(room, "LOOK_EVERY", 0.02)
    async with house(tmp_path, clock) as one, house(tmp_path, clock) as two:
        async with one.client("supervisor", "a") as client:
            await client.put("/desks/a", json={"alerts_per_hour": 3})
        await soon(lambda: two.rooms.desks.per_hour("default", "a") == 3)
        monkeypatch.setattr(room, "LOOK_EVERY", 60)
        async with one.client("supervisor", "a") as client, two.client("supervisor", "a") as other:
            while (await client.put("/desks/a", json={"alerts_per_hour": 4})).json()["revision"] < 5:
                pass
            answer = await other.put("/desks/a", json={"alerts_per_hour": 9})
            if answer.status_code != 200:
                is_error(answer.json(), "superseded")
                answer = await other.put("/desks/a", json={"alerts_per_hour": 9})
            assert answer.json()["alerts_per_hour"] == 9


@pytest.mark.parametrize("wrong", [{}, {"alerts_per_hour": -1}, {"alerts_per_hour": 61}, {"alerts_per_hour": "6"},
                                   {"alerts_per_hour": 2.5}, {"alerts_per_hour": True}])  # fmt: skip
async def test_a_budget_is_a_whole_number_up_to_sixty(stopped_house: House, wrong: dict[str, Any]):
    """Anything else changes nothing."""
    async with stopped_house.client("supervisor", "a") as client:
        answer = await client.put("/desks/a", json=wrong)
        assert answer.status_code == 422
        is_error(answer.json(), "invalid")
        assert (await client.get("/desks/a")).json()["revision"] == 0


@pytest.mark.parametrize("path", ["/desks/a/quality?days=0", "/desks/a/quality?days=31", "/desks/a/quality?days=x",
                                  "/alerts?hours=0", "/alerts?hours=169"])  # fmt: skip
async def test_days_and_hours_are_within_bounds(stopped_house: House, path: str):
    """One to thirty, one to a week."""
    async with stopped_house.client("supervisor", "a") as client:
        assert (await client.get(path)).status_code == 422


async def test_a_foreign_desk_is_nobodys_business(stopped_house: House):
    """Neither its budget nor its quality nor its alerts; an admin may, of her tenant."""
    paths = ("/desks/b", "/desks/b/quality", "/alerts?team=b")
    async with stopped_house.client("supervisor", "a") as client, stopped_house.client("admin", "a") as admin:
        for path in paths:
            assert (await client.get(path)).status_code == 403
            assert (await admin.get(path)).status_code == 200
        assert (await client.put("/desks/b", json={"alerts_per_hour": 1})).status_code == 403


async def test_alerts_are_told_to_the_supervisors_of_their_team(stopped_house: House, chat: str):
    """With what can be sent on as a letter; an admin gets those of all teams."""
    await say(stopped_house, chat, PLAIN, HEATED)
    async with stopped_house.client("supervisor", "a") as client, stopped_house.client("supervisor", "b") as other:
        [alert] = (await client.get("/alerts")).json()["alerts"]
        assert (await client.get("/alerts?team=a&hours=1")).json()["alerts"] == [alert]
        assert (await other.get("/alerts")).json()["alerts"] == []
    async with stopped_house.client("admin", "z") as admin:
        assert (await admin.get("/alerts")).json()["alerts"] == [alert]
    assert (alert["conversation"], alert["team"], alert["turn"], alert["kind"]) == (chat, "a", 1, "risk")
    assert alert["mail"]["subject"].startswith("A customer (a): risk rose")
    assert f"Conversation {chat}: /supervisor" in alert["mail"]["text"]


async def test_the_quality_is_measured_on_chats_that_are_over(stopped_house: House, clock: Clock):
    """One alerted in time, one alerted in vain, one missed, one plain, one that still goes on."""
    await say(stopped_house, "in-time", PLAIN, HEATED)
    await stopped_house.rooms.desks.set("default", "a", 0)
    await say(stopped_house, "missed", PLAIN, HEATED)
    await say(stopped_house, "plain", PLAIN)
    clock.forward(90 * 60)
    await say(stopped_house, "goes-on", PLAIN, HEATED)
    async with stopped_house.client("supervisor", "a") as client:
        found = (await client.get("/desks/a/quality?days=1")).json()
    assert (found["team"], found["days"], found["chats"]) == ("a", 1, 3)
    assert (found["precision"]["value"], found["precision"]["n"]) == (1, 1)
    assert (found["recall"]["value"], found["recall"]["n"]) == (0.5, 2)
    assert (found["false_alarms"]["value"], found["false_alarms"]["n"]) == (0, 1)
    assert (found["recoveries"]["value"], found["recoveries"]["n"]) == (0, 2)
    assert 0 < found["recall"]["low"] < 0.5 < found["recall"]["high"] < 1


async def test_a_measurement_is_kept_for_a_minute(stopped_house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """Who asks again gets the same; later it is measured anew."""
    async with stopped_house.client("supervisor", "a") as client:
        await client.get("/desks/a/quality?days=7")
    await say(stopped_house, "c", PLAIN)
    clock.forward(90 * 60)
    async with stopped_house.client("supervisor", "a") as client:
        assert (await client.get("/desks/a/quality")).json()["chats"] == 0
        monkeypatch.setattr(room, "KEPT", 0)
        assert (await client.get("/desks/a/quality")).json()["chats"] == 1


async def chat_of(running: House, name: str) -> room.Chat:
    """What budget and quality see of a conversation."""
    row: ConversationRow | None = await running.rooms.store.conversation("default", name)
    assert row
    return room.chat_of(row, running.clock() + timedelta(hours=2))


@pytest.mark.parametrize("way", ["critical", "escalate", "close", "unhappy", None])
async def test_there_are_four_ways_to_go_bad(stopped_house: House, clock: Clock, way: str | None):
    """The fifth chat has none of them."""
    await say(stopped_house, "c", PLAIN if way != "critical" else THREAT)
    clock.forward(60)
    if way == "escalate":
        await act(stopped_house, "c", way)
    elif way == "close":
        await stopped_house.rooms.conversations.act(WHO, "c", ActionIn(action="close", text="abuse"))
    else:
        await say(stopped_house, "c", "It is solved, goodbye! How was it, on a scale of 1 to 5?", role="agent")
        await say(stopped_house, "c", "1" if way == "unhappy" else "5")
    found = await chat_of(stopped_house, "c")
    assert (found.first_bad is not None) == (way is not None)
    assert found.critical == (way == "critical")
    assert found.over


async def test_the_threshold_follows_from_the_desks_own_chats(stopped_house: House, clock: Clock):
    """A calm desk comes down to the floor; the budget of one an hour over two hours is the second highest score."""
    desks = stopped_house.rooms.desks
    for number in range(21):
        await say(stopped_house, f"c-{number}", PLAIN, *([HEATED] if number in (3, 15) else ()))
        clock.forward(300)
    assert desks.threshold("default", "a") == POLICY.threshold
    await desks.measure("default", "a", anew=True)
    assert desks.threshold("default", "a") == FLOOR
    await desks.set("default", "a", 1)
    limit = desks.threshold("default", "a")
    assert FLOOR < limit <= (await chat_of(stopped_house, "c-3")).best
