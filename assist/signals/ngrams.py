"""Hashed word and character n-grams of a text in a few array operations (hashing trick, Weinberger et al. 2009)."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]")
MOST_WORDS = 400  # words that are looked at; of a longer text the first three quarters and the rest from its end
CHARS = (3, 4, 5)  # lengths of character n-grams
GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth's multiplicative hashing)
NEXT_WORD = np.uint64(0xC2B2AE3D27D4EB4F)  # an odd constant, so that "not good" and "good not" differ
NEXT_CHAR = np.uint64(257)
# Added by length, so that n-grams of two lengths do not fall together.
SALT = {length: np.uint64((length * 0xD6E8FEB86659FD93) % 2**64) for length in CHARS}

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The n-grams of a text as rows of a table.

    `words` holds single words and then pairs, `chars` the character n-grams; `spans` are the words' places in the
    text.
    """

    spans: Sequence[tuple[int, int]]
    words: Indices
    chars: Indices

    def owners(self) -> Indices:
        """Of each of `chars` the word that it begins in; only asked for when the words of a score are."""
        lengths = [end - start + 1 for start, end in self.spans]  # each with the space after it
        if lengths:
            lengths[0] += 1  # and the one before the first
        word = np.repeat(np.arange(len(lengths)), lengths)
        return np.concatenate([word[: max(0, len(word) - length + 1)] for length in CHARS])


def ngrams(plain: str, bits: int) -> Ngrams:
    """The n-grams of a normalised text as rows of a table of 2**bits rows."""
    found = list(TOKEN.finditer(plain))
    if len(found) > MOST_WORDS:
        found = found[: MOST_WORDS * 3 // 4] + found[-(MOST_WORDS // 4) :]
    spans = [match.span() for match in found]
    tokens = [match.group() for match in found]
    shift = np.uint64(64 - bits)
    singles = np.array([_hashed(token) for token in tokens], np.uint64)
    pairs = singles[:-1] * NEXT_WORD + singles[1:]
    words = (np.concatenate((singles, pairs)) * GOLDEN) >> shift
    codes = _codes(tokens)
    rows = []
    run = codes
    for length in range(2, CHARS[-1] + 1):
        run = run[:-1] * NEXT_CHAR + codes[length - 1 :]
        if length in CHARS:
            rows.append(run + SALT[length])
    chars = (np.concatenate(rows) * GOLDEN) >> shift
    return Ngrams(spans, words.view(np.int64), chars.view(np.int64))


@lru_cache(maxsize=50_000)
def _hashed(token: str) -> int:
    return zlib.crc32(token.encode("utf8", "surrogatepass")) + 1


def _codes(tokens: Sequence[str]) -> NDArray[np.uint64]:
    """The code points of the words with one space around each."""
    joined = " " + " ".join(tokens) + " "
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
