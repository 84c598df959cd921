"""The board's frames: what she has and what comes is what a fresh board would be, and never a word of other teams."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import board as board_room
from app import feed as feed_room
from app.board import Board
from app.feed import Feed
from app.store.rows import ConversationRow
from app.wire import stamp
from tests.app.clients import Clock, House, browser, house, raw_socket
from tests.app.supervisors import Supervisor, principal
from tests.app.tiles import row
from tests.conftest import MS

NAMES = ("chat-0", "chat-1", "chat-2", "chat-3", "chat-4")
RECEIVERS = (
    principal("supervisor", "a"),
    principal("supervisor", "a"),
    principal("supervisor", "b"),
    principal("supervisor", "b", "a"),
    principal("admin", "z"),
    principal("supervisor", "a", scope="chat-1"),
    principal("supervisor", "a", tenant="elsewhere"),
)


class Floor:
    """A board on which things happen, and those who watch it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.board = Board("e", self.clock)
        self.feed = Feed(self.board)
        self.rows: dict[str, ConversationRow] = {}
        self.people = [Supervisor(who) for who in RECEIVERS]
        self.there = [False] * len(self.people)

    def put(self, new: ConversationRow) -> None:
        """A conversation is now like this."""
        self.rows[new.id] = new
        self.board.put(new)
        for person in self.people:
            person.knows(new)

    def say(self, name: str, tension: int, waits: bool) -> None:
        """A message in it, the first one or a further one."""
        old = self.rows.get(name) or replace(row(self.clock, name, team="a", soon=0.5), epoch="e")
        summary = {**old.summary, "tension": tension, "waiting_since": stamp(self.clock()) if waits else None}
        offset = old.offset + 1
        self.put(replace(old, summary=summary, offset=offset, resolved_at=None, updated_at=self.clock()))

    def move(self, name: str, team: str) -> None:
        """It goes to a team."""
        if old := self.rows.get(name):
            self.put(replace(old, team=team, revision=old.revision + 1))

    def resolve(self, name: str) -> None:
        """It is over, and goes a minute later."""
        if old := self.rows.get(name):
            self.put(replace(old, resolved_at=self.clock(), updated_at=self.clock(), offset=old.offset + 1))

    def later(self, seconds: int) -> None:
        """Time passes."""
        self.clock.forward(seconds)
        self.board.sweep()

    def cut(self, who: int) -> None:
        """She loses her connection."""
        self.there[who] = False

    async def look(self, *which: int) -> None:
        """These come if they are not there, and get what is new."""
        await asyncio.gather(*(self._look(one) for one in which))
        for one in which:
            await self.check(self.people[one])

    async def _look(self, one: int) -> None:
        person = self.people[one]
        if not self.there[one]:
            self.there[one] = True
            await person.come(self.feed)
        while person.seq < self.board.version(person.who.tenant):
            person.take(await self.feed.next(person.who, person.seq))

    async def check(self, person: Supervisor) -> None:
        """What she shows is what a fresh board would show her, and she has heard of nothing that was never hers."""
        fresh = Supervisor(person.who)
        fresh.take(await self.feed.whole(person.who))
        assert person.screen(self.clock()) == fresh.screen(self.clock()) == fresh.tiles
        heard = json.dumps(person.said)
        assert {name for name in NAMES if name in heard} <= person.could_see


name = st.sampled_from(NAMES)
person = st.integers(0, len(RECEIVERS) - 1)
STEP = st.one_of(
    st.tuples(st.just(Floor.say), name, st.integers(0, 100), st.booleans()),
    st.tuples(st.just(Floor.say), name, st.integers(0, 100), st.booleans()),
    st.tuples(st.just(Floor.move), name, st.sampled_from("abc")),
    st.tuples(st.just(Floor.resolve), name),
    st.tuples(st.just(Floor.later), st.sampled_from((1, 30, 60, 90_000))),
    st.tuples(st.just(Floor.cut), person),
    st.builds(lambda which: (Floor.look, *which), st.sets(person, min_size=1)),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, max_size=40))
def test_what_she_has_and_what_comes_is_what_a_fresh_board_is(steps: list[tuple]):
    """Whatever happens, whoever loses her connection when, and however much has been forgotten meanwhile."""

    async def scenario() -> None:
        floor = Floor()
        for do, *more in steps:
            done = do(floor, *more)
            if done is not None:
                await done
        await floor.look(*range(len(RECEIVERS)))

    with patch.object(board_room, "REMEMBERED", 2), patch.object(feed_room, "EVERY", 0):
        asyncio.run(scenario())


async def test_who_was_away_gets_only_what_changed(clock: Clock):
    """Also when that is nothing; who was away for too long gets the whole board."""
    board = Board("e", clock)
    feed, rob = Feed(board), principal("supervisor", "a")
    board.put(row(clock, "one", 10))
    board.put(row(clock, "two", 10))
    seq, text = feed.resumed(rob, "e", 1)
    assert seq == 2
    assert [tile["conversation"] for tile in json.loads(text).pop("changed")] == ["two"]
    nothing = {"type": "tiles", "seq": 2, "changed": [], "gone": [], "resumed": True}
    assert json.loads(feed.resumed(rob, "e", 2).text) == nothing
    assert feed.resumed(rob, "another", 2) is None
    assert feed.resumed(rob, "e", 3) is None


async def test_a_frame_is_made_once_for_all_who_see_the_same(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """The very same text; others get their own."""
    monkeypatch.setattr(feed_room, "EVERY", 0)
    board = Board("e", clock)
    feed = Feed(board)
    board.put(row(clock, "one", 10))
    first, second, other = (principal("supervisor", team) for team in "aab")
    wholes = await asyncio.gather(*(feed.whole(who) for who in (first, second, other)))
    assert wholes[0].text is wholes[1].text
    assert json.loads(wholes[2].text)["tiles"] == []
    board.put(row(clock, "two", 10))
    told = await asyncio.gather(*(feed.next(who, 1) for who in (first, second, other)))
    assert told[0].text is told[1].text
    assert told[2] == (2, "")


async def test_a_tile_that_changes_often_goes_out_once(clock: Clock):
    """With its latest value, at the next cut."""
    board = Board("e", clock)
    feed, rob = Feed(board), principal("supervisor", "a")
    waiting = asyncio.create_task(feed.next(rob, 0))
    for tension in range(50):
        board.put(row(clock, "one", tension))
        await asyncio.sleep(0)
    seq, text = await waiting
    assert seq == 50
    assert [tile["tension"] for tile in json.loads(text)["changed"]] == [49]


async def test_a_page_that_comes_again_resumes_over_a_real_socket(tmp_path: Path, clock: Clock, chat: str):
    """It says where it was in its hello, and gets what it missed and nothing else."""
    async with house(tmp_path, clock) as home, home.client("ingest") as tool:
        rob = home.token("supervisor", "rob")
        await _say(tool, chat, "Good morning.")
        async with browser(home.ws, "supervisor", rob) as socket:
            board = await socket.get("board")
        await _say(tool, f"{chat}-2", "You are idiots, all of you!")
        at = {"epoch": board["epoch"], "seq": board["seq"]}
        async with raw_socket(f"{home.ws}/ws/v1/supervisor") as socket:
            await socket.send({"type": "hello", "token": rob, "board": at})
            missed = await socket.get("tiles", "board")
            assert (missed["type"], missed["resumed"], missed["gone"]) == ("tiles", True, [])
            assert [tile["conversation"] for tile in missed["changed"]] == [f"{chat}-2"]
            await _say(tool, chat, "Still nothing!")
            assert [tile["conversation"] for tile in (await socket.get("tiles"))["changed"]] == [chat]
        async with raw_socket(f"{home.ws}/ws/v1/supervisor") as socket:
            await socket.send({"type": "hello", "token": rob, "board": {**at, "epoch": "of another life"}})
            assert len((await socket.get("tiles", "board"))["tiles"]) == 2


@pytest.mark.parametrize("at", [{"epoch": "e"}, {"epoch": "e", "seq": -1}, {"epoch": 7, "seq": 1}, "e", []])
async def test_a_position_that_is_none_is_refused(stopped_house: House, at: object):
    """As any first frame that is wrong."""
    async with raw_socket(f"{stopped_house.ws}/ws/v1/supervisor") as socket:
        frame = {"type": "hello", "token": stopped_house.token("supervisor"), "board": at}
        assert (await socket.ask(frame))["error"]["code"] == "invalid"
        assert await socket.closed() == 4500


async def test_a_browser_that_does_not_read_gets_the_latest_values_and_few_frames(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """Its frames do not queue: the next one is made when the one before has left."""
    monkeypatch.setattr(feed_room, "EVERY", 0)
    async with house(tmp_path, clock, send_buffer=4_096) as home:
        board = home.rooms.board
        board.fill(_large(clock, number, 0) for number in range(100))
        token = home.token("supervisor", "rob", tenant="t")
        async with raw_socket(f"{home.ws}/ws/v1/supervisor", max_queue=1) as socket:
            await socket.send({"type": "hello", "token": token})
            for tension in range(1, 61):
                board.fill(_large(clock, number, tension) for number in range(100))
                await asyncio.sleep(10 * MS)
            rob = Supervisor(principal("supervisor", "a"))
            while rob.seq < board.version("t"):
                rob.hear(json.dumps(await socket.get("board", "tiles")))
        assert {tile["tension"] for tile in rob.tiles.values()} == {60}
        assert len(rob.said) <= 10


def _large(clock: Clock, number: int, tension: float) -> ConversationRow:
    """A conversation with a whole hour of course."""
    course = [[29_000_000 + minute, 50.5] for minute in range(60)]
    return replace(row(clock, f"c-{number}", tension, course=course), epoch="e", offset=int(tension))


async def _say(tool, conversation: str, text: str) -> None:
    answer = await tool.post(f"/conversations/{conversation}/messages", json={"role": "customer", "text": text})
    assert answer.status_code == 200
