"""The reliability plot as SVG: what was said against what was so, a panel a signal, a mark a reader."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

Z = 1.96  # of a normal distribution, for 95 %
SIDE = 132  # of a panel's square
LEFT, TOP = 30, 44  # inside a cell, before the square
CELL_WIDTH, CELL_HEIGHT = 172, 208
COLUMNS = 2
NAME_AT = 8  # from the left of a cell
HEAD = 30  # above all panels, for the key
# Blue and orange of Okabe and Ito (2008), told apart without colours by their marks; lighter on dark ground.
COLORS = {"linear": ("#b35900", "#f0a04b"), "encoder": ("#0b62a4", "#6cb6f0")}
ASIDE = {"linear": -2.0, "encoder": 2.0}  # so that two marks at one place are both seen
LABEL = "What was said against what was so, for each signal and reader"

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .name { font-weight: 600 }
  .small { font-size: 11.5px; font-weight: 400; fill: #57606a }
  .frame { fill: none; stroke: #8c959f }
  .ideal { stroke: #8c959f; stroke-dasharray: 4 3 }
"""
DARK = """
  text { fill: #e6edf3 } .small { fill: #9da7b1 } .frame, .ideal { stroke: #6e7681 }
"""


class Dot(NamedTuple):
    """A bin: the mean of what was said, the share that was so, and how many items it holds."""

    said: float
    so: float
    n: int


Panel = tuple[str, str, Mapping[str, tuple[float, Sequence[Dot]]]]  # signal, set, error and bins by reader


def drawn(panels: Sequence[Panel]) -> str:
    """The whole plot; it follows the reader's light or dark scheme."""
    rows = -(-len(panels) // COLUMNS)
    width, height = COLUMNS * CELL_WIDTH, HEAD + rows * CELL_HEIGHT
    light = "".join(f"  .{name} {{ fill: {colors[0]}; stroke: {colors[0]} }}\n" for name, colors in COLORS.items())
    dark = "".join(f"  .{name} {{ fill: {colors[1]}; stroke: {colors[1]} }}\n" for name, colors in COLORS.items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{LABEL}">',
        f"<style>{STYLE}{light}  @media (prefers-color-scheme: dark) {{{DARK}{dark}  }}\n</style>",
        *_key(),
    ]
    for index, panel in enumerate(panels):
        x, y = index % COLUMNS * CELL_WIDTH, HEAD + index // COLUMNS * CELL_HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_panel(*panel), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _key() -> list[str]:
    parts = []
    for x, reader in ((LEFT, "encoder"), (LEFT + 100, "linear")):
        parts += [_mark(reader, x + 5, 14, 5.0), f'<text x="{x + 16}" y="18.5">{reader}</text>']
    return parts


def _panel(signal: str, source: str, readers: Mapping[str, tuple[float, Sequence[Dot]]]) -> list[str]:
    """A square from 0 to 1 both ways, with its errors above and its marks inside."""
    errors = ", ".join(f"{reader} {error:.3f}".replace("0.", ".") for reader, (error, _) in sorted(readers.items()))
    right, bottom = LEFT + SIDE, TOP + SIDE
    parts = [
        f'<text class="name" x="{NAME_AT}" y="14">{signal} <tspan class="small">{source}</tspan></text>',
        f'<text class="small" x="{NAME_AT}" y="33">{errors}</text>',
        f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="ideal" x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{TOP}"/>',
        f'<text class="small" x="{LEFT - 6}" y="{TOP + 9}" text-anchor="end">1</text>',
        f'<text class="small" x="{LEFT - 6}" y="{bottom}" text-anchor="end">0</text>',
        f'<text class="small" x="{right}" y="{bottom + 16}" text-anchor="end">1</text>',
        f'<text class="small" x="{LEFT + SIDE / 2}" y="{bottom + 16}" text-anchor="middle">said</text>',
        f'<text class="small" x="{LEFT - 6}" y="{TOP + SIDE / 2}" text-anchor="end">so</text>',
    ]
    for reader, (_, dots) in readers.items():
        parts += [part for dot in dots for part in _dot(reader, dot)]
    return parts


def _dot(reader: str, dot: Dot) -> list[str]:
    """A mark with its interval; its area tells how many items it holds."""
    x = LEFT + SIDE * dot.said + ASIDE[reader]
    low, high = wilson(dot.so, dot.n)
    y, above, below = (TOP + SIDE * (1 - share) for share in (dot.so, high, low))
    size = min(6.0, 2.4 + sqrt(dot.n) / 20)
    line = f'<line class="{reader}" x1="{x:.1f}" y1="{above:.1f}" x2="{x:.1f}" y2="{below:.1f}"/>'
    return [line, _mark(reader, x, y, size)]


def _mark(reader: str, x: float, y: float, size: float) -> str:
    """A circle for the encoder, a square for the linear reader."""
    if reader == "encoder":
        return f'<circle class="{reader}" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'
    side = 1.8 * size
    at = f'x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}"'
    return f'<rect class="{reader}" {at}/>'


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return middle - half, middle + half
