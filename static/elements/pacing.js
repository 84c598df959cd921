/**
 * The pace of what the agent sees, and her calm: the attention budget and the strain with their clock, in one piece for the sidebar.
 * Rule: nothing in here has a way to any server; it is given frames and hands out templates.
 */

import { attend, loadQuiet, openAttention, saveQuiet, shownAdvice, turned } from "../live/attention.js";
import { feel, rested } from "../live/strain.js";
import { calmLine } from "./calm.js";
import { heldLine, quietMenu } from "./quiet_menu.js";

/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{requestUpdate: () => void}} Host */
/** @typedef {{now: () => number, setTimeout: (run: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} Timers */

const LONGEST = 60_000; // ms of one timer: a longer one would overflow or sleep through a closed lid

/** @type {Timers} */
const CLOCK = {
  now: () => Date.now(),
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};

const STORAGE = () => localStorage;

export class Pacing {
  /** @type {Host} */ #host;
  /** @type {Timers} */ #timers;
  /** @type {any} */ #timer;
  #strain = rested();

  attention = openAttention(loadQuiet(STORAGE));

  /** @param {Host} host that is drawn again when something may be shown @param {Timers} [timers] */
  constructor(host, timers = CLOCK) {
    this.#host = host;
    this.#timers = timers;
  }

  /** @param {string} conversation that is opened; "" for none */
  open(conversation) {
    this.#attend({ kind: "chat", conversation });
  }

  /** A letter in the reply box. */
  typed() {
    this.#attend({ kind: "typing" });
  }

  /**
   * What the newest frame made of the open chat.
   * @param {import("../live/draft.js").Frame} frame
   * @param {import("../live/conversation.js").Advice | null} advice
   */
  heard(frame, advice) {
    if (frame.type === "update" && frame.message?.role === "agent") this.#attend({ kind: "sent" });
    if (frame.type === "typing" && frame.role === "agent" && frame.on) this.typed(); // a tool that tells this and not the draft
    this.#attend({ kind: "advice", advice });
    this.listen(frame);
  }

  /** A customer's new message, in whichever of the agent's chats. @param {import("../live/draft.js").Frame} frame */
  listen({ type, conversation, message, reading }) {
    if (type !== "update" || message?.role !== "customer" || !reading) return;
    const abuse = reading.signals?.abuse ?? 0;
    this.#strain = feel(this.#strain, { kind: "heard", conversation, tension: reading.tension, abuse }, this.#timers.now());
    this.#wake();
  }

  /** What is to be drawn of the open chat's advice. */
  get advice() {
    return shownAdvice(this.attention);
  }

  /** @param {Words} t */
  held(t) {
    return heldLine(this.attention, { open: () => this.#attend({ kind: "open" }) }, t);
  }

  /** @param {Words} t */
  menu(t) {
    const context = { step: this.attention.newest?.next_step ?? null, now: this.#timers.now() };
    return quietMenu(this.attention, { set: (change) => this.#set(change) }, context, t);
  }

  /** @param {Words} t */
  calm(t) {
    return calmLine(this.#strain, { done: () => this.#rest() }, t);
  }

  stop() {
    this.#timers.clearTimeout(this.#timer);
  }

  #rest() {
    this.#strain = feel(this.#strain, { kind: "done" }, this.#timers.now());
    this.#wake();
  }

  /** @param {import("./quiet_menu.js").Change} change */
  #set(change) {
    const quiet = turned(this.attention.quiet, change, this.#timers.now());
    saveQuiet(STORAGE, quiet);
    this.#attend({ kind: "set", quiet });
  }

  /** @param {import("../live/attention.js").Event} event */
  #attend(event) {
    this.attention = attend(this.attention, event, this.#timers.now());
    this.#wake();
  }

  /** Draw, and look again when the first of both may change by itself. */
  #wake() {
    this.#host.requestUpdate();
    this.#timers.clearTimeout(this.#timer);
    const due = [this.attention.due, this.#strain.due].filter((at) => at !== null);
    if (!due.length) return;
    const wait = Math.min(LONGEST, Math.max(0, Math.min(...due) - this.#timers.now()));
    this.#timer = this.#timers.setTimeout(() => this.#tick(), wait);
  }

  #tick() {
    this.#strain = feel(this.#strain, { kind: "tick" }, this.#timers.now());
    this.#attend({ kind: "tick" });
  }
}
