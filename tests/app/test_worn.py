"""Phrases that a team sent over and over, or a customer got before, do not open the next chat."""

from pathlib import Path

import pytest

from app import worn as shelf
from app.auth import Principal
from app.models import ConversationIn, MessageIn
from app.rooms import Rooms
from app.store.rows import ConversationRow
from app.worn import LATELY, OFTEN, THEIRS, Worn
from assist.conversation.state import Suggestion
from assist.message import Step
from tests.app.clients import Clock
from tests.app.test_conversations import Outage, opened

WHO = Principal("ann", "admin", "default", ("a",), Clock().now)
TEXT = "I'm checking your order with the carrier now, give me five minutes."


def row(name: str, team: str = "a", customer_id: str | None = None) -> ConversationRow:
    """A conversation of a team with a customer."""
    now = Clock().now
    return ConversationRow("default", name, team, "e", now, now, customer_id=customer_id)


def suggestion(key: str, text: str = TEXT) -> Suggestion:
    """A phrase that stands in the sidebar."""
    return Suggestion(key, key, Step.SOLVE, text, "warm", (), "house.solve", "", ())


def test_a_phrase_is_worn_for_the_team_when_it_was_sent_over_and_over() -> None:
    """Not before, not for another team, and not for good."""
    worn, here, there = Worn(), row("a", team="a"), row("b", team="b")
    for _ in range(OFTEN - 1):
        worn.note(here, TEXT, [suggestion("k")])
    assert worn.of(here) == frozenset()
    worn.note(here, f"Hi! {TEXT}", [suggestion("k"), suggestion("other", "Would you rather have a refund today?")])
    assert worn.of(here) == {"k"}
    assert worn.of(there) == frozenset()
    for number in range(LATELY):
        worn.note(here, TEXT, [suggestion(f"k{number}")])
    assert worn.of(here) == frozenset()


def test_what_the_agent_wrote_herself_wears_nothing() -> None:
    """Only a suggestion that was sent counts."""
    worn = Worn()
    for _ in range(OFTEN):
        worn.note(row("a"), "Have a nice day, and thanks for writing to us.", [suggestion("k")])
    assert worn.of(row("a")) == frozenset()


def test_a_customer_is_remembered_across_teams_and_boundedly() -> None:
    """Once is enough for one customer; the oldest are forgotten."""
    worn = Worn()
    for number in range(THEIRS + 5):
        worn.note(row("a", team="a", customer_id="u-9"), TEXT, [suggestion(f"k{number}")])
    assert len(worn.of(row("b", team="b", customer_id="u-9"))) == THEIRS
    assert worn.of(row("b", team="b", customer_id="u-8")) == frozenset()
    assert worn.of(row("b", team="b")) == frozenset()


async def say(rooms: Rooms, conversation: str, role: str, text: str) -> list[dict]:
    """One message; the suggestions after it."""
    receipt = await rooms.conversations.hear(WHO, conversation, MessageIn(role=role, text=text))
    return list(receipt.advice["suggestions"])


@pytest.mark.parametrize("name", ["one", "two", "three", "four"])
async def test_a_customer_who_comes_back_gets_other_words(tmp_path: Path, clock: Clock, name: str) -> None:
    """And after a restart the chat has the same advice as before it, though the memory is gone."""
    complaint = "My parcel was promised for Monday and it is still not here!"
    async with opened(tmp_path, clock) as rooms:
        for conversation in ("first", name):
            await rooms.conversations.put(WHO, conversation, ConversationIn(customer={"id": "u-9", "name": "Sam"}))
        before = await say(rooms, "first", "customer", complaint)
        await say(rooms, "first", "agent", before[0]["text"])
        after = await say(rooms, name, "customer", complaint)
        key = before[0]["id"].rsplit("-", 1)[0]
        assert after
        assert key not in {item["id"].rsplit("-", 1)[0] for item in after}
        async with rooms.conversations.lives.hold("default", name) as live:
            assert key in live.state.worn
    async with opened(tmp_path, clock) as again, again.conversations.lives.hold("default", name) as live:
        assert key in live.state.worn
        assert [item.text for item in live.state.suggestions] == [item["text"] for item in after]


async def test_a_restart_does_not_forget_what_was_sent(tmp_path: Path, clock: Clock) -> None:
    """The chats of the last days are read again, a silence in them too; older ones are not."""
    complaint = "My parcel was promised for Monday and it is still not here!"
    async with opened(tmp_path, clock) as rooms:
        await rooms.conversations.put(WHO, "first", ConversationIn(customer={"id": "u-9"}))
        before = await say(rooms, "first", "customer", complaint)
        await say(rooms, "first", "agent", before[0]["text"])
        clock.forward(180)
        assert await rooms.conversations.fall_silent("default", "first")
        silent = (await rooms.views.state(WHO, "first"))["advice"]["suggestions"]
        await say(rooms, "first", "agent", silent[0]["text"])
        sent = {item["id"].rpartition("-")[0] for item in (before[0], silent[0])}
    for days, known in ((2, sent), (2, frozenset())):
        clock.forward(days * 86_400)
        async with opened(tmp_path, clock) as again:
            assert again.conversations.worn.of(row("x", customer_id="u-9")) == known
            assert again.conversations.worn.of(row("x", customer_id="u-8")) == frozenset()


async def test_only_the_last_chats_are_read_again(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much was said in these days, a start takes no longer."""
    monkeypatch.setattr(shelf, "MOST_CHATS", 2)
    async with opened(tmp_path, clock) as rooms:
        for number in range(3):
            await rooms.conversations.put(WHO, f"c{number}", ConversationIn(customer={"id": f"u-{number}"}))
            phrase = (await say(rooms, f"c{number}", "customer", "Where is my parcel?"))[0]["text"]
            await say(rooms, f"c{number}", "agent", phrase)
            clock.forward(60)
    async with opened(tmp_path, clock) as again:
        known = [bool(again.conversations.worn.of(row("x", customer_id=f"u-{number}"))) for number in range(3)]
    assert known == [False, True, True]


async def test_without_its_store_a_start_goes_on(tmp_path: Path, clock: Clock) -> None:
    """Phrases count as fresh then; nothing else depends on it."""
    async with opened(tmp_path, clock) as rooms:
        store = Outage(rooms.store)
        await say(rooms, "c", "customer", "Where is my parcel?")
        store.down = True
        fresh = Worn()
        await fresh.warm(store, clock())  # type: ignore[arg-type]
        assert fresh.of(row("x")) == frozenset()
