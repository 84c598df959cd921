"""What the commands of the command line share: options, files of lines, and how a command ends."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import Annotated, NoReturn, TextIO, cast

import typer

from app.settings import ReaderName

SIGNALLED = 128  # the exit code of a program that a signal ended is this and the signal's number, as shells have it
PackOption = Annotated[
    str,
    typer.Option(
        "--pack", envvar="STEADYHAND_PACK", help="Pack over the playbooks: a name or a folder; several with commas."
    ),
]
TeamsOption = Annotated[
    Path | None,
    typer.Option("--teams", envvar="STEADYHAND_TEAMS", help="File that names the packs of teams with their own."),
]
ReaderOption = Annotated[
    ReaderName, typer.Option("--reader", envvar="STEADYHAND_READER", help="Which trained scorer reads.")
]


def stop(message: str) -> NoReturn:
    """One clear line on standard error, and exit code 2."""
    print(f"steadyhand: {message}", file=sys.stderr)
    raise typer.Exit(2)


def opened(file: str) -> RawIOBase:
    """A file of lines, or standard input, as bytes that are read as they come."""
    if file == "-":
        given = sys.stdin.buffer
        return cast("RawIOBase", getattr(given, "raw", given))
    try:
        return Path(file).open("rb", buffering=0)
    except OSError as error:
        stop(f"cannot read {file}: {error.strerror}")


@contextmanager
def quietly() -> Iterator[None]:
    """What is wrong with weights or playbooks in one line; Ctrl-C and a closed pipe end it without a word."""
    from concurrent.futures.process import BrokenProcessPool

    from app.learned import BadWeights
    from assist.errors import PlaybookProblems

    def end(number: int, _: object) -> NoReturn:
        raise SystemExit(SIGNALLED + number)

    heeded = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, end) for number in heeded}
    try:
        yield
    except (BadWeights, PlaybookProblems) as error:
        stop(str(error))
    except BrokenProcessPool:
        stop("a process that read for us was ended from outside, perhaps for want of memory; try --jobs 1")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to be flushed goes nowhere
        raise typer.Exit(SIGNALLED + signal.SIGPIPE) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def written(file: Path | None) -> Iterator[TextIO | None]:
    """A file of text to be written, if there is one to be."""
    if file is None:
        yield None
        return
    try:
        out = file.open("w", encoding="utf-8")
    except OSError as error:
        stop(f"cannot write {file}: {error.strerror}")
    with out:
        yield out
