"""Whether a message costs the same in an old conversation and on a crowded server, and what a conversation weighs."""

import asyncio
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from statistics import mean, median
from time import process_time
from types import FunctionType, ModuleType

from app.conversations import Conversations
from app.running import settle
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message
from benchmarks.chats import engine, long_chat
from benchmarks.figures import Figure, Say
from benchmarks.inprocess import SENDER, conversations
from benchmarks.inprocess import say as hear
from benchmarks.timing import collections, pair, quiet

EARLY, LATE = 10, 1_000  # messages
WINDOW = 20  # messages measured from each on
PERIOD = LATE - EARLY  # after which the same is said again
CHATS = 4
ROUNDS = 15
FEW, MANY = 10, 10_000  # live conversations
TURNS = 400  # messages measured with few and with many
AT_ONCE = 32
FLAT = 1.15  # times
STOP = 50.0  # ms for which the event loop may be stopped


def measure(say: Say) -> list[Figure]:
    """By the age of a conversation and by the number of live ones: time and memory."""
    chats = [long_chat(number, PERIOD, LATE + WINDOW) for number in range(CHATS)]
    return [_engine_by_age(say, engine(), chats), *asyncio.run(_rooms(say, chats))]


async def _rooms(say: Say, chats: list[list[Message]]) -> list[Figure]:
    return [*await _rooms_by_age(say, chats), *await _by_number(say, chats)]


def _engine_by_age(say: Say, hearing: Engine, chats: list[list[Message]]) -> Figure:
    """The same words at message 10 and at message 1,000, in turn."""
    say(f"hear() at message {EARLY} and at message {LATE:,}")
    late: list[float] = []
    early: list[float] = []
    for chat in chats:
        before = [Conversation("old")]
        for message in chat:
            before.append(hearing.hear(before[-1], message).conversation)
        for young in range(EARLY - 1, EARLY - 1 + WINDOW):
            calls = [partial(hearing.hear, before[at], chat[at]) for at in (young + PERIOD, young)]
            with quiet():
                pairs = [pair(*calls, swap=number % 2 == 1) for number in range(ROUNDS)]
            for side, times in zip((late, early), zip(*pairs, strict=True), strict=True):
                side.append(median(times) * 1e6)
    return Figure(f"hear() at message {LATE:,}", mean(late), "µs", mean(early), f"at message {EARLY}", FLAT)


async def _rooms_by_age(say: Say, chats: list[list[Message]]) -> list[Figure]:
    """The same through the rooms, commit and all; a message is heard once, so young chats stand beside old ones."""
    late, early = [], []
    async with conversations() as rooms:
        say(f"{CHATS} conversations grow to {LATE:,} messages")
        await asyncio.gather(*(_grow(rooms, f"old-{n}", chat[: LATE - 1]) for n, chat in enumerate(chats)))
        await asyncio.gather(*(_grow(rooms, f"young-{n}", chat[: EARLY - 1]) for n, chat in enumerate(chats)))
        say(f"committed at message {EARLY} and at message {LATE:,}")
        with quiet():
            for n, chat in enumerate(chats):
                for old, young in zip(chat[LATE - 1 :], chat[EARLY - 1 :], strict=False):
                    late.append(await _cost(rooms, f"old-{n}", old))
                    early.append(await _cost(rooms, f"young-{n}", young))
        weights = [await _weight(rooms, [f"{age}-{n}" for n in range(CHATS)]) for age in ("old", "young")]
    at, over = f"at message {EARLY}", f"memory of a conversation over {LATE:,} messages"
    return [
        Figure(f"heard and committed at message {LATE:,}", mean(late), "µs", mean(early), at, FLAT),
        Figure(over, weights[0], "KiB", weights[1], f"over {EARLY}"),
    ]


async def _by_number(say: Say, chats: list[list[Message]]) -> list[Figure]:
    """One message more in one of 10,000 conversations, and in one of 10, in turn; what the 10,000 weigh."""
    async with conversations() as crowded, conversations() as empty:
        say(f"{MANY:,} conversations come to life")
        settle()
        with collections() as stops:
            await _fill(crowded, MANY, chats)
        await _fill(empty, FEW, chats)
        say(f"a message with {FEW} and with {MANY:,} live conversations")
        many, few = [], []
        with quiet():
            for turn in range(TURNS):
                message = chats[turn % CHATS][1 + turn // FEW]
                many.append(await _cost(crowded, f"c-{turn * (MANY // TURNS)}", message))
                few.append(await _cost(empty, f"c-{turn % FEW}", message))
        assert len(crowded.lives) == MANY
        say(f"{MANY:,} live conversations are weighed")
        weight = await _weight(crowded, [f"c-{n}" for n in range(MANY)])
    sides = median(many), median(few)
    return [
        Figure(f"the same with {MANY:,} live conversations", sides[0], "µs", sides[1], f"with {FEW}", FLAT),
        Figure(f"memory of a live conversation, mean of {MANY:,}", weight, "KiB"),
        Figure(f"longest garbage collection while {MANY:,} come to life", max(stops) * 1e3, "ms", aim=STOP),
    ]


async def _grow(rooms: Conversations, name: str, messages: Iterable[Message]) -> None:
    for message in messages:
        await hear(rooms, name, message)


async def _fill(rooms: Conversations, number: int, chats: list[list[Message]]) -> None:
    """Have so many conversations of one message, some at once so that they share commits."""
    for begin in range(0, number, AT_ONCE):
        names = range(begin, min(begin + AT_ONCE, number))
        await asyncio.gather(*(_grow(rooms, f"c-{n}", chats[n % CHATS][:1]) for n in names))


async def _cost(rooms: Conversations, name: str, message: Message) -> float:
    """CPU microseconds of all threads from the call to after the commit."""
    start = process_time()
    await hear(rooms, name, message)
    return (process_time() - start) * 1e6


async def _weight(rooms: Conversations, names: list[str]) -> float:
    """KiB in memory of a conversation, on average; what all of them share is not theirs."""
    lives = []
    for name in names:
        async with rooms.lives.hold(SENDER.tenant, name) as live:
            lives.append(live)
    shared = {id(found) for found in _reached([rooms.engine("")], set())}
    return sum(map(sys.getsizeof, _reached(lives, shared))) / len(lives) / 1024


def _reached(roots: Sequence[object], seen: set[int]) -> Iterator[object]:
    """Everything that the roots hold, each once; not the code, which belongs to nobody."""
    waiting = list(roots)
    while waiting:
        found = waiting.pop()
        if id(found) not in seen and not isinstance(found, type | ModuleType | FunctionType):
            seen.add(id(found))
            yield found
            waiting.extend(gc.get_referents(found))
