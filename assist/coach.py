"""Reviews a draft before it is sent: what in it may heat the chat, and a better wording for it.

Remarks advise, nothing is ever changed or held back. Spans are code points of the draft as the agent wrote it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, islice

from assist.coach_form import SUBJECT, SUBORDINATES, apology_with_but, run_on, shouting
from assist.coach_private import personal_data
from assist.coach_rules import IN_OTHER_WORDS, REASONS, RULES, Remark, Rule
from assist.coach_tongues import TONGUES
from assist.coach_whole import Moment, whole
from assist.text import SCORED, WORD, Text, normalise, sentences

__all__ = ["MOST_REMARKS", "Moment", "Remark", "review"]

Span = tuple[int, int]
MOST_REMARKS = 20  # on one draft: nobody reads more, and a frame has its bound
GAP = re.compile(r"(?:[,;:]| -+) (?:(?:and|but|so|because|as|or) )?")  # between two clauses
FORGIVEN = frozenset({"canned", "passing_on"})  # in an answer to thanks or praise
LONGEST_GREETING = 40  # characters
KEPT_WORDS = 4  # of a clause beside a fault that is kept as it is
HANDLES = re.compile(r"(?:@\w{1,40}[ ,:]{1,2}){0,50}")
GREETS = re.compile(r"(?:hi|hello|hey|dear|ok|okay|thanks|thank you|good (?:morning|afternoon|evening))\b")
# Where a sentence begins, after handles.
BEGINS = re.compile(r"(?:^|[.!?\n\u2026])[\s\"')]{0,20}(?:@\w{1,40}[ ,:]{1,2}){0,10}$")
PARENTHESIS = re.compile(r"[ ,(]{1,2}$")
NEXT_WORD = re.compile(r"[ ,)-]{0,3}(?P<word>[\w']{1,40})")
SAY_ANEW = "Let me say it in other words: [what they need to know]."
LOOK_BACK = 120  # characters before a span that tell whether one does
UNFINISHED = re.compile(
    r"\b(?:unfortunately|however|sadly|that|and|but|or|so|the|a|is|are|was|to|of|for|please|then|regret)$"
)
STANDS_ALONE = re.compile(rf"{SUBJECT}\b")


def review(
    draft: str, forbidden: Sequence[str] = (), moment: Moment | None = None, known: Collection[str] = ()
) -> tuple[Remark, ...]:
    """The remarks on a draft, in its order, at most `MOST_REMARKS`.

    *forbidden* are words of the house's policy, *known* values that the chat is about and that may be sent. With a
    *moment* the draft is seen from its chat. Two of one kind never overlap, two of different kinds may. Linear in the
    draft, which the caller has checked by `check_text(draft, limit=MAX_DRAFT)`.
    """
    found = [*islice(shouting(draft), MOST_REMARKS), *islice(personal_data(draft, known), MOST_REMARKS)]
    foreign = moment.reading.language.code if moment and moment.reading.language.foreign else ""
    for start, piece in _pieces(draft):
        text = normalise(piece)
        rules = TONGUES.get(foreign, ()) if foreign else RULES
        remarks = [*_matches(text, rules), *([] if foreign else [*apology_with_but(text), *run_on(text)])]
        remarks += [one for one in _forbidden(text, forbidden) if not any(map(partial(_overlap, one), remarks))]
        found += [_moved(remark, start) for remark in remarks]
    if moment and moment.pleased:
        found = [one for one in found if one.kind not in FORGIVEN]
    lacking = [*whole(draft, moment)] if moment else []
    return _in_order([*lacking, *_without_overlaps(found)[: MOST_REMARKS - len(lacking)]])


def _pieces(draft: str) -> Iterator[tuple[int, str]]:
    """The draft in pieces that are normalised whole, cut at white space where there is some."""
    start = 0
    while len(draft) - start > SCORED:
        space = draft.rfind(" ", start, start + SCORED)
        end = space + 1 if space > start else start + SCORED
        yield start, draft[start:end]
        start = end
    yield start, draft[start:]


def _matches(text: Text, rules: Sequence[Rule]) -> Iterator[Remark]:
    sentence_of = _sentence_finder(text.plain)
    for rule in rules:
        if rule.pattern.search(text.plain) and not (rule.scope == "draft" and _excused(rule, text.plain)):
            yield from islice(_by(rule, text, sentence_of), MOST_REMARKS)


def _by(rule: Rule, text: Text, sentence_of: Callable[[re.Match[str]], Span]) -> Iterator[Remark]:
    """The remarks of one rule."""
    for sentence, matches in groupby(rule.pattern.finditer(text.plain), key=sentence_of):
        if rule.scope == "sentence" and _excused(rule, text.plain[slice(*sentence)]):
            continue
        if rule.grows:  # it says all about its sentence at once
            yield _grown(rule, text, next(matches).span(), sentence)
        else:
            yield from (_inside(rule, text, match, sentence) for match in matches)


def _forbidden(text: Text, phrases: Sequence[str]) -> Iterator[Remark]:
    """Where these words stand one after the other: words, never a pattern."""
    said = [(match.group(), *match.span()) for match in WORD.finditer(text.plain)]
    words = [word for word, _, _ in said]
    for wanted in map(WORD.findall, map(str.lower, phrases)):
        for at in range(len(words) - len(wanted) + 1):
            if wanted and words[at : at + len(wanted)] == wanted:
                span = text.span(said[at][1], said[at + len(wanted) - 1][2])
                yield Remark(*span, "forbidden", REASONS["forbidden"], "[your own words]")


def _overlap(one: Remark, other: Remark) -> bool:
    return one.start < other.end and other.start < one.end


def _sentence_finder(plain: str) -> Callable[[re.Match[str]], Span]:
    spans = whole_sentences(plain)
    starts = [start for start, _ in spans]
    return lambda match: spans[max(0, bisect_right(starts, match.start()) - 1)]


def whole_sentences(plain: str) -> list[Span]:
    """Spans of the sentences; a point with no space behind it, as in an address, ends none."""
    found: list[Span] = []
    for start, end in sentences(plain):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _remark(rule: Rule, text: Text, span: Span) -> Remark:
    start, end = text.span(*span)
    before = text.original[max(0, start - LOOK_BACK) : start]
    return Remark(start, end, rule.kind, REASONS[rule.kind], _cased(rule.better, begins=bool(BEGINS.search(before))))


def _inside(rule: Rule, text: Text, match: re.Match[str], sentence: Span) -> Remark:
    """A remark whose better wording takes the place of the matched words.

    "As I said" in the midst of a sentence has none: it goes, up to the next word. Where it is all there is, the
    sentence has to be said anew.
    """
    if rule.kind != "as_i_said":
        return _remark(rule, text, match.span())
    before = PARENTHESIS.search(text.plain, sentence[0], match.start())
    after = NEXT_WORD.match(text.plain, match.end(), sentence[1])
    if after is None and rule.better == IN_OTHER_WORDS:
        return _grown(replace(rule, better=SAY_ANEW), text, match.span(), sentence)
    if after is None or match.start() == _after_handles(text.plain, sentence[0], match.start()):
        return _remark(rule, text, match.span())
    start, end = text.span(before.start() if before else match.start(), after.end())
    word = text.original[text.span(*after.span("word"))[0] : end]
    return Remark(start, end, rule.kind, REASONS[rule.kind], f" {word}")


def _after_handles(plain: str, start: int, end: int) -> int:
    handles = HANDLES.match(plain, start, end)
    return handles.end() if handles else start


def _grown(rule: Rule, text: Text, span: Span, sentence: Span) -> Remark:
    """A remark with a sentence as its better wording.

    It takes the place of the whole sentence around the match. Handles, a greeting and a clause that says more and can
    stand alone are kept.
    """
    plain, better = text.plain, rule.better or ""
    start, end = min(span[0], sentence[0]), max(span[1], sentence[1])
    start = _after_handles(plain, start, span[0])
    gaps = [*GAP.finditer(plain, start, end)]
    before = next((gap for gap in reversed(gaps) if gap.end() <= span[0]), None)
    after = next((gap for gap in gaps if gap.start() >= span[1]), None)
    if before and before.start() - start <= LONGEST_GREETING and GREETS.match(plain, start):
        start, better = before.end(), better if better.startswith("I ") else better[0].lower() + better[1:]
    elif before and _says_more(plain[start : before.start()]):
        start, better = before.start(), f". {better}"
    hangs = SUBORDINATES.match(plain, start)
    if after and not hangs and STANDS_ALONE.match(plain, after.end()) and _says_more(plain[after.end() : end]):
        word = WORD.match(plain, after.end())
        end = word.end() if word else after.end() + 1
        better = f"{better} {_begun(text, (after.end(), end))}"
    return Remark(*text.span(start, end), rule.kind, REASONS[rule.kind], better or None)


def _begun(text: Text, span: Span) -> str:
    """The words of a span as they begin a sentence."""
    start, end = text.span(*span)
    return text.original[start].upper() + text.original[start + 1 : end]


def _says_more(clause: str) -> bool:
    """Whether a clause holds something of its own and may stand alone."""
    words = WORD.findall(clause)
    told = len(words) >= KEPT_WORDS or any(map(str.isdigit, clause))
    return told and not SUBORDINATES.match(clause) and not UNFINISHED.search(clause)


def _excused(rule: Rule, words: str) -> bool:
    return rule.unless is not None and rule.unless.search(words) is not None


def _cased(better: str | None, *, begins: bool) -> str | None:
    """A replacement that begins in upper case where it begins a sentence."""
    return better[0].upper() + better[1:] if better and begins else better


def _moved(remark: Remark, by: int) -> Remark:
    return replace(remark, start=remark.start + by, end=remark.end + by)


def _in_order(found: list[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.kind)))


def _without_overlaps(found: list[Remark]) -> list[Remark]:
    """In the order of the draft; of overlapping ones of a kind the first stays, the longer where two begin."""
    kept: list[Remark] = []
    ends: dict[str, int] = {}
    for remark in _in_order(found):
        if remark.start >= ends.get(remark.kind, 0):
            kept.append(remark)
            ends[remark.kind] = remark.end
    return kept
