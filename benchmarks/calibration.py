"""Whether a probability is what it says: of the texts read with .3, three in ten should have the label.

Expected calibration error (Naeini et al., 2015) over bins of equal mass, on the fifth of the sets that no training has
seen, in the proportions in which the labels stand there.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.box import HORIZONTALS
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assist.message import Step
from assist.reading import SIGNALS
from assist.signals.fusion import NAMES
from benchmarks.figures import STYLES, Say
from benchmarks.labelled import READERS, Asked, Chat, in_turns, readings
from benchmarks.reliability import Dot, drawn
from benchmarks.train.sets import SINGLE, THREADS, Row, in_check, rows

PLOT = Path(__file__).resolve().parents[1] / "docs" / "images" / "reliability.svg"
BINS = 15  # of equal mass, each with
IN_BIN = 20  # items or more, else there are fewer bins
RESAMPLED = 400
SEED = 7
MORE = 3  # times the items of the other tables: in natural proportions most labels are rare
FEWEST = 20  # items with a label, and without, from which a set tells something
AIM = 0.05
AIMED = frozenset(
    {
        ("anger", "goemotions"),
        ("abuse", "convabuse"),
        ("gratitude", "goemotions"),
        ("gratitude", "multidogo_intents"),
        ("risk, last", "ukp_adhominem"),
        ("risk, last", "both"),
    }
)
PLOTTED = (
    ("anger", "goemotions"),
    ("abuse", "convabuse"),
    ("gratitude", "goemotions"),
    ("gratitude", "multidogo_intents"),
    ("frustration", "goemotions"),
    ("risk, last", "both"),
)
STEPS = frozenset(step.value for step in Step)

Numbers = NDArray[np.float64]
Labels = Mapping[str, float]
Picked = Callable[[Sequence[Mapping[str, Any]]], float]  # a probability from the readings of a chat

# Sets of which training leaves rows out: here every row counts.
WHOLE: Mapping[str, Callable[[Row], Labels]] = {
    "multidogo_intents": lambda row: {"gratitude": float("thankyou" in row["label"])},
    "clinc150": lambda row: {"gratitude": float(row["label"] == "thank_you")},
}


@dataclass(slots=True)
class Question:
    """One signal in one set: the chats that have a label for it, the labels, and what each reader said."""

    signal: str
    source: str
    picked: Picked
    chats: list[int] = field(default_factory=list)
    labels: list[float] = field(default_factory=list)
    said: dict[str, list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far off a reader is: its error with a 95 % interval, and the error that chance alone would show."""

    error: float
    low: float
    high: float
    chance: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A signal in a set with the reliability of each reader; `share` of the items have the label."""

    signal: str
    source: str
    n: int
    share: float
    readers: Mapping[str, Reliability]

    @property
    def verdict(self) -> str:
        """`met` or `missed` by the better reader, `near` when the interval reaches the aim; nothing without an aim."""
        if (self.signal, self.source) not in AIMED or not self.readers:
            return ""
        best = min(self.readers.values(), key=lambda one: one.error)
        return "met" if best.error <= AIM else "near" if best.low <= AIM else "missed"

    def wire(self) -> dict[str, Any]:
        """The answer as JSON."""
        return {**asdict(self), "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class Report:
    """All answers, and what could not be measured."""

    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()

    def wire(self) -> dict[str, Any]:
        """The report as JSON."""
        return {"answers": [answer.wire() for answer in self.answers], "notes": list(self.notes)}

    def shown(self) -> RenderableType:
        """The table, the notes under it."""
        notes = [Text(note, style="bold red") for note in self.notes]
        return Group(*([_table(self.answers)] if self.answers else []), *notes)

    def plot(self) -> str:
        """The reliability of those that matter most, as SVG."""
        found = {(answer.signal, answer.source): answer for answer in self.answers}
        panels = [(key, found[key]) for key in PLOTTED if key in found]
        return drawn(
            [
                (
                    signal.partition(",")[0],
                    "threads" if source == "both" else source.partition("_")[0],
                    {reader: (one.error, one.dots) for reader, one in answer.readers.items()},
                )
                for (signal, source), answer in panels
            ]
        )


def _table(answers: Sequence[Answer]) -> Table:
    shown = Table(box=HORIZONTALS, pad_edge=False, caption="in brackets 95 %, and what chance alone would show")
    for name in ("signal", "set"):
        shown.add_column(name, no_wrap=True)
    for name in ("n", "share", *READERS, "aim"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("", no_wrap=True)
    for answer in answers:
        cells = [_cell(answer.readers.get(reader)) for reader in READERS]
        aim = f"<= {AIM:.2f}" if (answer.signal, answer.source) in AIMED else ""
        mark = Text(answer.verdict, style=STYLES[answer.verdict])
        shown.add_row(answer.signal, answer.source, f"{answer.n:,}", f"{answer.share:.3f}", *cells, aim, mark)
    return shown


def _cell(one: Reliability | None) -> str:
    return "" if one is None else f"{one.error:.3f} ({one.low:.3f}-{one.high:.3f}; {one.chance:.3f})"


def measure(say: Say, asked: Asked) -> Report:
    """Every signal that a set has labels for, with both readers; writes the plot where that is asked for."""
    if asked.missing:
        return Report((), (asked.missing,))
    say("choosing the texts")
    chats, questions = _gathered(asked)
    notes = []
    for reader in READERS:
        try:
            for index, read in enumerate(readings(reader, chats, say)):
                for question in questions[index]:
                    question.said.setdefault(reader, []).append(question.picked(read))
        except RuntimeError as problem:
            notes.append(str(problem))
    every = {id(question): question for of_chat in questions for question in of_chat}
    report = Report(tuple(_answer(question) for question in every.values()), tuple(notes))
    if asked.write:
        PLOT.write_text(report.plot(), encoding="utf-8")
    return report


def _gathered(asked: Asked) -> tuple[list[Chat], list[list[Question]]]:
    """All chats to read, and for each the questions that it answers; questions with too few labels are left out."""
    chats: list[Chat] = []
    questions: list[Question] = []
    for name in SINGLE:
        found: dict[str, Question] = {}
        kept = [row for row in rows(asked.data / "dev", name) if row["text"].strip() and in_check(row["text"])]
        for row in _sampled(kept, asked.most * MORE):
            _asked_of(row, name, chats, found)
        questions.extend(found.values())
    questions.extend(_risks(asked, chats))
    of_chat: list[list[Question]] = [[] for _ in chats]
    for question in questions:
        if FEWEST <= sum(question.labels) <= len(question.labels) - FEWEST:
            for index in question.chats:
                of_chat[index].append(question)
    used = [index for index, asked_of in enumerate(of_chat) if asked_of]
    return [chats[index] for index in used], [of_chat[index] for index in used]


def _asked_of(row: Row, name: str, chats: list[Chat], found: dict[str, Question]) -> None:
    """Add a row's text as a customer's chat, an agent's or both, and what is asked of it."""
    labels = WHOLE[name](row) if name in WHOLE else _targets(row, name)
    labels = {signal: label for signal, label in labels.items() if signal in NAMES}
    for role in ("customer", "agent"):
        here = [signal for signal in labels if (signal in STEPS or signal == "fails") == (role == "agent")]
        for signal in here:
            question = found.setdefault(signal, Question(signal, name, _of(signal)))
            question.chats.append(len(chats))
            question.labels.append(labels[signal])
        if here:
            chats.append(_chat(row, role))


def _targets(row: Row, name: str) -> Labels:
    example = SINGLE[name](row)
    return example.targets if example else {}


def _chat(row: Row, role: str) -> Chat:
    """A text with what was said before it; who has no role there is the other side."""
    other = "agent" if role == "customer" else "customer"
    before = [(said.get("role"), said["text"]) for said in row.get("context", []) if said["text"].strip()]
    return [*((who if who in ("customer", "agent") else other, text) for who, text in before), (role, row["text"])]


def _risks(asked: Asked, chats: list[Chat]) -> Iterator[Question]:
    """The risk at the end of a thread, and the highest on the way there, in each set and in both together."""
    ways: dict[str, Picked] = {
        "risk, last": lambda read: read[-1].get("risk", 0.0),
        "risk, highest": lambda read: max(one.get("risk", 0.0) for one in read),
    }
    of_set = {name: {way: Question(way, name, pick) for way, pick in ways.items()} for name in (*THREADS, "both")}
    for name in THREADS:
        for row in rows(asked.data / "dev", name):
            texts = [turn["text"] for turn in row["turns"] if turn["text"].strip()]
            if texts and in_check(texts[-1]):
                for question in (*of_set[name].values(), *of_set["both"].values()):
                    question.chats.append(len(chats))
                    question.labels.append(float(row["label"]))
                chats.append(in_turns(texts))
    for way in ways:
        yield from (of_set[name][way] for name in of_set)


def _sampled(found: Sequence[Row], most: int) -> list[Row]:
    """A stable sample, whatever the labels."""
    return sorted(found, key=lambda row: hashlib.sha1(row["id"].encode("utf8", "surrogatepass")).hexdigest())[:most]


def _of(signal: str) -> Picked:
    def picked(read: Sequence[Mapping[str, Any]]) -> float:
        last = read[-1]
        held = last["signals"] if signal in SIGNALS else last["steps_done"] if signal in STEPS else last["acts"]
        return float(held.get(signal, 0.0))

    return picked


def _answer(question: Question) -> Answer:
    labels = np.array(question.labels)
    whole = {reader: said for reader, said in question.said.items() if len(said) == len(labels)}
    found = {reader: reliability(np.array(said), labels) for reader, said in whole.items()}
    return Answer(question.signal, question.source, len(labels), float(labels.mean()), found)


def reliability(said: Numbers, labels: Numbers) -> Reliability:
    """The error of probabilities against labels 0 or 1, its basic bootstrap interval and its level by chance.

    An error is never below zero, so that a few items show some even where every probability is right: `chance` is what
    they show in the mean when the labels are drawn from the probabilities.
    """
    chance = np.random.default_rng(SEED)
    order = chance.permutation(len(said))  # equal probabilities must not stand in the order of the set
    said, labels = said[order], labels[order]
    error = expected_error(said, labels)
    again = [expected_error(said[at], labels[at]) for at in chance.integers(0, len(said), (RESAMPLED, len(said)))]
    low, high = np.quantile(again, [0.025, 0.975])
    drawn_labels = (chance.random((RESAMPLED, len(said))) < said).astype(float)
    by_chance = float(np.mean([expected_error(said, row) for row in drawn_labels]))
    within = max(0.0, 2 * error - high), max(error, 2 * error - low)
    return Reliability(error, *within, by_chance, dots(said, labels))


def expected_error(said: Numbers, labels: Numbers, bins: int = BINS) -> float:
    """Mean distance between what is said and what is so, over bins of equal mass in the order of what is said."""
    bins = max(1, min(bins, len(said) // IN_BIN))
    order = np.argsort(said, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(abs(said[part].mean() - labels[part].mean()) * len(part) for part in parts) / len(said))


def dots(said: Numbers, labels: Numbers, bins: int = 10, fewest: int = 10) -> tuple[Dot, ...]:
    """For the plot: bins of equal width with their items, where there are enough."""
    at = np.minimum((said * bins).astype(int), bins - 1)
    found = []
    for number in range(bins):
        inside = at == number
        if inside.sum() >= fewest:
            found.append(Dot(float(said[inside].mean()), float(labels[inside].mean()), int(inside.sum())))
    return tuple(found)
