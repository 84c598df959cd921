/**
 * An agent's line to the server: one socket for all chats she has open, and her verdicts until the server has them.
 * Rules: no DOM; a verdict is kept until the server has acknowledged it or refused it, whatever becomes of the socket, the page or the database
 * meanwhile; it goes out once for each of these at most, always with the same `id`, by which the server knows it again.
 */

import { Acts } from "./actions.js";
import { connect } from "./connection.js";
import { forgetVerdict, freshId, keepVerdict, keptVerdicts } from "./kept.js";

/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./connection.js").Status} Status */
/** @typedef {{code: string, message: string}} Problem */
/**
 * @typedef {object} Listeners
 * @property {(conversation: string, frame: Frame) => void} onFrame everything of a chat that is followed
 * @property {(frame: Frame) => void} onOther frames of no chat that is followed
 * @property {(conversation: string, problem: Problem) => void} onProblem the server does not let it be followed
 * @property {(status: Status) => void} onStatus
 */

const UNSENT = 50; // verdicts kept while the server cannot be reached; the oldest go first
const AGAIN = 4_000; // ms until a chat is asked for again that the server does not know yet or that somebody else has, or a verdict told that it could not keep
const PASSING = ["not_found", "forbidden"]; // refusals that may end by themselves
/** @type {ReadonlySet<Status["state"]>} */
const CONNECTED = new Set(["catching-up", "live", "uncertain"]);

export class Session {
  /** @type {Listeners} */ #listeners;
  /** @type {import("./connection.js").Connection | null} */ #connection = null;
  /** @type {Map<string, () => void>} of each chat that is followed, how to leave it */ #followed = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */ #again = new Map();
  /** @type {Map<string, {frame: Frame, sent: boolean}>} verdicts by their ref, until they are acknowledged */ #kept = new Map();
  #ref = 0;
  #acts = new Acts((frame) => this.send(frame));

  /** @param {Listeners} listeners */
  constructor(listeners) {
    this.#listeners = listeners;
    for (const verdict of keptVerdicts()) this.#hold(verdict); // of the page before a reload
  }

  get isOpen() {
    return this.#connection !== null;
  }

  /** @param {string} url @param {string} token */
  open(url, token) {
    this.#connection = connect({ url, token, onFrame: (frame) => this.#other(frame), onStatus: (status) => this.#onStatus(status) });
    for (const conversation of this.#followed.keys()) this.#subscribe(conversation);
  }

  /** Ends the connection; what is followed and what is kept waits for the next. */
  close() {
    this.#connection?.close();
    this.#connection = null;
  }

  /** @param {string} conversation */
  follow(conversation) {
    if (!this.#followed.has(conversation)) this.#subscribe(conversation);
  }

  /** @param {string} conversation */
  leave(conversation) {
    clearTimeout(this.#again.get(conversation));
    this.#followed.get(conversation)?.();
    this.#followed.delete(conversation);
  }

  /** @param {Frame} frame @returns {boolean} false when there is no socket to hand it to; it is not kept */
  send(frame) {
    return this.#connection?.send(frame) ?? false;
  }

  /**
   * A verdict on a suggestion; it reaches the server, if not now then when it can be reached again.
   * @param {string} conversation
   * @param {string} suggestion
   * @param {string} verdict
   * @param {{reason?: string, final?: string}} [more]
   */
  tell(conversation, suggestion, verdict, more = {}) {
    const told = { id: freshId(), conversation, suggestion, verdict, ...more };
    keepVerdict(told);
    this.#hold(told);
  }

  /**
   * Something that the agent does to a chat, beside writing in it; rejects with `{code, message}`.
   * @param {string} conversation
   * @param {string} action
   * @param {import("./actions.js").More} more
   */
  act(conversation, action, more) {
    return this.#acts.do(conversation, action, more);
  }

  /** The page knows that the network is back. */
  retryNow() {
    this.#connection?.retryNow();
  }

  /** @param {import("./kept.js").Verdict} verdict */
  #hold(verdict) {
    const ref = `feedback ${(this.#ref += 1)}`;
    const frame = { type: "feedback", ...verdict, ref };
    this.#kept.set(ref, { frame, sent: this.send(frame) });
    if (this.#kept.size > UNSENT) this.#kept.delete([...this.#kept.keys()][0]);
  }

  /** @param {string} conversation */
  #subscribe(conversation) {
    const leave = this.#connection?.subscribe(conversation, {
      onFrame: (frame) => this.#settle(frame) || this.#acts.hear(frame) || this.#listeners.onFrame(conversation, frame),
      onError: (problem) => this.#onError(conversation, problem),
    });
    this.#followed.set(conversation, leave ?? (() => {}));
  }

  /** @param {string} conversation @param {Problem} problem */
  #onError(conversation, problem) {
    this.#listeners.onProblem(conversation, problem);
    if (PASSING.includes(problem.code)) this.#again.set(conversation, setTimeout(() => this.#subscribe(conversation), AGAIN));
  }

  /** @param {Frame} frame */
  #other(frame) {
    if (!this.#settle(frame) && !this.#acts.hear(frame)) this.#listeners.onOther(frame);
  }

  /** @param {Frame} frame @returns {boolean} whether it is the server's answer to a verdict */
  #settle({ type, ref, error }) {
    const told = type === "ack" || type === "error" ? this.#kept.get(ref) : undefined;
    if (!told) return false;
    if (error?.code === "unavailable") return this.#tellLater(told);
    forgetVerdict(told.frame.id);
    return this.#kept.delete(ref);
  }

  /** @param {{frame: Frame, sent: boolean}} told to a server without its database */
  #tellLater(told) {
    told.sent = false;
    setTimeout(() => this.#flush(), AGAIN);
    return true;
  }

  /** What has not gone out on this connection, where it can be kept. */
  #flush() {
    if (this.#connection?.status.state !== "live") return;
    for (const one of this.#kept.values()) one.sent ||= this.send(one.frame);
  }

  /** @param {Status} status */
  #onStatus(status) {
    if (!CONNECTED.has(status.state)) for (const one of this.#kept.values()) one.sent = false;
    this.#flush();
    this.#listeners.onStatus(status);
  }
}
