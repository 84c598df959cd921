"""The door of chat tools, on a server that really runs: what is taken, told, refused, and shown to integrators."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.chat_tools import TOOLS
from app.connectors import Connector, removed
from tests.app.chat_tools.test_verify import secret_of
from tests.app.clients import House, house
from tests.conftest import PATIENCE

SECRET = "a secret of ours"
DESK = Connector("desk", "chatwoot", team="a", secrets=(SECRET,), agents={"9": "dana"})
CASEY = {"id": 3, "name": "Casey"}
DANA = {"id": 9, "name": "Dana", "type": "user"}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    """A server with one connector of Chatwoot."""
    async with house(tmp_path) as running:
        await connect(running, DESK)
        yield running


async def connect(house: House, *connectors: Connector) -> None:
    """Keep connectors, as the command does."""
    for connector in connectors:
        await house.rooms.store.put_document(connector.document(house.clock(), 1))


def message(number: int, text: str = "Where is my order?", **more: Any) -> dict[str, Any]:
    """A message of the customer in Chatwoot."""
    usual = {"event": "message_created", "id": number, "content": text, "message_type": "incoming", "private": False}
    at = f"2026-03-02T09:00:{number % 60:02}.000Z"
    return {**usual, "sender": CASEY, "created_at": at, "conversation": {"id": 42}, **more}


async def bring(
    house: House, body: Any, tool: str = "chatwoot", name: str = "desk", *, secret: str = SECRET, **more: Any
) -> httpx.Response:
    """Deliver something as the tool would."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = f"{house.base}/hooks/{tool}/{name}"
    signed = TOOLS[tool].sign(raw, secret, datetime.now(UTC).timestamp(), url)
    headers = {**signed.headers, **more.get("headers", {})}
    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        return await client.request(
            more.get("method", "POST"), more.get("url", url), content=signed.raw, headers=headers
        )


async def transcript(house: House, conversation: str = "desk:42") -> list[tuple[str, str]]:
    """Role and text of each message."""
    async with house.client("admin") as client:
        found = await client.get(f"/conversations/{conversation}/transcript")
    return [(one["role"], one["text"]) for one in found.json().get("messages", [])]


async def events(house: House, name: str = "desk") -> list[dict[str, Any]]:
    """What the integrator sees, the newest first."""
    async with house.client("admin") as client:
        return (await client.get(f"/connectors/{name}/events")).json()["events"]


async def settled(house: House, name: str = "desk") -> list[str | None]:
    """What each delivery came to, once none waits any more; the oldest first."""

    async def done() -> bool:
        return all(one.get("state") != "waiting" for one in await events(house, name))

    async with asyncio.timeout(PATIENCE):
        while not await done():
            await asyncio.sleep(0.05)
    return [one.get("outcome") for one in reversed(await events(house, name)) if one["verdict"] == "ok"]


async def test_a_delivery_becomes_a_message(desk: House) -> None:
    """In a conversation of the connector's, with the customer's name; the answer does not wait for that."""
    answer = await bring(desk, message(1))
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert await settled(desk) == ["heard"]
    assert await transcript(desk) == [("customer", "Where is my order?")]
    async with desk.client("supervisor") as client:
        (tile,) = (await client.get("/heatmap")).json()["tiles"]
    assert (tile["conversation"], tile["customer"], tile["team"], tile["channel"]) == (
        "desk:42",
        "Casey",
        "a",
        "chatwoot",
    )


async def test_the_same_again_changes_nothing(desk: House) -> None:
    """Ten at once, and with other bytes: it is known by its id."""
    told = await asyncio.gather(*(bring(desk, message(1, f"Where {'!' * n}", extra=n)) for n in range(10)))
    assert {answer.status_code for answer in told} == {200}
    assert await settled(desk) == ["heard"]
    assert len(await transcript(desk)) == 1


async def test_what_comes_together_is_put_in_order(desk: House) -> None:
    """By when it happened, whichever came first."""
    await asyncio.gather(*(bring(desk, message(number, f"line {number}")) for number in (3, 1, 2)))
    assert await settled(desk) == ["heard"] * 3
    assert [text for _, text in await transcript(desk)] == ["line 1", "line 2", "line 3"]


async def test_a_private_note_is_a_note(desk: House) -> None:
    """It is not the customer's and moves no tension."""
    await bring(desk, message(1, "Thanks, all good"))
    await bring(desk, message(2, "This idiot is furious!!!", private=True, message_type="outgoing", sender=DANA))
    await settled(desk)
    assert [role for role, _ in await transcript(desk)] == ["customer", "note"]
    async with desk.client("admin") as client:
        assert (await client.get("/conversations/desk:42")).json()["band"] == "calm"


async def test_edits_and_deletions(desk: House) -> None:
    """An update with the same text changes nothing; a deletion that comes before its message waits for it."""
    await bring(desk, message(1, event="message_updated", content_attributes={"deleted": True}))
    await bring(desk, message(1, "Stupid."))
    await bring(desk, message(2, "Hello"))
    await bring(desk, message(2, "Hello you", event="message_updated"))
    await settled(desk)
    assert await transcript(desk) == [("customer", ""), ("customer", "Hello you")]


async def test_status_and_assignment(desk: House) -> None:
    """To an agent whom the connector names; who is not known is left aside."""
    await bring(desk, message(1))
    await settled(desk)
    changed = {"event": "conversation_updated", "id": 42, "changed_attributes": [{"assignee_id": {}}]}
    await bring(desk, changed | {"meta": {"assignee": DANA}}, headers={"x-chatwoot-delivery": "1"})
    await bring(desk, changed | {"meta": {"assignee": {"id": 77}}}, headers={"x-chatwoot-delivery": "2"})
    await bring(desk, {"event": "conversation_status_changed", "id": 42, "status": "resolved"})
    assert sorted(map(str, await settled(desk))) == ["assigned", "heard", "resolved", "unknown_agent"]
    row = await desk.rooms.store.conversation("default", "desk:42")
    assert row.agent == "dana"
    assert row.resolved_at is not None


async def test_two_accounts_with_the_same_number_do_not_meet(desk: House) -> None:
    """The connector stands before the number."""
    await connect(desk, Connector("other", "chatwoot", team="b", secrets=("the other secret",)))
    await bring(desk, message(1, "mine"))
    await bring(desk, message(1, "theirs"), name="other", secret="the other secret")
    await settled(desk)
    await settled(desk, "other")
    assert await transcript(desk) == [("customer", "mine")]
    assert await transcript(desk, "other:42") == [("customer", "theirs")]


async def test_what_is_not_the_tools_own_is_refused(desk: House) -> None:
    """With our errors; nothing of it is kept, and the integrator sees that it came."""
    forged = await bring(desk, message(1), secret="some other key")
    assert (forged.status_code, forged.json()["error"]["code"]) == (401, "bad_signature")
    raw = json.dumps(message(1)).encode()
    old = TOOLS["chatwoot"].sign(raw, SECRET, datetime.now(UTC).timestamp() - 400, "")
    async with httpx.AsyncClient(verify=False) as client:
        late = await client.post(f"{desk.base}/hooks/chatwoot/desk", content=raw, headers=dict(old.headers))
        assert (late.status_code, late.json()["error"]["code"]) == (401, "too_old")
        for place in ("chatwoot/nobody", "zendesk/desk", "telegraph/desk"):
            assert (await client.post(f"{desk.base}/hooks/{place}", content=raw)).status_code == 404
    assert [one["verdict"] for one in await events(desk)] == ["too_old", "bad_signature"]
    assert await transcript(desk) == []


async def test_another_key_is_good_at_once(desk: House) -> None:
    """While it is changed both are; the server finds out by the first delivery."""
    rotated = Connector("desk", "chatwoot", team="a", secrets=("the new secret", SECRET))
    assert (await bring(desk, message(1))).status_code == 200
    await desk.rooms.store.put_document(rotated.document(desk.clock(), 2))
    desk.rooms.connectors._looked = float("-inf")
    assert (await bring(desk, message(2), secret="the new secret")).status_code == 200
    assert (await bring(desk, message(3))).status_code == 200


async def test_what_nobody_reads_is_ignored(desk: House) -> None:
    """Well signed, of no known type: 200, and the integrator sees that it came."""
    bodies = [b"", b"[", b"[" * 100_000, b"\xff\xfe", b"null", {"event": "contact_created"}, {}]
    for body in bodies:
        assert (await bring(desk, body)).status_code == 200
    assert [one["verdict"] for one in await events(desk)] == ["ignored"] * len(bodies)


async def test_five_megabytes_are_too_large(desk: House) -> None:
    """Whoever signed them."""
    answer = await bring(desk, message(1, "x" * 5_000_000))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


async def test_a_long_message_is_kept_as_far_as_messages_go(desk: House) -> None:
    """And blanks alone, or a NUL, are nothing that could be heard."""
    await bring(desk, message(1, "angry " * 10_000))
    await bring(desk, message(2, " \n "))
    await bring(desk, message(3, "a\x00b"))
    assert await settled(desk) == ["heard", "empty_text", "heard"]
    assert [len(text) for _, text in await transcript(desk)] == [20_000, 2]


async def test_typing_is_told_at_once(desk: House) -> None:
    """And kept nowhere; in a conversation that nobody knows it is nothing."""
    typing = {"event": "conversation_typing_on", "user": CASEY, "conversation": {"id": 42}}
    assert (await bring(desk, typing)).status_code == 200
    await bring(desk, message(1))
    await settled(desk)
    await bring(desk, typing)
    async with desk.rooms.conversations.lives.hold("default", "desk:42") as live:
        assert "customer" in live.typing


async def test_what_we_wrote_ourselves_is_an_echo(tmp_path: Path) -> None:
    """By the id that we write under, or the mark on it."""
    async with house(tmp_path) as running:
        await connect(running, Connector("desk", "chatwoot", secrets=(SECRET,), own=("9",)))
        await bring(running, message(1, message_type="outgoing", sender=DANA))
        await bring(running, message(2, content_attributes={"steadyhand": True}))
        assert await settled(running) == ["echo", "echo"]


async def test_integrators_see_no_words(desk: House) -> None:
    """Only how long they are; and only an admin of the tenant sees that."""
    await bring(desk, message(1, "my password is hunter2"))
    await settled(desk)
    async with desk.client("admin") as client:
        page = (await client.get("/connectors/desk/events")).text
        shown = (await client.get("/connectors")).json()["connectors"]
    assert "hunter2" not in page
    assert SECRET not in str(shown)
    assert [(one["name"], one["webhook"], one["keys"]) for one in shown] == [("desk", "/hooks/chatwoot/desk", 1)]
    assert "Casey" not in page
    assert SECRET not in page
    assert "(22 characters)" in page
    kept = await desk.rooms.store.inbox.last("default", "desk", 10)
    assert "hunter2" not in str(kept)
    for role in ("agent", "supervisor", "ingest"):
        async with desk.client(role) as client:
            assert (await client.get("/connectors/desk/events")).status_code == 403
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {desk.token('admin', tenant='else')}"}) as client:
        assert (await client.get(f"{desk.base}/api/v1/connectors/desk/events")).status_code == 404
        assert (await client.get(f"{desk.base}/api/v1/connectors")).json() == {"connectors": []}


async def test_matrix_transactions(tmp_path: Path) -> None:
    """By PUT, answered as homeservers need it; who is an agent the connector says."""
    async with house(tmp_path) as running:
        await connect(running, Connector("hs", "matrix", secrets=(SECRET,), agents={"@ann-*": "@ann-*"}))
        text = {"type": "m.room.message", "room_id": "!r", "content": {"msgtype": "m.text", "body": "Hi"}}
        told = [
            {**text, "event_id": "$1", "sender": "@c:x", "age": 1},
            {**text, "event_id": "$2", "sender": "@ann-1:x"},
        ]
        place = f"{running.base}/hooks/matrix/hs/_matrix/app/v1/transactions/"
        for age in (1, 2):
            body = {"events": [{**one, "age": age} for one in told]}
            answer = await bring(running, body, "matrix", "hs", url=place + "7", method="PUT")
            assert (answer.status_code, answer.json()) == (200, {})
            assert answer.headers["content-length"] == "2"
        await settled(running, "hs")
        assert await transcript(running, "hs:!r") == [("customer", "Hi"), ("agent", "Hi")]


async def test_challenges_are_answered(tmp_path: Path) -> None:
    """Slack's and Front's, when they are signed; others get what they need."""
    async with house(tmp_path) as running:
        await connect(running, *(Connector(tool, tool, secrets=(SECRET,)) for tool in ("slack", "front", "rocketchat")))
        slack = await bring(running, {"type": "url_verification", "challenge": "x7"}, "slack", "slack")
        assert slack.json() == {"challenge": "x7"}
        told = {"x-front-challenge": "y8"}
        front = await bring(running, {"type": "sync"}, "front", "front", headers=told)
        assert front.json() == {"challenge": "y8"}
        assert (await bring(running, {"type": "Message"}, "rocketchat", "rocketchat")).content == b""
        forged = await bring(running, {"type": "sync"}, "front", "front", headers=told, secret="some other")
        assert "y8" not in forged.text


async def test_every_tool_has_a_door(tmp_path: Path) -> None:
    """Also Twilio, whose signature is of the address."""
    async with house(tmp_path) as running:
        await connect(running, *(Connector(f"my-{name}", name, secrets=(secret_of(TOOLS[name]),)) for name in TOOLS))
        for name, tool in TOOLS.items():
            answer = await bring(running, tool.nothing, name, f"my-{name}", secret=secret_of(tool))
            assert answer.status_code == 200, answer.text
            assert running.rooms.metrics.deliveries.labels(name, "ignored")._value.get() == 1


async def test_what_was_taken_is_told_after_a_restart(tmp_path: Path) -> None:
    """It is in the database, and so is that it was told."""
    async with house(tmp_path) as running:
        await connect(running, Connector("desk", "chatwoot", team="a", secrets=(SECRET,)))
        await bring(running, message(1))
        assert (await running.rooms.store.inbox.last("default", "desk", 10))[0].state == "waiting"
    async with house(tmp_path) as running:
        assert await settled(running) == ["heard"]
        assert len(await transcript(running)) == 1
        await bring(running, message(1))
        assert await settled(running) == ["heard"]


async def test_only_the_sidebar_may_be_framed_by_a_chat_tool(tmp_path: Path) -> None:
    """By the pages of the connectors; no other page by anybody."""
    async with house(tmp_path, frame_ancestors=("https://own.example",)) as running:
        origins = ("https://chat.example.com", "https://*.zendesk.com", "")
        await connect(running, *(Connector(f"c{n}", "generic", origin=one) for n, one in enumerate(origins)))
        await running.rooms.connectors.look()
        async with httpx.AsyncClient(base_url=running.base, verify=False) as client:
            policy = (await client.get("/sidebar")).headers["content-security-policy"]
            told = "frame-ancestors https://own.example https://chat.example.com https://*.zendesk.com"
            assert told in policy.split("; ")
            for path in ("/", "/supervisor", "/sidebar/", "/static/embed.js", "/healthz"):
                policy = (await client.get(path)).headers["content-security-policy"]
                assert "frame-ancestors 'none'" in policy.split("; ")


ENDING = "a-secret_of-22-characters"


async def unsigned(house: House, ending: str, number: int = 1) -> int:
    """Deliver without a signature; the status."""
    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        return (await client.post(f"{house.base}/hooks/chatwoot/desk{ending}", json=message(number))).status_code


async def test_a_tool_that_does_not_sign_is_known_by_its_address(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Only where that was chosen, by its whole ending; the plain address takes what is signed, and nothing else."""
    known = Connector("desk", "chatwoot", team="a", secrets=(ENDING, "short"), unsigned=True)
    async with house(tmp_path) as running:
        await connect(running, known)
        assert await unsigned(running, f"/{ENDING}") == 200
        assert await settled(running) == ["heard"]
        for ending in ("", "/", "/x", f"/{ENDING[:-1]}", f"/{ENDING}x", "/short", f"/{ENDING}/", "/%00"):
            assert await unsigned(running, ending) in (401, 404, 307), ending
        assert await unsigned(running, "") == 401
        assert (await bring(running, message(2), secret=ENDING)).status_code == 200
        await settled(running)
        async with running.client("admin") as client:
            assert ENDING not in (await client.get("/connectors/desk/events")).text
        async with httpx.AsyncClient(verify=False) as client:
            assert ENDING not in (await client.get(f"{running.base}/metrics")).text
    assert ENDING not in "".join(capfd.readouterr())


async def test_an_address_with_an_ending_is_nothing_where_it_was_not_chosen(desk: House) -> None:
    """The key of a tool that signs opens no address; an ending that is chosen while the server runs does at once."""
    signed = Connector("desk", "chatwoot", team="a", secrets=(ENDING,))
    await desk.rooms.store.put_document(signed.document(desk.clock(), 2))
    await desk.rooms.connectors.look()
    assert await unsigned(desk, f"/{ENDING}") == 401
    await desk.rooms.store.put_document(replace(signed, unsigned=True).document(desk.clock(), 3))
    desk.rooms.connectors._looked = float("-inf")
    assert await unsigned(desk, f"/{ENDING}") == 200


async def test_what_waits_for_a_removed_connector_is_left(desk: House) -> None:
    """With the reason; its door is closed."""
    (document,) = await desk.rooms.store.documents("connector")
    await desk.rooms.inbox.take(DESK, TOOLS["chatwoot"].parse({}, json.dumps(message(1)).encode()))
    await desk.rooms.store.put_document(removed(document, desk.clock()))
    await desk.rooms.connectors.look()
    async with asyncio.timeout(PATIENCE):
        while (await desk.rooms.store.inbox.last("default", "desk", 10))[0].state == "waiting":
            await asyncio.sleep(0.05)
    assert (await desk.rooms.store.inbox.last("default", "desk", 10))[0].outcome == "no_connector"
    assert await transcript(desk) == []
    assert (await bring(desk, message(2))).status_code == 404
