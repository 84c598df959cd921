"""Sunshine's own client reads deliveries as we do, and we read what its models write."""

import json
from typing import Any

import pytest
from sunshine_conversations_client.model.author_webhook import AuthorWebhook
from sunshine_conversations_client.model.content import Content
from sunshine_conversations_client.model.conversation_message_event import ConversationMessageEvent
from sunshine_conversations_client.model.conversation_typing_event import ConversationTypingEvent
from sunshine_conversations_client.model.file_message import FileMessage
from sunshine_conversations_client.model.image_message import ImageMessage
from sunshine_conversations_client.model.location_message import LocationMessage
from sunshine_conversations_client.model.message_webhook import MessageWebhook
from sunshine_conversations_client.model.message_webhook_source import MessageWebhookSource
from sunshine_conversations_client.model.text_message import TextMessage

from app.chat_tools import TOOLS, Event
from tests.conftest import SHARED

SAMPLE = SHARED / "contracts" / "zendesk" / "sunco_conversation_message_user.json"
URL = "https://media.example.com/8"
KEY = "a shared key of ours"
CONTENTS: list[tuple[Any, str, tuple[str, ...]]] = [
    (TextMessage(type="text", text="Où est ma commande ?"), "Où est ma commande ?", ()),
    (TextMessage(type="text", htmlText="<p>One</p><p>two</p>"), "One\ntwo", ()),
    (TextMessage(type="text", markdownText="*One*"), "*One*", ()),
    (ImageMessage(type="image", mediaUrl=URL, mediaType="image/png", altText="cat.png"), "", ("image",)),
    (ImageMessage(type="image", mediaUrl=URL, text="Look"), "Look", ("image",)),
    (FileMessage(type="file", mediaUrl=URL, altText="invoice.pdf"), "", ("invoice.pdf",)),
    (LocationMessage(type="location", coordinates={"lat": 1, "long": 2}), "", ("location",)),
]
AUTHORS = [
    ("user", "web", "customer"),
    ("business", "zd:agentWorkspace", "agent"),
    ("business", "api:conversations", "bot"),
]


def delivered(*events: dict[str, Any]) -> list[Event]:
    """What a delivery with the events comes to, signed and sent as it would be."""
    raw = json.dumps({"app": {"id": "a"}, "webhook": {"id": "w", "version": "v2"}, "events": events}).encode()
    sent = TOOLS["sunshine"].sign(raw, KEY, 0, "")
    assert TOOLS["sunshine"].verified(sent.headers, sent.raw, (KEY,), 0) == "ok"
    return TOOLS["sunshine"].parse(sent.headers, sent.raw)


def event(message: MessageWebhook) -> dict[str, Any]:
    """The delivery of a message, as the client's model of it has it."""
    told = {"id": "e", "type": "conversation:message", "createdAt": "2026-03-02T09:00:01.000Z"}
    payload = {"conversation": {"id": "c", "type": "personal"}, "message": message.to_dict()}
    read = ConversationMessageEvent.from_dict({**told, "payload": payload})
    assert read is not None
    return json.loads(json.dumps(read.to_dict()))


@pytest.mark.parametrize(("author", "source", "role"), AUTHORS)
@pytest.mark.parametrize(("content", "text", "files"), CONTENTS, ids=[str(n) for n in range(len(CONTENTS))])
def test_what_the_client_writes_is_read(
    content: Any, text: str, files: tuple[str, ...], author: str, source: str, role: str
) -> None:
    """Each kind of content, of each author."""
    message = MessageWebhook(
        id="m",
        received="2026-03-02T09:00:00.250Z",
        author=AuthorWebhook(type=author, userId="u" if author == "user" else None),
        content=Content(content),
        source=MessageWebhookSource(type=source),
    )
    (found,) = delivered(event(message))
    assert (found.conversation, found.message, found.event) == ("c", "m", "e")
    assert (found.role, found.text, found.attachments) == (role, text, files)
    assert found.wire()["at"] == message.received


@pytest.mark.parametrize(("kind", "on"), [("typing:start", True), ("typing:stop", False)])
def test_typing_is_read(kind: str, on: bool) -> None:
    """As the client's model of it has it."""
    activity = {"type": kind, "author": {"type": "user", "userId": "u"}, "source": {"type": "web"}}
    told = {"id": "e", "type": "conversation:typing", "createdAt": "2026-03-02T09:00:01.000Z"}
    model = ConversationTypingEvent.from_dict(
        {**told, "payload": {"conversation": {"id": "c", "type": "personal"}, "activity": activity}}
    )
    assert model is not None
    (found,) = delivered(json.loads(json.dumps(model.to_dict())))
    assert (found.kind, found.conversation, found.role, found.on) == ("typing", "c", "customer", on)


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the folder with the tools' payloads is not here")
def test_the_client_reads_a_sample_as_we_do() -> None:
    """Ids, text, author and time."""
    body = json.loads(SAMPLE.read_text())
    theirs = ConversationMessageEvent.from_dict(body["events"][0])
    (ours,) = TOOLS["sunshine"].parse({}, SAMPLE.read_bytes())
    message = theirs.payload.message
    assert (ours.event, ours.conversation) == (theirs.id, theirs.payload.conversation.id)
    assert (ours.message, ours.author) == (message.id, message.author.user_id)
    assert ours.text == message.content.actual_instance.text
    assert ours.wire()["at"] == message.received
