"""Conversations read with the encoder that ships, its scores kept in a file: they are the slow part, and only they."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.language import language_model
from app.learned import Weights
from assist.conversation.fold import fold
from assist.conversation.state import Conversation
from assist.message import Message
from assist.reading import Reading
from assist.signals.detector import Context
from assist.signals.legible import legible
from assist.signals.reader import Reader
from assist.signals.scores import Array, Scores
from assist.signals.sentiment import SentimentAnalyzer
from assist.text import normalise

NO_PARTS: Array = np.zeros(0, np.float32)


class ScoredReader:
    """Reads conversations; scores of texts that were scored before come from a file in *folder*."""

    def __init__(self, weights: Weights, folder: Path) -> None:
        self._encoder = weights.encoder()
        self._reader = Reader(SentimentAnalyzer(), weights.learned(), identify=language_model())
        model = hashlib.sha1(weights.read("encoder.onnx"), usedforsecurity=False).hexdigest()[:12]
        self._file = folder / f"scores-{model}.npz"
        self._rows: dict[str, NDArray[np.float32]] = {}
        if self._file.exists():
            with np.load(self._file) as kept:
                self._rows = dict(zip(kept["texts"].tolist(), kept["rows"], strict=True))

    def __call__(self, messages: Sequence[Message]) -> list[tuple[Message, Reading]]:
        """The messages of one conversation, each with its reading."""
        state, found = Conversation(""), []
        for message in messages:
            context = Context(role=message.role, said=state.said)
            reading = self._reader.read(message, context, self._scores(message.text))
            state = fold(state, message, reading)
            found.append((message, reading))
        return found

    def _scores(self, text: str) -> Scores:
        name = hashlib.sha1(text.encode("utf8", "surrogatepass"), usedforsecurity=False).hexdigest()
        if name not in self._rows:
            self._rows[name] = self._encoder.score(text).values
        return Scores("encoder", self._rows[name], legible(normalise(text)), (), lambda _: NO_PARTS)

    def keep(self) -> None:
        """Write the scores."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._file, texts=np.array(list(self._rows)), rows=np.stack(list(self._rows.values())))
