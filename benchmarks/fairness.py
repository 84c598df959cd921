"""`python -m benchmarks.fairness`: how far a reading moves when only who is spoken of, or how they spell, is swapped.

`--reader` picks one reader, `--json FILE` keeps the tables. A template is read once for every term of a group. Its
movement is the greatest distance between two of its readings: counterfactual fairness of tokens (Garg et al., 2019),
over the range of a group. The tables are for the model card.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import yaml

from app.learned import Weights
from assist.conversation.fold import fold
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.signals.scores import Scores
from benchmarks.chats import engine
from benchmarks.labelled import READERS

TEMPLATES = Path(__file__).with_suffix(".yaml")
Score = Callable[[str], Scores | None]
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


def unscored(_: str) -> None:
    """No scores: the linear scorer reads."""


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


def measure(hearing: Engine, score: Score = unscored) -> list[Moved]:
    """Every template with every term, each text read once; by the scores given, else by those of the linear scorer."""

    @cache
    def seen(text: str) -> Seen:
        before, message = Conversation("fairness"), Message("m1", 1, Role.CUSTOMER, text, AT)
        reading = hearing.read(message, before, score(text))
        return Seen(fold(before, message, reading).tension, reading.signal("abuse"))

    return [Moved(each, {term: seen(text) for term, text in each.variants.items()}) for each in templates()]


class Line(NamedTuple):
    """A group: movement of tension and abuse as mean and greatest, templates over the limit, the term moving most."""

    group: str
    templates: int
    terms: int
    tension: tuple[float, float]
    abuse: tuple[float, float]
    over: int
    furthest: str


def table(moved: list[Moved]) -> list[Line]:
    """One line a group."""
    groups = dict.fromkeys(each.template.group for each in moved)
    return [_line(group, [each for each in moved if each.template.group == group]) for group in groups]


def _line(group: str, moved: list[Moved]) -> Line:
    tension, abuse = zip(*(each.movement() for each in moved), strict=True)
    worst = max(moved, key=lambda each: each.movement().tension)
    return Line(
        group=group,
        templates=len(moved),
        terms=len(moved[0].seen),
        tension=(fmean(tension), max(tension)),
        abuse=(fmean(abuse), max(abuse)),
        over=sum(bool(each.offenders()) for each in moved),
        furthest=worst.furthest(0) if max(tension) > 0 else "-",
    )


def written(table: Iterable[Line]) -> Iterator[str]:
    """The table for the model card."""
    yield "| group | templates | terms | tension, mean | greatest | abuse, mean | greatest | over limit | furthest |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: | --- |"
    for line in table:
        tension, abuse = ("{:.2f} | {:.2f}".format(*line.tension), "{:.3f} | {:.3f}".format(*line.abuse))
        counts = f"{line.templates} | {line.terms}"
        yield f"| {line.group} | {counts} | {tension} | {abuse} | {line.over} | {line.furthest} |"


def lines(moved: list[Moved]) -> Iterator[str]:
    """The table for the model card: one line a group, movement as mean and greatest, and the swap that moved most."""
    yield from written(table(moved))


def main() -> None:
    """Print a table for each reader."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fairness", description=__doc__)
    parser.add_argument("--reader", action="append", choices=READERS, help="both if not given")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables here too")
    asked = parser.parse_args()
    found = {}
    for reader in asked.reader or READERS:
        score = Weights().encoder().score if reader == "encoder" else unscored
        found[reader] = table(measure(engine(), score))
        print("\n".join([f"\n{reader}", *written(found[reader])]))
    if asked.json:
        wire = {reader: [line._asdict() for line in of_reader] for reader, of_reader in found.items()}
        asked.json.write_text(json.dumps(wire, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
