"""Intercom: notifications hold a conversation, whose newest part is what happened; the words are HTML."""

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Kind, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.plain import plain_text
from app.chat_tools.signing import mac, same, without_time

AUTHORS: dict[str, Role] = {
    "user": "customer", "lead": "customer", "contact": "customer", "admin": "agent", "bot": "bot", "operator": "bot",
}  # fmt: skip
SPOKEN = ("user.created", "user.replied", "admin.replied", "admin.noted", "operator.replied", "admin.single.created")
OVER = {"admin.closed": True, "admin.opened": False, "admin.snoozed": False}


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:  # noqa: ARG001
    """By X-Hub-Signature of a notification, or X-Body-Signature of a Canvas request."""
    if "x-body-signature" in headers:
        return without_time(same(mac(secret, raw).hex(), headers["x-body-signature"]))
    return without_time(same("sha1=" + mac(secret, raw, "sha1").hex(), headers.get("x-hub-signature")))


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Intercom signs a notification."""
    return Signed({"x-hub-signature": "sha1=" + mac(secret, raw, "sha1").hex()}, raw)


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one delivery."""
    body = fields.json_of(raw)
    item = fields.at(body, "data", "item")
    conversation = fields.ident(item, "id")
    topic = fields.text(body, "topic") or ""
    if not isinstance(item, dict) or conversation is None or not topic.startswith("conversation."):
        return []
    name = topic.removeprefix("conversation.")
    told: Json = {"event": fields.ident(body, "id")}
    part = fields.at(item, "conversation_parts", "conversation_parts", -1)
    if name in SPOKEN:
        return _said(item, conversation, part if part is not None else item.get("source"), name, told)
    at = fields.moment(body, "created_at")
    if name in OVER:
        return [Event("status", conversation, status=name.partition(".")[2], resolved=OVER[name], at=at, **told)]
    if name == "admin.assigned":
        who = fields.ident(item, "admin_assignee_id")
        return [Event("assigned", conversation, assignee=who, at=at, **told)]
    return []


def _said(item: Json, conversation: str, part: object, name: str, told: Json) -> list[Event]:
    """A part that was redacted is one that was taken back."""
    message, html, came = fields.ident(part, "id"), fields.text(part, "body"), _files(part)
    words = attached.words(None if html is None else plain_text(html), came)
    redacted = fields.at(part, "redacted") is True
    if message is None or (words is None and not redacted):
        return []
    kind: Kind = "delete" if redacted else "message"
    role = AUTHORS.get(fields.text(part, "author", "type") or "", "system")
    return [
        Event(
            kind=kind,
            conversation=conversation,
            message=message,
            role=role,
            private=fields.text(part, "part_type") == "note" or name == "admin.noted",
            text=None if redacted else words,
            at=fields.moment(part, "created_at") or fields.moment(item, "created_at"),
            author=fields.ident(part, "author", "id"),
            customer=fields.text(part, "author", "name") if role == "customer" else None,
            assignee=fields.ident(item, "admin_assignee_id"),
            attachments=() if redacted else came,
            **told,
        )
    ]


def _files(part: object) -> tuple[str, ...]:
    """A picture may stand in the HTML itself."""
    inline = [attached.File("image")] if "<img" in (fields.text(part, "body") or "").lower() else []
    return attached.names([*inline, *attached.files(fields.at(part, "attachments"), kind="content_type", name="name")])
