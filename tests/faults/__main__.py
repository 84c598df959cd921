"""`python -m tests.faults`: break a deployment in every way, and say what was measured beside what is aimed at.

`--only G3` picks, `--seed N` runs one again, `--check FILE` looks at a history that was kept.
"""

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import SystemRandom

import uvloop
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tests.faults.checks import problems
from tests.faults.crowd import BUILD
from tests.faults.deployment import KINDS, Deployment
from tests.faults.figures import Figure, table
from tests.faults.history import History
from tests.faults.run import Run, Say, mistakes, seeds
from tests.faults.scenarios import SCENARIOS

WIDTH = 130  # characters where there is no terminal that tells


def main() -> int:
    """Run what was asked for and print the table; 1 where an aim was missed."""
    asked = _arguments()
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    if asked.check:
        return _checked(console, asked.check)
    sections: list[tuple[str, list[Figure]]] = []
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        for kind in asked.deployment or KINDS:
            for name in asked.only or SCENARIOS:
                if kind not in SCENARIOS[name].kinds:
                    continue
                for seed in [asked.seed] if asked.seed is not None else [*seeds(name), SystemRandom().randrange(10**6)]:
                    title = f"{SCENARIOS[name].title} ({kind}, seed {seed})"
                    say = partial(_show, progress, task, f"{name} {kind}", plain=not console.is_terminal)
                    figures = measured(name, kind, seed, say, long=not asked.short)
                    sections.append((title, figures))
                    console.print(table([sections[-1]]))
    if len(sections) > 1:
        console.print(table(sections))
    if asked.json:
        wire = {title: [figure.wire() for figure in figures] for title, figures in sections}
        asked.json.write_text(json.dumps(wire, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(any(figure.verdict == "missed" for _, figures in sections for figure in figures))


def measured(name: str, kind: str, seed: int, say: Say, *, long: bool) -> list[Figure]:
    """One scenario against a deployment of its own; a row more for mistakes in the server's log."""
    scenario = SCENARIOS[name]
    with tempfile.TemporaryDirectory(prefix="steadyhand-faults-") as folder:
        say("the deployment starts")
        with Deployment(kind, Path(folder), proxied=scenario.proxied) as deployment:  # type: ignore[arg-type]
            try:
                figures = uvloop.run(scenario.measure(Run(deployment, seed, say, long)))
            except (AssertionError, OSError) as error:  # the other scenarios go on
                figures = [Figure(name, f"not come to its end: {error!s:.500}", 1, "", 0)]
        figures.append(mistakes(name, deployment))
        if any(figure.verdict == "missed" for figure in figures):
            deployment.keep_logs(BUILD / f"{name}-{kind}-{seed}")
        return figures


def _checked(console: Console, path: Path) -> int:
    found = problems(History.read(path))
    for line in found or ["nothing is wrong with it"]:
        console.print(line, highlight=False, markup=False)
    return int(bool(found))


def _show(progress: Progress, task: object, name: str, what: str, *, plain: bool) -> None:
    if plain:
        print(f"{name}: {what}", file=sys.stderr, flush=True)
    else:
        progress.update(task, description=f"{name}: {what}")  # type: ignore[arg-type]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*SCENARIOS], help="may be given several times")
    parser.add_argument("--deployment", action="append", choices=KINDS, help="both where not given")
    parser.add_argument("--seed", type=int, metavar="N", help="instead of a new one and those that failed before")
    parser.add_argument("--short", action="store_true", help="some seconds each")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--check", type=Path, metavar="FILE", help="only check a history that was kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
