"""What Slack shows for a shortcut: blocks that its own library takes, with nothing in them that Slack would read."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.models.blocks import Block

from app.chat_tools import TOOLS
from app.chat_tools.slack import asked
from app.chat_tools.slack_card import answered, is_slacks, nothing, stranger, suggestion
from app.chat_tools.talk import Ask, Reply
from tests.app.chat_tools.cards import ALL, HOSTILE, THIRD

SAID = {"type": "message", "user": "U7", "ts": "1596183880.004200", "text": "Where is my &lt;refund&gt;?"}
PLACE = "https://hooks.slack.com/app/T1/2/abc"


def shortcut(**more: Any) -> bytes:
    """A message shortcut as Slack posts it."""
    told = {"type": "message_action", "callback_id": "steadyhand", "response_url": PLACE, "trigger_id": "1.2",
            "channel": {"id": "C1", "name": "help"}, "user": {"id": "UANN", "name": "ann"}, "message": SAID,
            "message_ts": SAID["ts"], "team": {"id": "T1"}}  # fmt: skip
    return urlencode({"payload": json.dumps(told | more)}).encode()


def texts(part: Any) -> Iterator[dict[str, Any]]:
    """All text objects of a message."""
    if isinstance(part, dict):
        if "text" in part and isinstance(part["text"], str):
            yield part
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from texts(one)


@pytest.mark.parametrize("glance", ALL.values(), ids=ALL)
def test_slacks_own_library_takes_the_blocks(glance: Any) -> None:
    """Each is of a known kind, valid, and the same when it is written again."""
    message = suggestion(glance)
    parsed = Block.parse_all(message["blocks"])
    for ours, theirs in zip(message["blocks"], parsed, strict=True):
        theirs.validate_json()
        assert theirs.to_dict() == ours
    assert len(message["blocks"]) <= 50
    for one in texts(message["blocks"]):
        assert 1 <= len(one["text"]) <= 3_000


@pytest.mark.parametrize("message", [suggestion(THIRD), suggestion(HOSTILE), nothing(), stranger("<!channel>")])
def test_only_she_sees_it_and_nothing_in_it_is_read(message: Any) -> None:
    """Ephemeral, beside what is there; plain text everywhere, and in the one line that is not, references."""
    assert (message["response_type"], message["replace_original"]) == ("ephemeral", False)
    for one in texts(message.get("blocks", [])):
        assert (one["type"], one["emoji"]) == ("plain_text", False)
    assert not {"<", ">"} & set(message["text"])


def test_a_suggestion_says_what_the_sidebar_says() -> None:
    """Number and word first; each phrase alone in its block, to be copied."""
    blocks = suggestion(THIRD)["blocks"]
    assert blocks[0]["text"]["text"] == "Tension 78: critical, rising"
    sections = [one["text"]["text"] for one in blocks if one["type"] == "section"]
    assert sections == [
        f"Alert: {THIRD.alerts[0]}",
        "Next: Apologize. They have asked three times.",
        f"To do: {THIRD.todo[0]}",
        *THIRD.phrases,
    ]


def test_the_message_under_a_shortcut_is_the_same_as_if_it_had_come_by_itself() -> None:
    """So that it is heard once, whichever comes first."""
    event = {**SAID, "channel": "C1"}
    alone = TOOLS["slack"].parse({}, json.dumps({"type": "event_callback", "event": event}).encode())
    assert TOOLS["slack"].parse({}, shortcut()) == alone
    assert alone[0].text == "Where is my <refund>?"
    found = asked({}, shortcut())
    assert found is not None
    assert (found.conversation, found.by, found.event, found.answer_to) == ("C1", "UANN", alone[0], PLACE)
    assert PLACE not in repr(found)


@pytest.mark.parametrize("message", [None, {}, {"ts": "1.2"}, {**SAID, "subtype": "channel_join"}, "text"])
def test_a_shortcut_on_no_text_still_asks(message: object) -> None:
    """About the channel as it is known."""
    found = asked({}, shortcut(message=message))
    assert found is not None
    assert found.event is None
    assert TOOLS["slack"].parse({}, shortcut(message=message)) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"payload=", b"payload=%7B", b"payload=[]", b"payload=null", b"payload=" + b"[" * 100_000, b"x=1",
     b"\xff=\xff", b"payload=%ff%fe", shortcut(type="block_actions"), shortcut(type="shortcut"), shortcut(channel=None),
     urlencode([("payload", '{"type":"message_action"}')] * 2).encode()],
)  # fmt: skip
def test_other_forms_ask_for_nothing(raw: bytes) -> None:
    """Nor do they bring a message; and the answer is empty."""
    assert asked({}, raw) is None
    assert TOOLS["slack"].parse({}, raw) == []
    assert TOOLS["slack"].answer({}, raw).body == b""


@pytest.mark.parametrize(
    "address",
    ["", "http://hooks.slack.com/a", "https://hooks.slack.com", "https://hooks.slack.com.evil.example/a",
     "https://hooks.slack.com@evil.example/", "https://hooks.slack.com:443/a", "https://user@hooks.slack.com/a",
     "https://evil.example/https://hooks.slack.com/", "//hooks.slack.com/a", "https:/hooks.slack.com/a",
     "https://hooks.slack.com\\@evil.example/", "https://hooks.slack.com/a\r\nhost: x", "https://hooks.slack.com/a b",
     "https://127.0.0.1/", "file:///etc/passwd", "https://hooks.slack.com/\\evil", "https://hooks.sl\u0430ck.com/a"],
)  # fmt: skip
def test_no_other_address_is_answered(address: str) -> None:
    """Whoever signed it."""
    assert not is_slacks(address)


def test_slacks_address_is() -> None:
    """By one call with the message as JSON."""
    assert is_slacks(PLACE)
    talk = answered(PLACE, nothing())
    assert next(talk) == Ask("POST", PLACE, body=nothing())
    with pytest.raises(StopIteration):
        talk.send(Reply(200))
