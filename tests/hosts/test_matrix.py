"""A real Synapse brings us its rooms as to an application service, and says who is who for a token."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.app.clients import browser
from tests.conftest import PATIENCE
from tests.hosts.matrix import CONNECTOR, HS_TOKEN, ORIGIN, Desk, Person, done, until
from tests.hosts.synapse import NAME

COMPLAINT = "This is the third time I am writing. Where is my order? I am really angry now!"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Both servers while the tests of this file run; skipped where Synapse cannot be had."""
    running = Desk(tmp_path_factory.mktemp("matrix"))
    yield running
    running.close()


@pytest.fixture
async def casey(desk: Desk) -> AsyncIterator[Person]:
    """The customer."""
    person = Person(desk, "casey")
    yield person
    await person.client.close()


@pytest.fixture
async def dana(desk: Desk) -> AsyncIterator[Person]:
    """The agent."""
    person = Person(desk, "dana")
    yield person
    await person.client.close()


@pytest.mark.parametrize("version", ["12", "10"])
async def test_a_room_is_a_conversation(desk: Desk, casey: Person, dana: Person, version: str):
    """Who is named an agent is one, an edit is one, and what is redacted is gone; rooms of either form of id."""
    room = await casey.opens(dana, version=version)
    assert (":" in room) == (version == "10")
    first = await casey.says(room, "Where is my oder?")
    await until(lambda: len(desk.transcript(room)) == 1)
    await dana.says(room, "I am looking into it.")
    wrong = await casey.says(room, "My card is 4111 1111 1111 1111")
    await casey.corrects(room, first, "Where is my order?")
    await until(lambda: len(desk.transcript(room)) == 3)
    done(await casey.client.room_redact(room, wrong))
    whole = [("customer", "Where is my order?"), ("agent", "I am looking into it."), ("customer", "")]
    await until(lambda: desk.transcript(room) == whole)


async def test_a_room_without_an_agent_is_none_of_our_business(desk: Desk, casey: Person, dana: Person):
    """The homeserver brings us nothing of it until the agent is in it; from then on what is written."""
    room, ours = await casey.opens(), await casey.opens(dana)
    await casey.says(room, "Dear diary")
    await casey.says(ours, "hello")
    await until(lambda: len(desk.transcript(ours)) == 1)
    assert desk.transcript(room) == []
    done(await casey.client.room_invite(room, dana.id))
    done(await dana.client.join(room))
    await casey.says(room, "Can you help me?")
    await until(lambda: desk.transcript(room) == [("customer", "Can you help me?")])


async def test_typing_reaches_the_sidebar(desk: Desk, casey: Person, dana: Person):
    """On the socket of an agent who has the chat open: while it lasts, and its end."""
    room = await casey.opens(dana)
    await casey.says(room, "hello")
    await until(lambda: len(desk.transcript(room)) == 1)
    async with browser(desk.server.ws, "agent", desk.server.token("agent", "dana")) as socket:
        await socket.subscribe(f"{CONNECTOR}:{room}")
        for on in (True, False):
            done(await casey.client.room_typing(room, on, timeout=20_000))
            told = await socket.get("typing")
            while told["role"] != "customer":
                told = await socket.get("typing")
            assert told["on"] is on


async def test_what_is_written_while_we_are_away_comes_once(desk: Desk, casey: Person, dana: Person):
    """Synapse keeps its transactions and tries again; what it sends twice is told once."""
    room = await casey.opens(dana)
    await casey.says(room, "hello")
    await until(lambda: len(desk.transcript(room)) == 1)
    desk.end()
    sent = await casey.says(room, COMPLAINT)
    await until(lambda: "Scheduling retries on steadyhand" in desk.synapse.log.read_text())
    desk.begin()
    await until(lambda: len(desk.transcript(room)) == 2)
    event = done(await casey.client.room_get_event(room, sent)).event.source
    for age in (1, 2):  # the same transaction with other bytes, as after an answer that was lost
        assert bring(desk, [{**event, "room_id": room, "unsigned": {"age": age}}]).status_code == 200
    await casey.says(room, "Hello?")
    await until(lambda: len(desk.transcript(room)) > 2)
    assert desk.transcript(room) == [("customer", "hello"), ("customer", COMPLAINT), ("customer", "Hello?")]


def bring(desk: Desk, events: list[dict]) -> httpx.Response:
    """A transaction by hand, always of the same id."""
    place = f"{desk.server.base}/hooks/matrix/{CONNECTOR}/_matrix/app/v1/transactions/7"
    return httpx.put(place, json={"events": events}, headers={"authorization": f"Bearer {HS_TOKEN}"}, timeout=PATIENCE)


def ask(desk: Desk, proof: dict, origin: str = ORIGIN) -> httpx.Response:
    """A token for a proof, as the widget's page asks for it."""
    place = f"{desk.server.base}/api/v1/connectors/{CONNECTOR}/openid"
    return httpx.post(place, json=proof, headers={"origin": origin}, timeout=PATIENCE)


async def test_an_agent_is_let_in_by_her_homeservers_word(desk: Desk, casey: Person, dana: Person):
    """For the one chat that she has open, and for no longer than a quarter of an hour."""
    room, other = await casey.opens(dana), await casey.opens(dana)
    for one in (room, other):
        await casey.says(one, COMPLAINT)
    await until(lambda: bool(desk.transcript(room)) and bool(desk.transcript(other)))
    proof = await dana.proof()
    answer = ask(desk, {**proof, "conversation": f"{CONNECTOR}:{room}"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.json()["expires_in"] == 900
    async with browser(desk.server.ws, "agent", answer.json()["token"]) as socket:
        shown = await socket.subscribe(f"{CONNECTOR}:{room}")
        assert [one["text"] for one in shown["messages"]] == [COMPLAINT]
        assert (await socket.subscribe(f"{CONNECTOR}:{other}"))["error"]["code"] == "forbidden"
    assert proof["access_token"] not in desk.server.log.read_text()


async def test_nobody_else_is_let_in(desk: Desk, casey: Person, dana: Person):
    """A forged proof, one with her own token for the client API, a customer's, and one of another homeserver."""
    whose = desk.accounts["dana"]["access_token"]
    forged = {"access_token": "forged", "matrix_server_name": NAME}
    proof = await dana.proof()
    for wrong, status, code in (
        (forged, 401, "unauthorized"),
        ({**forged, "access_token": whose}, 401, "unauthorized"),
        ({**forged, "access_token": f"{proof['access_token']}&access_token=x"}, 401, "unauthorized"),
        (await casey.proof(), 403, "forbidden"),
        ({**proof, "matrix_server_name": "evil.example.com"}, 403, "forbidden"),
    ):
        answer = ask(desk, wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "access-control-allow-origin" not in ask(desk, forged, "https://evil.example.com").headers
