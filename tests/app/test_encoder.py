"""The encoder: the same text, the same scores; whole words, whose parts make the score; any text at all."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.encoder import HEAD_TOKENS, MOST_TOKENS, Encoder, cut
from app.learned import Weights
from assist.signals.scores import HEADS, INDEX, Scores

RANT = "This is the third time I'm writing. You useless idiots, where is my unbelievably late order?!"


def words(scores: Scores) -> list[str]:
    """The words that the spans are."""
    return [scores.legible.plain[start:end] for start, end in scores.spans]


def same(one: Scores, other: Scores) -> bool:
    """Whether they agree in every number."""
    heads = range(len(HEADS))
    return np.array_equal(one.values, other.values) and all(
        np.array_equal(one.parts(head), other.parts(head)) for head in heads
    )


def test_there_is_a_score_for_every_head(encoder: Encoder):
    """By name."""
    scores = encoder.score(RANT)
    assert scores.scorer == "encoder"
    assert scores.values.shape == (len(HEADS),)
    assert np.isfinite(scores.values).all()


def test_spans_are_whole_words(encoder: Encoder):
    """A word of several pieces is one, an apostrophe does not cut it; marks stand alone; nothing of start and end."""
    pieces = encoder._tokenizer.encode("unbelievably").tokens
    assert len(pieces) > 3, pieces
    assert words(encoder.score("I can't stand it, unbelievably late!")) == [
        *("i", "can't", "stand", "it", ",", "unbelievably", "late", "!")
    ]


@pytest.mark.parametrize("text", [RANT, "no", "Grüße 😀 naïve café", "a_b __ c"])
def test_the_words_parts_make_the_score(encoder: Encoder, text: str):
    """With the bias, and what stands at the start and end of every text and under no word."""
    scores = encoder.score(text)
    found = encoder._tokenizer.encode(scores.legible.plain)
    ids = np.array([found.ids], np.int64)
    [parts] = encoder._session.run(("parts",), {"ids": ids, "mask": np.ones_like(ids)})
    for name in ("anger", "gratitude", "cause:delivery"):
        head = INDEX[name]
        inside = [
            part
            for part, (start, end) in zip(parts[0, :, head], found.offsets, strict=True)
            if start < end and any(low <= start < high for low, high in scores.spans)
        ]
        assert scores.parts(head).shape == (len(scores.spans),)
        assert scores.parts(head).sum() == pytest.approx(sum(inside), abs=1e-4)


def test_the_score_of_a_text_does_not_hang_on_its_neighbours(encoder: Encoder):
    """Nor on what was scored before it, by which thread or by which session: a reading can be made again."""
    texts = [RANT, "Thanks a lot!", "ok", "Where is my order? " * 10]
    alone = [encoder.score(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        crowded = list(pool.map(encoder.score, texts * 8))
    another = Weights().encoder()
    for at, text in enumerate(texts):
        assert all(same(alone[at], scores) for scores in crowded[at :: len(texts)])
        assert same(alone[at], another.score(text))


def test_head_and_tail_of_a_long_text_are_read(encoder: Encoder):
    """As many tokens of each as in training; what is between changes nothing."""
    assert cut(range(MOST_TOKENS)) == range(MOST_TOKENS)
    assert cut(range(1_000)) == [*range(HEAD_TOKENS), *range(1_000 - MOST_TOKENS + HEAD_TOKENS, 1_000)]
    head, tail = "first " * 100, " last" * 60
    one, other = (encoder.score(head + middle * 50 + tail) for middle in ("calm ", "idiot "))
    assert np.array_equal(one.values, other.values)
    assert len(one.spans) == MOST_TOKENS - 2
    assert set(words(one)) == {"first", "last"}
    assert not np.array_equal(one.values, encoder.score(head + "calm " * 50 + tail + " idiot").values)


def test_evidence_points_into_what_was_written(encoder: Encoder):
    """Through pictures, stretched letters and look-alikes."""
    scores = encoder.score("Sooooo   BAD 😡 réally")
    original = scores.legible.text.original
    found = {
        word: original[slice(*scores.legible.span(*span))]
        for word, span in zip(words(scores), scores.spans, strict=True)
    }
    assert found["bad"] == "BAD"
    assert found["so"] == "So"
    assert "😡" in found.values()


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_scored(encoder: Encoder, text: str):
    """Spans are in order, inside of the text and do not overlap."""
    scores = encoder.score(text)
    assert np.isfinite(scores.values).all()
    edges = [edge for span in scores.spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end <= len(scores.legible.plain) for start, end in scores.spans)
    for start, end in scores.spans:
        low, high = scores.legible.span(start, end)
        assert 0 <= low < high <= len(text)


def test_the_heads_of_the_model_are_those_of_the_code():
    """By their number at least: each use asks for one by its place."""
    shape = Weights().encoder()._session.get_outputs()[1].shape
    assert shape[-1] == len(HEADS)
    assert json.loads(Weights().read("fusion.json")).keys() >= {"encoder", "linear"}
