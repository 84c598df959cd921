"""Answers with what was known before them and what came of them, from chats that may be trained on and ours.

An answer counts where one message of the agent stands between two of the customer. The linear reader reads everything.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assist.coach import Moment, Remark, review
from assist.conversation.fold import fold
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role, Step
from assist.reading import Reading
from assist.simulator import SimulatedChat, make_profile
from benchmarks import conversations
from benchmarks.conversations import PACE, START, Read
from benchmarks.train.sets import part_of, rows

SIMULATED = {"fit": 1_500, "check": 400}  # chats
TWITTER_TIME = "%a %b %d %H:%M:%S %z %Y"
Said = list[tuple[Role, str, datetime]]
Source = Callable[[Path, Read], Iterator[conversations.Chat]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the tension before it, what it does, and the tension after the customer's next message.

    `cooled` is where the fold alone would put the customer if the next message said nothing. `part` is `fit`, `check`
    or `evaluate`; answers of one chat have the same `chat`.
    """

    source: str
    part: str
    chat: str
    before: float
    reading: Reading
    remarks: tuple[Remark, ...]
    next_step: Step | None
    cooled: float
    after: float


def answers(engine: Engine, source: str, part: str, name: str, said: Sequence[Message]) -> Iterator[Answer]:
    """The answers of one chat."""
    state = Conversation(name)
    unanswered: list[str] = []
    waiting: Answer | None = None
    for at, message in enumerate(said):
        before = state
        heard = engine.hear(before, message)
        state = heard.conversation
        if message.role is Role.CUSTOMER:
            if waiting:
                nothing = fold(before, message, Reading())
                yield replace(waiting, cooled=nothing.tension, after=state.tension)
            waiting, unanswered = None, [*unanswered, message.text][-3:]
            continue
        waiting = None
        if message.role is Role.AGENT and at and said[at - 1].role is Role.CUSTOMER:
            moment = Moment(before, heard.reading, tuple(unanswered))
            remarks = review(message.text, moment=moment)
            waiting = Answer(source, part, name, before.tension, heard.reading, remarks, before.next_step, 0.0, 0.0)
        unanswered = []


def _unread(said: Sequence[Message]) -> list[tuple[Message, Reading]]:
    return [(message, Reading()) for message in said]


def threads(engine: Engine, data: Path) -> Iterator[Answer]:
    """Threads and negotiations between two people who are taken for customer and agent."""
    loads: Mapping[str, Source] = {
        "github_threads": conversations.github,
        "ukp_adhominem": conversations.ukp,
        "casino": conversations.casino,
    }
    for name, load in loads.items():
        for number, chat in enumerate(load(data, _unread)):
            said = [message for message, _ in chat.turns]
            yield from answers(engine, name, chat.part, f"{name} {number}", said)


def abused_bots(engine: Engine, data: Path) -> Iterator[Answer]:
    """What people write to a bot that does not understand them."""
    for row in rows(data, "convabuse"):
        part = part_of(row["text"])
        turns = [*row["context"], {"role": "customer", "text": row["text"]}]
        if part != "train":
            yield from answers(engine, "convabuse", part, f"convabuse {row['conv']}", _timed(turns))


def _timed(turns: Sequence[Mapping[str, Any]]) -> list[Message]:
    said = [
        (Role(turn["role"]), turn["text"])
        for turn in turns
        if turn["text"].strip() and turn["role"] in ("agent", "customer")
    ]
    return conversations.messages([(role, text, START + at * PACE) for at, (role, text) in enumerate(said)])


def simulated(engine: Engine, parts: Mapping[str, int]) -> Iterator[Answer]:
    """Our own chats."""
    for part, chats in parts.items():
        for number in range(chats):
            chance = random.Random(f"effects {part}:{number}")
            chat = SimulatedChat(make_profile(chance), chance)
            at, said = START, Said()
            while line := chat.next(None):
                at += timedelta(seconds=line.pause_seconds)
                said.append((line.role, line.text, at))
            yield from answers(engine, "simulated", part, f"simulated {part} {number}", conversations.messages(said))


def real(engine: Engine, data: Path) -> Iterator[Answer]:
    """Real support chats, to measure on only."""
    path = data.parent / "chats" / "twcs.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        chat = json.loads(line)
        said = [
            (Role(turn["role"]), turn["text"], datetime.strptime(turn["at"], TWITTER_TIME))  # noqa: DTZ007 - the format has the zone
            for turn in chat["turns"]
            if turn["text"].strip()
        ]
        yield from answers(engine, "twcs", "evaluate", f"twcs {chat['id']}", conversations.messages(said))


def tasks(engine: Engine, data: Path, most: int = 400) -> Iterator[Answer]:
    """Bookings and the like with a bot, to measure on only."""
    for number, row in zip(range(most), rows(data, "uss"), strict=False):
        yield from answers(engine, "uss", "evaluate", f"uss {number}", _timed(row["turns"]))
