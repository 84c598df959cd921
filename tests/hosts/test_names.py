"""A conversation has one name: what the server makes of a webhook is what the page makes of what it is shown."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app.chat_tools import TOOLS, Event
from app.connectors import Connector
from app.inbox import conversation_of
from tests.app.chat_tools import test_others as others
from tests.app.chat_tools.test_chatwoot import message as chatwoot
from tests.app.chat_tools.test_zendesk import PREFIX
from tests.conftest import ROOT

NAMES = ROOT / "static" / "hosts" / "names.js"
PROGRAM = Path(__file__).parent / "names_of.mjs"
ROOM = "!2WFi0Ouf8j4ogEtu5PBaWqmC9snZ7tX0OdHLLV5QOrc"  # of version 12: without a server
ODD = [
    *(
        "",
        " ",
        "a b",
        "a\u00a0b",
        "tab\there",
        "nul\x00",
        "\u202eabc",
        "\ufffd",
        "\ud83d",
        "\u2028",
        "\ue000",
        "\u00ad",
    ),
    *("x" * 194, "x" * 195, "x" * 196, "\U0001f600" * 190, "\U0001f600" * 199, "é" * 195, "Жалоба", "a:b", "a%3Ab"),
]


def pages(pairs: list[tuple[str, str]]) -> list[str]:
    """What the page calls them."""
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not on this machine")
    command = [node, PROGRAM, NAMES.as_uri(), json.dumps(pairs)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)


def test_any_id_has_the_same_name_on_both_sides() -> None:
    """Long ones and those that cannot be printed by their hash."""
    known = [Connector(name, "generic") for name in ("acme", "a" * 64)]
    pairs = [(connector, one) for connector in known for one in ODD]
    told = [(connector, one.encode("utf-16", "surrogatepass").decode("utf-16", "replace")) for connector, one in pairs]
    ours = [conversation_of(connector, Event("message", one)) for connector, one in told]
    theirs = pages([(connector.name, one) for connector, one in pairs])
    assert theirs == ours
    assert "acme:" + "x" * 195 in ours
    assert "acme:" + "x" * 196 not in ours


def test_a_page_without_a_connector_has_the_servers_own_ids() -> None:
    """They go as they are."""
    assert pages([("", "c-17"), ("", "x" * 300)]) == ["c-17", "x" * 300]


SAID = {"message": {"id": "m", "body": "Hi"}, "conversation_id": "67ab"}
TICKET = {"type": PREFIX + "messaging_ticket.message_added", "id": "e", "detail": {"id": "1234"}, "event": SAID}
STANZA = '<message from="Casey@Shop.Example/web" to="ann@x" id="5"><body>Hi</body></message>'
SHOWN = {  # what each tool tells a page of the chat whose webhook comes
    "zendesk": (TICKET, "1234"),
    "livechat": (others.livechat("incoming_event", event=others.spoken()), "C"),
    "front": (others.front("inbound_received", text="Hi"), "cnv"),
    "chatwoot": (chatwoot(), "8"),
    "xmpp": (others.xmpp(STANZA), "casey@shop.example"),  # converse has addresses in small letters, without the device
    "matrix": (
        {"events": [{**others.matrix({"msgtype": "m.text", "body": "Hi"})["events"][0], "room_id": ROOM}]},
        ROOM,
    ),
    "rocketchat": (others.rocketchat("Message", {"_id": "1", "msg": "Hi"}), "room"),
}


@pytest.mark.parametrize("tool", SHOWN)
def test_a_webhook_and_a_page_of_one_tool_mean_the_same_chat(tool: str) -> None:
    """Each by the id that it has of it."""
    body, shown = SHOWN[tool]
    (event,) = TOOLS[tool].parse({}, json.dumps(body).encode())
    assert [conversation_of(Connector("acme", tool), event)] == pages([("acme", shown)])


def test_every_bridge_of_a_tool_is_looked_at() -> None:
    """A new one has to be added above."""
    files = {one.stem.partition("_")[0] for one in Path(NAMES).parent.glob("*.js")}
    ours = {"attach", "bridge", "generic", "index", "names"}
    assert {"xmpp" if one == "converse" else one for one in files - ours} == set(SHOWN)
