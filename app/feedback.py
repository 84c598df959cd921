"""What an agent did with a suggestion, which has to be one of this chat. Of what was used only a number is kept."""

from typing import Any

from rapidfuzz.distance import Levenshtein

from app.errors import Refused
from app.live import Live
from app.store.rows import ConversationRow, Store

Json = dict[str, Any]


async def suggestion_of(store: Store, live: Live, row: ConversationRow, suggestion: str) -> Json:
    """The suggestion as it was shown last in this chat. Raises `Refused` (`not_found`) where it never was."""
    found = _among(live.advice, suggestion)
    if found is None:
        log = await store.events(row.tenant, row.id)
        advices = (event.outcome["advice"] for event in reversed(log) if event.outcome)
        found = next((item for advice in advices if (item := _among(advice, suggestion))), None)
    if found is None:
        raise Refused("not_found", f"conversation '{row.id}' has had no suggestion '{suggestion}'")
    return found


def _among(advice: Any, suggestion: str) -> Json | None:
    return next((item for item in advice.get("suggestions", ()) if item["id"] == suggestion), None)


def distance(shown: str, used: str) -> float:
    """How far what was used is from what was shown: letters to change by the longer one's length, 0..1."""
    return round(Levenshtein.normalized_distance(shown, used), 4)
