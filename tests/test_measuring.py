"""What the benchmarks make of labels: intervals, verdicts, calibration errors and the plot."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy import Score, Target, interval, marked
from benchmarks.calibration import Answer, Report, dots, expected_error, reliability
from benchmarks.reliability import wilson
from tests.conftest import ROOT


def score(linear: float | None, encoder: float | None, target: Target, margin: float = 1.0) -> Score:
    """A task with these figures."""
    return Score("task", "auc", 100, 50.0, linear, encoder, margin, target)


def test_the_interval_of_an_auc_is_the_one_of_the_paper():
    """Hanley and McNeil (1982): .893 from 51 ill and 58 well people has a standard error of .032."""
    assert interval("auc", 89.3, 51, 58) == pytest.approx(196 * 0.032, abs=0.15)


def test_the_interval_of_a_rank_correlation_narrows_with_its_number():
    """Bonett and Wright's, at .5 from 100 items: .33 to .64."""
    assert interval("spearman", 50.0, 100, 0) == pytest.approx(15.8, abs=0.1)
    assert interval("spearman", 50.0, 1000, 0) < 6


@pytest.mark.parametrize(("metric", "yes", "no"), [("macro_f1", 50, 50), ("auc", 5, 0), ("spearman", 2, 0)])
def test_there_is_no_interval_where_nothing_gives_one(metric: str, yes: int, no: int):
    """Better none than a wrong one."""
    assert interval(metric, 80.0, yes, no) is None


@pytest.mark.parametrize(
    ("linear", "encoder", "target", "mark"),
    [
        (80.0, 85.0, Target(84.0), "met"),
        (86.0, None, Target(84.0, 85.0), "met"),
        (80.0, 84.5, Target(84.0, 90.0), "near"),
        (70.0, 80.0, Target(84.0), "short by 4.0"),
        (70.0, 83.5, Target(84.0), "short by 0.5 (within ±)"),
    ],
)
def test_the_better_reader_is_held_to_the_target(linear: float, encoder: float | None, target: Target, mark: str):
    """What falls short is marked, with by how much."""
    assert marked(score(linear, encoder, target)) == mark


def test_probabilities_that_come_true_have_no_error():
    """Of those with .3 three in ten have the label."""
    said = np.repeat([0.3, 0.8], 1000)
    so = np.concatenate([np.tile([1, 0, 0, 1, 0, 0, 1, 0, 0, 0], 100), np.tile([1, 1, 1, 1, 0], 200)]).astype(float)
    assert expected_error(said, so, bins=2) == pytest.approx(0.0, abs=1e-9)
    assert expected_error(said + 0.1, so, bins=2) == pytest.approx(0.1)


def test_an_error_is_told_from_chance():
    """The interval of a reader that is sure of too much stays above what chance shows; that of a good one does not."""
    rng = np.random.default_rng(1)
    said = rng.beta(0.5, 2.0, 2000)
    good = reliability(said, (rng.random(2000) < said).astype(float))
    bad = reliability(said, (rng.random(2000) < said / 3).astype(float))
    assert good.low <= good.chance < bad.low < bad.error <= bad.high


def test_a_share_of_none_still_has_an_interval():
    """Wilson's, for 0 of 10."""
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.278), abs=0.001)


def test_the_plot_is_a_drawing_for_light_and_dark():
    """One panel, the marks of both readers in it, and no foreign code."""
    said = np.linspace(0.01, 0.99, 400)
    one = reliability(said, (said > 0.5).astype(float))
    answer = Answer("anger", "goemotions", 400, 0.5, {"linear": one, "encoder": one})
    svg = Report((answer,)).plot()
    marks = [mark.get("class") for mark in ET.fromstring(svg).iter() if mark.get("class") in ("linear", "encoder")]
    assert marks.count("linear") == marks.count("encoder") == 2 * len(dots(said, said)) + 1
    assert "prefers-color-scheme: dark" in svg


@pytest.mark.parametrize("what", ["accuracy", "calibration"])
def test_without_the_labelled_sets_one_line_says_so(tmp_path: Path, what: str):
    """`make bench` goes on with the rest."""
    call = [sys.executable, "-m", "benchmarks", "--only", what, "--data", str(tmp_path)]
    run = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert f"not measured: the labelled sets are not in {tmp_path}" in run.stdout.replace("\n", "")
