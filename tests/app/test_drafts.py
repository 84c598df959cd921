"""Drafts on the wire: reviewed from their chat, in the order in which they can be, and only the newest of a row."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.drafts import known, unanswered
from app.store.rows import Event
from tests.app.clients import Browser, House, browser, house
from tests.app.shapes import has, is_error

FURIOUS = (
    "This is the third time I'm writing! When will my order 48213 come? "
    "You liars, nobody there cares, and I am absolutely furious with you!"
)


@asynccontextmanager
async def desk(folder: Path, chat: str, *texts: str) -> AsyncIterator[tuple[House, Browser]]:
    """A server with one chat, and its agent on a socket."""
    async with house(folder) as home, browser(home.ws, "agent", home.token("agent")) as ann:
        async with home.client("ingest") as tool:
            for text in texts:
                await tool.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": text})
        yield home, ann


def draft(chat: str, text: str, ref: Any) -> dict[str, Any]:
    """A frame with a draft."""
    return {"type": "draft", "conversation": chat, "ref": ref, "text": text}


async def test_a_draft_is_reviewed_from_its_chat(tmp_path: Path, chat: str):
    """The open question, the heat and the order number that the customer told; with the words behind each effect."""
    async with desk(tmp_path, chat, FURIOUS) as (_, ann):
        text = "Our team at the shop works hard on order 48213 for every customer."
        review = await ann.ask(draft(chat, text, 1), "draft_review")
        assert {remark["kind"] for remark in review["remarks"]} == {"no_answer", "missing_empathy"}
        for remark in review["remarks"]:
            assert 0 <= remark["start"] < remark["end"] <= len(text)
            assert remark["better"]
        for told in (review, *review["alternatives"]):
            words = told.get("text", text)
            assert 0 <= told["effect"]["low"] <= told["effect"]["expected"] <= told["effect"]["high"] <= 100
            for reason in told["because"]:
                has(reason, "start", "end", "text", "kind", "points")
                assert words[reason["start"] : reason["end"]] == reason["text"]
        assert len(review["alternatives"]) == 2
        assert {reason["kind"] for reason in review["because"]} >= {"no_answer", "missing_empathy"}


async def test_of_a_row_of_drafts_the_newest_is_reviewed_and_every_other_is_told(tmp_path: Path, chat: str):
    """Fifty at once: each `ref` gets one answer, the last one its review, and others on the server are not kept."""
    async with desk(tmp_path, chat, FURIOUS) as (home, ann):
        for number in range(50):
            await ann.send(draft(chat, f"I am looking at order 48213 now, {number}.", number))
        async with browser(home.ws, "agent", home.token("agent")) as other:
            assert await other.is_open()
        answers = [await ann.get("draft_review", "error") for _ in range(50)]
        assert sorted(answer["ref"] for answer in answers) == list(range(50))
        reviewed = [answer["ref"] for answer in answers if answer["type"] == "draft_review"]
        assert reviewed[-1] == 49
        assert len(reviewed) < 25
        for answer in answers:
            if answer["type"] == "error":
                is_error(answer, "superseded")
                assert answer["conversation"] == chat
        assert await ann.is_open()


async def test_a_draft_does_not_hold_up_the_frames_behind_it(tmp_path: Path, chat: str):
    """While one is read the socket goes on; drafts of another chat do not take its place."""
    async with desk(tmp_path, chat, FURIOUS) as (home, ann):
        go, views = asyncio.Event(), home.rooms.views
        review = views.draft

        async def slow(who: Any, conversation: str, text: str) -> dict[str, Any]:
            await go.wait()
            return await review(who, conversation, text)

        views.draft = slow  # type: ignore[method-assign] - a review that takes long
        await ann.send(draft(chat, "I will check it now.", "slow"))
        await ann.send(draft("unknown", "I will check it now.", "elsewhere"))
        assert await ann.is_open()
        go.set()
        answers = [await ann.get("draft_review", "error") for _ in range(2)]
        assert {(answer["type"], answer["ref"]) for answer in answers} == {
            ("draft_review", "slow"),
            ("error", "elsewhere"),
        }


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 8_001, "too_long"), ("  ", "empty_text"), ("a\0b", "invalid_text")],
)
async def test_a_draft_that_cannot_be_one_is_refused_by_its_ref(tmp_path: Path, chat: str, text: str, code: str):
    """Too long, empty or with a NUL; the socket stays open."""
    async with desk(tmp_path, chat, "hello") as (_, ann):
        answer = await ann.ask(draft(chat, text, "d"), "error")
        is_error(answer, code)
        assert (answer["ref"], answer["conversation"]) == ("d", chat)
        assert await ann.is_open()


@pytest.mark.parametrize(
    "text", ["\u4f60\u597d\uff0c\u8bf7\u7a0d\u7b49\u3002", "\u0645\u0631\u062d\u0628\u0627", "\U0001f600" * 2_000]
)
async def test_a_draft_in_any_script_is_reviewed(tmp_path: Path, chat: str, text: str):
    """Spans lie within it, whatever it is written in."""
    async with desk(tmp_path, chat, FURIOUS) as (_, ann):
        review = await ann.ask(draft(chat, text, 1), "draft_review")
        assert all(0 <= remark["start"] < remark["end"] <= len(text) for remark in review["remarks"])


def event(number: int, role: str, text: str, kind: str = "message") -> Event:
    """An event of a log."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Event(offset=number, kind=kind, at=at, body={"role": role, "text": text})


def test_what_the_customer_wrote_since_the_last_answer_waits():
    """Notes and edits do not answer, agents and bots do."""
    log = [
        event(1, "customer", "one"),
        event(2, "agent", "two"),
        event(3, "customer", "three"),
        event(4, "note", "four"),
        event(5, "customer", "five", "edit"),
        event(6, "customer", "six"),
    ]
    assert unanswered(log) == ["three", "six"]
    assert unanswered([*log, event(7, "bot", "seven")]) == []


def test_what_was_told_may_be_sent():
    """By the host or by the customer."""
    assert known({"order": "A-1"}, {"amount": "5"}) == {"A-1", "5"}
