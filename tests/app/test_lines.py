"""Lines as they come: each once and whole, however the bytes are cut, and none that takes all the memory."""

import io
import os
import time
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lines import MAX_LINE, SIGHT, Source, looks
from tests.conftest import MS, PATIENCE


class Pieces(io.RawIOBase):
    """A stream that gives its bytes in pieces, as a pipe does."""

    def __init__(self, *pieces: bytes) -> None:
        self.left = list(pieces)

    def read(self, size: int = -1) -> bytes:
        """The next piece, or its beginning."""
        piece = self.left.pop(0) if self.left else b""
        if len(piece) > size:
            self.left.insert(0, piece[size:])
        return piece[:size]


def lines_of(stream: Source) -> list[bytes | str | None]:
    """All lines of a stream."""
    return [line for look in looks(stream) for line in look.lines]


@given(st.lists(st.binary(max_size=9).filter(bool), max_size=12))
def test_lines_are_whole_wherever_the_bytes_are_cut(pieces: list[bytes]):
    """What comes out, put together, is what went in."""
    whole = b"".join(pieces)
    wanted = whole.split(b"\n")
    assert lines_of(Pieces(*pieces)) == (wanted if wanted[-1] else wanted[:-1])


def test_a_line_is_given_before_the_next_one_has_come():
    """Who writes one and waits is not kept waiting."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as stream, os.fdopen(writing, "wb", buffering=0) as sender:
        found = looks(stream)
        for line in (b"one", b"two"):
            sender.write(line + b"\nha")
            assert next(found).lines[-1].endswith(line)
        sender.close()
        assert next(found).lines == [b"ha"]


def test_a_pipe_that_does_not_wait_is_waited_for():
    """Nothing there yet is not the end."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb", buffering=0) as stream, os.fdopen(writing, "wb", buffering=0) as sender:
        found: list[bytes | str | None] = []
        listening = Thread(target=lambda: found.extend(lines_of(stream)))
        listening.start()
        time.sleep(50 * MS)
        sender.write(b"one\ntwo\n")
        sender.close()
        listening.join(PATIENCE)
    assert found == [b"one", b"two"]


@pytest.mark.parametrize("end", [b"", b"\n", b"\nnext\n"], ids=["at the end", "with its end", "before another"])
def test_a_line_that_is_too_long_is_not_kept(end: bytes):
    """Its place is; the longest that may be is kept."""
    longest = b"x" * MAX_LINE
    assert lines_of(io.BytesIO(b"first\n" + longest + b"x" + end)) == [b"first", None, *([b"next"] if end[1:] else [])]
    assert lines_of(io.BytesIO(longest + end))[0] == longest


def test_a_line_without_an_end_does_not_fill_the_memory():
    """However long it goes on."""
    tracked = Pieces(*[b"x" * SIGHT] * 200)
    [look] = looks(tracked)
    assert look.lines == [None]


def test_a_sender_that_is_ahead_is_noticed():
    """By how much is at hand."""
    assert [look.ahead for look in looks(Pieces(b"one\n", b"two\n" * SIGHT, b"last\n"))] == [False, *[True] * 4, False]
