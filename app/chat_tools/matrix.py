"""Matrix: transactions of an application service. A room is a conversation; the connector names its agents."""

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Role, Signed, Verdict
from app.chat_tools.signing import same, without_time

TEXTS = ("m.text", "m.emote")
FILES = ("m.image", "m.video", "m.audio", "m.file", "m.location")
STABLE, UNSTABLE = "ephemeral", "de.sorunome.msc2409.ephemeral"  # older servers send only the second


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:  # noqa: ARG001
    """By the `hs_token` that the server bears."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return without_time(scheme.lower() == "bearer" and same(secret, token.strip()))


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As a homeserver does."""
    return Signed({"authorization": f"Bearer {secret}"}, raw)


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one transaction."""
    body = fields.json_of(raw)
    found = [_event(one) for one in fields.items(body, "events")]
    passing = fields.items(body, STABLE) if STABLE in body else fields.items(body, UNSTABLE)
    return [event for event in found if event] + [event for one in passing for event in _typing(one)]


def _event(one: object) -> Event | None:
    room, event = fields.ident(one, "room_id"), fields.ident(one, "event_id")
    if room is None or event is None or fields.at(one, "state_key") is not None:
        return None
    match fields.text(one, "type"):
        case "m.room.message":
            return _message(one, room, event)
        case "m.room.redaction":
            redacted = fields.ident(one, "redacts") or fields.ident(one, "content", "redacts")
            at = fields.moment(one, "origin_server_ts")
            return Event("delete", room, redacted, at=at, event=event) if redacted else None
    return None


def _message(one: object, room: str, event: str) -> Event | None:
    """A replacement has the new words apart; a notice is what bots say."""
    content = fields.at(one, "content")
    relation = fields.at(content, "m.relates_to")
    edited = fields.ident(relation, "event_id") if fields.text(relation, "rel_type") == "m.replace" else None
    said = fields.at(content, "m.new_content") if edited else content
    kind, words, sender = fields.text(said, "msgtype"), fields.text(said, "body"), fields.ident(one, "sender")
    if words is None or sender is None or kind not in (*TEXTS, *FILES, "m.notice"):
        return None
    words, came = _files(said, kind, words) if kind in FILES else (words, ())
    role: Role = "bot" if kind == "m.notice" else "customer"
    return Event(
        kind="edit" if edited else "message",
        conversation=room,
        message=edited or event,
        role=role,
        text=_without_quote(words) if fields.at(relation, "m.in_reply_to") else words,
        at=fields.moment(one, "origin_server_ts"),
        author=sender,
        event=event,
        attachments=came,
    )


def _files(said: object, kind: str, body: str) -> tuple[str, tuple[str, ...]]:
    """The body is the file's name, unless that stands beside it; then it is what was written under it."""
    name = fields.text(said, "filename")
    return body if name and name != body else "", attached.names([attached.File(kind, name or body)])


def _without_quote(words: str) -> str:
    """A reply's own words: older clients put what is answered before them, each line behind `> `."""
    lines = words.splitlines()
    own = next((place for place, line in enumerate(lines) if not line.startswith("> ")), len(lines))
    return "\n".join(lines[own:]).strip() or words


def _typing(one: object) -> list[Event]:
    """The set is whole: an empty one says that everybody has stopped."""
    room = fields.ident(one, "room_id")
    if fields.text(one, "type") != "m.typing" or room is None:
        return []
    users = fields.names(fields.items(one, "content", "user_ids"))
    if not users:
        return [Event("typing", room, role="customer", on=False), Event("typing", room, role="agent", on=False)]
    return [Event("typing", room, role="customer", author=user, on=True) for user in users]
