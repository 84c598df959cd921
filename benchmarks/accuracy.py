"""What is read beside what people said of the same texts: `bench_read.py` run with each reader.

The texts are a fifth of the development sets, by hash, that no training has seen.
"""

import json
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import atanh, sqrt, tanh
from pathlib import Path
from typing import Any, NamedTuple

from rich.box import HORIZONTALS
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from benchmarks.figures import STYLES, Say
from benchmarks.labelled import READERS, Asked, shell_command

PART = "check"
Z = 1.96  # of a normal distribution, for 95 %


class Target(NamedTuple):
    """What is wanted of a task, x 100: so much at least, and what to aim at beyond that."""

    at_least: float
    beyond: float | None = None


TARGETS: Mapping[str, Target] = {
    "valence_tweets": Target(86),
    "valence_amazon": Target(71),
    "negative_airline": Target(84),
    "anger_goemotions": Target(89),
    "anger_chat3": Target(94, 96),
    "anger_dailydialog": Target(86),
    "anger_stackoverflow": Target(91),
    "frustration_github": Target(75),
    "complaint": Target(77, 85),
    "abuse_convabuse": Target(96),
    "abuse_davidson": Target(98),
    "offensive_tweets": Target(83, 86),
    "insult_comments": Target(86, 90),
    "toxic_surge": Target(96),
    "threat_hatecheck": Target(95),
    "gratitude_goemotions": Target(99),
    "gratitude_service": Target(99),
    "sarcasm_tweets": Target(56),
    "agent_empathizes": Target(78, 85),
    "agent_listens": Target(72),
    "agent_apologizes": Target(99),
    "politeness": Target(69),
    "dissatisfied_sgd": Target(82, 87),
    "dissatisfied_mwoz": Target(71, 77),
    "dissatisfied_redial": Target(78, 80),
    "dissatisfied_ccpe": Target(78, 82),
    "derail_wiki": Target(60, 65),
    "derail_cmv": Target(58, 63),
    "derail_ukp": Target(77, 82),
    "escalate_github": Target(70),
    "cause_airline": Target(50),
    "cause_shop": Target(85),
    "cause_bank": Target(65, 80),
}
METRICS = {"auc": "AUC", "spearman": "Spearman", "macro_f1": "macro-F1"}


@dataclass(frozen=True, slots=True)
class Score:
    """A task, all figures x 100. `margin` is the half of the 95 % interval of the better reader, where there is one."""

    task: str
    metric: str
    n: int
    vader: float | None
    linear: float | None
    encoder: float | None
    margin: float | None
    target: Target | None

    @property
    def best(self) -> float | None:
        """The better reader's figure."""
        return max((value for value in (self.linear, self.encoder) if value is not None), default=None)

    @property
    def verdict(self) -> str:
        """`met`, `near` (what is wanted at least, not what is aimed at), `missed`, or nothing without a target."""
        if self.target is None or self.best is None:
            return ""
        if self.best < self.target.at_least:
            return "missed"
        return "near" if self.target.beyond is not None and self.best < self.target.beyond else "met"

    def wire(self) -> dict[str, Any]:
        """The score as JSON."""
        wanted = self.target._asdict() if self.target else None
        return {**asdict(self), "target": wanted, "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class Report:
    """All tasks, and what could not be measured."""

    scores: tuple[Score, ...]
    notes: tuple[str, ...] = ()

    def wire(self) -> dict[str, Any]:
        """The report as JSON."""
        return {"scores": [score.wire() for score in self.scores], "notes": list(self.notes)}

    def shown(self) -> RenderableType:
        """The table, the notes under it."""
        notes = [Text(note, style="bold red") for note in self.notes]
        return Group(*([_table(self.scores)] if self.scores else []), *notes)


def _table(scores: tuple[Score, ...]) -> Table:
    drawn = Table(box=HORIZONTALS, pad_edge=False)
    drawn.add_column("task, x 100", no_wrap=True)
    for name in ("n", "metric", "VADER", *READERS, "± (95 %)", "at least", "aim"):
        drawn.add_column(name, justify="right", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for score in scores:
        wanted = score.target or Target(0.0)
        cells = [_cell(value) for value in (score.vader, score.linear, score.encoder, score.margin)]
        aims = [_cell(value or None, 0) for value in wanted]
        mark = Text(marked(score), style=STYLES[score.verdict])
        drawn.add_row(score.task, f"{score.n:,}", METRICS[score.metric], *cells, *aims, mark)
    return drawn


def _cell(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def marked(score: Score) -> str:
    """The verdict in words; what is missed with by how much, and whether that is within the interval."""
    if score.verdict != "missed" or score.target is None or score.best is None:
        return score.verdict
    short = score.target.at_least - score.best
    within = " (within ±)" if score.margin is not None and short <= score.margin else ""
    return f"short by {short:.1f}{within}"


def measure(say: Say, asked: Asked) -> Report:
    """All tasks with both readers."""
    if asked.missing:
        return Report((), (asked.missing,))
    found: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    for reader in READERS:
        found[reader], said = _measured(reader, asked, say)
        notes.extend(f"{reader}: {line}" for line in said)
    say("how many of each task there are")
    counts = _counts(asked)
    tasks = {**found["linear"], **found["encoder"]}
    return Report(tuple(_score(name, found, counts[name]) for name in tasks), tuple(notes))


def _measured(reader: str, asked: Asked, say: Say) -> tuple[dict[str, Any], list[str]]:
    """The figures of one reader by task, and the lines about tasks that failed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        options = ["--root", asked.data / "dev", "--part", PART, "--most", asked.most, "--json", out, "--vader"]
        call = [sys.executable, asked.data / "bench_read.py", *options, "--cmd", shell_command(reader)]
        notes = []
        with subprocess.Popen(list(map(str, call)), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            for line in process.stdout:
                say(f"{reader}: {line.strip()}")
                if "readings out:" in line:
                    notes.append(line.strip())
        if not out.is_file():
            return {}, [f"bench_read.py ended with {process.returncode} and no figures"]
        return json.loads(out.read_text(encoding="utf-8")), notes


def _counts(asked: Asked) -> dict[str, tuple[int, int]]:
    """Of every task the items with the label and those without, as `bench_read.py` samples them; graded: all, and 0."""
    bench = runpy.run_path(str(asked.data / "bench_read.py"))
    found = {}
    for name, (load, *_) in bench["TASKS"].items():
        items = [item for item in load(str(asked.data / "dev")) if bench["in_check"](item)]
        labels = [label for _, label in bench["sample"](items, asked.most)]
        yes = sum(labels) if isinstance(labels[0], bool) else len(labels)
        found[name] = yes, len(labels) - yes
    return found


def _score(name: str, found: Mapping[str, dict[str, Any]], counts: tuple[int, int]) -> Score:
    sides = {reader: found[reader].get(name) for reader in READERS}
    one = next(side for side in sides.values() if side)
    ours = {reader: side["ours"] if side else None for reader, side in sides.items()}
    best = max(value for value in ours.values() if value is not None)
    margin = interval(one["metric"], best, *counts)
    return Score(name, one["metric"], one["n"], one["vader"], **ours, margin=margin, target=TARGETS.get(name))


def interval(metric: str, value: float, yes: int, no: int) -> float | None:
    """Half of the 95 % interval of a figure x 100, for so many items with the label and without.

    AUC by Hanley and McNeil (1982), Spearman by Bonett and Wright (2000); none for macro-F1, nor from too few items.
    """
    share = value / 100
    if metric == "auc" and yes and no:
        first, second = share / (2 - share) - share**2, 2 * share**2 / (1 + share) - share**2
        spread = share * (1 - share) + (yes - 1) * first + (no - 1) * second
        return round(100 * Z * sqrt(max(0.0, spread) / (yes * no)), 2)
    if metric == "spearman" and yes + no > 3 and abs(share) < 1:
        width = Z * sqrt((1 + share**2 / 2) / (yes + no - 3))
        return round(100 * (tanh(atanh(share) + width) - tanh(atanh(share) - width)) / 2, 2)
    return None
