"""Repetition: the customer says again what an earlier message of theirs in this chat has said."""

from collections.abc import Iterator

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import COMMON
from assist.text import WORD, Text

SAME = 0.6  # share of a message's telling words that an earlier one must have
FEWEST = 3  # telling words for a comparison
LONGEST = 60  # words of a message that are compared
SHORT = 3  # letters of a word up to which it tells little


def repetition(text: Text, context: Context) -> Iterator[Cue]:
    """One cue over the repeated words; its strength is the share of them, 0.6..1."""
    if not context.said:
        return
    words = [match for match in WORD.finditer(text.plain) if telling(match.group())][:LONGEST]
    here = {match.group() for match in words}
    if len(here) < FEWEST:
        return
    same = max((here & said for said in context.said), key=len)
    share = len(same) / len(here)
    if share >= SAME:
        again = [match for match in words if match.group() in same]
        yield Cue(*text.span(again[0].start(), again[-1].end()), "repetition", "says it again", round(share, 4))


def telling(word: str) -> bool:
    """Whether a word says something about the matter."""
    return len(word) > SHORT and word.replace("'", "") not in COMMON
