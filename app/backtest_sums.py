"""What a backtest counted, as tables of words: the terminal and the page show the same."""

from typing import NamedTuple

from app.backtest import KINDS, Counts


class Table(NamedTuple):
    """A head, and lines of a label with its numbers."""

    head: tuple[str, ...]
    lines: list[tuple[str, ...]]


def summary(counts: Counts) -> str:
    """What was compared and what differs, in one line."""
    kinds = ", ".join(f"{kind} {counts.by_kind[kind]:,}" for kind in KINDS)
    read = f"{_number(counts.messages, 'message')} of {_number(counts.conversations, 'conversation')}"
    return f"{read}: {_share(counts.changed, counts.messages)} turns differ ({kinds})"


def sums(counts: Counts) -> Table:
    """What each set suggested in all."""
    sides = (counts.before, counts.after)
    return Table(
        ("lines", "before", "after"),
        [
            ("suggested", *(f"{side.suggestions:,}" for side in sides)),
            ("of them with an unfilled slot", *(_share(side.unfilled, side.suggestions) for side in sides)),
            ("of them for the second time in a chat", *(_share(side.repeated, side.suggestions) for side in sides)),
        ],
    )


def rules(counts: Counts) -> Table:
    """Lines that came up by playbook and step, those with most turns that differ first; those without are left out."""
    return Table(
        ("playbook.step", "before", "after", "turns that differ"),
        [
            (rule, f"{counts.before.by_rule[rule]:,}", f"{counts.after.by_rule[rule]:,}", f"{turns:,}")
            for rule, turns in sorted(counts.by_rule.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f} %)" if part else "0"
