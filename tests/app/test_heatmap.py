"""`GET /heatmap`: filters and orders of the tiles."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from app.wire import stamp
from tests.app.clients import Clock, House
from tests.app.shapes import has, is_error, is_tile
from tests.app.tiles import row

ALL = {"one", "two", "three", "Four"}


@pytest.fixture
async def boss(stopped_house: House, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    """A supervisor of teams a and b, with four chats of theirs and one of another team on the board."""

    def waiting(seconds: float) -> str:
        return stamp(clock() - timedelta(seconds=seconds))

    common = {"tenant": "default", "language": "en", "channel": "web", "soon": 1.0, "change": 1.0}
    stopped_house.rooms.board.fill(
        (
            row(clock, "one", 10, **{**common, "agent": "ann", "risk": 0.9, "language": "de"}),
            row(clock, "two", 30, **{**common, "agent": "bea", "risk": 0.2, "waiting_since": waiting(90)}),
            row(clock, "three", 60, **{**common, "team": "b", "cause": "billing", "customer_name": "Zoë Straße"}),
            row(clock, "Four", 80, **{**common, "channel": "mail", "customer_id": "x-9", "waiting_since": waiting(10)}),
            row(clock, "foreign", 99, **{**common, "team": "c", "customer_name": "Zoë"}),
        )
    )
    async with stopped_house.client("supervisor", "a", "b") as client:
        yield client


async def shown(boss: httpx.AsyncClient, query: str) -> list[str]:
    """The conversations of an answer, in its order."""
    answer = await boss.get(f"/heatmap?{query}")
    assert answer.status_code == 200, answer.text
    return [tile["conversation"] for tile in answer.json()["tiles"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("band=calm", {"one"}),
        ("agent=ann", {"one"}),
        ("team=b", {"three"}),
        ("team=c", set()),
        ("cause=delivery", ALL - {"three"}),
        ("channel=mail", {"Four"}),
        ("language=de", {"one"}),
        ("min_waiting=10", {"two", "Four"}),
        ("min_waiting=10.5", {"two"}),
        ("min_waiting=0", ALL),
        ("q=", ALL),
        ("q=FOUR", {"Four"}),
        ("q=zo%C3%AB+STRASSE", {"three"}),
        ("q=x-9", {"Four"}),
        ("q=an", {"one"}),
        ("q=.*", set()),
        ("q=o&language=en&min_waiting=60", {"two"}),
        ("unknown=1", ALL),
    ],
)
async def test_each_filter_keeps_the_tiles_that_have_its_value(boss: httpx.AsyncClient, query: str, expected: set):
    """Of her own teams only; several filters all have to hold."""
    assert set(await shown(boss, query)) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Four", "three", "two", "one"]),
        ("order=tension", ["Four", "three", "two", "one"]),
        ("order=priority", ["one", "two", "Four", "three"]),
        ("order=waiting", ["two", "Four", "three", "one"]),
    ],
)
async def test_the_order_can_be_chosen(boss: httpx.AsyncClient, order: str, expected: list[str]):
    """Hottest first where nothing is said."""
    assert await shown(boss, order) == expected


@pytest.mark.parametrize(
    "query",
    [
        "band=lukewarm",
        "order=name",
        "min_waiting=-1",
        "min_waiting=nan",
        "min_waiting=inf",
        "min_waiting=soon",
        "team=",
        "q=" + "x" * 201,
    ],
)
async def test_a_value_that_cannot_be_is_refused(boss: httpx.AsyncClient, query: str):
    """With the field that is wrong."""
    answer = await boss.get(f"/heatmap?{query}")
    assert answer.status_code == 422
    is_error(answer.json(), "invalid")
    assert query.partition("=")[0] in answer.json()["error"]["message"]


async def test_it_says_which_version_of_the_board_it_is(boss: httpx.AsyncClient, stopped_house: House):
    """So that a socket can go on from it."""
    heat = (await boss.get("/heatmap")).json()
    has(heat, "epoch", "seq", "tiles")
    assert (heat["epoch"], heat["seq"]) == (
        stopped_house.rooms.board.epoch,
        stopped_house.rooms.board.version("default"),
    )
    for tile in heat["tiles"]:
        is_tile(tile)


async def test_what_was_said_tells_where_stepping_in_helps(stopped_house: House, clock: Clock):
    """From the words of real chats to the order of the board, with the reasons."""
    said = {
        "calm": "Good morning, where can I see my invoice?",
        "asks": "This is useless, you have broken every promise. Get me your supervisor, now!",
    }
    async with stopped_house.client("ingest") as tool, stopped_house.client("supervisor") as boss:
        for name, text in said.items():
            await tool.put(f"/conversations/{name}", json={"agent": "ann"})
            await tool.post(f"/conversations/{name}/messages", json={"role": "customer", "text": text})
        clock.forward(60)
        first, second = (await boss.get("/heatmap?order=priority")).json()["tiles"]
    for tile in (first, second):
        is_tile(tile)
        assert tile["waiting_seconds"] == 60
        assert tile["course"] == [[int(clock().timestamp() // 60) - 1, tile["tension"]]]
    assert (first["conversation"], second["conversation"]) == ("asks", "calm")
    assert "asks for somebody above" in first["because"]
    assert first["priority"] > 2 * second["priority"]


async def test_a_wish_for_somebody_above_stays_until_it_is_edited_away(stopped_house: House):
    """A further message does not take it back; the whole log tells after an edit."""

    async def because() -> list[str]:
        async with stopped_house.client("supervisor") as boss:
            (tile,) = (await boss.get("/heatmap")).json()["tiles"]
        return tile["because"]

    async with stopped_house.client("ingest") as tool:
        for number, text in enumerate(["Where is it?", "Get me your supervisor!", "You are idiots, all of you."]):
            message = {"id": f"m{number}", "role": "customer", "text": text}
            await tool.post("/conversations/c/messages", json=message)
        assert "asks for somebody above" in await because()
        await tool.patch("/conversations/c/messages/m1", json={"text": "Hello?"})
        assert "asks for somebody above" not in await because()
