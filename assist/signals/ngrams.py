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
    text. `owners[i]` is the word that the character n-gram `chars[i]` begins in.
    """

    spans: Sequence[tuple[int, int]]
    words: Indices
    chars: Indices
    owners: Indices


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
    codes, starts = _codes(tokens)
    rows = []
    run = codes
    for length in range(2, CHARS[-1] + 1):
        run = run[:-1] * NEXT_CHAR + codes[length - 1 :]
        if length in CHARS:
            rows.append(((run + SALT[length]) * GOLDEN) >> shift)
    owners = np.concatenate([starts[: len(row)] for row in rows])
    return Ngrams(spans, words.astype(np.int64), np.concatenate(rows).astype(np.int64), owners)


@lru_cache(maxsize=50_000)
def _hashed(token: str) -> int:
    return zlib.crc32(token.encode("utf8", "surrogatepass")) + 1


def _codes(tokens: Sequence[str]) -> tuple[NDArray[np.uint64], Indices]:
    """The code points of the words with one space around each, and the word that each stands in."""
    joined = " " + " ".join(tokens) + " "
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.array([len(token) + 1 for token in tokens] + [1], np.int64)
    lengths[0] += len(tokens) > 0
    return codes, np.minimum(np.repeat(np.arange(len(lengths)), lengths), max(0, len(tokens) - 1))[: len(codes)]
