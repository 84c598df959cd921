"""Any other tool, by Standard Webhooks: our own normalised events, or messages as the ingest call takes them."""

import base64
import binascii
from datetime import UTC, datetime
from math import floor

from standardwebhooks import Webhook

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Kind, Role, Signed, Verdict
from app.chat_tools.signing import same, seconds, verdict

KINDS: tuple[Kind, ...] = ("message", "edit", "delete", "typing", "status", "assigned", "label")
ROLES: tuple[Role, ...] = ("customer", "agent", "bot", "system")
PREFIX = "whsec_"
LEAST = 24  # bytes of a key, as the standard has it


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:
    """By `webhook-id`, `webhook-timestamp` and `webhook-signature`, which may hold several."""
    sent = seconds(headers.get("webhook-timestamp"))
    found = _signature(headers.get("webhook-id", ""), sent, raw, secret)
    given = headers.get("webhook-signature", "").split(" ")
    signed = any(same(found or "", one) for one in given[:20])
    return verdict(signed=signed, sent=sent, now=now)


def _signature(message: str, sent: float | None, raw: bytes, secret: str) -> str | None:
    """As the library makes it, whose own check would read the clock. None where nothing can be signed."""
    key = _key(secret)
    if not (message and key and sent is not None):
        return None
    try:
        return Webhook(key).sign(message, datetime.fromtimestamp(floor(sent), UTC), raw.decode())
    except (ValueError, OverflowError, OSError):  # a body that is no text, a time that is none
        return None


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX) + "==")
    except ValueError:
        return b""


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As a sender does; the id is made of time and body."""
    message = f"msg_{int(now)}_{binascii.crc32(raw):08x}"
    signature = _signature(message, now, raw, secret) or ""
    told = {"webhook-id": message, "webhook-timestamp": str(int(now)), "webhook-signature": signature}
    return Signed(told, raw)


def problem_of_secret(secret: str) -> str | None:
    """What is wrong with a key."""
    length = len(_key(secret))
    if not secret.startswith(PREFIX) or not length:
        return f"the secret must be '{PREFIX}' and a key in base64"
    return None if length >= LEAST else f"the key has {length} bytes; {LEAST} or more are needed"


def parse(headers: Headers, raw: bytes) -> list[Event]:
    """One event, or a list of them under `events`, or of messages under `messages`."""
    body = fields.json_of(raw)
    delivery = headers.get("webhook-id")
    if isinstance(body.get("messages"), list):
        listed = [{"kind": "message", **one} for one in body["messages"] if isinstance(one, dict)]
    elif isinstance(body.get("events"), list):
        listed = body["events"]
    else:
        listed = [body]
    found = (_event(one, f"{delivery}-{place}") for place, one in enumerate(listed))
    return [event for event in found if event]


def _event(one: object, delivery: str) -> Event | None:
    kind = next((kind for kind in KINDS if kind == fields.text(one, "kind")), None)
    conversation = fields.ident(one, "conversation")
    if kind is None or conversation is None:
        return None
    message = fields.ident(one, "message") or fields.ident(one, "id")
    told_files = fields.names(fields.items(one, "attachments"))
    came = attached.names(attached.File(None, attached.name_in(name)) for name in told_files)
    words = attached.words(fields.text(one, "text"), came)
    if kind in ("message", "edit", "delete") and (message is None or (words is None and kind != "delete")):
        return None
    told = fields.text(one, "role")
    on, resolved = fields.at(one, "on"), fields.at(one, "resolved")
    return Event(
        kind=kind,
        conversation=conversation,
        message=message,
        role=next((role for role in ROLES if role == told), "agent" if told == "note" else "system"),
        private=told == "note" or fields.at(one, "private") not in (None, False),
        text=None if kind == "delete" else words,
        at=fields.moment(one, "at"),
        author=fields.ident(one, "author"),
        event=fields.ident(one, "event") or delivery,
        on=on is True if kind == "typing" else None,
        status=fields.text(one, "status"),
        resolved=resolved if isinstance(resolved, bool) else None,
        assignee=fields.ident(one, "assignee"),
        labels=fields.names(fields.items(one, "labels")) if kind == "label" else None,
        customer=fields.text(one, "customer"),
        attachments=() if kind == "delete" else came,
    )
