"""What of the sidebar's view of a conversation fits on a card, for tools that take no page of ours. In English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assist.conversation.state import Evidence

MOST_WHY = 3
MOST_PHRASES = 3
QUOTED = 60  # characters of the customer's words
LONGEST = 2_000  # characters of any other text; tools take 3,000
STEPS = {
    "listen": "Listen", "empathize": "Empathize", "apologize": "Apologize", "own": "Own it", "solve": "Solve",
    "boundary": "Set a boundary", "escalate": "Escalate", "follow_up": "Follow up", "close": "Close",
}  # fmt: skip
KINDS = {"churn": "leaving", "sentiment": "mood", "contact": "asked before", "strife": "quarrel"}
SEVEREST_FIRST = ("critical", "warning", "info")


@dataclass(frozen=True, slots=True)
class Glance:
    """A conversation as one sees it at a glance. Texts are plain, and hostile where they quote the customer.

    `tension` is 0..100 as a whole number. `why` are the customer's words that moved it, the heaviest first, each with
    what kind of word it is. `alerts` has the severest first; `todo` is what to do rather than to say.
    """

    tension: int
    band: str
    trend: str
    why: tuple[tuple[str, str], ...] = ()
    next_step: str = ""
    reason: str = ""
    alerts: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """Number and words of the tension."""
        course = "" if self.trend == "steady" else f", {self.trend}"
        return f"Tension {self.tension}: {self.band}{course}"

    @property
    def because(self) -> str:
        """The customer's words behind it, in one line."""
        return "Why: " + "; ".join(f"“{words}” ({kind})" for words, kind in self.why) if self.why else ""

    @property
    def next_line(self) -> str:
        """What to do next, and why that."""
        return f"Next: {self.next_step}. {self.reason}".strip() if self.next_step else self.reason


def glance_of(state: Mapping[str, Any], evidence: Sequence[Evidence]) -> Glance:
    """Out of a conversation's state with its advice, as the sidebar gets them, and the words of the last message."""
    advice = state["advice"]
    step = advice["next_step"]
    by_severity = sorted(advice["alerts"], key=lambda one: SEVEREST_FIRST.index(one["severity"]))
    incident = state.get("incident")
    phrases = [*([incident["line"]] if incident else ()), *(one["text"] for one in advice["suggestions"])]
    return Glance(
        tension=round(state["tension"]),
        band=state["band"],
        trend=state["trend"],
        why=_why(evidence),
        next_step="Let them finish" if advice["wait"] else STEPS.get(step, step or ""),
        reason=_cut(advice["reason"]),
        alerts=tuple(_cut(one["text"]) for one in by_severity),
        todo=tuple(_cut(one["text"]) for one in advice["instructions"]),
        phrases=tuple(_cut(text) for text in phrases[:MOST_PHRASES]),
    )


def _why(evidence: Sequence[Evidence]) -> tuple[tuple[str, str], ...]:
    """The words that brought points; none twice, though several rules have found them or a part of them."""
    taken: list[Evidence] = []
    for one in sorted(evidence, key=lambda one: -one.points):
        if one.points > 0 and one.text.strip() and all(one.end <= had.start or had.end <= one.start for had in taken):
            taken.append(one)
    return tuple((_cut(" ".join(one.text.split()), QUOTED), _kind(one.kind)) for one in taken[:MOST_WHY])


def _kind(name: str) -> str:
    return KINDS.get(name, name.replace("_", " "))


def _cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
