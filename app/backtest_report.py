"""A backtest in the terminal: the first turns that differ, side by side, then what was counted."""

import sys
from collections.abc import Iterable
from tempfile import TemporaryFile
from time import monotonic
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Drawn
from rich.text import Text

from app.backtest import Backtest, Turn
from app.backtest_page import Page
from app.backtest_sums import Table, rules, summary, sums
from app.errors import Refused
from app.lines import Raw
from app.replay import COLORS, visible
from app.side_by_side import Cell, rows
from app.transcripts import parse
from assist.conversation.tension import band

LONG = 400  # characters of a message in the terminal; the page has all of it
OFTEN = 0.2  # seconds between two words on how far it is, on a terminal that can overwrite them
NAMED = ("next step", "tension")  # told in full even where they are the same
SELDOM = 10.0  # and elsewhere


def report(backtest: Backtest, lines: Iterable[Raw], *, on: str, most: int, html: TextIO | None) -> bool:
    """Print the first so many turns that differ, write all of them to the page; whether all lines could be heard."""
    console = Console(highlight=False)
    with TemporaryFile("w+", encoding="utf-8") as spool:
        page = Page(spool) if html else None
        whole = _compared(console, backtest, lines, most, page)
        _end(console, backtest, most)
        if html and page:
            page.write(html, _facts(backtest, on), backtest.counts)
    return whole


def _compared(console: Console, backtest: Backtest, lines: Iterable[Raw], most: int, page: Page | None) -> bool:
    progress, whole = Progress(), True
    for number, raw in enumerate(lines, 1):
        if raw is not None and not raw.strip():
            continue
        try:
            turn = backtest.hear(parse(raw))
        except Refused as refused:
            progress.clear()
            _say(f"line {number}: {refused.code}: {refused.message}\n")
            whole = False
            continue
        progress.tell(backtest.counts.messages)
        if turn.differs and page:
            page.add(turn)
        if turn.differs and backtest.counts.changed <= most:
            progress.clear()
            _print(console, turn)
    progress.clear()
    return whole


def _facts(backtest: Backtest, on: str) -> list[tuple[str, str]]:
    return [
        *zip(("before", "after"), _sets(backtest), strict=True),
        ("on", on),
        ("read", summary(backtest.counts)),
    ]


def _sets(backtest: Backtest) -> list[str]:
    engines = (backtest.before, backtest.after)
    return [f"{name}, version {it.playbooks.version}" for name, it in zip(backtest.names, engines, strict=True)]


def _say(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()


class Progress:
    """How many messages were read so far, on standard error; silent while it is quick."""

    def __init__(self) -> None:
        self._overwrites = sys.stderr.isatty()
        self._last = monotonic()
        self._stands = False

    def tell(self, messages: int) -> None:
        """Say it if it was not said just now."""
        now = monotonic()
        if now - self._last >= (OFTEN if self._overwrites else SELDOM):
            start, end = ("\r", "") if self._overwrites else ("", "\n")
            _say(f"{start}{messages:,} messages{end}")
            self._last, self._stands = now, self._overwrites

    def clear(self) -> None:
        """Leave no trace on the line."""
        if self._stands:
            _say("\r\033[K")
            self._stands = False


def _print(console: Console, turn: Turn) -> None:
    state = turn.after.state
    level = band(state.tension)
    head = Text().append(f"{visible(turn.conversation)} #{turn.message.seq} ", style="dim")
    head.append(f"{turn.message.role.value} ", style="bold")
    head.append(f"{int(state.tension)} {level}", style=COLORS[level])
    console.print(head)
    console.print(Padding(Text(_short(visible(turn.message.text))), (0, 0, 0, 2)))
    table = Drawn(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="dim")
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("before", ratio=1)
    table.add_column("after", ratio=1)
    compared = rows(turn)
    for row in compared:
        if not row.same:
            table.add_row(row.label, _cell(row.before, "-", "red"), _cell(row.after, "+", "green"))
    console.print(Padding(table, (0, 0, 0, 2)))
    same = [f"{row.label} {row.before}" if row.label in NAMED else row.label for row in compared if row.same]
    console.print(Text(f"  the same: {', '.join(same)}\n" if same else "", style="dim"))


def _short(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def _cell(cell: Cell, mark: str, color: str) -> Text:
    """Its words, those that are only here in bold colour, with a mark for who sees none."""
    if not cell.runs:
        return Text("nothing", style="dim italic")
    drawn = Text().append(f"{mark} ", style=color)
    for place, run in enumerate(cell.runs):
        drawn.append(" " if place else "")
        drawn.append(visible(run.text), style=f"bold {color}" if run.only_here else None)
    return drawn.append(f"  {cell.rule}", style="dim") if cell.rule else drawn


def _end(console: Console, backtest: Backtest, most: int) -> None:
    counts = backtest.counts
    if counts.changed > most:
        console.print(f"{counts.changed - most:,} more turns differ; --most shows more, --html all\n", style="dim")
    if counts.changed:
        _tables(console, rules(counts))
    _tables(console, sums(counts))
    for side, name in zip(("before", "after"), _sets(backtest), strict=True):
        console.print(Text(f"{side}: {visible(name)}"), soft_wrap=True)
    console.print(summary(counts), style="bold", soft_wrap=True)


def _tables(console: Console, table: Table) -> None:
    drawn = Drawn(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for place, name in enumerate(table.head):
        drawn.add_column(name, justify="right" if place else "left")
    for line in table.lines:
        drawn.add_row(*line)
    console.print(drawn)
    console.print()
