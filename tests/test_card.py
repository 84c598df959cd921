"""The model card and the notice of the weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.places import sections
from benchmarks.train import card
from benchmarks.train.sets import SINGLE, THREADS, Example
from benchmarks.train.thanks import SOURCES, notice

EXAMPLES = [
    Example("a", {"anger": 1.0, "sentiment": -0.5}, "billing", "goemotions"),
    Example("b", {"anger": 0.0, "churn": 0.0}, None, "goemotions"),
    Example("c", {"churn": 1.0, "anger": 0.0}, None, "own:service"),
    Example("d", {"anger": 1.0}, None, "goemotions", part="check"),
]
FIGURES = {
    "accuracy": {
        "scores": [
            {
                "task": "anger_chat3",
                "metric": "auc",
                "n": 900,
                "vader": 80.0,
                "linear": 90.0,
                "encoder": 93.0,
                "margin": 1.5,
                "target": {"at_least": 94.0, "beyond": 96.0},
                "verdict": "missed",
            }
        ],
        "notes": [],
    },
    "calibration": {"answers": [], "notes": []},
    "latency": [{"what": "hear()", "ours": 400.0, "unit": "µs", "floor": 40.0, "beside": "bare VADER", "ratio": 10.0}],
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder of small weights with the card of small figures."""
    for name in ("encoder.onnx", "tokenizer.json", "fusion.json"):
        (tmp_path / name).write_bytes(b"{}")
    np.savez(tmp_path / "linear.npz", table=np.zeros((8, 4), np.int8))
    (tmp_path / "figures.json").write_text(json.dumps(FIGURES))
    line = card.fairness.Line("age", 10, 3, (0.5, 1.5), (0.01, 0.02), 0, "old")
    (tmp_path / "fairness.json").write_text(json.dumps({"linear": [line._asdict()]}))
    card.write(tmp_path, tmp_path, EXAMPLES)
    return tmp_path


def test_every_set_that_is_learned_from_is_credited():
    """By its makers and its licence, in the notice that ships."""
    assert {*SINGLE, *THREADS} <= SOURCES.keys()
    assert all(source.makers in notice() and source.licence in notice() for source in SOURCES.values())


def test_the_card_shows_what_falls_short(written: Path):
    """With both readers and what was wanted."""
    told = dict(sections((written / "MODEL_CARD.md").read_text(encoding="utf-8")))["Accuracy"]
    assert "| anger_chat3 | 900 | AUC | 80.0 | 90.0 | 93.0 | 1.5 | 94 | 96 | short by 1.0 (within ±) |" in told


def test_the_card_tells_public_labels_from_our_own(written: Path):
    """What no training saw is not counted, and a head that only our examples speak of is named."""
    told = dict(sections((written / "MODEL_CARD.md").read_text(encoding="utf-8")))["What they learned from"]
    alone = " ".join(told.split()).partition("there are none:")[2]
    assert "| `anger` | goemotions 1 of 2 | 0 of 1 |" in told
    assert "`churn`" in alone
    assert "`anger`" not in alone


def test_the_manifest_names_the_card_and_the_notice(written: Path):
    """They ship with the weights and are checked with them."""
    assert {"MODEL_CARD.md", "NOTICE"} <= json.loads((written / "manifest.json").read_text())["files"].keys()
