"""Chatwoot: account webhooks, signed from version 4.11.2 on.

The signature is HMAC-SHA256 over "time.body" of the raw body: Rails writes `<` as an escape, so that no re-written body
would do. In some versions the content of the website's and of e-mail's messages is HTML, in all others as it was typed.
"""

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.plain import is_rendered, plain_text
from app.chat_tools.signing import mac, same, seconds, verdict

RENDERED = (None, "Channel::WebWidget", "Channel::Email")  # the channels whose content may be HTML
OVER = {"resolved": True, "open": False, "pending": False, "snoozed": False}


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:
    """By X-Chatwoot-Signature and X-Chatwoot-Timestamp."""
    sent = headers.get("x-chatwoot-timestamp", "")
    signed = same(_signature(sent, raw, secret), headers.get("x-chatwoot-signature"))
    return verdict(signed=signed, sent=seconds(sent), now=now)


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Chatwoot does."""
    sent = str(int(now))
    return Signed({"x-chatwoot-timestamp": sent, "x-chatwoot-signature": _signature(sent, raw, secret)}, raw)


def _signature(sent: str, raw: bytes, secret: str) -> str:
    return "sha256=" + mac(secret, sent.encode("utf-8", "replace") + b"." + raw).hex()


def parse(headers: Headers, raw: bytes) -> list[Event]:
    """The events of one delivery."""
    body = fields.json_of(raw)
    delivery = headers.get("x-chatwoot-delivery")
    match body.get("event"):
        case "message_created" | "message_updated" as name:
            return said(body, delivery, updated=name == "message_updated")
        case "conversation_typing_on" | "conversation_typing_off" as name:
            return _typing(body, on=name.endswith("on"))
        case "conversation_created" | "conversation_status_changed" | "conversation_updated" as name:
            return _conversation(body, delivery, name)
    return []


def said(body: Json, delivery: str | None = None, *, updated: bool = False) -> list[Event]:
    """The event of a message, as webhooks have them; none where it says nothing."""
    private = body.get("private") is not False and body.get("private") is not None
    deleted = fields.at(body, "content_attributes", "deleted") is True
    role, came = _role(body), () if deleted else _files(body)
    event = Event(
        kind="delete" if deleted else "edit" if updated else "message",
        conversation=fields.ident(body, "conversation", "id"),
        message=fields.ident(body, "id"),
        role=role,
        private=private,
        text=None if deleted else _content(body, came),
        at=fields.moment(body, "created_at"),
        author=fields.ident(body, "sender", "id"),
        event=delivery,
        customer=fields.text(body, "sender", "name") if role == "customer" else None,
        assignee=_assignee(fields.at(body, "conversation", "meta")),
        attachments=came,
        echo=fields.at(body, "content_attributes", "steadyhand") is True,
    )
    nothing = event.message is None or (event.text is None and not deleted)
    return [] if nothing else [event]


def _role(body: Json) -> Role:
    """A contact has no `type`; what nobody sent is the system's, and so is whatever is not known."""
    sender = fields.at(body, "sender")
    if not isinstance(sender, dict):
        return "system"
    kind = fields.text(sender, "type")
    match body.get("message_type"), kind:
        case "incoming", None | "contact":
            return "customer"
        case "outgoing", "user":
            return "agent"
        case "outgoing", "agent_bot":
            return "bot"
    return "system"


def _content(body: Json, came: tuple[str, ...]) -> str | None:
    content = fields.text(body, "content")
    if content and fields.text(body, "conversation", "channel") in RENDERED and is_rendered(content):
        content = plain_text(content)
    return attached.words(content, came)


def _files(body: Json) -> tuple[str, ...]:
    """The name of each is the end of its address."""
    told = attached.files(body.get("attachments"), kind="file_type", name="data_url")
    return attached.names(file._replace(name=attached.name_in(file.name)) for file in told)


def _assignee(meta: object) -> str | None:
    """Who has the conversation; a bot that has it is nobody."""
    person = fields.text(meta, "assignee_type") in (None, "User")
    return fields.ident(meta, "assignee", "id") if person else None


def _typing(body: Json, *, on: bool) -> list[Event]:
    conversation = fields.ident(body, "conversation", "id")
    kind = fields.text(body, "user", "type")
    role: Role = "customer" if kind in (None, "contact") else "agent" if kind == "user" else "bot"
    if conversation is None or not isinstance(body.get("user"), dict):
        return []
    return [Event(kind="typing", conversation=conversation, role=role, private=body.get("is_private") is True, on=on)]


def _conversation(body: Json, delivery: str | None, name: str) -> list[Event]:
    """What changed of a conversation; of a new one all of it."""
    conversation = fields.ident(body, "id")
    if conversation is None:
        return []
    changes = fields.items(body, "changed_attributes")
    changed = {key for change in changes if isinstance(change, dict) for key in change}
    new = name == "conversation_created"
    moment = fields.moment(body, "updated_at")
    found: list[Event] = []
    status = fields.text(body, "status")
    if status and (new or name == "conversation_status_changed" or "status" in changed):
        over = OVER.get(status)
        found.append(Event("status", conversation, status=status, resolved=over, at=moment, event=delivery))
    if (new and fields.at(body, "meta", "assignee")) or "assignee_id" in changed:
        who = fields.ident(body, "meta", "assignee", "id")
        found.append(Event("assigned", conversation, assignee=who, at=moment, event=delivery))
    if "label_list" in changed or "cached_label_list" in changed:
        labels = fields.names(fields.items(body, "labels"))
        found.append(Event("label", conversation, labels=labels, at=moment, event=delivery))
    return found
