"""The text that scorers read: pictures by their names; people, handles, links and numbers without their particulars.

What names somebody or something tells nothing of a feeling: a scorer that saw it would learn it by heart.
"""

import re
import unicodedata
from dataclasses import dataclass

from assist.signals.people import KNOWN, STAND_IN
from assist.text import Text

PARTICULAR = re.compile(r"@\w+|(?:https?://|www\.)\S+|\d{5,}")
PICTURES = "\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
PICTURE = re.compile(f"[{PICTURES}]")
SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
ARTICLE = re.compile(r"(?<![^\W_])an $")  # before a stand-in, which has none of its own: "an atheist", "a local"
WORD_OR_PICTURE = re.compile(rf"[a-z]+(?:-[a-z]+)*|[{PICTURES}]")


@dataclass(frozen=True, slots=True)
class Legible:
    """A text for scorers; `where[i]` is the index in the normalised copy of the character that made `plain[i]`.

    It is None when the two have the same length and order.
    """

    text: Text
    plain: str
    where: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind `plain[start:end]`."""
        if self.where is not None:
            start, end = self.where[start], self.where[end - 1] + 1
        return self.text.span(start, end)


def legible(text: Text) -> Legible:
    """What scorers read of a normalised text."""
    plain = text.plain
    if "@" in plain or "http" in plain or "www." in plain or "#" in text.bag:
        plain = PARTICULAR.sub(_masked, plain)
    if KNOWN.isdisjoint(text.bag) and (plain.isascii() or not PICTURE.search(plain)):
        return Legible(text, plain)
    parts: list[str] = []
    where: list[int] = []
    at = 0
    for match in WORD_OR_PICTURE.finditer(plain):
        stand_in = _stand_in(match.group())
        if stand_in is not None:
            before = plain[at : match.start()]
            parts += (ARTICLE.sub("a  ", before), stand_in)
            where += [*range(at, match.start()), *_spread(match.start(), match.end(), len(stand_in))]
            at = match.end()
    return Legible(text, "".join((*parts, plain[at:])), (*where, *range(at, len(plain))))


def _stand_in(found: str) -> str | None:
    if found in SKIN_TONES:
        return " "
    if PICTURE.match(found):
        return f" {unicodedata.name(found, '').lower()} "
    return STAND_IN.get(found)


def _spread(start: int, end: int, length: int) -> list[int]:
    """The indices start..end stretched, or pressed, to so many; the first and the last stay."""
    last = end - 1
    return [min(last, start + at) for at in range(length - 1)] + [last]


def _masked(match: re.Match[str]) -> str:
    """A stand-in of the same length, so that every index stays."""
    found = match.group()
    kind = "@user" if found[0] == "@" else "12345" if found[0].isdigit() else "http"
    return kind[: len(found)].ljust(len(found))
