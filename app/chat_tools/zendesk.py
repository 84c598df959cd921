"""Zendesk: event webhooks of Support and messaging, signed; deliveries of Sunshine Conversations come in here too."""

from app.chat_tools import attached, fields, sunshine
from app.chat_tools.event import Event, Headers, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.signing import base64_of, mac, same, verdict

ACTORS: dict[str, Role] = {"end_user": "customer", "agent": "agent", "admin": "agent", "bot": "bot"}
OVER = {"SOLVED": True, "CLOSED": True, "NEW": False, "OPEN": False, "PENDING": False, "HOLD": False}


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:
    """By X-Zendesk-Webhook-Signature; the secret is used as it is shown, not decoded."""
    if "x-zendesk-webhook-signature" not in headers:
        return sunshine.verify(headers, raw, secret, now)
    sent = headers.get("x-zendesk-webhook-signature-timestamp", "")
    signed = same(_signature(sent, raw, secret), headers.get("x-zendesk-webhook-signature"))
    moment = fields.moment(sent)
    return verdict(signed=signed, sent=moment.timestamp() if moment else None, now=now)


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Zendesk does."""
    moment = fields.moment(int(now))
    sent = moment.isoformat().replace("+00:00", "Z") if moment else ""
    signature = _signature(sent, raw, secret)
    return Signed(
        {"x-zendesk-webhook-signature-timestamp": sent, "x-zendesk-webhook-signature": signature},
        raw,
    )


def _signature(sent: str, raw: bytes, secret: str) -> str:
    return base64_of(mac(secret, sent.encode("utf-8", "replace") + raw))


def parse(headers: Headers, raw: bytes) -> list[Event]:
    """The events of one delivery."""
    body = fields.json_of(raw)
    if isinstance(body.get("events"), list):
        return sunshine.parse(headers, raw)
    ticket = fields.ident(body, "detail", "id") or _subject(body)
    if ticket is None:
        return []
    match (fields.text(body, "type") or "").removeprefix("zen:event-type:"):
        case "messaging_ticket.message_added":
            return _message(body, ticket)
        case "ticket.comment_added":
            return _comment(body, ticket)
    return _changed(body, ticket)


def _changed(body: Json, ticket: str) -> list[Event]:
    """What changed of a ticket."""
    match (fields.text(body, "type") or "").rpartition(".")[2]:
        case "status_changed":
            return _status(body, ticket)
        case "agent_assignment_changed":
            who = fields.ident(body, "event", "current") or fields.ident(body, "detail", "assignee_id")
            return [Event("assigned", ticket, assignee=who, **_of(body))]
    return []


def _subject(body: Json) -> str | None:
    return (fields.text(body, "subject") or "").rpartition(":")[2] or None


def _of(body: Json) -> Json:
    """What every event has: when, and the id that is the same in every retry."""
    return {"at": fields.moment(body, "time"), "event": fields.ident(body, "id")}


def _message(body: Json, ticket: str) -> list[Event]:
    message, (words, came) = fields.ident(body, "event", "message", "id"), _words(fields.at(body, "event", "message"))
    if message is None or words is None:
        return []
    role = ACTORS.get(fields.text(body, "event", "actor", "type") or "", "system")
    name = fields.text(body, "event", "actor", "name") if role == "customer" else None
    told: Json = {"author": fields.ident(body, "event", "actor", "id"), "customer": name, "attachments": came}
    private = fields.at(body, "event", "message", "is_public") is False
    return [Event("message", ticket, message, role, private, words, **told, **_of(body))]


def _comment(body: Json, ticket: str) -> list[Event]:
    """A comment that does not say that it is public is taken for a note."""
    comment = fields.at(body, "event", "comment")
    message, (words, came) = fields.ident(comment, "id"), _words(comment)
    if message is None or words is None:
        return []
    staff = fields.at(comment, "author", "is_staff")
    role: Role = "agent" if staff is True else "customer" if staff is False else "system"
    name = fields.text(comment, "author", "name") if role == "customer" else None
    private = fields.at(comment, "is_public") is not True
    told: Json = {"author": fields.ident(comment, "author", "id"), "customer": name, "attachments": came}
    told["assignee"] = fields.ident(body, "detail", "assignee_id")
    return [Event("message", ticket, message, role, private, words, **told, **_of(body))]


def _words(said: object) -> tuple[str | None, tuple[str, ...]]:
    """Its text and its files; in most deliveries the files are not told, only that there are no words."""
    text = fields.text(said, "body")
    came = attached.names(attached.files(fields.at(said, "attachments"), kind="content_type", name="filename"))
    if text is not None and not text.strip():
        came = came or attached.SOMETHING
    return attached.words(text, came), came


def _status(body: Json, ticket: str) -> list[Event]:
    status = fields.text(body, "event", "current") or fields.text(body, "detail", "status")
    if not status:
        return []
    return [Event("status", ticket, status=status.lower(), resolved=OVER.get(status.upper()), **_of(body))]
