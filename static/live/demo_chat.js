/**
 * One side of the demo chat: joins `/demo/ws`, keeps the messages, and loses none.
 * Rules of this room: no DOM; a message keeps its id until the server has acknowledged it, so sending it again
 * after a cut cannot double it; every change makes a new state and calls `onchange` with it.
 */

import { connect } from "./connection.js";
import { asError, followLine, joined, received, sending, typed } from "./demo_transcript.js";

/** @typedef {import("./demo_transcript.js").ChatState} ChatState */
/** @typedef {import("./connection.js").Connection} Connection */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./connection.js").Timers} Timers */

/** The longest text that a message may have, in code points. */
export const LONGEST = 20_000;

const PING = 20_000; // ms; shorter than the silence after which a connection counts as dead
const TYPING_AGAIN = 3_000; // ms between two "still typing"
const TYPING_ENDS = 5_000; // ms after the last key
const TYPING_STALE = 8_000; // ms until a typist who went away without a word is forgotten

/** @type {Timers} */
const CLOCK = {
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
  now: () => Date.now(),
  random: () => Math.random(),
};

/**
 * @typedef {object} Options
 * @property {string} conversation
 * @property {() => string} token which side this is stands in it; asked for at every connection
 * @property {(state: ChatState) => void} onchange
 * @property {{new (url: string): WebSocket}} [WebSocket]
 * @property {Timers} [timers]
 */

export class DemoChat {
  /** @type {Options} */ #options;
  /** @type {Timers} */ #timers;
  /** @type {Connection} */ #connection;
  /** @type {Map<string, any>} */ #alarms = new Map();
  #typedAt = -Infinity;
  /** @type {ChatState} */ state = { status: "connecting", as: null, messages: [], pending: [], typing: [], error: "" };

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#timers = options.timers ?? CLOCK;
    const { conversation, token, WebSocket } = options;
    this.#connection = connect({
      url: "/demo/ws",
      token,
      WebSocket,
      timers: this.#timers,
      greet: (word) => ({ type: "join", conversation, token: word }),
      welcome: "joined",
      onFrame: (frame) => this.#hear(frame),
      onStatus: ({ state, reason }) => this.#become(followLine(this.state, state, reason)),
    });
  }

  /** Ends the chat for good. */
  close() {
    for (const name of [...this.#alarms.keys()]) this.#alarm(name, null);
    this.#connection.close();
  }

  /** Tries at once instead of waiting, for instance when the browser is online again. */
  retryNow() {
    this.#connection.retryNow();
  }

  /**
   * Sends a message, now or as soon as there is a connection.
   * @param {string} text
   * @returns {boolean} false when there is nothing to send or too much (`error` of the state says so)
   */
  send(text) {
    const words = text.trim();
    if (!words) return false;
    const length = Array.from(words).length;
    if (length > LONGEST) {
      this.#become(asError(this.state, `This message has ${length} characters; at most ${LONGEST} can be sent.`));
      return false;
    }
    const message = { id: messageId(), text: words };
    this.#become(sending(this.state, message, new Date(this.#timers.now()).toISOString()));
    this.type(false);
    this.#connection.send({ type: "message", ...message });
    return true;
  }

  /**
   * Tells the other side that somebody is typing here, or has stopped.
   * @param {boolean} on
   */
  type(on) {
    const now = this.#timers.now();
    const due = on ? now - this.#typedAt >= TYPING_AGAIN : this.#typedAt > -Infinity;
    this.#alarm("typing", on ? () => this.type(false) : null, TYPING_ENDS);
    if (due && this.#connection.send({ type: "typing", on })) this.#typedAt = on ? now : -Infinity;
  }

  /** @param {Frame} frame */
  #hear(frame) {
    if (frame.type === "typing") this.#typist(frame);
    this.#become(frame.type === "joined" ? joined(this.state, frame) : received(this.state, frame));
    if (frame.type !== "joined") return;
    this.#sendAgain();
    this.#ping();
  }

  /** A chat in which nobody writes is silent for good reasons: its server answers, but does not ask. */
  #ping() {
    this.#alarm("ping", () => {
      this.#connection.send({ type: "ping" });
      this.#ping();
    }, PING);
  }

  #sendAgain() {
    this.#typedAt = -Infinity;
    for (const { id, text, refused } of this.state.pending) {
      if (!refused) this.#connection.send({ type: "message", id, text });
    }
  }

  /** @param {Frame} frame */
  #typist({ role, on }) {
    this.#alarm(`typist ${role}`, on ? () => this.#become(typed(this.state, role, false)) : null, TYPING_STALE);
  }

  /** @param {ChatState} state */
  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.#options.onchange(state);
  }

  /**
   * One alarm a name: a new one takes the place of the old one.
   * @param {string} name
   * @param {(() => void) | null} run null only cancels
   * @param {number} [ms]
   */
  #alarm(name, run, ms = 0) {
    this.#timers.clearTimeout(this.#alarms.get(name));
    this.#alarms.delete(name);
    if (run) this.#alarms.set(name, this.#timers.setTimeout(run, ms));
  }
}

/** @returns {string} 128 random bits, also where the page is not a secure context */
function messageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
