"""`python -m benchmarks`: one table, every speed beside its floor. `--only NAME` picks, `--json FILE` keeps."""

import argparse
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from benchmarks import fan_out, growth, hostile, latency, websocket
from benchmarks.figures import Figure, Say, table

BENCHMARKS: Mapping[str, tuple[str, Callable[[Say], list[Figure]]]] = MappingProxyType(
    {
        "latency": ("Hearing one message", latency.measure),
        "hostile": ("Texts of 20,000 characters that are made to be slow", hostile.measure),
        "websocket": ("From the ingest socket to the agent's, committed, one worker", websocket.measure),
        "fan_out": ("One conversation that many watch", fan_out.measure),
        "growth": ("Old conversations and crowded servers", growth.measure),
    }
)

WIDTH = 130  # characters where there is no terminal that tells


def main() -> None:
    """Measure what was asked for and print the table."""
    asked = _arguments()
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        sections = {}
        for name in asked.only or BENCHMARKS:
            title, measure = BENCHMARKS[name]
            sections[title] = measure(partial(_show, progress, task, name))
    console.print(table(sections))
    if asked.json:
        wire = {title: [figure.wire() for figure in figures] for title, figures in sections.items()}
        asked.json.write_text(json.dumps(wire, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _show(progress: Progress, task: TaskID, name: str, what: str) -> None:
    progress.update(task, description=f"{name}: {what}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(BENCHMARKS), help="may be given several times")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser.parse_args()


main()
