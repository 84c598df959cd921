"""Named word patterns: the small language in which the detectors' tables are written.

A table names its rules, each with its strength, and lists the patterns that show it:

    third contact: 0.5
        TIMES [damn] time|email|call
        asked ~2 TIMES already $

A pattern is words in order, with white space, commas and the like between them:

    third time        these words
    third|3rd|last    any of these; `_` is a space inside one of them: `no_one`
    [really|very]     may be missing
    frustrat*         a word that begins so
    ~   ~5            up to three (five) words of any kind, but for "not", "never", "like" and the like
    #                 a number
    ^ at the start    only at the start of a sentence, after greetings and handles at most
    $ at the end      only at the end of a clause
    YOU, BE, ...      a name of `WORDS`

An apostrophe in a pattern may be missing in the text ("dont"). A rule does not hold where a negation stands before
it, unless it is marked `plain`. Every gap is bounded and no repetition holds another, so that a search is linear in
the text. A pattern is only tried when a word of each of its elements is there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assist.reading import Cue
from assist.text import Text

MOST = 3  # spans of one rule in one message
GAP = 3  # words that `~` may stand for

SEPARATOR = r"[\s,\"*:;()/\-]{1,3}"
# A gap never passes over a word that would turn the meaning round.
GAP_WORD = (
    r"(?!(?:not|never|no|like|than|isn'?t|aren'?t|wasn'?t|don'?t|didn'?t|can'?t|won'?t)\b)"
    r"[\w'@#$\u00a3\u20ac%&]+(?:\.\d+)?"
)
NUMBER = r"\d[\d.,]*"

WORDS: Mapping[str, Sequence[str]] = {
    name: choices.split()
    for name, _, choices in (
        line.strip().partition(" ")
        for line in """
        I i we
        IM i'm i_am we're we_are i_was we_were i've_been we've_been i_have_been
        IVE i've i_have we've we_have i_had we_had
        ILL i'll i_will we'll we_will i_shall i'm_going_to i_am_going_to i'm_gonna imma we're_going_to i_am_gonna
        MY my our the me mine
        YOU you u ya y'all yall you_guys you_people you_lot you_all all_of_you you_folks
        YOUR your ur yer
        YOUARE you're you_are ur u_are u_r you_guys_are you_people_are you_lot_are you_all_are all_of_you_are you_were
        NOT not never isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't cannot couldn't won't
        VERY so very really extremely absolutely completely totally utterly truly beyond just fucking bloody damn pretty
        NUM one two three four five six seven eight nine ten eleven twelve several a_few many a_couple_of #
        TIMES second 2nd third 3rd fourth 4th fifth 5th sixth 6th seventh 7th eighth 8th ninth 9th tenth 10th umpteenth
        DAYS hour hours hrs day days week weeks wk wks month months year years minutes mins
        """.strip().splitlines()
    )
}

NO_WORDS: Mapping[str, str] = {}

# Words too common to be what a pattern is looked up by.
COMMON = frozenset(
    """
    a an and are am as at be been but by can for from get got had has have he i if in is it me my no not of on or our so
    she that the them they this to u up us was we were what when will with you your im ive ill youre dont just all do
    did out now there here who how really very one about any more some
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)

NEGATION = re.compile(
    r"\b(?:not|never|no|without|nor|hardly|neither|stop|cannot|[a-z]{2,6}n't"
    r"|(?:do|does|did|is|are|was|were|ca|wo|has|have|had|could|would|should|ai)nt)((?: [a-z']+){0,2}) $"
)
# After these the negation is about something else: "can't believe how angry", "not only late", "no idea why".
FRESH = frozenset(
    """
    how why what when because but and only just more any even believe understand merely simply wonder till until
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
SENTENCE_START = re.compile(
    r"(?:^|[.!?\n])[^\w@]*(?:@\w+\W+|(?:hi|hello|hey|well|oh|ok|okay|so|and|but|no|yes|look|then|please)\b\W*){0,3}$"
)
LOOK_BACK = 60  # characters before a match that decide whether it is negated or starts a sentence
HEADING = re.compile(r"(?P<rule>[^:]+): (?P<strength>[01]?\.\d+|1)(?P<plain> plain)?$")
CONTINUED = re.compile(r"(?P<bar>\|?)\n {9,}")  # a line further in goes on with the pattern above it
END = r"(?=\s{0,2}(?:[,;:.!?\n)\-]|$)|\W{0,9}$)"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule as written in a table: its name as shown to users, its strength 0..1 and the patterns that show it.

    `plain` rules hold whether or not a negation stands before them (they carry their own, or are never denied).
    """

    rule: str
    strength: float
    patterns: tuple[str, ...]
    plain: bool = False


def rows(table: str) -> list[Row]:
    """Read the rules of a table; raises ValueError for a line that is neither a rule nor one of its patterns."""
    read: list[Row] = []
    for line in filter(str.strip, CONTINUED.sub(lambda found: found["bar"] or " ", table).splitlines()):
        heading = HEADING.match(line.strip())
        if heading:
            read.append(Row(heading["rule"], float(heading["strength"]), (), bool(heading["plain"])))
        elif read:
            read[-1] = replace(read[-1], patterns=(*read[-1].patterns, line.strip()))
        else:
            raise ValueError(f"{line.strip()!r} stands before the first rule; a rule is written 'name: 0.5'")
    return read


# Compiling all takes longer than all else that a start does, and few texts have the words of more than some.
_compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as a regular expression, which is compiled when a text first has its words.

    A matching text holds one of `keys` (a word, or the first four letters of one and `*`) and one of each of `others`.
    """

    row: Row
    expression: str
    keys: frozenset[str]
    others: tuple[frozenset[str], ...]
    starts: bool

    def spans(self, plain: str) -> Iterator[tuple[int, int]]:
        """Where the pattern stands in a normalised text."""
        at = 0
        search = _compiled(self.expression).search
        while match := search(plain, at):
            start, at = match.span()
            if start and _in_word(plain, start):
                at = start + 1  # what begins inside a word must not hide what begins after it: "Kim, I am angry"
                continue
            if self.starts and not SENTENCE_START.search(plain[max(0, start - LOOK_BACK) : start]):
                continue
            if self.row.plain or not negated(plain, start):
                yield start, at


Match = tuple[Row, int, int]  # a rule that holds, and its span in the normalised text


class Tables:
    """The rules of several detectors, found by the words of a text in one look."""

    def __init__(self, tables: "Sequence[Table]") -> None:
        self.tables = tuple(tables)
        self._by_key: dict[str, tuple[tuple[int, Pattern], ...]] = {}
        for at, table in enumerate(self.tables):
            for pattern in table.patterns:
                for key in pattern.keys:
                    self._by_key[key] = (*self._by_key.get(key, ()), (at, pattern))
        self._keys = frozenset(self._by_key)

    def matches(self, text: Text) -> dict[int, list[Match]]:
        """What `Table.matches` of each finds, by its place among the tables; only those that find something."""
        bag = text.bag
        if self._keys.isdisjoint(bag):
            return {}
        tried: set[int] = set()
        found: dict[int, list[tuple[int, int, Row]]] = {}
        for key in self._keys & bag:
            for at, pattern in self._by_key[key]:
                for keys in pattern.others:
                    if keys.isdisjoint(bag):
                        break
                else:
                    if id(pattern) not in tried:
                        tried.add(id(pattern))
                        for start, end in pattern.spans(text.plain):
                            found.setdefault(at, []).append((start, -end, pattern.row))
        return {at: _in_order(hits) for at, hits in found.items()}

    def cues(self, text: Text) -> list[Cue]:
        """The rules that hold as cues into the original text, table by table."""
        found = self.matches(text)
        return [cue for at in sorted(found) for cue in self.tables[at].cues(text, found[at])]


class Table:
    """The rules of one detector, found by the words of a text."""

    def __init__(self, kind: str, table: str, words: Mapping[str, str] = NO_WORDS) -> None:
        """Read a table; `words` are further names of lists, each written as words with spaces between."""
        self.kind = kind
        self.rows = tuple(rows(table))
        names = {**WORDS, **{name: choices.split() for name, choices in words.items()}}
        self.patterns = tuple(translated(rule, source, names) for rule in self.rows for source in rule.patterns)
        self._alone = Tables((self,))

    def matches(self, text: Text) -> list[Match]:
        """The rules that hold with their spans in the normalised text, in order, at most `MOST` spans a rule."""
        return self._alone.matches(text).get(0, [])

    def cues(self, text: Text, found: Iterable[Match]) -> list[Cue]:
        """What was found as cues into the original text."""
        return [Cue(*text.span(start, end), self.kind, rule.rule, rule.strength) for rule, start, end in found]

    def __call__(self, text: Text, _: object = None) -> list[Cue]:
        """The rules that hold as cues into the original text."""
        return self.cues(text, self.matches(text))


def _in_order(found: list[tuple[int, int, Row]]) -> list[Match]:
    if len(found) > 1:
        found.sort(key=lambda hit: (hit[0], hit[1], hit[2].rule))
    return list(_distinct(found))


def _distinct(found: Iterable[tuple[int, int, Row]]) -> Iterator[Match]:
    """Drop what lies inside another span of the same rule, and more than `MOST` of one."""
    ends: dict[str, int] = {}
    count: dict[str, int] = {}
    for start, minus_end, rule in found:
        name = rule.rule
        if -minus_end <= ends.get(name, 0) or count.get(name, 0) >= MOST:
            continue
        ends[name] = -minus_end
        count[name] = count.get(name, 0) + 1
        yield rule, start, -minus_end


def negated(plain: str, start: int) -> bool:
    """Whether what begins at `start` is denied by the two or three words before it ("not at all angry")."""
    found = NEGATION.search(plain, max(0, start - LOOK_BACK), start)
    return found is not None and FRESH.isdisjoint(found.group(1).split())


def _in_word(plain: str, start: int) -> bool:
    before = plain[start - 1]
    return (before.isalnum() or before == "'") and (before != "'" or (start > 1 and plain[start - 2].isalnum()))


def translated(rule: Row, source: str, names: Mapping[str, Sequence[str]]) -> Pattern:
    """Translate a pattern; raises ValueError for one that starts with something optional or that no word can find."""
    starts, ends, elements = _elements(source, names)
    if not elements or elements[0][0] != "word":
        raise ValueError(f"pattern {source!r} of {rule.rule!r} must start with a word that it needs")
    parts = [_choice(elements[0][1])]
    parts.extend(_part(kind, value) for kind, value in elements[1:])
    expression = "".join(parts) + r"(?!'?\w)" + (END if ends else "")
    keys, *others = _keys(rule, source, [value for kind, value in elements if kind == "word"])
    return Pattern(rule, expression, keys, tuple(others), starts)


def _elements(source: str, names: Mapping[str, Sequence[str]]) -> tuple[bool, bool, list[tuple[str, Sequence[str]]]]:
    tokens = source.split()
    starts, ends = tokens[0] == "^", tokens[-1] == "$"
    elements: list[tuple[str, Sequence[str]]] = []
    for token in tokens[starts : len(tokens) - ends]:
        if token.startswith("~"):
            elements.append(("gap", [token[1:] or str(GAP)]))
        elif token.startswith("["):
            elements.append(("maybe", _alternatives(token[1:-1], names)))
        else:
            elements.append(("word", _alternatives(token, names)))
    return starts, ends, elements


def _alternatives(token: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    return [choice.replace("_", " ") for name in token.split("|") for choice in names.get(name, (name,))]


def _part(kind: str, value: Sequence[str]) -> str:
    if kind == "gap":
        return f"(?:{SEPARATOR}{GAP_WORD}){{0,{value[0]}}}"
    if kind == "maybe":
        return f"(?:{SEPARATOR}{_choice(value)})?"
    return SEPARATOR + _choice(value)


def _choice(alternatives: Sequence[str]) -> str:
    """A group of alternatives, the longest first so that a short one does not hide it."""
    ordered = sorted(dict.fromkeys(alternatives), key=lambda choice: (-len(choice), choice))
    return "(?:" + "|".join(_literal(choice) for choice in ordered) + ")"


def _literal(choice: str) -> str:
    words = []
    for word in choice.split(" "):
        stem = word.removesuffix("*")
        body = NUMBER if stem == "#" else re.escape(stem).replace("'", "'?")
        words.append(body + r"[\w']*" if stem != word else body + r"(?!'?\w)")
    return SEPARATOR.join(words)


def _keys(rule: Row, source: str, words: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    """Every element's keys, the rarest word of each alternative; the most telling element first."""
    keys = [frozenset(_key(choice) for choice in choices) for choices in words]
    keys.sort(key=lambda choices: min(map(_rarity, choices)), reverse=True)
    if "" in keys[0]:
        raise ValueError(f"pattern {source!r} of {rule.rule!r} has no word to find it by")
    return [choices for choices in keys if "" not in choices]


def _key(choice: str) -> str:
    keys = []
    for word in choice.replace("'", "").split(" "):
        if word == "#":
            keys.append("#")
        elif word.endswith("*"):
            keys.append(word[:4] + "*" if len(word) > 4 else "")
        else:
            keys.append(word)
    return max(keys, key=_rarity)


def _rarity(key: str) -> int:
    if not key:
        return -1
    if key in COMMON or key == "#":
        return 0
    return len(key)
