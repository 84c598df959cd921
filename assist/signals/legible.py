"""The text that scorers read: pictures by their names; handles, links and long numbers without their particulars.

What names somebody or something tells nothing of a feeling: a scorer that saw it would learn it by heart.
"""

import re
import unicodedata
from dataclasses import dataclass

from assist.text import Text

PARTICULAR = re.compile(r"@\w+|(?:https?://|www\.)\S+|\d{5,}")
PICTURE = re.compile("[\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")


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
    if plain.isascii() or not PICTURE.search(plain):
        return Legible(text, plain)
    parts: list[str] = []
    where: list[int] = []
    for index, char in enumerate(plain):
        part = f" {unicodedata.name(char, '').lower()} " if PICTURE.match(char) else char
        parts.append(part)
        where.extend([index] * len(part))
    return Legible(text, "".join(parts), tuple(where))


def _masked(match: re.Match[str]) -> str:
    """A stand-in of the same length, so that every index stays."""
    found = match.group()
    kind = "@user" if found[0] == "@" else "12345" if found[0].isdigit() else "http"
    return kind[: len(found)].ljust(len(found))
