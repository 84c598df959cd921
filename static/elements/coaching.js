/**
 * The draft between its box, the coach and the panel: what the sidebar needs of them in one piece.
 * What is written in the panel's own box outlives a reload; what a host tells does not, as the host has it.
 * A wording that is taken goes into the host's box where the host can; else into the panel's own box and onto the clipboard.
 */

import { DraftDesk } from "../live/draft.js";
import { keepDraft, keptDraft } from "../live/kept.js";
import { coachLine, coachPanel } from "./coach_panel.js";
import { replaceDraft } from "./draft_host.js";
import { copy } from "./insertion.js";

/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {EventTarget & {conversation: string, requestUpdate: () => void}} Host */

export class Coaching {
  /** @type {Host} */ #host;
  /** @type {() => void} */ #onTyped;
  #note = "";
  /** what was there before a reload */ #restored = "";

  /** @type {DraftDesk} */ desk;

  /**
   * @param {Host} host the element that is drawn and fires `steadyhand-draft`
   * @param {import("../live/draft.js").Options["send"]} send
   * @param {() => void} [onTyped] the agent has written something, in the host's box or the panel's
   */
  constructor(host, send, onTyped = () => {}) {
    this.#host = host;
    this.#onTyped = onTyped;
    this.desk = new DraftDesk({ conversation: () => host.conversation, send, changed: () => host.requestUpdate() });
    this.#restored = keptDraft(host.conversation);
    this.desk.write(this.#restored, "own");
  }

  /** @param {string} text as it stands in the host's box */
  setDraft(text) {
    this.#write(text, "host");
  }

  /**
   * Answers to the draft, and the agent's own message: once it is out there is no draft any more.
   * @param {import("../live/draft.js").Frame} frame any
   * @returns {boolean} whether it answers the draft, and is nobody else's business
   */
  hear(frame) {
    if (this.#isOut(frame)) this.#write("", this.desk.view.where);
    return this.desk.hear(frame);
  }

  /** The chat is closed: nothing of its draft stays. */
  forget() {
    keepDraft(this.#host.conversation, "");
    this.desk.reset();
  }

  /** @param {number | null} tension of the chat now @param {Words} t */
  panel(tension, t) {
    return coachPanel({ draft: this.desk.view, tension, note: this.#note }, this.#actions, t);
  }

  /** @param {() => void} open brings the panel into sight @param {Words} t */
  line(open, t) {
    return coachLine({ draft: this.desk.view, tension: null, note: this.#note }, { open }, t);
  }

  #actions = {
    write: (/** @type {string} */ text) => this.#write(text, "own"),
    rewrite: (/** @type {string} */ manner) => this.desk.rewrite(manner),
    take: (/** @type {string} */ text) => void this.#take(text),
    leave: () => this.desk.leave(),
  };

  /**
   * The agent's message has come; or it had while the page was loaded again, and is the last of hers.
   * @param {import("../live/draft.js").Frame} frame any
   */
  #isOut({ type, message, messages }) {
    if (type === "update") return message?.role === "agent";
    if (type !== "snapshot" || !this.#restored || this.desk.view.text !== this.#restored) return false;
    const last = messages.filter((/** @type {{role: string}} */ { role }) => role === "agent").at(-1);
    return last?.text.trim() === this.#restored.trim();
  }

  /** @param {string} text @param {"host" | "own"} where */
  #write(text, where) {
    if (text !== this.desk.view.text) this.#note = "";
    if (text && text !== this.desk.view.text) this.#onTyped();
    this.#put(text, where);
  }

  /** @param {string} text @param {"host" | "own"} where */
  #put(text, where) {
    keepDraft(this.#host.conversation, where === "own" ? text : "");
    this.desk.write(text, where);
  }

  /** @param {string} text */
  async #take(text) {
    const { conversation } = this.#host;
    const { text: was, where } = this.desk.view;
    const outcome = where === "host" ? await replaceDraft(this.#host, { conversation, was, text }) : await copy(text);
    if (conversation !== this.#host.conversation) return;
    if (outcome.how === "moved") return this.#say("coach.moved");
    const native = outcome.ok && outcome.how !== "clipboard";
    this.#put(text, native ? "host" : "own");
    this.#say(native ? "coach.replaced" : (await this.#copied(where, outcome, text)) ? "coach.copied" : "");
  }

  /** @param {string} where @param {import("./insertion.js").Outcome} outcome @param {string} text */
  async #copied(where, outcome, text) {
    return outcome.ok || (where === "host" && (await copy(text)).ok);
  }

  /** @param {string} note */
  #say(note) {
    this.#note = note;
    this.#host.requestUpdate();
  }
}
