"""One reader for all tests of the signals: VADER's lexicon is read from disk once."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assist.message import Message, Role
from assist.reading import Reading
from assist.signals.detector import Context
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def analyzer() -> SentimentAnalyzer:
    return SentimentAnalyzer()


@pytest.fixture(scope="session")
def read(analyzer: SentimentAnalyzer) -> Read:
    """Reads a text as a customer's message, or as another role's."""
    reader = Reader(analyzer)

    def read(text: str, role: Role = Role.CUSTOMER, **before) -> Reading:
        message = Message("m1", 1, role, text, datetime(2025, 3, 4, 10, tzinfo=UTC))
        return reader.read(message, Context(role, **before))

    return read


def quoted(reading: Reading, text: str, kind: str) -> list[str]:
    """The words of a text that the cues of a kind point at."""
    return [text[cue.start : cue.end] for cue in reading.cues if cue.kind == kind]
