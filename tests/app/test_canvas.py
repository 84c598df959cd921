"""Intercom's card, asked for on a server that really runs."""

import hmac
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.connectors import Connector
from app.models import ActionIn, ConversationIn
from tests.app.chat_tools.cards import EVIL
from tests.app.chat_tools.test_intercom_card import components, texts
from tests.app.clients import House, house
from tests.app.test_webhooks import bring, connect, events, settled
from tests.conftest import PATIENCE

SECRET = "a client secret of ours"
PUBLIC = "https://assist.example.com/steady/"
ANN, STRANGER = 991267715, 12
NAMED = {"991267715": "ann", "5": "bea"}


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[House]:
    """A server with one connector of Intercom, known outside by an address."""
    async with house(tmp_path, public_url=PUBLIC) as running:
        await connect(running, Connector("acme", "intercom", team="a", secrets=(SECRET,), agents=NAMED))
        yield running


def said(text: str, number: int = 7001) -> dict[str, Any]:
    """The customer's words as Intercom tells them."""
    author = {"type": "user", "id": "c", "name": "Casey"}
    part = {"id": number, "part_type": "comment", "body": text, "created_at": 1_734_537_611, "author": author}
    item = {"id": "503", "conversation_parts": {"conversation_parts": [part]}}
    return {"id": f"notif_{number}", "topic": "conversation.user.replied", "data": {"item": item}}


async def hear(inbox: House, text: str = "This is the third time I ask. Where is my refund?") -> None:
    """Have them heard."""
    await bring(inbox, said(text), "intercom", "acme", secret=SECRET)
    await settled(inbox, "acme")


async def ask(
    inbox: House, admin: int | None = ANN, *, key: str = SECRET, raw: bytes | None = None, **more: Any
) -> Any:
    """The answer to a request of Intercom's Inbox."""
    told = {"workspace_id": "w", "conversation": {"id": "503"}} | ({"admin": {"id": admin}} if admin else {}) | more
    body = json.dumps(told).encode() if raw is None else raw
    signature = hmac.new(key.encode(), body, "sha256").hexdigest()
    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        place = f"{inbox.base}/hooks/intercom/acme/canvas"
        return await client.post(place, content=body, headers={"x-body-signature": signature})


def live(answer: httpx.Response) -> str | None:
    """Where the card's link goes."""
    found = [one["action"]["url"] for one in components(answer.json()) if one.get("id") == "live"]
    return found[0] if found else None


async def test_a_card_for_an_agent_has_what_the_sidebar_has(inbox: House) -> None:
    """The same number, word, step and phrases; initialize and refresh alike."""
    await hear(inbox)
    async with inbox.client("admin") as client:
        state = (await client.get("/conversations/acme:503")).json()
    for more in ({}, {"component_id": "refresh", "input_values": {}, "current_canvas": {}}):
        answer = await ask(inbox, **more)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        told = texts(answer.json())
        assert told["tension"].startswith(f"Tension {round(state['tension'])}: {state['band']}")
        assert "third time" in told["why"]
        assert state["advice"]["reason"] in told["next"]
        assert told["phrase-1"] == state["advice"]["suggestions"][0]["text"]
    assert inbox.rooms.metrics.cards.labels("intercom", "shown")._value.get() == 2


async def test_the_link_opens_this_conversation_for_an_hour(inbox: House) -> None:
    """As the agent, and nothing else; at the server's public address, behind the `#`."""
    await hear(inbox)
    place = urlsplit(str(live(await ask(inbox))))
    assert f"{place.scheme}://{place.netloc}{place.path}" == "https://assist.example.com/steady/sidebar"
    assert place.query == ""
    fragment = parse_qs(place.fragment)
    assert fragment["conversation"] == ["acme:503"]
    who = inbox.rooms.verify(fragment["token"][0])
    assert (who.subject, who.role, who.teams, who.scope) == ("ann", "agent", ("a",), "acme:503")
    assert who.expires - inbox.clock() <= timedelta(minutes=60)
    headers = {"Authorization": f"Bearer {fragment['token'][0]}"}
    async with httpx.AsyncClient(base_url=f"{inbox.base}/api/v1", headers=headers, verify=False) as client:
        assert (await client.get("/conversations/acme:503")).status_code == 200
        assert (await client.get("/conversations/acme:504")).status_code == 404
        assert (await client.get("/heatmap")).status_code == 403


async def test_who_is_not_named_gets_no_link(inbox: House) -> None:
    """And is told by which id she can be."""
    await hear(inbox)
    answer = await ask(inbox, STRANGER)
    assert live(answer) is None
    assert texts(answer.json())["phrase-1"]
    assert "--agent 12=YOUR-NAME" in texts(answer.json())["remark"]


async def test_without_a_public_address_there_is_no_link(tmp_path: Path) -> None:
    """A host's name out of the request is nothing to send a token to."""
    async with house(tmp_path) as running:
        await connect(running, Connector("acme", "intercom", team="a", secrets=(SECRET,), agents=NAMED))
        await hear(running)
        answer = await ask(running)
    assert live(answer) is None
    assert "public_url" in texts(answer.json())["remark"]


async def test_a_chat_of_somebody_else_has_no_link(inbox: House) -> None:
    """Its live panel is for whom it is assigned to."""
    await hear(inbox)
    admin = inbox.rooms.verify(inbox.token("admin"))
    await inbox.rooms.conversations.put(admin, "acme:503", ConversationIn(agent="bea"))
    assert live(await ask(inbox)) is None
    assert live(await ask(inbox, 5)) is not None


async def test_a_conversation_of_which_nothing_is_known_is_a_quiet_card(inbox: House) -> None:
    """It can be refreshed."""
    answer = await ask(inbox)
    assert answer.status_code == 200
    assert "No messages yet" in texts(answer.json())["notice"]
    await hear(inbox)
    assert "tension" in texts((await ask(inbox)).json())


async def test_the_customers_messenger_is_told_nothing(inbox: House) -> None:
    """Its requests bear the same signature and name no teammate."""
    await hear(inbox, "This is the third time! I hate you.")
    answer = await ask(inbox, None, contact={"id": "c"}, input_values={"admin": {"id": ANN}})
    assert list(texts(answer.json())) == ["notice"]
    assert "for teammates" in texts(answer.json())["notice"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
async def test_junk_that_is_signed_is_a_quiet_card(inbox: House, raw: bytes) -> None:
    """It harms nobody."""
    answer = await ask(inbox, raw=raw)
    assert (answer.status_code, list(texts(answer.json()))) == (200, ["notice"])


async def test_what_intercom_has_not_signed_is_refused(inbox: House) -> None:
    """Another key; none; and a notification's signature, which is of another kind."""
    await hear(inbox)
    forged = await ask(inbox, key="some other key")
    assert (forged.status_code, forged.json()["error"]["code"]) == (401, "bad_signature")
    body = json.dumps({"admin": {"id": ANN}, "conversation": {"id": "503"}}).encode()
    place = f"{inbox.base}/hooks/intercom/acme/canvas"
    hub = {"x-hub-signature": "sha1=" + hmac.new(SECRET.encode(), body, "sha1").hexdigest()}
    async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
        for headers in ({}, hub, {"x-body-signature": ""}):
            assert (await client.post(place, content=body, headers=headers)).status_code == 401
        assert (await client.post(f"{inbox.base}/hooks/intercom/nobody/canvas", content=body)).status_code == 404
        assert (await client.get(place)).status_code == 405
    assert [one["verdict"] for one in await events(inbox, "acme")].count("bad_signature") == 4


async def test_a_card_of_five_megabytes_is_too_large(inbox: House) -> None:
    """Whoever signed it."""
    answer = await ask(inbox, padding="x" * 5_000_000)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


async def test_hostile_text_is_text(inbox: House) -> None:
    """In the customer's name, which phrases may use, and in what she writes."""
    await hear(inbox, f"This is the third time!!! {EVIL} you idiots, ridiculous")
    told = ConversationIn.model_validate({"customer": {"name": "[x](https://evil.example)"}})
    await inbox.rooms.conversations.put(inbox.rooms.verify(inbox.token("admin")), "acme:503", told)
    await bring(inbox, said("Are you there? This is ridiculous", 7002), "intercom", "acme", secret=SECRET)
    await settled(inbox, "acme")
    answer = await ask(inbox)
    assert len(answer.content) < 64 * 1024
    assert all("](" not in text and "**" not in text for text in texts(answer.json()).values())


async def test_a_card_changes_nothing(inbox: House) -> None:
    """Looking is not an event."""
    await hear(inbox)
    before = await inbox.rooms.store.conversation("default", "acme:503")
    await ask(inbox)
    assert await inbox.rooms.store.conversation("default", "acme:503") == before
    await inbox.rooms.conversations.act(
        inbox.rooms.verify(inbox.token("admin")), "acme:503", ActionIn(action="resolve")
    )
    assert "tension" in texts((await ask(inbox)).json())
