"""How it was for the customer: the question that an agent asks at the end, and what they answer to it.

An answer is a figure on the scale that was asked for, stars, or a few plain words. Figures are read in any language,
words in English. It is asked once; what comes after another message is no answer any more.
"""

import re
from dataclasses import dataclass

USUAL = 5  # top of the scale where the question names none
FEW, MANY = 0.4, 0.6  # of a scale: up to the first they are not content, above the second they are
LONGEST = 200  # characters of an answer; who writes more tells a story

QUESTION = re.compile(
    r"\bhow satisfied\b|\bto your satisfaction\b|\bhow was (?:this|it|that|today) for you\b|\bdid i help you\b"
    r"|\bwas (?:your|the) (?:problem|concern|issue) (?:solved|settled|resolved)\b|\bwhat went well or badly\b"
    r"|\bwhat (?:could|can|should) (?:i|we) (?:have done|do) better\b"
    r"|\bwhat (?:i|we) (?:could|should) have done better\b"
    r"|\brate (?:this|our|the|my|us|me|your)\b|\bhow would you rate\b"
)
SCALE = re.compile(r"\b(?:1|one) ?(?:to|-|\u2013|bis|\u00e0|al?) ?(5|five|10|ten)\b|\bout of (5|five|10|ten)\b")
TOPS = {"5": 5, "five": 5, "10": 10, "ten": 10}
FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: number for number, word in enumerate(FIGURES)} | {str(number): number for number in range(11)}
# What may stand before a figure that answers, and what after it makes it count something else.
FIGURE = re.compile(
    r"^(?:\W|\b(?:an?|i'd|i|i'll|we|would|give|gives|say|it|its|it's|you|this|that's|definitely|probably|well|solid|maybe"
    r"|clear|strong|my|answer|is)\b)*"
    rf"(?P<score>{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?![\w%:]|[.,]\d)"
    r"(?:\s*(?:/|out of|von|sur|de)\s*(?P<top>5|five|10|ten)\b)?"
    r"(?!\s*(?:minutes?|hours?|days?|weeks?|months?|years?|times?|orders?|items?|euros?|dollars?|pounds?|of|more|emails?"
    r"|calls?|people|things?|questions?)\b)"
)
STAR = re.compile("[\u2605\u2b50]")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
GOOD = """
    yes yep yeah yup sure good great fine ok okay perfect excellent happy satisfied solved super brilliant fantastic
    wonderful awesome nice amazing helpful
"""
BAD = """
    no nope bad poor terrible awful horrible unhappy dissatisfied unsatisfied disappointed disappointing useless
"""
TURNS = "not never hardly don't wasn't isn't didn't"
FILLING = """
    very really quite so pretty all well i i'm i'd it it's was is a an the and thanks thank you out of stars star points
    give say guess think today everything with this that completely totally absolutely for your help bye goodbye have
    day take care done would definitely probably maybe me too my answer solid clear strong
"""
PLEASED, DISPLEASED, TURNED, FILLED = (frozenset(words.split()) for words in (GOOD, BAD, TURNS, FILLING))


@dataclass(frozen=True, slots=True)
class Answer:
    """What they answered: a score 1..`top` or None, and whether they are content, None where that does not show.

    `bare` where nothing else is said beside it.
    """

    score: int | None
    top: int
    content: bool | None
    bare: bool


def asked(text: str) -> int | None:
    """The top of the scale on which a message asks how it was; 0 without a scale, None where it asks nothing."""
    plain = text.lower()
    scale = SCALE.search(plain)
    if not scale or "?" not in plain:
        return 0 if QUESTION.search(plain) else None
    return TOPS[scale[1] or scale[2]]


def answer(text: str, scale: int) -> Answer | None:
    """What a customer's message answers on this scale; None where it answers something else or nothing."""
    plain = text.lower().strip().replace("\u2019", "'")
    if not plain or len(plain) > LONGEST:
        return None
    words = WORD.findall(plain)
    left = [word for word in words if word not in PLEASED | DISPLEASED | TURNED | FILLED | NUMBERS.keys()]
    stars = len(STAR.findall(plain))
    figure = FIGURE.match(plain)
    if stars or figure:
        top = TOPS[figure["top"]] if figure and figure["top"] else scale or USUAL
        score = NUMBERS[figure["score"]] if figure else stars
        return Answer(score, top, _content(score, top), bare=not left) if 0 < score <= top else None
    said = set(words)
    if left or not said & (PLEASED | DISPLEASED):
        return None
    return Answer(None, scale or USUAL, bool(said & PLEASED) and not said & (DISPLEASED | TURNED), bare=True)


def _content(score: int, top: int) -> bool | None:
    """In the upper two fifths of the scale they are, in the lower two they are not."""
    if score <= FEW * top:
        return False
    return True if score > MANY * top else None
