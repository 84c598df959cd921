"""Puts an agent's own text in another manner, by tables of rules: friendlier, formal, shorter or firmer.

Nothing is made up and nothing is lost: numbers, names, dates, amounts, links and quoted words stay, and so do what is
denied, promised, left open and asked. Where one of these would not, there is no rewrite. It is brought to its end: a
text that was rewritten is not changed by the same manner again.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from assist.message import MAX_DRAFT, check_text
from assist.reading import ENGLISH
from assist.rewrite_facts import fixed, meaning, names_lost, protected
from assist.rewrite_rows import Row
from assist.rewrite_tables import TABLES
from assist.signals.language import name

MANNERS = tuple(TABLES)
PASSES = 8  # until nothing changes; more would be a table that goes round in a circle
WORDS = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[.!?\n]")
OPENING = re.compile(  # what may stand before the first word of a sentence
    r"(?:^|[.!?:\n\u2026])[\s\"'(\u201c\u2018*-]*(?:@\w+[,:]?\s+)*(?P<greeted>(?:hi|hello|hey|dear|thanks|ok|okay|sure|yes"
    r"|no)\b[^.!?,\n]{0,40}[,!]\s+)?$",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"\b(?:and|but|or|that|because|so|if|when),$", re.IGNORECASE
)  # a comma that goes with the other one
OWN_CAPITAL = re.compile(r"I\b|[A-Z]{2}")  # wherever it stands, as in "DM"
BRAND = re.compile(r"[a-z]+[A-Z]")  # what is written small at the beginning stays so
SPACES = " \u00a0"
AROUND = 300  # characters before and after a change that are looked at
LOOK_BACK = 120  # characters in which an opening may stand


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed: a span of the text as it was (code points), its words, what stands there now, and the rule."""

    start: int
    end: int
    was: str
    now: str
    rule: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """`text` is None where none is offered; `because` says why then, else what was done."""

    manner: str
    text: str | None
    changes: tuple[Change, ...]
    because: str


def rewrite(text: str, manner: str, language: str = ENGLISH) -> Rewritten:
    """Put a text of at most `MAX_DRAFT` characters, in *language*, in one of `MANNERS`.

    Raises `InvalidMessage` as `check_text` does, and `KeyError` for another manner. Linear in the text.
    """
    check_text(text, limit=MAX_DRAFT)
    if language not in ("", ENGLISH):
        return Rewritten(manner, None, (), f"only English is rewritten, and this is in {name(language)}")
    draft = _Draft(text)
    if not draft.settle(TABLES[manner]):
        return Rewritten(manner, None, (), "the rules do not come to an end on this text")
    changes = tuple(piece for piece in draft.pieces if piece.rule and piece.was != piece.now)
    if changes and not WORDS.search(draft.text):
        return Rewritten(manner, None, (), "no word would be left")
    lost = _lost(text, draft.text) or (draft.refused[0] if draft.refused and not changes else "")
    if lost:
        return Rewritten(manner, None, (), f"it would not keep {lost}")
    if not changes:
        return Rewritten(manner, None, (), f"there is nothing to make {manner}: no rule fits")
    rules = dict.fromkeys(rule for change in changes for rule in change.rule.split(", "))
    return Rewritten(manner, draft.text, changes, ", ".join(rules))


def _lost(before: str, after: str) -> str:
    """What a rewrite would not keep, in words; empty where all is there."""
    missing = [*(fixed(before) - fixed(after)), *(fixed(after) - fixed(before))]
    missing += [*names_lost(before, after), *names_lost(after, before)]
    if missing:
        return f"“{missing[0]}”"
    changed = [what for (what, old), (_, new) in zip(meaning(before), meaning(after), strict=True) if old != new]
    return changed[0] if changed else ""


class _Draft:
    """A text on its way: its pieces, what is looked up in it again and again, and what changes were not made for."""

    def __init__(self, text: str) -> None:
        self.refused: list[str] = []
        self._original = text
        self._set([Change(0, len(text), text, text, "")])

    def _set(self, pieces: list[Change]) -> None:
        self.pieces = pieces
        self.text = "".join(piece.now for piece in pieces)
        self._words = frozenset(WORDS.findall(self.text.lower()))
        self._held = protected(self.text)

    def settle(self, rows: Sequence[Row]) -> bool:
        """Try all rows again and again until nothing changes; False where that does not come to an end."""
        for _ in range(PASSES):
            before = self.text
            for row in rows:
                if not row.first.isdisjoint(self._words):
                    self._apply(row)
            if self.text == before:
                return True
        return False

    def _apply(self, row: Row) -> None:
        """Change every match of a row, from the last to the first, but where something would be lost."""
        found = [_edit(row, match, self.text) for match in row.pattern.finditer(self.text) if self._is_free(match)]
        edits = [edit for edit in found if edit]
        edits = [edit for edit, after in pairwise([*edits, None]) if edit and (not after or edit.end <= after.start)]
        pieces = list(self.pieces)
        starts = list(accumulate((len(piece.now) for piece in pieces), initial=0))[:-1]
        for edit in reversed(self._without_loss(edits)):
            self._put(pieces, starts, edit)
        if edits:
            self._set(pieces)

    def _without_loss(self, edits: Sequence[Change]) -> list[Change]:
        """The edits of one row that lose nothing; mostly that is all of them, which is seen at one look."""
        ends = [0, *(edit.end for edit in edits)]
        new = "".join(self.text[end : edit.start] + edit.now for end, edit in zip(ends, edits, strict=False))
        if not edits or not _lost(self.text, new + self.text[ends[-1] :]):
            return list(edits)
        kept = []
        for edit in edits:
            lost = self._loses(edit)
            if lost:
                self.refused.append(lost)
            else:
                kept.append(edit)
        return kept

    def _is_free(self, match: re.Match[str]) -> bool:
        """Whether a match touches nothing that is held."""
        at = bisect_left(self._held, match.end(), key=lambda span: span[0]) - 1
        return match.start() < match.end() and (at < 0 or self._held[at][1] <= match.start())

    def _loses(self, edit: Change) -> str:
        """What one edit would lose, from the words around it."""
        before = self.text[max(0, edit.start - AROUND) : edit.start]
        after = self.text[edit.end : edit.end + AROUND]
        return _lost(before + edit.was + after, before + edit.now + after)

    def _put(self, pieces: list[Change], starts: Sequence[int], edit: Change) -> None:
        """Lay an edit of the present text over its pieces; what was changed before is changed as a whole."""
        first, last = bisect_right(starts, edit.start) - 1, bisect_left(starts, edit.end)
        head, tail = pieces[first], pieces[last - 1]
        left, right = edit.start - starts[first], edit.end - starts[last - 1]
        start = head.start if head.rule else head.start + left
        end = tail.end if tail.rule else tail.start + right
        rules = dict.fromkeys(name for piece in (*pieces[first:last], edit) for name in piece.rule.split(", ") if name)
        now = (head.now[:left] if head.rule else "") + edit.now + (tail.now[right:] if tail.rule else "")
        pieces[first:last] = [
            *([] if head.rule or not left else [self._kept(head.start, start)]),
            Change(start, end, self._original[start:end], now, ", ".join(rules)),
            *([] if tail.rule or end == tail.end else [self._kept(end, tail.end)]),
        ]

    def _kept(self, start: int, end: int) -> Change:
        return Change(start, end, self._original[start:end], self._original[start:end], "")


def _edit(row: Row, match: re.Match[str], text: str) -> Change | None:
    """What a row makes of a match; None where it must not touch it."""
    start, end = match.span()
    was = match.group()
    if was.isupper() and len(was) > 3:  # shouted: not ours to smooth
        return None
    opening = OPENING.search(text, max(0, start - LOOK_BACK), start)
    if (row.opens and not opening) or not row.fits(_sentence(text, start, end), text[:start], text[end:]):
        return None
    begins = bool(opening) and not (opening and opening["greeted"])
    capital = was[0].isupper() and (begins or not OWN_CAPITAL.match(was))
    now = row.now.replace("*", _lowered(was)) if "*" in row.now else match.expand(row.now)
    edit = Change(start, end, was, _typed(now, text), row.rule)
    return _capitalised(edit, capital) if now else _dropped(edit, text, capital=capital)


def _lowered(was: str) -> str:
    return was if was.startswith(("I ", "I'", "I\u2019")) else was[0].lower() + was[1:]


def _typed(now: str, text: str) -> str:
    """With the apostrophes that the text has."""
    return now.replace("'", "\u2019") if "\u2019" in text and "'" not in text else now


def _capitalised(edit: Change, capital: bool) -> Change:
    return replace(edit, now=edit.now[0].upper() + edit.now[1:]) if capital else edit


def _dropped(edit: Change, text: str, *, capital: bool) -> Change | None:
    """Words that go, with the comma and the space that went with them; what follows takes over their capital."""
    before, after = text[: edit.start].rstrip(SPACES), text[edit.end :].lstrip(SPACES)
    start, end = edit.start, len(text) - len(after)
    alone = not before.strip() or before[-1] in ".!?\n:"
    if not WORDS.search(_sentence(after, 0, 0)):
        if alone:
            return None  # nothing would be left of the sentence
        start = len(before.rstrip(f",{SPACES}"))
        return Change(start, len(text) - len(after), text[start : len(text) - len(after)], "", edit.rule)
    comma = after[0] == ","
    if comma:
        end += 1 + len(after[1:]) - len(after[1:].lstrip(SPACES))
    if (comma or edit.was[-1] == ",") and JOINED.search(before):
        return Change(len(before) - 1, end, text[len(before) - 1 : end], " ", edit.rule)
    if not capital:
        return Change(start, end, text[start:end], "", edit.rule)
    if end >= len(text) or not text[end].isalnum() or BRAND.match(text, end):
        return None
    return Change(start, end + 1, text[start : end + 1], text[end].upper(), edit.rule)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, with its mark at the end, as far as `AROUND` characters."""
    floor = max(0, start - AROUND)
    first = max(floor, *(text.rfind(mark, floor, start) + 1 for mark in ".!?\n"))
    last = SENTENCE.search(text, end, end + AROUND)
    return text[first : last.end() if last else end + AROUND]


def by_rule(manner: str) -> Mapping[str, int]:
    """How many rows each rule of a manner has."""
    counts: dict[str, int] = {}
    for row in TABLES[manner]:
        counts[row.rule] = counts.get(row.rule, 0) + 1
    return counts
