"""Which phrases are worn: sent over and over by a team of late, or to this customer in an earlier chat.

Kept in memory, bounded. At start the last chats are read again; later the store is not asked, for it has no index by
customer. A chat is told once, before its first message, and what it was told is recorded with that message, so that it
folds to the same words after a restart.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog

from app.live import INPUTS
from app.store.rows import ConversationRow, Event, Json, Store, Unavailable
from assist.conversation.state import Suggestion
from assist.message import Role
from assist.text import normalise, says

LATELY = 200  # phrases of a team that count as sent of late
OFTEN = 4  # times among them from which a phrase is worn
THEIRS = 60  # phrases remembered of one customer
MOST_TEAMS = 1_000
MOST_CUSTOMERS = 10_000
RECENT = timedelta(days=3)  # before a start, in which something happened in the chats that are read again
MOST_CHATS = 100  # of them: about half a second of reading

Key = tuple[str, str]
log = structlog.get_logger()


class Worn:
    """What was sent lately, by team and by customer."""

    def __init__(self) -> None:
        self._teams: OrderedDict[Key, deque[str]] = OrderedDict()
        self._customers: OrderedDict[Key, deque[str]] = OrderedDict()

    def note(self, row: ConversationRow, text: str, offered: Iterable[Suggestion]) -> None:
        """An agent has sent a text: the suggestions that it says, as they stood or with small changes, were used."""
        self._note(row, text, ((item.key, item.text) for item in offered))

    def recall(self, row: ConversationRow, events: Iterable[Event]) -> None:
        """Note all of a chat that was kept: what stood in the sidebar before each message of an agent."""
        offered: Sequence[Json] = ()
        for event in events:
            if event.kind == "message" and event.body["role"] == Role.AGENT:
                pairs = ((item["id"].rpartition("-")[0], item["text"]) for item in offered)
                self._note(row, event.body["text"], pairs)
            if event.kind in INPUTS and event.outcome:
                offered = event.outcome["advice"]["suggestions"]

    async def warm(self, store: Store, now: datetime) -> None:
        """Recall the last chats, so that a restart forgets little; without them where the store does not answer."""
        try:
            for row in reversed(await store.recent(now - RECENT, MOST_CHATS)):
                self.recall(row, await store.events(row.tenant, row.id))
        except Unavailable as error:
            log.warning("worn_phrases_not_read", error=str(error))

    def _note(self, row: ConversationRow, text: str, offered: Iterable[tuple[str, str]]) -> None:
        words = frozenset(normalise(text).words)
        for key in [key for key, phrase in offered if says(words, phrase)]:
            _kept(self._teams, (row.tenant, row.team), LATELY, MOST_TEAMS).append(key)
            if row.customer_id:
                _kept(self._customers, (row.tenant, row.customer_id), THEIRS, MOST_CUSTOMERS).append(key)

    def of(self, row: ConversationRow) -> frozenset[str]:
        """The keys of phrases that a chat which opens now had better not begin with."""
        counts = Counter(self._teams.get((row.tenant, row.team), ()))
        theirs = self._customers.get((row.tenant, row.customer_id or ""), ())
        return frozenset(theirs) | {key for key, times in counts.items() if times >= OFTEN}


def _kept(kept: OrderedDict[Key, deque[str]], key: Key, size: int, most: int) -> deque[str]:
    """The last keys under a name; who was not heard for longest is let go."""
    found = kept.setdefault(key, deque(maxlen=size))
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
    return found
