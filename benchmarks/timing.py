"""Timings that noise spoils least: CPU time, not the wall's; no garbage collection inside; both sides in turn."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import thread_time


@contextmanager
def collections() -> Iterator[list[float]]:
    """CPU seconds for which each garbage collection within stops everything."""
    stops: list[float] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        now = thread_time()
        if phase == "start":
            stops.append(now)
        else:
            stops[-1] = now - stops[-1]

    gc.callbacks.append(note)
    try:
        yield stops
    finally:
        gc.callbacks.remove(note)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the garbage collector away from what is timed."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call in this thread: what other processes do meanwhile is not counted."""
    start = thread_time()
    call()
    return thread_time() - start


def pair(first: Callable[[], object], second: Callable[[], object], *, swap: bool) -> tuple[float, float]:
    """The seconds of two calls made right after each other; `swap` lets the second go first."""
    if swap:
        late, early = seconds(second), seconds(first)
        return early, late
    return seconds(first), seconds(second)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
