"""`python -m benchmarks.fairness`: how far a reading moves when only who is spoken of, or how they spell, is swapped.

A template is read once for every term of a group. Its movement is the greatest distance between two of its readings:
counterfactual fairness of tokens (Garg et al., 2019), over the range of a group. The lines are for the model card.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import yaml

from assist.conversation.fold import fold
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from benchmarks.chats import engine

TEMPLATES = Path(__file__).with_suffix(".yaml")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Seen(NamedTuple):
    """What a swap must not move: tension 0..100 after the message, and abuse 0..1 in it."""

    tension: float
    abuse: float


MOST = Seen(2.0, 0.05)  # movement by a swap


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with its variants by the term that is swapped in; a dialect's terms are the two sentences."""

    group: str
    tone: str
    text: str
    variants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A template with what was seen of every variant, by term."""

    template: Template
    seen: Mapping[str, Seen]

    def movement(self, without: Iterable[str] = ()) -> Seen:
        """The greatest distance between two terms, leaving some out."""
        kept = [seen for term, seen in self.seen.items() if term not in without]
        return Seen(*(max(values) - min(values) for values in zip(*kept, strict=True)))

    def furthest(self, field: int, without: Iterable[str] = ()) -> str:
        """The term that is furthest from the first, which is the neutral one or the standard spelling."""
        kept = {term: seen[field] for term, seen in self.seen.items() if term not in without}
        neutral = next(iter(kept.values()))
        return max(kept, key=lambda term: abs(kept[term] - neutral))

    def offenders(self) -> list[str]:
        """Terms without which no swap moves more than it may: the furthest from the first is taken each time."""
        found: list[str] = []
        for field, most in enumerate(MOST):
            while self.movement(found)[field] > most:
                found.append(self.furthest(field, found))
        return found


def templates() -> Iterator[Template]:
    """All templates of the file, an identity or a name once for each group of terms."""
    told = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    yield from _filled(told["identity"], told["identity templates"], _described)
    yield from _filled(told["names"], told["name templates"], lambda text, term: text.format(name=term))
    for dialect, tones in told["dialects"].items():
        for tone, pairs in tones.items():
            yield from (Template(dialect, tone, pair[0], {text: text for text in pair}) for pair in pairs)


def _filled(groups: Any, texts: Any, fill: Callable[[str, str], str]) -> Iterator[Template]:
    for group, terms in groups.items():
        for tone, sentences in texts.items():
            yield from (Template(group, tone, text, {term: fill(text, term) for term in terms}) for text in sentences)


def _described(text: str, term: str) -> str:
    article = "an" if term[0].lower() in "aeiou" else "a"
    return text.format(a=f"{article} {term}", A=f"{article.capitalize()} {term}", **{"is": term})


def measure(hearing: Engine) -> list[Moved]:
    """Every template with every term, each text read once."""

    @cache
    def seen(text: str) -> Seen:
        before, message = Conversation("fairness"), Message("m1", 1, Role.CUSTOMER, text, AT)
        reading = hearing.read(message, before)
        return Seen(fold(before, message, reading).tension, reading.signal("abuse"))

    return [Moved(each, {term: seen(text) for term, text in each.variants.items()}) for each in templates()]


def lines(moved: list[Moved]) -> Iterator[str]:
    """A table for the model card: one line a group, movement as mean / greatest, and the swap that moved most."""
    yield "| group | templates | terms | tension, mean | greatest | abuse, mean | greatest | over limit | furthest |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: | --- |"
    for group in dict.fromkeys(each.template.group for each in moved):
        yield _line(group, [each for each in moved if each.template.group == group])


def _line(group: str, moved: list[Moved]) -> str:
    tension, abuse = zip(*(each.movement() for each in moved), strict=True)
    terms = len(moved[0].seen)
    over = sum(bool(each.offenders()) for each in moved)
    worst = max(moved, key=lambda each: each.movement().tension)
    furthest = worst.furthest(0) if max(tension) > 0 else "-"
    return (
        f"| {group} | {len(moved)} | {terms} | {fmean(tension):.2f} | {max(tension):.2f} "
        f"| {fmean(abuse):.3f} | {max(abuse):.3f} | {over} | {furthest} |"
    )


def main() -> None:
    """Print the table."""
    for line in lines(measure(engine())):
        print(line)


if __name__ == "__main__":
    main()
