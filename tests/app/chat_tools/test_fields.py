"""Fields out of what senders write: what is not of the shape meant is not there."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.chat_tools import TOOLS, fields

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("written", "microseconds"),
    [
        ("2026-02-11T14:32:05.254571515Z", 254_571),
        ("2026-02-11T14:32:05.2Z", 200_000),
        ("2026-02-11T15:32:05.254+01:00", 254_000),
        ("2026-02-11T14:32:05Z", 0),
        ("2026-02-11T14:32:05", 0),
        (1_770_820_325, 0),
        ("1770820325.000200", 200),
        (1_770_820_325_254, 254_000),
        (1_770_820_325_254_571_515, 254_571),
    ],
)
def test_a_time_is_read_however_exact_it_is(written: object, microseconds: int) -> None:
    """Nanoseconds too, which Python does not take by itself."""
    found = fields.moment(written)
    assert found is not None
    assert found.replace(microsecond=0) == datetime(2026, 2, 11, 14, 32, 5, tzinfo=UTC)
    assert abs(found.microsecond - microseconds) <= 1


@pytest.mark.parametrize(
    "junk", [None, True, [], {}, "", "soon", "2026-13-40", float("inf"), float("nan"), 10**400, "."]
)
def test_what_is_no_time_is_none(junk: object) -> None:
    """Nothing raises."""
    assert fields.moment(junk) is None


def test_half_a_surrogate_pair_is_replaced() -> None:
    """No encoding would take it."""
    assert fields.text({"a": "x\ud83d"}, "a") == "x\ufffd"
    assert fields.text({"a": "😀"}, "a") == "😀"


@pytest.mark.parametrize("raw", [b"", b"[", b"\xff", b"[" * 200_000, b"7" * 10_000, b"null", b'{"a":' * 100_000])
def test_what_is_no_object_is_an_empty_one(raw: bytes) -> None:
    """However deep it goes."""
    assert fields.json_of(raw) == {}


KEYS = ("event", "type", "action", "payload", "conversation", "id", "data", "item", "message", "text", "sender",
        "events", "stanza", "messages", "topic", "detail", "kind", "content", "channel", "ephemeral")  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    body=st.dictionaries(st.sampled_from(KEYS), anything, max_size=6),
    name=st.sampled_from(["message_created", "conversation_updated", "incoming_event", "event_callback", "Message"]),
)
def test_any_body_parses_without_a_crash(body: dict, name: str) -> None:
    """By every tool, and what comes of it is JSON."""
    for key in ("event", "action", "type"):
        raw = json.dumps({**body, key: name}).encode()
        for tool in TOOLS.values():
            json.dumps([event.wire() for event in tool.parse({}, raw)])


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
@pytest.mark.parametrize("raw", [b"", b"\x00", b"a=b&c", b"%ff=%ff", b"[1]", b'{"events":[null,5]}', b"x" * 5_000_000])
def test_a_body_of_another_kind_is_nothing(tool, raw: bytes) -> None:
    """Forms, lists, five megabytes of nothing."""
    assert tool.parse({}, raw) == []
