/**
 * The agent's own tools in one piece for the sidebar: the coach of her draft, the ask box, the pace of new suggestions, and her calm.
 * The sidebar hands in every frame and places what is handed out; what goes to the server goes through the `send` that it gave.
 */

import { html, nothing } from "../vendor/lit.js";
import { QuestionDesk } from "../live/questions.js";
import { fetchWords, words } from "../live/strings.js";
import { askBox } from "./ask_box.js";
import { askStyle } from "./ask-style.js";
import { coachStyle } from "./coach-style.js";
import { Coaching } from "./coaching.js";
import { icon } from "./icon.js";
import { Opinion } from "./opinion.js";
import { Pacing } from "./pacing.js";
import { quietStyle } from "./quiet-style.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/draft.js").Frame} Frame */
/** @typedef {import("./coaching.js").Host} Host */
/** @typedef {{insert: (answer: import("../live/questions.js").Answer) => void, show: (message: string) => void, tell: import("./opinion.js").Tell}} Actions */

export const workbenchStyle = [coachStyle, askStyle, quietStyle];

export class Workbench {
  /** @type {Coaching} */ #coaching;
  /** @type {QuestionDesk} */ #questions;
  /** @type {Pacing} */ #pacing;
  /** @type {Opinion} */ #opinion;
  /** @type {Host} */ #host;
  /** @type {Actions} */ #actions;

  t = words("en");

  /** @param {Host} host @param {(frame: Frame) => boolean} send @param {Actions} actions `insert` puts an answer into the reply box, `tell` sends feedback */
  constructor(host, send, actions) {
    this.#host = host;
    this.#actions = actions;
    this.#opinion = new Opinion(host, actions.tell);
    this.#pacing = new Pacing(host);
    this.#coaching = new Coaching(host, send, () => this.#pacing.typed());
    this.#questions = new QuestionDesk({ conversation: () => host.conversation, send, changed: () => host.requestUpdate() });
  }

  /** @param {string | null} language that the agent reads; her customer's is another matter */
  async speak(language) {
    this.t = await fetchWords(language);
    this.#host.requestUpdate();
  }

  /** @param {string} text as it stands in the host's box */
  setDraft(text) {
    this.#coaching.setDraft(text);
  }

  /** @param {string} conversation that is shown from now on */
  open(conversation) {
    this.#coaching.reset();
    this.#questions.reset();
    this.#opinion.reset();
    this.#pacing.open(conversation);
  }

  /** @param {Frame} frame any @returns {boolean} whether it answers one of the tools, and changes nothing else */
  answers(frame) {
    return this.#coaching.hear(frame) || this.#questions.hear(frame);
  }

  /** @param {Frame} frame that changed the open chat @param {View} view with it */
  heard(frame, { advice }) {
    this.#opinion.heard(frame);
    this.#pacing.heard(frame, advice);
  }

  /** @param {{id: string, text: string}} suggestion that is in the reply box now */
  inserted(suggestion) {
    this.#opinion.inserted(suggestion);
  }

  /** @param {string} suggestion that was put away */
  dismissed(suggestion) {
    this.#opinion.dismissed(suggestion);
  }

  /** The connection is back. */
  live() {
    this.#coaching.desk.retry();
  }

  stop() {
    this.#pacing.stop();
  }

  /** The advice as far as it may be shown now. */
  get advice() {
    return this.#pacing.advice;
  }

  /** The quiet line; above the phrases. */
  held() {
    return this.#pacing.held(this.t);
  }

  /** Below the phrases, so that nothing of it ever moves them. @param {View} view */
  tools({ loaded, state }) {
    if (!loaded) return nothing;
    const { t } = this;
    const asking = { ...this.#actions, ask: this.#ask };
    return html`${this.#opinion.row(t)}${this.#coaching.panel(state?.tension ?? null, t)}
      ${folded(t("ask.label"), askBox(this.#questions.view, asking, t))} ${folded(t("quiet.label"), this.#pacing.menu(t))}`;
  }

  /** Below everything, for the agent alone: how her draft stands, and her calm. @param {() => void} open brings the coach into sight */
  foot(open) {
    return html`${this.#coaching.line(open, this.t)}${this.#pacing.calm(this.t)}`;
  }

  /** @param {string} text @param {string} [shown] */
  #ask = (text, shown) => this.#questions.ask(text, shown);
}

/** @param {string} label @param {unknown} content */
function folded(label, content) {
  return html`<details class="tool">
    <summary>${icon("chevron-right")}<b>${label}</b></summary>
    ${content}
  </details>`;
}
