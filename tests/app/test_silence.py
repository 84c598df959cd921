"""A customer who does not answer: found by the clock, kept as an event, and gone with the next word."""

from datetime import timedelta
from pathlib import Path

import pytest

from app import silence
from app.models import ActionIn, MessageIn
from app.rooms import Rooms
from app.silence import look
from app.wire import advice_wire
from assist.engine import Engine
from tests.app.clients import Clock, House, browser, house
from tests.app.shapes import has, is_advice, is_snapshot, is_state
from tests.app.test_conversations import WHO, Outage, opened
from tests.app.test_conversations import rooms as rooms  # noqa: PLC0414 - a fixture
from tests.conftest import soon

TALK = (
    ("customer", "I can't log in since yesterday, and I need my files."),
    ("agent", "I'm sorry about that. Which email address is on the account?"),
)


async def tell(rooms: Rooms, chat: str, *lines: tuple[str, str]) -> None:
    """Lines of a conversation."""
    for role, text in lines:
        await rooms.conversations.hear(WHO, chat, MessageIn(role=role, text=text))


async def looked(rooms: Rooms) -> int:
    """How many silences one look tells."""
    return await look(rooms.board, rooms.conversations, rooms.clock)


async def kinds(rooms: Rooms, chat: str) -> list[str]:
    """The kinds of events in a log."""
    return [event.kind for event in await rooms.store.events("default", chat)]


async def test_a_silence_is_told_after_three_minutes_and_again_after_ten(rooms: Rooms, clock: Clock, chat: str):
    """Not before, and not a third time."""
    await tell(rooms, chat, *TALK)
    told = []
    for _ in range(14):
        clock.forward(60)
        told.append(await looked(rooms))
    assert [minute for minute, one in enumerate(told, 1) if one] == [3, 10]
    assert await kinds(rooms, chat) == ["message", "message", "quiet", "quiet"]
    last = (await rooms.store.events("default", chat))[-1]
    assert last.body == {"minutes": 10, "at": "2026-03-02T09:10:00.000Z"}


@pytest.mark.parametrize("lines", [TALK[:1], (*TALK, TALK[0]), TALK[1:]], ids=["theirs", "theirs again", "ours only"])
async def test_only_where_the_team_spoke_last_to_somebody_who_wrote(
    rooms: Rooms, clock: Clock, chat: str, lines: tuple[tuple[str, str], ...]
):
    """Else it is they who wait."""
    await tell(rooms, chat, *lines)
    clock.forward(3_600)
    assert await looked(rooms) == 0


async def test_not_in_a_resolved_one_nor_while_they_type(rooms: Rooms, clock: Clock, chat: str):
    """A chat that is over needs no line, and one who types is about to answer."""
    await tell(rooms, chat, *TALK)
    clock.forward(600)
    await rooms.conversations.typing(WHO, chat, "customer", on=True)
    assert await looked(rooms) == 0
    await rooms.conversations.act(WHO, chat, ActionIn(action="resolve"))
    clock.forward(30)
    assert await looked(rooms) == 0
    await rooms.conversations.act(WHO, chat, ActionIn(action="reopen"))
    assert await looked(rooms) == 0, "it counts from the last that happened"
    clock.forward(180)
    assert await looked(rooms) == 1


async def test_it_goes_away_when_they_write_and_comes_anew(rooms: Rooms, clock: Clock, chat: str):
    """As if nothing had been."""
    await tell(rooms, chat, *TALK)
    clock.forward(180)
    assert await looked(rooms) == 1
    state = await rooms.views.state(WHO, chat)
    assert state["silent_minutes"] == 3
    assert "They have not answered" in state["advice"]["reason"]
    await tell(rooms, chat, ("customer", "Sorry, I was away. It is sam@example.org."))
    state = await rooms.views.state(WHO, chat)
    assert state["silent_minutes"] == 0
    assert "They have not answered" not in state["advice"]["reason"]
    await tell(rooms, chat, TALK[1])
    clock.forward(180)
    assert await looked(rooms) == 1


async def test_a_restart_forgets_no_silence(tmp_path: Path, clock: Clock, chat: str):
    """The log folds to the same state and advice; a conversation that nobody opened since is found by its tile."""
    async with opened(tmp_path, clock) as rooms:
        await tell(rooms, chat, *TALK)
        clock.forward(180)
        assert await looked(rooms) == 1
        async with rooms.conversations.lives.hold("default", chat) as live:
            before = (live.state, live.advice, live.offset)
    async with opened(tmp_path, clock) as rooms, rooms.conversations.lives.hold("default", chat) as live:
        assert (live.state, live.advice, live.offset) == before
    async with opened(tmp_path, clock) as rooms:
        clock.forward(420)
        assert await looked(rooms) == 1
        async with rooms.conversations.lives.hold("default", chat) as live:
            assert live.state.silences == 2


async def test_an_edit_before_it_folds_the_silence_again(rooms: Rooms, clock: Clock, chat: str, engine: Engine):
    """Its advice is of the story as it is now, also in the store."""
    await rooms.conversations.hear(WHO, chat, MessageIn(id="m1", role="customer", text=TALK[0][1]))
    await rooms.conversations.hear(WHO, chat, MessageIn(id="m2", role="agent", text=TALK[1][1]))
    clock.forward(180)
    assert await looked(rooms) == 1
    await rooms.conversations.revise(WHO, chat, "m2", "I'm sorry. I've sent you a new link; it is in your inbox now.")
    quiet = next(event for event in await rooms.store.events("default", chat) if event.kind == "quiet")
    async with rooms.conversations.lives.hold("default", chat) as live:
        assert live.advice == quiet.outcome["advice"]
        assert live.advice == advice_wire(engine.advise(live.state))
        assert "ask how it went" in live.advice["reason"]
    await rooms.conversations.revise(WHO, chat, "m2", None)
    async with rooms.conversations.lives.hold("default", chat) as live:
        state, advice = live.state, live.advice
        rooms.conversations.lives.forget(live)
    async with rooms.conversations.lives.hold("default", chat) as live:
        assert (live.state, live.advice) == (state, advice)


async def test_who_watches_gets_it_and_who_was_away_too(stopped_house: House, clock: Clock, chat: str):
    """An update without message and reading, with the advice; a supervisor's tile stays as it is."""
    rooms = stopped_house.rooms
    await tell(rooms, chat, *TALK)
    token = stopped_house.token("admin")
    async with browser(stopped_house.ws, "agent", token) as here, browser(stopped_house.ws, "agent", token) as away:
        snapshot = await here.subscribe(chat)
        clock.forward(200)
        assert await looked(rooms) == 1
        update = await here.get("update")
        at = {"epoch": snapshot["epoch"], "offset": snapshot["offset"]}
        assert (await away.subscribe(chat, resume=at))["type"] == "resumed"
        (missed,) = [frame for frame in away.seen if frame["type"] == "update"]
        fresh = await away.subscribe(chat)
    for frame in (update, missed):
        has(frame, "type", "conversation", "offset", "message", "reading", "advice", "state", "quiet")
        assert (frame["message"], frame["reading"], frame["offset"]) == (None, None, 3)
        assert frame["quiet"]["minutes"] == 3
        is_state(frame["state"])
        is_advice(frame["advice"])
        assert frame["state"]["silent_minutes"] == 3
        assert frame["advice"] == fresh["advice"]
    is_snapshot(fresh, chat, messages=2)


async def test_one_that_cannot_be_told_leaves_the_others_theirs(tmp_path: Path, clock: Clock):
    """An outage costs a look, not the looking; and it is told once the database is back."""
    async with opened(tmp_path, clock) as first:
        store = Outage(first.store)
        async with opened(tmp_path, clock, store) as rooms:  # type: ignore[arg-type]
            await tell(rooms, "c1", *TALK)
            await tell(rooms, "c2", *TALK)
            clock.forward(200)
            store.down = True
            assert await looked(rooms) == 0
            store.down = False
            assert await looked(rooms) == 2


async def test_only_so_many_at_a_time_the_longest_first(rooms: Rooms, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """After an import of old chats the others have their turn later."""
    for number in range(5):
        await tell(rooms, f"c{number}", *TALK)
        clock.forward(1)
    clock.forward(200)
    monkeypatch.setattr(silence, "MOST", 3)
    assert await looked(rooms) == 3
    assert [await kinds(rooms, f"c{number}") == [*["message"] * 2, "quiet"] for number in range(5)] == [
        *[True] * 3,
        *[False] * 2,
    ]
    assert await looked(rooms) == 2


async def test_a_house_that_names_no_minutes_is_left_alone(tmp_path: Path, clock: Clock, chat: str):
    """Its agents look at the clock themselves."""
    pack = tmp_path / "patient"
    pack.mkdir()
    (pack / "house.yaml").write_text("playbook: house\npolicy:\n  quiet_after: []\n")
    async with house(tmp_path, clock, pack=(str(pack),)) as home:
        await tell(home.rooms, chat, *TALK)
        clock.forward(3_600)
        assert await looked(home.rooms) == 0


async def test_the_running_server_looks_by_itself(
    tmp_path: Path, clock: Clock, chat: str, monkeypatch: pytest.MonkeyPatch
):
    """Again and again, as long as it runs."""
    monkeypatch.setattr(silence, "EVERY", 0.01)
    async with opened(tmp_path, clock) as rooms:
        await tell(rooms, chat, *TALK)
        async with rooms.conversations.lives.hold("default", chat) as live:
            pass
        for silences, minutes in ((1, 3), (2, 7)):
            clock.now += timedelta(minutes=minutes)
            await soon(lambda wanted=silences: live.state.silences == wanted)
