"""The linear scorer: hashed n-grams, one short vector each, added up and weighed for every head.

A score is a sum over n-grams, so that what each word brought to it is exact: a pair's share is halved between its two
words, a character n-gram's goes to the word that it begins in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assist.signals.legible import legible
from assist.signals.ngrams import Indices, Ngrams, ngrams
from assist.signals.scores import Array, Scores
from assist.text import Text

CHARS_WEIGHT = 0.7  # of all character n-grams together, beside 1 for all words and pairs


@dataclass(frozen=True, slots=True)
class LinearScorer:
    """Scores texts by a table of vectors `[2**bits, width]` and the heads' weights `[width, heads]`."""

    table: NDArray[np.int8]
    heads: Array
    bias: Array
    bits: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> "LinearScorer":
        """The scorer of the arrays `table` (int8), `scale` [width], `heads` [width, heads] and `bias` [heads]."""
        heads = (arrays["scale"][:, None] * arrays["heads"]).astype(np.float32)
        return cls(arrays["table"], heads, arrays["bias"].astype(np.float32), len(arrays["table"]).bit_length() - 1)

    def score(self, text: Text) -> Scores:
        """Scores of a normalised text."""
        seen = legible(text)
        found = ngrams(seen.plain, self.bits)
        rows = self.table.take(found.words, axis=0), self.table.take(found.chars, axis=0)
        total = np.zeros(self.heads.shape[0], np.float32)
        # Added up as whole numbers: as floats the last bits would depend on how many threads share a long text.
        for of_kind, weight in zip(rows, _weights(found), strict=True):
            total += of_kind.sum(axis=0, dtype=np.int32) * np.float32(weight)

        kept: list[tuple[Array, Indices]] = []

        def parts(head: int) -> Array:
            if not kept:  # most texts are asked for the parts of several heads, some for none
                kept.append((np.concatenate(rows).astype(np.float32), found.owners()))
            vectors, owners = kept[0]
            return _by_word(found, owners, vectors @ self.heads[:, head])

        return Scores("linear", total @ self.heads + self.bias, seen, found.spans, parts)


def _by_word(found: Ngrams, owners: Indices, worth: Array) -> Array:
    """What each word brought to a head, from what each n-gram is worth to it, and the words that own characters."""
    count = len(found.spans)
    by_word, by_char = _weights(found)
    pairs = worth[count : len(found.words)] * np.float32(by_word / 2)
    out = np.bincount(owners, worth[len(found.words) :] * by_char, count).astype(np.float32)
    out += worth[:count] * np.float32(by_word)
    out[: len(pairs)] += pairs
    out[1 : len(pairs) + 1] += pairs
    return out


def _weights(found: Ngrams) -> tuple[float, float]:
    """The weights of one word and of one group of characters: long texts do not score higher for their length."""
    return 1 / sqrt(max(1, len(found.words))), CHARS_WEIGHT / sqrt(max(1, len(found.chars)))
