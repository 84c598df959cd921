"""Lines of bytes as they come: what is at hand is given at once, and no line is kept that is longer than it may be."""

from collections.abc import Iterator
from select import select
from typing import NamedTuple, Protocol

SIGHT = 64 * 1024  # bytes asked for at once: as many as a pipe holds
MAX_LINE = 1024 * 1024  # bytes
Raw = bytes | str | None  # a line; None stands for one that is too long


class Look(NamedTuple):
    """The whole lines that were at hand, and whether there is so much that the sender must be ahead of us."""

    lines: list[Raw]
    ahead: bool


class Source(Protocol):
    """What lines come from: at most so many bytes at a time, none at the end, None where there are none yet."""

    def read(self, size: int, /) -> bytes | None:
        """The next bytes."""
        ...

    def fileno(self) -> int:
        """By which the system knows it; asked for only where there were no bytes yet."""
        ...


def looks(stream: Source) -> Iterator[Look]:
    """Look again and again at what has come, waiting only where nothing has."""
    rest, too_long = b"", False
    while (got := stream.read(SIGHT)) != b"":
        if got is None:  # whoever made the pipe said that nobody should wait for it
            select([stream], [], [])
            continue
        first, *others = got.split(b"\n")
        rest = b"" if too_long else rest + first
        too_long = too_long or len(rest) > MAX_LINE
        if others:
            yield Look([None if too_long else rest, *others[:-1]], ahead=len(got) >= SIGHT // 2)
            rest, too_long = others[-1], False
    if rest or too_long:
        yield Look([None if too_long else rest], ahead=False)
