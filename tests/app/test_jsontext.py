"""JSON from outside: what is taken, and that everything else is one clear refusal."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.jsontext import dumps, is_text, loads, valid
from app.models import ConversationIn, MessageIn

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "{",
        '{"a": NaN}',
        '{"a": 1e999}',
        '{"a": Infinity}',
        '{"a": -Infinity}',
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"a": ' + "[" * 50_000 + "]" * 50_000 + "}",
        '{"a": ' + "9" * 5_000 + "}",
        b"\xff\xfe{}",
        b'{"a": "\xed\xa0\x80"}',
        "[]",
        "1",
        '"text"',
        "null",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_not_a_plain_object_is_refused(text: str | bytes):
    """Nothing but a JSON object gets in, and no attempt raises anything but `bad_json`."""
    with pytest.raises(Refused) as refused:
        loads(text)
    assert refused.value.code == "bad_json"
    assert refused.value.status == 400


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_what_goes_out_comes_in_again(value: dict):
    """Whatever JSON object we send, we could read."""
    assert loads(dumps(value)) == value


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str):
    """No text raises anything else."""
    with suppress(Refused):
        assert isinstance(loads(text), dict)


def test_nothing_that_is_no_json_goes_out():
    """A NaN of our own would be a mistake, not a frame."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"a": float("nan")})


def test_a_refusal_names_every_field_that_is_wrong():
    """The sender sees all mistakes at once, the first one in the message."""
    with pytest.raises(Refused) as refused:
        valid(MessageIn, {"role": "boss", "text": 7})
    error = refused.value.wire()
    assert error["code"] == "invalid"
    assert [item["field"] for item in error["detail"]] == ["role", "text"]
    assert error["message"].startswith("role: ")


@pytest.mark.parametrize("text", ["\ud800", "ok \udfff"])
def test_half_a_surrogate_pair_is_invalid_text(text: str):
    """Wherever it stands, it cannot be sent on, kept or shown; escaped or as a byte that was no UTF-8."""
    for raw in (json.dumps({"a": [text]}), json.dumps({text: 1}), json.dumps({"a": text}, ensure_ascii=False)):
        with pytest.raises(Refused) as refused:
            loads(raw)
        assert refused.value.code == "invalid_text"
    assert not is_text(text)


def test_a_whole_surrogate_pair_is_a_character():
    """Senders that escape everything beyond ASCII are understood."""
    assert loads('{"text": "\\ud83d\\ude00"}') == {"text": "😀"}


def test_a_long_key_is_named_in_short():
    """An error is not longer than it needs to be."""
    with pytest.raises(Refused) as refused:
        valid(ConversationIn, {"slots": {"k" * 5_000: 1}})
    assert len(json.dumps(refused.value.wire())) < 1_000
