"""Sentiment by VADER, with its one wrong method corrected and the characters that it reads capped.

vaderSentiment 3.3.2's `_but_check` looks words up by value while it changes the list, so that "I was frustrated but you
refuse to help" comes out positive. VADER's time grows with the square of the text: 90,000 characters took 11 s.
"""

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from assist.names import renamed
from assist.text import WORD, Text

SCORED = 1_500  # characters that VADER reads; more changes the score of a long text very little
HEAD = 1_000  # of these, so many from the start; the rest from the end
WORDS = 250  # words of them; 500 short ones took 26 ms, 250 take 8 ms
PICTURES = 40  # emoji of them: VADER reads each as up to six words, and 750 of them took a second

BEFORE_BUT = 0.5  # weights of Hutto and Gilbert (2014) for what stands before and after "but"
AFTER_BUT = 1.5
STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'"})  # VADER knows "don't" with a straight apostrophe only


class CorrectedAnalyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]  # vaderSentiment has no types
    """VADER with `_but_check` weighing by position."""

    @staticmethod
    def _but_check(words_and_emoticons: list[str], sentiments: list[float]) -> list[float]:
        words = [word.lower() for word in words_and_emoticons]
        if "but" not in words:
            return sentiments
        at = words.index("but")
        return [
            score * (BEFORE_BUT if index < at else AFTER_BUT if index > at else 1.0)
            for index, score in enumerate(sentiments)
        ]


class SentimentAnalyzer:
    """Scores texts by `CorrectedAnalyzer`. Reads VADER's lexicon from disk when made: make it once, at the start."""

    def __init__(self) -> None:
        self._vader = CorrectedAnalyzer()
        self._pictures = frozenset(char for char in self._vader.emojis if len(char) == 1)

    def score(self, text: str) -> float:
        """The compound score -1..1 of a text; of a long one its head and tail."""
        return float(self._vader.polarity_scores(self.scored(text))["compound"])

    def scored(self, text: str) -> str:
        """What of a text VADER reads: at most `SCORED` characters, `WORDS` words and `PICTURES` emoji."""
        if len(text) > SCORED:
            text = text[:HEAD] + " " + text[-(SCORED - HEAD - 1) :]
        text = renamed(text)
        if not text.isascii():
            text = self._fewer_pictures(text.translate(STRAIGHT))
        if len(text) > 2 * WORDS and len(words := text.split()) > WORDS:
            text = " ".join([*words[: WORDS - WORDS // 3], *words[-(WORDS // 3) :]])
        return text

    def _fewer_pictures(self, text: str) -> str:
        at = [index for index, char in enumerate(text) if char in self._pictures]
        if len(at) <= PICTURES:
            return text
        rest = text[at[PICTURES] :]
        return text[: at[PICTURES]] + "".join(char for char in rest if char not in self._pictures)

    def harshest(self, text: Text) -> tuple[int, int]:
        """The span of the word that VADER holds to be the most negative; of the whole text when it knows none."""
        lexicon = self._vader.lexicon
        worst, found = 0.0, None
        for match in WORD.finditer(text.plain, 0, SCORED):
            value = lexicon.get(match.group(), 0.0)
            if value < worst:
                worst, found = value, match.span()
        return text.span(*found) if found else (0, len(text.original))
