"""How one event of a chat tool is told to its conversation; each answer is one word, for counting."""

from collections import OrderedDict
from hashlib import sha256
from typing import Any, ClassVar

from app.connectors import Connector
from app.conversations import Conversations
from app.errors import Refused
from app.models import ActionIn, ConversationIn, Customer, MessageIn
from app.store.inbox_rows import Delivery
from app.store.rows import Store
from app.written import is_ours
from assist.message import MAX_ID, MAX_TEXT

KNOWN = 20_000  # of conversations it is remembered that their customer, or their agent, has been told
OWN_IDS = ("generic", "agent-assist")  # tools of hosts that know our agents by the subjects of their tokens


class Telling:
    """Tells. Raises `Refused` and `StoreError` for what could not be told.

    A conversation whose name begins with the connector's is its own, also after people moved it to another team: an
    `ingest` principal of the first team could not tell it the customer's next word.
    """

    DONE: ClassVar = frozenset(
        {"heard", "repeat", "edited", "deleted", "assigned", "resolved", "reopened", "noted", "echo"}
    )

    def __init__(self, store: Store, conversations: Conversations) -> None:
        self._store = store
        self._conversations = conversations
        self._known: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    async def tell(self, connector: Connector, delivery: Delivery) -> str:
        """Tell one event; what it came to."""
        event = delivery.body
        if aside := next((word for word in ("echo", "needs_fetch") if event.get(word)), None):
            return aside
        by_kind = {
            "message": self._message,
            "edit": self._edit,
            "delete": self._delete,
            "assigned": self._assign,
            "status": self._status,
        }
        tell = by_kind.get(event["kind"])
        return await tell(connector, delivery.conversation, event) if tell else "noted"

    async def _message(self, connector: Connector, conversation: str, event: Any) -> str:
        words, came = said(event), event.get("attachments", [])
        if not (words or came):
            return "empty_text"
        role = "note" if event["private"] else event["role"] or "system"
        if role == "note" and await self._is_ours(connector, conversation, words):
            return "echo"
        await self._introduce(connector, conversation, event)
        incoming = MessageIn(id=fitted(event["message"]), role=role, text=words, at=event["at"], attachments=came)
        receipt = await self._conversations.hear(connector.principal("admin"), conversation, incoming)
        return "repeat" if receipt.duplicate else "heard"

    async def _is_ours(self, connector: Connector, conversation: str, words: str) -> bool:
        return "note" in connector.writes and await is_ours(self._store, connector.tenant, conversation, words)

    async def _introduce(self, connector: Connector, conversation: str, event: Any) -> None:
        """Tell the customer's name, the agent and the channel: each once, and only where nobody has told it yet.

        Who has the conversation in the tool is what people there had decided by then; what they decide later comes
        as an event of its own, and what people decided here stands.
        """
        customer, agent = event.get("customer"), self._agent(connector, event.get("assignee"))
        keys = [
            (connector.tenant, conversation, what) for what, who in (("customer", customer), ("agent", agent)) if who
        ]
        if all(key in self._known for key in keys):
            return
        row = await self._store.conversation(connector.tenant, conversation)
        told = ConversationIn(
            customer=_named(customer) if row is None or row.customer_name is None else None,
            agent=fitted(agent) if agent and (row is None or row.agent is None) else None,
            channel=connector.tool if row is None or row.channel is None else None,
        )
        if told.customer or told.agent:
            await self._conversations.put(connector.principal("admin"), conversation, told)
        self._known |= dict.fromkeys(keys)
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)

    async def _edit(self, connector: Connector, conversation: str, event: Any) -> str:
        """An edit of what was never heard is the message, which is then known when it comes late."""
        words = said(event)
        if not words:
            return await self._message(connector, conversation, event)
        try:
            await self._conversations.revise(
                connector.principal("admin"), conversation, fitted(event["message"]), words
            )
        except Refused as refused:
            if refused.code != "not_found":
                raise
            return await self._message(connector, conversation, event)
        return "edited"

    async def _delete(self, connector: Connector, conversation: str, event: Any) -> str:
        try:
            await self._conversations.revise(connector.principal("admin"), conversation, fitted(event["message"]), None)
        except Refused as refused:
            if refused.code != "not_found":
                raise
            return "unknown_message"
        return "deleted"

    async def _assign(self, connector: Connector, conversation: str, event: Any) -> str:
        """To an agent whom we know; who is nobody to us would only be in the others' way."""
        agent = self._agent(connector, event.get("assignee"))
        if agent is None:
            return "unknown_agent"
        await self._conversations.put(connector.principal("admin"), conversation, ConversationIn(agent=fitted(agent)))
        return "assigned"

    @staticmethod
    def _agent(connector: Connector, assignee: str | None) -> str | None:
        """The subject of an agent whom we know."""
        return connector.agent(assignee) or (assignee if connector.tool in OWN_IDS else None)

    async def _status(self, connector: Connector, conversation: str, event: Any) -> str:
        """What the tool's own people have decided: over, or open again."""
        row = await self._store.conversation(connector.tenant, conversation)
        over = event.get("resolved")
        if row is None or over is None or over is (row.resolved_at is not None):
            return "noted"
        action = ActionIn(action="resolve" if over else "reopen")
        await self._conversations.act(connector.principal("admin"), conversation, action)
        return "resolved" if over else "reopened"


def _named(customer: str | None) -> Customer | None:
    """A name as it may be kept."""
    name = "".join(char for char in customer or "" if char.isprintable())[:MAX_ID].strip()
    return Customer(name=name) if name else None


def said(event: Any) -> str:
    """The words as they may be read and kept: so many of them, without NUL, none where they are only blanks."""
    words: str = (event["text"] or "").replace("\x00", "")[:MAX_TEXT]
    return words if words.strip() else ""


def fitted(name: str) -> str:
    """An id as it is; where it is too long or cannot be printed, its hash."""
    if len(name) <= MAX_ID and name.isprintable() and "\ufffd" not in name:
        return name
    return sha256(name.encode("utf-8", "replace")).hexdigest()
