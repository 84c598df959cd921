"""What hearing a message costs, beside one bare VADER call on the same text."""

from functools import partial
from statistics import median

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from assist.engine import Engine
from assist.signals.sentiment import SentimentAnalyzer
from benchmarks.chats import Turn, engine, turns
from benchmarks.figures import Figure, Say
from benchmarks.timing import pair, percentile, quiet, seconds

ROUNDS = 5
AIM, LIMIT = 8.0, 20.0  # times a bare VADER call
LENGTHS = (1_000, 2_000, 4_000, 8_000)  # characters
US = 1e6


def measure(say: Say) -> list[Figure]:
    """Whole messages beside VADER, then VADER with and without our cap."""
    hearing, bare = engine(), SentimentIntensityAnalyzer()
    chats = turns(hearing)
    return [*_hearing(say, hearing, bare, chats), *_capped(say, bare, chats)]


def _hearing(say: Say, hearing: Engine, bare: SentimentIntensityAnalyzer, chats: list[Turn]) -> list[Figure]:
    """Every message `ROUNDS` times, the two sides in turn; of each message the median."""
    ours: list[list[float]] = [[] for _ in chats]
    floor: list[list[float]] = [[] for _ in chats]
    reading: list[list[float]] = [[] for _ in chats]
    for number in range(ROUNDS):
        say(f"hear() beside VADER on {len(chats):,} simulated messages, round {number + 1} of {ROUNDS}")
        with quiet():
            for index, turn in enumerate(chats):
                hear = partial(hearing.hear, turn.before, turn.message)
                score = partial(bare.polarity_scores, turn.message.text)
                spent, least = pair(hear, score, swap=number % 2 == 1)
                ours[index].append(spent)
                floor[index].append(least)
            for index, turn in enumerate(chats):  # later, so that nothing kept from hear() helps
                reading[index].append(seconds(partial(hearing.read, turn.message, turn.before)))
    each, bases, reads = ([median(times) * US for times in side] for side in (ours, floor, reading))
    whole, base, read_only = (sum(side) / len(chats) for side in (each, bases, reads))
    tails = percentile(each, 0.99), percentile(bases, 0.99)
    return [
        Figure("hear(): reading + advice, mean of a message", whole, "µs", base, "bare VADER", AIM, LIMIT),
        Figure("hear(), 99th of 100 messages", tails[0], "µs", tails[1], "bare VADER's 99th", LIMIT),
        Figure("of which reading", read_only, "µs", base, "bare VADER"),
        Figure("of which fold and advice", whole - read_only, "µs", base, "bare VADER"),
    ]


def _capped(say: Say, bare: SentimentIntensityAnalyzer, chats: list[Turn]) -> list[Figure]:
    """Bare VADER's time grows with the square of the text; ours stops growing at the cap."""
    capped = SentimentAnalyzer()
    prose = " ".join(turn.message.text for turn in chats)
    figures = []
    for length in LENGTHS:
        say(f"VADER with and without our cap on {length:,} characters")
        score, floor = partial(capped.score, prose[:length]), partial(bare.polarity_scores, prose[:length])
        with quiet():
            pairs = [pair(score, floor, swap=number % 2 == 1) for number in range(ROUNDS)]
        ours, base = (median(side) * 1e3 for side in zip(*pairs, strict=True))
        figures.append(Figure(f"sentiment of {length:,} characters, capped", ours, "ms", base, "bare VADER"))
    return figures
