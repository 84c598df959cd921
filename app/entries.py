"""The messages of a log with what was recorded of them, as record, brief, summary and ask box read them."""

from collections.abc import Sequence

from app.live import told
from app.store.rows import Event
from assist.engine import Told
from assist.record import Entry


def entries_of(events: Sequence[Event]) -> list[Entry]:
    """Every message with what was recorded of it, in order."""
    messages = [event for event in events if event.kind == "message"]
    return [
        Entry(
            message=item.message,
            tension=event.outcome["reading"]["tension"],
            steps=item.reading.steps,
            cause=event.outcome["reading"]["cause"]["label"],
            facts=item.reading.facts,
            acts=item.reading.acts,
            signals=item.reading.signals,
            alerts=tuple((alert["severity"], alert["text"]) for alert in event.outcome["advice"]["alerts"]),
            offered=tuple((said["why"]["rule"], said["text"]) for said in event.outcome["advice"]["suggestions"]),
            keys=tuple(said["id"].rpartition("-")[0] for said in event.outcome["advice"]["suggestions"]),
        )
        for event, item in zip(messages, told(messages), strict=True)
        if event.outcome and isinstance(item, Told) and item.reading
    ]
