"""`steadyhand read`: one process answers line by line; where the lines keep ahead of it, several share them."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from app.lines import Source, looks
from app.settings import ReaderName
from app.spread import Spread
from app.transcripts import Answer, answers, open_listener

AFTER = 1.5  # seconds that one process works alone: about what it takes to start others


def read(
    stream: Source,
    reader: ReaderName,
    playbooks: Path,
    packs: tuple[str, ...] = (),
    *,
    jobs: int,
    after: float = AFTER,
) -> Iterator[Answer]:
    """The answers to the lines of a stream, in their order, by up to so many processes.

    Raises `BadWeights`, `PlaybookProblems`, and `BrokenProcessPool` where a process was ended from outside.
    """
    listener = open_listener(reader, playbooks, packs)
    looked, start = looks(stream), monotonic()
    for look in looked:
        yield from answers(listener, look.lines)
        if jobs > 1 and look.ahead and monotonic() - start >= after:
            break
    else:
        return
    spread = Spread(jobs, (reader, playbooks, packs), listener)
    try:
        yield from spread.answers(looked)
    finally:
        spread.close()
