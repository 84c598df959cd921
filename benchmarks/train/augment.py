"""Noise for training: names and groups swapped, letters lost, so that a scorer hangs on neither."""

import re
from random import Random

# Of each row, one word may stand for any other: who is spoken of must not change what is read.
GROUPS = tuple(
    tuple(row.split())
    for row in """
    women men girls boys ladies guys
    woman man girl boy lady guy
    gay straight trans lesbian bisexual queer
    black white asian latino arab african european american mexican indian chinese
    muslims christians jews hindus buddhists atheists catholics immigrants refugees foreigners mexicans indians
    muslim christian jewish hindu buddhist atheist catholic sikh
    old young disabled deaf blind autistic pregnant elderly
    """.strip().splitlines()
)
NAMES = tuple(
    """
    james mary robert linda michael sarah david emma john laura daniel anna jamal lakisha darnell keisha tyrone
    imani mohammed fatima ahmed aisha omar leila wei mei li yuki hiroshi priya rahul ananya arjun jose maria
    carlos lucia ivan olga dmitri svetlana kwame amara chidi ngozi sven ingrid liam siobhan pierre chloe
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
ALIKE = {word: row for row in (*GROUPS, NAMES) for word in row}
KNOWN = re.compile(r"\b(?:" + "|".join(sorted(ALIKE, key=len, reverse=True)) + r")\b")
SWAPPED = 0.5  # share of the texts that name somebody in which it is swapped
NOISY = 0.12  # share of all texts that get slips of the keyboard
SLIPS = 0.15  # of the words of such a text
BARE = 0.1  # share of texts that lose their punctuation


def varied(text: str, chance: Random) -> str:
    """A text (lower case) as somebody else might have typed it."""
    if KNOWN.search(text) and chance.random() < SWAPPED:
        text = KNOWN.sub(lambda match: chance.choice(ALIKE[match.group()]), text)
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
