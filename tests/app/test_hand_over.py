"""The brief of a conversation, asked for and handed over with the action that calls somebody in."""

import json

import httpx
import pytest

from app.hand_over import MOST
from assist.brief import SECTIONS
from tests.app.clients import browser
from tests.conftest import Server

RANT = "This is the third time I'm writing. Where is order 48213? I want my money back!"


def told(server: Server, chat: str, *texts: tuple[str, str]) -> None:
    """A conversation of ann's in team a."""
    with server.client("admin") as admin:
        admin.put(f"/conversations/{chat}", json={"agent": "ann", "team": "a", "customer": {"name": "Maria [Lopez]"}})
        for number, (role, text) in enumerate(texts, 1):
            line = {"id": f"m{number}", "role": role, "text": text}
            assert admin.post(f"/conversations/{chat}/messages", json=line).status_code == 200


@pytest.fixture
def rob(server: Server) -> httpx.Client:
    """A supervisor of team a."""
    headers = {"Authorization": f"Bearer {server.token('supervisor', 'rob', 'a')}"}
    return httpx.Client(base_url=f"{server.base}/api/v1", headers=headers, verify=False)


def test_the_brief_comes_as_json_and_as_markdown(server: Server, rob: httpx.Client, chat: str):
    """What they wrote and wish stands in it, each with its message."""
    told(server, chat, ("customer", RANT), ("agent", "I'm sorry. I'll call you within two hours."))
    brief = rob.get(f"/conversations/{chat}/brief").json()
    assert set(SECTIONS) <= set(brief)
    assert {"text": f"They wrote “{RANT}”.", "messages": ["m1"]} in brief["situation"]
    assert any("48213" in line["text"] for line in brief["situation"])
    assert [line["messages"] for line in brief["wishes"]]
    (promise,) = brief["promises"]
    assert "within two hours" in promise["text"]
    assert promise["due"].endswith("Z")
    assert brief == rob.get(f"/conversations/{chat}/brief?format=json").json()
    page = rob.get(f"/conversations/{chat}/brief?format=md")
    assert page.headers["content-type"].startswith("text/markdown")
    assert "- Customer: Maria \\[Lopez\\]" in page.text
    assert rob.get(f"/conversations/{chat}/brief?format=pdf").status_code == 422


async def handed_over(server: Server, chat: str, **action: str) -> tuple[dict, dict]:
    """The frame of an action as a supervisor gets it at once, and as she gets it who was away."""
    token = server.token("supervisor", "rob", "a")
    async with browser(server.ws, "supervisor", token) as socket:
        snapshot = await socket.subscribe(chat)
        await socket.send({"type": "action", "conversation": chat, **action})
        live = await socket.get("update")
    async with browser(server.ws, "supervisor", token) as socket:
        at = {"epoch": snapshot["epoch"], "offset": snapshot["offset"]}
        await socket.subscribe(chat, resume=at)
        (late,) = [frame for frame in socket.seen if frame["type"] == "update"]
    return live, late


@pytest.mark.parametrize("action", [{"action": "escalate"}, {"action": "takeover", "to": "cat"}])
async def test_calling_somebody_in_brings_the_brief(server: Server, chat: str, action: dict):
    """At once and whole to who watches; who comes later is told where it is."""
    told(server, chat, ("customer", RANT))
    live, late = await handed_over(server, chat, **action)
    place = f"/api/v1/conversations/{chat}/brief"
    assert live["brief"]["href"] == place
    assert live["brief"]["situation"][0]["messages"] == ["m1"]
    assert late["brief"] == {"href": place}
    assert "brief" not in late["action"]


async def test_another_action_brings_none(server: Server, chat: str):
    """A note hands nothing over."""
    told(server, chat, ("customer", RANT))
    live, late = await handed_over(server, chat, action="note", text="x")
    assert "brief" not in live
    assert "brief" not in late


async def test_a_large_brief_stays_out_of_the_frame(server: Server, chat: str):
    """The frame says where it is."""
    long = "You idiots, {} where is order {} and why does nobody care about it at all? " + "Really, " * 15
    texts = [("customer" if n % 2 else "agent", long.format(n, 48_000 + n)) for n in range(1, 31)]
    told(server, chat, *texts)
    with server.client("admin") as admin:
        whole = admin.get(f"/conversations/{chat}/brief").json()
    assert len(json.dumps(whole)) > MOST
    live, _ = await handed_over(server, chat, action="escalate")
    assert set(live["brief"]) == {"href"}


def test_a_deleted_message_is_gone_from_the_brief(server: Server, rob: httpx.Client, chat: str):
    """Also from that of an action that was done before."""
    told(server, chat, ("customer", RANT), ("customer", "My card number is 4111."))
    rob.post(f"/conversations/{chat}/actions", json={"action": "escalate"})
    with server.client("admin") as admin:
        admin.delete(f"/conversations/{chat}/messages/m2")
    assert "4111" not in rob.get(f"/conversations/{chat}/brief").text
