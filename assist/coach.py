"""Reviews a draft before it is sent: what in it may heat the chat, a better wording, and the effect to expect.

Remarks advise, nothing is ever changed or held back. Spans are code points of the draft as the agent wrote it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice

from assist.coach_rules import REASONS, RULES, Rule
from assist.message import Step
from assist.text import SCORED, WORD, Text, normalise, sentences

Span = tuple[int, int]

# Runs of words in capitals, single words that are capitalised for emphasis, rows of exclamation marks.
CAPITALS = re.compile(r"\b[A-Z][A-Z']{0,20}(?:[ ,]{1,2}[A-Z][A-Z']{0,20})+\b")
LONG_WORD = re.compile(r"[A-Z]{3,}")
EMPHASIS = re.compile(r"\b(?:NOT|NEVER|STOP|MUST|ALREADY|READ|LISTEN|WAIT|ALWAYS)\b")
EXCLAMATIONS = re.compile(r"!{3,}")
SHOUTED_LETTERS = 8  # in a run of capitals; fewer may be two abbreviations side by side
SHOUTED_WORDS = 2  # of three letters or more in such a run
MOST_REMARKS = 20  # on one draft: nobody reads more, and a frame has its bound


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing in a draft; `better`, where there is one, is to stand in the place of the span."""

    start: int
    end: int
    kind: str  # one of `coach_rules.REASONS`
    reason: str
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Tension 0..100 to expect after the customer's next message; `low` <= `expected` <= `high`."""

    low: float
    expected: float
    high: float


# The share of the tension that a step takes away, and the points that a kind of remark adds. A first table, set by
# judgement from the craft's usual order; to be fitted on measured next messages as soon as enough are recorded.
RELIEF = {
    Step.LISTEN: 0.08,
    Step.EMPATHIZE: 0.12,
    Step.APOLOGIZE: 0.10,
    Step.OWN: 0.10,
    Step.SOLVE: 0.20,
    Step.BOUNDARY: 0.06,
    Step.ESCALATE: 0.10,
    Step.FOLLOW_UP: 0.05,
    Step.CLOSE: 0.03,
}
HARM = {
    "calm_down": 12.0,
    "blaming": 12.0,
    "defensive": 8.0,
    "dismissive": 12.0,
    "as_i_said": 6.0,
    "vague_promise": 3.0,
    "jargon": 2.0,
    "passing_on": 8.0,
    "apology_with_but": 5.0,
    "non_apology": 6.0,
    "self_deprecating": 3.0,
    "shouting": 6.0,
    "absolute_no": 8.0,
    "policy_wall": 8.0,
    "canned": 4.0,
    "overpromise": 2.0,
    "forbidden": 2.0,
    "rude": 18.0,
}
ADVISED = 1.25  # a step works better where it is the next one
EARLY = 0.5  # and a solution works half where the customer first wants to be heard
FIRST_HEARD = (Step.LISTEN, Step.EMPATHIZE)
REPEATED = 0.5  # of the harm of a kind counts for each further remark of it
MOST_HARM = 45.0  # points that one message can add
IGNORED = 3.0  # points that a message adds which does none of the steps
SPREAD = 6.0  # points either side that we do not know even of the plainest message
UNSURE = 10.0  # further points for each step that the draft may or may not do
WIDER = 0.3  # of the harm widens the range: people take offence differently


def review(draft: str, forbidden: Sequence[str] = ()) -> tuple[Remark, ...]:
    """The remarks on a draft, in its order, at most `MOST_REMARKS`; *forbidden* are words of the house's policy.

    Two of one kind never overlap, two of different kinds may. Linear in the draft, which the caller has checked by
    `check_text(draft, limit=MAX_DRAFT)`.
    """
    found = [*_shouting(draft)]
    for start, piece in _pieces(draft):
        text = normalise(piece)
        remarks = [*_matches(text)]
        remarks += [one for one in _forbidden(text, forbidden) if not any(map(partial(_overlap, one), remarks))]
        found += [_moved(remark, start) for remark in remarks]
    return _without_overlaps(found)


def expected_effect(
    tension: float, steps: Mapping[Step, float], remarks: Sequence[Remark], next_step: Step | None
) -> Effect:
    """The tension to expect after the customer's next message, if a draft with these steps and remarks is sent.

    `tension` is the current one, 0..100; `steps` the probability of each step that the draft does.
    """
    left = tension
    for step, probability in steps.items():
        left *= 1.0 - RELIEF[step] * _weight(step, next_step) * probability
    ignored = IGNORED * (1.0 - max(steps.values(), default=0.0))
    harm = _harm(remarks)
    spread = SPREAD + WIDER * harm + UNSURE * sum(4 * p * (1 - p) * RELIEF[step] for step, p in steps.items())
    expected = left + ignored + harm
    return Effect(_bounded(expected - spread), _bounded(expected), _bounded(expected + spread))


def _weight(step: Step, next_step: Step | None) -> float:
    if step is next_step:
        return ADVISED
    return EARLY if step is Step.SOLVE and next_step in FIRST_HEARD else 1.0


def _harm(remarks: Iterable[Remark]) -> float:
    seen: set[str] = set()
    points = 0.0
    for remark in remarks:
        points += HARM[remark.kind] * (REPEATED if remark.kind in seen else 1.0)
        seen.add(remark.kind)
    return min(points, MOST_HARM)


def _bounded(points: float) -> float:
    return round(min(100.0, max(0.0, points)), 1)


def _pieces(draft: str) -> Iterator[tuple[int, str]]:
    """The draft in pieces that are normalised whole, cut at white space where there is some."""
    start = 0
    while len(draft) - start > SCORED:
        space = draft.rfind(" ", start, start + SCORED)
        end = space + 1 if space > start else start + SCORED
        yield start, draft[start:end]
        start = end
    yield start, draft[start:]


def _matches(text: Text) -> Iterator[Remark]:
    sentence_of = _sentence_finder(text.plain)
    for rule in RULES:
        if rule.pattern.search(text.plain) is None or (rule.scope == "draft" and _excused(rule, text.plain)):
            continue
        for sentence, matches in groupby(rule.pattern.finditer(text.plain), key=sentence_of):
            if rule.scope == "sentence" and _excused(rule, text.plain[slice(*sentence)]):
                continue
            # What grows says all about its sentence at once.
            for match in islice(matches, 1) if rule.grows else matches:
                yield _remark(rule, text, _around(match.span(), sentence) if rule.grows else match.span())


def _forbidden(text: Text, phrases: Sequence[str]) -> Iterator[Remark]:
    """Where these words stand one after the other: words, never a pattern."""
    said = [(match.group(), *match.span()) for match in WORD.finditer(text.plain)]
    words = [word for word, _, _ in said]
    for wanted in map(WORD.findall, map(str.lower, phrases)):
        for at in range(len(words) - len(wanted) + 1):
            if wanted and words[at : at + len(wanted)] == wanted:
                span = text.span(said[at][1], said[at + len(wanted) - 1][2])
                yield Remark(*span, "forbidden", REASONS["forbidden"])


def _overlap(one: Remark, other: Remark) -> bool:
    return one.start < other.end and other.start < one.end


def _sentence_finder(plain: str) -> Callable[[re.Match[str]], Span]:
    spans = sentences(plain)
    starts = [start for start, _ in spans]
    return lambda match: spans[max(0, bisect_right(starts, match.start()) - 1)]


def _remark(rule: Rule, text: Text, span: Span) -> Remark:
    start, end = text.span(*span)
    return Remark(start, end, rule.kind, REASONS[rule.kind], _cased(rule.better, text.original[start]))


def _excused(rule: Rule, words: str) -> bool:
    return rule.unless is not None and rule.unless.search(words) is not None


def _around(span: Span, sentence: Span) -> Span:
    return min(span[0], sentence[0]), max(span[1], sentence[1])


def _cased(better: str | None, first: str) -> str | None:
    """A replacement that begins in upper case where the words that it replaces do."""
    return better[0].upper() + better[1:] if better and first.isupper() else better


def _shouting(draft: str) -> Iterator[Remark]:
    """Read from the original: the normalised copy has no capitals."""
    for match in CAPITALS.finditer(draft):
        long_words = LONG_WORD.findall(match.group())
        if len(long_words) >= SHOUTED_WORDS and len("".join(long_words)) >= SHOUTED_LETTERS:
            yield _shout(match, match.group().capitalize())
    for match in EMPHASIS.finditer(draft):
        yield _shout(match, match.group().lower())
    for match in EXCLAMATIONS.finditer(draft):
        yield _shout(match, ".")


def _shout(match: re.Match[str], better: str) -> Remark:
    return Remark(match.start(), match.end(), "shouting", REASONS["shouting"], better)


def _moved(remark: Remark, by: int) -> Remark:
    return Remark(remark.start + by, remark.end + by, remark.kind, remark.reason, remark.better)


def _without_overlaps(found: list[Remark]) -> tuple[Remark, ...]:
    """In the order of the draft; of overlapping ones of a kind the first stays, the longer where two begin."""
    kept: list[Remark] = []
    ends: dict[str, int] = {}
    for remark in sorted(found, key=lambda one: (one.start, -one.end, one.kind)):
        if remark.start >= ends.get(remark.kind, 0):
            kept.append(remark)
            ends[remark.kind] = remark.end
    return tuple(kept[:MOST_REMARKS])
