"""Noise for training: letters and marks lost, so that a scorer does not hang on them."""

import re
from random import Random

NOISY = 0.12  # share of all texts that get slips of the keyboard
SLIPS = 0.15  # of the words of such a text
BARE = 0.1  # share of texts that lose their punctuation


def varied(text: str, chance: Random) -> str:
    """A text (lower case) as somebody else might have typed it."""
    if chance.random() < NOISY:
        text = " ".join(_slipped(word, chance) if chance.random() < SLIPS else word for word in text.split(" "))
    if chance.random() < BARE:
        text = re.sub(r"[.,!?;:'\"]+", "", text) or text
    return text


def _slipped(word: str, chance: Random) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
