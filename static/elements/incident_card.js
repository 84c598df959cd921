/**
 * What the team knows already about the trouble of this chat: a quiet card above the phrases, with the line that a supervisor approved.
 * Rules: it never sends; it does not come or go while the hand is on the phrases below it; its words are only ever text.
 */

import { html, nothing } from "../vendor/lit.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/conversation.js").Incident} Incident */
/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("./insertion.js").Outcome} Outcome */
/** @typedef {{requestUpdate: () => void, renderRoot: Element | DocumentFragment}} Host */

const OVER = 60_000; // ms that one that has ended stays, and says so
const LOOK = 250; // ms until it is looked again whether the hand has gone
const LONGEST = 5_000; // ms that it waits for the hand: a pointer may have been left lying there

export class IncidentCard {
  /** @type {Host} */ #host;
  /** @type {(text: string) => Promise<Outcome>} */ #insert;
  /** @type {Incident | null} */ #shown = null;
  /** @type {Outcome | null} of the last insertion of this line */ #outcome = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #later;
  #over = false;
  #open = false;

  /** @param {Host} host @param {(text: string) => Promise<Outcome>} insert puts it into the reply box */
  constructor(host, insert) {
    this.#host = host;
    this.#insert = insert;
  }

  /** @param {{type: string, incident?: Incident | null}} frame of this chat @param {View} view after it */
  heard(frame, view) {
    const now = view.state?.incident ?? null;
    clearTimeout(this.#later);
    if (now) this.#place(now, false);
    else if (this.#shown && (this.#over || frame.type === "incident")) this.#place(this.#shown, true);
    else this.#place(null, false);
  }

  /** It is heard of no more. */
  forget() {
    clearTimeout(this.#later);
  }

  /** For screen readers. @param {Words} t */
  spoken(t) {
    return this.#shown ? `${this.#title(this.#shown, t)}. ` : "";
  }

  /** @param {Words} t */
  draw(t) {
    const shown = this.#shown;
    if (!shown) return nothing;
    return html`<section class="incident" aria-label=${t("incident.label")} ?data-over=${this.#over}>
      <h3>${icon(this.#over ? "check" : "info")}<span>${this.#title(shown, t)}</span> ${this.#chats(shown, t)}</h3>
      ${shown.status ? this.#status(shown.status) : nothing} ${this.#over ? nothing : this.#line(shown.line, t)}
    </section>`;
  }

  /** @param {Incident} shown @param {Words} t */
  #title({ cause }, t) {
    return t(this.#over ? "incident.over" : "incident.known", { cause: t.or(`cause.${cause}`, cause) });
  }

  /** @param {Incident} shown @param {Words} t */
  #chats({ chats }, t) {
    return chats && !this.#over ? html`<span class="quiet">${t("incident.chats", { n: chats })}</span>` : nothing;
  }

  /** Two lines of it, and all of them on demand. @param {string} status */
  #status(status) {
    return html`<button type="button" class="status-words" aria-expanded=${this.#open} @click=${this.#fold}>
      <span dir="auto">${status}</span>
    </button>`;
  }

  /** @param {string} line @param {Words} t */
  #line(line, t) {
    const done = this.#outcome;
    return html`<div class="approved">
      <p class="words" dir="auto">${line}</p>
      <p class="foot">
        <span role="status" ?data-failed=${done && !done.ok}>${done ? t(`insert.${done.how}`) : nothing}</span>
        <button type="button" class="small" aria-label=${t("incident.insert")} @click=${() => this.#put(line)}>
          ${icon("corner-down-left")}${t("phrase.put")}
        </button>
      </p>
      ${done?.how === "select" ? html`<textarea class="by-hand" readonly rows="3" aria-label=${t("phrase.copy")} .value=${line}></textarea>` : nothing}
    </div>`;
  }

  #fold = () => {
    this.#open = !this.#open;
    this.#host.requestUpdate();
  };

  /** @param {string} line */
  async #put(line) {
    this.#outcome = await this.#insert(line);
    this.#host.requestUpdate();
  }

  /**
   * Show it, as soon as the hand is away where that moves what is below it.
   * @param {Incident | null} next
   * @param {boolean} over
   * @param {number} [since] when it was to be shown first
   */
  #place(next, over, since = performance.now()) {
    const moves = Boolean(next) !== Boolean(this.#shown);
    if (moves && this.#handBelow() && performance.now() - since < LONGEST) {
      this.#later = setTimeout(() => this.#place(next, over, since), LOOK);
      return;
    }
    if (next?.id !== this.#shown?.id || next?.line !== this.#shown?.line) this.#outcome = null;
    this.#shown = next;
    this.#over = over;
    if (over) this.#later = setTimeout(() => this.#place(null, false), OVER);
    this.#host.requestUpdate();
  }

  #handBelow() {
    return Boolean(this.#host.renderRoot.querySelector(".phrases:hover, .phrases:focus-within"));
  }
}
