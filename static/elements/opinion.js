/**
 * What the agent thinks of a phrase, and what became of it: ready reasons to click, and the text that was really sent, for its distance.
 * Rule: it asks once and never again; not answering is an answer too.
 */

import { html, nothing } from "../vendor/lit.js";
import { verdicts } from "../live/verdict.js";
import { rating, reasons } from "./verdicts.js";

/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {"inserted" | "dismissed" | "up" | "down" | "sent" | "edited"} Verdict */
/** @typedef {(suggestion: string, verdict: Verdict, more?: {reason?: string, final?: string}) => void} Tell */

export class Opinion {
  /** @type {{requestUpdate: () => void}} */ #host;
  /** @type {Tell} */ #tell;
  /** @type {import("../live/verdict.js").Put[]} */ #inserted = [];
  /** @type {{suggestion: string, about: "rate" | import("./verdicts.js").Rated} | null} */ #asked = null;

  /** @param {{requestUpdate: () => void}} host @param {Tell} tell sends the feedback */
  constructor(host, tell) {
    this.#host = host;
    this.#tell = tell;
  }

  /** @param {{id: string, text: string}} suggestion that is in the reply box now */
  inserted({ id, text }) {
    this.#inserted = [...this.#inserted.filter((one) => one.id !== id), { id, text }];
    this.#ask(id, "rate");
  }

  /** @param {string} suggestion that was put away, and told already */
  dismissed(suggestion) {
    this.#ask(suggestion, "dismissed");
  }

  /** @param {import("../live/draft.js").Frame} frame of the open chat */
  heard({ type, message }) {
    if (type !== "update" || message?.role !== "agent") return;
    for (const { suggestion, verdict, final } of verdicts(this.#inserted, message.text)) this.#tell(suggestion, verdict, { final });
    this.#inserted = [];
  }

  /** Another chat. */
  reset() {
    this.#inserted = [];
    this.#asked = null;
  }

  /** @param {Words} t */
  row(t) {
    if (!this.#asked) return nothing;
    const { suggestion, about } = this.#asked;
    const chips = about === "rate"
      ? rating({ rate: (verdict) => this.#rate(suggestion, verdict) }, t)
      : reasons(about, { pick: (reason) => this.#pick(suggestion, about, reason) }, t);
    return html`<div class="opinion">${chips}</div>`;
  }

  /** @param {string} suggestion @param {"up" | "down"} verdict */
  #rate(suggestion, verdict) {
    this.#tell(suggestion, verdict);
    this.#ask(suggestion, verdict);
  }

  /** @param {string} suggestion @param {import("./verdicts.js").Rated} verdict @param {string} reason */
  #pick(suggestion, verdict, reason) {
    this.#tell(suggestion, verdict, { reason });
    this.#asked = null;
    this.#host.requestUpdate();
  }

  /** @param {string} suggestion @param {"rate" | import("./verdicts.js").Rated} about */
  #ask(suggestion, about) {
    this.#asked = { suggestion, about };
    this.#host.requestUpdate();
  }
}
