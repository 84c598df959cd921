"""`steadyhand read` by one process and by several: the same bytes, in order, bounded, and a quiet end."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from app.lines import SIGHT, looks
from app.settings import ReaderName, resource
from app.spread import AHEAD, BATCH, Spread
from app.stream import AFTER, read
from app.transcripts import Answer, Listener, answers, open_listener
from assist.engine import Engine
from tests.conftest import MS, PATIENCE, readings

SETUP = (ReaderName.LINEAR, resource("playbooks"), ())
TEXTS = ("Where is my order?", "I'm sorry, let me look into it.", "You idiots!", "This is the third time.", "Thanks!")


def line(conversation: str, text: str, role: str = "customer") -> str:
    """A line as `read` takes it."""
    return json.dumps({"conversation": conversation, "role": role, "text": text})


def told(number: int, conversations: int, seed: int = 1) -> list[str]:
    """Lines of some conversations in a mixture, with bad and blank ones among them."""
    rng = random.Random(seed)
    lines = []
    for n in range(number):
        text, role = rng.choice(TEXTS), rng.choice(("customer", "agent"))
        good = line(f"c{rng.randrange(conversations)}", f"{text} {n}", role)
        lines.append(rng.choice([good] * 18 + ["nonsense", "  "]))
    return lines


def stream_of(lines: list[str]) -> io.BytesIO:
    """The lines as a stream."""
    return io.BytesIO("\n".join(lines).encode())


def put_together(given: Iterator[Answer]) -> Answer:
    """All answers as one."""
    found = list(given)
    return Answer("".join(answer.text for answer in found), whole=all(answer.whole for answer in found))


@pytest.fixture
def spreads() -> Iterator[list[Spread]]:
    """Spreads that are closed at the end."""
    opened: list[Spread] = []
    yield opened
    for spread in opened:
        spread.close()


def test_several_processes_give_the_bytes_of_one(engine: Engine):
    """They go on where the first one was, and bad lines stay in their places."""
    lines = told(1_400, 60)
    one, several = (put_together(read(stream_of(lines), *SETUP, jobs=jobs, after=0)) for jobs in (1, 3))
    assert len("\n".join(lines)) > 1.2 * SIGHT, "too little for more than one look"
    assert several == one
    assert not one.whole
    assert [json.loads(text) for text in one.text.splitlines()] == readings(engine, lines)


def test_the_last_heard_are_the_same_for_all_processes_together(spreads: list[Spread]):
    """Who is forgotten by one process is forgotten by several, and nobody else."""
    lines = told(400, 9)

    def listener(kept: int) -> Listener:
        opened = open_listener(*SETUP)
        opened.kept = kept
        put_together(answers(opened, told(40, 9, seed=2)))
        return opened

    one, of_all = (put_together(answers(listener(kept), lines)) for kept in (4, 9))
    spreads.append(Spread(2, SETUP, listener(4)))
    assert put_together(spreads[0].answers(looks(stream_of(lines)))) == one != of_all


def test_a_line_is_answered_before_the_next_one_has_come(spreads: list[Spread]):
    """By several processes too: who writes one line and waits gets its answer."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as stream, os.fdopen(writing, "wb", buffering=0) as sender:
        spreads.append(Spread(2, SETUP, open_listener(*SETUP)))
        found = spreads[0].answers(looks(stream))
        for seq in (1, 2, 3):
            sender.write(line("c", "hello").encode() + b"\n")
            assert json.loads(next(found).text)["seq"] == seq
        sender.close()
        assert list(found) == []


def test_no_more_is_read_than_is_under_way(spreads: list[Spread]):
    """A reader of the answers who is slow does not make us pile up the lines: input without an end is fine."""

    class Endless(io.RawIOBase):
        """Lines without an end."""

        given = 0

        def read(self, size: int = -1) -> bytes:
            """So many bytes of lines, more or less."""
            piece = b"".join(line(f"c{n % 50}", "hello").encode() + b"\n" for n in range(size // 60))
            self.given += piece.count(b"\n")
            return piece

    endless = Endless()
    spreads.append(Spread(2, SETUP, open_listener(*SETUP)))
    found = spreads[0].answers(looks(endless))
    next(found)
    seen = -1
    while seen != endless.given:
        seen = endless.given
        time.sleep(200 * MS)
    assert endless.given <= 2 * AHEAD * BATCH + 2 * SIGHT // 60


def test_a_process_that_was_ended_is_noticed(spreads: list[Spread]):
    """Instead of waited for."""
    spreads.append(Spread(2, SETUP, open_listener(*SETUP)))
    [process] = spreads[0]._pools[0]._processes.values()
    process.kill()
    with pytest.raises(BrokenProcessPool):
        list(spreads[0].answers(looks(stream_of(told(200, 50)))))


def started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """`steadyhand read` in a process group of its own, as a shell starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", "read", "--reader", "linear", *words],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def nobody_is_left(group: int) -> bool:
    """Whether all processes of a group have ended."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def ends(process: subprocess.Popen[bytes], code: int) -> None:
    """It ends soon, without a word, and its workers with it."""
    assert process.wait(6 * PATIENCE) == code
    assert process.stderr
    assert process.stderr.read() == b""
    deadline = time.monotonic() + 6 * PATIENCE
    while not nobody_is_left(process.pid):
        assert time.monotonic() < deadline, "a worker is left"
        time.sleep(20 * MS)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_and_a_closed_pipe_end_it_quietly(tmp_path: Path, jobs: str):
    """In the middle of a long file, with one process and with several, and while it waits for input."""
    (tmp_path / "long.jsonl").write_text("\n".join(told(60_000, 500)))
    for end, code in (("ctrl-c", 130), ("ended", 143), ("closed", 141)):
        process = started(tmp_path, "long.jsonl", "--jobs", jobs)
        assert process.stdout
        alone = time.monotonic() + (0 if jobs == "1" else 2 * AFTER)  # so long one process works at first
        while process.stdout.readline() and time.monotonic() < alone:
            pass
        if end == "ctrl-c":
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
            process.stdout.read()
        elif end == "ended":
            process.terminate()
            process.stdout.read()
        else:
            process.stdout.close()
        ends(process, code)
    waiting = started(tmp_path, "--jobs", jobs)
    assert waiting.stdin
    assert waiting.stdout
    waiting.stdin.write(line("c", "hello").encode() + b"\n")
    waiting.stdin.flush()
    assert waiting.stdout.readline()
    os.killpg(waiting.pid, signal.SIGINT)
    ends(waiting, 130)
