"""Chatwoot's REST API: what we write beside a conversation, and what its webhooks missed.

Chatwoot sends an account's webhooks once and never again, so that what happened while we were away has to be asked for.
It replaces labels and attributes as a whole: they are read first, and written with ours among them. A note that is
there already is not written twice, as one may be after a crash.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from app.chat_tools import chatwoot, fields
from app.chat_tools.event import Event
from app.chat_tools.fields import Json
from app.chat_tools.talk import LABELS, SCORE, Account, Api, Ask, Method, Talk

MOST_PAGES = 40  # of 25 conversations, and of 20 messages of one of them
WORDS = {0: "incoming", 1: "outgoing", 2: "activity", 3: "template"}  # REST counts what webhooks name
URGENT = "urgent"


def _ask(account: Account, method: Method, place: str, body: Any = None) -> Ask:
    base = f"{account.base}/api/v1/accounts/{quote(account.id, safe='')}"
    return Ask(method, f"{base}/{place}", {"api_access_token": account.token}, body)


def _of(conversation: str, place: str = "") -> str:
    return f"conversations/{quote(conversation, safe='')}{place}"


def problem(account: Account) -> str | None:
    """An account without a number cannot be called."""
    return None if account.id.isdecimal() else "--account is missing: the number in /app/accounts/NUMBER/ of Chatwoot"


def me(account: Account) -> Talk[tuple[str, str]]:
    """The user of the token."""
    there = yield Ask("GET", f"{account.base}/api/v1/profile", {"api_access_token": account.token})
    return fields.ident(there.body, "id") or "", fields.text(there.body, "name") or ""


def note(account: Account, conversation: str, text: str) -> Talk[None]:
    """A private note, unless the newest messages hold it already."""
    there = yield _ask(account, "GET", _of(conversation, "/messages"))
    kept = fields.items(there.body, "payload")
    if any(fields.at(one, "private") is True and fields.text(one, "content") == text for one in kept):
        return
    marked = {"content": text, "message_type": "outgoing", "private": True, "content_attributes": {"steadyhand": True}}
    yield _ask(account, "POST", _of(conversation, "/messages"), marked)


def label(account: Account, conversation: str, wanted: str | None) -> Talk[None]:
    """One label of ours, or none, among all that people have set."""
    there = yield _ask(account, "GET", _of(conversation, "/labels"))
    before = fields.names(fields.items(there.body, "payload"))
    after = [name for name in before if name not in LABELS.values()] + ([wanted] if wanted else [])
    if sorted(after) != sorted(before):
        yield _ask(account, "POST", _of(conversation, "/labels"), {"labels": after})


def score(account: Account, conversation: str, value: int) -> Talk[None]:
    """The tension among the conversation's attributes."""
    there = yield _ask(account, "GET", _of(conversation))
    before = fields.at(there.body, "custom_attributes")
    after = {**(before if isinstance(before, dict) else {}), SCORE: value}
    if after != before:
        yield _ask(account, "POST", _of(conversation, "/custom_attributes"), {"custom_attributes": after})


def assign(account: Account, conversation: str, agent: str) -> Talk[None]:
    """Give a conversation to an agent, by her number there."""
    yield _ask(
        account, "POST", _of(conversation, "/assignments"), {"assignee_id": int(agent) if agent.isdecimal() else agent}
    )


def priority(account: Account, conversation: str) -> Talk[None]:
    """Urgent; what it was before is for people to put back."""
    there = yield _ask(account, "GET", _of(conversation))
    if fields.at(there.body, "priority") != URGENT:
        yield _ask(account, "POST", _of(conversation, "/toggle_priority"), {"priority": URGENT})


def missed(account: Account, since: datetime) -> Talk[list[Event]]:
    """Every message since then, the conversations with the newest ones first."""
    found: list[Event] = []
    for page in range(1, MOST_PAGES + 1):
        query = f"conversations?status=all&assignee_type=all&sort_by=last_activity_at_desc&page={page}"
        there = yield _ask(account, "GET", query)
        listed = fields.items(there.body, "data", "payload")
        recent = [one for one in listed if _active(one, since)]
        for conversation in recent:
            found += yield from _messages(account, conversation, since)
        if len(recent) < len(listed) or not listed:
            break
    return found


def _active(conversation: Any, since: datetime) -> bool:
    last = fields.moment(conversation, "last_activity_at") or fields.moment(conversation, "timestamp")
    return last is not None and last >= since


def _messages(account: Account, conversation: Json, since: datetime) -> Talk[list[Event]]:
    """Those of one conversation: Chatwoot gives the newest, and those before a message's number."""
    name, found, before = fields.ident(conversation, "id"), list[Event](), ""
    if name is None:
        return found
    for _ in range(MOST_PAGES):
        there = yield _ask(account, "GET", _of(name, f"/messages{before}"))
        page = fields.items(there.body, "payload")
        recent = [one for one in page if (fields.moment(one, "created_at") or since) >= since]
        found += [event for one in recent for event in _told(one, conversation)]
        numbers = [number for one in page if isinstance(number := fields.at(one, "id"), int)]
        if len(recent) < len(page) or not numbers:
            break
        before = f"?before={min(numbers)}"
    return found


def _told(message: Any, conversation: Json) -> Iterator[Event]:
    """The message as its webhook would have told it."""
    if not isinstance(message, dict):
        return
    of_it = {
        "id": conversation.get("id"),
        "channel": fields.at(conversation, "meta", "channel"),
        "meta": conversation.get("meta"),
    }
    sender = message.get("sender") or _sender(message, conversation)
    whole = {
        **message,
        "message_type": WORDS.get(message.get("message_type", -1)),
        "conversation": of_it,
        "sender": sender,
    }
    yield from chatwoot.said(whole)


def _sender(message: Json, conversation: Json) -> Json | None:
    """Who wrote a message whose sender is told by a number only; of an incoming one the contact."""
    if message.get("message_type") == 0:
        contact = fields.at(conversation, "meta", "sender")
        return {"id": fields.at(contact, "id"), "name": fields.at(contact, "name")}
    kind = {"User": "user", "AgentBot": "agent_bot"}.get(str(message.get("sender_type")))
    return {"id": message.get("sender_id"), "type": kind} if kind else None


API = Api(missed=missed, note=note, label=label, score=score, assign=assign, priority=priority, me=me, problem=problem)
