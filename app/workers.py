"""Several processes that serve one socket, kept alive by uvicorn's supervisor.

The parent serves nothing. A worker that ends, or hangs, is replaced; SIGHUP replaces them one after the other, each new
one ready before the old one leaves. All the while the others are looked after and signals are heeded.
"""

import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress

import structlog
import uvicorn
from prometheus_client.multiprocess import mark_process_dead
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from app.metrics import FOLDER
from app.settings import Settings

LOOK = 0.5  # seconds between two looks at the workers, as uvicorn has it
HUNG = 4  # seconds without an answer, where all cores are busy, too; one that has ended is seen at the next look
START_WITHIN = 60.0  # seconds; a machine that starts all its workers at once may be slow
ANSWER_WITHIN = 0.2  # seconds until a worker that is starting is asked again
END_WITHIN = 30.0  # seconds that they get to end; what hangs then is killed
log = structlog.get_logger()


def problem_of(settings: Settings) -> str | None:
    """What keeps a server with these settings from starting, in one line; found in a process that ends afterwards."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_problem, settings).result()


def _problem(settings: Settings) -> str | None:
    from app.errors import Refused  # noqa: PLC0415 - the parent needs none of this
    from app.learned import BadWeights  # noqa: PLC0415
    from app.server import create_app  # noqa: PLC0415
    from assist.errors import PlaybookProblems  # noqa: PLC0415

    try:
        create_app(settings)
    except (Refused, BadWeights, PlaybookProblems) as error:
        return str(error)
    return None


class Worker(Process):
    """One of them. What it is made of is loaded in its own process."""

    def __init__(self, settings: Settings, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        self._settings = settings
        self._start_by = time.monotonic() + START_WITHIN
        self._answered = False
        self.up = False  # it has served
        super().__init__(config, sockets)

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Runs in the new process."""
        from app import logs, running  # noqa: PLC0415 - the parent needs none of this
        from app.server import create_app  # noqa: PLC0415

        logs.configure()
        threading.Thread(target=_leave_with_parent, daemon=True).start()
        try:
            self._server = running.server(create_app(self._settings))
        except Exception:  # the parent was told by the exit code, the operator by this
            log.exception("worker_not_started")
            sys.exit(STARTUP_FAILURE)
        running.settle()
        super().target(sockets)

    def is_alive(self, timeout: float = 5) -> bool:
        """Whether it serves, or may still be expected to: who has answered once has to go on answering."""
        if not self.process.is_alive():
            return False
        self._forget_late_answers()
        answers = self.ping(timeout if self._answered else ANSWER_WITHIN)
        self._answered = self._answered or answers
        if answers and not self.up:
            self.up = self.is_ready(timeout)
        return (answers or not self._answered) and (self.up or time.monotonic() < self._start_by)

    def _forget_late_answers(self) -> None:
        """One that comes after its time would pass for the answer to the next question."""
        with suppress(OSError, EOFError):
            while self.parent_conn.poll():
                self.parent_conn.recv()


def _leave_with_parent() -> None:
    """A worker whose parent was killed would keep the port for itself."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class Workers(Multiprocess):
    """The parent."""

    def __init__(self, settings: Settings, listening: socket.socket, announce: Callable[[], None]) -> None:
        config = uvicorn.Config(
            "app.server:create_app", workers=settings.workers, log_config=None, timeout_worker_healthcheck=HUNG
        )
        super().__init__(config, [listening])
        self._settings = settings
        self._announce = announce
        self._served = False  # one of the first workers was ready
        self._restarting = False
        self._leaving: list[Process] = []
        self.failed = False  # none ever could start

    def init_processes(self) -> None:
        """Start all."""
        self.processes = [self._started() for _ in range(self.processes_num)]

    def keep_subprocess_alive(self) -> None:
        """Replace who has ended or hangs. Where the first ones cannot start, no others can."""
        for index, worker in enumerate(self.processes):
            if self.should_exit.is_set():
                return
            if worker.is_alive(HUNG):
                continue
            worker.kill()
            _bury(worker)
            if worker.exitcode == STARTUP_FAILURE and not self._served:
                self.failed = True
                self.should_exit.set()
                return
            log.warning("worker_died", pid=worker.pid, exit_code=worker.exitcode)
            self.processes[index] = self._started()
        self._tell_once()

    def restart_all(self) -> None:
        """Replace them one after the other; the rest stays as it is when a new one does not become ready."""
        if self._restarting:
            return
        self._restarting = True
        try:
            for index in range(len(self.processes)):
                if not self._replaced(index):
                    return
            log.warning("workers_restarted", workers=len(self.processes))
        finally:
            self._restarting = False

    def join_all(self) -> None:
        """Wait for their end; a further signal goes on to them, and ends them at once."""
        deadline = time.monotonic() + END_WITHIN
        while going := [worker for worker in (*self.processes, *self._leaving) if worker.process.is_alive()]:
            for worker in going:
                if time.monotonic() > deadline:
                    worker.kill()
                elif self.signal_queue:
                    worker.terminate()
            self.signal_queue.clear()
            time.sleep(LOOK / 5)

    def _started(self) -> Worker:
        worker = Worker(self._settings, self.config, self.sockets)
        worker.start()
        return worker

    def _tell_once(self) -> None:
        if not self._served and any(isinstance(worker, Worker) and worker.up for worker in self.processes):
            self._served = True
            self._announce()

    def _replaced(self, index: int) -> bool:
        """Whether a new worker is in this place; the old one is gone then."""
        new = self._started()
        while not new.up:
            if not new.is_alive(HUNG) or self._told_to_end():
                new.kill()
                _bury(new)
                log.error("restart_abandoned", pid=new.pid, exit_code=new.exitcode)
                return False
        old, self.processes[index] = self.processes[index], new
        self._leaving.append(old)
        old.terminate()
        while old.process.is_alive():
            if self._told_to_end():
                return False
        self._leaving.remove(old)
        _bury(old)
        return True

    def _told_to_end(self) -> bool:
        """After one more look at the others and at signals."""
        self.should_exit.wait(LOOK)
        self.handle_signals()
        self.keep_subprocess_alive()
        return self.should_exit.is_set()


def _bury(worker: Process) -> None:
    """What it counted goes on to count, what it had open does not."""
    worker.join()
    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def run(settings: Settings, listening: socket.socket, announce: Callable[[], None]) -> bool:
    """Serve by `settings.workers` processes until a signal ends it; False when they could not start.

    `announce` is called once, when the first one is ready.
    """
    with tempfile.TemporaryDirectory(prefix="steadyhand-metrics-") as counted:
        os.environ[FOLDER] = counted
        workers = Workers(settings, listening, announce)
        workers.run()
    return not workers.failed
