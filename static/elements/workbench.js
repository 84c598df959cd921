/**
 * The agent's own tools for one chat in one piece: the coach of her draft, the ask box, the pace of new suggestions, and her calm.
 * The chat hands in every frame and places what is handed out; what goes to the server goes through the `send` that it gave.
 */

import { html, nothing } from "../vendor/lit.js";
import { QuestionDesk } from "../live/questions.js";
import { askBox } from "./ask_box.js";
import { askStyle } from "./ask-style.js";
import { coachStyle } from "./coach-style.js";
import { Coaching } from "./coaching.js";
import { icon } from "./icon.js";
import { Opinion } from "./opinion.js";
import { quietStyle } from "./quiet-style.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/draft.js").Frame} Frame */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("./pacing.js").Pacing} Pacing */
/** @typedef {import("./coaching.js").Host} Host */
/** @typedef {{insert: (answer: import("../live/questions.js").Answer) => void, show: (message: string) => void, tell: import("./opinion.js").Tell}} Actions */

export const workbenchStyle = [coachStyle, askStyle, quietStyle];

export class Workbench {
  /** @type {Coaching} */ #coaching;
  /** @type {QuestionDesk} */ #questions;
  /** @type {Pacing} */ #pacing;
  /** @type {Opinion} */ #opinion;
  /** @type {Actions} */ #actions;

  /**
   * @param {Host} host the chat that it is for
   * @param {(frame: Frame) => boolean} send
   * @param {Pacing} pacing of all chats together
   * @param {Actions} actions `insert` puts an answer into the reply box, `tell` sends feedback
   */
  constructor(host, send, pacing, actions) {
    this.#actions = actions;
    this.#pacing = pacing;
    this.#opinion = new Opinion(host, actions.tell);
    this.#coaching = new Coaching(host, send, () => pacing.typed());
    this.#questions = new QuestionDesk({ conversation: () => host.conversation, send, changed: () => host.requestUpdate() });
  }

  /** @param {string} text as it stands in the host's box */
  setDraft(text) {
    this.#coaching.setDraft(text);
  }

  /** @param {Frame} frame any @returns {boolean} whether it answers one of the tools, and changes nothing else */
  answers(frame) {
    return this.#coaching.hear(frame) || this.#questions.hear(frame);
  }

  /** @param {Frame} frame that changed the chat */
  heard(frame) {
    this.#opinion.heard(frame);
  }

  /** @param {{id: string, text: string}} suggestion that is in the reply box now */
  inserted(suggestion) {
    this.#opinion.inserted(suggestion);
  }

  /** The chat is closed. */
  forget() {
    this.#coaching.forget();
  }

  /** The connection is back. */
  live() {
    this.#coaching.desk.retry();
  }

  /** The quiet line; above the phrases. @param {Words} t */
  held(t) {
    return this.#pacing.held(t);
  }

  /** What she thinks of the phrase that she took. @param {Words} t */
  opinion(t) {
    return this.#opinion.row(t);
  }

  /** @param {View} view @param {Words} t */
  coach({ state }, t) {
    return this.#coaching.panel(state?.tension ?? null, t);
  }

  /** A ready question. @param {string} text @param {string} shown the same in the agent's language */
  question(text, shown) {
    this.#questions.ask(text, shown);
  }

  /** @param {Words} t */
  ask(t) {
    return askBox(this.#questions.view, { ...this.#actions, ask: this.#ask }, t);
  }

  /** @param {Words} t */
  menu(t) {
    return this.#pacing.menu(t);
  }

  /**
   * Below everything, for the agent alone: her calm or how her draft stands, else the keys; of one height, so that nothing moves.
   * @param {() => void} open brings the coach into sight
   * @param {boolean} byCopy whether a phrase is copied
   * @param {Words} t
   */
  foot(open, byCopy, t) {
    const [calm, line] = [this.#pacing.calm(t), this.#coaching.line(open, t)];
    if (calm !== nothing) return calm;
    if (line !== nothing) return line;
    const keys = t(byCopy ? "foot.keys_copy" : "foot.keys");
    return html`<div class="keys">
      <span title=${keys}>${keys}</span>
      <button type="button" class="small" @click=${open}>${icon("pencil")}${t("coach.label")}</button>
    </div>`;
  }

  /** @param {string} text @param {string} [shown] */
  #ask = (text, shown) => this.#questions.ask(text, shown);
}
