"""Zendesk's ticket API. Tags are added and taken away by themselves, so that nothing has to be read first."""

from base64 import b64encode
from typing import Any
from urllib.parse import quote

from app.chat_tools import fields
from app.chat_tools.talk import LABELS, Account, Api, Ask, Method, Talk


def _by(account: Account) -> dict[str, str]:
    """As `ADDRESS/token:KEY` by an API token, or by a token of OAuth."""
    key = b64encode(account.token.encode()).decode()
    return {"authorization": f"Basic {key}" if ":" in account.token else f"Bearer {account.token}"}


def _ask(account: Account, method: Method, ticket: str, place: str, body: Any) -> Ask:
    url = f"{account.base}/api/v2/tickets/{quote(ticket, safe='')}{place}.json"
    return Ask(method, url, _by(account), body)


def me(account: Account) -> Talk[tuple[str, str]]:
    """The user of the token."""
    there = yield Ask("GET", f"{account.base}/api/v2/users/me.json", _by(account))
    return fields.ident(there.body, "user", "id") or "", fields.text(there.body, "user", "name") or ""


def note(account: Account, conversation: str, text: str) -> Talk[None]:
    """An internal note."""
    yield _ask(account, "PUT", conversation, "", {"ticket": {"comment": {"body": text, "public": False}}})


def label(account: Account, conversation: str, wanted: str | None) -> Talk[None]:
    """A tag of ours, or none."""
    others = [name for name in LABELS.values() if name != wanted]
    yield _ask(account, "DELETE", conversation, "/tags", {"tags": others})
    if wanted:
        yield _ask(account, "PUT", conversation, "", {"ticket": {"additional_tags": [wanted]}})


def assign(account: Account, conversation: str, agent: str) -> Talk[None]:
    """Give a ticket to an agent, by her number."""
    yield _ask(account, "PUT", conversation, "", {"ticket": {"assignee_id": agent}})


def priority(account: Account, conversation: str) -> Talk[None]:
    """Urgent."""
    yield _ask(account, "PUT", conversation, "", {"ticket": {"priority": "urgent"}})


API = Api(note=note, label=label, assign=assign, priority=priority, me=me)
