"""The customer's own words for the trouble: one short clause that a phrase can quote back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assist.reading import Cue, Fact
from assist.text import Text, sentences

LONGEST = 60  # characters of a clause that is quoted
SHORTEST_WORDS = 3
# What a clause is worth for each kind of cue inside it, and what makes it unfit to be quoted.
WORTH: Mapping[str, float] = {"cause": 1.0, "complaint": 0.6, "frustration": 0.2}
# One of these must be in a clause: a remark is not the problem, nor is their mood.
TROUBLE = frozenset({"still not settled", "no answer"})
VAGUE = frozenset(
    {"vader", "says it is a complaint", "disappointed", "poor", "names an order", "names money", "complains of us"}
)
LOUD = frozenset({"vader", "all capital letters", "words in capital letters", "many exclamation marks"})
UNFIT = frozenset({"abuse", "threat", "swearing", "distress", "sarcasm", "churn", "gratitude", "anger"})
CLAUSE_END = re.compile(
    r",(?!\d)|:(?!\d)|[;()\"\u201c\u201d]|\s[-\u2013\u2014]+\s|\s(?:and|but|because|so|which|then|yet)\s"
)
EDGE = re.compile(
    r"^(?:[\s,;:.\"\u201c\u201d'()\-\u2013\u2014]|@\w+|(?:and|but|so|because|hi|hello|hey|well|please|ok|okay|yes|yeah|no|dear|now|just)\b)+",
    re.IGNORECASE,
)
TAIL = " \t,;:.!\"'()-\u2013\u2014"
DEMAND = re.compile(
    r"(?:i (?:just )?(?:want|need|demand)|give|get|send|find|fix|cancel|refund|tell|let)\b", re.IGNORECASE
)
# A piece of a sentence, something they mean to do, and what is said not to be the trouble.
PIECE = re.compile(
    r"(?:due to|after|since|or|if|then|although|when|while|as|that|which|only|maybe|see|definitely|am i|can i|not sure|"
    r"i will|i wanna|i would like|i'd like|i want|i just waited|i know|all i want|"
    r"never had|my heart|has|have|expected)\b"
    r"|.*\b(?:as|on|the|a|an|to|of|and|or|when|if|i|my|is|comes with|saying|says|called|https?)[ .]*$"
    r"|.*(?:\b(?:not|never)|n['\u2019]t)(?: \w+)? (?:an? |the |any )?(?:problems?|delays?|issues?|missing|lost)\b",
    re.IGNORECASE,
)
HOSTILE = re.compile(r"[\[\]{}<>|\\^`~@#\u2190-\U0010ffff]|https?:|\d{9,}|\b(?:you|your|ur|u)\b", re.IGNORECASE)


def problem(text: Text, cues: Sequence[Cue]) -> Iterator[Fact]:
    """The best clause as a fact, an exact piece of the original; none when no clause is fit to be quoted."""
    telling = [cue for cue in cues if cue.kind in WORTH and cue.rule not in VAGUE]
    trouble = [cue for cue in telling if cue.kind == "complaint" or cue.rule in TROUBLE]
    if not trouble:
        return
    unfit = [cue for cue in cues if cue.kind in UNFIT and cue.rule not in LOUD]
    best, found = 0.0, None
    for start, end in _clauses(text.original):
        if any(cue.start < end and start < cue.end for cue in unfit):
            continue
        if not any(start <= cue.start and cue.end <= end for cue in trouble):
            continue
        worth = sum(WORTH[cue.kind] * cue.strength for cue in telling if start <= cue.start and cue.end <= end)
        if worth > best:
            best, found = worth, (start, end)
    if found:
        yield Fact("problem", text.original[found[0] : found[1]], *found)


def _clauses(original: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences, and of clauses of those too long, that are short enough and hold words only."""
    for start, end in sentences(original[:2000]):
        pieces = [(start, end)]
        if end - start > LONGEST:
            cuts = [start, *(start + found.start() for found in CLAUSE_END.finditer(original[start:end])), end]
            pieces = list(pairwise(cuts))
        for piece in pieces:
            trimmed = _trimmed(original, *piece)
            words = original[trimmed[0] : trimmed[1]]
            if (
                trimmed[1] - trimmed[0] <= LONGEST
                and len(words.split()) >= SHORTEST_WORDS
                and not HOSTILE.search(words)
                and not DEMAND.match(words)
                and not PIECE.match(words)
                and not words.isupper()  # nobody wants their shouting read back to them
            ):
                yield trimmed


def _trimmed(original: str, start: int, end: int) -> tuple[int, int]:
    """A clause without greeting, handle and conjunction before it and marks after it, but for one question mark."""
    edge = EDGE.match(original[start:end])
    start += edge.end() if edge else 0
    bare = len(original[start:end].rstrip(TAIL + "?"))
    asked = bare > 0 and original[start + bare : start + bare + 1] == "?"
    return start, start + bare + asked
