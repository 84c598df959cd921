"""What we ask of the tools' APIs: each call as the tool has it, and nothing that people wrote is overwritten."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from app.chat_tools import TOOLS, Account
from app.chat_tools.talk import WRITES, Ask, Reply, Talk
from tests.app.chat_tools.test_contracts import FOLDER, present

HERE = Account("https://tool.example.com", "a-token", "3")
CHATWOOT, FRONT = TOOLS["chatwoot"].api, TOOLS["front"].api
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def held(talk: Talk[Any], *answers: Any) -> tuple[Sequence[Ask], Any]:
    """What a talk asks when it is answered so, and what it comes to; it asks no more than there are answers."""
    asked, left = [next(talk)], list(answers)
    try:
        while left:
            asked.append(talk.send(Reply(200, left.pop(0))))
    except StopIteration as end:
        assert not left, "it ended before all answers were given"
        return asked, end.value
    raise AssertionError(f"it asks on: {asked[-1]}")


def contract(name: str) -> Any:
    """A request of Chatwoot's."""
    return json.loads((FOLDER / "chatwoot" / f"writeback_{name}_request.json").read_text())


def test_a_label_comes_among_those_of_people() -> None:
    """Chatwoot replaces all: they are read first; of ours only the last one stays."""
    before = {"payload": ["billing", "steadyhand-tense", "steadyhand-of-somebody"]}
    (_, write), _ = held(CHATWOOT.label(HERE, "17", "steadyhand-critical"), before, {})
    assert write.body == {"labels": ["billing", "steadyhand-of-somebody", "steadyhand-critical"]}
    assert write.url == "https://tool.example.com/api/v1/accounts/3/conversations/17/labels"
    assert write.headers["api_access_token"] == "a-token"


def test_what_is_as_it_should_be_is_not_written() -> None:
    """A repeat after a crash changes nothing: label, score, priority and note."""
    for talk, there in (
        (CHATWOOT.label(HERE, "17", "steadyhand-tense"), {"payload": ["steadyhand-tense", "billing"]}),
        (CHATWOOT.label(HERE, "17", None), {"payload": ["billing"]}),
        (CHATWOOT.score(HERE, "17", 78), {"custom_attributes": {"plan": "pro", "tension_score": 78}}),
        (CHATWOOT.priority(HERE, "17"), {"priority": "urgent"}),
        (CHATWOOT.note(HERE, "17", "Handed over."), {"payload": [{"private": True, "content": "Handed over."}]}),
        (FRONT.note(HERE, "cnv_1", "Handed over."), {"_results": [{"body": "Handed over."}]}),
    ):
        asked, _ = held(talk, there)
        assert [one.method for one in asked] == ["GET"]


@present
def test_chatwoot_is_written_to_as_its_contract_says() -> None:
    """The bodies of the known requests, with our words in them."""
    (_, write), _ = held(CHATWOOT.score(HERE, "17", 78), {"custom_attributes": {"plan": "pro"}}, {})
    assert write.body == contract("custom_attributes")
    (write,), _ = held(CHATWOOT.assign(HERE, "17", "7"), {})
    assert write.body == contract("assignment")
    (_, write), _ = held(CHATWOOT.label(HERE, "17", "steadyhand-tense"), {"payload": ["billing"]}, {})
    assert write.body.keys() == contract("labels").keys()
    (_, write), _ = held(CHATWOOT.note(HERE, "17", "Handed over."), {"payload": []}, {})
    known = contract("private_note")
    assert {name: write.body[name] for name in known} == {**known, "content": "Handed over."}


def test_an_answer_of_any_shape_is_no_crash() -> None:
    """What a tool answers is as little trusted as what it sends."""
    for nonsense in (None, [], "no", {"payload": "x"}, {"custom_attributes": 7}, {"data": {"payload": [7, None]}}):
        held(CHATWOOT.note(HERE, "17", "x"), nonsense, nonsense)
        held(CHATWOOT.label(HERE, "17", "steadyhand-tense"), nonsense, nonsense)
        held(CHATWOOT.score(HERE, "17", 1), nonsense, nonsense)
        assert held(CHATWOOT.missed(HERE, BEGIN), nonsense)[1] == []
        assert held(FRONT.fetch(HERE, "msg_1"), nonsense)[1] is None


def test_a_name_of_a_conversation_stays_in_its_place_of_the_address() -> None:
    """Whatever a tool called it."""
    asked, _ = held(FRONT.assign(HERE, "../../me?x=1#", "tea_1"), {})
    assert asked[0].url == "https://tool.example.com/conversations/..%2F..%2Fme%3Fx%3D1%23/assignee"


def told(number: int, at: int, **more: Any) -> dict[str, Any]:
    """A message as REST tells it."""
    usual = {"id": number, "content": f"line {number}", "created_at": at, "message_type": 0, "private": False}
    return {**usual, "sender": {"id": 5, "name": "Casey"}, **more}


def test_what_was_missed_is_read_page_by_page_until_it_is_old() -> None:
    """Conversations by their newest message, messages backwards from it; roles and notes as webhooks tell them."""
    now = int(BEGIN.timestamp())
    newer = {"id": 17, "last_activity_at": now + 60, "meta": {"channel": "Channel::WebWidget"}}
    older = {"id": 16, "last_activity_at": now - 60}
    agent = {"message_type": 1, "sender": {"id": 9, "type": "user"}}
    asked, events = held(
        CHATWOOT.missed(HERE, BEGIN),
        {"data": {"payload": [newer, older]}},
        {"payload": [told(2, now + 20, **agent), told(3, now + 30, **agent, private=True)]},
        {"payload": [told(0, now - 5), told(1, now + 10, content="<p>a &lt; b</p>\n")]},
    )
    assert [one.url.rpartition("/")[2] for one in asked][1:] == ["messages", "messages?before=2"]
    assert [(one.message, one.role, one.private, one.text) for one in events] == [
        ("2", "agent", False, "line 2"),
        ("3", "agent", True, "line 3"),
        ("1", "customer", False, "a < b"),
    ]
    assert {one.conversation for one in events} == {"17"}


def test_a_message_that_tells_its_sender_by_number_has_a_role() -> None:
    """Older versions; what nobody is known to have sent is the system's."""
    now = int(BEGIN.timestamp()) + 1
    bare = {"sender": None}
    messages = [
        told(1, now, **bare),
        told(2, now, message_type=1, sender_type="User", sender_id=9, **bare),
        told(3, now, message_type=3, **bare),
    ]
    listed = {"data": {"payload": [{"id": 17, "last_activity_at": now}]}}
    _, events = held(CHATWOOT.missed(HERE, BEGIN), listed, {"payload": messages}, {"payload": []}, {"data": {}})
    assert [(one.role, one.author) for one in events] == [("customer", None), ("agent", "9"), ("system", None)]


@pytest.mark.parametrize("tool", ["zendesk", "front", "intercom", "chatwoot"])
def test_every_write_that_a_tool_has_is_a_call_to_its_own_address(tool: str) -> None:
    """With the token in a header, never in the address."""
    values = {"note": ("text",), "label": ("steadyhand-tense",), "score": (50,), "assign": ("7",), "priority": ()}
    api = TOOLS[tool].api
    assert set(api.writes) <= set(WRITES)
    for write in api.writes:
        first = next(getattr(api, write)(HERE, "17", *values[write]))
        assert first.url.startswith("https://tool.example.com/")
        assert "17" in first.url
        assert "a-token" not in first.url
        assert any("a-token" in value for value in first.headers.values())
