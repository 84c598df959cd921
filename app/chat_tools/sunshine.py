"""Sunshine Conversations, the messaging under Zendesk: several events a delivery, and a shared key in a header."""

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Role, Signed, Verdict
from app.chat_tools.plain import plain_text
from app.chat_tools.signing import same, without_time

AGENTS = ("zd:agentWorkspace", "zd:support")  # sources behind which a person of the business writes
FILES = ("image", "file", "location")  # kinds of content that may have no text


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:  # noqa: ARG001
    """By X-API-Key, which is the webhook's secret itself."""
    return without_time(same(secret, headers.get("x-api-key")))


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Sunshine does."""
    return Signed({"x-api-key": secret}, raw)


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one delivery."""
    found = (_event(one) for one in fields.items(fields.json_of(raw), "events"))
    return [event for event in found if event]


def _event(one: object) -> Event | None:
    conversation = fields.ident(one, "payload", "conversation", "id")
    if conversation is None:
        return None
    match fields.text(one, "type"):
        case "conversation:message":
            return _message(one, conversation)
        case "conversation:typing":
            return _typing(one, conversation)
    return None


def _message(one: object, conversation: str) -> Event | None:
    message = fields.at(one, "payload", "message")
    came, message_id = _files(fields.at(message, "content")), fields.ident(message, "id")
    words = attached.words(_text(fields.at(message, "content")), came)
    if words is None or message_id is None:
        return None
    role = _role(message)
    return Event(
        kind="message",
        conversation=conversation,
        message=message_id,
        role=role,
        text=words,
        at=fields.moment(message, "received") or fields.moment(one, "createdAt"),
        author=fields.ident(message, "author", "userId"),
        event=fields.ident(one, "id"),
        customer=fields.text(message, "author", "displayName") if role == "customer" else None,
        attachments=came,
    )


def _text(content: object) -> str | None:
    """A business may write HTML or Markdown in the place of text."""
    html = fields.text(content, "htmlText")
    written = plain_text(html) if html else fields.text(content, "markdownText")
    text = fields.text(content, "text")
    return text or written or text


def _files(content: object) -> tuple[str, ...]:
    """An image's or a file's other text is its name, unless somebody gave it another one."""
    kind = fields.text(content, "type")
    return attached.names([attached.File(kind, fields.text(content, "altText"))]) if kind in FILES else ()


def _role(message: object) -> Role:
    match fields.text(message, "author", "type"):
        case "user":
            return "customer"
        case "business":
            return "agent" if fields.text(message, "source", "type") in AGENTS else "bot"
    return "system"


def _typing(one: object, conversation: str) -> Event | None:
    activity = fields.at(one, "payload", "activity")
    kind = fields.text(activity, "type")
    if kind not in ("typing:start", "typing:stop"):
        return None
    role: Role = "customer" if fields.text(activity, "author", "type") == "user" else "agent"
    return Event("typing", conversation, role=role, on=kind == "typing:start")
