"""How a draft is written, whatever it says: shouting, and sentences without an end."""

import re
from collections.abc import Iterator

from assist.coach_rules import GOOD_NEWS, REASONS, Remark
from assist.text import Text, sentences

# Runs of words in capitals, single words that are capitalised for emphasis, rows of exclamation marks.
CAPITALS = re.compile(r"\b[A-Z][A-Z']{0,20}(?:[ ,]{1,2}[A-Z][A-Z']{0,20})+\b")
LONG_WORD = re.compile(r"[A-Z]{3,}")
EMPHASIS = re.compile(r"\b(?:NOT|NEVER|STOP|MUST|ALREADY|READ|LISTEN|WAIT|ALWAYS)\b")
EXCLAMATIONS = re.compile(r"!{3,}")
SHOUTED_LETTERS = 8  # in a run of capitals; fewer may be two abbreviations side by side
SHOUTED_WORDS = 2  # of three letters or more in such a run

LONGEST = 34  # words of a sentence that is read with ease; most plain-language guides stop far below
SHORTEST = 6  # words of each of the two sentences that one is split into
# A word that can begin a sentence: who does something, or whom it is about. Who acts can do so without a comma before.
ACTS = r"(?:i|we|you|they|he|she)(?:'(?:m|s|re|ve|ll|d))?"
SUBJECT = rf"(?:{ACTS}|it(?:'s|'ll)?|this|that|these|there(?:'s)?|here(?:'s)?|the|your|our|my|please|if|once|when|let)"
JOINT = re.compile(
    rf"(?:(?:,|;| -) (?P<link>and then|and also|and|but|so) (?P<next>(?!that\b|these\b){SUBJECT})"
    rf"| (?P<bare_link>and then|and also|and|but|so) (?P<actor>{ACTS})|; (?P<bare>{SUBJECT}))\b"
)
KEPT_LINKS = {"but": "But", "so": "So", "and then": "Then", "and also": "Also"}
SUBORDINATES = re.compile(
    r"(?:so|if|because|since|when|while|although|though|unless|as|once|until|which|that|who|whether)\b"
)
APOLOGY = re.compile(
    r"\b(?:sorry|apologi[sz]e|apologies)\b[^.!?\n]{0,100}?(?<!nothing)(?<!anything)(?P<joint>[ ,;-]{1,3}but\b"
    rf"{GOOD_NEWS},? (?P<next>[\w']{{1,30}}))"
)
WORD_START = re.compile(r"(?<![\w'])\w")


def shouting(draft: str) -> Iterator[Remark]:
    """Read from the original: the normalised copy has no capitals."""
    for match in CAPITALS.finditer(draft):
        long_words = LONG_WORD.findall(match.group())
        if len(long_words) >= SHOUTED_WORDS and len("".join(long_words)) >= SHOUTED_LETTERS:
            begins = not draft[: match.start()].rstrip() or draft[: match.start()].rstrip()[-1] in ".!?"
            yield _shout(match, match.group().capitalize() if begins else match.group().lower())
    for match in EMPHASIS.finditer(draft):
        yield _shout(match, match.group().lower())
    for match in EXCLAMATIONS.finditer(draft):
        yield _shout(match, ".")


def _shout(match: re.Match[str], better: str) -> Remark:
    return Remark(match.start(), match.end(), "shouting", REASONS["shouting"], better)


def run_on(text: Text) -> Iterator[Remark]:
    """Sentences that are too long and have a joint near their middle where they can be made two."""
    for start, end in sentences(text.plain):
        starts = [match.start() for match in WORD_START.finditer(text.plain, start, end)]
        if len(starts) <= LONGEST:
            continue
        first, last = starts[SHORTEST], starts[-SHORTEST]
        joints = [match for match in JOINT.finditer(text.plain, first, last) if _parts(text.plain, match, start)]
        if joints:
            middle = starts[len(starts) // 2]
            yield _split(text, min(joints, key=lambda match: abs(match.start() - middle)))


def _parts(plain: str, joint: re.Match[str], start: int) -> bool:
    """Whether the words before can stand alone: a clause that begins with "if" and the like hangs on what follows."""
    clause = plain.rfind(",", start, joint.start()) + 1 or start
    return not SUBORDINATES.match(plain[clause : joint.start()].lstrip())


def _split(text: Text, joint: re.Match[str]) -> Remark:
    start, end = text.span(joint.start(), joint.end())
    word = joint["next"] or joint["actor"] or joint["bare"]
    said = text.original[text.span(joint.end() - len(word), joint.end())[0] : end]
    link = KEPT_LINKS.get(joint["link"] or joint["bare_link"] or "")
    better = f". {link} {said}" if link else f". {said[0].upper()}{said[1:]}"
    return Remark(start, end, "run_on", REASONS["run_on"], better)


def apology_with_but(text: Text) -> Iterator[Remark]:
    """An apology that goes on with "but": made two sentences, so that nothing that was said is lost."""
    for match in APOLOGY.finditer(text.plain):
        start, end = text.span(*match.span("joint"))
        word = text.original[text.span(*match.span("next"))[0] : end]
        better = f". {word[0].upper()}{word[1:]}"
        yield Remark(start, end, "apology_with_but", REASONS["apology_with_but"], better)
