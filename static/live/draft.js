/**
 * The agent's draft on its way to the coach and back.
 * Rules: no DOM; what is typed is asked for after a pause of 300 ms, one question in flight, the newest text wins; a draft over the limit
 * is never sent; an answer counts only for the text that it was asked for. The sender and the timers are arguments.
 */

/** @typedef {{start: number, end: number, kind: string, reason: string, better?: string | null}} Remark spans count code points */
/** @typedef {{low: number, expected: number, high: number}} Effect tension 0..100 */
/** @typedef {{start: number, end: number, text: string, kind: string, points: number}} Because words that move the expectation, points signed */
/** @typedef {{text: string, effect: Effect, because?: Because[]}} Alternative */
/** @typedef {{text: string, remarks: Remark[], effect: Effect, alternatives: Alternative[], because?: Because[]}} Review `text` is what was read */
/** @typedef {{start: number, end: number, was: string, now: string, rule: string}} Change of the text as it was */
/** @typedef {{of: string, manner: string, text: string | null, changes: Change[], because: string}} Rewritten `of` is the text that was rewritten */
/**
 * @typedef {object} DraftView
 * @property {string} text as it stands now
 * @property {"host" | "own"} where it is written
 * @property {number} over characters, where there are more than the limit; else 0
 * @property {boolean} reading whether an answer is on its way
 * @property {boolean} offline whether it could not be asked for
 * @property {string | null} fault what the server said against it
 * @property {Review | null} review of this text or, until the next one comes, of the one before
 * @property {Rewritten | null} rewritten
 */
/** @typedef {Record<string, any> & {type: string}} Frame */
/** @typedef {{setTimeout: (run: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} Timers */
/**
 * @typedef {object} Options
 * @property {() => string} conversation the one that is open
 * @property {(frame: Frame) => boolean} send false when it could not be handed to the socket
 * @property {() => void} changed the view is another one now
 * @property {Timers} [timers]
 */

export const MOST = 8_000; // characters of a draft, as code points
export const PAUSE = 300; // ms
const PATIENCE = 10_000; // ms after which an unanswered question no longer stands in the way

/** @type {Timers} */
const CLOCK = { setTimeout: (run, ms) => globalThis.setTimeout(run, ms), clearTimeout: (timer) => globalThis.clearTimeout(timer) };

/** @type {DraftView} */
const EMPTY = Object.freeze({ text: "", where: "own", over: 0, reading: false, offline: false, fault: null, review: null, rewritten: null });

/**
 * @param {string} text
 * @returns {number} its code points
 */
export function length(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The text with another wording in the place of a span; spans count code points.
 * @param {string} text
 * @param {{start: number, end: number}} span
 * @param {string} better
 */
export function replaced(text, { start, end }, better) {
  const points = Array.from(text);
  return [...points.slice(0, start), better, ...points.slice(end)].join("");
}

export class DraftDesk {
  /** @type {Options} */ #options;
  /** @type {Timers} */ #timers;
  /** @type {any} */ #pause;
  /** @type {any} */ #patience;
  /** @type {{ref: string, text: string} | null} */ #asked = null;
  /** @type {{ref: string, text: string, manner: string} | null} */ #wished = null;
  #ref = 0;

  /** @type {DraftView} */ view = EMPTY;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#timers = options.timers ?? CLOCK;
  }

  /** @param {string} text the whole draft as it stands now @param {"host" | "own"} where */
  write(text, where) {
    if (text === this.view.text && where === this.view.where) return;
    const count = text.length > MOST ? length(text) : 0; // code points are never more than UTF-16 units
    const over = count > MOST ? count : 0;
    const kept = text.trim() && !over ? this.view.review : null;
    this.#show({ text, where, over, fault: null, offline: false, review: kept, rewritten: null });
    this.#wished = null;
    this.#later();
  }

  /** @param {string} manner friendlier, formal, shorter or firmer */
  rewrite(manner) {
    const { text, over } = this.view;
    if (over || !text.trim()) return;
    const ref = this.#next("rewrite");
    this.#wished = { ref, text, manner };
    const sent = this.#options.send({ type: "rewrite", conversation: this.#options.conversation(), ref, text, manner });
    this.#show({ offline: !sent, rewritten: null, fault: null });
  }

  /** Put the rewritten text away. */
  leave() {
    this.#wished = null;
    this.#show({ rewritten: null });
  }

  /** Another chat, or none: nothing of the last one stays, and no answer to it counts. */
  reset() {
    this.#timers.clearTimeout(this.#pause);
    this.#timers.clearTimeout(this.#patience);
    this.#asked = this.#wished = null;
    this.view = EMPTY;
    this.#options.changed();
  }

  /** Ask again what could not be asked, once the connection is back. */
  retry() {
    if (!this.view.offline && !this.view.reading) return;
    this.#asked = null;
    this.#read();
  }

  /**
   * @param {Frame} frame any
   * @returns {boolean} whether it answers this desk
   */
  hear(frame) {
    if (this.#asked && frame.ref === this.#asked.ref) this.#reviewed(frame, this.#asked.text);
    else if (this.#wished && frame.ref === this.#wished.ref) this.#reworded(frame, this.#wished);
    else return typeof frame.ref === "string" && /^(?:draft|rewrite) \d+$/u.test(frame.ref);
    return true;
  }

  #later() {
    this.#timers.clearTimeout(this.#pause);
    this.#pause = this.#timers.setTimeout(() => this.#read(), PAUSE);
  }

  #read() {
    const { text, over } = this.view;
    if (this.#asked || over || !text.trim() || this.view.review?.text === text) return;
    const ref = this.#next("draft");
    if (!this.#options.send({ type: "draft", conversation: this.#options.conversation(), ref, text })) return this.#show({ offline: true });
    this.#asked = { ref, text };
    this.#timers.clearTimeout(this.#patience);
    this.#patience = this.#timers.setTimeout(() => this.retry(), PATIENCE);
    this.#show({ reading: true, offline: false });
  }

  /** @param {Frame} frame @param {string} text that was asked about */
  #reviewed(frame, text) {
    this.#timers.clearTimeout(this.#patience);
    this.#asked = null;
    const current = text === this.view.text;
    if (frame.error?.code === "superseded") this.#later(); // by another page of this agent's: asked again when it has its answer
    else if (frame.type === "error") this.#show({ reading: false, fault: current ? frame.error.message : null });
    else if (current) this.#show({ reading: false, review: { ...reviewOf(frame), text } });
    else this.#show({ reading: false });
    if (!current) this.#read(); // it was typed on: the newest is read next
  }

  /** @param {Frame} frame @param {{text: string, manner: string}} wished */
  #reworded(frame, { text, manner }) {
    this.#wished = null;
    if (text !== this.view.text) return;
    if (frame.type === "error") return this.#show({ fault: frame.error.message });
    this.#show({ rewritten: { of: text, manner, text: frame.text, changes: frame.changes ?? [], because: frame.because ?? "" } });
  }

  /** @param {string} kind */
  #next(kind) {
    return `${kind} ${(this.#ref += 1)}`;
  }

  /** @param {Partial<DraftView>} part */
  #show(part) {
    this.view = { ...this.view, ...part };
    this.#options.changed();
  }
}

/** @param {Frame} frame */
function reviewOf({ remarks, effect, alternatives, because }) {
  return { remarks, effect, alternatives, because };
}
