"""What people do to a conversation, in the browser: folded from the server's frames, put in place, sent, answered."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from websockets.sync.client import ClientConnection, connect

from app.frames import ACTIONS
from tests.conftest import PATIENCE, Server

pytestmark = pytest.mark.browser
MANY = ACTIONS + 15
FOLD = """async ({ snapshot, updates, later }) => {
    const { emptyView, receive } = await import('/static/live/conversation.js');
    const seen = (view) => {
        const { messages, actions, whispers, history } = view;
        const { ending, claimed_by, joined, taken, let_run, escalated, agent } = view.state;
        const words = messages.map(({ seq, text }) => [seq, text]);
        return { words, actions, whispers, history, ending, claimed_by, joined, taken, let_run, escalated, agent };
    };
    const followed = updates.reduce(receive, receive(emptyView(), snapshot));
    return [seen(followed), seen(receive(emptyView(), later))];
}"""


class Watcher:
    """A supervisor's socket that keeps what it hears of one conversation."""

    def __init__(self, socket: ClientConnection, chat: str) -> None:
        self.socket, self.chat = socket, chat

    def send(self, frame: dict) -> None:
        """One frame."""
        self.socket.send(json.dumps(frame))

    def until(self, kind: str) -> list[dict]:
        """The frames up to the first of a kind."""
        frames: list[dict] = []
        while not frames or frames[-1]["type"] != kind:
            frames.append(json.loads(self.socket.recv(timeout=PATIENCE)))
        return frames

    def snapshot(self) -> dict:
        """As the conversation is now; from then on it is followed."""
        self.send({"type": "subscribe", "conversation": self.chat})
        return self.until("snapshot")[-1]


@contextmanager
def watching(server: Server, chat: str) -> Iterator[Watcher]:
    """The socket, welcomed, as long as the block lasts."""
    with connect(f"{server.ws}/ws/v1/supervisor", compression=None, max_size=None) as socket:
        watcher = Watcher(socket, chat)
        watcher.send({"type": "hello", "token": server.token("supervisor", "rob", chat)})
        yield watcher


def deeds(seed: int) -> list[dict]:
    """Messages and actions in any order, also ones that are refused."""
    chance = random.Random(seed)
    things = ("whisper", "note", "claim", "release", "join", "leave", "takeover", "let_run", "watch", "escalate")
    kinds = [chance.choice([*things, "ask_ending", "cosign", "message", "message"]) for _ in range(MANY)]
    return [{"kind": kind, "text": f"{kind} {number} 😀"} for number, kind in enumerate(kinds)]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_snapshot_and_what_came_after_it_is_a_later_snapshot(page, server: Server, seed: int):
    """Actions, whispers and marks as well as messages; each action after the same message in both."""
    chat = f"fold-{uuid4().hex[:12]}"
    with server.client("admin") as admin, server.client("supervisor", chat, subject="sue") as sue:
        admin.put(f"/conversations/{chat}", json={"team": chat, "agent": "dana"})
        admin.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": "hello"})
        with watching(server, chat) as watcher:
            snapshot = watcher.snapshot()
            for one in deeds(seed):
                if one["kind"] == "message":
                    admin.post(f"/conversations/{chat}/messages", json={"role": "customer", "text": one["text"]})
                else:
                    who = sue if len(one["text"]) % 2 else admin
                    who.post(f"/conversations/{chat}/actions", json={"action": one["kind"], "text": one["text"]})
            with watching(server, chat) as other:
                later = other.snapshot()
            updates: list[dict] = []
            while not updates or updates[-1].get("offset", 0) < later["offset"]:
                updates += [frame for frame in watcher.until("update") if frame["type"] in ("update", "whisper")]
    followed, fetched = page.evaluate(FOLD, {"snapshot": snapshot, "updates": updates, "later": later})
    assert len(fetched["actions"]) == ACTIONS
    assert followed == fetched


def test_a_whisper_that_comes_twice_is_one_and_two_alike_are_two(page):
    """As a frame of its own and with its place in the log, in either order."""
    counts = page.evaluate(
        """async () => {
        const { emptyView, receive } = await import('/static/live/conversation.js');
        const frame = { type: 'whisper', from: 'rob', text: 'psst' };
        const action = { action: 'whisper', by: 'rob', text: 'psst', at: '' };
        const update = (offset) => ({ type: 'update', offset, action });
        const count = (...frames) => frames.reduce(receive, emptyView()).whispers.length;
        return [count(update(1), frame), count(frame, update(1)), count(update(1), frame, update(2), frame)];
    }"""
    )
    assert counts == [1, 1, 2]


def test_actions_stand_after_the_message_that_they_followed(page):
    """Also before the first, after the last, and where the message is not known."""
    order = page.evaluate(
        """async () => {
        const { woven } = await import('/static/live/actions.js');
        const messages = [1, 2, 4].map((seq) => ({ seq }));
        const actions = [0, 1, 1, 3, 4, 9].map((after, offset) => ({ after, offset }));
        return woven(messages, actions).map(({ message, done }) => (message ? `m${message.seq}` : `a${done.offset}`));
    }"""
    )
    assert order == ["a0", "m1", "a1", "a2", "m2", "a3", "m4", "a4", "a5"]


def test_an_action_is_answered_once_by_the_server_or_by_the_clock(page):
    """Done, refused with its words, not sent, and not answered; another's ack is nobody's business here."""
    results = page.evaluate(
        """async () => {
        const { Acts } = await import('/static/live/actions.js');
        const sent = [], due = [];
        let open = true;
        const timers = { setTimeout: (run) => due.push(run) - 1, clearTimeout: (at) => { due[at] = () => {}; } };
        const acts = new Acts((frame) => open && Boolean(sent.push(frame)), timers);
        const told = (doing) => doing.then(() => 'done', ({ code, message }) => `${code}: ${message}`);
        const things = [['claim'], ['whisper', { text: 'psst' }], ['join']];
        const all = things.map(([action, more]) => told(acts.do('c', action, more)));
        open = false;
        all.push(told(acts.do('c', 'leave')));
        const heard = [
            acts.hear({ type: 'ack', ref: sent[0].ref }),
            acts.hear({ type: 'error', ref: sent[1].ref, error: { code: 'claimed', message: 'rob has it' } }),
            acts.hear({ type: 'ack', ref: 'feedback 1' }),
            acts.hear({ type: 'update', ref: sent[0].ref }),
        ];
        for (const run of [...due]) run();
        return [await Promise.all(all), heard, sent.map(({ action, text }) => [action, text ?? null])];
    }"""
    )
    ends, heard, sent = results
    assert ends[:2] == ["done", "claimed: rob has it"]
    assert [end.partition(":")[0] for end in ends[2:]] == ["unanswered", "offline"]
    assert heard == [True, True, False, False]
    assert sent == [["claim", None], ["whisper", "psst"], ["join", None]]


def test_what_cannot_be_done_says_why(page):
    """By who holds it, whose it is, and whether it is over; what makes no sense now is not offered."""
    possible = page.evaluate(
        """async () => {
        const { possible } = await import('/static/live/actions.js');
        const of = (state) => possible({ agent: 'dana', ...state }, 'rob');
        return [of({}), of({ claimed_by: 'sue' }), of({ claimed_by: 'rob', joined: ['rob'], let_run: true }),
            of({ agent: 'rob', taken: { by: 'rob', from: 'dana' } }), of({ resolved: true })];
    }"""
    )
    free, held, mine, taken, over = possible
    assert not any(free.values())
    assert {"claim", "join", "takeover", "let_run", "close"} <= set(free)
    refused = {name for name, why in held.items() if why}
    assert refused == {"claim", "takeover", "assign", "close"}
    assert all("sue has claimed" in held[name] for name in refused)
    assert held["release"] == ""
    assert {"release", "leave", "watch"} <= set(mine)
    assert not {"claim", "join", "let_run"} & set(mine)
    assert taken["give_back"] == ""
    assert taken["whisper"]
    assert taken["takeover"]
    assert "reopen" in over
    assert "close" not in over


def test_a_brief_is_copied_with_its_headings_and_without_empty_ones(page):
    """As text, in the order in which it is needed."""
    text = page.evaluate(
        """async () => {
        const { briefText } = await import('/static/live/brief.js');
        const line = (text) => [{ text, messages: ['m1'] }];
        const lines = { wishes: line('A refund.'), situation: line('Late.'), avoid: [] };
        return briefText({ conversation: 'c', customer: 'Maria', ...lines });
    }"""
    )
    assert text == "Conversation c with Maria\n\nSituation\n- Late.\n\nWhat the customer wants\n- A refund."
