"""What a fault run gives: figures beside their aims, and the table of them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import HORIZONTALS
from rich.table import Table
from rich.text import Text

STYLES = {"met": "green", "missed": "bold red", "": "dim"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. `aim` is the most that is borne, or the least where `least`; None is shown for what it tells.

    A `timed` one depends on how fast the machine is, and decides nothing in the ordinary tests.
    """

    id: str
    what: str
    measured: float
    unit: str = ""
    aim: float | None = None
    least: bool = False
    timed: bool = False

    @property
    def verdict(self) -> str:
        """`met`, `missed`, or nothing where there is no aim."""
        if self.aim is None:
            return ""
        return "met" if (self.measured >= self.aim if self.least else self.measured <= self.aim) else "missed"

    def wire(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "verdict": self.verdict}

    def cells(self) -> tuple[str | Text, ...]:
        """The row of the table."""
        aim = "" if self.aim is None else f"{'>=' if self.least else '<='} {self.aim:,g} {self.unit}"
        value = f"{number(self.measured)} {self.unit}".strip()
        return self.id, self.what, value, aim.strip(), Text(self.verdict, style=STYLES[self.verdict])


def number(value: float) -> str:
    """Whole numbers in full, others with three telling digits."""
    if value == float("inf"):
        return "never"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.{0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2}f}"


def percentile(values: Iterable[float], share: float) -> float:
    """The value that so large a share of them does not exceed; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def table(sections: Sequence[tuple[str, Sequence[Figure]]]) -> Table:
    """All figures, a section for each scenario and deployment."""
    drawn = Table(box=HORIZONTALS, pad_edge=False)
    drawn.add_column("", no_wrap=True)
    drawn.add_column("figure", max_width=70)
    drawn.add_column("measured", justify="right", no_wrap=True)
    drawn.add_column("aim", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for title, figures in sections:
        drawn.add_section()
        drawn.add_row("", Text(title, style="bold"))
        for figure in figures:
            drawn.add_row(*figure.cells())
    return drawn
