"""A tongue: the few rules that are read in a language other than English, in the same small pattern language.

They hold the words that a team must not miss (thanks, anger, insults, threats, despair, lawyers, a wish for somebody
above, a refusal), what names a cause, and the steps of an agent. Nothing is learned here, and nothing else is claimed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assist.message import Step
from assist.reading import Cue
from assist.signals.patterns import Row, Table
from assist.text import Text

LOOK_BACK = 40  # characters before and after a match in which it may be denied
MOST_ALONE = 7  # words of a message that only greets
SAFETY = frozenset({"threat", "distress", "abuse"})


@dataclass(frozen=True, slots=True)
class Tongue:
    """The tables of one language.

    `before` denies what follows it at once, `after` what stands before it; a rule that is `plain` is never denied.
    `greetings` are the words of a message that only greets, `no` is a refusal where it is all that is said.
    """

    code: str
    name: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    greetings: frozenset[str]
    no: str
    tables: tuple[Table, ...]
    causes: Mapping[str, Table]
    steps: Mapping[Step, Table]

    def cues(self, text: Text, *, safety_only: bool = False) -> Iterator[Cue]:
        """What the customers' tables find, or only what bears on safety."""
        for table in self.tables:
            if not safety_only or table.kind in SAFETY:
                yield from self._found(table, text, table.kind)
        if not safety_only:
            yield from self._alone(text)

    def _alone(self, text: Text) -> Iterator[Cue]:
        """What means something only where nothing else is said."""
        words = text.words
        if words and len(words) <= MOST_ALONE and self.greetings.issuperset(words):
            yield Cue(0, len(text.original), "greeting", f"only a greeting, in {self.name}", 0.9)
        if words == [self.no]:
            yield Cue(0, len(text.original), "refusal", f"says no, in {self.name}", 0.7)

    def caused(self, text: Text) -> Iterator[tuple[str, Cue]]:
        """The causes that are named, each with the words."""
        for label, table in self.causes.items():
            for cue in self._found(table, text, "cause"):
                yield label, cue

    def done(self, text: Text) -> dict[Step, float]:
        """The steps that an agent's message does, with the strength of the strongest rule."""
        strengths = {
            step: max((cue.strength for cue in self._found(table, text, step.value)), default=0.0)
            for step, table in self.steps.items()
        }
        return {step: strength for step, strength in strengths.items() if strength}

    def _found(self, table: Table, text: Text, kind: str) -> Iterator[Cue]:
        for rule, start, end in table.matches(text):
            if not self._denied(rule, text.plain, start, end):
                yield Cue(*text.span(start, end), kind, f"{rule.rule}, in {self.name}", rule.strength)

    def _denied(self, rule: Row, plain: str, start: int, end: int) -> bool:
        if rule.plain:
            return False
        return (
            self.before.search(plain[max(0, start - LOOK_BACK) : start]) is not None
            or self.after.match(plain[end : end + LOOK_BACK]) is not None
            or self.before.search(plain[start:end] + " ") is not None
        )
