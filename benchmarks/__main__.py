"""`python -m benchmarks`: every speed beside its floor, and what is read beside what people said of the same texts.

`--only NAME` picks, `--json FILE` keeps.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from rich.console import Console, RenderableType
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from benchmarks import (
    accuracy,
    board,
    calibration,
    delivery,
    fan_out,
    growth,
    hostile,
    idle,
    kept,
    latency,
    sidebar,
    throughput,
)
from benchmarks.figures import Figure, Say, table
from benchmarks.labelled import DATA, MOST, Asked


class Report(Protocol):
    """What was measured against labels: drawn in its own way."""

    def shown(self) -> RenderableType:
        """For the terminal."""

    def wire(self) -> Any:
        """As JSON."""


SPEEDS: Mapping[str, tuple[str, Callable[[Say], list[Figure]]]] = MappingProxyType(
    {
        "latency": ("Hearing one message", latency.measure),
        "hostile": ("Texts of 20,000 characters that are made to be slow", hostile.measure),
        "throughput": ("What a message costs on each deployment, linear reader", throughput.measure),
        "fan_out": ("One conversation that many watch", fan_out.measure),
        "delivery": (
            "1,000 sidebars on 500 conversations, 100 messages a second, encoder",
            delivery.measure,
        ),
        "idle": ("Sidebars that are open while nothing happens", idle.measure),
        "kept": ("Many conversations in the database", kept.measure),
        "sidebar": ("The sidebar in Chromium", sidebar.measure),
        "board": (
            "The board: 10,000 conversations, 500 changes a second (fed in-process), 50 supervisors",
            board.measure,
        ),
        "growth": ("Old conversations and crowded servers", growth.measure),
    }
)
LABELLED: Mapping[str, tuple[str, Callable[[Say, Asked], Report]]] = MappingProxyType(
    {
        "accuracy": ("What is read beside what people said", accuracy.measure),
        "calibration": ("Whether a probability is what it says", calibration.measure),
    }
)

WIDTH = 130  # characters where there is no terminal that tells


def main() -> None:
    """Measure what was asked for and print the tables."""
    asked = _arguments()
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    speeds: dict[str, list[Figure]] = {}
    reports: dict[str, Report] = {}
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        for name in asked.only or [*SPEEDS, *LABELLED]:
            say = partial(_show, progress, task, name)
            if name == "board":
                speeds[name] = board.measure(say, asked.minutes)
            elif name in SPEEDS:
                speeds[name] = SPEEDS[name][1](say)
            else:
                reports[name] = LABELLED[name][1](say, Asked(asked.data, asked.most, asked.write))
    if speeds:
        console.print(table({SPEEDS[name][0]: figures for name, figures in speeds.items()}))
    for name, report in reports.items():
        console.print(f"\n[bold]{LABELLED[name][0]}[/]")
        console.print(report.shown())
    if asked.json:
        wire = {name: [figure.wire() for figure in figures] for name, figures in speeds.items()}
        wire |= {name: report.wire() for name, report in reports.items()}
        asked.json.write_text(json.dumps(wire, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _show(progress: Progress, task: TaskID, name: str, what: str) -> None:
    progress.update(task, description=f"{name}: {what}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*SPEEDS, *LABELLED], help="may be given several times")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="the labelled sets")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help="items of each labelled set, at most")
    parser.add_argument("--write", action="store_true", help="write docs/images/reliability.svg too")
    parser.add_argument(
        "--minutes", type=float, default=board.MINUTES, metavar="N", help="that the board stays open in Chromium"
    )
    return parser.parse_args()


main()
