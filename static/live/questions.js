/**
 * The agent's questions to the playbooks and the transcript: one at a time, the newest wins.
 * Rules: no DOM; an answer counts only for the question that was asked last. The sender is an argument.
 */

import { length } from "./draft.js";

/** @typedef {{name: string, where: string}} Source */
/** @typedef {{text: string, kind: string, source: Source, score: number, missing?: string[], note?: string}} Answer `note`: who has to agree to it, in what limits */
/** @typedef {{text: string, message: string, kind?: string}} Line of a summary, with the message that it comes from */
/**
 * @typedef {object} QuestionView
 * @property {string} asked
 * @property {boolean} reading
 * @property {"offline" | "too_long" | null} refused
 * @property {string | null} fault what the server said against it
 * @property {readonly Answer[] | null} answers
 * @property {readonly Line[]} summary
 */
/** @typedef {import("./draft.js").Frame} Frame */
/** @typedef {{conversation: () => string, send: (frame: Frame) => boolean, changed: () => void}} Options */

export const MOST = 500; // characters, as code points: a question, not an essay

/** @type {QuestionView} */
const EMPTY = Object.freeze({ asked: "", reading: false, refused: null, fault: null, answers: null, summary: [] });

export class QuestionDesk {
  /** @type {Options} */ #options;
  #ref = 0;

  /** @type {QuestionView} */ view = EMPTY;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
  }

  /** @param {string} question @param {string} [shown] the same in the agent's language */
  ask(question, shown) {
    const text = question.trim();
    if (!text) return;
    if (text.length > 2 * MOST || length(text) > MOST) return this.#show({ ...EMPTY, refused: "too_long" });
    this.#ref += 1;
    const sent = this.#options.send({ type: "ask", conversation: this.#options.conversation(), ref: this.#now, text });
    this.#show({ ...EMPTY, asked: shown ?? text, reading: sent, refused: sent ? null : "offline" });
  }

  /** Another chat: no answer to the last one counts. */
  reset() {
    this.#ref += 1;
    this.#show(EMPTY);
  }

  /**
   * @param {Frame} frame any
   * @returns {boolean} whether it answers this desk
   */
  hear(frame) {
    if (frame.ref !== this.#now) return typeof frame.ref === "string" && /^ask \d+$/u.test(frame.ref);
    if (frame.type === "error") this.#show({ ...this.view, reading: false, fault: frame.error.message });
    else if (frame.type === "answers") this.#show({ ...this.view, reading: false, answers: frame.answers, summary: frame.summary ?? [] });
    return true;
  }

  get #now() {
    return `ask ${this.#ref}`;
  }

  /** @param {QuestionView} view */
  #show(view) {
    this.view = view;
    this.#options.changed();
  }
}
