"""A transcript in the terminal: what was said, how tense it got, the next step and phrases, as the agent saw them."""

import unicodedata
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from app.errors import Refused
from app.lines import Raw
from app.transcripts import Listener
from app.wire import levels_wire
from assist.engine import Heard
from assist.message import Role

CELLS = 20  # of the tension bar
COLORS = {"calm": "green", "uneasy": "yellow", "tense": "dark_orange", "critical": "red"}
ARROWS = {"rising": "↗", "steady": "→", "falling": "↘"}


def show(listener: Listener, lines: Iterable[Raw]) -> bool:
    """Print every line with its advice; whether all could be heard. Markup in what people wrote stays text."""
    console, whole = Console(highlight=False), True
    for number, raw in enumerate(lines, 1):
        if raw is not None and not raw.strip():
            continue
        try:
            heard = listener.hear(raw)
        except Refused as refused:
            console.print(Text(f"line {number}: {refused.code}: {refused.message}", style="red"))
            whole = False
            continue
        _print(console, heard)
    return whole


def visible(text: str) -> str:
    """What a customer wrote must not steer the terminal: its control characters show as a mark."""
    return "".join("�" if unicodedata.category(char) == "Cc" and char not in "\n\t" else char for char in text)


def _print(console: Console, heard: Heard) -> None:
    state, advice, message = heard.conversation, heard.advice, heard.message
    levels = levels_wire(state)
    level, tension = levels["band"], int(levels["tension"])  # rounded down, so that number and word agree
    head = Text(f"{state.id} ", style="dim").append(f"{message.role.value:9}", style="bold")
    console.print(head.append(visible(message.text), style="default"))
    bar = "█" * round(state.tension / 100 * CELLS)
    line = Text("  ").append(f"{bar:·<{CELLS}}", style=COLORS[level])
    line.append(f" {tension:3} {level} {ARROWS[state.trend]}  {state.cause.label}", style=COLORS[level])
    if advice.next_step:
        line.append(f"  next: {advice.next_step.value}", style="bold")
    console.print(line)
    for alert in advice.alerts:
        console.print(Padding(Text(f"! {alert.text}", style="red"), (0, 0, 0, 2)))
    if message.role is Role.CUSTOMER:
        for told in advice.instructions:
            console.print(Padding(Text(f"to do    {told.text}", style="bold" if told.critical else ""), (0, 0, 0, 4)))
        for item in advice.suggestions:
            console.print(
                Padding(Text(f"{item.tone:9}", style="dim").append(visible(item.text), style="default"), (0, 0, 0, 4))
            )
