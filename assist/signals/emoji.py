"""Emoji and emoticons where their meaning is plain."""

import re
from collections.abc import Iterator, Mapping

from assist.reading import Cue
from assist.signals.detector import Context
from assist.text import Text

# Characters, and for each of their kinds: kind, rule, strength.
FACES: tuple[tuple[str, tuple[tuple[str, str, float], ...]], ...] = (
    ("\U0001f620\U0001f621\U0001f624\U0001f47f\U0001f4a2", (("anger", "angry face", 0.6),)),
    ("\U0001f92c", (("anger", "swearing face", 0.7), ("swearing", "swearing face", 0.5))),
    ("\U0001f595", (("abuse", "middle finger", 0.8), ("anger", "middle finger", 0.5))),
    ("\U0001f644\U0001f612", (("frustration", "rolling eyes", 0.4), ("sarcasm", "rolling eyes", 0.3))),
    ("\U0001f629\U0001f62b\U0001f616\U0001f623\U0001f926", (("frustration", "worn-out face", 0.45),)),
    ("\U0001f622\U0001f62d\U0001f61e\U0001f614\u2639\U0001f641\U0001f494", (("complaint", "sad face", 0.25),)),
    ("\U0001f44e", (("complaint", "thumbs down", 0.4), ("frustration", "thumbs down", 0.3))),
    ("\U0001f64f", (("gratitude", "folded hands", 0.4),)),
    ("\U0001f44d\U0001f44c", (("reassured", "thumbs up", 0.6),)),
    ("\u2764\U0001f970\U0001f60d\U0001f917\U0001f49b\U0001f499\U0001f49a\U0001f49c", (("gratitude", "heart", 0.35),)),
    ("\U0001f60a\U0001f642\U0001f600\U0001f603\U0001f604\U0001f601\U0001f389", (("reassured", "smile", 0.35),)),
    ("\U0001f615\U0001f914\U0001f937", (("confusion", "puzzled face", 0.3),)),
    ("\U0001f52a\U0001f52b", (("threat", "weapon", 0.2),)),
)
MEANING: Mapping[str, tuple[tuple[str, str, float], ...]] = {
    char: meaning for chars, meaning in FACES for char in chars
}
EMOTICONS: tuple[tuple[re.Pattern[str], tuple[str, str, float]], ...] = (
    (re.compile(r"(?<!\w)>:-?[(@\[]"), ("anger", "angry face", 0.5)),
    (re.compile(r"(?<![\w>]):'?-?[(\[](?!\w)"), ("complaint", "sad face", 0.25)),
    (re.compile(r"(?<!\w)[:;]'?-?[)D](?!\w)"), ("reassured", "smile", 0.3)),
)
MOST = 3  # of a kind in a message


def emoji(text: Text, _: Context) -> Iterator[Cue]:
    """Cues of several kinds for emoji and emoticons."""
    if text.where is not None:
        yield from _emoji(text)
    if ":" in text.plain or ";" in text.plain:
        for pattern, (kind, rule, strength) in EMOTICONS:
            match = pattern.search(text.plain)
            if match:
                yield Cue(*text.span(*match.span()), kind, rule, strength)


def _emoji(text: Text) -> Iterator[Cue]:
    seen: dict[str, int] = {}
    for index, char in enumerate(text.plain):
        if char not in MEANING:
            continue
        for kind, rule, strength in MEANING[char]:
            seen[rule + kind] = seen.get(rule + kind, 0) + 1
            if seen[rule + kind] <= MOST:
                yield Cue(*text.span(index, index + 1), kind, rule, strength)
