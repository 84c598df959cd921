"""How the customer writes: assertive, reserved, analytical or expressive, with the words that show it.

A fold over the customer's own messages; nothing is read about the agent. Each message adds marks for what is in it,
older ones fade. A style is named once enough has been written and one leads the others; another takes over only when
it leads clearly, so that it does not flicker. What it is good for is the manner of an answer: how long, in what order,
how warm. It says nothing about the person, and a few lines in a chat show it only roughly (docs/playbooks.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assist.reading import Reading
from assist.signals.patterns import Table
from assist.text import Text, normalise, sentences

STYLES = ("assertive", "reserved", "analytical", "expressive")
FADE = 0.85  # of earlier marks with each further message
MOST = 2.0  # marks of one style in one message: a long message is not a style
MESSAGES = 2  # of the customer, before a style is named, unless one alone has
WORDS = 30
ENOUGH = 1.2  # marks of the leading style
LEAD = 0.4  # marks before the next one
TAKES_OVER = 0.8  # marks before the style that was named
KEPT = 3  # pieces of evidence of a style

# Strengths are marks. They were set by hand on written examples (tests), not learned: no data set names these styles.
ASSERTIVE = Table(
    "assertive",
    """
    tells you what to do: 0.6 plain
        ^ fix|send|give|refund|cancel|tell|call|sort|get|stop|answer|explain|replace|find|transfer|connect|escalate|
            credit|remove|close|unlock|reply|respond|resolve|put|do|make|change|update
    says what must be: 0.6 plain
        i|we ~1 want|need|expect|demand|require|insist
        YOU need|have|must|ought ~1 to|fix|send|give|refund
        YOU must|will
        i|we won't|will_not|refuse accept|wait|pay|discuss|argue|have
        this is not|isn't acceptable|good_enough|an_option
    presses: 0.5 plain
        now $
        right_now|immediately|at_once|straight_away|asap|right_away|by_tonight
        today $
        no excuses|more_excuses|games|nonsense
        yes or no
        period $
    """,
)
RESERVED = Table(
    "reserved",
    """
    holds back: 0.6 plain
        maybe|perhaps|possibly|presumably
        i ~1 think|guess|suppose|believe|wonder
        i'm|i_am|not ~1 not_sure|sure_if|certain
        was|just wondering
        if ~2 possible|could|can|not_too_much
        would it be possible
        kind|sort of
        a_bit|a_little|slightly
        it ~1 seems|looks_like|might|may
    asks softly: 0.45 plain
        please
        could|would|can|may YOU|i ~1 possibly|please|kindly|mind|help|let|tell|ask
        thank you
        thanks|thx|ty
        excuse|pardon me
        sorry|apologies ~1 to|for ~1 bother|bothering|trouble|disturb
        no rush|worries|hurry|problem
        when YOU ~1 have|get a ~1 moment|minute|chance
        i ~2 appreciate
        i ~1 don't|didn't ~1 want|mean|wish to ~1 bother|make|be|cause
    """,
)
ANALYTICAL = Table(
    "analytical",
    """
    gives a number: 0.3 plain
        # ~1 percent|gb|mb|mbps|times|days|items|units|hours|minutes
        order|ref|reference|invoice|version|model|case|ticket ~1 #
        dated|on|from|by|since|until|between # ~1 and|to|of|jan*|feb*|mar*|apr*|may|june|july|aug*|sep*|oct*|nov*|dec*
    gives reasons: 0.55 plain
        because|therefore|hence|whereas|however|thus|consequently
        according to
        based on
        which|that means
        in fact
        the reason|difference|exact|total|cause
        as stated|described|listed|shown|documented|agreed
        for_example
    goes in order: 0.55 plain
        ^ first|firstly|second|secondly|third|thirdly|finally|next|then|also
        step|point|item|option|question #|one|two|a|b
        i|we ~1 tried|checked|tested|compared|measured|verified|calculated|reviewed|reset|restarted|reinstalled|noticed
    asks how and why: 0.5 plain
        how ~1 does|do|did|can|could|long|much|many|is|was
        why ~1 is|was|does|did|are|do|would|am|can't
        what exactly|specifically|precisely
        what is|was|are the
        can|could YOU explain|clarify|confirm|specify
    exact: 0.5 plain
        exactly|specifically|precisely|details|detailed|documentation|specification|calculation|breakdown|figures
    """,
)
EXPRESSIVE = Table(
    "expressive",
    """
    shows a feeling: 0.6 plain
        i|we|i'm|im|we're ~2 so|really|absolutely|beyond|totally ~1 angry|upset|sad|happy|excited|frustrated|mad|
            disappointed|annoyed|furious|tired|fed_up|done|sick|stressed|worried|heartbroken|gutted|livid|grateful
        i|we ~1 love|hate|adore|can't_believe|cannot_believe
        makes|made|making me ~2 cry|sick|mad|angry|furious|sad|laugh|crazy|so_angry|so_mad|feel
        i ~2 feel|felt ~1 so|like|let_down|stupid|ignored|awful|terrible
        in tears
        crying|devastated|heartbroken|gutted|furious|livid|ecstatic|thrilled
        fed up
    exclaims: 0.5 plain
        omg|omfg|wow|ugh|argh|wtf|lol|lmao|smh|yay|woohoo|oh_my_god|oh_no|for_goodness_sake|ffs|seriously|bruh|damn
    heightens: 0.45 plain
        so so
        literally|absolutely|totally|completely|utterly|insanely|unbelievable|unbelievably
        worst|best|nightmare|horrible|amazing|awesome|ridiculous|disgusting|beautiful|fantastic ~1 ever|experience|
            service|company|day|thing|people|$
        worst|nightmare|ridiculous|amazing|awesome|disgusting|unreal
        never ever
    """,
)
TABLES = (ASSERTIVE, RESERVED, ANALYTICAL, EXPRESSIVE)
PLEASE = re.compile(r"\b(?:please|pls|plz|thanks|thank|kindly|could|would|sorry|maybe|wonder\w*)\b")
MARKS = re.compile(r"!{2,}|![?]|\?!|!")
SHOUTED = re.compile(r"(?<![\w@#])[A-Z]{4,}(?!\w)")
NUMBER = re.compile(r"(?<![\w@#])[#$\u00a3\u20ac]?\d[\d.,:/-]*(?!\w)")
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
TRIPLE = re.compile(r"([a-z])\1\1", re.IGNORECASE)
STRETCHED = re.compile(r"(?i)\b\w*([a-z])\1{2,}\w*")
BRIEF = 8  # words of a message that comes straight to the point
LINK = re.compile(r"https?://\S+|@\w+")


@dataclass(frozen=True, slots=True)
class Trait:
    """Words that show a style, in the message that holds them, and the rule that says so."""

    message: str
    start: int
    end: int
    text: str
    style: str
    rule: str
    marks: float


@dataclass(frozen=True, slots=True)
class Manner:
    """What the customer's messages have shown so far: marks by style in the order of `STYLES`, and the words behind."""

    marks: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    messages: int = 0
    words: int = 0
    style: str = ""
    traits: tuple[Trait, ...] = ()

    @property
    def evidence(self) -> tuple[Trait, ...]:
        """The words that made the style, strongest first; none as long as there is no style."""
        of_style = [trait for trait in self.traits if trait.style == self.style]
        return tuple(sorted(of_style, key=lambda trait: -trait.marks))


def observed(before: Manner, message: str, text: str, reading: Reading) -> Manner:
    """The manner after one more of the customer's messages; `message` is its id.

    Another language than English adds nothing: the words are not known.
    """
    read = normalise(text)
    words = len(_without_links(read.plain).split())
    if not words or reading.signal("foreign") >= 0.5:
        return before
    traits = tuple(
        Trait(message, start, end, text[start:end], style, rule, marks)
        for start, end, style, rule, marks in _traits(read, words)
    )
    sums = dict.fromkeys(STYLES, 0.0)
    for trait in traits:
        sums[trait.style] += trait.marks
    marks = tuple(round(old * FADE + min(MOST, new), 4) for old, new in zip(before.marks, sums.values(), strict=True))
    messages, said = before.messages + 1, before.words + words
    enough = messages >= MESSAGES or said >= WORDS
    style = _style(marks, before.style) if enough else before.style
    return Manner(marks, messages, said, style, _kept(before.traits, traits))


def _style(marks: tuple[float, ...], named: str) -> str:
    """The style that leads, or none; the one that was named before unless another leads it clearly."""
    best, second = sorted(marks, reverse=True)[:2]
    leader = STYLES[marks.index(best)]
    if named:
        return leader if best >= ENOUGH and best - marks[STYLES.index(named)] >= TAKES_OVER else named
    return leader if best >= ENOUGH and best - second >= LEAD else ""


def _kept(before: tuple[Trait, ...], new: tuple[Trait, ...]) -> tuple[Trait, ...]:
    """The last few of each style."""
    if not new:
        return before
    traits = (*before, *new)
    return tuple(trait for style in STYLES for trait in [item for item in traits if item.style == style][-KEPT:])


def _traits(text: Text, words: int) -> Iterator[tuple[int, int, str, str, float]]:
    """Start, end, style, rule and marks of all that shows a style in a message."""
    for table in TABLES:
        for row, start, end in table.matches(text):
            if table.kind != "assertive" or not _softened(text, start):
                yield *text.span(start, end), table.kind, row.rule, row.strength
    yield from _signs(text.original[:2_000])
    if 1 < words <= BRIEF and text.original.isascii() and _blunt(_without_links(text.plain)):
        yield 0, len(text.original), "assertive", "comes straight to the point", 0.35


def _without_links(text: str) -> str:
    """The text with blanks of the same length in the place of links and handles."""
    return LINK.sub(lambda found: " " * len(found.group()), text) if "@" in text or "http" in text else text


def _blunt(plain: str) -> bool:
    """Whether nothing is asked for or exclaimed."""
    return "!" not in plain and "?" not in plain and not PLEASE.search(plain)


def _softened(text: Text, start: int) -> bool:
    """Whether the sentence in which something is demanded also asks for it softly."""
    return any(
        PLEASE.search(text.plain, first, last) is not None
        for first, last in sentences(text.plain)
        if first <= start < last
    )


def _signs(original: str) -> Iterator[tuple[int, int, str, str, float]]:
    """What is shown by marks, capitals and numbers rather than by words."""
    bare = _without_links(original)
    numbers = [found.span() for found in NUMBER.finditer(bare)]
    for start, end in numbers[:3]:
        yield start, end, "analytical", "a number", 0.3
    for found in list(MARKS.finditer(bare))[:3] if "!" in bare else ():
        yield *found.span(), "expressive", "exclamation marks", 0.3 if len(found.group()) == 1 else 0.5
    for found in list(EMOJI.finditer(bare))[:3] if not bare.isascii() else ():
        yield *found.span(), "expressive", "an emoji", 0.4
    for found in list(SHOUTED.finditer(bare))[:3] if not bare.isupper() else []:
        yield *found.span(), "expressive", "a word in capitals", 0.3
    for found in list(STRETCHED.finditer(bare))[:2] if TRIPLE.search(bare) else ():
        yield *found.span(), "expressive", "a stretched word", 0.4
