"""The encoder beside the event loop: the loop goes round, nobody waits for long, and nobody is left waiting."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from structlog.testing import capture_logs

from app.encoder import Encoder
from app.metrics import Metrics
from app.scoring import MOST, WITHIN, Scoring
from assist.message import Message, Role
from assist.signals.scores import Scores
from tests.app.clients import browser, house
from tests.conftest import MS, PATIENCE, START, readings, soon

RANT = "This is the third time I'm writing. Where is my order? Nobody there cares."


def message(text: str, role: str = "customer") -> Message:
    """A message."""
    return Message("m", 1, Role(role), text, START)


def missed(metrics: Metrics, reason: str) -> float:
    """How many messages went without the encoder's scores."""
    return metrics.unscored.labels(reason)._value.get()


@asynccontextmanager
async def scoring(
    score: Callable[[str], Scores], metrics: Metrics, within: float = PATIENCE, most: int = MOST
) -> AsyncIterator[Scoring]:
    """A scoring that is closed at the end."""
    opened = Scoring(score, metrics, within=within, most=most)
    try:
        yield opened
    finally:
        await opened.close()


class Held:
    """An encoder that holds on to a text until it is let go; it notes what it scores and in which thread."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.free = Event()
        self.began: list[str] = []
        self.beside = True

    def __call__(self, text: str) -> Scores:
        """The scores of a text."""
        self.began.append(text)
        self.beside = self.beside and current_thread() is not main_thread()
        assert self.free.wait(PATIENCE)
        return self._encoder.score(text)


def test_nobody_waits_longer_than_a_blink():
    """As the documents say."""
    assert (WITHIN, MOST) == (0.25, 64)


async def test_callers_get_the_scores_of_their_own_text(encoder: Encoder):
    """All at once, in the order of their calls, while the event loop goes round."""
    held, metrics, turns = Held(encoder), Metrics(), 0
    async with scoring(held, metrics) as opened:
        calls = [asyncio.create_task(opened.score(message(f"text number {n}"))) for n in range(20)]
        await soon(lambda: held.began == ["text number 0"])
        for _ in range(100):
            turns += 1
            await asyncio.sleep(0)
        assert not any(call.done() for call in calls)
        held.free.set()
        found = await asyncio.gather(*calls)
    assert [scores.legible.text.original for scores in found if scores] == held.began
    assert held.began == [f"text number {n}" for n in range(20)]
    assert held.beside
    assert turns == 100
    assert metrics.score._sum.get() > 0
    assert [missed(metrics, reason) for reason in ("late", "busy", "failed")] == [0, 0, 0]


async def test_what_nobody_reads_is_not_scored(encoder: Encoder):
    """Notes and system messages."""
    held = Held(encoder)
    held.free.set()
    async with scoring(held, Metrics()) as opened:
        for role in ("note", "system"):
            assert await opened.score(message("hello", role)) is None
        assert await opened.score(message("hello"))
    assert held.began == ["hello"]


async def test_who_waits_too_long_goes_on_without(encoder: Encoder):
    """So does who stands behind; neither is scored later for nobody, and the next one is served again."""
    held, metrics = Held(encoder), Metrics()
    async with scoring(held, metrics, within=50 * MS) as opened:
        assert await asyncio.gather(opened.score(message("slow")), opened.score(message("behind"))) == [None, None]
        assert missed(metrics, "late") == 2
        held.free.set()
        await soon(opened._threads._work_queue.empty)
    async with scoring(held, metrics) as opened:
        assert await opened.score(message("next"))
    assert held.began == ["slow", "next"]


async def test_only_so_many_wait(encoder: Encoder):
    """One more would not be served in time, and does not try."""
    held, metrics = Held(encoder), Metrics()
    async with scoring(held, metrics, most=3) as opened:
        calls = [asyncio.create_task(opened.score(message("waits"))) for _ in range(3)]
        await soon(lambda: len(held.began) == 1)
        assert await opened.score(message("too many")) is None
        assert missed(metrics, "busy") == 1
        held.free.set()
        assert all(await asyncio.gather(*calls))
        assert await opened.score(message("later"))


async def test_several_threads_score_at_once(encoder: Encoder):
    """As many texts as there are threads, and as many more may wait."""
    held, metrics = Held(encoder), Metrics()
    opened = Scoring(held, metrics, threads=2, within=PATIENCE, most=2)
    calls = [asyncio.create_task(opened.score(message(text))) for text in "abcd"]
    await soon(lambda: set(held.began) == {"a", "b"})
    assert await opened.score(message("one too many")) is None
    held.free.set()
    found = await asyncio.gather(*calls)
    assert [scores.legible.text.original for scores in found if scores] == list("abcd")
    await opened.close()


async def test_a_failure_is_the_business_of_one_message(encoder: Encoder):
    """It is counted and logged without a word of the text; the next message is scored."""

    def fails(text: str) -> Scores:
        if "canary" in text:
            raise RuntimeError("out of order")
        return encoder.score(text)

    metrics = Metrics()
    with capture_logs() as logs:
        async with scoring(fails, metrics) as opened:
            assert await opened.score(message("canary-5521")) is None
            assert await opened.score(message("hello"))
    assert missed(metrics, "failed") == 1
    assert [entry["event"] for entry in logs] == ["scoring_failed"]
    assert "canary-5521" not in str(logs)


async def test_at_the_end_nobody_is_left_waiting(encoder: Encoder):
    """Who waits is let go without scores, and who comes later gets none."""
    held = Held(encoder)
    opened = Scoring(held, Metrics(), within=PATIENCE)
    calls = [asyncio.create_task(opened.score(message(f"{n}"))) for n in range(5)]
    await soon(lambda: bool(held.began))
    closing = asyncio.create_task(opened.close())
    await asyncio.sleep(0)
    held.free.set()
    async with asyncio.timeout(PATIENCE):
        first, *others = await asyncio.gather(*calls)
        await closing
    assert first
    assert others == [None] * 4
    assert held.began == ["0"]
    assert await opened.score(message("late")) is None


async def test_a_caller_who_gives_up_is_not_answered(encoder: Encoder):
    """Her cancellation is hers: it ends her call and nothing else."""
    held = Held(encoder)
    async with scoring(held, Metrics()) as opened:
        gone, stays = (asyncio.create_task(opened.score(message(text))) for text in ("gone", "stays"))
        await soon(lambda: held.began == ["gone"])
        gone.cancel()
        held.free.set()
        assert await stays
        with pytest.raises(asyncio.CancelledError):
            await gone


async def test_the_server_reads_by_the_encoder(tmp_path: Path, chat: str, engine, encoder: Encoder):
    """A message, an edit and a draft; what is recorded is what the encoder says, and names it."""
    lines = [f'{{"conversation": "{chat}", "role": "customer", "text": "{text}"}}' for text in ("hello", RANT)]
    async with house(tmp_path, reader="encoder") as home, browser(home.ws, "ingest", home.token("ingest")) as tool:
        home.rooms.conversations.scores.__self__._within = PATIENCE
        for number, text in enumerate(("hello", "Thanks!")):
            await tool.ask(
                {"type": "message", "conversation": chat, "role": "customer", "text": text, "id": f"m{number}"}
            )
        await tool.ask({"type": "edit", "conversation": chat, "id": "m1", "text": RANT})
        async with home.client("agent") as ann:
            read = (await ann.get(f"/conversations/{chat}/transcript")).json()["messages"]
            draft = await ann.post(f"/conversations/{chat}/drafts", json={"text": "I'm so sorry about that."})
        assert draft.status_code == 200
        metrics = home.rooms.metrics
        assert metrics.score._sum.get() > 0
    for message_, alone in zip(read, readings(engine, lines, encoder.score), strict=True):
        assert message_["reading"]["scorer"] == alone["scorer"] == "encoder"
        assert message_["reading"]["signals"] == alone["signals"]
        assert message_["reading"]["cause"]["label"] == alone["cause"]["label"]
    assert read[1]["reading"]["signals"] != readings(engine, lines)[1]["signals"]


async def test_while_the_encoder_does_not_answer_the_linear_scorer_reads(tmp_path: Path, chat: str):
    """The sidebar is not kept waiting, the reading says who made it, and a metric counts it."""
    async with house(tmp_path, reader="encoder") as home, browser(home.ws, "ingest", home.token("ingest")) as tool:
        scoring_ = home.rooms.conversations.scores.__self__
        stuck = Event()
        scoring_._within, scoring_._score = 20 * MS, lambda _: stuck.wait(PATIENCE)
        try:
            await tool.ask({"type": "message", "conversation": chat, "role": "customer", "text": RANT})
            async with home.client("agent") as ann:
                [read] = (await ann.get(f"/conversations/{chat}/transcript")).json()["messages"]
        finally:
            stuck.set()
        assert read["reading"]["scorer"] == "linear"
        assert missed(home.rooms.metrics, "late") == 1
