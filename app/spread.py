"""Lines spread over worker processes by their conversation, and their answers put back into the order of the lines.

The bytes are those that one process would give. Who is among the conversations last heard is decided here, for all
workers together: one that has to go is forgotten by its worker at the very line where one process would let it go.
"""

import copyreg
import multiprocessing
import os
import queue
import signal
import zlib
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from threading import Semaphore, Thread
from types import MappingProxyType
from typing import Any

from app.errors import Refused
from app.lines import Look, Raw
from app.settings import ReaderName
from app.transcripts import Answer, Line, Listener, State, answer, error, open_listener, parse

BATCH = 128  # lines handed out at once
AHEAD = 6  # batches a worker that are under way, so that none waits for another
Work = Line | str  # a line to be heard, or the name of a conversation to be forgotten
Setup = tuple[ReaderName, Path, tuple[str, ...]]  # what a worker hears with: a reader, playbooks and packs over them


@lru_cache(maxsize=1)
def _listener(reader: ReaderName, playbooks: Path, packs: tuple[str, ...]) -> Listener:
    """What a worker process hears with, from its first work to its end."""
    listener = open_listener(reader, playbooks, packs)
    listener.kept = None
    return listener


def _begin() -> None:
    """A worker begins: Ctrl-C is its parent's business, and it does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _adopt(setup: Setup, states: Mapping[str, State]) -> None:
    """Go on with conversations that were heard elsewhere."""
    _listener(*setup).states.update(states)


def _hear(setup: Setup, work: list[Work]) -> list[str]:
    """Hear lines in their order."""
    listener = _listener(*setup)
    answers = []
    for item in work:
        if isinstance(item, str):
            listener.states.pop(item, None)
        else:
            answers.append(answer(listener.hear_line(item)).text)
    return answers


def _unproxied(proxy: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _proxied, (dict(proxy),)


def _proxied(content: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(content)


@dataclass(slots=True)
class Batch:
    """Lines under way: for each in its order what is answered already, or the worker that will."""

    order: list[Answer | int] = field(default_factory=list)
    parts: dict[int, Future[list[str]]] = field(default_factory=dict)

    def done(self) -> bool:
        """Whether all its answers are there."""
        return all(part.done() for part in self.parts.values())

    def answers(self) -> Answer:
        """All of them as one. Raises what a worker raised, `BrokenProcessPool` where one has ended."""
        parts = {worker: iter(part.result()) for worker, part in self.parts.items()}
        text = "".join(next(parts[piece]) if isinstance(piece, int) else piece.text for piece in self.order)
        return Answer(text, whole=all(isinstance(piece, int) for piece in self.order))


class Spread:
    """Worker processes that go on from the states of a listener; each conversation is always heard by the same one."""

    def __init__(self, workers: int, setup: Setup, listener: Listener) -> None:
        self._setup = setup
        self._kept = listener.kept
        self._last = OrderedDict.fromkeys(listener.states)
        self._events: queue.SimpleQueue[list[Raw] | Exception | None] = queue.SimpleQueue()
        self._room = Semaphore(AHEAD * workers)
        context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
        self._pools = [ProcessPoolExecutor(1, context, _begin) for _ in range(workers)]
        copyreg.pickle(MappingProxyType, _unproxied)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # for the workers, from their first moment on
        try:
            for at, pool in enumerate(self._pools):
                states = {name: state for name, state in listener.states.items() if self._worker(name) == at}
                pool.submit(_adopt, setup, states)
        finally:
            signal.signal(signal.SIGINT, before)

    def _worker(self, conversation: str) -> int:
        return zlib.crc32(conversation.encode()) % len(self._pools)

    def answers(self, looks: Iterable[Look]) -> Iterator[Answer]:
        """The answers to the lines, in their order, some at a time and each as soon as it can be given."""
        Thread(target=self._fetch, args=(looks,), daemon=True).start()
        under_way: deque[Batch] = deque()
        ended = False
        while not ended or under_way:
            event = self._events.get()
            if isinstance(event, Exception):
                raise event
            if event:
                under_way.append(self._handed_out(event))
            ended = ended or event == []
            while under_way and under_way[0].done():
                yield under_way.popleft().answers()
                self._room.release()

    def _fetch(self, looks: Iterable[Look]) -> None:
        """Read the lines, never more of them than are under way."""
        try:
            for look in looks:
                lines = iter(look.lines)
                while batch := list(islice(lines, BATCH)):
                    self._room.acquire()
                    self._events.put(batch)
            self._events.put([])
        except Exception as problem:  # noqa: BLE001 - it is raised where the answers are awaited
            self._events.put(problem)

    def _handed_out(self, lines: list[Raw]) -> Batch:
        batch = Batch()
        work: dict[int, list[Work]] = {}
        for raw in lines:
            if raw is not None and not raw.strip():
                continue
            try:
                line = parse(raw)
            except Refused as refused:
                batch.order.append(error(refused))
                continue
            worker = self._worker(line.conversation)
            batch.order.append(worker)
            work.setdefault(worker, []).append(line)
            for gone in self._heard(line.conversation):
                work.setdefault(self._worker(gone), []).append(gone)
        for worker, part in work.items():
            future = self._pools[worker].submit(_hear, self._setup, part)
            batch.parts[worker] = future
            future.add_done_callback(lambda _: self._events.put(None))
        return batch

    def _heard(self, conversation: str) -> Iterator[str]:
        """Note that it was heard last; the one that was heard longest ago is let go."""
        self._last[conversation] = None
        self._last.move_to_end(conversation)
        if self._kept is not None and len(self._last) > self._kept:
            yield self._last.popitem(last=False)[0]

    def close(self) -> None:
        """End the workers as soon as they have done what they are at."""
        for pool in self._pools:
            pool.shutdown(wait=False, cancel_futures=True)
