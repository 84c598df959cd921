"""Whole conversations with what is known of them, from the sets that may be trained on and from our own simulator.

Two people without roles take turns as customer and agent, the last speaker is the customer. Scorers learned from the
threads of the part `train`, so that only `fit` is fitted on, and `check` measured, as everywhere.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assist.message import Message, Role
from assist.reading import Reading
from assist.simulator import SimulatedChat, make_profile
from benchmarks.train.sets import in_check, part_of, rows, written

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PACE = timedelta(seconds=30)  # between messages of conversations without times
LONGEST = 20_000  # characters of a message
PLAIN = (None, "None", "")  # labels of a comment in which nothing is uncivil
SATISFIED = {
    "Extremely dissatisfied": 1,
    "Slightly dissatisfied": 2,
    "Undecided": 3,
    "Slightly satisfied": 4,
    "Extremely satisfied": 5,
}
DISSATISFIED = 2
EXAMPLES = Path(__file__).parent / "train" / "examples"
HEATED = 35.0  # mood from which a simulated customer does not talk coolly any more
SIMULATED = 300  # chats to fit on, and half as many to measure
Turn = tuple[Message, Reading]
Read = Callable[[Sequence[Message]], Sequence[Turn]]


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation that was read.

    `bad` is whether it went bad in the end. `moods` are a simulated customer's after each message, 0 content .. 100
    boiling, and `uncivil` tells of each message whether people found it so, where that is known.
    """

    source: str
    part: str  # "fit" or "check"
    turns: tuple[Turn, ...]
    bad: bool
    moods: tuple[float, ...] = ()
    uncivil: tuple[bool, ...] = ()


def messages(said: Sequence[tuple[Role, str, datetime]]) -> list[Message]:
    """Messages numbered in their order."""
    return [Message(f"m{seq}", seq, role, text[:LONGEST], at) for seq, (role, text, at) in enumerate(said, 1)]


def in_turns(texts: Sequence[str], *, last: Role) -> list[Message]:
    """Messages of two people who take turns, at an even pace."""
    other = Role.AGENT if last is Role.CUSTOMER else Role.CUSTOMER
    return messages(
        [
            (last if (len(texts) - number) % 2 else other, text, START + number * PACE)
            for number, text in enumerate(texts)
        ]
    )


def ukp(data: Path, read: Read) -> Iterator[Chat]:
    """Threads of three comments, of which half come before an insult."""
    for row, texts, part in _threads(data, "ukp_adhominem"):
        yield Chat("ukp_adhominem", part, tuple(read(in_turns(texts, last=Role.CUSTOMER))), bool(row["label"]))


def github(data: Path, read: Read) -> Iterator[Chat]:
    """Issues that were locked, each comment labelled; bad are those that escalate further. Told from both sides."""
    for row, texts, part in _threads(data, "github_threads"):
        labels = tuple(turn.get("tbdf") not in PLAIN for turn in row["turns"] if turn["text"].strip())
        for last in (Role.CUSTOMER, Role.AGENT):
            turns = tuple(read(in_turns(texts, last=last)))
            yield Chat("github_threads", part, turns, bool(row["label"]), uncivil=labels)


def _threads(data: Path, name: str) -> Iterator[tuple[dict[str, Any], list[str], str]]:
    for row in rows(data, name):
        texts = [turn["text"] for turn in row["turns"] if turn["text"].strip()]
        part = part_of(texts[-1]) if texts else "train"
        if part != "train":
            yield row, texts, part


def casino(data: Path, read: Read) -> Iterator[Chat]:
    """Negotiations, as those who were dissatisfied with them saw them, and as many others."""
    kept: dict[bool, list[Chat]] = {True: [], False: []}
    for row in rows(data, "casino"):
        for who in sorted(row["satisfaction"]):
            bad = SATISFIED[row["satisfaction"][who]] <= DISSATISFIED
            if not bad and len(kept[False]) > len(kept[True]):
                continue
            said = [turn for turn in row["turns"] if turn["text"].strip()]
            roles = [Role.CUSTOMER if turn["role"] == who else Role.AGENT for turn in said]
            told = [
                (role, turn["text"], START + n * PACE) for n, (role, turn) in enumerate(zip(roles, said, strict=True))
            ]
            part = "check" if in_check(f"casino {row['id']}") else "fit"
            kept[bad].append(Chat("casino", part, tuple(read(messages(told))), bad))
    yield from kept[True]
    yield from kept[False]


def written_by_us(read: Read) -> Iterator[Chat]:
    """Single messages of customers from our own examples; bad are those of somebody who is dissatisfied."""
    for path in sorted(EXAMPLES.glob("*.tsv")):
        for example in written(path):
            part = part_of(example.text)
            if part != "train" and "dissatisfied" in example.targets:
                message = messages([(Role.CUSTOMER, example.text, START)])
                yield Chat("own", part, tuple(read(message)), bool(example.targets["dissatisfied"]))


def simulated(read: Read) -> Iterator[Chat]:
    """Our own chats: bad are those that a heated customer leaves, or has to take higher."""
    for part, chats in (("fit", SIMULATED), ("check", SIMULATED // 2)):
        for number in range(chats):
            chance = random.Random(f"{part}:{number}")
            chat = SimulatedChat(make_profile(chance), chance)
            at, said, moods = START, [], []
            while line := chat.next(None):
                at += timedelta(seconds=line.pause_seconds)
                said.append((line.role, line.text, at))
                moods.append(chat.customer.mood)
            bad = chat.outcome != "settled" and moods[-1] >= HEATED
            yield Chat("simulated", part, tuple(read(messages(said))), bad, moods=tuple(moods))
