"""Twilio: webhooks of Conversations, as forms or as events of the stream; the connector names its agents."""

from hashlib import sha256
from urllib.parse import parse_qs, parse_qsl, urlsplit, urlunsplit

from app.chat_tools import attached, fields
from app.chat_tools.event import URL, Event, Headers, Kind, Role, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.signing import base64_of, mac, same, without_time

KINDS: dict[str, Kind] = {
    "onMessageAdded": "message", "onMessageUpdated": "edit", "onMessageRemoved": "delete",
    "com.twilio.conversations.message.added": "message", "com.twilio.conversations.message.updated": "edit",
    "com.twilio.conversations.message.removed": "delete",
}  # fmt: skip
STATES = {"active": False, "inactive": False, "closed": True}
PORTS = {"https": 443, "http": 80}
SHA256 = "algorithm=hmac_sha256"  # in a header of those webhooks that are signed with a shared key


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:  # noqa: ARG001
    """By X-Twilio-Signature: over the address as Twilio called it, with or without its port, and the form's fields."""
    url, signature = headers.get(URL, ""), headers.get("x-twilio-signature")
    digest = "sha256" if SHA256 in headers.get("x-twilio-webhooks-signature-settings", "").lower() else "sha1"
    told = _body_told(url)
    if told is not None and not same(sha256(raw).hexdigest(), told):
        return "bad_signature"
    data = b"" if told is not None else _sorted_fields(raw)
    called = (one.encode("utf-8", "replace") + data for one in _with_and_without_port(url))
    signed = [same(base64_of(mac(secret, one, digest)), signature) for one in called]
    return without_time(any(signed))


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Twilio signs a form that it posts to an address."""
    signature = base64_of(mac(secret, url.encode("utf-8", "replace") + _sorted_fields(raw), "sha1"))
    told = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
    return Signed(told, raw)


def _body_told(url: str) -> str | None:
    try:
        return parse_qs(urlsplit(url).query).get("bodySHA256", [None])[0]
    except ValueError:
        return None


def _sorted_fields(raw: bytes) -> bytes:
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=1_000)
    except ValueError:
        return b""
    return "".join(name + value for name, value in sorted(set(pairs))).encode("utf-8", "replace")


def _with_and_without_port(url: str) -> list[str]:
    """Both, as Twilio is not of one mind."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return [url]
    bare = f"[{host}]" if ":" in host else host
    hosts = [bare, f"{bare}:{port or PORTS.get(parts.scheme, 443)}"]
    return [url, *(urlunsplit(parts._replace(netloc=one)) for one in hosts)]


def parse(headers: Headers, raw: bytes) -> list[Event]:
    """The events of one delivery: a form, or a list of events of the stream."""
    if raw.lstrip()[:1] in (b"[", b"{"):
        return [event for one in _streamed(raw) if (event := _event(*one))]
    form = fields.form_of(raw)
    told = headers.get("i-twilio-idempotency-token")
    event = _event(fields.text(form, "EventType") or "", form, told)
    return [event] if event else []


def _streamed(raw: bytes) -> list[tuple[str, Json, str | None]]:
    """Type, data and id of each event."""
    whole = fields.json_of(b'{"all":' + raw + b"}")
    listed = fields.items(whole, "all") or [whole.get("all")]
    return [
        (fields.text(one, "type") or "", data, fields.ident(one, "id"))
        for one in listed
        if isinstance(data := fields.at(one, "data"), dict)
    ]


def _event(name: str, data: Json, told: str | None) -> Event | None:
    conversation = fields.ident(data, "ConversationSid")
    if conversation is None:
        return None
    if name in KINDS:
        return _message(KINDS[name], data, conversation, told)
    state = fields.text(data, "StateTo") or fields.text(data, "State")
    if name == "onConversationStateUpdated" and state in STATES:
        return Event("status", conversation, status=state, resolved=STATES[state], event=told)
    return None


def _files(data: Json) -> tuple[str, ...]:
    """In a form the media are a list written as JSON."""
    written = fields.text(data, "Media")
    media = data.get("Media") if written is None else fields.json_of(f'{{"all":{written}}}'.encode()).get("all")
    return attached.names(attached.files(media, kind="ContentType", name="Filename"))


def _message(kind: Kind, data: Json, conversation: str, told: str | None) -> Event | None:
    message = fields.ident(data, "MessageSid")
    came = () if kind == "delete" else _files(data)
    words = fields.text(data, "Body")
    words = attached.words(fields.text(data, "MessageBody") if words is None else words, came)
    if message is None or (words is None and kind != "delete"):
        return None
    author = fields.ident(data, "Author")
    role: Role = "system" if author in (None, "system") else "customer"
    return Event(
        kind=kind,
        conversation=conversation,
        message=message,
        role=role,
        text=None if kind == "delete" else words,
        at=fields.moment(data, "DateCreated"),
        author=author,
        event=told,
        attachments=came,
    )
