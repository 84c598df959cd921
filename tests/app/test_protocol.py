"""The talk on a socket without a socket: text in, one valid frame out."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth import Principal
from app.errors import Refused
from app.protocol import ALL_TYPES, DOOR_ROLES, FRAMES, Protocol, ref_of
from tests.app.test_jsontext import JSON


def principal(role: str) -> Principal:
    """Somebody."""
    return Principal("ann", role, "default", ("a",), datetime(2026, 1, 1, tzinfo=UTC))


def refuse(token: str) -> Principal:
    """Takes no token."""
    raise Refused("unauthorized", token)


@pytest.mark.parametrize("door", DOOR_ROLES)
def test_a_door_takes_its_own_roles(door: str):
    """The right role gets in, every other one is told for whom the door is."""
    for role in ("agent", "supervisor", "ingest", "admin"):
        protocol = Protocol(door, principal)
        if role in DOOR_ROLES[door]:
            assert protocol.hello(json.dumps({"type": "hello", "token": role})).role == role
        else:
            with pytest.raises(Refused, match="this socket is for"):
                protocol.hello(json.dumps({"type": "hello", "token": role}))


@pytest.mark.parametrize("text", ["{}", '{"type": "message"}', '{"type": "hello"}', '{"type": "hello", "token": ""}'])
def test_nothing_comes_before_a_hello_with_a_token(text: str):
    """And what comes is not shown to the check of tokens."""
    with pytest.raises(Refused) as refused:
        Protocol("agent", principal).hello(text)
    assert refused.value.code == "unauthorized"


def test_a_frame_keeps_unknown_keys_out():
    """Senders may add to their frames."""
    frame = Protocol("agent", principal).receive('{"type": "unsubscribe", "conversation": "c", "colour": "red"}')
    assert frame.model_dump() == {"ref": None, "conversation": "c"}


@given(st.sampled_from(sorted(FRAMES)), st.dictionaries(st.sampled_from(["conversation", "role", "text", "ref"]), JSON))
def test_any_frame_is_read_or_refused(door: str, body: dict):
    """No value in any field raises anything else, and every refusal can be sent with its ref."""
    for name in ALL_TYPES:
        text = json.dumps({**body, "type": name})
        try:
            frame = Protocol(door, principal).receive(text)
        except Refused as refused:
            json.dumps({"error": refused.wire(), **ref_of(text)}, ensure_ascii=False).encode()
        else:
            assert type(frame) is FRAMES[door][name]


@given(JSON)
def test_any_type_is_read_or_refused(name: object):
    """Also one that is no text."""
    with pytest.raises(Refused):
        Protocol("agent", principal).receive(json.dumps({"type": name}))


def test_an_error_goes_back_with_what_tells_its_frame():
    """Ref, conversation and id, where they can be sent; from text that is no JSON nothing."""
    assert ref_of('{"ref": 1, "conversation": "c", "id": "m", "text": "x"}') == {
        "ref": 1,
        "conversation": "c",
        "id": "m",
    }
    assert ref_of('{"ref": "\\ud800", "conversation": [], "id": "m"}') == {"id": "m"}
    assert ref_of("nonsense") == {}
