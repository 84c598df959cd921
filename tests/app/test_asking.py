"""The ask box and the rewriting at both doors: shapes, sources, one index a set, hostile questions."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.asking import MOST_KEPT
from assist.rewrite import MANNERS
from tests.app.clients import Browser, House, browser, house
from tests.app.shapes import has, is_error
from tests.app.small_set import house as small_set
from tests.app.small_set import written

KINDS = {"phrase", "solution", "instruction", "policy", "line"}
HOSTILE = [
    "(a+)+$" * 200,
    "[[[[{{name}}]]]] {{7*7}} ${7*7}",
    "'; DROP TABLE events; --",
    "title:refund AND (body:* OR _exists_:secret) NEAR/5",
    "<img src=x onerror=alert(1)> what can I offer?",
    "\u202eoffer\u200b \U0001f600 ?" * 50,
    "\\",
    "a" * 8_000,
    "? ! . , -",
    "offer " * 1_300,
]
LINES = [
    ("customer", "Where is my order 48213? It was promised for Monday."),
    ("agent", "I'm sorry. I'll check with the courier and write to you within two hours."),
    ("customer", "I want my money back, $40. Nobody there cares."),
]


async def told(home: House, chat: str) -> None:
    """A chat of three messages, m1 to m3."""
    async with home.client("ingest") as tool:
        for number, (role, text) in enumerate(LINES, start=1):
            body = {"id": f"m{number}", "role": role, "text": text}
            assert (await tool.post(f"/conversations/{chat}/messages", json=body)).status_code == 200


def is_answers(answers: list[dict[str, Any]]) -> None:
    """Answers as they are on the wire, best first."""
    assert len(answers) <= 5
    for answer in answers:
        has(answer, "text", "kind", "source", "score", "missing")
        has(answer["source"], "name", "where", "rule")
        assert answer["kind"] in KINDS
        assert 0 < answer["score"] <= 1
        assert not set("{}") & set(answer["text"]) or answer["kind"] == "line"
        assert all(f"[{slot}]" in answer["text"] for slot in answer["missing"])
    scores = [answer["score"] for answer in answers]
    assert scores == sorted(scores, reverse=True)


async def test_a_question_gets_answers_with_their_sources(stopped_house: House, chat: str):
    """On the socket and over HTTP the same; a file and a line, or the message."""
    await told(stopped_house, chat)
    async with (
        stopped_house.client("agent") as ann,
        browser(stopped_house.ws, "agent", stopped_house.token("agent")) as socket,
    ):
        asked = {"text": "how much may I refund?"}
        frame = await socket.ask({"type": "ask", "conversation": chat, "ref": 7, **asked})
        assert (frame["type"], frame["conversation"], frame["ref"]) == ("answers", chat, 7)
        over_http = (await ann.post(f"/conversations/{chat}/questions", json=asked)).json()
        assert over_http["answers"] == frame["answers"]
        is_answers(frame["answers"])
        first = frame["answers"][0]
        assert (first["kind"], first["source"]["where"].partition(":")[0]) == ("policy", "house/policy.yaml")
        line = await socket.ask({"type": "ask", "conversation": chat, "text": "what did I promise?"})
        assert (line["answers"][0]["kind"], line["answers"][0]["source"]["where"]) == ("line", "m2")


async def test_a_summary_names_the_message_of_each_sentence(stopped_house: House, chat: str):
    """In the language in which it is asked for."""
    await told(stopped_house, chat)
    async with stopped_house.client("agent") as ann:
        for question, word in (("Summarise please", "Order: 48213"), ("Fass bitte zusammen", "Bestellung: 48213")):
            answer = (await ann.post(f"/conversations/{chat}/questions", json={"text": question})).json()
            assert answer["answers"] == []
            assert {sentence["message"] for sentence in answer["summary"]} == {"m1", "m2", "m3"}
            assert word in [sentence["text"] for sentence in answer["summary"]]


async def test_a_rewrite_says_what_it_changed(stopped_house: House, chat: str):
    """Or why there is none: nothing to change, or another language."""
    await told(stopped_house, chat)
    text = "We are unable to send order 48213 at this time."
    async with (
        stopped_house.client("agent") as ann,
        browser(stopped_house.ws, "agent", stopped_house.token("agent")) as socket,
    ):
        frame = {"type": "rewrite", "conversation": chat, "ref": "r", "text": text, "manner": "friendlier"}
        done = await socket.ask(frame)
        assert (done["type"], done["conversation"], done["ref"]) == ("rewritten", chat, "r")
        assert (done["manner"], done["text"]) == ("friendlier", "We can't send order 48213 right now.")
        for change in done["changes"]:
            has(change, "start", "end", "was", "now", "rule")
            assert text[change["start"] : change["end"]] == change["was"]
        for refused in ("Die Bestellung ist leider noch nicht bei uns angekommen.", "Order 48213."):
            body = {"text": refused, "manner": "friendlier"}
            none = (await ann.post(f"/conversations/{chat}/rewrites", json=body)).json()
            assert (none["text"], none["changes"]) == (None, [])
            assert none["because"]


@pytest.mark.parametrize(("text", "code"), [("", "empty_text"), ("x" * 8_001, "too_long"), ("\x00", "invalid_text")])
async def test_a_text_that_is_none_is_refused(stopped_house: House, chat: str, text: str, code: str):
    """With the code that a draft gets, and the socket stays open."""
    await told(stopped_house, chat)
    async with browser(stopped_house.ws, "agent", stopped_house.token("agent")) as socket:
        for frame in ({"type": "ask"}, {"type": "rewrite", "manner": "formal"}):
            error = await socket.ask({**frame, "conversation": chat, "ref": 1, "text": text})
            is_error(error, code)
            assert error["ref"] == 1
        assert await socket.is_open()


@pytest.mark.parametrize("question", HOSTILE, ids=lambda text: text[:20])
async def test_a_question_is_words_and_nothing_else(stopped_house: House, chat: str, question: str):
    """No pattern, no query language, no template: an answer or none, and the server goes on."""
    await told(stopped_house, chat)
    async with stopped_house.client("agent") as ann:
        answer = await ann.post(f"/conversations/{chat}/questions", json={"text": question})
        assert answer.status_code == 200, answer.text
        is_answers(answer.json()["answers"])
        for manner in MANNERS:
            body = {"text": question, "manner": manner}
            assert (await ann.post(f"/conversations/{chat}/rewrites", json=body)).status_code == 200


async def test_the_index_is_built_once_for_all_who_ask_at_once(stopped_house: House, chat: str):
    """In a thread, while the event loop goes on; another set has another."""
    await told(stopped_house, chat)
    asking = stopped_house.rooms.asking
    async with stopped_house.client("agent") as ann:
        body = {"text": "what can I offer?"}
        answers = await asyncio.gather(*(ann.post(f"/conversations/{chat}/questions", json=body) for _ in range(8)))
    assert len({answer.text for answer in answers}) == 1
    assert len(asking._libraries) == 1


async def test_a_new_set_of_playbooks_is_asked_at_once(tmp_path: Path, chat: str):
    """What was changed on the disk is in the next answer; of the indices of old sets a few are kept."""
    folder = written(tmp_path / "playbooks")
    question = {"text": "quokka sanctuary"}
    async with house(tmp_path, playbooks=folder) as home, home.client("ingest") as tool, home.client("agent") as ann:
        await tool.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": "hello"})
        assert (await ann.post(f"/conversations/{chat}/questions", json=question)).json()["answers"] == []
        written(folder, house=small_set().replace("House solve warm.", "Our quokka sanctuary helps."))
        assert home.rooms.playbooks.reload()
        found = (await ann.post(f"/conversations/{chat}/questions", json=question)).json()["answers"]
        assert [item["text"] for item in found] == ["Our quokka sanctuary helps."]
        for number in range(MOST_KEPT):
            written(folder, house=small_set().replace("House solve warm.", f"Our wombat {number} helps."))
            assert home.rooms.playbooks.reload()
            await ann.post(f"/conversations/{chat}/questions", json=question)
        assert len(home.rooms.asking._libraries) == MOST_KEPT


async def test_promises_and_steps_say_which_message_and_when(stopped_house: House, chat: str, clock: Any):
    """In the snapshot, in updates and over HTTP the same."""
    await told(stopped_house, chat)
    async with (
        stopped_house.client("agent") as ann,
        browser(stopped_house.ws, "agent", stopped_house.token("agent")) as socket,
    ):
        snapshot = await socket.subscribe(chat)
        promise = {
            "message": "m2",
            "text": "I'll check with the courier and write to you within two hours.",
            "when": "within two hours",
            "due": "2026-03-02T11:00:00.000Z",
        }
        assert snapshot["state"]["promises"] == [promise]
        done = [line for line in snapshot["advice"]["steps"] if line["done"]]
        assert done
        for line in done:
            assert (line["by"], line["message"], line["role"]) == ("m2", "m2", "agent")
            assert line["at"] == "2026-03-02T09:00:00.000Z"
        assert all("message" not in line for line in snapshot["advice"]["steps"] if not line["done"])
        await take_back(stopped_house, chat, socket)
        assert (await ann.get(f"/conversations/{chat}")).json()["promises"] == []


async def take_back(home: House, chat: str, socket: Browser) -> None:
    """The message with the promise is deleted, and the promise goes with it."""
    async with home.client("ingest") as tool:
        assert (await tool.delete(f"/conversations/{chat}/messages/m2")).status_code == 200
    update = await socket.get("update")
    assert update["state"]["promises"] == []
