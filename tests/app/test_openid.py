"""The door where agents prove themselves by their homeserver: what it answers where that or the proof is amiss."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from app.chat_tools import Account
from app.connectors import Connector
from app.openid import AT_ONCE
from tests.app.clients import House, house
from tests.app.test_webhooks import SECRET, connect
from tests.conftest import PATIENCE, free_port

ORIGIN = "https://widget.example.com"
PROOF = {"access_token": "proof", "matrix_server_name": "example.org"}


class Homeserver(ThreadingHTTPServer):
    """Says what it is told to say; `asked` are the addresses, `waits` is set when it may answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.says: tuple[int, Any] = (200, {"sub": "@dana:example.org"})
        self.asked: list[str] = []
        self.waits = Event()
        self.waits.set()
        Thread(target=self.serve_forever, daemon=True).start()


class _Answers(BaseHTTPRequestHandler):
    server: Homeserver

    def do_GET(self) -> None:
        """The user, or an error."""
        self.server.asked.append(self.path)
        self.server.waits.wait(PATIENCE)
        status, body = self.server.says
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


@pytest.fixture
def homeserver() -> Iterator[Homeserver]:
    """An imitated one."""
    running = Homeserver()
    yield running
    running.waits.set()
    running.shutdown()
    running.server_close()


@pytest.fixture
async def desk(tmp_path: Path, homeserver: Homeserver) -> AsyncIterator[House]:
    """A server with connectors whose homeserver answers, is away, or is not named; the last is of another tool."""
    api = Account(f"http://127.0.0.1:{homeserver.server_port}", "", "example.org")
    away = Account(f"http://127.0.0.1:{free_port()}", "", "example.org")
    agents = {"@dana:example.org": "dana", "@agent-*:example.org": "@agent-*:example.org"}
    usual: dict[str, Any] = {"team": "a", "origin": ORIGIN, "secrets": (SECRET,), "agents": agents}
    async with house(tmp_path) as running:
        await connect(
            running,
            Connector("hs", "matrix", api=api, **usual),
            Connector("away", "matrix", api=away, **usual),
            Connector("deaf", "matrix", **usual),
            Connector("wild", "matrix", api=api, **{**usual, "origin": "https://*.example.com"}),
            Connector("chat", "chatwoot", api=api, **usual),
        )
        yield running


async def ask(
    house: House, body: Any = None, name: str = "hs", *, origin: str = ORIGIN, method: str = "POST", bearer: str = ""
) -> httpx.Response:
    """A token, as the widget's page asks for it; by default for the right proof."""
    place = f"{house.base}/api/v1/connectors/{name}/openid"
    content = None if method == "OPTIONS" else PROOF if body is None else body
    headers = {"origin": origin, **({"authorization": f"Bearer {bearer}"} if bearer else {})}
    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        return await client.request(method, place, headers=headers, json=content)


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_proof_is_worth_a_token_of_the_connectors_team(desk: House, homeserver: Homeserver) -> None:
    """Confined to it, under the subject that the connector gives; without a conversation for all of the team's."""
    answer = await ask(desk)
    who = desk.rooms.verify(answer.json()["token"])
    assert (who.subject, who.role, who.teams, who.scope, who.confined) == ("dana", "agent", ("a",), None, True)
    assert (who.expires - desk.clock()).total_seconds() <= answer.json()["expires_in"] == 900
    homeserver.says = (200, {"sub": "@agent-7:example.org"})
    again = await ask(desk, {**PROOF, "conversation": "hs:!room"})
    who = desk.rooms.verify(again.json()["token"])
    assert (who.subject, who.scope) == ("@agent-7:example.org", "hs:!room")


async def test_the_homeserver_is_asked_for_this_token_and_nothing_else(desk: House, homeserver: Homeserver) -> None:
    """Whatever characters stand in it."""
    await ask(desk, {**PROOF, "access_token": "a&b=c/../d?e#f"})
    assert homeserver.asked == ["/_matrix/federation/v1/openid/userinfo?access_token=a%26b%3Dc%2F..%2Fd%3Fe%23f"]


async def test_what_the_homeserver_says_decides(desk: House, homeserver: Homeserver) -> None:
    """A user of another server than its own is nobody."""
    for says, expected in (
        ((401, {"errcode": "M_UNKNOWN_TOKEN"}), (401, "unauthorized")),
        ((200, {"sub": "@dana:evil.example.com"}), (401, "unauthorized")),
        ((200, {"sub": "dana"}), (401, "unauthorized")),
        ((200, ["@dana:example.org"]), (401, "unauthorized")),
        ((200, {"sub": "@mallory:example.org"}), (403, "forbidden")),
        ((302, {}), (503, "unavailable")),
        ((429, {}), (503, "unavailable")),
        ((500, {}), (503, "unavailable")),
    ):
        homeserver.says = says
        assert code(await ask(desk)) == expected


async def test_another_homeserver_is_not_asked(desk: House, homeserver: Homeserver) -> None:
    """The one that the bearer names is nowhere called, nor ours for it."""
    assert code(await ask(desk, {**PROOF, "matrix_server_name": "evil.example.com"})) == (403, "forbidden")
    assert homeserver.asked == []


async def test_a_connector_needs_a_homeserver_that_answers(desk: House) -> None:
    """One that is away comes again; one that is not named never does."""
    assert code(await ask(desk, name="away")) == (503, "unavailable")
    for name in ("deaf", "chat", "nobody"):
        assert code(await ask(desk, name=name)) == (404, "not_found")


async def test_a_body_that_is_none_is_refused(desk: House, homeserver: Homeserver) -> None:
    """Before anybody is asked; the page may read why."""
    for body, expected in (
        ({}, (422, "invalid")),
        ({"access_token": "proof"}, (422, "invalid")),
        ({**PROOF, "access_token": "a\nb"}, (422, "invalid")),
        ({**PROOF, "conversation": "x" * 9_000}, (413, "too_large")),
    ):
        answer = await ask(desk, body)
        assert code(answer) == expected
        assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert homeserver.asked == []


async def test_only_the_connectors_pages_may_ask(desk: House) -> None:
    """Browsers ask first, by `OPTIONS`, and show an answer to these pages alone."""
    for name, origin, let in (
        ("hs", ORIGIN, True),
        ("hs", "https://evil.example.com", False),
        ("hs", "null", False),
        ("wild", "https://widget.example.com", True),
        ("wild", "https://widget.example.org", False),
    ):
        for method in ("OPTIONS", "POST"):
            answer = await ask(desk, name=name, origin=origin, method=method)
            assert answer.headers.get("access-control-allow-origin") == (origin if let else None)
            assert "access-control-allow-credentials" not in answer.headers


async def test_a_token_of_ours_is_no_proof(desk: House, homeserver: Homeserver) -> None:
    """Not even an admin's opens this door."""
    homeserver.says = (401, {})
    body = {**PROOF, "access_token": desk.token("admin")}
    assert code(await ask(desk, body, bearer=desk.token("admin"))) == (401, "unauthorized")


async def test_a_crowd_does_not_get_to_the_homeserver(desk: House, homeserver: Homeserver) -> None:
    """So many wait for it and no more; the others are told to come again."""
    homeserver.waits.clear()
    asking = [asyncio.create_task(ask(desk)) for _ in range(AT_ONCE)]
    async with asyncio.timeout(PATIENCE):
        while len(homeserver.asked) < AT_ONCE:
            await asyncio.sleep(0.01)
    assert code(await ask(desk)) == (429, "too_many")
    homeserver.waits.set()
    assert {answer.status_code for answer in await asyncio.gather(*asking)} == {200}
