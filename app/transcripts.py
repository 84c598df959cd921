"""Lines of JSON in, readings out: the engine without a server, for `steadyhand read` and `replay`."""

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.errors import Refused
from app.jsontext import loads, valid
from app.language import language_model
from app.learned import Weights, is_scored
from app.lines import MAX_LINE, Raw
from app.models import Id, MessageIn
from app.playbook_files import load
from app.settings import ReaderName
from app.wire import Json, advice_wire, reading_wire, whole_reading
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard
from assist.errors import InvalidMessage
from assist.message import Message, Role, check_text
from assist.signals.reader import Reader
from assist.signals.scores import Scores
from assist.signals.sentiment import SentimentAnalyzer

START = datetime(2026, 1, 1, tzinfo=UTC)  # the time of a conversation's first line that gives none
PAUSE = timedelta(seconds=30)  # between two lines where the later gives no time
KEPT = 10_000  # conversations last heard


Score = Callable[[str], Scores]
Kept = TypeVar("Kept")
State = tuple[Conversation, datetime]  # of a conversation, with the time of its last line


class Line(MessageIn):
    """A line of a transcript."""

    conversation: Id

    def message(self, seq: int, last: datetime) -> Message:
        """The message of its conversation that follows the one at *last*."""
        return Message(
            id=self.id or f"{self.conversation}-{seq}",
            seq=seq,
            role=Role(self.role),
            text=self.text,
            at=self.at or last + PAUSE,
            attachments=tuple(self.attachments),
        )


def parse(raw: Raw) -> Line:
    """A line that can be heard; None is one that is too long to be read. Raises `Refused` for what cannot be heard."""
    if raw is None:
        raise Refused("too_large", f"the line has more than {MAX_LINE:,} bytes")
    line = valid(Line, loads(raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else raw))
    try:
        check_text(line.text, attachments=len(line.attachments))
    except InvalidMessage as error:
        raise Refused(error.code, str(error)) from None
    return line


@dataclass(slots=True)
class Listener:
    """Hears lines of many conversations and keeps the state of those last heard.

    With `score` it reads by the encoder's scores, else by the linear scorer. Where `kept` is None all states are kept.
    """

    engine: Engine
    score: Score | None = None
    kept: int | None = KEPT
    states: OrderedDict[str, State] = field(default_factory=OrderedDict)

    def hear(self, raw: Raw) -> Heard:
        """The next line. Raises `Refused` for one that cannot be heard; the conversation is then as before."""
        return self.hear_line(parse(raw))

    def hear_line(self, line: Line) -> Heard:
        """The next line, found to be good."""
        state, last = self.states.get(line.conversation, (Conversation(line.conversation), START - PAUSE))
        message = line.message(state.seq + 1, last)
        scores = self.score(message.text) if self.score and is_scored(message) else None
        heard = self.engine.hear(state, message, scores)
        keep(self.states, line.conversation, (heard.conversation, message.at), self.kept)
        return heard


def keep(states: OrderedDict[str, Kept], conversation: str, state: Kept, most: int | None = KEPT) -> None:
    """Keep the state of a conversation; beyond *most* the one that was not heard for longest goes."""
    states[conversation] = state
    states.move_to_end(conversation)
    if most is not None and len(states) > most:
        states.popitem(last=False)


def open_listener(reader: ReaderName, playbooks: Path, packs: Sequence[str] = ()) -> Listener:
    """A listener with the weights that ship. Raises `BadWeights` and `PlaybookProblems`."""
    weights = Weights()
    engine = Engine(Reader(SentimentAnalyzer(), weights.learned(), identify=language_model()), load(playbooks, packs))
    return Listener(engine, weights.encoder().score if reader is ReaderName.ENCODER else None)


class Answer(NamedTuple):
    """What is written for one or more lines, and whether all of them could be heard."""

    text: str
    whole: bool


def answer(heard: Heard) -> Answer:
    """The reading of a line."""
    return Answer(_written(reading_of(heard)), whole=True)


def error(refused: Refused) -> Answer:
    """What stands in the place of a line that cannot be heard."""
    return Answer(_written({"error": refused.wire()}), whole=False)


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def reading_of(heard: Heard) -> Json:
    """The whole reading of a line."""
    return whole_reading(reading_wire(heard), advice_wire(heard.advice))


def answers(listener: Listener, lines: Iterable[Raw]) -> Iterator[Answer]:
    """One answer a line, in the same order. Blank lines pass."""
    for raw in lines:
        if raw is not None and not raw.strip():
            continue
        try:
            yield answer(listener.hear(raw))
        except Refused as refused:
            yield error(refused)
