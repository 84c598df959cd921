"""Zendesk's deliveries and those of Sunshine Conversations, by payloads of our own."""

import json
from typing import Any

import pytest

from app.chat_tools.event import Event
from app.chat_tools.zendesk import parse, verify

PREFIX = "zen:event-type:"


def events(kind: str, event: dict[str, Any], **more: Any) -> list[Event]:
    """What a delivery of a type comes to."""
    body = {"type": PREFIX + kind, "id": "e-1", "time": "2026-03-02T09:00:00.123456789Z", "event": event, **more}
    return parse({}, json.dumps(body | {"subject": "zen:ticket:12"}).encode())


@pytest.mark.parametrize(
    ("actor", "role"),
    [("end_user", "customer"), ("agent", "agent"), ("trigger", "system"), (None, "system"), (5, "system")],
)
def test_who_wrote_a_message(actor: object, role: str) -> None:
    """What a trigger or nobody wrote is not the customer's."""
    said = {"actor": {"type": actor, "name": "Casey"}, "message": {"id": "m", "body": "Hello"}}
    (event,) = events("messaging_ticket.message_added", said)
    assert (event.conversation, event.role, event.event) == ("12", role, "e-1")
    assert event.customer == ("Casey" if role == "customer" else None)


@pytest.mark.parametrize(
    ("public", "staff", "private", "role"),
    [
        (True, False, False, "customer"),
        (False, True, True, "agent"),
        (None, None, True, "system"),
        ("yes", True, True, "agent"),
    ],
)
def test_a_comment_is_public_only_where_it_says_so(public: object, staff: object, private: bool, role: str) -> None:
    """And its author is known only where she is."""
    comment = {"id": 4, "body": "x", "is_public": public, "author": {"is_staff": staff}}
    (event,) = events("ticket.comment_added", {"comment": comment})
    assert (event.private, event.role, event.message) == (private, role, "4")


def test_status_and_assignment() -> None:
    """In the words of the wire."""
    (status,) = events("ticket.status_changed", {"current": "SOLVED"})
    assert (status.status, status.resolved) == ("solved", True)
    (assigned,) = events("ticket.agent_assignment_changed", {"current": "77"})
    assert assigned.assignee == "77"
    assert events("ticket.priority_changed", {"current": "HIGH"}) == []


def sunshine(*happened: dict[str, Any]) -> list[Event]:
    """What a delivery of Sunshine comes to."""
    return parse({}, json.dumps({"events": list(happened)}).encode())


def said(author: object, source: str = "web", **content: Any) -> dict[str, Any]:
    """A message of Sunshine."""
    message = {"id": "m", "author": {"type": author}, "source": {"type": source}, "content": content or {"text": "Hi"}}
    return {"id": "e", "type": "conversation:message", "payload": {"conversation": {"id": "c"}, "message": message}}


def test_sunshine_has_several_events_a_delivery() -> None:
    """A person of the business writes in the agents' workspace; elsewhere it is a bot."""
    typing = {"type": "conversation:typing", "payload": {"conversation": {"id": "c"}}}
    typing["payload"]["activity"] = {"type": "typing:start", "author": {"type": "user"}}
    told = sunshine(
        said("user"),
        said("business", "zd:agentWorkspace"),
        said("business"),
        said(None),
        typing,
        {"type": "user:merge"},
    )
    assert [event.role for event in told] == ["customer", "agent", "bot", "system", "customer"]
    assert told[-1].on is True


def test_a_list_without_words_is_nothing() -> None:
    """There is nothing to read in it, and no customer sends one."""
    assert sunshine(said("user", type="list", items=[])) == []


def test_both_ways_to_sign_are_told_apart() -> None:
    """The key of Sunshine does not stand for a signature of Support."""
    told = {"x-api-key": "the shared key", "x-zendesk-webhook-signature": "x"}
    assert verify(told, b"{}", "the shared key", 0) == "bad_signature"
    assert verify({"x-api-key": "the shared key"}, b"{}", "the shared key", 0) == "ok"
