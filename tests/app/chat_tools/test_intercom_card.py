"""Intercom's card: components as its reference has them, in 64 KB, and nothing of a customer's in them but text."""

import json
import re
from typing import Any

import pytest

from app.chat_tools.glance import Glance
from app.chat_tools.intercom_card import asked, card, notice, plain
from tests.app.chat_tools.cards import ALL, EVIL, HOSTILE, THIRD

LIVE = "https://assist.example.com/sidebar#conversation=acme%3A503&token=abc"
# What each component may have beside its type, and must have: by the Canvas Kit reference.
TAKEN: dict[str, tuple[set[str], set[str]]] = {
    "text": ({"id", "text", "style", "align", "bottom_margin"}, {"text"}),
    "button": ({"id", "label", "style", "action", "disabled"}, {"id", "label", "action"}),
    "divider": ({"id", "bottom_margin"}, set()),
    "spacer": ({"id", "size"}, set()),
}
STYLES = {"text": {"header", "paragraph", "muted", "error"}, "button": {"primary", "secondary", "link"}}


def components(canvas: Any) -> list[dict[str, Any]]:
    """Those of a canvas."""
    assert set(canvas) == {"canvas"}
    assert set(canvas["canvas"]) == {"content"}
    return canvas["canvas"]["content"]["components"]


def texts(canvas: Any) -> dict[str, str]:
    """The texts by their ids."""
    return {one["id"]: one["text"] for one in components(canvas) if one["type"] == "text"}


@pytest.mark.parametrize("canvas", [card(one, live=LIVE, remark=EVIL) for one in ALL.values()] + [notice(EVIL)])
def test_the_components_are_those_of_the_reference(canvas: Any) -> None:
    """Each with what it may have, ids once, texts that are not empty, and small enough."""
    for one in components(canvas):
        may, must = TAKEN[one["type"]]
        assert must <= set(one) - {"type"} <= may
        assert one.get("style") in {None, *STYLES.get(one["type"], ())}
        assert one.get("text") != ""
    ids = [one["id"] for one in components(canvas) if "id" in one]
    assert len(ids) == len(set(ids))
    assert len(json.dumps(canvas)) < 64 * 1024


def test_a_card_says_what_the_sidebar_says() -> None:
    """Number and word, why, the alert, the step, what to do, and three phrases."""
    told = texts(card(THIRD))
    assert told["tension"] == "Tension 78: critical, rising"
    assert told["why"] == "Why: “third time” (asked before); “Where is my refund” (complaint)"
    assert told["alert-1"] == THIRD.alerts[0]
    assert told["next"] == "Next: Apologize. They have asked three times."
    assert told["todo-1"] == "To do: Look the order up before you answer."
    assert [told[f"phrase-{n}"] for n in (1, 2, 3)] == list(THIRD.phrases)


def test_it_can_be_refreshed_and_opened() -> None:
    """By Intercom's own actions; without an address there is no button for it."""
    refresh, live = components(card(THIRD, live=LIVE))[-2:]
    assert refresh["action"] == {"type": "submit"}
    assert (live["label"], live["action"]) == ("Open live panel", {"type": "url", "url": LIVE})
    assert [one["id"] for one in components(card(THIRD)) if one["type"] == "button"] == ["refresh"]


@pytest.mark.parametrize("canvas", [card(HOSTILE), notice(EVIL)])
def test_nothing_of_a_customers_becomes_a_link_or_bold(canvas: Any) -> None:
    """Neither in what is quoted nor in a phrase."""
    for text in texts(canvas).values():
        assert not re.search(r"\]\(|\*\*|__", text)


def test_quoted_words_are_no_address_either() -> None:
    """Nobody copies them, so they may be taken apart further than a phrase."""
    why = texts(card(HOSTILE))["why"]
    assert "://" not in why
    assert "<" not in why


@pytest.mark.parametrize("text", ["", "2 * 3 * 4", "[order] (new)", "a_b", "x" * 5_000, "*" * 101, "]" * 50 + "(" * 50])
def test_taking_apart_ends_and_keeps_the_words(text: str) -> None:
    """Only blanks come to it."""
    assert plain(text).replace(" ", "") == text.replace(" ", "")


def wanted(**more: Any) -> bytes:
    """A request of Intercom's Inbox."""
    return json.dumps({"workspace_id": "w", "admin": {"id": 7}, "conversation": {"id": "503"}} | more).encode()


def test_who_asks_about_which_conversation() -> None:
    """Initialize and submit have it in the same places."""
    for more in ({}, {"component_id": "refresh", "current_canvas": {}, "input_values": {}}):
        found = asked(wanted(**more))
        assert found is not None
        assert (found.conversation, found.by) == ("503", "7")


def test_a_card_for_the_customer_is_not_asked_for_by_anybody() -> None:
    """A teammate who puts the app into a conversation would show it to the customer."""
    assert asked(wanted(conversation=None, context={"location": "conversation", "conversation_id": 503})) is None


@pytest.mark.parametrize("admin", [None, {}, {"id": None}, {"id": ""}, {"id": [1]}, "7"])
def test_without_a_teammate_nobody_asks(admin: object) -> None:
    """The Messenger's requests name none: they are the customer's."""
    assert asked(wanted(admin=admin)) is None


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"admin":{"id":1}}'])
def test_junk_asks_for_nothing(raw: bytes) -> None:
    """Whatever was signed."""
    assert asked(raw) is None


def test_a_view_that_says_nothing_is_a_short_card() -> None:
    """No empty lines."""
    assert [one["id"] for one in components(card(Glance(5, "calm", "steady"))) if "id" in one] == ["tension", "refresh"]
