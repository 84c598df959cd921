"""Every tool's signature, by vectors that we make ourselves: what is forged, old or written anew is not taken."""

import json

import pytest

from app.chat_tools import TOOLS, URL, Tool

NOW = 1_768_816_810.0
OTHER = "another key that is long enough"
ADDRESS = "https://assist.example.com/hooks/twilio/calls"
TIMED = ("chatwoot", "zendesk", "front", "slack", "xmpp", "generic", "agent-assist")
BEARING = ("sunshine", "matrix", "rocketchat", "livechat")  # the secret itself is sent: the body is not signed


def secret_of(tool: Tool) -> str:
    """One that the tool could have."""
    if tool.problem_of_secret("whsec_" + "A" * 32) and not tool.problem_of_secret("a secret of ours"):
        return "a secret of ours"
    return "whsec_c3RlYWR5IGhhbmQga2V5IGZvciB0ZXN0cyBvbmx5"


def delivered(tool: Tool, raw: bytes = b"", now: float = NOW, secret: str | None = None) -> tuple[dict, bytes]:
    """Headers and body as the tool would send them."""
    signed = tool.sign(raw or tool.nothing, secret or secret_of(tool), now, ADDRESS)
    return {**signed.headers, URL: ADDRESS}, signed.raw


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_its_own_delivery_is_taken(tool: Tool) -> None:
    """And comes to nothing, being of a type that no tool has."""
    headers, raw = delivered(tool)
    assert tool.verified(headers, raw, (secret_of(tool),), NOW) == "ok"
    assert tool.parse(headers, raw) == []


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_another_key_is_a_bad_signature(tool: Tool) -> None:
    """So is none at all, and an empty key opens nothing."""
    headers, raw = delivered(tool)
    other = "whsec_b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXI=" if secret_of(tool).startswith("whsec") else OTHER
    assert tool.verified(headers, raw, (other,), NOW) == "bad_signature"
    assert tool.verified(headers, raw, ("",), NOW) == "bad_signature"
    assert tool.verified({}, tool.nothing, (secret_of(tool),), NOW) == "bad_signature"
    assert tool.verified({}, b"", (secret_of(tool),), NOW) == "bad_signature"


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_two_keys_live_at_once(tool: Tool) -> None:
    """While a key is changed in the tool, both are good."""
    headers, raw = delivered(tool)
    assert tool.verified(headers, raw, (OTHER, secret_of(tool)), NOW) == "ok"


@pytest.mark.parametrize("name", TIMED)
@pytest.mark.parametrize("apart", [-100_000, -301, 301, 100_000])
def test_old_and_future_are_too_old(name: str, apart: float) -> None:
    """More than five minutes to either side."""
    tool = TOOLS[name]
    headers, raw = delivered(tool)
    assert tool.verified(headers, raw, (secret_of(tool),), NOW + apart) == "too_old"
    assert tool.verified(headers, raw, (secret_of(tool),), NOW + apart / 1_000) == "ok"


@pytest.mark.parametrize("name", TIMED)
def test_old_and_forged_is_forged(name: str) -> None:
    """A stranger learns nothing about our clock."""
    tool = TOOLS[name]
    headers, raw = delivered(tool)
    assert tool.verified(headers, raw + b" ", (secret_of(tool),), NOW + 10_000) == "bad_signature"


@pytest.mark.parametrize(
    "tool", [tool for tool in TOOLS.values() if tool.name not in BEARING], ids=lambda one: one.name
)
def test_bytes_that_were_written_anew_are_not_the_same(tool: Tool) -> None:
    """An escape becomes a character, and the signature is another one."""
    raw = b'{"event":"x","text":"\\u003cp\\u003e \\u0026"}' if tool.name != "twilio" else b"Body=%3Cp%3E"
    headers, sent = delivered(tool, raw)
    anew = json.dumps(json.loads(sent)).encode() if tool.name != "twilio" else b"Body=%3Cq%3E"
    assert tool.verified(headers, sent, (secret_of(tool),), NOW) == "ok"
    assert tool.verified(headers, anew, (secret_of(tool),), NOW) == "bad_signature"


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
@pytest.mark.parametrize("junk", ["", "é\udcff", "nan", "inf", "-1", "1e400", "9" * 5_000, "v1,", "sha256=", "Bearer "])
def test_junk_in_the_headers_is_a_bad_signature(tool: Tool, junk: str) -> None:
    """Whatever stands there, and whatever the body is."""
    headers, _ = delivered(tool)
    told = dict.fromkeys(headers, junk)
    for raw in (b"", b"\xff\xfe", b"[", b"null", b"5", b'{"secret_key": 5}'):
        assert tool.verified(told, raw, (secret_of(tool),), NOW) == "bad_signature"


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_a_poor_secret_is_named(tool: Tool) -> None:
    """Where somebody could guess it."""
    assert tool.problem_of_secret(secret_of(tool)) is None
    assert tool.problem_of_secret("abc")
