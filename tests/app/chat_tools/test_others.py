"""Deliveries of the other tools, by payloads of our own: roles, notes, edits, deletions, and what is left aside."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from app.chat_tools import TOOLS, Event


def events(tool: str, body: Any) -> list[Event]:
    """What a body comes to."""
    return TOOLS[tool].parse({}, body if isinstance(body, bytes) else json.dumps(body).encode())


def short(tool: str, body: Any) -> list[tuple[Any, ...]]:
    """The same, as kind, message, role, private and text."""
    return [(one.kind, one.message, one.role, one.private, one.text) for one in events(tool, body)]


def livechat(action: str, **payload: Any) -> dict[str, Any]:
    """A delivery of LiveChat."""
    return {"action": action, "secret_key": "k", "payload": {"chat_id": "C", **payload}}


def spoken(author: object = "u-1", **more: Any) -> dict[str, Any]:
    """An event of a LiveChat thread."""
    return {"id": "e", "type": "message", "text": "Hi", "author_id": author, "visibility": "all", **more}


def test_livechat_tells_roles_by_the_users_of_the_chat() -> None:
    """Where they come with it; else an agent's id is an address."""
    users = [{"id": "ann", "type": "agent"}, {"id": "c@x.example", "type": "customer"}, {"id": "b", "type": "bot"}]
    thread = [spoken("ann"), spoken("c@x.example"), spoken("b"), spoken("u-1"), spoken("d@x.example"), spoken(None)]
    told = events("livechat", livechat("incoming_chat", chat={"id": "C", "users": users, "thread": {"events": thread}}))
    assert [one.role for one in told] == ["agent", "customer", "system", "customer", "agent", "system"]


@pytest.mark.parametrize("visibility", ["agents", None, 5])
def test_livechat_is_private_unless_it_says_all(visibility: object) -> None:
    """A note to the team is not the customer's anger."""
    assert events("livechat", livechat("incoming_event", event=spoken(visibility=visibility)))[0].private


def test_livechat_changes() -> None:
    """Edit, deletion, end and transfer."""
    assert short("livechat", livechat("event_updated", event=spoken(text="Ho")))[0][:3] == ("edit", "e", "customer")
    assert short("livechat", livechat("event_deleted", event_id="e"))[0][:2] == ("delete", "e")
    assert events("livechat", livechat("chat_deactivated"))[0].resolved is True
    assert events("livechat", livechat("chat_transferred", transferred_to={"agent_ids": ["a@b"]}))[0].assignee == "a@b"
    assert events("livechat", livechat("incoming_event", event=spoken(type="filled_form"))) == []
    assert events("livechat", livechat("something_new")) == []


def front(kind: str, **data: Any) -> dict[str, Any]:
    """A delivery of Front."""
    return {
        "type": kind,
        "payload": {"id": "evt", "conversation": {"id": "cnv"}, "target": {"data": {"id": "m", **data}}},
    }


def test_front_previews_have_to_be_fetched() -> None:
    """Nobody reads the tension of half a sentence."""
    (preview,) = events("front", front("inbound_received", blurb="Where is my re...", is_inbound=True))
    assert (preview.role, preview.text, preview.needs_fetch) == ("customer", None, True)
    (whole,) = events("front", front("inbound_received", text="Where is my refund?", is_inbound=True))
    assert (whole.text, whole.needs_fetch) == ("Where is my refund?", False)
    (sent,) = events("front", front("outbound_sent", text="Here", is_inbound=False))
    assert sent.role == "agent"


def test_front_comments_are_private() -> None:
    """They are for the team."""
    assert short("front", front("new_comment_added", body="angry")) == [("message", "m", "agent", True, "angry")]
    assert events("front", front("conversation_archived"))[0].resolved is True
    assert events("front", front("assignee_changed", id="tea_1"))[0].assignee == "tea_1"
    assert events("front", front("conversation_snoozed")) == []


def intercom(topic: str, author: str | None, **part: Any) -> dict[str, Any]:
    """A notification of Intercom."""
    newest = {"id": "p", "part_type": "comment", "body": "<p>Hi</p>", "author": {"type": author}, **part}
    item = {"id": "5", "conversation_parts": {"conversation_parts": [{"id": "older", "body": "no"}, newest]}}
    return {"topic": "conversation." + topic, "id": "notif", "data": {"item": item}}


def test_intercom_notes_and_roles() -> None:
    """The newest part is what happened."""
    assert short("intercom", intercom("user.replied", "lead")) == [("message", "p", "customer", False, "Hi")]
    assert short("intercom", intercom("admin.noted", "admin", part_type="note"))[0][2:4] == ("agent", True)
    assert short("intercom", intercom("operator.replied", "bot"))[0][2] == "bot"
    assert short("intercom", intercom("user.replied", None))[0][2] == "system"
    assert short("intercom", intercom("user.replied", "user", redacted=True))[0][0] == "delete"
    assert events("intercom", intercom("admin.closed", "admin"))[0].resolved is True
    assert events("intercom", intercom("contact.attached", "admin")) == []


def slack(**event: Any) -> dict[str, Any]:
    """A delivery of the Events API."""
    return {"type": "event_callback", "event_id": "Ev", "event": {"type": "message", "channel": "C", **event}}


def test_slack_says_what_was_typed() -> None:
    """Escapes and marks are read; a bot is a bot."""
    typed = slack(ts="1.2", user="U", text="a &lt; b &amp;amp; <@U2> <https://x.example|here> <!channel>")
    assert short("slack", typed) == [("message", "1.2", "customer", False, "a < b &amp; @U2 here @channel")]
    assert short("slack", slack(ts="1.2", bot_id="B", text="x"))[0][2] == "bot"
    assert short("slack", slack(ts="1.2", text="x"))[0][2] == "system"
    assert (
        short("slack", slack(subtype="message_changed", message={"ts": "1", "user": "U", "text": "y"}))[0][0] == "edit"
    )
    assert short("slack", slack(subtype="message_deleted", deleted_ts="1"))[0][:2] == ("delete", "1")
    assert events("slack", slack(subtype="channel_join", ts="1", user="U", text="joined")) == []
    assert events("slack", {"type": "url_verification", "challenge": "x"}) == []
    assert events("slack", b"payload=%7B%7D") == []


def matrix(content: Any, kind: str = "m.room.message", **more: Any) -> dict[str, Any]:
    """A transaction."""
    return {"events": [{"type": kind, "room_id": "!r", "event_id": "$e", "sender": "@c:x", "content": content, **more}]}


def test_matrix_edits_redactions_and_replies() -> None:
    """A room id needs no server part; a state event is no message."""
    text = {"msgtype": "m.text", "body": "Hi"}
    assert short("matrix", matrix(text)) == [("message", "$e", "customer", False, "Hi")]
    assert short("matrix", matrix({**text, "msgtype": "m.notice"}))[0][2] == "bot"
    edit = {
        "msgtype": "m.text",
        "body": "* Ho",
        "m.new_content": text,
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$0"},
    }
    assert short("matrix", matrix(edit)) == [("edit", "$0", "customer", False, "Hi")]
    assert short("matrix", matrix({"redacts": "$0"}, "m.room.redaction"))[0][:2] == ("delete", "$0")
    quoted = {
        "msgtype": "m.text",
        "body": "> <@a:x> said\n> more\n\nmine",
        "m.relates_to": {"m.in_reply_to": {"event_id": "$0"}},
    }
    assert short("matrix", matrix(quoted))[0][4] == "mine"
    assert events("matrix", matrix(text, state_key="")) == []
    assert events("matrix", matrix({"msgtype": "m.key.verification.request", "body": "cat.png"})) == []


def test_matrix_typing_is_the_whole_set() -> None:
    """An empty one stops everybody."""
    body = {"events": [], "ephemeral": [{"type": "m.typing", "room_id": "!r", "content": {"user_ids": ["@c:x"]}}]}
    assert [(one.author, one.on) for one in events("matrix", body)] == [("@c:x", True)]
    body["ephemeral"][0]["content"] = {"user_ids": []}
    assert [(one.role, one.on) for one in events("matrix", body)] == [("customer", False), ("agent", False)]


def rocketchat(kind: str, *messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A delivery of Rocket.Chat."""
    return {
        "_id": "room",
        "type": kind,
        "visitor": {"username": "guest-1", "name": "Casey"},
        "messages": messages,
        **more,
    }


def test_rocketchat_knows_agents_by_their_id() -> None:
    """A closing message is nobody's."""
    told = rocketchat(
        "LivechatSession",
        {"_id": "1", "msg": "Hi", "username": "guest-1"},
        {"_id": "2", "msg": "Hello", "username": "ann", "agentId": "A"},
        {"_id": "3", "msg": "closed", "username": "ann", "agentId": "A", "closingMessage": True},
        {"_id": "4", "msg": "?", "username": "somebody"},
    )
    assert [one.role for one in events("rocketchat", told)[:4]] == ["customer", "agent", "system", "system"]
    assert events("rocketchat", told)[4].resolved is True
    taken = rocketchat("LivechatSessionTaken", servedBy={"username": "ann"})
    assert events("rocketchat", taken)[0].assignee == "ann"
    assert events("rocketchat", rocketchat("LeadCapture")) == []


def test_twilio_forms_and_streams() -> None:
    """A form, or events of the stream; the system's author is nobody."""
    form = {
        "EventType": "onMessageAdded",
        "ConversationSid": "CH",
        "MessageSid": "IM",
        "Author": "+47",
        "Body": "Hi & bye",
    }
    assert short("twilio", urlencode(form).encode()) == [("message", "IM", "customer", False, "Hi & bye")]
    data = {"ConversationSid": "CH", "MessageSid": "IM", "Author": "system", "MessageBody": "Hi"}
    stream = [{"type": "com.twilio.conversations.message.added", "id": "NO", "data": data}]
    assert short("twilio", stream) == [("message", "IM", "system", False, "Hi")]
    removed = {**form, "EventType": "onMessageRemoved"}
    assert short("twilio", urlencode(removed).encode())[0][0] == "delete"
    assert events("twilio", urlencode({**form, "EventType": "onParticipantAdded"}).encode()) == []


def xmpp(stanza: str) -> dict[str, str]:
    """As the session hands it on."""
    return {"stanza": stanza}


CARBON = (
    '<message from="{who}" to="ann@x/desk"><sent xmlns="urn:xmpp:carbons:2"><forwarded xmlns="urn:xmpp:forward:0">'
    '<message xmlns="jabber:client" from="ann@x/phone" to="casey@y/web" id="7"><body>mine</body></message>'
    "</forwarded></sent></message>"
)


def test_xmpp_messages_corrections_and_carbons() -> None:
    """A carbon of one's own is the agent's word; from anybody else it is a forgery."""
    said = '<message from="casey@y/web" to="ann@x" id="5"><body>a &lt; b</body></message>'
    assert short("xmpp", xmpp(said)) == [("message", "5", "customer", False, "a < b")]
    replace = '<replace xmlns="urn:xmpp:message-correct:0" id="5"/>'
    corrected = said.replace('id="5"', 'id="6"', 1).replace("</body>", "</body>" + replace)
    assert short("xmpp", xmpp(corrected))[0][:2] == ("edit", "5")
    (own,) = events("xmpp", xmpp(CARBON.format(who="ann@x")))
    assert (own.conversation, own.role, own.text) == ("casey@y", "agent", "mine")
    assert events("xmpp", xmpp(CARBON.format(who="mallory@z"))) == []


STATES, AT = "http://jabber.org/protocol/chatstates", "2026-03-02T09:00:00Z"


@pytest.mark.parametrize(
    "stanza",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><message from="c@y" id="1"><body>&a;</body></message>',
        "<iq/>",
        "<message",
        '<message type="error" from="c@y" id="1"><body>x</body></message>',
        f'<message from="c@y"><composing xmlns="{STATES}"/><delay xmlns="urn:xmpp:delay" stamp="{AT}"/></message>',
        "<a>" * 50_000,
    ],
)
def test_xmpp_leaves_aside_what_is_no_message(stanza: str) -> None:
    """A document type is not even read; who typed long ago does not type now."""
    assert events("xmpp", xmpp(stanza)) == []


def test_generic_takes_normalised_events_and_messages() -> None:
    """A note is private; a role that there is not is nobody's."""
    told = {"messages": [{"conversation": "c", "id": "1", "role": "customer", "text": "Hi"},
                         {"conversation": "c", "id": "2", "role": "note", "text": "psst"},
                         {"conversation": "c", "id": "3", "role": "boss", "text": "x"},
                         {"conversation": "c", "role": "customer", "text": "no id"}, 5]}  # fmt: skip
    assert short("generic", told) == [
        ("message", "1", "customer", False, "Hi"),
        ("message", "2", "agent", True, "psst"),
        ("message", "3", "system", False, "x"),
    ]
    (typing,) = events("agent-assist", {"kind": "typing", "conversation": "c", "role": "customer", "on": True})
    assert typing.on is True
    assert events("generic", {"events": [{"kind": "delete", "conversation": "c", "message": "1"}]})[0].kind == "delete"
