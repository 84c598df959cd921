"""A measured figure beside its floor and its aim, and the table of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import HORIZONTALS
from rich.table import Table
from rich.text import Text

Say = Callable[[str], None]  # tells what is being measured now
STYLES = {"met": "green", "near": "yellow", "missed": "bold red", "": "dim"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. The aim is on the ratio of ours to the floor where there is a floor, else on ours alone.

    `aim` is the most that is wanted, `limit` the most that is borne where that is more. A figure without an aim is
    shown for what it tells.
    """

    what: str
    ours: float
    unit: str
    floor: float | None = None
    beside: str = ""  # what the floor is
    aim: float | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        """`met`, `near` (within the limit), `missed`, or nothing where there is no aim."""
        if self.aim is None:
            return ""
        value = self.ours if self.ratio is None else self.ratio
        if value <= self.aim:
            return "met"
        return "near" if self.limit is not None and value <= self.limit else "missed"

    def wire(self) -> dict[str, Any]:
        """The figure as JSON."""
        return {**asdict(self), "ratio": self.ratio, "verdict": self.verdict}

    def cells(self) -> tuple[str | Text, ...]:
        """The row of the table."""
        ours, floor = number(self.ours, self.unit), "" if self.floor is None else number(self.floor, self.unit)
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        return self.what, ours, floor, self.beside, ratio, self._aim(), Text(self.verdict, style=STYLES[self.verdict])

    def _aim(self) -> str:
        if self.aim is None:
            return ""
        unit = self.unit if self.floor is None else "x"
        return f"<= {self.aim:g} {unit}" + (f", {self.limit:g} at most" if self.limit is not None else "")


def number(value: float, unit: str) -> str:
    """A value with three telling digits and its unit."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def table(sections: Mapping[str, Sequence[Figure]]) -> Table:
    """All figures in one table, a section for each benchmark."""
    drawn = Table(box=HORIZONTALS, pad_edge=False)
    drawn.add_column("what", max_width=58)
    drawn.add_column("ours", justify="right", no_wrap=True)
    drawn.add_column("floor", justify="right", no_wrap=True)
    drawn.add_column("which is")
    drawn.add_column("ratio", justify="right", no_wrap=True)
    drawn.add_column("aim", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for name, figures in sections.items():
        drawn.add_section()
        drawn.add_row(Text(name, style="bold"))
        for figure in figures:
            drawn.add_row(*figure.cells())
    return drawn
