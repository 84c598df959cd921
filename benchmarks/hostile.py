"""Texts of 20,000 characters that are made to be slow: none may hold the event loop for 50 ms."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from statistics import median
from time import process_time

from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import MAX_TEXT, Message, Role
from assist.simulator import transcript_lines
from benchmarks import inprocess
from benchmarks.chats import SEED, engine
from benchmarks.figures import Figure, Say
from benchmarks.timing import quiet, seconds

ROUNDS = 7
BUDGET = 50.0  # milliseconds
TICK = 0.001  # seconds between two looks at the event loop
RANT = (
    "You useless idiot, this is the third time I am writing and nobody there cares!!! ",
    "I will sue you, I want my money back, where is my order, you are all liars and thieves. ",
    "DO YOU EVEN READ what people send you, or are you too stupid? ",
    "Shut up with your sorry, I have waited two weeks, cancel everything NOW. ",
)


def texts() -> dict[str, str]:
    """Kind -> text of `MAX_TEXT` characters."""
    prose = (line["text"] + " " for line in transcript_lines(40, SEED))
    return {
        "simulated chats in a row": _filled(*prose),
        "abuse rant": _filled(*RANT),
        "one word repeated": _filled("refund "),
        "all caps": _filled("WHERE IS MY ORDER "),
        "half of a pattern, again and again": _filled("this is the third "),
        "negations": _filled("not never no don't "),
        "punctuation": _filled("!?.,;:'\"-()"),
        "10,000 combining marks": _filled("a\u0301"),
        "emoji": _filled("\U0001f621\U0001f468\u200d\U0001f469\u200d\U0001f467\ufe0f"),
        "spaces": "a" + " " * (MAX_TEXT - 2) + "b",
        "line breaks": _filled("a\n"),
        "one letter stretched": _filled("o"),
        "stretched words": _filled("soooo baaaad "),
        "mixed alphabets": _filled("r\u0435fund n\u043ew "),
        "digits": _filled("1234567890"),
        "zero-width characters": _filled("i\u200bd\u200bi\u200bo\u200bt "),
    }


def _filled(*pieces: str) -> str:
    """The pieces again and again, up to the longest text that is taken."""
    return "".join(islice(cycle("".join(pieces)), MAX_TEXT))


def measure(say: Say) -> list[Figure]:
    """Milliseconds of `hear()` for each kind, then how long the event loop stood still while the server heard them."""
    hearing = engine()
    figures = []
    for kind, text in texts().items():
        say(f"20,000 characters: {kind}")
        figures.append(Figure(f"hear(): {kind}", _spent(hearing, text), "ms", aim=BUDGET))
    say("the event loop while all of them are heard and committed")
    stops = asyncio.run(_stops())
    return [*figures, Figure("longest stop of the event loop while these are heard", stops, "ms", aim=BUDGET)]


def _message(text: str, seq: int) -> Message:
    """The text with another end each time, so that nothing is known of it from the time before."""
    return Message(f"m{seq}", seq, Role.CUSTOMER, f"{text[:-1]}{seq}", datetime(2026, 1, 1, tzinfo=UTC))


def _spent(hearing: Engine, text: str) -> float:
    before = Conversation("long")
    with quiet():
        return median(seconds(partial(hearing.hear, before, _message(text, n))) for n in range(1, ROUNDS + 1)) * 1e3


async def _stops() -> float:
    """CPU milliseconds between two turns of the event loop: the worst of a round, the median of the rounds."""
    worst: list[float] = []
    async with inprocess.conversations() as rooms:
        watch = asyncio.create_task(_watch(worst))
        for number in range(1, ROUNDS + 1):
            worst.append(0.0)
            for kind, text in texts().items():
                await inprocess.say(rooms, kind, _message(text, number))
        watch.cancel()
    return median(worst) * 1e3


async def _watch(worst: list[float]) -> None:
    while True:
        start = process_time()  # of all threads: one that keeps the interpreter to itself stops the loop too
        await asyncio.sleep(TICK)
        if worst:
            worst[-1] = max(worst[-1], process_time() - start)
