"""Lines of bytes as they come: what is at hand is given at once, and no line is kept that is longer than it may be."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

SIGHT = 64 * 1024  # bytes asked for at once: as many as a pipe holds
MAX_LINE = 1024 * 1024  # bytes
Raw = bytes | str | None  # a line; None stands for one that is too long


class Look(NamedTuple):
    """The whole lines that were at hand, and whether there is so much that the sender must be ahead of us."""

    lines: list[Raw]
    ahead: bool


def looks(stream: BinaryIO) -> Iterator[Look]:
    """Look again and again at what has come, waiting only where nothing has."""
    rest, too_long = b"", False
    while got := stream.read(SIGHT):
        first, *others = got.split(b"\n")
        rest = b"" if too_long else rest + first
        too_long = too_long or len(rest) > MAX_LINE
        if others:
            yield Look([None if too_long else rest, *others[:-1]], ahead=len(got) >= SIGHT // 2)
            rest, too_long = others[-1], False
    if rest or too_long:
        yield Look([None if too_long else rest], ahead=False)
