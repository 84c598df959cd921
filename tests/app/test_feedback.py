"""Feedback on suggestions: of this chat only, measured, and without the words that were used."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.feedback import distance
from tests.app.clients import House
from tests.app.shapes import is_error

ANGRY = "This is the third time I'm writing. Where is my order 48213? Nobody there cares."


async def say(tool: httpx.AsyncClient, chat: str, text: str, role: str = "customer") -> dict[str, Any]:
    """One message; its answer."""
    answer = await tool.post(f"/conversations/{chat}/messages", json={"role": role, "text": text})
    assert answer.status_code == 200, answer.text
    return answer.json()


def kept(folder: Path) -> list[tuple[Any, ...]]:
    """What the database holds of all verdicts."""
    with closing(sqlite3.connect(folder / "steadyhand.db")) as connection:
        return connection.execute("SELECT * FROM feedback ORDER BY id").fetchall()


async def test_a_verdict_is_kept_with_version_and_distance_but_not_the_words(
    stopped_house: House, tmp_path: Path, chat: str
):
    """How far the sent text was from the suggestion is a number; the text itself is nowhere in the row."""
    async with stopped_house.client("ingest") as tool, stopped_house.client("agent") as ann:
        shown = (await say(tool, chat, ANGRY))["advice"]["suggestions"][0]
        used = shown["text"] + " Quokka."
        for final in ({}, {"final": shown["text"]}, {"final": used}):
            body = {"suggestion": shown["id"], "verdict": "edited", "reason": "too stiff", **final}
            assert (await ann.post(f"/conversations/{chat}/feedback", json=body)).status_code == 200
    rows = kept(tmp_path)
    version = shown["why"]["version"]
    measured = round(8 / len(used), 4)
    assert [row[-3:-1] for row in rows] == [(version, None), (version, 0.0), (version, measured)]
    assert not any("Quokka" in str(cell) for row in rows for cell in row)


async def test_a_suggestion_that_is_gone_can_still_be_judged(stopped_house: House, chat: str):
    """It was sent, the chat went on, and then she says that it helped."""
    async with stopped_house.client("ingest") as tool, stopped_house.client("agent") as ann:
        shown = (await say(tool, chat, ANGRY))["advice"]["suggestions"][0]
        await say(tool, chat, shown["text"], "agent")
        later = await say(tool, chat, "Thank you, that helps.")
        assert shown["id"] not in [item["id"] for item in later["advice"]["suggestions"]]
        body = {"suggestion": shown["id"], "verdict": "up", "final": "Of course."}
        assert (await ann.post(f"/conversations/{chat}/feedback", json=body)).status_code == 200


async def test_a_suggestion_of_another_chat_is_not_found(stopped_house: House, tmp_path: Path, chat: str):
    """Nor one that was never made; nothing is kept of it."""
    async with stopped_house.client("ingest") as tool, stopped_house.client("agent") as ann:
        await say(tool, chat, "hello")
        elsewhere = (await say(tool, f"{chat}-2", ANGRY))["advice"]["suggestions"][0]["id"]
        for suggestion in (elsewhere, "nothing", "'; DROP TABLE feedback; --"):
            body = {"suggestion": suggestion, "verdict": "sent"}
            answer = await ann.post(f"/conversations/{chat}/feedback", json=body)
            assert answer.status_code == 404
            is_error(answer.json(), "not_found")
            assert suggestion in answer.json()["error"]["message"]
    assert kept(tmp_path) == []


@pytest.mark.parametrize(("final", "code"), [("x" * 8_001, "too_long"), ("", "empty_text"), ("\x00", "invalid_text")])
async def test_what_is_no_draft_was_not_used(stopped_house: House, chat: str, final: str, code: str):
    """The same bounds as a draft has."""
    async with stopped_house.client("ingest") as tool, stopped_house.client("agent") as ann:
        shown = (await say(tool, chat, ANGRY))["advice"]["suggestions"][0]["id"]
        body = {"suggestion": shown, "verdict": "edited", "final": final}
        answer = await ann.post(f"/conversations/{chat}/feedback", json=body)
        assert answer.status_code == 422
        is_error(answer.json(), code)


@pytest.mark.parametrize(
    ("shown", "used", "wanted"), [("abcd", "abcd", 0.0), ("abcd", "abce", 0.25), ("abcd", "xyz", 1.0), ("ab", "", 1.0)]
)
def test_distance_is_the_share_of_letters_to_change(shown: str, used: str, wanted: float):
    """0 for the same text, 1 for nothing in common."""
    assert distance(shown, used) == wanted


async def test_the_same_verdict_sent_again_is_kept_once(stopped_house: House, tmp_path: Path, chat: str):
    """Who has not heard the answer may ask again, by the id that she gave it; others are not taken for it."""
    async with stopped_house.client("ingest") as tool, stopped_house.client("agent") as ann:
        shown = (await say(tool, chat, ANGRY))["advice"]["suggestions"][0]
        body = {"suggestion": shown["id"], "verdict": "dismissed"}
        for key in ({"id": "v-1"}, {"id": "v-1"}, {"id": "v-2"}, {}, {}):
            assert (await ann.post(f"/conversations/{chat}/feedback", json={**body, **key})).status_code == 200
    assert [row[-1] for row in kept(tmp_path)] == ["v-1", "v-2", None, None]
