"""Past cases through the doors: they stay in their team and tenant, and hold nothing that anybody wrote."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app import past as shelf
from app.past import KEPT, Past
from assist.ask_cases import Case
from tests.app.clients import Clock, House, house

QUESTION = {"text": "what worked last time?"}
ANGRY = (
    "Where is my order 48213? It was promised for Monday and nothing came! This is the THIRD time I'm asking!",
    "This is ridiculous! You are the worst company ever, I am furious!!",
)
CALMER = "Okay, thank you. That helps a lot."
LATE = "My parcel is late. Where is it?"


async def calmed(home: House, chat: str, team: str = "a", **claims: Any) -> None:
    """A chat of a team in which the first phrases of the sidebar were sent as they stood."""
    token = home.token("ingest", "tool", team, **claims)
    async with home.client("ingest") as tool:
        tool.headers["Authorization"] = f"Bearer {token}"
        told = {"team": team, "customer": {"id": f"u-{chat}", "name": "Philippa Quux"}}
        assert (await tool.put(f"/conversations/{chat}", json=told)).status_code == 200
        for text in (*ANGRY, CALMER):
            said = {"role": "customer", "text": text}
            answer = (await tool.post(f"/conversations/{chat}/messages", json=said)).json()
            lines = answer["advice"]["suggestions"]
            said = {"role": "agent", "text": f"{lines[0]['text']} Xylophone."}
            assert (await tool.post(f"/conversations/{chat}/messages", json=said)).status_code == 200


async def asked(home: House, chat: str, team: str = "a", **claims: Any) -> list[dict[str, Any]]:
    """The cases that an agent of a team hears of, asking in a chat that is about a late parcel."""
    async with home.client("ingest") as client:
        client.headers["Authorization"] = f"Bearer {home.token('ingest', 'tool', team, **claims)}"
        await client.put(f"/conversations/{chat}", json={"team": team})
        await client.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": LATE})
        client.headers["Authorization"] = f"Bearer {home.token('agent', 'bea', team, **claims)}"
        answer = await client.post(f"/conversations/{chat}/questions", json=QUESTION)
        assert answer.status_code == 200, answer.text
        return [found for found in answer.json()["answers"] if found["kind"] == "case"]


async def test_a_case_stays_in_its_team_and_tenant(stopped_house: House, chat: str) -> None:
    """The team that had it hears of it, with where it comes from; the next team and another tenant do not."""
    await calmed(stopped_house, f"{chat}-past")
    found = await asked(stopped_house, chat)
    assert found
    first = found[0]
    assert first["text"].startswith("Worked in 1 of 1 tense chat about delivery of your team: «")
    assert first["source"]["name"] == "Past chats of your team"
    assert first["source"]["where"] == "1 chat since 2026-03-02"
    assert first["source"]["rule"] in first["text"]
    assert await asked(stopped_house, f"{chat}-b", team="b") == []
    assert await asked(stopped_house, f"{chat}-t", tenant="other") == []


async def test_nothing_that_anybody_wrote_is_told(stopped_house: House, chat: str) -> None:
    """No word of a message, no fact, no name, no id of the chat that it comes from."""
    await calmed(stopped_house, f"{chat}-past")
    found = str(await asked(stopped_house, chat))
    for secret in ("Philippa", "Quux", "48213", "Monday", "ridiculous", "Xylophone", "helps a lot", f"{chat}-past"):
        assert secret not in found


async def test_the_chat_that_asks_is_no_past_one(stopped_house: House, chat: str) -> None:
    """What worked in it is known to who asks."""
    await calmed(stopped_house, chat)
    assert await asked(stopped_house, chat) == []


async def test_chats_that_end_meanwhile_come_in_some_minutes(stopped_house: House, chat: str, clock: Clock) -> None:
    """They are read once for all who ask till then."""
    assert await asked(stopped_house, chat) == []
    await calmed(stopped_house, f"{chat}-past")
    assert await asked(stopped_house, chat) == []
    clock.forward(KEPT.total_seconds())
    assert await asked(stopped_house, chat)


async def test_only_so_many_of_late_are_read(
    tmp_path: Path, clock: Clock, chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many chats a team has, and none of more than thirty days ago."""
    monkeypatch.setattr(shelf, "MOST_CHATS", 2)
    async with house(tmp_path, clock) as home:
        for number in range(3):
            await calmed(home, f"{chat}-{number}")
        past = home.rooms.asking._past
        assert len(await past.cases("default", "a", "")) == 2
        clock.forward(31 * 86_400)
        assert await past.cases("default", "a", "") == []


async def test_all_who_ask_at_once_wait_for_one_reading(stopped_house: House, chat: str) -> None:
    """And get the same."""
    await calmed(stopped_house, f"{chat}-past")
    past = stopped_house.rooms.asking._past
    found = await asyncio.gather(*(past.cases("default", "a", "") for _ in range(4)))
    assert all(cases[0] is found[0][0] for cases in found)


async def test_only_chats_in_which_something_happened_are_read_again(
    stopped_house: House, chat: str, clock: Clock
) -> None:
    """A case is kept as it was; the closing of its chat makes it anew."""
    await calmed(stopped_house, f"{chat}-one")
    await calmed(stopped_house, f"{chat}-two")
    past = stopped_house.rooms.asking._past
    before = {name: await _case_but(past, other) for name, other in (("one", f"{chat}-two"), ("two", f"{chat}-one"))}
    clock.forward(KEPT.total_seconds())
    async with stopped_house.client("supervisor") as lead:
        answer = await lead.post(f"/conversations/{chat}-two/actions", json={"action": "resolve"})
        assert answer.status_code == 200, answer.text
    assert await _case_but(past, f"{chat}-two") is before["one"]
    assert await _case_but(past, f"{chat}-one") is not before["two"]


async def _case_but(past: Past, other: str) -> Case:
    """The one case that is not of a chat."""
    (case,) = await past.cases("default", "a", other)
    return case
