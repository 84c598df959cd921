"""VADER, corrected and capped."""

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from assist.signals import sentiment
from assist.signals.sentiment import CorrectedAnalyzer, SentimentAnalyzer
from assist.text import normalise


class CountingAnalyzer(SentimentAnalyzer):
    """Records what VADER is given to read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        plain = self._vader.polarity_scores
        self._vader.polarity_scores = lambda text: (self.read.append(text), plain(text))[1]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("I was frustrated but you refuse to help", -0.1154),
        ("I love the shop but the delivery was terrible and the agent rude", None),
    ],
)
def test_what_stands_after_but_weighs_more(analyzer: SentimentAnalyzer, text: str, score: float | None):
    """The score of "X but Y" follows Y; stock VADER gets it wrong where two words weigh the same."""
    assert analyzer.score(text) < 0
    if score is not None:
        assert analyzer.score(text) == pytest.approx(score, abs=0.01)
        assert SentimentIntensityAnalyzer().polarity_scores(text)["compound"] > 0


@pytest.mark.parametrize(
    "text", ["I love it", "This is TERRIBLE!!!", "not good at all", "the service was slow", "kind of ok :)", ""]
)
def test_without_but_nothing_is_changed(analyzer: SentimentAnalyzer, text: str):
    """Only the one method is corrected: all other scores are VADER's own."""
    assert analyzer.score(text) == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]


def test_a_but_weighs_by_position():
    """Halved before, half as much again after, whatever the values are."""
    words = ["good", "but", "good", "bad", "good"]
    assert CorrectedAnalyzer._but_check(words, [2.0, 0, 2.0, -1.0, 2.0]) == [1.0, 0, 3.0, -1.5, 3.0]


def test_curly_apostrophes_negate_too(analyzer: SentimentAnalyzer):
    """ "Don\u2019t like" scores as "don't like"."""
    assert analyzer.score("I don\u2019t like it") == analyzer.score("I don't like it") < 0


@pytest.mark.parametrize("text", ["bad " * 5_000, "x" * 20_000, "a bad " * 3_000])
def test_few_characters_and_words_of_a_long_text_are_scored(text: str):
    """VADER is quadratic: what it is given is bounded in characters and in words."""
    counting = CountingAnalyzer()
    counting.score(text)
    assert len(counting.read[0]) <= sentiment.SCORED
    assert len(counting.read[0].split()) <= sentiment.WORDS


@pytest.mark.parametrize("text", ["x\U0001f60a" * 5_000, "\U0001f621" * 3_000])
def test_few_emoji_are_scored(text: str):
    """VADER spells each emoji out in words: seven hundred of them took a second."""
    counting = CountingAnalyzer()
    counting.score(text)
    pictures = sum(char in counting._pictures for char in counting.read[0])
    assert pictures == sentiment.PICTURES


def test_the_head_and_the_tail_of_a_long_text_count(analyzer: SentimentAnalyzer):
    """What is said last counts, what stands in the middle of a very long text does not."""
    filler = "the parcel " * 300
    assert analyzer.score(filler + "this is horrible") < 0
    assert analyzer.score("this is horrible " + filler) < 0
    assert analyzer.score(filler + "this is horrible " + filler) == 0


def test_the_harshest_word_is_named(analyzer: SentimentAnalyzer):
    """Evidence for a negative sentiment is one word, or all of the text when the lexicon knows none."""
    text = "It was slow and the driver was horrible to us"
    start, end = analyzer.harshest(normalise(text))
    assert text[start:end] == "horrible"
    assert analyzer.harshest(normalise("no it is not")) == (0, 2)
    assert analyzer.harshest(normalise("xyzzy")) == (0, 5)
