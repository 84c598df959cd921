"""Questions of a customer, and whether a draft may be taken for an answer. Only English ones are understood.

Generous to the agent: a question that may be rhetorical is none, and a draft that looks into it, asks back or has words
of the kind that was asked for is an answer.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assist.signals.patterns import COMMON
from assist.text import WORD, normalise, sentences

FEWEST = 3  # words of a question that is looked at
LATEST, LOOKED_AT = 5, 1_000  # messages, and of each sentences and characters, in which a question is looked for
STEM = 5  # letters in which two words have to agree to be about the same


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts))


# What asks for it, and the words of which an answer has at least one.
ASKS: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = MappingProxyType(
    {
        "when": (
            _pattern(r"\b(?:when|how (?:much longer|long|soon)|what (?:time|day|date))\b"),
            _pattern(
                r"(?<!\d)\d{1,2}(?!\d)|\b(?:today|tonight|tomorrow|now|already|soon|\w+day|week|month|hours?|minutes?|days?|noon|morning",
                r"|once|after|until|as soon as|immediately|shortly|date|time)\b",
            ),
        ),
        "how much": (
            _pattern(r"\bhow (?:much|many)\b"),
            _pattern(r"\d|\b(?:free|nothing|none|all|full|half|cost|price|amount|charge)"),
        ),
        "where": (
            _pattern(r"\bwhere\b"),
            _pattern(
                r"\d|\b(?:at|in|on its way|on the|from|to your|here|https?|link|page|website|depot|warehouse|store",
                r"|lost|located|tracking|going)\b",
            ),
        ),
        "why": (
            _pattern(r"\b(?:why|how come|what happened|what went wrong)\b"),
            _pattern(
                r"\b(?:because|due to|reason|since|caused?|why|was not|were not|had to|went wrong|mistake|error|failed",
                r"|means|problem|issue)\b",
            ),
        ),
        "whether": (
            _pattern(
                r"^(?:(?:so|and|but|ok|okay|well|hi|hello|please)[, ]+)?",
                r"(?:can|could|will|would|do|does|did|is|are|have|has|may|should|am)(?:n't)? ",
                r"(?:i|you|we|they|it|there|this|that|my|the|your|anyone|someone)\b",
            ),
            _pattern(
                r"\b(?:yes|no|yeah|yep|sure|of course|certainly|absolutely|not|can|cannot|can't|could|will|won't|i'll",
                r"|we'll|is|are|isn't|have|has|unfortunately|correct|right|possible|able)\b",
            ),
        ),
        "how": (
            _pattern(r"\bhow (?:do|can|should|would|to|am)\b"),
            _pattern(
                r"\b(?:you can|please|click|go to|open|press|select|use|send|follow|by|log|sign|just|first|then|link",
                r"|https?)\b",
            ),
        ),
        "which": (
            _pattern(r"\b(?:what|which|who)(?:'s| is| are| do| does| should| was| will| can)\b"),
            _pattern(r"\d|\b(?:it is|it's|is|are|was|that's|called|named|(?:i|we|you) can)\b"),
        ),
    }
)
PLAIN = frozenset({"when", "how much", "where", "why"})  # to say its words again answers none of these
RHETORICAL = _pattern(
    r"\b(?:kidding|joke|joking|serious|seriously|wrong with you|care|cares|stupid|idiots?|hell|fuck\w*|wtf|ever|even",
    r"|shame|ridiculous|dumb|sense|mind|worth|pay for|surprised|hear me|the point)\b",
)
# Who looks, asks back, does it or sends for it is at it; the answer may come with the next message.
AT_IT = _pattern(
    r"\?|\b(?:there(?:'s| is| are)|also|no (?:\w+ )?info(?:rmation)?\b",
    r"|(?:i|we)(?:'ll| will|'m| am|'ve| have|'re| are) (?:now |just |already |going to )?",
    r"(?:check|look|find|ask|get|send|call|write|see|sort|arrang|refund|replac|fix|do|cancel|contact|let|follow|book",
    r"|creat|pass|chas|investigat|updat|reach|tak|work|need|made|sent|request)\w*",
    r"|let me|let us|let's|could you|can you|would you",
    r"|please (?:send|dm|tell|let|share|give|provide|confirm|check|try|follow|reach|contact|call|visit|email|message",
    r"|click|use|go|see|note|have|update|restart|allow|keep|feel|direct)|dm us|send us|give us",
    r"|(?:don't|do not) know yet|as soon as (?:i|we) know|looking into|here is|here's|https?)",
)


def open_question(texts: Sequence[str]) -> str | None:
    """The last question in a customer's texts, oldest first, that is meant to be answered."""
    for text in reversed(texts[-LATEST:]):
        read = normalise(text[-LOOKED_AT:])
        for start, end in reversed(sentences(read.plain)[-LATEST:]):
            if _is_question(read.plain[start:end]):
                first, last = read.span(start, end)
                return read.original[first:last]
    return None


def _is_question(words: str) -> bool:
    long = len(WORD.findall(words)) >= FEWEST
    return long and words.endswith("?") and not RHETORICAL.search(words) and bool(_asks(words))


def _asks(words: str) -> list[str]:
    return [name for name, (asked, _) in ASKS.items() if asked.search(words)]


def answers(plain: str, question: str) -> bool:
    """Whether a draft, normalised, may be taken for an answer."""
    asked = normalise(question).plain
    kinds = _asks(asked)
    if AT_IT.search(plain) or any(ASKS[kind][1].search(plain) for kind in kinds):
        return True
    return PLAIN.isdisjoint(kinds) and bool(_stems(asked) & _stems(plain))


def _stems(plain: str) -> set[str]:
    return {word[:STEM] for word in WORD.findall(plain) if len(word) >= STEM and word not in COMMON}
