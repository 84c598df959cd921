"""The messages of a log with what was recorded of them, as the record, the summary and the ask box read them."""

from collections.abc import Sequence

from app.live import told
from app.store.rows import Event
from assist.record import Entry


def entries_of(events: Sequence[Event]) -> list[Entry]:
    """One entry for each message, in order; other events have none."""
    messages = [event for event in events if event.kind == "message"]
    return [
        Entry(
            message=item.message,
            tension=event.outcome["reading"]["tension"],
            steps=item.reading.steps,
            cause=event.outcome["reading"]["cause"]["label"],
            facts=item.reading.facts,
            acts=item.reading.acts,
        )
        for event, item in zip(messages, told(events), strict=True)
        if event.outcome and item.reading
    ]
