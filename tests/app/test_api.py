"""The REST calls over a really running server: every answer to the letter."""

import re

import httpx
import pytest

from tests.app.shapes import (
    has,
    is_advice,
    is_error,
    is_message,
    is_reading,
    is_receipt,
    is_state,
)
from tests.conftest import Server

ANGRY = "This is the third time I'm writing. Where is my order 48213? Nobody there cares."


@pytest.fixture
def tool(server: Server):
    """A chat tool."""
    with server.client("ingest") as client:
        yield client


@pytest.fixture
def ann(server: Server):
    """An agent of team `a`."""
    with server.client("agent") as client:
        yield client


@pytest.fixture
def boss(server: Server):
    """The supervisor of team `a`."""
    with server.client("supervisor", subject="rob") as client:
        yield client


def say(client: httpx.Client, chat: str, text: str, role: str = "customer", **more) -> dict:
    """Post a message that is taken."""
    answer = client.post(f"/conversations/{chat}/messages", json={"role": role, "text": text, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_message_is_answered_with_its_seq_levels_and_advice(tool: httpx.Client, chat: str):
    """The first message of an unknown conversation makes it; `seq` counts from 1."""
    first = say(tool, chat, ANGRY, id="m1")
    is_receipt(first, 1)
    assert first["tension"] > 25
    assert first["advice"]["suggestions"]
    is_receipt(say(tool, chat, "I'm sorry to hear that.", "agent"), 2)
    for seq, role in enumerate(("bot", "note", "system"), 3):
        is_receipt(say(tool, chat, "something", role), seq)


@pytest.mark.parametrize("text", ["another text", "", "x" * 20_001, "nul \x00"], ids=["other", "empty", "long", "nul"])
def test_the_same_id_again_changes_nothing_whatever_its_text(
    tool: httpx.Client, ann: httpx.Client, chat: str, text: str
):
    """A repeat answers with the first one's seq, and the transcript has the first one's text."""
    say(tool, chat, ANGRY, id="m1")
    say(tool, chat, "hello?", id="m2")
    is_receipt(say(tool, chat, text, id="m1"), 1, duplicate=True)
    messages = ann.get(f"/conversations/{chat}/transcript").json()["messages"]
    assert [message["text"] for message in messages] == [ANGRY, "hello?"]


def test_a_repeat_is_known_long_after(tool: httpx.Client, chat: str):
    """Also when more messages came in between than are kept at hand."""
    say(tool, chat, ANGRY, id="m1")
    for number in range(70):
        say(tool, chat, "and more", "note", id=f"n{number}")
    is_receipt(say(tool, chat, "", id="m1"), 1, duplicate=True)
    is_receipt(say(tool, chat, "something else", id="m1"), 1, duplicate=True)


def test_a_message_keeps_its_time_and_attachments(tool: httpx.Client, ann: httpx.Client, chat: str):
    """A text may be empty where there is an attachment; a time of another zone is kept in UTC."""
    link = "https://files.example.org/" + "a" * 500
    say(tool, chat, "", at="2026-03-02T10:00:00+01:00", attachments=[link])
    message = ann.get(f"/conversations/{chat}/transcript").json()["messages"][0]
    is_message(message)
    assert message["attachments"] == [link]
    assert message["at"] == "2026-03-02T09:00:00.000Z"


def test_who_is_in_it_is_merged(tool: httpx.Client, ann: httpx.Client, chat: str):
    """Fields that are given replace, others stay; the answer shows the whole."""
    made = {"customer": {"id": "7", "name": "Sam Rivera"}, "locale": "en", "slots": {"order": "1"}}
    tool.put(f"/conversations/{chat}", json=made)
    answer = tool.put(
        f"/conversations/{chat}", json={"agent": "ann", "customer": {"name": "Sam"}, "slots": {"eta": "2"}}
    )
    assert answer.json() == {
        "conversation": chat,
        "customer": {"id": "7", "name": "Sam"},
        "agent": "ann",
        "team": "a",
        "channel": None,
        "locale": "en",
        "slots": {"order": "1", "eta": "2"},
    }
    state = ann.get(f"/conversations/{chat}").json()
    assert state["customer"] == {"id": "7", "name": "Sam"}
    assert state["facts"] == {"order": "1", "eta": "2", "name": "Sam"}


def test_the_state_has_its_position_and_advice(tool: httpx.Client, ann: httpx.Client, chat: str):
    """What a page needs that only looks once."""
    say(tool, chat, ANGRY)
    state = ann.get(f"/conversations/{chat}").json()
    is_state(state)
    is_advice(state["advice"])
    has(state, "epoch")
    assert state["offset"] == 1


def test_the_state_tells_how_the_customer_writes(tool: httpx.Client, ann: httpx.Client, chat: str):
    """With the words of their messages that show it; empty before enough is known."""
    lines = ["My order is late.", "Send it today or refund me.", "I want an answer now."]
    say(tool, chat, lines[0])
    assert ann.get(f"/conversations/{chat}").json()["style"] == {"label": "", "evidence": []}
    for line in lines[1:]:
        say(tool, chat, line)
    state = ann.get(f"/conversations/{chat}").json()
    is_state(state)
    assert state["style"]["label"] == "assertive"
    for item in state["style"]["evidence"]:
        assert any(line[item["start"] : item["end"]] == item["text"] for line in lines)


def test_the_transcript_is_whole_with_its_readings(tool: httpx.Client, ann: httpx.Client, chat: str):
    """Not paged; each message has every key of a reading, whatever its role."""
    for number in range(60):
        say(tool, chat, f"line {number}", ("customer", "agent", "bot", "note", "system")[number % 5])
    messages = ann.get(f"/conversations/{chat}/transcript").json()["messages"]
    assert [message["seq"] for message in messages] == list(range(1, 61))
    for message in messages:
        is_message(message)
        is_reading(message["reading"])


def test_an_edit_is_folded_as_if_it_had_always_been_so(tool: httpx.Client, ann: httpx.Client, chat: str):
    """Tension after an edit is that of a conversation in which the edited text stood from the start."""
    told = ["You are all idiots.", "Where is my order 48213?", "Hello?"]
    for number, text in enumerate(told):
        say(tool, chat, text, id=f"m{number}", at=f"2026-03-02T09:0{number}:00Z")
        say(tool, f"{chat}-b", text if number else "Good morning.", at=f"2026-03-02T09:0{number}:00Z")
    edited = tool.patch(f"/conversations/{chat}/messages/m0", json={"text": "Good morning."})
    is_receipt(edited.json(), 1)
    assert edited.json()["tension"] == say(tool, f"{chat}-b", "-", "note")["tension"]
    texts = [message["text"] for message in ann.get(f"/conversations/{chat}/transcript").json()["messages"]]
    assert texts == ["Good morning.", *told[1:]]


def test_a_deletion_blanks_the_text_for_good(tool: httpx.Client, ann: httpx.Client, chat: str):
    """The message keeps its place; it cannot be edited any more; to delete it again is harmless."""
    say(tool, chat, "my card is 4111 1111 1111 1111", id="m1", attachments=["scan.png"])
    for _ in range(2):
        is_receipt(tool.delete(f"/conversations/{chat}/messages/m1").json(), 1)
    message = ann.get(f"/conversations/{chat}/transcript").json()["messages"][0]
    assert (message["text"], message["deleted"], message.get("attachments")) == ("", True, None)
    assert "4111" not in ann.get(f"/conversations/{chat}/transcript").text
    answer = tool.patch(f"/conversations/{chat}/messages/m1", json={"text": "back"})
    assert answer.status_code == 404
    is_error(answer.json(), "not_found")
    assert ann.get(f"/conversations/{chat}").json()["offset"] == 2


@pytest.mark.parametrize("text", ["", "x" * 20_001, "nul \x00"])
def test_an_edit_is_checked_like_a_message(tool: httpx.Client, chat: str, text: str):
    """And a refused one leaves the message as it was."""
    say(tool, chat, "first", id="m1")
    answer = tool.patch(f"/conversations/{chat}/messages/m1", json={"text": text})
    assert answer.status_code == 422
    is_error(answer.json(), "empty_text", "too_long", "invalid_text")


def test_typing_shows_in_the_state(tool: httpx.Client, ann: httpx.Client, chat: str):
    """Until it is off, or a message has come."""
    say(tool, chat, ANGRY)
    for on in (True, False, True):
        assert tool.post(f"/conversations/{chat}/typing", json={"role": "customer", "on": on}).status_code == 200
        state = ann.get(f"/conversations/{chat}").json()
        assert state["typing"] == {"customer": on, "agent": False}
        assert state["advice"]["wait"] is on, "the advice waits while the customer is typing"
    say(tool, chat, "are you there?")
    assert ann.get(f"/conversations/{chat}").json()["typing"] == {"customer": False, "agent": False}


def test_the_record_comes_as_json_and_as_markdown(tool: httpx.Client, ann: httpx.Client, chat: str):
    """Both tell the same chat; a form that is neither is refused."""
    tool.put(f"/conversations/{chat}", json={"customer": {"name": "Sam <b>Rivera</b>"}})
    say(tool, chat, ANGRY)
    say(tool, chat, "I'm sorry, Sam. I'll look into it and call you by noon.", "agent")
    assert (
        ann.get(f"/conversations/{chat}/record").json() == ann.get(f"/conversations/{chat}/record?format=json").json()
    )
    text = ann.get(f"/conversations/{chat}/record?format=md")
    assert text.headers["content-type"].startswith("text/markdown")
    assert text.text.startswith("#")
    assert "<b>" not in text.text
    assert ann.get(f"/conversations/{chat}/record?format=pdf").status_code == 422


def test_a_draft_is_reviewed(tool: httpx.Client, ann: httpx.Client, chat: str):
    """Remarks point into the draft; effects are tensions, the expected one between low and high."""
    say(tool, chat, ANGRY)
    draft = "Calm down. As I already told you, that's not my department."
    review = ann.post(f"/conversations/{chat}/drafts", json={"text": draft}).json()
    has(review, "remarks", "effect", "alternatives")
    assert review["remarks"]
    for remark in review["remarks"]:
        has(remark, "start", "end", "kind", "reason")
        assert 0 <= remark["start"] < remark["end"] <= len(draft)
    assert review["alternatives"]
    for effect in (review["effect"], *(item["effect"] for item in review["alternatives"])):
        assert 0 <= effect["low"] <= effect["expected"] <= effect["high"] <= 100
    assert all(item["text"] for item in review["alternatives"])


@pytest.mark.parametrize(("text", "code"), [("", "empty_text"), ("x" * 8_001, "too_long"), ("\x00", "invalid_text")])
def test_a_draft_that_cannot_be_one_is_refused(tool: httpx.Client, ann: httpx.Client, chat: str, text: str, code: str):
    """8,000 characters are a draft, one more is not."""
    say(tool, chat, "hello")
    answer = ann.post(f"/conversations/{chat}/drafts", json={"text": text})
    assert answer.status_code == 422
    is_error(answer.json(), code)
    assert ann.post(f"/conversations/{chat}/drafts", json={"text": "x" * 8_000}).status_code == 200


def test_feedback_is_taken_for_each_verdict(tool: httpx.Client, ann: httpx.Client, chat: str):
    """What an agent did with a phrase; a verdict that is none is refused."""
    shown = say(tool, chat, ANGRY)["advice"]["suggestions"][0]["id"]
    for verdict in ("inserted", "edited", "sent", "dismissed", "up", "down"):
        body = {"suggestion": shown, "verdict": verdict, "reason": "too long"}
        assert ann.post(f"/conversations/{chat}/feedback", json=body).status_code == 200
    answer = ann.post(f"/conversations/{chat}/feedback", json={"suggestion": shown, "verdict": "meh"})
    assert answer.status_code == 422
    is_error(answer.json(), "invalid")


def test_each_action_is_taken(tool: httpx.Client, boss: httpx.Client, chat: str):
    """Each is one more event; takeover changes the agent, resolve and reopen what they say."""
    say(tool, chat, ANGRY)

    def act(action: str, **more: str) -> dict:
        answer = boss.post(f"/conversations/{chat}/actions", json={"action": action, **more})
        assert answer.status_code == 200, answer.text
        return boss.get(f"/conversations/{chat}").json()

    assert act("escalate", to="legal")["offset"] == 2
    assert act("note", text="called them")["offset"] == 3
    assert act("whisper", text="offer a refund")["offset"] == 4
    assert act("claim")["offset"] == 5
    assert act("release")["offset"] == 6
    assert act("resolve")["resolved"] is True
    assert act("reopen")["resolved"] is False
    assert act("takeover")["agent"] == "rob"
    assert act("takeover", to="bea")["agent"] == "bea"


@pytest.mark.parametrize("action", ["whisper", "note"])
def test_words_are_needed_where_an_action_is_its_words(tool: httpx.Client, boss: httpx.Client, chat: str, action: str):
    """An empty whisper would only alarm."""
    say(tool, chat, "hello")
    for text in (None, "", "  "):
        answer = boss.post(f"/conversations/{chat}/actions", json={"action": action, "text": text})
        assert answer.status_code == 422
        is_error(answer.json(), "invalid")


def test_a_customers_message_reopens_and_an_agents_does_not(tool: httpx.Client, ann: httpx.Client, chat: str):
    """So that a chat that goes on is on the board again."""
    say(tool, chat, ANGRY)
    ann.post(f"/conversations/{chat}/actions", json={"action": "resolve"})
    say(tool, chat, "Have a nice day.", "agent")
    assert ann.get(f"/conversations/{chat}").json()["resolved"] is True
    say(tool, chat, "It still isn't here!")
    assert ann.get(f"/conversations/{chat}").json()["resolved"] is False


def test_an_embed_token_opens_its_own_conversation_only(server: Server, tool: httpx.Client, chat: str):
    """The host's backend asks for it; in it the agent is who she is told to be."""
    say(tool, chat, ANGRY)
    say(tool, f"{chat}-b", ANGRY)
    answer = tool.post("/embed-tokens", json={"subject": "bea", "conversation": chat, "ttl": 60}).json()
    with httpx.Client(base_url=f"{server.base}/api/v1", headers={"Authorization": f"Bearer {answer['token']}"}) as bea:
        assert bea.get(f"/conversations/{chat}").status_code == 200
        assert bea.get(f"/conversations/{chat}-b").status_code == 403
        for unknown in (
            bea.put(f"/conversations/{chat}-c", json={}),
            bea.post(f"/conversations/{chat}-c/messages", json={"role": "agent", "text": "hi"}),
        ):
            assert unknown.status_code == 403
            is_error(unknown.json(), "forbidden")


def test_an_embed_token_does_not_reach_beyond_the_teams_it_was_asked_for(server: Server, tool: httpx.Client, chat: str):
    """A chat tool of one team cannot read another team's conversations by naming their agent."""
    with server.client("ingest", "b") as other:
        other.put(f"/conversations/{chat}", json={"agent": "bea"})
        say(other, chat, ANGRY)
    tool.put(f"/conversations/{chat}-a", json={"agent": "bea"})
    token = tool.post("/embed-tokens", json={"subject": "bea"}).json()["token"]
    with httpx.Client(base_url=f"{server.base}/api/v1", headers={"Authorization": f"Bearer {token}"}) as bea:
        assert bea.get(f"/conversations/{chat}-a").status_code == 200
        assert bea.get(f"/conversations/{chat}").status_code == 403


def test_a_token_without_a_team_is_of_the_default_one(server: Server, chat: str):
    """The simplest set-up, in which nobody names a team, works."""
    with httpx.Client(base_url=f"{server.base}/api/v1") as client:

        def use(role: str) -> None:
            client.headers["Authorization"] = f"Bearer {no_team(server, role)}"

        use("ingest")
        is_receipt(say(client, chat, "hello"), 1)
        is_receipt(say(client, chat, "hello?"), 2)
        use("agent")
        assert client.get(f"/conversations/{chat}").json()["team"] == "default"


def no_team(server: Server, role: str) -> str:
    """A token in which no team is named."""
    from datetime import UTC, datetime

    from app.auth import Tokens
    from tests.conftest import KEY

    return Tokens(KEY).sign(role=role, subject="x", now=datetime.now(UTC))


def test_every_answer_about_nothing_is_an_error_with_a_code(server: Server, ann: httpx.Client):
    """A path, a method or a conversation that is not there."""
    for answer, status, code in (
        (ann.get("/nothing"), 404, "not_found"),
        (ann.get("/conversations/unknown-one"), 404, "not_found"),
        (ann.delete("/heatmap"), 405, "method_not_allowed"),
        (httpx.get(f"{server.base}/nothing"), 404, "not_found"),
        (httpx.get(f"{server.base}/static/nothing.js"), 404, "not_found"),
    ):
        assert answer.status_code == status
        is_error(answer.json(), code)
        assert not re.search(r"Traceback|File \"", answer.text)
