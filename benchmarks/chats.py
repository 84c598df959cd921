"""What the benchmarks say: our own simulated chats, so that they run anywhere, and real ones where there are some."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice

from app.language import language_model
from app.learned import Weights
from app.playbook_files import load
from app.settings import resource
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer
from assist.simulator import transcript_lines
from benchmarks.labelled import DATA

CHATS = 200
SEED = 1
PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Turn:
    """A message, and the conversation before it."""

    before: Conversation
    message: Message


def engine() -> Engine:
    """The engine with the playbooks that ship; what it reads without scores, the linear scorer reads."""
    return Engine(
        Reader(SentimentAnalyzer(), Weights().learned(), identify=language_model()), load(resource("playbooks"))
    )


def turns(hearing: Engine, chats: int = CHATS) -> list[Turn]:
    """Every message of some simulated chats with the conversation before it."""
    states: dict[str, Conversation] = {}
    found: list[Turn] = []
    for line in transcript_lines(chats, SEED):
        before = states.get(line["conversation"], Conversation(line["conversation"]))
        message = _message(line, before.seq + 1, datetime.fromisoformat(line["at"]))
        found.append(Turn(before, message))
        states[before.id] = hearing.hear(before, message).conversation
    return found


def real_texts(most: int) -> list[str]:
    """Messages of real support chats, spread over all of them; none where the labelled data is not there."""
    path = DATA / "chats" / "twcs.jsonl"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as chats:
        texts = [turn["text"] for chat in map(json.loads, chats) for turn in chat["turns"] if turn["text"].strip()]
    return texts[:: max(1, len(texts) // most)][:most]


def long_chat(number: int, period: int, length: int) -> list[Message]:
    """One conversation of `length` messages in which what was said comes again after `period` messages.

    So message n and message n + period have the same words and the same words before them: only the age differs.
    """
    lines = list(islice(transcript_lines(CHATS * (number + 1), SEED), number * period, (number + 1) * period))
    start = datetime.fromisoformat(lines[0]["at"])
    return [_message(line, n, start + n * PAUSE) for n, line in zip(range(1, length + 1), cycle(lines), strict=False)]


def _message(line: dict[str, str], seq: int, at: datetime) -> Message:
    return Message(f"m{seq}", seq, Role(line["role"]), line["text"], at)
