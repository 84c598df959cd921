"""The websocket client and the fold over its frames: greeting, resuming, backing off, and never a hole."""

import pytest

pytestmark = pytest.mark.browser


def run(page, script, argument=None):
    """Run the body of an async function that has the doubles of link.js at hand."""
    head = "const { browser, settled, Server } = await import('/tests/browser/modules/link.js');"
    return page.evaluate(f"async (argument) => {{ {head} {script} }}", argument)


def test_it_greets_first_and_is_live_once_the_conversation_is_whole(page):
    """hello comes before anything else, and `live` is said only after the snapshot."""
    result = run(page, "const { server, seen } = await browser(); return [server.heard, seen.states];")
    heard, states = result
    assert heard[0] == {"type": "hello", "token": "t"}
    assert heard[1]["type"] == "subscribe"
    assert "resume" not in heard[1]
    assert states == ["connecting", "catching-up", "live"]


def test_a_cut_at_every_place_equals_no_cut(page):
    """Wherever the wire is cut, the view is in the end what a fresh snapshot gives, and no update comes twice."""
    outcomes = run(
        page,
        """
        const outcomes = [];
        const cases = [0, 1, 2, 3, 4, 5, 6].flatMap((cut) => [false, true].flatMap((forgets) =>
          [0, 1, 3].map((missed) => ({ cut, forgets, missed }))));
        for (const { cut, forgets, missed } of cases) {
          const { server, clock, seen } = await browser();
          server.forgets = forgets;
          for (let n = 1; n <= 6; n += 1) {
            if (n === cut) {
              server.cut();
              for (let i = 0; i < missed; i += 1) server.say('missed', { lost: true });
              await clock.pass(1000);
            }
            server.say(`message ${n}`);
            await settled();
          }
          if (cut === 6) server.cut();
          await clock.pass(2000);
          const fresh = await browser({ server });
          const updates = seen.frames.filter(({ type }) => type === 'update').map(({ offset }) => offset);
          outcomes.push({
            cut, forgets, missed,
            same: JSON.stringify(seen.view) === JSON.stringify(fresh.seen.view),
            once: new Set(updates).size === updates.length,
            count: seen.view.messages.length,
          });
        }
        return outcomes;
        """,
    )
    assert len(outcomes) == 42
    assert [one for one in outcomes if not (one["same"] and one["once"])] == []
    assert {one["count"] for one in outcomes} == {6, 7, 9}


def test_a_hole_is_asked_for_and_nothing_behind_it_is_applied_before(page):
    """A lost update is fetched by a resume from the last whole offset; repeated ones are dropped."""
    asked, offsets, texts = run(
        page,
        """
        const { server, seen } = await browser();
        server.say('one'); server.say('two', { lost: true }); server.say('three');
        server.tell(server.socket, server.log[0]);
        await settled();
        const offsets = seen.frames.filter(({ type }) => type === 'update').map(({ offset }) => offset);
        return [server.heard.at(-1), offsets, seen.view.messages.map(({ text }) => text)];
        """,
    )
    assert asked["resume"] == {"epoch": "e1", "offset": 1}
    assert offsets == [1, 2, 3]
    assert texts == ["one", "two", "three"]


def test_a_resume_that_leaves_a_hole_is_answered_by_asking_for_a_snapshot(page):
    """`resumed` beyond what came is not believed: the browser asks again, without resume."""
    asked, state = run(
        page,
        """
        const { server, seen, connection } = await browser();
        server.say('one');
        server.silent = true;
        server.tell(server.socket, { type: 'update', conversation: 'c', offset: 5, message: null });
        server.tell(server.socket, { type: 'resumed', conversation: 'c', epoch: 'e1', offset: 5 });
        return [server.heard.slice(-2).map((f) => f.resume ?? null), connection.status.state];
        """,
    )
    assert asked == [{"epoch": "e1", "offset": 1}, None]
    assert state == "catching-up"


def test_an_old_offset_is_dropped_without_a_word(page):
    """The same update again, or one from before: nothing is drawn, and nothing is asked for."""
    offsets, asked, state = run(
        page,
        """
        const { server, seen, connection } = await browser();
        for (const text of ['one', 'two', 'three']) server.say(text);
        for (const update of [server.log[2], server.log[0]]) server.tell(server.socket, update);
        await settled();
        const offsets = seen.frames.filter(({ type }) => type === 'update').map(({ offset }) => offset);
        return [offsets, server.heard.filter(({ type }) => type === 'subscribe').length, connection.status.state];
        """,
    )
    assert offsets == [1, 2, 3]
    assert asked == 1
    assert state == "live"


def test_a_resume_of_another_epoch_is_not_believed(page):
    """Numbers of another epoch say nothing: only a fresh snapshot can help."""
    resume, texts = run(
        page,
        """
        const { server, seen } = await browser();
        server.say('one');
        server.epoch = 'e2';
        server.log = [];
        server.say('of the new epoch', { lost: true });
        server.tell(server.socket, { type: 'resumed', conversation: 'c', epoch: 'e2', offset: 1 });
        await settled();
        return [server.heard.at(-1).resume ?? null, seen.view.messages.map(({ text }) => text)];
        """,
    )
    assert resume is None
    assert texts == ["of the new epoch"]


def test_a_ping_is_answered_and_silence_is_noticed(page):
    """pong comes at once; after 33 s without a frame the socket is given up and `offline` tells since when."""
    pong, before, after, since = run(
        page,
        """
        const { server, clock, connection } = await browser();
        server.tell(server.socket, { type: 'ping' });
        const pong = server.heard.at(-1);
        await clock.pass(32_900);
        const before = connection.status.state;
        server.silent = true;
        await clock.pass(200);
        return [pong, before, connection.status.state, connection.status.since];
        """,
    )
    assert pong == {"type": "pong"}
    assert before == "live"
    assert after == "offline"
    assert since == 33_000


def test_tries_spread_out_to_twenty_seconds_and_start_afresh_after_health(page):
    """Full jitter: random times 1, 2, 4 … 20 s; 30 healthy seconds bring the first delay back."""
    delays, again = run(
        page,
        """
        const { delay } = await import('/static/live/connection.js');
        const { server, clock, connection } = await browser();
        for (let i = 0; i < 4; i += 1) { server.cut(); await clock.pass(20_000 * 0.5); }
        for (let i = 0; i < 3; i += 1) { await clock.pass(12_000); server.tell(server.socket, { type: 'ping' }); }
        server.cut();
        await clock.pass(499);
        const early = connection.status.state;
        await clock.pass(2);
        return [[0, 1, 2, 3, 4, 5, 50].map((n) => delay(n, 1)), [early, connection.status.state]];
        """,
    )
    assert delays == [1000, 2000, 4000, 8000, 16000, 20000, 20000]
    assert again == ["offline", "live"]


@pytest.mark.parametrize(
    ("code", "state"), [(4501, "refused"), (4503, "refused"), (4000, "live"), (4008, "live"), (4401, "live")]
)
def test_a_close_code_says_whether_to_come_back(page, code, state):
    """4500 and above is the server's last word, everything below is tried again."""
    result = run(
        page,
        """
        const { server, clock, connection } = await browser();
        server.cut(argument);
        await clock.pass(5_000);
        return connection.status.state;
        """,
        code,
    )
    assert result == state


def test_a_subscription_that_is_never_answered_starts_over(page):
    """No snapshot within 15 s is a fault of this socket: another one is made."""
    sockets, state = run(
        page,
        """
        const { server, clock, connection } = await browser({ subscribe: false });
        server.silent = true;
        connection.subscribe('c', { onFrame() {} });
        await clock.pass(15_000);
        server.silent = false;
        await clock.pass(1_000);
        return [server.sockets.length, connection.status.state];
        """,
    )
    assert sockets == 2
    assert state == "live"


def test_an_error_ends_the_subscription_and_says_why(page):
    """A chat given to somebody else is told to its reader, and is not asked for again."""
    errors, asked = run(
        page,
        """
        const { server, clock, seen } = await browser();
        const error = { code: 'forbidden', message: 'not yours' };
        server.tell(server.socket, { type: 'error', conversation: 'c', error });
        server.cut();
        await clock.pass(5_000);
        return [seen.errors, server.heard.filter(({ type }) => type === 'subscribe').length];
        """,
    )
    assert errors == [{"code": "forbidden", "message": "not yours"}]
    assert asked == 1


def test_what_cannot_be_sent_is_said_not_to_be(page):
    """`send` is false without a greeted socket, and after `close` nothing is tried again."""
    result = run(
        page,
        """
        const { server, clock, connection } = await browser();
        const live = connection.send({ type: 'typing', conversation: 'c', on: true });
        server.cut();
        const offline = connection.send({ type: 'typing', conversation: 'c', on: true });
        connection.close();
        await clock.pass(60_000);
        return [live, offline, server.sockets.length, connection.status.state];
        """,
    )
    assert result == [True, False, 1, "closed"]


def test_an_old_view_is_never_changed(page):
    """The fold makes a new view; the one before, frozen to its depth, stays as it was."""
    texts, points, typing, alerts, whispers = run(
        page,
        """
        const { emptyView, receive } = await import('/static/live/conversation.js');
        const freeze = (value) => {
          if (value && typeof value === 'object') Object.values(value).forEach(freeze);
          return Object.freeze(value);
        };
        const server = new Server();
        for (const text of ['a', 'b']) server.say(text, { lost: true });
        const edited = { ...server.log[1].message, text: 'b, edited' };
        let view = freeze(receive(emptyView(), server.snapshot()));
        for (const frame of [
          { ...server.log[1], offset: 3, message: edited },
          { type: 'typing', role: 'customer', on: true },
          { type: 'alert', alert: { kind: 'threat', severity: 'critical', text: '!' } },
          { type: 'whisper', from: 'sam', text: 'psst' },
          { type: 'unheard of' },
        ]) view = freeze(receive(view, frame));
        const { messages, history, state, alerts, whispers } = view;
        const texts = messages.map(({ text }) => text);
        return [texts, history.length, state.typing.customer, alerts.length, whispers.length];
        """,
    )
    assert texts == ["a", "b, edited"]
    assert (points, typing, alerts, whispers) == (2, True, 1, 1)


def test_marks_count_code_points_and_lose_nothing(page):
    """Behind an emoji, which JavaScript counts as two, the marked words are still the right ones."""
    text = "🙄🙄 no one cares 🙄"
    start = text.index("no one")
    evidence = [{"message": "m", "start": start, "end": start + 12, "text": "no one cares", "kind": "anger"}]
    parts = run(
        page,
        """
        const { pieces } = await import('/static/live/marks.js');
        return pieces(...argument).map(({ text, evidence }) => [text, evidence.length]);
        """,
        [text, evidence],
    )
    assert ["no one cares", 1] in parts
    assert "".join(part for part, _ in parts) == text
