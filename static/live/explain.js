/**
 * Explanations of a message's tension, asked of the server on demand: each message once until the chat goes on.
 * Rules: no DOM; an answer counts only for the question that waits for it; what was not answered can be asked again.
 * The sender and the timers are arguments.
 */

/** @typedef {{start: number, end: number, text: string, kind: string, rule?: string, points: number, without: number}} Cause of tension; spans count code points */
/** @typedef {{message: string, tension: number, without: number, points: Cause[]}} Explanation `without`: the tension of the chat now, had the message not been said */
/** @typedef {{state: "none" | "reading" | "ready" | "stale" | "offline" | "failed", explanation: Explanation | null, fault: string | null}} Answer an explanation may be the one from before the chat went on */
/** @typedef {import("./draft.js").Frame} Frame */
/** @typedef {import("./draft.js").Timers} Timers */
/** @typedef {{conversation: () => string, send: (frame: Frame) => boolean, changed: () => void, timers?: Timers}} Options */

const PATIENCE = 8_000; // ms; after that it may be asked again

/** @type {Timers} */
const CLOCK = { setTimeout: (run, ms) => globalThis.setTimeout(run, ms), clearTimeout: (timer) => globalThis.clearTimeout(timer) };

/** @type {Answer} */
const NONE = Object.freeze({ state: "none", explanation: null, fault: null });

export class ExplainDesk {
  /** @type {Options} */ #options;
  /** @type {Timers} */ #timers;
  /** @type {Map<string, Answer>} by message */ #answers = new Map();
  /** @type {Map<string, {message: string, timer: any}>} by ref */ #waiting = new Map();
  #ref = 0;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#timers = options.timers ?? CLOCK;
  }

  /** @param {string} message @returns {Answer} as far as it is known */
  of(message) {
    return this.#answers.get(message) ?? NONE;
  }

  /** Asks once; again only after a failure. @param {string} message */
  ask(message) {
    const known = this.of(message);
    if (["reading", "ready"].includes(known.state)) return;
    const ref = `explain ${(this.#ref += 1)}`;
    if (!this.#options.send({ type: "explain", conversation: this.#options.conversation(), message, ref })) {
      return this.#put(message, { ...known, state: "offline" });
    }
    this.#waiting.set(ref, { message, timer: this.#timers.setTimeout(() => this.#end(ref, { ...known, state: "failed" }), PATIENCE) });
    this.#put(message, { ...known, state: "reading", fault: null });
  }

  /**
   * @param {Frame} frame any
   * @returns {boolean} whether it answers this desk
   */
  hear(frame) {
    if (typeof frame.ref !== "string" || !/^explain \d+$/u.test(frame.ref)) return false;
    if (frame.type === "explanation") this.#end(frame.ref, { state: "ready", explanation: /** @type {any} */ (frame), fault: null });
    else if (frame.type === "error") this.#end(frame.ref, { ...NONE, state: "failed", fault: frame.error?.message ?? null });
    return true;
  }

  /** The chat went on: what is known may no longer hold, and no answer on its way counts. */
  age() {
    this.#drop();
    for (const [message, { explanation }] of this.#answers) {
      if (explanation) this.#answers.set(message, { explanation, state: "stale", fault: null });
      else this.#answers.delete(message);
    }
  }

  #drop() {
    for (const { timer } of this.#waiting.values()) this.#timers.clearTimeout(timer);
    this.#waiting.clear();
  }

  /** @param {string} ref @param {Answer} answer */
  #end(ref, answer) {
    const asked = this.#waiting.get(ref);
    if (!asked) return;
    this.#timers.clearTimeout(asked.timer);
    this.#waiting.delete(ref);
    this.#put(asked.message, answer);
  }

  /** @param {string} message @param {Answer} answer */
  #put(message, answer) {
    this.#answers.set(message, answer);
    this.#options.changed();
  }
}
