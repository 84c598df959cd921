/**
 * What the advice stands on, in one piece for the sidebar: the meter with its turns, the reasons, the steps, the facts, the promises.
 * The sidebar hands in every frame and places what is handed out.
 */

import { ExplainDesk } from "../live/explain.js";
import { lastHeard } from "../live/conversation.js";
import { checklist } from "./checklist.js";
import { facts } from "./facts.js";
import { copy } from "./insertion.js";
import { meter } from "./meter.js";
import { promises } from "./promises.js";
import { why } from "./why.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/draft.js").Frame} Frame */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{conversation: string, requestUpdate: () => void, updateComplete: Promise<unknown>, renderRoot: ParentNode}} Host */

export class Grounds {
  /** @type {Host} */ #host;
  /** @type {ExplainDesk} */ #desk;
  /** @type {number | null} seq of the turn under the hand */ #chosen = null;
  /** @type {string | null} id of the message that is explained, where it is not the latest */ #about = null;
  /** @type {import("./facts.js").Copied} */ #copied = null;
  #open = false;
  #latest = "";

  /** @param {Host} host @param {(frame: Frame) => boolean} send */
  constructor(host, send) {
    this.#host = host;
    this.#desk = new ExplainDesk({ conversation: () => host.conversation, send, changed: () => host.requestUpdate() });
  }

  /** @param {Frame} frame any @returns {boolean} whether it answers a question of this room, and changes nothing else */
  answers(frame) {
    return this.#desk.hear(frame);
  }

  /** @param {Frame} frame that changed the open chat @param {View} view with it */
  heard({ type }, view) {
    this.#latest = lastHeard(view)?.id ?? "";
    if (type !== "snapshot" && type !== "update") return;
    this.#desk.age();
    this.#ask();
  }

  /** The connection is back. */
  live() {
    this.#ask();
  }

  /** Opens the reasons at a message and brings them into sight. @param {string} message id */
  show(message) {
    this.#about = message;
    this.#open = true;
    this.#ask();
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const summary = /** @type {HTMLElement | null} */ (this.#host.renderRoot.querySelector(".why summary"));
      summary?.scrollIntoView({ block: "nearest" });
      summary?.focus({ preventScroll: true });
    });
  }

  /** @param {View} view @param {Words} t */
  meter(view, t) {
    return meter(view, t, { chosen: this.#chosen, choose: this.#choose, why: (message) => this.show(message) });
  }

  /** @param {View} view @param {Words} t */
  why(view, t) {
    const shown = { about: this.#about, open: this.#open, of: (/** @type {string} */ message) => this.#desk.of(message) };
    return why(view, shown, { fold: this.#fold, ask: (message) => this.#desk.ask(message), back: this.#back }, t);
  }

  /** @param {View} view @param {Words} t */
  steps(view, t) {
    return checklist(view, t, (message) => this.show(message));
  }

  /** @param {View} view @param {Words} t */
  facts({ state }, t) {
    return facts(state?.facts, this.#copied, { copy: (slot, text) => void this.#copy(slot, text) }, t);
  }

  /** @param {View} view @param {Words} t */
  promises({ state }, t) {
    return promises(state?.promises, (message) => this.show(message), t);
  }

  #ask() {
    const message = this.#about ?? this.#latest;
    if (this.#open && message) this.#desk.ask(message);
  }

  /** @param {number | null} seq */
  #choose = (seq) => {
    if (seq === this.#chosen) return;
    this.#chosen = seq;
    this.#host.requestUpdate();
  };

  /** @param {boolean} open */
  #fold = (open) => {
    if (open === this.#open) return;
    this.#open = open;
    if (!open) this.#about = null;
    this.#ask();
    this.#host.requestUpdate();
  };

  #back = () => {
    this.#about = null;
    this.#ask();
    this.#host.requestUpdate();
  };

  /** @param {string} slot @param {string} text */
  async #copy(slot, text) {
    const { ok } = await copy(text);
    this.#copied = { slot, ok };
    this.#host.requestUpdate();
  }
}
