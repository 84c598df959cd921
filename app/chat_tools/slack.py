"""Slack: the Events API, and shortcuts on a message.

Who is a customer and who an agent is not said there: the connector names its agents.
"""

import json
import re

from app.chat_tools import attached, fields
from app.chat_tools.asked import Asked
from app.chat_tools.event import Answer, Event, Headers, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.signing import mac, same, seconds, verdict

SHORTCUT = "message_action"
SPOKEN = (None, "file_share", "thread_broadcast", "bot_message", "me_message")
MARKED = re.compile(r"<([@#!]?)([^<>|]*)\|?([^<>]*)>")  # a mention, a channel, a link; what was typed is escaped
REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # the three that Slack writes, `&` last


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:
    """By X-Slack-Signature and X-Slack-Request-Timestamp."""
    sent = headers.get("x-slack-request-timestamp", "")
    signed = same(_signature(sent, raw, secret), headers.get("x-slack-signature"))
    return verdict(signed=signed, sent=seconds(sent), now=now)


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Slack does."""
    sent = str(int(now))
    return Signed({"x-slack-request-timestamp": sent, "x-slack-signature": _signature(sent, raw, secret)}, raw)


def _signature(sent: str, raw: bytes, secret: str) -> str:
    return "v0=" + mac(secret, b"v0:" + sent.encode("utf-8", "replace") + b":" + raw).hex()


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one delivery: a shortcut brings the message that it was used on, all other forms none."""
    body = _body(raw)
    if body.get("type") == SHORTCUT:
        found = _pointed_at(body)
        return [found] if found else []
    event = fields.at(body, "event")
    channel = fields.ident(event, "channel")
    if body.get("type") != "event_callback" or fields.text(event, "type") != "message" or channel is None:
        return []
    delivery = fields.ident(body, "event_id")
    match fields.text(event, "subtype"):
        case "message_changed":
            found = _said("edit", channel, fields.at(event, "message"), delivery)
        case "message_deleted":
            message = fields.ident(event, "deleted_ts")
            found = Event("delete", channel, message, event=delivery) if message else None
        case subtype if subtype in SPOKEN:
            found = _said("message", channel, event, delivery)
        case _:
            found = None
    return [found] if found else []


def asked(headers: Headers, raw: bytes) -> Asked | None:  # noqa: ARG001
    """Who has used a shortcut on a message; None for all other deliveries."""
    body = _body(raw)
    channel = fields.ident(body, "channel", "id")
    if body.get("type") != SHORTCUT or channel is None:
        return None
    return Asked(channel, fields.ident(body, "user", "id"), _pointed_at(body), fields.text(body, "response_url") or "")


def _body(raw: bytes) -> Json:
    """Events come as JSON, what people do as JSON in a field of a form."""
    if raw.lstrip()[:1] == b"{":
        return fields.json_of(raw)
    return fields.json_of((fields.text(fields.form_of(raw), "payload") or "").encode())


def _pointed_at(body: Json) -> Event | None:
    """The message under a shortcut, the same as if it had come by itself."""
    channel, message = fields.ident(body, "channel", "id"), fields.at(body, "message")
    if channel is None or fields.text(message, "subtype") not in SPOKEN:
        return None
    return _said("message", channel, message, None)


def _said(kind: str, channel: str, message: object, delivery: str | None) -> Event | None:
    came = attached.names(attached.files(fields.at(message, "files"), kind="mimetype", name="name"))
    stamp, words = fields.ident(message, "ts"), attached.words(fields.text(message, "text"), came)
    if stamp is None or words is None:
        return None
    author = fields.ident(message, "user")
    bot = fields.at(message, "bot_id") is not None or fields.text(message, "subtype") == "bot_message"
    role: Role = "bot" if bot else "customer" if author else "system"
    return Event(
        kind="edit" if kind == "edit" else "message",
        conversation=channel,
        message=stamp,
        role=role,
        text=_plain(words),
        at=fields.moment(stamp),
        author=author or fields.ident(message, "bot_id"),
        event=delivery,
        attachments=came,
    )


def _plain(words: str) -> str:
    """The text as it is shown: marks by their names, the escaped characters as they were typed."""
    shown = MARKED.sub(lambda mark: {"#": "#", "@": "@", "!": "@"}.get(mark[1], "") + (mark[3] or mark[2]), words)
    for written, meant in REFERENCES:
        shown = shown.replace(written, meant)
    return shown


def answer(headers: Headers, raw: bytes) -> Answer:  # noqa: ARG001
    """The challenge with which Slack tries an address; an empty body for all else, or it would be shown to people."""
    body = fields.json_of(raw)
    if body.get("type") != "url_verification":
        return Answer(b"", "text/plain")
    return Answer(json.dumps({"challenge": fields.text(body, "challenge")}).encode())
