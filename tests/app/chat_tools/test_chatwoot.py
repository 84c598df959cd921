"""Chatwoot's deliveries, by payloads of our own."""

import json
from typing import Any

import pytest

from app.chat_tools.chatwoot import parse
from app.chat_tools.event import Event

CASEY = {"id": 3, "name": "Casey"}
DANA = {"id": 9, "name": "Dana", "type": "user"}


def message(**more: Any) -> dict[str, Any]:
    """A message of the customer."""
    usual = {
        "event": "message_created",
        "id": 71,
        "content": "Where is it?",
        "message_type": "incoming",
        "private": False,
        "sender": CASEY,
        "created_at": "2026-03-02T09:00:00.500Z",
        "conversation": {"id": 8, "channel": "Channel::WebWidget", "messages": [{"id": 70, "content": "older"}]},
    }
    return usual | more


def events(body: dict[str, Any], **headers: str) -> list[Event]:
    """What a body comes to."""
    return parse(headers, json.dumps(body).encode())


def one(body: dict[str, Any]) -> Event:
    """The one event of a body."""
    (event,) = events(body)
    return event


def test_a_customers_message() -> None:
    """With her name; its text is its own and not that of the message which comes with it."""
    event = one(message())
    assert (event.kind, event.conversation, event.message) == ("message", "8", "71")
    assert (event.role, event.private, event.text) == ("customer", False, "Where is it?")
    assert (event.author, event.customer) == ("3", "Casey")


@pytest.mark.parametrize(
    ("kind", "sender", "role"),
    [
        ("incoming", CASEY, "customer"),
        ("incoming", CASEY | {"type": "contact"}, "customer"),
        ("outgoing", DANA, "agent"),
        ("outgoing", {"id": 1, "type": "agent_bot"}, "bot"),
        ("template", None, "system"),
        ("outgoing", None, "system"),
        ("incoming", None, "system"),
        ("incoming", DANA, "system"),
        ("outgoing", CASEY, "system"),
        ("activity", DANA, "system"),
        (0, CASEY, "system"),
        ("incoming", "Casey", "system"),
    ],
)
def test_who_wrote_it(kind: object, sender: object, role: str) -> None:
    """What is not known for sure is nobody's: it is never taken for the customer."""
    assert one(message(message_type=kind, sender=sender)).role == role


@pytest.mark.parametrize("private", [True, "true", 1, {}, "false"])
def test_a_private_note_is_private(private: object) -> None:
    """Anything but a plain `false` is."""
    event = one(message(private=private, message_type="outgoing", sender=DANA))
    assert event.private
    assert event.role == "agent"


@pytest.mark.parametrize(
    ("channel", "content", "text"),
    [
        ("Channel::WebWidget", "<p>I paid &lt;50 &amp; you lost it</p>\n", "I paid <50 & you lost it"),
        ("Channel::Email", "<p>one</p>\n<p>two</p>\n", "one\ntwo"),
        ("Channel::WebWidget", "a < b & c > d", "a < b & c > d"),
        ("Channel::WebWidget", "&lt;p&gt;", "&lt;p&gt;"),
        ("Channel::Api", "<p>this I typed</p>", "<p>this I typed</p>"),
    ],
)
def test_content_may_be_html(channel: str, content: str, text: str) -> None:
    """In two channels; what was typed stays as it was."""
    assert one(message(content=content, conversation={"id": 8, "channel": channel})).text == text


def test_a_deletion_has_no_text() -> None:
    """The words that stand in its place are nobody's."""
    body = message(event="message_updated", content="This message was deleted", content_attributes={"deleted": True})
    event = one(body)
    assert (event.kind, event.message, event.text) == ("delete", "71", None)


def test_an_update_is_an_edit_with_the_id_of_its_delivery() -> None:
    """Which is the same in every retry."""
    (event,) = events(message(event="message_updated"), **{"x-chatwoot-delivery": "d-1"})
    assert (event.kind, event.event) == ("edit", "d-1")


def test_our_own_notes_are_echoes() -> None:
    """By the mark that they carry."""
    assert one(message(content_attributes={"steadyhand": True})).echo
    assert not one(message(content_attributes=None)).echo


@pytest.mark.parametrize("content", [None, 5, ["x"]])
def test_without_words_it_is_nothing(content: object) -> None:
    """And without a file."""
    assert events(message(content=content)) == []


@pytest.mark.parametrize(
    ("user", "role"), [(CASEY, "customer"), (DANA, "agent"), ({"type": "agent_bot"}, "bot")], ids=str
)
def test_typing(user: dict[str, Any], role: str) -> None:
    """A contact has no type."""
    body = {"event": "conversation_typing_off", "user": user, "conversation": {"id": 8}, "is_private": True}
    event = one(body)
    assert (event.role, event.on, event.private) == (role, False, True)


def test_a_change_of_the_conversation() -> None:
    """Each change by itself; labels and assignee where they changed, never the whole conversation again."""
    body = {
        "event": "conversation_updated",
        "id": 8,
        "status": "resolved",
        "labels": ["refund"],
        "meta": {"assignee": DANA},
        "contact_inbox": {"pubsub_token": "live"},
        "changed_attributes": [{"assignee_id": {"current_value": 9}}, {"label_list": {}}],
    }
    assigned, label = events(body)
    assert (assigned.kind, assigned.assignee) == ("assigned", "9")
    assert label.labels == ("refund",)
    assert "live" not in json.dumps([assigned.wire(), label.wire()])
    status = one(body | {"event": "conversation_status_changed", "changed_attributes": None})
    assert (status.kind, status.status, status.resolved) == ("status", "resolved", True)
