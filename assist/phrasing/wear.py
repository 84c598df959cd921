"""Wear-out: what says nearly the same as something that was shown or sent in this chat does not come again.

Two texts say the same when they share half of their content words (Jaccard), or when nearly all of the shorter one's
stand in the other. Measured on the 1,266 phrases that shipped first (105,369 pairs of the same step): 184 pairs reach
one half, and read one by one they nearly all say the same thing in the same way; between .4 and .5 about every second
pair does, below it is the step that makes them alike. Pure: sets of words in, a yes or no out.
"""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from assist.signals.patterns import COMMON
from assist.text import WORD

SAME = 0.5  # share of the content words of both
INSIDE = 0.8  # share of the shorter one's that stand in the other
FEWEST = 3  # content words in common; two prove nothing
MOST_OF_ONE = 4  # of them, where one text stands inside the other
STEM = 6  # letters by which a word is known: "refund", "refunded"
LONGEST = 150  # content words of one of them
KEPT = 48  # phrases and messages that a chat remembers

# Small words that carry a phrase rather than say something.
SMALL = COMMON | frozenset(
    """
    i'm i'll i've i'd you've you'll you'd you're it's it'll that's there's what's let's let we'll we're don't can't
    won't isn't didn't doesn't haven't hasn't wasn't may might must shall should could would being been than then
    them into onto upon also as well still yet only even too much more most here its his her which ich sie wir ihnen
    ihre ihrem ihren habe haben hatte werde wird werden ist sind wurde kann noch auch nicht der die das den dem des
    ein eine einen einem einer und oder mit von zu zum zur im in auf um es dass wenn mich mir bitte el la los las un
    una de del que y o en con por para se le les lo su sus no ha he esto esta este usted como ya voy une du qui et
    ou au aux avec pour dans je vous nous ce cette votre vos mon ma pas ne est ai
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)

Words = frozenset[str]


def content(words: Iterable[str]) -> Words:
    """The content words among some words, each by its first letters."""
    return frozenset(word[:STEM] for word in words if word not in SMALL)


@lru_cache(maxsize=4_096)  # the phrases of the playbooks come again and again
def said_in(text: str) -> Words:
    """The content words of a phrase."""
    return content(WORD.findall(text.lower()))


def same(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether two sets of content words say the same."""
    shared = len(one & other)
    if shared < FEWEST:
        return False
    return shared >= SAME * len(one | other) or shared >= max(MOST_OF_ONE, INSIDE * min(len(one), len(other)))


def worn_out(text: str, before: Iterable[AbstractSet[str]]) -> bool:
    """Whether a text says what one of these said before."""
    words = said_in(text)
    return any(same(words, earlier) for earlier in before)


def remembered(before: tuple[str, ...], texts: Collection[str]) -> tuple[str, ...]:
    """What a chat has shown and sent so far, with some more texts; the oldest are forgotten.

    Each is kept as its content words in one string, a tenth of the size of a set: thousands of chats are in memory.
    """
    if not texts:
        return before
    return (*before, *(" ".join(sorted(said_in(text))[:LONGEST]) for text in texts))[-KEPT:]


def recalled(kept: Iterable[str]) -> tuple[Words, ...]:
    """The content words of what is remembered."""
    return tuple(map(_apart, kept))


@lru_cache(maxsize=4_096)  # all that a chat remembers is asked for again with every message
def _apart(words: str) -> Words:
    return frozenset(words.split())
