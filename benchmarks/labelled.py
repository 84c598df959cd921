"""Where the labelled sets are, and the two readers as `steadyhand read` runs them on whole conversations."""

import json
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.figures import Say

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
READERS = ("linear", "encoder")
NEEDED = ("numpy", "scipy", "sklearn")
MOST = 1_500  # items of a set that are measured
LONGEST = 20_000  # characters of a message

Chat = Sequence[tuple[str, str]]  # role and text of each message


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure: the folder of the sets, and how many items of each at most. `write` keeps plots in docs/."""

    data: Path = DATA
    most: int = MOST
    write: bool = False

    @property
    def missing(self) -> str:
        """Why nothing can be measured, in one line; empty where it can be."""
        if not (self.data / "bench_read.py").is_file():
            return f"not measured: the labelled sets are not in {self.data}"
        lacking = [name for name in NEEDED if find_spec(name) is None]
        if lacking:
            return f"not measured: {', '.join(lacking)} not installed; pip install -e '.[bench]'"
        return ""


def command(reader: str) -> list[str]:
    """The command that reads lines of standard input with a reader."""
    return [sys.executable, "-m", "app", "read", "--reader", reader, "-"]


def shell_command(reader: str) -> str:
    """The same as one word of a shell."""
    return shlex.join(command(reader))


def readings(reader: str, chats: Sequence[Chat], say: Say) -> Iterator[list[dict[str, Any]]]:
    """The readings of every message, a list a chat. Raises `RuntimeError` when the reader does not start or ends early.

    A message that is refused gives `{"error": ...}` in its place.
    """
    with subprocess.Popen(
        command(reader),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        feeding = threading.Thread(target=_feed, args=(process.stdin, chats), daemon=True)
        feeding.start()
        for number, chat in enumerate(chats):
            if number % 500 == 0:
                say(f"{reader}: chat {number:,} of {len(chats):,}")
            lines = [process.stdout.readline() for _ in chat]
            if not all(lines):
                process.kill()
                raise RuntimeError(f"{reader}: {process.stderr.read().strip()[-300:] or 'ended early'}")
            yield [json.loads(line) for line in lines]
        feeding.join()


def _feed(into: Any, chats: Iterable[Chat]) -> None:
    """Write all chats as lines; a reader that has ended closes the pipe, which its missing lines tell."""
    try:
        for number, chat in enumerate(chats):
            for role, text in chat:
                line = {"conversation": f"c-{number}", "role": role, "text": text[:LONGEST]}
                into.write(json.dumps(line) + "\n")
        into.close()
    except BrokenPipeError:
        pass


def in_turns(texts: Sequence[str]) -> Chat:
    """A thread without roles as a chat: the speakers take turns, the last one is the customer."""
    last = len(texts) - 1
    return [("agent" if (last - at) % 2 else "customer", text) for at, text in enumerate(texts)]
