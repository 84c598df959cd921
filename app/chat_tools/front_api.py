"""Front's core API: the whole of a message of which a webhook gives a preview, comments and assignments."""

from typing import Any
from urllib.parse import quote

from app.chat_tools import fields
from app.chat_tools.talk import Account, Api, Ask, Method, Talk


def _ask(account: Account, method: Method, place: str, body: Any = None) -> Ask:
    return Ask(method, f"{account.base}/{place}", {"authorization": f"Bearer {account.token}"}, body)


def me(account: Account) -> Talk[tuple[str, str]]:
    """The company of the token."""
    there = yield _ask(account, "GET", "me")
    return fields.ident(there.body, "id") or "", fields.text(there.body, "name") or ""


def fetch(account: Account, message: str) -> Talk[str | None]:
    """The whole text of a message, which Front has without marks too; None where it has none."""
    there = yield _ask(account, "GET", f"messages/{quote(message, safe='')}")
    return fields.text(there.body, "text")


def note(account: Account, conversation: str, text: str) -> Talk[None]:
    """A comment, unless the newest ones hold it already."""
    place = f"conversations/{quote(conversation, safe='')}/comments"
    there = yield _ask(account, "GET", place)
    if not any(fields.text(one, "body") == text for one in fields.items(there.body, "_results")):
        yield _ask(account, "POST", place, {"body": text})


def assign(account: Account, conversation: str, agent: str) -> Talk[None]:
    """Give a conversation to a teammate."""
    yield _ask(account, "PUT", f"conversations/{quote(conversation, safe='')}/assignee", {"assignee_id": agent})


API = Api(fetch=fetch, note=note, assign=assign, me=me)
