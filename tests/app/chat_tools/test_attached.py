"""Messages that are files alone, of every tool: they are messages, and nothing is read out of a name."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from app.chat_tools import TOOLS, Event
from app.chat_tools.attached import File, names, words
from assist.conversation.state import Conversation
from assist.engine import Engine, Heard
from assist.message import Message, Role
from tests.app.chat_tools import test_others as others
from tests.app.chat_tools.test_chatwoot import message as chatwoot
from tests.app.chat_tools.test_zendesk import PREFIX
from tests.app.chat_tools.test_zendesk import said as sunshine
from tests.conftest import Talk

INVOICE = "invoice.pdf"
BLOB = "https://chat.example.com/rails/active_storage/blobs/redirect/eyJf/invoice%2Epdf?x=1"
OOB = (
    '<message from="casey@y/web" to="ann@x" id="5">{body}<x xmlns="jabber:x:oob"><url>https://up.example/8/cat.jpg</url>'
    "</x></message>"
)
TWILIO = {"EventType": "onMessageAdded", "ConversationSid": "CH", "MessageSid": "IM", "Author": "+47"}
MEDIA = [{"Sid": "ME", "ContentType": "application/pdf", "Filename": "invoice.pdf"}]
STREAM = {"type": "com.twilio.conversations.message.added", "data": {**TWILIO, "MessageBody": None, "Media": MEDIA}}
COMMENT = {"id": 4, "is_public": True, "author": {"is_staff": False}, "body": ""}
PDF = {"content_type": "application/pdf", "filename": "invoice.pdf", "name": "invoice.pdf"}


def one(tool: str, body: Any) -> Event:
    """The one event of a delivery."""
    (event,) = TOOLS[tool].parse({}, body if isinstance(body, bytes) else json.dumps(body).encode())
    return event


def zendesk(kind: str, **event: Any) -> dict[str, Any]:
    """A delivery of Zendesk."""
    return {"type": PREFIX + kind, "id": "e", "subject": "zen:ticket:12", "event": event}


CAME = {
    "chatwoot, an image": ("chatwoot", chatwoot(content=None, attachments=[{"file_type": "image"}]), "image"),
    "chatwoot, a file": (
        "chatwoot",
        chatwoot(content="", attachments=[{"file_type": "file", "data_url": BLOB}]),
        INVOICE,
    ),
    "chatwoot, empty HTML": ("chatwoot", chatwoot(content="<p></p>\n", attachments=[{"file_type": "audio"}]), "audio"),
    "zendesk, a comment": (
        "zendesk",
        zendesk("ticket.comment_added", comment={**COMMENT, "attachments": [PDF]}),
        INVOICE,
    ),
    "zendesk, nothing told": ("zendesk", zendesk("ticket.comment_added", comment=COMMENT), "file"),
    "zendesk, messaging": (
        "zendesk",
        zendesk("messaging_ticket.message_added", message={"id": "m", "body": ""}),
        "file",
    ),
    "sunshine, an image": ("sunshine", {"events": [sunshine("user", type="image", altText="cat.png")]}, "image"),
    "sunshine, a file": ("sunshine", {"events": [sunshine("user", type="file", altText="invoice.pdf")]}, INVOICE),
    "livechat": (
        "livechat",
        others.livechat(
            "incoming_event", event=others.spoken(type="file", text=None, name="cat", content_type="image/png")
        ),
        "image",
    ),
    "front": ("front", others.front("inbound_received", text="", attachments=[PDF]), INVOICE),
    "front, a comment": ("front", others.front("new_comment_added", body="", attachments=[PDF]), INVOICE),
    "intercom": ("intercom", others.intercom("user.replied", "user", body=None, attachments=[PDF]), INVOICE),
    "intercom, in HTML": ("intercom", others.intercom("user.replied", "user", body='<p><img src="x"></p>'), "image"),
    "slack": (
        "slack",
        others.slack(ts="1.2", user="U", subtype="file_share", text="", files=[{"name": "a.mp4"}]),
        "video",
    ),
    "matrix, an image": ("matrix", others.matrix({"msgtype": "m.image", "body": "cat.png"}), "image"),
    "matrix, a file": ("matrix", others.matrix({"msgtype": "m.file", "body": "invoice.pdf"}), INVOICE),
    "matrix, with words": (
        "matrix",
        others.matrix({"msgtype": "m.file", "body": "Here it is", "filename": "invoice.pdf"}),
        INVOICE,
        "Here it is",
    ),
    "rocketchat": (
        "rocketchat",
        others.rocketchat(
            "Message", {"_id": "1", "msg": "", "file": {"name": "invoice.pdf", "type": "application/pdf"}}
        ),
        INVOICE,
    ),
    "twilio, a form": ("twilio", urlencode({**TWILIO, "Media": json.dumps(MEDIA)}).encode(), INVOICE),
    "twilio, the stream": ("twilio", [STREAM], INVOICE),
    "xmpp": ("xmpp", others.xmpp(OOB.format(body="<body>https://up.example/8/cat.jpg</body>")), "image"),
    "xmpp, without a body": ("xmpp", others.xmpp(OOB.format(body="")), "image"),
    "xmpp, with words": ("xmpp", others.xmpp(OOB.format(body="<body>Look</body>")), "image", "Look"),
    "generic": (
        "generic",
        {"messages": [{"conversation": "c", "id": "1", "attachments": ["https://x.example/invoice.pdf"]}]},
        INVOICE,
    ),
}


@pytest.mark.parametrize("told", CAME.values(), ids=CAME)
def test_what_came_is_told(told: tuple[Any, ...]) -> None:
    """By its kind or its name, with the words that came with it or with none."""
    tool, body, name, *text = told
    event = one(tool, body)
    assert (event.kind, event.attachments, event.text) == ("message", (name,), text[0] if text else "")
    assert event.wire()["attachments"] == [name]
    assert not event.needs_fetch


def test_words_that_come_with_a_file_stay() -> None:
    """In every tool by the same function."""
    event = one("chatwoot", chatwoot(attachments=[{"file_type": "image"}] * 2))
    assert (event.text, event.attachments) == ("Where is it?", ("image", "image"))
    assert words("Hello", ("image",)) == "Hello"
    assert words(None, ()) is None
    assert words(" ", ()) == " "


def test_a_deletion_has_no_files() -> None:
    """They are gone with it."""
    gone = chatwoot(event="message_updated", content_attributes={"deleted": True}, attachments=[{"file_type": "image"}])
    assert (one("chatwoot", gone).kind, one("chatwoot", gone).attachments) == ("delete", ())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a" * 500 + ".pdf", "a" * 80),
        ("a\x00\u202eb\n.pdf", "ab.pdf"),
        ("<b>.pdf", "<b>.pdf"),
        ("\x01", "file"),
        (" ", "file"),
        (None, "file"),
        ("IMG_1.JPG", "image"),
    ],
)
def test_a_name_is_text_of_the_customers(name: str | None, shown: str) -> None:
    """Cut and printable; where none is left it is a file."""
    assert names([File(None, name)]) == (shown,)


def test_twenty_files_are_kept() -> None:
    """A message has no more."""
    assert names([File("image/png")] * 1_000) == ("image",) * 20


@pytest.mark.parametrize(
    ("listed", "found"),
    [(5, []), ("x", []), ({}, []), ([5, None, "x"], []), ([{}], [("file",)]), ([{"file_type": 5}], [("file",)]),
     ([{"data_url": "http://[x"}], [("file",)])],
)  # fmt: skip
def test_junk_among_the_files_is_taken_for_what_it_is(listed: Any, found: list[tuple[str]]) -> None:
    """Whatever stands there, nothing is raised; what is no object is no file."""
    body = json.dumps(chatwoot(content=None, attachments=listed)).encode()
    assert [event.attachments for event in TOOLS["chatwoot"].parse({}, body)] == found


@pytest.mark.parametrize(
    "name", ["image", "file", "invoice.pdf", "I will kill you.pdf", "complaint about my lawyer.pdf"]
)
def test_nothing_is_read_out_of_a_name(tier_engine: Engine, name: str) -> None:
    """No signal, nothing marked, and the tension stays where it was; but the customer has written, and waits."""
    talk = Talk(tier_engine, Conversation("talk"))

    def file() -> Heard:
        talk.at += timedelta(seconds=1)
        seq = talk.state.seq + 1
        heard = tier_engine.hear(talk.state, Message(f"m{seq}", seq, Role.CUSTOMER, "", talk.at, attachments=(name,)))
        talk.state = heard.conversation
        return heard

    first = file()
    assert {signal for signal, value in first.reading.signals.items() if value} == set()
    assert first.reading.cues == ()
    assert first.conversation.waiting_since == first.message.at
    angry = talk.customer("This is the third time I ask, and nobody answers me. I am really angry now!")
    assert file().conversation.tension == pytest.approx(angry.conversation.tension, abs=0.1)
    assert talk.state.run == 3
