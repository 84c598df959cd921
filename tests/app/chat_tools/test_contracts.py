"""Payloads and signatures of the real tools, where they are at hand: each comes to what it is known to mean."""

import json
from typing import Any

import pytest

from app.chat_tools import TOOLS, Event, lowered
from app.chat_tools.fields import moment
from tests.conftest import SHARED

FOLDER = SHARED / "contracts"
SCHEMES = {"front-app": "front", "intercom-canvas": "intercom", "matrix-appservice": "matrix"}
BROWSER = ("context",)  # what the tool tells the page, not the server
NOTHING = ("ignore", "challenge")
PRIVATE = "note"


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text()) if FOLDER.is_dir() else []


def _vectors() -> list[dict[str, Any]]:
    return _read("signatures.json")["vectors"] if FOLDER.is_dir() else []


PAYLOADS = [one for one in _read("MANIFEST.json") if one.get("expect", {}).get("kind", "context") not in BROWSER]
present = pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder with the tools' payloads is not here")


def _parsed(tool: str, raw: bytes) -> list[Event]:
    return TOOLS[tool].parse({}, raw)


@present
@pytest.mark.parametrize("vector", _vectors(), ids=lambda one: f"{one['scheme']} {one.get('note', '')[:20]}")
def test_a_signature_is_taken_for_what_it_is(vector: dict[str, Any]) -> None:
    """By the receiver's clock of the vector; where it has none, by the time that was signed."""
    raw = (FOLDER / vector["body_file"]).read_bytes() if "body_file" in vector else vector["body_text"].encode()
    headers = lowered(vector["headers"])
    sent = moment(headers.get("x-zendesk-webhook-signature-timestamp"))
    now = vector.get("now") or vector.get("now_ms", 0) / 1_000 or (sent.timestamp() if sent else 0)
    tool = TOOLS[SCHEMES.get(vector["scheme"], vector["scheme"])]
    assert (tool.verified(headers, raw, (vector["secret"],), now) == "ok") is vector["valid"]


@present
@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda one: one["file"])
def test_a_payload_comes_to_what_it_means(payload: dict[str, Any]) -> None:
    """Ids, role, text and whether it is private; never the text of another message that comes with it."""
    expect = payload["expect"]
    raw = (FOLDER / payload["file"]).read_bytes()
    if expect["kind"] == "duplicates":
        requests = [json.dumps(one["body"]).encode() for one in json.loads(raw)]
        assert len({tuple(_parsed(payload["tool"], one)) for one in requests}) == expect["unique_events"]
        return
    events = _parsed(payload["tool"], raw)
    if expect["kind"] in NOTHING:
        assert events == []
    elif expect["kind"] == "transcript":
        assert [[event.message, event.role] for event in events] == expect["messages"]
    else:
        _same(events[0], expect)


def _same(event: Event, expect: dict[str, Any]) -> None:
    kinds = {"conversation": ("status", "assigned"), PRIVATE: ("message",), "message_deleted": ("delete",)}
    assert event.kind in kinds.get(expect["kind"], (expect["kind"],))
    wire = event.wire() | {"needs_fetch": event.needs_fetch}
    names = {"conversation_id": "conversation", "message_id": "message", "agent_id": "author", "event_id": "event"}
    told = ("role", "text", "private", "on", "status", "needs_fetch", *names)
    for name in told:
        if name in expect:
            assert wire.get(names.get(name, name)) == expect[name], name
    if "ts" in expect:
        assert wire["at"] == expect["ts"]
    if "ts_ms" in expect:
        assert event.at is not None
        assert round(event.at.timestamp() * 1_000) == expect["ts_ms"]
    if expect["kind"] == PRIVATE:
        assert event.private
