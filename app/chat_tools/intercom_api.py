"""Intercom's conversation API, as the admin whose number is the account's."""

from typing import Any
from urllib.parse import quote

from app.chat_tools import fields
from app.chat_tools.talk import SCORE, Account, Api, Ask, Method, Talk


def _ask(account: Account, method: Method, conversation: str, place: str, body: Any) -> Ask:
    url = f"{account.base}/conversations/{quote(conversation, safe='')}{place}"
    return Ask(method, url, {"authorization": f"Bearer {account.token}"}, body)


def me(account: Account) -> Talk[tuple[str, str]]:
    """The admin of the token."""
    there = yield Ask("GET", f"{account.base}/me", {"authorization": f"Bearer {account.token}"})
    return fields.ident(there.body, "id") or "", fields.text(there.body, "name") or ""


def problem(account: Account) -> str | None:
    """Notes and assignments are some admin's."""
    return None if account.id else "--account is missing: the number of the admin as whom notes are written"


def note(account: Account, conversation: str, text: str) -> Talk[None]:
    """A note of that admin."""
    body = {"message_type": "note", "type": "admin", "admin_id": account.id, "body": text}
    yield _ask(account, "POST", conversation, "/reply", body)


def score(account: Account, conversation: str, value: int) -> Talk[None]:
    """The tension as one attribute; Intercom leaves the others alone."""
    yield _ask(account, "PUT", conversation, "", {"custom_attributes": {SCORE: value}})


def assign(account: Account, conversation: str, agent: str) -> Talk[None]:
    """Give a conversation to an admin."""
    body = {"message_type": "assignment", "type": "admin", "admin_id": account.id, "assignee_id": agent}
    yield _ask(account, "POST", conversation, "/parts", body)


API = Api(note=note, score=score, assign=assign, me=me, problem=problem)
