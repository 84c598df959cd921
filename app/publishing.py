"""Tells what was committed: frames to those who watch, tiles to the board, changes to the other workers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.backplane import Backplane, Change
from app.backplane.protocol import topic_of
from app.frames import Known, edit_frame, no_incident, typing_frame, update_frame, with_incident
from app.jsontext import dumps
from app.live import Live
from app.store.rows import ConversationRow, Event, Json, Notice
from app.wire import row_wire


def topic(tenant: str, conversation: str) -> str:
    """Where a conversation's frames are published."""
    return topic_of(Notice(tenant, conversation, 0, 0))


class Publishing:
    """Nothing here waits, and nothing here is the truth: what gets lost is fetched from the store."""

    def __init__(
        self,
        backplane: Backplane,
        clock: Callable[[], datetime],
        changed: Callable[[ConversationRow], None],
        known: Known = no_incident,
    ) -> None:
        self._backplane = backplane
        self._clock = clock
        self._changed = changed
        self._known = known

    def event(self, live: Live, event: Event, alerts: Sequence[Json] = (), **more: Any) -> None:
        """A further event of a conversation, and the alerts that came with it."""
        row = _row(live)
        self._publish(row, event, {**update_frame(live, row, event, self._clock()), **more})
        for alert in alerts:
            self.unlogged(row, {"type": "alert", "conversation": row.id, "alert": alert})

    def revised(self, live: Live, event: Event, log: Sequence[Event]) -> None:
        """An edit or a deletion, with what the log became by it."""
        row = _row(live)
        self._publish(row, event, edit_frame(live, row, event, log, self._clock()))

    def told(self, row: ConversationRow) -> None:
        """A change of what was told: those who watch look at it, and at their rights, again."""
        self._changed(row)
        change = self._change(row, Notice(row.tenant, row.id, 0, row.revision))
        self._backplane.publish(topic(row.tenant, row.id), 0, "", change)

    def typing(self, live: Live, role: str, *, on: bool) -> None:
        """Somebody types, or has stopped."""
        row = _row(live)
        self.unlogged(row, typing_frame(live, row, role, self._clock(), on=on))

    def unlogged(self, row: ConversationRow, frame: Json) -> None:
        """A frame that is no part of the log."""
        self._backplane.publish(topic(row.tenant, row.id), 0, dumps(frame))

    def _publish(self, row: ConversationRow, event: Event, frame: Json) -> None:
        self._changed(row)
        change = self._change(row, Notice(row.tenant, row.id, event.offset, 0))
        told = dumps(with_incident(frame, row, self._known))
        self._backplane.publish(topic(row.tenant, row.id), event.offset, told, change)

    def _change(self, row: ConversationRow, notice: Notice) -> Change | None:
        return Change(notice, row_wire(row)) if self._backplane.shared else None


def _row(live: Live) -> ConversationRow:
    assert live.row is not None
    return live.row
