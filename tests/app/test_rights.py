"""Who may do what: one table of every call and frame, tried by every role on her own, a foreign and an unknown chat.

`own` is a conversation of team `a`, assigned to ann. `team` is one of team `a` that nobody has. `foreign` is of team
`b`, assigned to bea. A call or a frame without a row fails.
"""

from collections.abc import Iterator
from typing import get_args
from uuid import uuid4

import httpx
import pytest

from app.conversations import SUPERVISING
from app.models import ActionName
from app.protocol import FRAMES
from app.server import create_app
from tests.app.clients import browser, raw_socket, settings_for
from tests.app.shapes import is_error
from tests.conftest import PATIENCE, Server

PEOPLE = {
    "agent": ("agent", "ann", "a"),
    "colleague": ("agent", "cat", "a"),
    "stranger": ("agent", "bea", "b"),
    "supervisor": ("supervisor", "rob", "a"),
    "ingest": ("ingest", "tool", "a"),
    "admin": ("admin", "root", "z"),
}
CHATS = ("own", "team", "foreign", "unknown")
C = "/conversations/{conversation}"
OK, NO, NOT_FOUND, NO_TOKEN, NOT_NOW, EXISTS = 200, 403, 404, 401, 422, 409

# What each person gets for own / team / foreign / unknown.
READS = {
    "agent": (OK, OK, NO, NOT_FOUND),
    "colleague": (NO, OK, NO, NOT_FOUND),
    "stranger": (NO, NO, OK, NOT_FOUND),
    "supervisor": (OK, OK, NO, NOT_FOUND),
    "ingest": (NO, NO, NO, NO),
    "admin": (OK, OK, OK, NOT_FOUND),
}
WRITES = {**READS, "ingest": (OK, OK, NO, NOT_FOUND)}
MAKES = {name: (*row[:3], OK) for name, row in WRITES.items()}
SUPERVISES = {**READS, "agent": (NO,) * 4, "colleague": (NO,) * 4, "stranger": (NO,) * 4}
BOARD = {"agent": NO, "colleague": NO, "stranger": NO, "supervisor": OK, "ingest": NO, "admin": OK}
MINTS = {"agent": NO, "colleague": NO, "stranger": NO, "supervisor": NO, "ingest": OK, "admin": OK}
SHOWN = "a suggestion that was shown in the chat"
KNOWN = {"cause": "booking", "line": "We know about it."}
HELLO = {"role": "customer", "text": "hello"}
# Actions with what they need to be told; nobody has asked for an ending that could be agreed to.
AGREES = {name: tuple(NOT_NOW if status == OK else status for status in row) for name, row in SUPERVISES.items()}
ACTIONS = {
    "escalate": ({}, READS),
    "note": ({"text": "x"}, READS),
    "ask_ending": ({"text": "x"}, READS),
    "whisper": ({"text": "x"}, SUPERVISES),
    "claim": ({}, SUPERVISES),
    "let_run": ({}, SUPERVISES),
    "watch": ({}, SUPERVISES),
    "join": ({}, SUPERVISES),
    "leave": ({}, SUPERVISES),
    "release": ({}, SUPERVISES),
    "takeover": ({"to": "ann"}, SUPERVISES),
    "cosign": ({}, AGREES),
    "decline": ({}, AGREES),
    "resolve": ({}, READS),
    "reopen": ({}, READS),
    "close": ({"text": "x"}, SUPERVISES),
}
# (method, path, body, what is expected): for calls about a conversation a row for each chat, else one status.
CALLS = [
    ("PUT", C, {}, MAKES),
    ("POST", C + "/messages", HELLO, MAKES),
    ("PATCH", C + "/messages/{message}", {"text": "hello!"}, WRITES),
    ("POST", C + "/typing", {"role": "customer", "on": False}, WRITES),
    ("GET", C, None, READS),
    ("GET", C + "/transcript", None, READS),
    ("GET", C + "/record", None, READS),
    ("GET", C + "/brief", None, READS),
    ("GET", C + "/actions", None, READS),
    ("GET", C + "/messages/{message}/explanation", None, READS),
    ("POST", C + "/drafts", {"text": "hello"}, READS),
    ("POST", C + "/rewrites", {"text": "I am here", "manner": "friendlier"}, READS),
    ("POST", C + "/questions", {"text": "what can I offer?"}, READS),
    ("POST", C + "/feedback", {"suggestion": SHOWN, "verdict": "up"}, READS),
    *(("POST", C + "/actions", {"action": name, **more}, row) for name, (more, row) in ACTIONS.items()),
    ("DELETE", C + "/messages/{message}", None, WRITES),
    ("GET", "/heatmap", None, BOARD),
    ("GET", "/alerts", None, BOARD),
    ("GET", "/desks/{team}", None, BOARD),
    ("PUT", "/desks/{team}", {"alerts_per_hour": 6}, BOARD),
    ("GET", "/desks/{team}/quality", None, BOARD),
    ("GET", "/teams/{team}/hours", None, BOARD),
    ("POST", "/embed-tokens", {"subject": "x"}, MINTS),
    ("GET", "/incidents", None, BOARD),
    ("POST", "/incidents", {**KNOWN, "team": "a"}, {**BOARD, "admin": EXISTS}),  # the supervisor was first
    ("POST", "/incidents", {**KNOWN, "team": "b"}, {**BOARD, "supervisor": NO}),
    ("PATCH", "/incidents/{incident}", {"revision": 1}, {**BOARD, "supervisor": NOT_FOUND, "admin": NOT_FOUND}),
    ("POST", "/incidents/{incident}/end", None, {**BOARD, "supervisor": NOT_FOUND, "admin": NOT_FOUND}),
    ("GET", "/connectors", None, {**dict.fromkeys(PEOPLE, NO), "admin": OK}),
    ("GET", "/connectors/{connector}/events", None, {**dict.fromkeys(PEOPLE, NO), "admin": NOT_FOUND}),
]
SIGNED = {("POST", "/ingest/messages")}  # where a signature stands for a token: no token opens them
PROVED = {("POST", "/connectors/{connector}/openid")}  # where another server's word does: see test_openid.py
# Frames that each door takes, with what its people get; the codes of errors are those of the calls.
DOORS = {"agent": ("agent", "colleague", "stranger", "admin"), "supervisor": ("supervisor", "admin")}
DOORS["ingest"] = ("ingest", "admin")
SENT = {
    "subscribe": ({}, READS),
    "unsubscribe": ({}, dict.fromkeys(PEOPLE, (OK,) * 4)),
    "message": (HELLO, MAKES),
    "edit": ({"id": "m1", "text": "hello!"}, WRITES),
    "delete": ({"id": "m1"}, WRITES),
    "draft": ({"text": "hello"}, READS),
    "explain": ({"message": "m1"}, READS),
    "typing": ({"role": "agent", "on": False}, WRITES),
    "rewrite": ({"text": "I am here", "manner": "friendlier"}, READS),
    "ask": ({"text": "what can I offer?"}, READS),
    "feedback": ({"suggestion": SHOWN, "verdict": "up"}, READS),
    "action": ({"action": "escalate"}, READS),
    "ping": ({}, None),
    "pong": ({}, None),
}
CODES = {NO: "forbidden", NOT_FOUND: "not_found", NOT_NOW: "invalid", EXISTS: "exists"}


def chats(server: Server) -> dict[str, str]:
    """Fresh conversations, one of each kind, with a message `m1` in each that is known."""
    names = {kind: f"{kind}-{uuid4().hex[:12]}" for kind in CHATS}
    with server.client("admin") as admin:
        for kind, row in (("own", {"agent": "ann", "team": "a"}), ("team", {"team": "a"}), ("foreign", {"team": "b"})):
            body = {**row, "agent": "bea"} if kind == "foreign" else row
            assert admin.put(f"/conversations/{names[kind]}", json=body).status_code == OK
            heard = admin.post(f"/conversations/{names[kind]}/messages", json={**HELLO, "id": "m1"}).json()
            suggested[names[kind]] = heard["advice"]["suggestions"][0]["id"]
    return names


suggested: dict[str, str] = {}  # by conversation


def told(body: dict | None, conversation: str) -> dict | None:
    """A body, with a suggestion of this conversation where it needs one."""
    needs_one = body is not None and body.get("suggestion") == SHOWN
    return {**body, "suggestion": suggested.get(conversation, "none")} if needs_one else body


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A client without a token."""
    with httpx.Client(base_url=f"{server.base}/api/v1", timeout=PATIENCE, verify=False) as bare:
        yield bare


def call(client: httpx.Client, token: str | None, method: str, path: str, body: dict | None) -> httpx.Response:
    """One call."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return client.request(method, path, json=body, headers=headers)


@pytest.mark.parametrize(("method", "path", "body", "expected"), CALLS, ids=lambda value: str(value)[:60])
def test_each_call_is_for_whom_the_table_says(
    server: Server, client: httpx.Client, method: str, path: str, body: dict | None, expected: dict
):
    """Every role, on her own, a free, a foreign and an unknown conversation; without a token nobody."""
    for person, token_of in PEOPLE.items():
        rows = expected[person]
        names = chats(server)
        for kind, status in zip(CHATS, rows if isinstance(rows, tuple) else (rows,), strict=False):
            where = path.format(conversation=names[kind], message="m1", incident="none", team="a", connector="nobody")
            assert call(client, None, method, where, body).status_code == NO_TOKEN
            answer = call(client, server.token(*token_of), method, where, told(body, names[kind]))
            assert answer.status_code == status, (person, kind, answer.text)
            if status != OK:
                is_error(answer.json(), CODES[status])


def test_another_tenant_knows_nothing(server: Server, client: httpx.Client):
    """The same name there is another conversation: even that ours exists is a secret."""
    names = chats(server)
    for role in ("agent", "supervisor", "admin"):
        token = server.token(role, "ann", "a", tenant="elsewhere")
        for path in ("", "/transcript", "/record", "/brief"):
            answer = call(client, token, "GET", f"/conversations/{names['own']}{path}", None)
            assert answer.status_code == NOT_FOUND
    for role in ("supervisor", "admin"):
        token = server.token(role, "ann", "a", tenant="elsewhere")
        assert call(client, token, "GET", "/heatmap", None).json()["tiles"] == []
    token = server.token("ingest", "tool", "a", tenant="elsewhere")
    answer = call(client, token, "POST", f"/conversations/{names['own']}/messages", {**HELLO, "id": "m1"})
    assert (answer.json()["seq"], answer.json()["duplicate"]) == (1, False)


def test_the_heatmap_shows_her_own_teams_only(server: Server, client: httpx.Client):
    """A supervisor sees her teams, an admin the tenant."""
    names = chats(server)
    seen = call(client, server.token("supervisor", "rob", "a"), "GET", "/heatmap", None).json()["tiles"]
    assert names["foreign"] not in {tile["conversation"] for tile in seen}
    assert {names["own"], names["team"]} <= {tile["conversation"] for tile in seen}
    seen = call(client, server.token("admin", "root", "z"), "GET", "/heatmap", None).json()["tiles"]
    assert set(names.values()) - {names["unknown"]} <= {tile["conversation"] for tile in seen}


def test_a_team_that_is_not_hers_cannot_be_given(server: Server, client: httpx.Client):
    """Neither for a new conversation nor for her own; an admin may."""
    names = chats(server)
    for person, status in (("agent", NO), ("supervisor", NO), ("ingest", NO), ("admin", OK)):
        for kind in ("unknown", "own"):
            token = server.token(*PEOPLE[person])
            answer = call(client, token, "PUT", f"/conversations/{names[kind]}", {"team": "b"})
            assert answer.status_code == status, (person, kind)


@pytest.mark.parametrize("door", DOORS)
async def test_each_frame_is_for_whom_the_table_says(server: Server, door: str):
    """As for the calls; a frame of another door is forbidden, and the socket stays open."""
    for person in DOORS[door]:
        names = chats(server)
        async with browser(server.ws, door, server.token(*PEOPLE[person])) as socket:
            for name, (body, expected) in SENT.items():
                if expected is None:
                    continue
                for kind, status in zip(CHATS, expected[person], strict=True):
                    frame = {"type": name, "conversation": names[kind], "ref": 1, **told(body, names[kind])}
                    answers = ("error", "ack", "draft_review", "explanation", "rewritten", "answers", "snapshot")
                    answer = await socket.ask(frame, *answers)
                    wanted = status if name in FRAMES[door] else NO
                    if wanted == OK:
                        assert answer["type"] != "error", (person, name, kind, answer)
                    else:
                        assert answer["type"] == "error", (person, name, kind, answer)
                        is_error(answer, CODES[wanted])
                    if name == "message" and wanted == OK and kind == "unknown":
                        names["unknown"] = f"unknown-{uuid4().hex}"


@pytest.mark.parametrize("door", ["agent", "supervisor"])
async def test_each_action_is_for_whom_the_table_says(server: Server, door: str):
    """On a socket as by a call: an agent's supervises nothing, whosever chat it is."""
    for person in DOORS[door]:
        names = chats(server)
        async with browser(server.ws, door, server.token(*PEOPLE[person])) as socket:
            for name, (more, expected) in ACTIONS.items():
                for kind, status in zip(CHATS, expected[person], strict=True):
                    frame = {"type": "action", "conversation": names[kind], "action": name, **more}
                    answer = await socket.ask(frame, "ack", "error")
                    if status == OK:
                        assert answer["type"] == "ack", (person, name, kind, answer)
                    else:
                        is_error(answer, CODES[status])


@pytest.mark.parametrize("door", DOORS)
async def test_each_door_is_for_its_own_roles(server: Server, door: str):
    """Everybody else gets an error and a final close."""
    for person, token_of in PEOPLE.items():
        if person in DOORS[door]:
            continue
        async with raw_socket(f"{server.ws}/ws/v1/{door}") as socket:
            is_error(await socket.ask({"type": "hello", "token": server.token(*token_of)}), "forbidden")
            assert await socket.closed() == 4503


def test_every_call_has_a_row(tmp_path):
    """A route that nobody has decided about fails here."""
    paths = create_app(settings_for(tmp_path)).openapi()["paths"]
    there = {(method.upper(), path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods}
    assert there == {(method, path) for method, path, _, _ in CALLS} | SIGNED | PROVED


@pytest.mark.parametrize(("method", "path"), sorted(SIGNED))
def test_no_token_stands_for_a_signature(server: Server, client: httpx.Client, method: str, path: str):
    """Whosever it is."""
    for token_of in PEOPLE.values():
        answer = call(client, server.token(*token_of), method, path, {"messages": []})
        assert answer.status_code == NO_TOKEN


def test_every_frame_has_a_row():
    """A frame that nobody has decided about fails here."""
    assert {name for door in FRAMES.values() for name in door} == set(SENT)
    assert set(FRAMES) == set(DOORS)


def test_every_action_has_a_row():
    """An action that nobody has decided about fails here."""
    assert set(ACTIONS) == set(get_args(ActionName))


def test_what_is_for_supervisors_is_for_no_agent():
    """Whichever row is added: who may not do it in her own chat may not do it in another one."""
    agents = ("agent", "colleague", "stranger")
    assert set(SUPERVISING) == {name for name, (_, row) in ACTIONS.items() if row in (SUPERVISES, AGREES)}
    for row in (SUPERVISES, AGREES):
        assert {row[person] for person in agents} == {(NO,) * len(CHATS)}
    assert {BOARD[person] for person in agents} == {NO}
