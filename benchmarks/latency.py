"""What hearing a message costs, beside one bare VADER call on the same text, and what each scorer costs of it."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from app.learned import BadWeights, Weights
from assist.engine import Engine
from assist.signals.sentiment import SentimentAnalyzer
from assist.text import normalise
from benchmarks.chats import Turn, engine, real_texts, turns
from benchmarks.figures import Figure, Say
from benchmarks.timing import pair, percentile, quiet, seconds

ROUNDS = 5
AIM = 12.0  # times a bare VADER call
TAIL_AIM = 20.0  # the same, of the slowest in a hundred
SCORER_AIM = 2.0  # times a bare VADER call, of the linear scorer alone
ENCODER_AIM = 3.0  # milliseconds of half of the messages
MEMORY_AIM = 200.0  # MB of a process that hears with the encoder
SCORED = 600  # texts that the scorers are timed on
LENGTHS = (1_000, 2_000, 4_000, 8_000)  # characters
US = 1e6


def measure(say: Say) -> list[Figure]:
    """Whole messages beside VADER, each scorer alone, then VADER with and without our cap."""
    hearing, bare = engine(), SentimentIntensityAnalyzer()
    chats = turns(hearing)
    heard = _hearing(say, hearing, bare, chats)
    return [*heard, *_scorers(say, bare, chats), *_memory(say), *_capped(say, bare, chats)]


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
        Figure("hear(): reading + advice, mean of a message", whole, "µs", base, "bare VADER", AIM),
        Figure("hear(), 99th of 100 messages", tails[0], "µs", tails[1], "bare VADER's 99th", TAIL_AIM),
        Figure("of which reading", read_only, "µs", base, "bare VADER"),
        Figure("of which fold and advice", whole - read_only, "µs", base, "bare VADER"),
    ]


def _scorers(say: Say, bare: SentimentIntensityAnalyzer, chats: list[Turn]) -> list[Figure]:
    """Each scorer alone on one thread, beside VADER on the same texts: real messages where there are some."""
    weights = Weights()
    texts, whose = real_texts(SCORED), "real"
    if not texts:
        texts, whose = [turn.message.text for turn in chats][:SCORED], "simulated"
    linear = weights.learned().scorer
    seen = {text: normalise(text) for text in texts}
    say(f"the linear scorer beside VADER on {len(texts)} {whose} messages")
    each, bases = _both(lambda text: linear.score(seen[text]), bare.polarity_scores, texts)
    whole, base = sum(each) / len(each), sum(bases) / len(bases)
    found = [Figure(f"linear scorer alone, {whose} messages", whole, "µs", base, "bare VADER", SCORER_AIM)]
    try:
        encoder = weights.encoder()
    except BadWeights as problem:
        say(str(problem))
        return found
    encoder.warm_up()
    say(f"the encoder on {len(texts)} {whose} messages")
    each, _ = _both(encoder.score, bare.polarity_scores, texts)
    middle, tail = (percentile(each, share) / 1e3 for share in (0.5, 0.99))
    return [
        *found,
        Figure(f"encoder alone, one thread, {whose} messages, p50", middle, "ms", aim=ENCODER_AIM),
        Figure("encoder alone, p99", tail, "ms"),
    ]


def _both(
    ours: Callable[[str], object], floor: Callable[[str], object], texts: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Of every text the median µs of either side, called in turn."""
    times: list[list[tuple[float, float]]] = [[] for _ in texts]
    with quiet():
        for number in range(ROUNDS):
            for index, text in enumerate(texts):
                times[index].append(pair(partial(ours, text), partial(floor, text), swap=number % 2 == 1))
    sides = [[median(side) * US for side in zip(*of_text, strict=True)] for of_text in times]
    return [side[0] for side in sides], [side[1] for side in sides]


def _memory(say: Say) -> list[Figure]:
    """What a process of its own holds; nothing where the encoder or the system's figures are missing."""
    say("memory of a process with the encoder")
    child = subprocess.run([sys.executable, "-m", "benchmarks.memory"], capture_output=True, text=True, check=False)
    stages = json.loads(child.stdout) if child.returncode == 0 else {"encoder": 0.0}
    if not stages["encoder"]:
        return []
    return [
        Figure("memory of a process that hears with the encoder", stages["encoder"], "MB", aim=MEMORY_AIM),
        Figure("of which the encoder and what runs it", stages["encoder"] - stages["linear"], "MB"),
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
