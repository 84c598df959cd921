"""Front: application webhooks, which bring previews only, and rule webhooks, which sign without a time."""

import json

from app.chat_tools import attached, fields
from app.chat_tools.event import OK, Answer, Event, Headers, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.signing import base64_of, mac, same, seconds, verdict, without_time

SPOKEN: dict[str, Role] = {"inbound_received": "customer", "outbound_sent": "agent", "out_reply": "agent"}
OVER = {"conversation_archived": True, "conversation_reopened": False, "conversation_restored": False}


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:
    """By X-Front-Signature: SHA-256 over "milliseconds:body" of an application, SHA-1 over the body of a rule."""
    signature = headers.get("x-front-signature")
    sent = headers.get("x-front-request-timestamp")
    if sent is None:
        return without_time(same(base64_of(mac(secret, raw, "sha1")), signature))
    milliseconds = seconds(sent)
    signed = same(_signature(sent, raw, secret), signature)
    return verdict(signed=signed, sent=None if milliseconds is None else milliseconds / 1_000, now=now)


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As an application webhook of Front does."""
    sent = str(int(now * 1_000))
    return Signed({"x-front-request-timestamp": sent, "x-front-signature": _signature(sent, raw, secret)}, raw)


def _signature(sent: str, raw: bytes, secret: str) -> str:
    return base64_of(mac(secret, sent.encode("utf-8", "replace") + b":" + raw))


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one delivery."""
    body = fields.json_of(raw)
    payload = fields.at(body, "payload")
    conversation = fields.ident(payload, "conversation", "id")
    if not isinstance(payload, dict) or conversation is None:
        return []
    told: Json = {"at": fields.moment(payload, "emitted_at"), "event": fields.ident(payload, "id")}
    match fields.text(body, "type"):
        case "inbound_received" | "outbound_sent" | "out_reply" as name:
            return _message(payload, conversation, SPOKEN[name], private=False, told=told)
        case "new_comment_added":
            return _message(payload, conversation, "agent", private=True, told=told)
    return _changed(fields.text(body, "type"), payload, conversation, told)


def _changed(kind: str | None, payload: Json, conversation: str, told: Json) -> list[Event]:
    """What changed of a conversation."""
    match kind:
        case "assignee_changed":
            who = fields.ident(payload, "target", "data", "id")
            return [Event("assigned", conversation, assignee=who, **told)]
        case "tag_added":
            labels = fields.names([fields.at(payload, "target", "data", "name")])
            return [Event("label", conversation, labels=labels, **told)]
        case "conversation_archived" | "conversation_reopened" | "conversation_restored" as name:
            status = name.removeprefix("conversation_")
            return [Event("status", conversation, status=status, resolved=OVER[name], **told)]
    return []


def _message(payload: Json, conversation: str, role: Role, *, private: bool, told: Json) -> list[Event]:
    """A message whose whole text is not in it has to be fetched before anybody may read its tension."""
    data = fields.at(payload, "target", "data")
    message = fields.ident(data, "id")
    if message is None:
        return []
    words = fields.text(data, "body" if private else "text")
    came = attached.names(attached.files(fields.at(data, "attachments"), kind="content_type", name="filename"))
    inbound = fields.at(data, "is_inbound")
    if isinstance(inbound, bool) and not private:
        role = "customer" if inbound else "agent"
    return [
        Event(
            kind="message",
            conversation=conversation,
            message=message,
            role=role,
            private=private,
            text=words,
            at=fields.moment(data, "created_at") or told["at"],
            needs_fetch=words is None,
            author=fields.ident(data, "author", "id"),
            event=told["event"],
            assignee=fields.ident(payload, "conversation", "assignee", "id"),
            attachments=came,
        )
    ]


def answer(headers: Headers, raw: bytes) -> Answer:  # noqa: ARG001
    """The challenge with which Front tries an address."""
    challenge = headers.get("x-front-challenge")
    return Answer(json.dumps({"challenge": challenge}).encode()) if challenge else OK
