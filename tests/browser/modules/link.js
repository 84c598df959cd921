/**
 * A clock and a server for connection.js, both in the hands of the test: no time passes and no byte moves unless it says so.
 * The server keeps one conversation's updates and answers as the wire demands.
 */

import { connect } from "/static/live/connection.js";
import { emptyView, receive } from "/static/live/conversation.js";

export class Clock {
  ms = 0;
  chance = 0.5;
  due = [];

  timers = {
    setTimeout: (run, ms) => {
      const timer = { run, at: this.ms + ms };
      this.due.push(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      this.due = this.due.filter((one) => one !== timer);
    },
    now: () => this.ms,
    random: () => this.chance,
  };

  /** Let time pass, firing in order what falls due. */
  async pass(ms) {
    const end = this.ms + ms;
    for (;;) {
      const next = this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.ms = next.at;
      this.timers.clearTimeout(next);
      next.run();
      await settled();
    }
    this.ms = end;
    await settled();
  }
}

const { port1: ring, port2: bell } = new MessageChannel(); // a timer would wait for 4 ms, thousands of times
const waiting = [];
bell.onmessage = () => waiting.shift()();

/** Promises that wait for nothing outside have run. */
export function settled() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    ring.postMessage(null);
  });
}

export class Server {
  sockets = [];
  heard = []; // every frame that a browser sent
  log = []; // updates 1, 2, …
  epoch = "e1";
  silent = false; // opens, but answers nothing
  refuses = null; // a close code instead of a welcome
  forgets = false; // cannot resume
  away = false; // its database does not answer

  get Socket() {
    const server = this;
    return class {
      sent = [];
      constructor(url) {
        this.url = url;
        server.sockets.push(this);
        queueMicrotask(() => this.onopen?.());
      }
      send(text) {
        const frame = JSON.parse(text);
        server.heard.push(frame);
        if (!server.silent) queueMicrotask(() => server.answer(this, frame)); // as on a wire, never within the call
      }
      close() {
        this.closed = true;
      }
    };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  tell(socket, frame) {
    socket.onmessage?.({ data: JSON.stringify(frame) });
  }

  answer(socket, frame) {
    if (frame.type === "hello" && this.refuses) return socket.onclose?.({ code: this.refuses, reason: "no" });
    if (frame.type === "hello") return this.tell(socket, { type: "welcome", epoch: this.epoch, role: "agent" });
    if (frame.type === "subscribe") this.catchUp(socket, frame);
  }

  catchUp(socket, { conversation, resume, ref }) {
    const error = { code: "unavailable", message: "the database is away" };
    if (this.away) return this.tell(socket, { type: "error", conversation, ref, error });
    const offset = this.log.length;
    if (resume?.epoch === this.epoch && !this.forgets) {
      for (const update of this.log.slice(resume.offset)) this.tell(socket, update);
      return this.tell(socket, { type: "resumed", conversation, epoch: this.epoch, offset });
    }
    this.tell(socket, this.snapshot());
  }

  /** What a browser that comes now is given. */
  snapshot() {
    const messages = this.log.map(({ message, reading }) => ({ ...message, reading }));
    const history = this.log.map(({ message, state }) => ({ seq: message.seq, tension: state.tension, band: state.band, at: message.at }));
    const last = this.log.at(-1);
    const state = { ...(last?.state ?? { tension: 0, band: "calm", trend: "steady" }), history: history.slice(-60) };
    return { type: "snapshot", conversation: "c", epoch: this.epoch, offset: this.log.length, resumed: false, messages, state, advice: last?.advice ?? null };
  }

  /** One more message in the conversation; `lost` keeps it from the browser. */
  say(text, { lost = false } = {}) {
    const seq = this.log.length + 1;
    const state = { tension: seq, band: "calm", trend: "rising" };
    const advice = { next_step: "listen", steps: [], suggestions: [], cautions: [], alerts: [], not_shown: [] };
    const message = { id: `m${seq}`, seq, role: "customer", text, at: "2026-01-01T00:00:00Z" };
    this.log.push({ type: "update", conversation: "c", offset: seq, message, reading: { ...state, evidence: [] }, advice, state });
    if (!lost) this.tell(this.socket, this.log.at(-1));
  }

  cut(code = 1006) {
    this.socket.onclose?.({ code, reason: "" });
  }
}

/** A connected browser that follows conversation c. */
export async function browser({ subscribe = true, server = new Server(), ...options } = {}) {
  const clock = new Clock();
  const seen = { states: [], services: [], frames: [], errors: [], view: emptyView() };
  const connection = connect({
    url: "/ws/v1/agent",
    token: "t",
    WebSocket: server.Socket,
    timers: clock.timers,
    onStatus: (status) => {
      seen.states.push(status.state);
      seen.services.push(status.service);
    },
    onFrame: (frame) => seen.frames.push(frame),
    ...options,
  });
  const onFrame = (frame) => {
    seen.frames.push(frame);
    seen.view = receive(seen.view, frame);
  };
  if (subscribe) connection.subscribe("c", { onFrame, onError: (error) => seen.errors.push(error) });
  await settled();
  return { clock, server, seen, connection };
}
