"""An alert in words: one line for the board, and a letter in plain text that can be sent on as it is.

Of what the customer wrote only short quotes go in. Whatever comes from outside is one line without control characters,
so that a name can neither make a header of its own nor turn the text around.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assist.conversation.state import Conversation
from assist.conversation.tension import band

LONGEST_NAME = 80
LONGEST_QUOTE = 80
QUOTES = 3
SHOWS = 0.5  # strength from which a signal is named
CUT = "…"
SAFETY_WORDS = {"threat": "a threat of harm", "distress": "the customer may not be safe"}

# What makes it hard, most telling first: when it is said, and how.
REASONS: Sequence[tuple[Callable[[Conversation], bool], Callable[[Conversation], str]]] = (
    (lambda s: s.heard.signal("supervisor") >= SHOWS, lambda _: "asks for somebody above"),
    (lambda s: s.heard.signal("churn") >= SHOWS, lambda _: "speaks of leaving"),
    (lambda s: s.heard.signal("threat") >= SHOWS, lambda _: "threatens"),
    (lambda s: s.insults > 0, lambda s: "insulted the agent" + _times(s.insults)),
    (lambda s: s.refusals > 0, lambda s: "turned down what was offered" + _times(s.refusals)),
    (lambda s: s.contacts > 1, lambda s: f"contact number {s.contacts} about this"),
    (lambda s: s.run > 1, lambda s: f"{s.run} messages without an answer"),
    (lambda s: s.heard.signal("anger") >= SHOWS, lambda _: "is angry"),
    (lambda s: s.heard.signal("frustration") >= SHOWS, lambda _: "is frustrated"),
)
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Party:
    """Who is in the chat; names as they were told."""

    conversation: str
    customer: str = ""
    agent: str = ""
    team: str = ""


def risen(state: Conversation, risks: Sequence[float]) -> str:
    """Why there is an alert on a risk that has risen."""
    reasons = "; ".join(_reasons(state))
    low = f"from {_percent(min(risks))} " if len(risks) > 1 and min(risks) < risks[-1] else ""
    return f"Risk rose {low}to {_percent(risks[-1])}{': ' if reasons else '.'}{reasons}"


def alarmed(kind: str) -> str:
    """Why there is an alert on a safety signal."""
    words = SAFETY_WORDS[kind]
    return f"Safety: {words}."


def letter(party: Party, state: Conversation, why: str, link: str) -> tuple[str, str]:
    """Subject and text of a letter about an alert: who waits, why, in which words, what was tried, where to look."""
    customer = clean(party.customer, LONGEST_NAME) or "A customer"
    agent = clean(party.agent, LONGEST_NAME) or "anybody"
    subject = f"{customer} ({clean(party.team, LONGEST_NAME)}): {_small(why)}"
    since = f" since {state.waiting_since:%H:%M} UTC" if state.waiting_since else ""
    tried = ", ".join(step.value.replace("_", " ") for step in state.steps) or "nothing yet"
    lines = [
        f"{customer} waits for {agent} in team {clean(party.team, LONGEST_NAME)}{since}.",
        "",
        f"Why: {why}",
        f"Cause: {state.cause.label.replace('_', ' ')}",
        f"Tension: {int(state.tension)} of 100, {band(state.tension)}, {state.trend}; risk {_percent(state.risk)}",
        *(f"In their words: “{quote}”" for quote in _quotes(state)),
        f"Tried so far: {tried}",
        "",
        f"Conversation {clean(party.conversation, LONGEST_NAME)}: {link}",
    ]
    return subject, "\n".join(lines) + "\n"


def clean(text: str, most: int) -> str:
    """The text in one line, of printable characters only, with at most so many of them."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + CUT


def _quotes(state: Conversation) -> Iterator[str]:
    """What carried the most heat in the last message, in the order in which it was said."""
    hottest = sorted(state.evidence, key=lambda item: -item.points)[:QUOTES]
    seen = set[str]()
    for item in sorted(hottest, key=lambda item: item.start):
        quote = clean(item.text, LONGEST_QUOTE)
        if quote and quote.lower() not in seen:
            seen.add(quote.lower())
            yield quote


def _reasons(state: Conversation) -> list[str]:
    return [words(state) for test, words in REASONS if test(state)][:MOST_REASONS]


def _times(count: int) -> str:
    return "" if count == 1 else f" {count} times"


def _small(why: str) -> str:
    return why[0].lower() + why[1:].rstrip(".")


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
