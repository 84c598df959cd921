"""Lines of JSON in, readings out: the engine without a server, for `steadyhand read` and `replay`."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.errors import Refused
from app.jsontext import loads, valid
from app.models import Id, MessageIn
from app.wire import advice_wire, reading_wire, whole_reading
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard
from assist.errors import InvalidMessage
from assist.message import Message, Role

START = datetime(2026, 1, 1, tzinfo=UTC)  # the time of a conversation's first line that gives none
PAUSE = timedelta(seconds=30)  # between two lines where the later gives no time
KEPT = 10_000  # conversations last heard


class Line(MessageIn):
    """A line of a transcript."""

    conversation: Id


@dataclass(slots=True)
class Listener:
    """Hears lines of many conversations and keeps the state of those last heard."""

    engine: Engine
    kept: int = KEPT
    states: OrderedDict[str, tuple[Conversation, datetime]] = field(default_factory=OrderedDict)

    def hear(self, raw: str) -> Heard:
        """The next line. Raises `Refused` for one that cannot be heard; the conversation is then as before."""
        line = valid(Line, loads(raw))
        state, last = self.states.get(line.conversation, (Conversation(line.conversation), START - PAUSE))
        at = line.at or last + PAUSE
        try:
            message = Message(
                id=line.id or f"{line.conversation}-{state.seq + 1}",
                seq=state.seq + 1,
                role=Role(line.role),
                text=line.text,
                at=at,
                attachments=tuple(line.attachments),
            )
        except InvalidMessage as error:
            raise Refused(error.code, str(error)) from None
        heard = self.engine.hear(state, message)
        self.states[line.conversation] = (heard.conversation, at)
        self.states.move_to_end(line.conversation)
        if len(self.states) > self.kept:
            self.states.popitem(last=False)
        return heard


def readings(engine: Engine, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One reading a line, in the same order; a bad line gives one `{"error": …}` in its place. Blank lines pass."""
    listener = Listener(engine)
    for raw in lines:
        if not raw.strip():
            continue
        try:
            heard = listener.hear(raw)
        except Refused as refused:
            yield {"error": refused.wire()}
            continue
        advice = advice_wire(heard.advice)
        yield whole_reading(reading_wire(heard), advice)
