"""The connectors that a server knows, and what it does while it cannot look them up."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.connectors import Connector, Connectors, connector_of
from app.store.rows import Document, Unavailable

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK = Connector("desk", "chatwoot", "t", "a", "https://x.example", ("one", "two"), {"9": "dana"}, ("7",), "https://y/")


class Shelf:
    """A store of documents that can be away."""

    def __init__(self, *documents: Document) -> None:
        self.kept = list(documents)
        self.away = False
        self.asked = 0

    async def documents(self, kind: str) -> list[Document]:
        """All of a kind."""
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable("away")
        return [one for one in self.kept if one.kind == kind]


def connectors(shelf: Shelf) -> Connectors:
    """Those of a shelf."""
    return Connectors(shelf, lambda: NOW)  # type: ignore[arg-type]


def test_a_connector_comes_back_as_it_was_kept() -> None:
    """But for one of a tool that this version does not know; a key stands in no text of it."""
    document = DESK.document(NOW, 1)
    assert connector_of(document) == DESK
    assert connector_of(replace(document, body={**document.body, "tool": "telegraph"})) is None
    assert "'one'" not in repr(DESK)


async def test_many_who_ask_for_what_is_not_there_are_one_look() -> None:
    """All of them wait for it, and find what has come meanwhile."""
    shelf = Shelf(DESK.document(NOW, 1))
    known = connectors(shelf)
    assert await asyncio.gather(*(known.find("desk") for _ in range(20))) == [DESK] * 20
    assert [await known.find(f"guess-{number}") for number in range(20)] == [None] * 20
    assert shelf.asked == 1
    assert known.origins == ("https://x.example",)


async def test_what_cannot_be_looked_up_is_not_denied() -> None:
    """A tool could give up at a 404: it is told to come again. What is known stays so."""
    shelf = Shelf(DESK.document(NOW, 1))
    known = connectors(shelf)
    await known.look()
    shelf.away = True
    for _ in range(2):
        with pytest.raises(Unavailable):
            await known.find("new")
    assert shelf.asked == 2
    assert await known.find("desk") == DESK


def test_agents_are_known_by_id_or_pattern() -> None:
    """A pattern stands for ids that are their own subjects."""
    known = replace(DESK, agents={"9": "dana", "@agent-*:x": "@agent-*:x"})
    assert known.agent("9") == "dana"
    assert known.agent("@agent-7:x") == "@agent-7:x"
    assert known.agent("@agent-7:y") is None
    assert known.agent(None) is None
