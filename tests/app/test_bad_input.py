"""Whatever comes in: a clear error with a code or, where it is valid after all, an answer; and nothing is lost."""

import gzip
import json
from collections.abc import Iterator

import httpx
import pytest

from tests.app.clients import browser, raw_socket
from tests.app.shapes import has, is_error
from tests.conftest import Server

DEEP = '{"role": "customer", "text": "x", "more": ' + "[" * 100_000 + "]" * 100_000 + "}"
NOT_JSON = {
    "nothing": "",
    "half": '{"role": "customer"',
    "a list": "[]",
    "a number": "1",
    "NaN": '{"role": "customer", "text": "x", "more": NaN}',
    "a key twice": '{"role": "customer", "role": "agent", "text": "x"}',
    "deep": DEEP,
    "a huge number": '{"role": "customer", "text": "x", "more": ' + "9" * 5_000 + "}",
}
REFUSED = {
    "no role": ({"text": "x"}, "invalid"),
    "no text": ({"role": "customer"}, "empty_text"),
    "empty": ({"role": "customer", "text": ""}, "empty_text"),
    "only spaces": ({"role": "customer", "text": " \n\t "}, "empty_text"),
    "unknown role": ({"role": "boss", "text": "x"}, "invalid"),
    "role is a number": ({"role": 7, "text": "x"}, "invalid"),
    "text is a number": ({"role": "customer", "text": 7}, "invalid"),
    "text is null": ({"role": "customer", "text": None}, "invalid"),
    "text is a list": ({"role": "customer", "text": ["x"]}, "invalid"),
    "one too many": ({"role": "customer", "text": "x" * 20_001}, "too_long"),
    "NUL": ({"role": "customer", "text": "a\x00b"}, "invalid_text"),
    "half a pair": ({"role": "customer", "text": "a\ud800b"}, "invalid_text"),
    "half a pair in a key": ({"role": "customer", "text": "x", "\udfff": 1}, "invalid_text"),
    "naive time": ({"role": "customer", "text": "x", "at": "2026-03-02T09:00:00"}, "invalid"),
    "no time": ({"role": "customer", "text": "x", "at": "yesterday"}, "invalid"),
    "time in seconds": ({"role": "customer", "text": "x", "at": 1_772_442_000}, "invalid"),
    "time in seconds as text": ({"role": "customer", "text": "x", "at": "1772442000"}, "invalid"),
    "time before the calendar": ({"role": "customer", "text": "x", "at": "0001-01-01T00:00:00+14:00"}, "invalid"),
    "time after the calendar": ({"role": "customer", "text": "x", "at": "9999-12-31T23:59:59-14:00"}, "invalid"),
    "empty id": ({"role": "customer", "text": "x", "id": ""}, "invalid"),
    "long id": ({"role": "customer", "text": "x", "id": "i" * 201}, "invalid"),
    "id with a line break": ({"role": "customer", "text": "x", "id": "a\nb"}, "invalid"),
    "id is a number": ({"role": "customer", "text": "x", "id": 7}, "invalid"),
    "attachments are no list": ({"role": "customer", "text": "x", "attachments": "a.png"}, "invalid"),
    "attachment is an object": ({"role": "customer", "text": "x", "attachments": [{}]}, "invalid"),
    "too many attachments": ({"role": "customer", "text": "x", "attachments": ["a"] * 51}, "invalid"),
}
TAKEN = {
    "exactly enough": "x" * 20_000,
    "words enough": "I am so angry! " * 1_333,
    "combining marks": "Z" + "\u0301" * 10_000,
    "right to left": "\u202eevil\u202c שלום",
    "zero width": "id\u200biot\u200d",
    "nothing to see": "\u200b\u2060",
    "a family": "👩\u200d👩\u200d👧\u200d👦 " * 100,
    "markup": "<img src=x onerror=alert(1)>{{7*7}}${7*7}{0.__class__}%s",
    "regex bomb": "a" * 5_000 + "!",
    "line separators": "a\u2028b\u2029c\x85d\r\n\x1b[31m",
    "beyond the plane": "\N{MATHEMATICAL DOUBLE-STRUCK SMALL A} \N{OGHAM SPACE MARK}" * 500,
}


@pytest.fixture
def tool(server: Server) -> Iterator[httpx.Client]:
    """A chat tool."""
    with server.client("ingest") as client:
        yield client


def good(tool: httpx.Client, chat: str, seq: int) -> None:
    """The next message is heard, as if nothing had been."""
    answer = tool.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": "hello"})
    assert (answer.status_code, answer.json().get("seq")) == (200, seq), answer.text


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
def test_what_is_not_json_is_400(tool: httpx.Client, chat: str, body: str):
    """On every call that takes a body."""
    good(tool, chat, 1)
    calls = [
        ("POST", "messages"),
        ("PATCH", "messages/m1"),
        ("POST", "typing"),
        ("POST", "drafts"),
        ("POST", "actions"),
    ]
    for method, path in calls:
        answer = tool.request(
            method, f"/conversations/{chat}/{path}", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400
        is_error(answer.json(), "bad_json")
    good(tool, chat, 2)


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_message_is_422(tool: httpx.Client, chat: str, body: dict, code: str):
    """With the code that says what is wrong; an unknown conversation is not made by it."""
    content = json.dumps(body)
    answer = tool.post(f"/conversations/{chat}/messages", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    is_error(answer.json(), code)
    good(tool, chat, 1)


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_a_strange_text_is_kept_as_it_is(tool: httpx.Client, server: Server, chat: str, text: str):
    """It is a customer's; it comes back to the letter."""
    answer = tool.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": text})
    assert answer.status_code == 200, answer.text
    with server.client("agent") as ann:
        assert ann.get(f"/conversations/{chat}/transcript").json()["messages"][0]["text"] == text
        assert ann.get(f"/conversations/{chat}/record?format=md").status_code == 200
        assert ann.post(f"/conversations/{chat}/drafts", json={"text": text[:8_000]}).status_code == 200
    good(tool, chat, 2)


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_does_not_say_it_is_json_is_415(tool: httpx.Client, chat: str, kind: str | None):
    """A form on another site can send these without asking."""
    headers = {} if kind is None else {"Content-Type": kind}
    answer = tool.post(f"/conversations/{chat}/messages", content=b'{"role":"customer","text":"x"}', headers=headers)
    assert answer.status_code == 415
    is_error(answer.json(), "unsupported_media_type")


def test_a_body_is_read_up_to_its_bound_only(tool: httpx.Client, chat: str):
    """Said beforehand or streamed, 256 KiB are the most; a compressed one is not unpacked."""

    def stream() -> Iterator[bytes]:
        yield b'{"role": "customer", "text": "'
        for _ in range(64):
            yield b"x" * 8_192

    headers = {"Content-Type": "application/json"}
    path = f"/conversations/{chat}/messages"
    for body in (b"x" * (256 * 1024 + 1), stream()):
        answer = tool.post(path, content=body, headers=headers)
        assert answer.status_code == 413
        is_error(answer.json(), "too_large")
    bomb = gzip.compress(b'{"role": "customer", "text": "x"}' + b" " * 10_000_000)
    answer = tool.post(path, content=bomb, headers={**headers, "Content-Encoding": "gzip"})
    assert answer.status_code == 400
    good(tool, chat, 1)


@pytest.mark.parametrize("name", ["a%00b", "a%0Ab", "a%E2%80%AEb", "x" * 300, "%20%0D", "%ED%A0%80"])
def test_a_conversation_id_that_cannot_be_shown_is_refused(tool: httpx.Client, name: str):
    """Before anything is made or looked up under it."""
    calls = [
        tool.put(f"/conversations/{name}", json={}),
        tool.post(f"/conversations/{name}/messages", json={"role": "customer", "text": "x"}),
        tool.delete(f"/conversations/c/messages/{name}"),
    ]
    for answer in calls:
        assert answer.status_code in (404, 422), answer.text
        is_error(answer.json(), "invalid", "not_found")


@pytest.mark.parametrize("name", ["a%2Fb", "..%2F..%2Fetc", "c%2Fmessages%2Fm"])
def test_a_slash_in_a_path_leads_nowhere(tool: httpx.Client, name: str):
    """Also an encoded one: never to another conversation's message."""
    for answer in (tool.get(f"/conversations/{name}"), tool.put(f"/conversations/{name}", json={})):
        assert answer.status_code in (403, 404, 405)
        assert "error" in answer.json()


@pytest.mark.parametrize("name", ["grüße", "日本", "a b", "!room:example.org", "$e-v_e.n~t", "100%25", "😀"])
def test_an_odd_conversation_id_is_as_good_as_any(tool: httpx.Client, server: Server, chat: str, name: str):
    """Other people's tools make them."""
    answer = tool.post(f"/conversations/{chat}{name}/messages", json={"role": "customer", "text": "x"})
    assert answer.status_code == 200, answer.text
    with server.client("agent") as ann:
        assert ann.get(f"/conversations/{chat}{name}").json()["offset"] == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", {"customer": "Sam"}),
        ("", {"customer": {"name": "a\x1bb"}}),
        ("", {"customer": {"name": ""}}),
        ("", {"agent": 7}),
        ("", {"team": "t" * 201}),
        ("", {"slots": {"a": "x" * 201}}),
        ("", {"slots": {str(number): "x" for number in range(51)}}),
        ("", {"slots": {"a": {"b": 1}}}),
        ("typing", {"role": "bot", "on": True}),
        ("typing", {"role": "customer"}),
        ("typing", {"role": "customer", "on": "maybe"}),
        ("actions", {"action": "explode"}),
        ("actions", {"action": "note", "text": "x" * 2_001}),
        ("actions", {"action": "note", "text": "a\x00b"}),
        ("actions", {}),
        ("feedback", {"verdict": "up"}),
        ("drafts", {"text": None}),
        ("rewrites", {"text": None, "manner": "formal"}),
        ("rewrites", {"text": "hello", "manner": "rude"}),
        ("rewrites", {"text": "hello"}),
        ("questions", {"text": ["a"]}),
        ("questions", {}),
    ],
    ids=str,
)
def test_every_call_checks_its_fields(server: Server, tool: httpx.Client, chat: str, path: str, body: dict):
    """And says which one is wrong."""
    good(tool, chat, 1)
    with server.client("supervisor") as boss:
        method = "POST" if path else "PUT"
        answer = boss.request(method, f"/conversations/{chat}/{path}".rstrip("/"), json=body)
        assert answer.status_code == 422, answer.text
        is_error(answer.json(), "invalid")
        has(answer.json()["error"]["detail"][0], "field", "message")
    good(tool, chat, 2)


WRONG_FRAMES = {
    "no type": ({}, "unknown_type"),
    "an unknown type": ({"type": "explode"}, "unknown_type"),
    "a second hello": ({"type": "hello", "token": "x"}, "unknown_type"),
    "type is null": ({"type": None}, "unknown_type"),
    "type is a list": ({"type": []}, "unknown_type"),
    "type is an object": ({"type": {"a": 1}}, "unknown_type"),
    "another door's": ({"type": "draft", "conversation": "c", "text": "x"}, "forbidden"),
    "no conversation": ({"type": "message", "role": "customer", "text": "x"}, "invalid"),
    "conversation is empty": ({"type": "message", "conversation": "", "role": "customer", "text": "x"}, "invalid"),
    "conversation of two lines": (
        {"type": "message", "conversation": "a\nb", "role": "customer", "text": "x"},
        "invalid",
    ),
    "an unknown message": ({"type": "edit", "conversation": "unknown", "id": "m", "text": "x"}, "not_found"),
    "ref is a list": ({"type": "message", "conversation": "c", "role": "customer", "text": "x", "ref": []}, "invalid"),
}


@pytest.mark.parametrize(("frame", "code"), WRONG_FRAMES.values(), ids=WRONG_FRAMES)
async def test_a_wrong_frame_is_answered_and_the_socket_stays_open(server: Server, chat: str, frame: dict, code: str):
    """The error tells which frame it is about."""
    async with browser(server.ws, "ingest", server.token("ingest")) as socket:
        error = await socket.ask({"ref": "r", **frame})
        is_error(error, code)
        if frame.get("ref") is None:
            assert error["ref"] == "r"
        ack = await socket.ask({"type": "message", "conversation": chat, "role": "customer", "text": "hello"})
        assert (ack["type"], ack["seq"]) == ("ack", 1)


async def test_a_wrong_message_on_a_socket_is_refused_as_over_rest(server: Server, chat: str):
    """With the same codes, all on one socket, and the next good one gets the next seq."""
    base = {"type": "message", "conversation": chat}
    async with browser(server.ws, "ingest", server.token("ingest")) as socket:
        for seq, (body, code) in enumerate(REFUSED.values(), 1):
            error = await socket.ask(json.dumps({**base, **body, "ref": seq}))
            is_error(error, code)
            assert error["ref"] == seq
            ack = await socket.ask({**base, "role": "customer", "text": "hello", "ref": seq})
            assert (ack["type"], ack["seq"], ack["ref"]) == ("ack", seq, seq)


async def test_what_is_no_frame_is_answered(server: Server, chat: str):
    """Text that is not JSON, a binary frame, half pairs in what would be sent back."""
    base = {"type": "message", "conversation": chat, "role": "customer", "text": "hello"}
    async with browser(server.ws, "ingest", server.token("ingest")) as socket:
        for text in (*(body for name, body in NOT_JSON.items() if name != "deep"), "[" * 60_000, b"\x00\xff", b"{}"):
            is_error(await socket.ask(text), "bad_json")
        for broken in ({"ref": "\ud800"}, {"conversation": "\ud800"}, {"id": "\udfff"}, {"type": "\ud800"}):
            is_error(await socket.ask(json.dumps({**base, **broken})), "invalid_text")
        assert (await socket.ask(base))["seq"] == 1


async def test_a_frame_beyond_64_kib_closes_its_socket_only(server: Server, chat: str):
    """It is not read to its end, so there is nothing to answer; what was acknowledged is kept."""
    async with browser(server.ws, "ingest", server.token("ingest")) as other:
        async with browser(server.ws, "ingest", server.token("ingest")) as socket:
            frame = {"type": "message", "conversation": chat, "role": "customer", "text": "hello"}
            assert (await socket.ask(frame))["seq"] == 1
            await socket.send({**frame, "text": "x" * 70_000})
            assert await socket.closed() == 1009
        assert (await other.ask({**frame, "text": "😀" * 5_000}))["seq"] == 2


@pytest.mark.parametrize(
    "first", ["", "nonsense", b"\x00", "[" * 50_000, '{"type": "subscribe"}', '{"type": []}', "{}"]
)
async def test_a_first_frame_that_is_no_hello_ends_it_for_good(server: Server, first: str | bytes):
    """With an error before the close; nothing else may be said first."""
    for door in ("agent", "supervisor", "ingest"):
        async with raw_socket(f"{server.ws}/ws/v1/{door}") as socket:
            is_error(await socket.ask(first), "bad_json", "unauthorized", "invalid")
            assert 4500 <= await socket.closed() <= 4999
