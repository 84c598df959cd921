"""One normalised copy of a text for all detectors, with the way back to the original's characters.

Lower case, straight quotes, one kind of space, no zero-width characters, no accents piled on a letter, stretched
letters shortened ("soooo" -> "so"), look-alike letters mapped. The original is never changed: evidence points into it.
"""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from assist.dialect import Change
from assist.names import renamed
from assist.spelling import changes

SCORED = 4_000  # characters of a message that detectors see; the head and the tail of a longer one
TAIL = 1_000  # of these, so many from the end: what is said last counts most

# Zero-width characters, soft hyphens, direction marks, variation selectors and tag characters carry no words.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\t\r\x0b\x0c\u00a0\u202f", " "),
        "\u2026": ".",
    }
)
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Cyrillic and Greek letters that are drawn like Latin ones; mapped only inside words that also hold Latin letters.
LOOKALIKE = dict(zip("аеорсухіѕјԁһԛԝкмтвн" + "αορνικτ", "aeopcyxisjdhqwkmtbh" + "aopvikt", strict=True))
# A word with a letter three times in a row or more (looked at up to 40 letters, so that the search stays linear), or a
# row of marks.
STRETCHED = re.compile(r"\b(?=[a-z]{0,40}?([a-z])\1\1)[a-z]+|[!?]{3,}")
TRIPLE = re.compile(r"([a-z!?])\1\1")
RUN = re.compile(r"(.)\1*", re.DOTALL)
SAID = 0.6  # share of a phrase's words that must be there for it to count as said
FEWEST = 4  # words of a phrase for such a comparison
MAX_RUN = 2  # letters and marks of a kind that may stand in a row
# Words with a double letter that people stretch; others lose all of the stretch ("sooo" is "so", "goood" is "good").
DOUBLED = {
    RUN.sub(r"\1", word): word
    for word in """
        all annoyed annoying asshole assholes been between bill bullshit call called calling cannot cool dammit
        disappointed disappointing feel free goddamn good green happy hell hello hopeless horrible immediately issue
        full keep keeps kidding kill letter messed missed missing need needed off pissed pissing queen really ridiculous
        ripped see seen seriously sleep soon sorry stall still stopped stuff terrible terribly terrific three too
        unacceptable useless week weeks well will worthless
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
    if RUN.sub(r"\1", word) != word
}
# Swear words with letters masked by asterisks; one stands for one letter, so that positions stay.
MASKED = re.compile(r"(?<![\w*])[a-z]{1,2}\*[a-z*]{1,10}(?![\w*])")
SWEAR_WORDS = """
    fuck fucks fucked fucker fuckin fucking shit shits shitty bitch bitches ass asshole assholes arse cunt cunts dick
    dicks bullshit bastard bastards crap piss pissed prick twat whore
""".split()  # noqa: SIM905 - a list of words reads better without quotes
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
BAG_WORD = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
SENTENCE_END = re.compile(r"(?:[!?\n]|\.(?!\d))[.!?\n]*[\s\"')]*")  # no end in "312.40"


def bag_of(plain: str) -> frozenset[str]:
    """The words of a text without apostrophes, the first four letters of each with `*`, and `#` if there is a digit."""
    words = BAG_WORD.findall(plain.replace("'", ""))
    bag = {*words, *[word[:4] + "*" for word in words]}
    if DIGIT.search(plain):
        bag.add("#")
    return frozenset(bag)


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its normalised copy.

    `where[i]` is the index in `original` of the character that made `plain[i]`; it is None when the two have the same
    length and order. `cut` tells that only the head and the tail of a long text were normalised. `bag` is for
    looking up quickly whether a pattern's words are there at all (`bag_of`).
    """

    original: str
    plain: str
    where: tuple[int, ...] | None = None
    cut: bool = False
    bag: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bag", bag_of(self.plain))

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
    return _normalised(text)


@lru_cache(maxsize=64)  # what is read is folded next, and compared with the phrases that were offered before it
def _normalised(text: str) -> Text:
    cut = len(text) > SCORED
    read = text[: SCORED - TAIL] + text[-TAIL:] if cut else text
    plain = renamed(read).translate(ONE_FOR_ONE)
    where: list[int] | None = None
    if plain.isascii():
        plain = plain.lower()
    else:
        plain, where = _mapped(plain)
        plain = _latin(plain)
    if "*" in plain:
        plain = MASKED.sub(_unmasked, plain)
    if TRIPLE.search(plain):
        plain, where = _shortened(plain, where)
    if changed := changes(plain):
        plain, where = _changed(plain, where, changed)
    if cut:
        gap = len(text) - SCORED
        where = [at if at < SCORED - TAIL else at + gap for at in (where or range(len(plain)))]
    return Text(text, plain, tuple(where) if where is not None else None, cut)


def _mapped(text: str) -> tuple[str, list[int]]:
    """Lower case and the plain forms of the characters beyond ASCII, with the index that each came from."""
    out: list[str] = []
    where: list[int] = []
    start = 0
    for match in BEYOND_ASCII.finditer(text):
        out.append(text[start : match.start()].lower())
        where.extend(range(start, match.start()))
        for index in range(match.start(), match.end()):
            plain = _plain(text[index])
            out.append(plain)
            where.extend([index] * len(plain))
        start = match.end()
    out.append(text[start:].lower())
    where.extend(range(start, len(text)))
    return "".join(out), where


def _unmasked(match: re.Match[str]) -> str:
    """The swear word that a masked one stands for; itself when none fits."""
    masked = match.group()
    for word in SWEAR_WORDS:
        if len(word) == len(masked) and all(mark in ("*", letter) for mark, letter in zip(masked, word, strict=True)):
            return word
    return masked


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """What one character beyond ASCII becomes: nothing, one character or a few."""
    if INVISIBLE.match(char) or unicodedata.combining(char):
        return ""
    if char.isspace():
        return " "
    folded = unicodedata.normalize("NFKD", char.lower())
    return "".join(part for part in folded if not unicodedata.combining(part))[:4]


def _shortened(plain: str, where: list[int] | None) -> tuple[str, list[int]]:
    """Shorten stretched letters and marks: to the word in `DOUBLED` that was meant, else to one letter."""
    where = where if where is not None else list(range(len(plain)))
    out: list[str] = []
    kept: list[int] = []
    start = 0
    for match in STRETCHED.finditer(plain):
        for index in [*range(start, match.start()), *_kept(match)]:
            out.append(plain[index])
            kept.append(where[index])
        start = match.end()
    out.append(plain[start:])
    kept.extend(where[start:])
    return "".join(out), kept


def _changed(plain: str, where: list[int] | None, changed: Sequence[Change]) -> tuple[str, list[int]]:
    """Words written as they are meant; each stands for all the characters that it replaces."""
    where = where if where is not None else list(range(len(plain)))
    out: list[str] = []
    kept: list[int] = []
    at = 0
    for start, end, word in changed:
        out += (plain[at:start], word)
        kept += [
            *where[at:start],
            *(where[min(end - 1, start + step)] for step in range(len(word) - 1)),
            where[end - 1],
        ]
        at = end
    return "".join((*out, plain[at:])), [*kept, *where[at:]]


def _kept(match: re.Match[str]) -> list[int]:
    """The indices of a stretched word or run of marks that stay."""
    word = match.group()
    if not word[0].isalpha():
        return [match.start(), match.start() + 1]
    runs = [(run.start(), run.end() - run.start()) for run in RUN.finditer(word)]
    meant = DOUBLED.get("".join(word[start] for start, _ in runs))
    if meant is not None:
        lengths = [run.end() - run.start() for run in RUN.finditer(meant)]
    else:
        lengths = [1 if length > MAX_RUN else length for _, length in runs]
    return [
        match.start() + start + step
        for (start, length), most in zip(runs, lengths, strict=True)
        for step in range(min(length, most))
    ]


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


def says(words: AbstractSet[str], phrase: str) -> bool:
    """Whether nearly all of a phrase's words are among these: it was sent as it stood, or with small changes."""
    wanted = _words_of(phrase)
    return len(wanted) >= FEWEST and len(wanted & words) >= SAID * len(wanted)


@lru_cache(maxsize=4_096)  # the phrases of the playbooks come again and again, each with some facts
def _words_of(phrase: str) -> frozenset[str]:
    return frozenset(normalise(phrase).words)


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
