"""The encoder beside the event loop: callers wait for their scores, but never long.

Threads score what has come, each one text at a time, in the order of the calls. Who gets no scores in time, or none at
all, goes on without them: the linear scorer then reads the message, and a metric counts it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from app.learned import is_scored
from app.metrics import Metrics
from assist.message import Message
from assist.signals.scores import Scores

WITHIN = 0.25  # seconds that a caller waits at most
MOST = 64  # texts a thread that wait at once; more could not be scored in time
log = structlog.get_logger()

Score = Callable[[Message], Awaitable[Scores | None]]


async def unscored(_: Message) -> Scores | None:
    """No scores: the linear scorer reads everything."""
    return None


class Scoring:
    """Scores messages by a function that takes its time. To be closed at the end."""

    def __init__(
        self,
        score: Callable[[str], Scores],
        metrics: Metrics,
        *,
        threads: int = 1,
        within: float = WITHIN,
        most: int = MOST,
    ) -> None:
        self._score = score
        self._metrics = metrics
        self._within = within
        self._most = most * threads
        self._threads = ThreadPoolExecutor(threads, "scoring")
        self._waiting = 0
        self._closed = False

    async def score(self, message: Message) -> Scores | None:
        """The scores of a message; None for one that is not scored, and where there are none in time."""
        if self._closed or not is_scored(message):
            return None
        if self._waiting >= self._most:
            return self._missed("busy")
        self._waiting += 1
        try:
            with self._metrics.score.time():
                async with asyncio.timeout(self._within):
                    return await asyncio.get_running_loop().run_in_executor(self._threads, self._scored, message.text)
        except TimeoutError:
            return self._missed("late")
        except Exception:  # whatever it was, the linear scorer has an answer
            log.exception("scoring_failed")
            return self._missed("failed")
        finally:
            self._waiting -= 1

    def _scored(self, text: str) -> Scores | None:
        return None if self._closed else self._score(text)

    def _missed(self, reason: str) -> Scores | None:
        self._metrics.unscored.labels(reason).inc()
        return None

    async def close(self) -> None:
        """Let everybody go who still waits, without scores."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
