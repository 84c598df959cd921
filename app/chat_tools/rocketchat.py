"""Rocket.Chat Omnichannel: one webhook of the workspace, a plain token, and whole transcripts with some events."""

from app.chat_tools import attached, fields
from app.chat_tools.event import Event, Headers, Signed, Verdict
from app.chat_tools.fields import Json
from app.chat_tools.signing import same, without_time

SPOKEN = ("Message", "LivechatSessionStart", "LivechatSession", "LivechatSessionTaken", "LivechatSessionForwarded",
          "LivechatSessionQueued", "LivechatEdit")  # fmt: skip


def verify(headers: Headers, raw: bytes, secret: str, now: float) -> Verdict:  # noqa: ARG001
    """By X-RocketChat-Livechat-Token."""
    return without_time(same(secret, headers.get("x-rocketchat-livechat-token")))


def sign(raw: bytes, secret: str, now: float, url: str) -> Signed:  # noqa: ARG001
    """As Rocket.Chat does."""
    return Signed({"x-rocketchat-livechat-token": secret}, raw)


def parse(headers: Headers, raw: bytes) -> list[Event]:  # noqa: ARG001
    """The events of one delivery; what was told before comes again and is known by its id."""
    body = fields.json_of(raw)
    room, kind = fields.ident(body, "_id"), fields.text(body, "type")
    if room is None or kind not in SPOKEN:
        return []
    found = [event for one in fields.items(body, "messages") if (event := _message(body, room, one))]
    if kind in ("LivechatSessionTaken", "LivechatSessionForwarded"):
        found.append(Event("assigned", room, assignee=_assignee(body)))
    if kind == "LivechatSession":
        found.append(
            Event("status", room, status="closed", resolved=True, at=fields.moment(body, "closedAt")),
        )
    return found


def _message(body: Json, room: str, one: object) -> Event | None:
    """It is an agent's where `agentId` is there, and the customer's where it was the visitor who wrote it."""
    message, words = fields.ident(one, "_id"), fields.text(one, "msg")
    came = attached.names(attached.files([fields.at(one, "file")], kind="type", name="name"))
    if message is None or not (words or came) or fields.at(one, "navigation") is not None:
        return None
    agent, visitor = fields.ident(one, "agentId"), fields.ident(body, "visitor", "username")
    wrote = fields.ident(one, "username")
    closing = fields.at(one, "closingMessage") is True
    by_visitor = agent is None and (visitor is None or wrote in (None, visitor))
    edited = fields.at(one, "editedAt") is not None
    return Event(
        kind="edit" if edited else "message",
        conversation=room,
        message=message,
        role="system" if closing else "agent" if agent else "customer" if by_visitor else "system",
        text=attached.words(words, came),
        at=fields.moment(one, "ts"),
        author=wrote,
        customer=fields.text(body, "visitor", "name") if by_visitor else None,
        assignee=_assignee(body),
        attachments=came,
    )


def _assignee(body: Json) -> str | None:
    return fields.ident(body, "servedBy", "username") or fields.ident(body, "agent", "username")
