"""One side of the demo chat over a wire that can be cut: nothing lost, nothing twice."""

import pytest

pytestmark = pytest.mark.browser

DOUBLES = """
  const { DemoChat } = await import('/static/live/demo_chat.js');
  const settled = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
  };
  const alarms = [];
  let now = 0;
  const timers = {
    setTimeout: (run, ms) => { const one = { run, at: now + ms }; alarms.push(one); return one; },
    clearTimeout: (one) => { const at = alarms.indexOf(one); if (at >= 0) alarms.splice(at, 1); },
    now: () => now, random: () => 0.5,
  };
  const pass = async (ms) => {
    for (const end = now + ms; ; ) {
      const next = alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) { now = end; return; }
      now = next.at; alarms.splice(alarms.indexOf(next), 1); next.run(); await settled();
    }
  };
  // the chat tool: keeps messages by id, tells every window
  const server = { messages: [], sockets: [], heard: [], deaf: false };
  class Socket {
    constructor() { server.sockets.push(this); setTimeout(() => this.onopen?.()); }
    send(text) {
      const frame = JSON.parse(text);
      server.heard.push(frame);
      if (server.deaf) return;
      if (frame.type === 'join') this.tell({ type: 'joined', as: 'customer', messages: server.messages });
      if (frame.type === 'message') this.keep(frame);
    }
    keep({ id, text }) {
      const known = server.messages.find((message) => message.id === id);
      const message = known ?? { id, seq: server.messages.length + 1, role: 'customer', text, at: 't' };
      if (!known) server.messages = [...server.messages, message];
      this.tell({ type: 'message', message });
      this.tell({ type: 'ack', id, seq: message.seq, duplicate: Boolean(known) });
    }
    tell(frame) { this.onmessage?.({ data: JSON.stringify(frame) }); }
    close() {}
    cut() { this.onclose?.({ code: 1006, reason: '' }); }
  }
  const chat = new DemoChat({ conversation: 'c', token: () => 't', onchange() {}, WebSocket: Socket, timers });
  await settled();
"""


def run(page, script):
    """Run the body of an async function beside the doubles."""
    return page.evaluate(f"async () => {{ {DOUBLES} {script} }}")


def test_what_the_server_has_already_is_neither_sent_again_nor_shown_twice(page):
    """The server had it, its answer was lost: the transcript of the next join settles it, and what waited goes out."""
    ids, kept, shown, pending = run(
        page,
        """
        chat.send('first');
        const line = server.sockets.at(-1);
        line.tell = () => {};  // the server hears, its answers are lost
        chat.send('second');
        line.cut();
        chat.send('third');
        await pass(2_000);
        const ids = server.heard.filter(({ type }) => type === 'message').map(({ id }) => id);
        const texts = (messages) => messages.map(({ text }) => text);
        return [ids, texts(server.messages), texts(chat.state.messages), chat.state.pending];
        """,
    )
    assert kept == shown == ["first", "second", "third"]
    assert pending == []
    assert len(ids) == len(set(ids)) == 3


def test_a_message_that_never_arrived_goes_out_after_the_next_join(page):
    """The same id is sent again; until then it stands as pending."""
    before, sent, after = run(
        page,
        """
        server.deaf = true;
        chat.send('lost');
        const before = chat.state.pending.length;
        server.sockets.at(-1).cut();
        server.deaf = false;
        await pass(2_000);
        const ids = server.heard.filter(({ type }) => type === 'message').map(({ id }) => id);
        return [before, ids, chat.state.messages.map(({ text }) => text)];
        """,
    )
    assert before == 1
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert after == ["lost"]


def test_a_refused_message_stays_visible_with_the_reason_and_is_not_sent_again(page):
    """An error that answers a message marks it; joining again does not repeat it."""
    refused, count = run(
        page,
        """
        server.deaf = true;
        chat.send('too much');
        const { id } = server.heard.at(-1);
        server.sockets.at(-1).tell({ type: 'error', error: { code: 'too_long', message: 'too long' }, ref: id });
        server.sockets.at(-1).cut();
        server.deaf = false;
        await pass(2_000);
        return [chat.state.pending[0].refused, server.heard.filter(({ type }) => type === 'message').length];
        """,
    )
    assert refused == "too long"
    assert count == 1


def test_a_text_beyond_the_limit_is_not_sent(page):
    """20,000 characters, counted as code points, are the most; the window says so."""
    result = run(
        page,
        "return [chat.send('😡'.repeat(20_000)), chat.send('x'.repeat(20_001)), chat.state.error, chat.send('  ')];",
    )
    assert result[0] is True
    assert result[1] is False
    assert "20001 characters" in result[2]
    assert result[3] is False


def test_typing_is_told_sparingly_and_ends_by_itself(page):
    """Ten keys in a second are one frame; five seconds after the last key the other side is told so."""
    told = run(
        page,
        """
        for (let key = 0; key < 10; key += 1) { chat.type(true); await pass(100); }
        await pass(6_000);
        return server.heard.filter(({ type }) => type === 'typing').map(({ on }) => on);
        """,
    )
    assert told == [True, False]


def test_a_typist_who_went_away_is_forgotten(page):
    """Without another word, the line that somebody is typing goes after eight seconds; a message ends it at once."""
    states = run(
        page,
        """
        const line = server.sockets.at(-1);
        const seen = [];
        line.tell({ type: 'typing', role: 'agent', on: true }); seen.push(chat.state.typing);
        await pass(8_100); seen.push(chat.state.typing);
        line.tell({ type: 'typing', role: 'agent', on: true });
        line.tell({ type: 'message', message: { id: 'x', seq: 1, role: 'agent', text: 'hi', at: 't' } });
        seen.push(chat.state.typing);
        return seen;
        """,
    )
    assert states == [["agent"], [], []]


def test_an_edit_takes_the_place_of_the_message(page):
    """The same id is shown once, with its latest text, in the order of seq."""
    texts = run(
        page,
        """
        const line = server.sockets.at(-1);
        const said = (id, seq, text) => ({ id, seq, role: 'agent', text, at: 't' });
        line.tell({ type: 'message', message: said('b', 2, 'two') });
        line.tell({ type: 'message', message: said('a', 1, 'one') });
        line.tell({ type: 'edited', message: said('a', 1, 'ONE') });
        return chat.state.messages.map(({ text }) => text);
        """,
    )
    assert texts == ["ONE", "two"]
