"""A team's hours over the wire: what was said, and nobody's name."""

from pathlib import Path
from typing import Any

import pytest

from tests.app.clients import Clock, House, house
from tests.app.shapes import is_error

HEATED = "This is the third time I'm writing. You are useless idiots and liars, I hate you all!"
SOLVED = "I'm so sorry. I have sent a new one by courier just now, it is with you at six today."
THANKS = "Thank you so much, that is perfect, you are very kind. I'm very happy now, wonderful help!"


async def chat(at: House, name: str, agent: str, *texts: tuple[str, str]) -> None:
    """A conversation of an agent's."""
    async with at.client("admin") as admin:
        await admin.put(
            f"/conversations/{name}", json={"agent": agent, "team": "a", "customer": {"name": "Maria Lopez"}}
        )
        for role, text in texts:
            answer = await admin.post(f"/conversations/{name}/messages", json={"role": role, "text": text})
            assert answer.status_code == 200, answer.text


async def hours(at: House, count: int = 8, role: str = "supervisor", *teams: str) -> Any:
    """The answer."""
    async with at.client(role, *teams) as client:
        answer = await client.get(f"/teams/a/hours?hours={count}")
    assert answer.status_code == 200, answer.text
    return answer.json()


TURNED = (("customer", HEATED), ("customer", HEATED), ("agent", SOLVED), *[("customer", THANKS)] * 3)


async def test_the_hours_count_chats_heat_causes_and_recoveries(stopped_house: House, clock: Clock) -> None:
    """By the hour in which they began; a recovery has its step and no agent's name. Kept a minute."""
    await chat(stopped_house, "c-1", "dana", ("customer", "Where is my parcel?"))
    clock.forward(3600)
    await chat(stopped_house, "c-2", "dana", *TURNED)
    told = await hours(stopped_house)
    assert [hour["chats"] for hour in told["hours"]][-2:] == [1, 1]
    assert told["hours"][-1]["by_band"]["critical"] == 1
    assert told["hours"][-2]["causes"] == {"delivery": 1}
    [recovery] = told["recoveries"]
    assert recovery["conversation"] == "c-2"
    assert recovery["from"] >= 75
    assert recovery["to"] < 25
    assert "dana" not in repr(told)
    assert (told["load"], told["whole"]) == (None, True)
    await chat(stopped_house, "c-3", "dana", ("customer", "Where is my parcel?"))
    assert await hours(stopped_house) == told


async def test_a_load_is_told_of_five_agents_and_of_the_hour_before(tmp_path: Path, clock: Clock) -> None:
    """Also by another worker after a restart."""
    async with house(tmp_path, clock) as running:
        for number in range(5):
            await chat(running, f"c-{number}", f"agent-{number}", ("customer", "Where is my parcel?"))
        assert (await hours(running))["load"] is None
    clock.forward(3600)
    async with house(tmp_path, clock) as running:
        assert (await hours(running))["load"] == {"agents": 5, "chats_each": 1.0, "tense": 0.0}


@pytest.mark.parametrize(("role", "teams"), [("agent", ("a",)), ("supervisor", ("b",)), ("ingest", ("a",))])
async def test_only_supervisors_of_the_team_are_told(stopped_house: House, role: str, teams: tuple[str, ...]) -> None:
    """Neither its agents nor those who lead another team."""
    async with stopped_house.client(role, *teams) as client:
        answer = await client.get("/teams/a/hours")
    assert answer.status_code == 403
    is_error(answer.json(), "forbidden")


@pytest.mark.parametrize("count", ["0", "169", "x", "-1"])
async def test_other_numbers_of_hours_are_refused(stopped_house: House, count: str) -> None:
    """One to a week."""
    async with stopped_house.client("supervisor") as client:
        answer = await client.get(f"/teams/a/hours?hours={count}")
    assert answer.status_code == 422
    is_error(answer.json(), "invalid")
