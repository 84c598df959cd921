"""Promises that the team makes in a chat: their words, and by when, as far as the words tell it.

Only a span that is counted from the message ("in ten minutes") makes a moment: "by Friday" depends on where the
customer is, so it stays words.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from assist.message import Message, Step
from assist.reading import Reading
from assist.text import normalise, sentences

SURE = 0.5  # probability from which an act counts as seen and a step as done
KEPT = 20  # promises of a chat; the oldest are forgotten
QUOTED = 300  # characters of one

NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty five": 45, "sixty": 60, "half an": 0.5, "couple of": 2}
UNITS = {"minute": 60, "min": 60, "hour": 3_600, "hr": 3_600, "day": 86_400, "week": 604_800}  # seconds
NUMBER = rf"(?:\d{{1,3}} ?(?:-|to|or) ?)?(?P<number>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
COUNTED = re.compile(
    rf"\b(?:in|within)(?: (?:the )?next| about| around| under| at most)? (?:a )?{NUMBER}"
    rf"[ -](?P<what>business |working )?(?P<unit>{'|'.join(UNITS)})s?\b"
)
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
PART = "morning|noon|midday|afternoon|evening|night|weekend"
NAMED = re.compile(
    rf"\b(?:(?:by|before|until|on|at|this|next)(?: the)? (?:latest )?)?"
    rf"(?:(?:end of (?:the |this )?)?(?:today|tonight|tomorrow|{DAY}|week|day(?! or))(?: (?:{PART}|at \d{{1,2}}))?"
    rf"|(?<=by )noon|(?<=by )midday|(?<=this )(?:{PART})|(?<=at |by )\d{{1,2}}(?::\d\d)? ?(?:am|pm|o'clock))\b"
)
LEAST = re.compile(r"\b(?:today|tonight|tomorrow|noon|midday|am|pm|clock|\w+day|this \w+|by |end of)")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a message promised. `when` are its words for the time, `due` the moment where they are counted from now."""

    message: str
    text: str
    when: str = ""
    due: datetime | None = None


def promised(message: Message, reading: Reading) -> Promise | None:
    """The promise of a message of the team; None where it makes none."""
    if reading.signal("promise") < SURE and reading.steps.get(Step.FOLLOW_UP, 0.0) < SURE:
        return None
    spans = [(cue.start, cue.end) for cue in reading.cues if cue.kind == "promise"]
    whole = sentences(message.text)
    told = [(start, end) for start, end in whole if any(start < last and first < end for first, last in spans)]
    text = " ".join(message.text[start:end] for start, end in told) or " ".join(message.text.split())
    when, seconds = time_told(text)
    due = message.at + timedelta(seconds=seconds) if seconds else None
    return Promise(message.id, text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…", when, due)


def time_told(text: str) -> tuple[str, float]:
    """The words that tell the time and the seconds until then; 0 where these are not counted from now."""
    read = normalise(text)
    counted = COUNTED.search(read.plain)
    if counted:
        number = counted["number"]
        amount = float(number) if number.isdigit() else NUMBERS[number]
        return text[slice(*read.span(*counted.span()))], 0 if counted["what"] else amount * UNITS[counted["unit"]]
    named = next((match for match in NAMED.finditer(read.plain) if LEAST.search(match.group())), None)
    return (text[slice(*read.span(*named.span()))].strip() if named else ""), 0
