"""Which phrases are worn: sent over and over by a team of late, or to this customer in an earlier chat.

Kept in memory, bounded, and only since this process began: the store is not asked, for it has no index by customer. A
chat is told once, before its first message, and what it was told is recorded with that message, so that it folds to
the same words after a restart.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable

from app.store.rows import ConversationRow
from assist.conversation.state import Suggestion
from assist.text import normalise, says

LATELY = 200  # phrases of a team that count as sent of late
OFTEN = 4  # times among them from which a phrase is worn
THEIRS = 60  # phrases remembered of one customer
MOST_TEAMS = 1_000
MOST_CUSTOMERS = 10_000

Key = tuple[str, str]


class Worn:
    """What was sent lately, by team and by customer."""

    def __init__(self) -> None:
        self._teams: OrderedDict[Key, deque[str]] = OrderedDict()
        self._customers: OrderedDict[Key, deque[str]] = OrderedDict()

    def note(self, row: ConversationRow, text: str, offered: Iterable[Suggestion]) -> None:
        """An agent has sent a text: the suggestions that it says, as they stood or with small changes, were used."""
        words = frozenset(normalise(text).words)
        for key in [item.key for item in offered if says(words, item.text)]:
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
