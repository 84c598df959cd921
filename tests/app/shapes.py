"""The words on the wire, as they are fixed: each function fails unless a value has every key and allowed values.

The lists are written out here on purpose. They are what tests from outside rely on, whatever the code says.
"""

import re
from math import prod
from typing import Any

from assist.conversation.style import STYLES

ROLES = {"customer", "agent", "bot", "note", "system"}
STEPS = ["listen", "empathize", "apologize", "own", "solve", "boundary", "escalate", "follow_up", "close"]
SIGNALS = {
    "anger",
    "frustration",
    "abuse",
    "threat",
    "distress",
    "urgency",
    "confusion",
    "gratitude",
    "complaint",
    "churn",
    "sarcasm",
}
CAUSES = {
    "delivery",
    "delay",
    "damaged",
    "defect",
    "wrong_item",
    "missing_item",
    "billing",
    "refund",
    "cancellation",
    "account",
    "access",
    "outage",
    "booking",
    "lost_property",
    "policy",
    "miscommunication",
    "service",
    "information",
    "other",
}
EVIDENCE = {"message", "start", "end", "text", "kind"}
MISSING = re.compile(r"\[(\w+)\]")


def has(value: dict[str, Any], *keys: str) -> None:
    """Every key is there; further ones may be."""
    assert not set(keys) - set(value), f"{sorted(set(keys) - set(value))} missing in {sorted(value)}"


def band_of(tension: float) -> str:
    """`calm` < 25 <= `uneasy` < 50 <= `tense` < 75 <= `critical`."""
    return "calm" if tension < 25 else "uneasy" if tension < 50 else "tense" if tension < 75 else "critical"


def is_time(text: str) -> None:
    """RFC 3339, UTC."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text), text


def is_levels(value: dict[str, Any]) -> None:
    """Tension, its band, trend and risk."""
    has(value, "tension", "band", "trend", "risk")
    assert 0 <= value["tension"] <= 100
    assert value["band"] == band_of(value["tension"])
    assert value["trend"] in ("rising", "steady", "falling")
    assert 0 <= value["risk"] <= 1


def is_message(value: dict[str, Any]) -> None:
    """A message as it is everywhere."""
    has(value, "id", "seq", "role", "text", "at")
    assert value["seq"] >= 1
    assert value["role"] in ROLES
    is_time(value["at"])


def is_suggestion(value: dict[str, Any]) -> None:
    """A phrase ready to send, with what is missing in it and why it is shown."""
    has(value, "id", "step", "text", "tone", "missing", "why")
    has(value["why"], "rule", "reason", "evidence", "version")
    assert re.fullmatch("[0-9a-f]{12}", value["why"]["version"])
    assert value.get("critical") in (True, False)
    for item in value["why"]["evidence"]:
        has(item, *EVIDENCE)
    assert value["step"] in STEPS
    assert value["tone"] in ("warm", "neutral", "formal")
    assert not set("{}") & set(value["text"])
    assert set(value["missing"]) <= set(MISSING.findall(value["text"]))


def is_reading(value: dict[str, Any]) -> None:
    """A reading: every key and every signal, also when 0."""
    has(value, "conversation", "id", "seq", "sentiment", "signals", "cause", "steps_done", "politeness")
    has(value, "tension", "band", "trend", "risk", "next_step", "suggestions")
    assert -1 <= value["sentiment"] <= 1
    assert set(value["signals"]) >= SIGNALS
    assert all(0 <= strength <= 1 for strength in value["signals"].values())
    has(value["cause"], "label", "confidence", "evidence")
    assert value["cause"]["label"] in CAUSES
    assert 0 <= value["cause"]["confidence"] <= 1
    assert set(value["steps_done"]) <= set(STEPS)
    assert all(0 <= probability <= 1 for probability in value["steps_done"].values())
    assert 0 <= value["politeness"] <= 1
    assert value["next_step"] in (None, *STEPS)
    is_levels(value)
    for item in value["suggestions"]:
        is_suggestion(item)


def is_advice(value: dict[str, Any]) -> None:
    """An advice."""
    has(value, "next_step", "steps", "suggestions", "instructions", "cautions", "alerts", "not_shown")
    assert value["next_step"] in (None, *STEPS)
    for item in value["instructions"]:
        has(item, "text", "rule", "critical")
    assert [line["step"] for line in value["steps"]] == STEPS
    for line in value["steps"]:
        assert line["done"] in (True, False)
        if line["done"]:
            has(line, "by", "message", "role", "at")
            is_time(line["at"])
    assert all(isinstance(text, str) for text in value["cautions"])
    for item in value["suggestions"]:
        is_suggestion(item)
    for alert in value["alerts"]:
        has(alert, "kind", "severity", "text")
    for item in value["not_shown"]:
        has(item, "what", "because")


def is_receipt(value: dict[str, Any], seq: int, *, duplicate: bool = False) -> None:
    """The answer to a posted message."""
    has(value, "seq", "duplicate", "advice")
    assert (value["seq"], value["duplicate"]) == (seq, duplicate)
    is_levels(value)
    is_advice(value["advice"])


def is_state(value: dict[str, Any]) -> None:
    """The state of a conversation."""
    has(value, "conversation", "customer", "agent", "team", "cause", "style", "waiting_seconds", "typing", "resolved")
    has(value, "facts", "promises")
    for promise in value["promises"]:
        has(promise, "message", "text")
    has(value["style"], "label", "evidence")
    assert value["style"]["label"] in ("", *STYLES)
    for item in value["style"]["evidence"]:
        has(item, "message", "start", "end", "text", "rule")
    has(value["customer"], "id", "name")
    has(value["cause"], "label", "confidence", "evidence")
    has(value["typing"], "customer", "agent")
    is_levels(value)


def is_snapshot(value: dict[str, Any], conversation: str, messages: int) -> None:
    """A snapshot with so many messages."""
    has(value, "type", "conversation", "epoch", "offset", "resumed", "messages", "state", "advice")
    assert (value["type"], value["conversation"], value["resumed"]) == ("snapshot", conversation, False)
    assert [message["seq"] for message in value["messages"]] == list(range(1, messages + 1))
    for message in value["messages"]:
        is_message(message)
        is_reading(message["reading"])
    is_state(value["state"])
    has(value["state"], "history")
    for point in value["state"]["history"]:
        has(point, "seq", "tension", "band", "at")
    is_advice(value["advice"])


def is_update(value: dict[str, Any], conversation: str, offset: int) -> None:
    """An update of a message."""
    has(value, "type", "conversation", "offset", "message", "reading", "advice", "state")
    assert (value["type"], value["conversation"], value["offset"]) == ("update", conversation, offset)
    is_message(value["message"])
    is_reading(value["reading"])
    is_advice(value["advice"])
    is_state(value["state"])


def is_action(value: dict[str, Any], conversation: str, offset: int, action: str) -> None:
    """An update of an action."""
    has(value, "type", "conversation", "offset", "message", "reading", "advice", "state", "action")
    assert (value["type"], value["conversation"], value["offset"]) == ("update", conversation, offset)
    assert value["message"] is None
    assert value["reading"] is None
    assert value["action"]["action"] == action
    has(value["action"], "by", "at")


TILE = {
    "conversation", "customer", "agent", "team", "channel", "language", "tension", "band", "trend", "risk", "cause",
    "priority", "factors", "because", "next_step", "waiting_seconds", "waiting_since", "resolved", "updated_at",
    "course", "peak", "claimed_by", "joined", "let_run", "escalated", "ending", "alert", "recovery", "incident",
}  # fmt: skip
FACTORS = ("risk", "soon", "change", "waiting")


def is_tile(value: dict[str, Any]) -> None:
    """A tile of the board; its priority is the product of its factors."""
    has(value, *TILE)
    is_levels(value)
    assert value["waiting_seconds"] >= 0
    is_time(value["updated_at"])
    has(value["factors"], *FACTORS)
    assert all(0 <= value["factors"][name] <= 1 for name in FACTORS)
    product = 0.0 if value["let_run"] else 100 * prod(value["factors"][name] for name in FACTORS)
    assert value["priority"] == round(product, 1)
    assert all(isinstance(words, str) for words in value["because"])
    minutes = [minute for minute, _ in value["course"]]
    assert minutes == sorted(set(minutes))
    assert len(minutes) <= 60
    assert 0 <= value["peak"] <= 100


def is_error(value: dict[str, Any], *codes: str) -> None:
    """An error with one of the codes, in words that somebody can read."""
    has(value, "error")
    has(value["error"], "code", "message")
    assert value["error"]["code"] in codes, value
    assert value["error"]["message"]
