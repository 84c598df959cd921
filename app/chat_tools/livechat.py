"""LiveChat: the secret is a field of the body, and a message names its author but not the author's role."""

import json
from dataclasses import replace

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.signing import same, without_time


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:  # noqa: ARG001
    """By `secret_key`, which LiveChat sends instead of a signature."""
    return without_time(same(secret, fields.text(fields.json_of(raw), "secret_key")))


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As LiveChat does."""
    return Signed({}, json.dumps({**fields.json_of(raw), "secret_key": secret}).encode())


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one delivery."""
    body = fields.json_of(raw)
    payload = fields.at(body, "payload")
    if not isinstance(payload, dict):
        return []
    chat = fields.ident(payload, "chat_id") or fields.ident(payload, "chat", "id")
    found: list[Event | None] = []
    match body.get("action"):
        case "incoming_chat":
            types = _types(payload)
            thread = fields.items(payload, "chat", "thread", "events")
            told = [_said("message", chat, one, types) for one in thread]
            found = [one and replace(one, assignee=_assignee(payload)) for one in told]
        case "incoming_event":
            found = [_said("message", chat, payload.get("event"), {})]
        case "event_updated":
            found = [_said("edit", chat, payload.get("event"), {})]
        case "event_deleted":
            found = [_deleted(chat, payload)]
        case "chat_deactivated":
            found = [Event("status", chat, status="closed", resolved=True, event=fields.ident(payload, "thread_id"))]
        case "user_added_to_chat" if fields.at(payload, "user", "type") == "agent":
            found = [Event("assigned", chat, assignee=fields.ident(payload, "user", "id"))]
        case "chat_transferred":
            found = [Event("assigned", chat, assignee=fields.ident(payload, "transferred_to", "agent_ids", 0))]
        case "thread_tagged":
            found = [Event("label", chat, labels=fields.names([payload.get("tag")]))]
    return [event for event in found if event and event.conversation]


def _types(payload: Json) -> dict[str, str]:
    """Who is what, by id."""
    users = fields.items(payload, "chat", "users")
    told = ((fields.ident(user, "id"), fields.text(user, "type")) for user in users)
    return {who: kind for who, kind in told if who and kind}


def _assignee(payload: Json) -> str | None:
    """The agent who is in the chat."""
    users = fields.items(payload, "chat", "users")
    there = (user for user in users if fields.at(user, "present") is not False)
    return next((fields.ident(user, "id") for user in there if fields.text(user, "type") == "agent"), None)


def _said(kind: str, chat: str | None, event: object, types: dict[str, str]) -> Event | None:
    message = fields.ident(event, "id")
    what = fields.text(event, "type")
    file = attached.File(fields.text(event, "content_type"), fields.text(event, "name"))
    came = attached.names([file] if what == "file" else [])
    words = attached.words(fields.text(event, "text"), came)
    if words is None or message is None or what not in ("message", "system_message", "file"):
        return None
    author = fields.ident(event, "author_id")
    role: Role = "system" if what == "system_message" else _role(author, types)
    return Event(
        kind="edit" if kind == "edit" else "message",
        conversation=chat,
        message=message,
        role=role,
        private=fields.text(event, "visibility") != "all",
        text=words,
        at=fields.moment(event, "created_at"),
        author=author,
        attachments=came,
    )


def _role(author: str | None, types: dict[str, str]) -> Role:
    """As the chat's users say; else an agent's id is her e-mail address, and a customer's is none."""
    if author is None:
        return "system"
    kind = types.get(author)
    if kind is None:
        return "agent" if "@" in author else "customer"
    return "customer" if kind == "customer" else "agent" if kind == "agent" else "system"


def _deleted(chat: str | None, payload: Json) -> Event | None:
    message = fields.ident(payload, "event_id")
    return Event("delete", chat, message) if message else None
