"""The encoder: a small transformer in int8, run by onnxruntime, that scores one text at a time.

One at a time on purpose. Its activations are quantised with one scale for the whole input, so that in a batch the
scores of a text would depend on its neighbours (by 0.1 in log-odds, at worst by more than 1), and no text would be
read twice the same; nor is a batch quicker by more than a quarter on a CPU. Cores are used by reading several texts.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from assist.signals.legible import legible
from assist.signals.ngrams import TOKEN
from assist.signals.scores import HEADS, Array, Scores
from assist.text import normalise

MOST_TOKENS = 128  # of a text that are read; as in training
HEAD_TOKENS = 82  # of them so many from the start of a longer text, the rest from its end
SAMPLES = ("Hello?", "This is the third time I am writing and nobody there cares. " * 3, "word " * 2 * MOST_TOKENS)
Item = TypeVar("Item")


class Encoder:
    """Scores texts by the model and the tokenizer given as the bytes of their files. May be shared by threads."""

    def __init__(self, model: bytes, tokenizer: bytes) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Additions and normalisations are quicker apart than fused, on one thread and short texts.
        unfused = ["SkipLayerNormFusion"]
        self._session = InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=unfused
        )
        self._tokenizer = Tokenizer.from_str(tokenizer.decode())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def score(self, text: str) -> Scores:
        """Scores of a text. The same text gives the same scores, whatever was scored before it."""
        seen = legible(normalise(text))
        found = self._tokenizer.encode(seen.plain)
        ids = np.array([cut(found.ids)], np.int64)
        parts, values = self._session.run(("parts", "scores"), {"ids": ids, "mask": np.ones_like(ids)})
        spans, owners = _words(seen.plain, cut(found.offsets))

        def parts_of(head: int) -> Array:
            """Pieces of a word added up; those that belong to no word are left out."""
            worth = np.bincount(owners, parts[0, :, head], len(spans) + 1)
            return worth[:-1].astype(np.float32)

        return Scores("encoder", values[0], seen, spans, parts_of)

    def warm_up(self) -> None:
        """Score texts of several lengths, so that the first message does not wait for what is set up at first use."""
        for text in SAMPLES:
            assert len(self.score(text).values) == len(HEADS), "the model has other heads than the code"


def cut(row: Sequence[Item]) -> Sequence[Item]:
    """Head and tail of a long row of tokens; the first and last are the marks of start and end."""
    if len(row) <= MOST_TOKENS:
        return row
    return [*row[:HEAD_TOKENS], *row[HEAD_TOKENS - MOST_TOKENS :]]


def _words(plain: str, places: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[int]]:
    """The words that the tokens at these places are pieces of, and each token's word; the number of words for none."""
    words = [match.span() for match in TOKEN.finditer(plain)]
    starts = [start for start, _ in words]
    inside = [
        at if start < end and at >= 0 and start < words[at][1] else None
        for start, end in places
        for at in (bisect_right(starts, start) - 1,)
    ]
    seen = sorted({at for at in inside if at is not None})
    number = {at: index for index, at in enumerate(seen)}
    return [words[at] for at in seen], [len(seen) if at is None else number[at] for at in inside]
