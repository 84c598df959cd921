"""Who has the conversation in the tool, where a message tells it."""

import json
from typing import Any

import pytest

from app.chat_tools import TOOLS
from tests.app.chat_tools import test_others as others
from tests.app.chat_tools.test_attached import COMMENT, zendesk
from tests.app.chat_tools.test_chatwoot import DANA
from tests.app.chat_tools.test_chatwoot import message as chatwoot


def meta(**more: Any) -> dict[str, Any]:
    """A message of Chatwoot in a conversation that somebody has."""
    return chatwoot(conversation={"id": 8, "meta": {"assignee": DANA, **more}})


USERS = [{"id": "u-1", "type": "customer"}, {"id": "was@x.example", "type": "agent", "present": False},
         {"id": "ann@x.example", "type": "agent"}]  # fmt: skip
CHAT = {"id": "C", "users": USERS, "thread": {"events": [others.spoken()]}}
FRONT = others.front("inbound_received", text="Hi")
FRONT["payload"]["conversation"]["assignee"] = {"id": "tea_1"}
INTERCOM = others.intercom("user.replied", "user")
INTERCOM["data"]["item"]["admin_assignee_id"] = 77
SAID = {"_id": "1", "msg": "Hi", "username": "guest-1"}
TOLD = {
    "chatwoot": ("chatwoot", meta(), "9"),
    "chatwoot, a person": ("chatwoot", meta(assignee_type="User"), "9"),
    "chatwoot, a bot": ("chatwoot", meta(assignee_type="AgentBot"), None),
    "chatwoot, nobody": ("chatwoot", meta(assignee=None), None),
    "livechat": ("livechat", others.livechat("incoming_chat", chat=CHAT), "ann@x.example"),
    "livechat, later": ("livechat", others.livechat("incoming_event", event=others.spoken()), None),
    "front": ("front", FRONT, "tea_1"),
    "intercom": ("intercom", INTERCOM, "77"),
    "zendesk": (
        "zendesk",
        {
            **zendesk("ticket.comment_added", comment={**COMMENT, "body": "Hi"}),
            "detail": {"id": "12", "assignee_id": "5"},
        },
        "5",
    ),
    "rocketchat": ("rocketchat", others.rocketchat("Message", SAID, agent={"username": "ann"}), "ann"),
    "xmpp": ("xmpp", others.xmpp('<message from="c@y/web" to="ann@x/desk" id="5"><body>Hi</body></message>'), "ann@x"),
    "xmpp, a carbon": ("xmpp", others.xmpp(others.CARBON.format(who="ann@x")), "ann@x"),
    "generic": ("generic", {"messages": [{"conversation": "c", "id": "1", "text": "Hi", "assignee": "dana"}]}, "dana"),
}


@pytest.mark.parametrize(("tool", "body", "who"), TOLD.values(), ids=TOLD)
def test_a_message_tells_who_has_the_conversation(tool: str, body: Any, who: str | None) -> None:
    """By the tool's own id; where nobody has it, or the tool does not tell, it says nothing."""
    (event,) = TOOLS[tool].parse({}, json.dumps(body).encode())
    assert event.kind == "message"
    assert event.wire().get("assignee") == who
