"""Alerts to supervisors: raised once, within the budget over several workers, and nothing of them at the agent's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import owed
from app.auth import Principal
from app.models import ActionIn, ConversationIn, MessageIn
from app.store import open_store
from app.store.rows import AlertRow, Store, Unavailable
from tests.app.clients import Browser, Clock, House, browser, house

WHO = Principal("rob", "admin", "default", ("a",), Clock().now)
PLAIN = "Where is my parcel?"
HEATED = "You useless idiots, you lied to me again! This is a joke, I want your manager now!"
HOTTER = "Nobody answers. You are all liars and I am cancelling everything!"
SOOTHED = "Thank you so much, that is perfect, you are very kind."
THREAT = "I will come to your office with a gun and shoot you."
SORRY = "I'm so sorry, I'll refund you in full today, right now."


async def say(at: House, chat: str, *texts: str, role: str = "customer") -> None:
    """These messages, one after the other."""
    for text in texts:
        await at.rooms.conversations.hear(WHO, chat, MessageIn(role=role, text=text))


async def act(at: House, chat: str, action: str) -> None:
    """A supervisor's action."""
    await at.rooms.conversations.act(WHO, chat, ActionIn(action=action))


async def raised(at: House, team: str = "a") -> list[AlertRow]:
    """The desk's alerts, oldest first."""
    return (await at.rooms.store.alerts("default", [team], at.clock() - timedelta(days=1), 100))[::-1]


async def marks(at: House, chat: str) -> dict[str, Any]:
    """What stands on a conversation, as the store has it."""
    row = await at.rooms.store.conversation("default", chat)
    return dict(row.summary["marks"])


async def test_a_rising_risk_is_an_alert_on_the_tile_and_at_its_desk(stopped_house: House, chat: str):
    """Committed with its message, without an event of its own: the desk's first turn, the mark with what it says."""
    await say(stopped_house, chat, PLAIN, HEATED)
    [alert] = await raised(stopped_house)
    assert (alert.turn, alert.conversation, alert.offset, alert.kind, alert.severity) == (1, chat, 2, "risk", "warning")
    assert alert.score >= alert.threshold
    assert alert.due_at is None, "nobody is to be told: no webhook is set"
    event = (await stopped_house.rooms.store.events("default", chat))[-1]
    mark = (await marks(stopped_house, chat))["alert"]
    assert (event.kind, event.offset) == ("message", 2)
    assert (mark["score"], mark["text"]) == (alert.score, alert.text)
    assert mark["text"].startswith("Risk rose from ")
    assert "idiots" not in mark["text"]
    assert next(row for row in stopped_house.rooms.board.rows).summary["marks"]["alert"] == mark


async def test_one_climb_is_one_alert_and_the_next_one_another(stopped_house: House, chat: str):
    """Not again while the risk stands; answered and fallen the mark is gone; then it rises anew."""
    await say(stopped_house, chat, PLAIN, HEATED, HOTTER)
    await say(stopped_house, chat, SORRY, role="agent")
    assert "alert" in await marks(stopped_house, chat), "it is answered, and the risk has not fallen yet"
    await say(stopped_house, chat, SOOTHED)
    assert "alert" not in await marks(stopped_house, chat)
    await say(stopped_house, chat, SORRY, role="agent")
    await say(stopped_house, chat, "No, thank you, all good!", SOOTHED)
    assert len(await raised(stopped_house)) == 1
    await say(stopped_house, chat, HEATED, HOTTER, HOTTER)
    assert [alert.turn for alert in await raised(stopped_house)] == [1, 2]


@pytest.mark.parametrize("action", ["claim", "let_run", "resolve"])
async def test_who_takes_care_of_it_takes_the_alert_away(stopped_house: House, chat: str, action: str):
    """And a risk that rises further is no news to her."""
    await say(stopped_house, chat, PLAIN, HEATED)
    await act(stopped_house, chat, action)
    assert "alert" not in await marks(stopped_house, chat)
    await say(stopped_house, chat, HOTTER)
    assert len(await raised(stopped_house)) == 1


async def test_there_is_none_on_a_risk_that_a_supervisor_has_in_hand(stopped_house: House, chat: str):
    """She has claimed it; safety is told all the same."""
    await say(stopped_house, chat, PLAIN)
    await act(stopped_house, chat, "claim")
    await say(stopped_house, chat, HEATED)
    assert await raised(stopped_house) == []
    await say(stopped_house, chat, THREAT)
    assert [alert.kind for alert in await raised(stopped_house)] == ["threat"]


async def test_one_that_was_let_run_and_gets_much_worse_is_news(stopped_house: House, chat: str):
    """To let it run was said of a calmer chat."""
    await say(stopped_house, chat, PLAIN)
    await act(stopped_house, chat, "let_run")
    await say(stopped_house, chat, HEATED)
    assert [alert.kind for alert in await raised(stopped_house)] == ["risk"]


async def test_a_safety_signal_is_told_at_once_outside_of_the_budget_until_answered(stopped_house: House, chat: str):
    """Once, however long they go on; again when it comes again after an answer."""
    await stopped_house.rooms.desks.set("default", "a", 0)
    await say(stopped_house, chat, THREAT, "I mean it.", THREAT)
    [alert] = await raised(stopped_house)
    assert (alert.kind, alert.severity, alert.text) == ("threat", "critical", "Safety: a threat of harm.")
    await say(stopped_house, chat, "I take this seriously, I am bringing in my supervisor.", role="agent")
    assert "alert" not in await marks(stopped_house, chat)
    await say(stopped_house, chat, "fine")
    assert len(await raised(stopped_house)) == 1
    await say(stopped_house, chat, THREAT)
    assert [alert.kind for alert in await raised(stopped_house)] == ["threat", "threat"]


async def test_a_desk_that_wants_none_gets_none(stopped_house: House, chat: str):
    """But for safety."""
    await stopped_house.rooms.desks.set("default", "a", 0)
    await say(stopped_house, chat, PLAIN, HEATED, HOTTER)
    assert await raised(stopped_house) == []


async def test_over_the_budget_nothing_is_raised_and_each_chat_counts_once(stopped_house: House, clock: Clock):
    """The hour slides: as soon as the first is an hour old there is room, for whoever says something then."""
    await stopped_house.rooms.desks.set("default", "a", 2)
    for number in range(4):
        await say(stopped_house, f"c-{number}", PLAIN, HEATED)
        clock.forward(60)
    await say(stopped_house, "c-3", HOTTER)
    assert [alert.conversation for alert in await raised(stopped_house)] == ["c-0", "c-1"]
    desk = await stopped_house.rooms.desks.state("default", "a")
    assert (desk["spent"], desk["held_back"]) == (2, 2)
    counted = stopped_house.rooms.metrics.registry.get_sample_value("steadyhand_alerts_held_back_total")
    assert counted == 2
    clock.forward(3_600 - 4 * 60)
    await say(stopped_house, "c-2", HOTTER)
    await say(stopped_house, "c-3", HOTTER)
    assert [alert.conversation for alert in await raised(stopped_house)] == ["c-0", "c-1", "c-2"]


async def test_each_desk_has_a_budget_of_its_own(stopped_house: House):
    """One team's bad hour is not another's."""
    for team in ("a", "b"):
        await stopped_house.rooms.desks.set("default", team, 1)
        for number in range(2):
            chat = f"{team}-{number}"
            await stopped_house.rooms.conversations.put(WHO, chat, ConversationIn(team=team))
            await say(stopped_house, chat, PLAIN, HEATED)
    assert [len(await raised(stopped_house, team)) for team in ("a", "b")] == [1, 1]


async def test_several_workers_together_keep_one_budget(tmp_path: Path, clock: Clock):
    """Whose chats heat up at the same moment: the turns tell who is first, and the others look again."""
    async with house(tmp_path, clock) as one, house(tmp_path, clock) as two:
        for at in (one, two):
            await at.rooms.desks.look()
        await one.rooms.desks.set("default", "a", 3)
        await two.rooms.desks.look()
        pairs = [(at, f"{name}-{number}") for number in range(8) for name, at in (("one", one), ("two", two))]
        await asyncio.gather(*(say(at, name, PLAIN) for at, name in pairs))
        await asyncio.gather(*(say(at, name, HEATED) for at, name in pairs))
        await asyncio.gather(*(say(at, name, HOTTER) for at, name in pairs))
        alerts = await raised(one)
        assert [alert.turn for alert in alerts] == [1, 2, 3]
        assert len({alert.conversation for alert in alerts}) == 3
        await asyncio.gather(*(say(at, f"safe-{name}", THREAT) for at, name in pairs))
        clock.forward(6)
        for at in (one, two):  # a slow machine may have had to put one off
            await owed.look(at.rooms.board, at.rooms.conversations, clock)
        assert [alert.turn for alert in await raised(two)] == list(range(1, 20)), "no safety signal is lost in the race"


class Faulty:
    """A store that does not tell of the desks' alerts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.fault: Exception | None = Unavailable("gone")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def desk_alerts(self, *asked: Any) -> Any:
        """As it is, or the fault."""
        if self.fault:
            raise self.fault
        return await self._store.desk_alerts(*asked)


@asynccontextmanager
async def faulty_house(folder: Path, clock: Clock) -> AsyncIterator[tuple[House, Faulty]]:
    """A server on such a store."""
    store = Faulty(await open_store(f"sqlite+aiosqlite:///{folder}/faulty.db"))
    async with house(folder, clock, store=store) as running:
        yield running, store


@pytest.mark.parametrize("fault", [Unavailable("gone"), RuntimeError("a mistake of ours")])
async def test_an_alert_that_cannot_be_raised_fails_no_message(tmp_path: Path, clock: Clock, fault: Exception):
    """It is kept and acknowledged; with the next one the alert is raised."""
    async with faulty_house(tmp_path, clock) as (running, store):
        store.fault = fault
        await say(running, "c-1", PLAIN, HEATED)
        assert len(await running.rooms.store.events("default", "c-1")) == 2
        assert await raised(running) == []
        store.fault = None
        await say(running, "c-1", HOTTER)
        assert [alert.offset for alert in await raised(running)] == [3]


async def test_a_safety_signal_that_could_not_be_told_is_told_when_it_can_be(tmp_path: Path, clock: Clock):
    """Though the customer writes nothing more; not before its own worker has had its chance, and once."""
    async with faulty_house(tmp_path, clock) as (running, store):
        rooms = running.rooms
        await say(running, "c-1", THREAT)
        store.fault = None
        await owed.look(rooms.board, rooms.conversations, clock)
        assert await raised(running) == []
        clock.forward(6)
        for _ in range(2):
            await owed.look(rooms.board, rooms.conversations, clock)
        assert [(alert.kind, alert.offset) for alert in await raised(running)] == [("threat", 2)]


async def test_an_alert_that_comes_late_tells_an_agent_nothing_but_its_offset(
    stopped_house: House, clock: Clock, chat: str
):
    """Its event has a place in the log, and no word that is not hers."""
    rooms = stopped_house.rooms
    await rooms.conversations.put(WHO, chat, ConversationIn(team="a", agent="ann"))
    await say(stopped_house, chat, PLAIN)
    first = (await rooms.views.transcript(WHO, chat))["messages"][0]["id"]
    async with browser(stopped_house.ws, "agent", stopped_house.token("agent")) as socket:
        await socket.subscribe(chat)
        await rooms.conversations.revise(WHO, chat, first, THREAT)
        clock.forward(6)
        await owed.look(rooms.board, rooms.conversations, clock)
        edit, alert = await updates(socket, 2)
    assert (edit["offset"], alert["offset"]) == (2, 3)
    assert alert.keys() == {"type", "conversation", "offset", "message", "reading", "advice", "state"}
    assert (alert["message"], alert["reading"]) == (None, None)
    assert "Safety:" not in repr(alert)


async def test_an_edit_that_makes_a_threat_is_told(stopped_house: House, clock: Clock, chat: str):
    """A deletion takes back what is owed."""
    rooms = stopped_house.rooms
    await say(stopped_house, chat, PLAIN, PLAIN)
    first, second = (one["id"] for one in (await rooms.views.transcript(WHO, chat))["messages"])
    await rooms.conversations.revise(WHO, chat, first, THREAT)
    await rooms.conversations.revise(WHO, chat, first, None)
    clock.forward(6)
    await owed.look(rooms.board, rooms.conversations, clock)
    assert await raised(stopped_house) == []
    await rooms.conversations.revise(WHO, chat, second, THREAT)
    clock.forward(6)
    await owed.look(rooms.board, rooms.conversations, clock)
    assert [alert.kind for alert in await raised(stopped_house)] == ["threat"]


async def updates(socket: Browser, count: int) -> list[dict[str, Any]]:
    """The next so many updates."""
    return [await socket.get("update") for _ in range(count)]


async def test_an_agents_browser_learns_nothing_but_an_offset(stopped_house: House, chat: str):
    """Neither on her socket, nor when she resumes, nor by a call: no score, no threshold, no word of it."""
    await stopped_house.rooms.conversations.put(WHO, chat, ConversationIn(team="a", agent="ann"))
    await say(stopped_house, chat, PLAIN)
    async with browser(stopped_house.ws, "agent", stopped_house.token("agent")) as socket:
        snapshot = await socket.subscribe(chat)
        await say(stopped_house, chat, HEATED, THREAT)
        live = await updates(socket, 2)
        assert [(frame["offset"], frame["message"]["text"]) for frame in live] == [(2, HEATED), (3, THREAT)]
        assert len(await raised(stopped_house)) == 2
        resume = {"epoch": snapshot["epoch"], "offset": 1}
        async with browser(stopped_house.ws, "agent", stopped_house.token("agent")) as late:
            await late.subscribe(chat, resume=resume)
            again = [frame for frame in late.seen if frame["type"] == "update"]
        fresh = await socket.subscribe(chat)
    assert [frame["offset"] for frame in again] == [2, 3]
    async with stopped_house.client("agent") as client:
        told = [(await client.get(f"/conversations/{chat}{path}")).text for path in ("", "/transcript", "/actions")]
        assert (await client.get("/alerts")).status_code == 403
    for text in (*map(repr, (*live, *again, fresh)), *told):
        assert "threshold" not in text
        assert "Risk rose" not in text
        assert "Safety:" not in text


async def test_a_conversation_folds_the_same_with_its_alerts(stopped_house: House, chat: str):
    """A restart, an edit and the brief take the log as it is."""
    await say(stopped_house, chat, PLAIN, HEATED)
    room = stopped_house.rooms.conversations
    async with room.lives.hold("default", chat) as live:
        before = live.state, live.advice, live.offset
        await room.lives.load(live, "default", chat)
        assert (live.state, live.advice, live.offset) == before
    message = (await stopped_house.rooms.views.transcript(WHO, chat))["messages"][0]["id"]
    await room.revise(WHO, chat, message, "Where is my order?")
    await stopped_house.rooms.views.brief(WHO, chat)
    log = await stopped_house.rooms.store.events("default", chat)
    assert [event.kind for event in log] == ["message", "message", "edit"]
