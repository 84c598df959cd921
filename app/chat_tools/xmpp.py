"""XMPP: stanzas as a component or a bot hands them on, `{"stanza": "<message …>"}`, signed by Standard Webhooks.

The one that hands them on is the agent's session or a component: what came in is the customer's, a carbon of what was
sent is the agent's. Stanzas have no document type (RFC 6120, 11.1), so that one that has is refused unread.
"""

import xml.etree.ElementTree as ET

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Role

FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
SENT = "{urn:xmpp:carbons:2}sent/{urn:xmpp:forward:0}forwarded"
RECEIVED = "{urn:xmpp:carbons:2}received/{urn:xmpp:forward:0}forwarded"
STATES = "{http://jabber.org/protocol/chatstates}"
REPLACE = "{urn:xmpp:message-correct:0}replace"
RETRACT = "{urn:xmpp:message-retract:1}retract"
ORIGIN, ARCHIVED = "{urn:xmpp:sid:0}origin-id", "{urn:xmpp:sid:0}stanza-id"
FILE = "{jabber:x:oob}x/{jabber:x:oob}url"
DELAY = "{urn:xmpp:delay}delay"


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one stanza."""
    outer = _read(fields.text(fields.json_of(raw), "stanza") or "")
    if outer is None:
        return []
    sent, received = outer.find(SENT), outer.find(RECEIVED)
    forwarded = sent if sent is not None else received
    if forwarded is None:
        return _events(outer, outer.find(DELAY), ours=False)
    if _bare(outer.get("from")) != _bare(outer.get("to")):
        return []  # a carbon from anybody but one's own server is a forgery
    inner = _child(forwarded, "message")
    return [] if inner is None else _events(inner, forwarded.find(DELAY), ours=sent is not None)


def _read(stanza: str) -> ET.Element | None:
    if any(word in stanza for word in FORBIDDEN):
        return None
    try:
        found = ET.fromstring(stanza)  # noqa: S314 - what could expand has just been refused
    except (ET.ParseError, ValueError, RecursionError):
        return None
    return found if _name(found) == "message" else None


def _events(message: ET.Element, delay: ET.Element | None, *, ours: bool) -> list[Event]:
    other = message.get("to") if ours else message.get("from")
    conversation = _bare(other)
    if not conversation or message.get("type") == "error":
        return []
    role: Role = "agent" if ours else "customer"
    body = _child(message, "body")
    retract, replace = message.find(RETRACT), message.find(REPLACE)
    message_id = _message_id(message)
    if retract is not None and retract.get("id"):
        return [Event("delete", conversation, retract.get("id"), role)]
    words, came = _said(message, body.text if body is not None else None)
    if (words or came) and message_id:
        edited = replace.get("id") if replace is not None else None
        return [
            Event(
                kind="edit" if edited else "message",
                conversation=conversation,
                message=edited or message_id,
                role=role,
                text=words,
                at=fields.moment(delay.get("stamp")) if delay is not None else None,
                author=_bare(message.get("from")),
                assignee=_bare(message.get("from" if ours else "to")) or None,
                event=_archived(message),
                attachments=came,
            )
        ]
    return _typing(message, conversation, role) if delay is None else []


def _said(message: ET.Element, body: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Text and file. A file comes as its address, which stands in the body too, for those who know no files."""
    address = (message.findtext(FILE) or "").strip()
    if not address:
        return body, ()
    came = attached.names([attached.File(None, attached.name_in(address))])
    return attached.words("" if (body or "").strip() == address else body, came), came


def _message_id(message: ET.Element) -> str | None:
    """The sender's: a correction names it by this one."""
    origin = message.find(ORIGIN)
    return (origin.get("id") if origin is not None else None) or message.get("id") or _archived(message)


def _archived(message: ET.Element) -> str | None:
    """The id in one's own archive: one that a stranger put there does not count."""
    own = _bare(message.get("to"))
    return next((one.get("id") for one in message.findall(ARCHIVED) if _bare(one.get("by")) == own), None)


def _typing(message: ET.Element, conversation: str, role: Role) -> list[Event]:
    state = next((child.tag.removeprefix(STATES) for child in message if child.tag.startswith(STATES)), None)
    if state not in ("composing", "paused", "inactive", "gone"):
        return []
    return [Event("typing", conversation, role=role, on=state == "composing")]


def _bare(jid: str | None) -> str:
    """Without the device; in small letters, as one address may be written either way (RFC 7622, 3.2 and 3.3)."""
    return (jid or "").partition("/")[0].lower()


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: ET.Element, name: str) -> ET.Element | None:
    return next((child for child in element if _name(child) == name), None)
