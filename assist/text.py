"""One normalised copy of a text for all detectors, with the way back to the original's characters.

Lower case, straight quotes, one kind of space, no zero-width characters, no accents piled on a letter, stretched
letters shortened ("soooo" -> "soo"), look-alike letters mapped. The original is never changed: evidence points into it.
"""

import re
import unicodedata
from dataclasses import dataclass

SCORED = 4_000  # characters of a message that detectors see; the head and the tail of a longer one
TAIL = 1_000  # of these, so many from the end: what is said last counts most
MAX_RUN = 2  # the same letter at most so many times in a row

# Zero-width characters, soft hyphens, direction marks, variation selectors and tag characters carry no words.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2026": "...",
}
# Cyrillic and Greek letters that are drawn like Latin ones; mapped only inside words that also hold Latin letters.
LOOKALIKE = dict(zip("аеорсухіѕјԁһԛԝкмтвн" + "αορνικτ", "aeopcyxisjdhqwkmtbh" + "aopvikt", strict=True))
STRETCHED = re.compile(r"([a-z!?])\1{2,}")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SENTENCE_END = re.compile(r"[.!?\n]+[\s\"')]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its normalised copy.

    `where[i]` is the index in `original` of the character that made `plain[i]`; it is None when the two have the same
    length and order. `cut` tells that only the head and the tail of a long text were normalised.
    """

    original: str
    plain: str
    where: tuple[int, ...] | None = None
    cut: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `original` behind `plain[start:end]`."""
        if self.where is None:
            return start, end
        if start >= end:
            return self.where[start], self.where[start]
        return self.where[start], self.where[end - 1] + 1

    @property
    def words(self) -> list[str]:
        """The words of the normalised copy, in order."""
        return WORD.findall(self.plain)


def normalise(text: str) -> Text:
    """Normalise once for all detectors. Linear in the text, and at most `SCORED` characters of it are read."""
    cut = len(text) > SCORED
    kept = [*range(SCORED - TAIL), *range(len(text) - TAIL, len(text))] if cut else range(len(text))
    if not cut and text.isascii() and not STRETCHED.search(text.lower()):
        return Text(text, text.lower().replace("\t", " ").replace("\r", " ").replace("`", "'"))
    return _mapped(text, kept, cut=cut)


def _mapped(text: str, kept: "range | list[int]", *, cut: bool) -> Text:
    out: list[str] = []
    where: list[int] = []
    for index in kept:
        for char in _plain(text[index]):
            if len(out) >= MAX_RUN and char == out[-1] == out[-2] and (char.isalpha() or char in "!?"):
                continue
            out.append(char)
            where.append(index)
    plain = "".join(out)
    return Text(text, _latin(plain), tuple(where), cut)


def _plain(char: str) -> str:
    """What one character of the original becomes: nothing, one character or a few."""
    if char.isascii():
        return " " if char in "\t\r\x0b\x0c" else "'" if char == "`" else char.lower()
    if char in QUOTES:
        return QUOTES[char]
    if INVISIBLE.match(char) or unicodedata.combining(char):
        return ""
    if char.isspace():
        return " "
    folded = unicodedata.normalize("NFKD", char.lower())
    return "".join(part for part in folded if not unicodedata.combining(part))[:4]


def _latin(plain: str) -> str:
    """Map look-alike letters in words that mix alphabets, the way filters are dodged; others stay as they are."""
    if plain.isascii():
        return plain

    def mapped(match: re.Match[str]) -> str:
        word = match.group()
        if word.isascii() or not any(char.isascii() and char.isalpha() for char in word):
            return word
        return "".join(LOOKALIKE.get(char, char) for char in word)

    return WORD.sub(mapped, plain)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*SENTENCE_END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + len(piece.rstrip())))
        start = end
    return spans
