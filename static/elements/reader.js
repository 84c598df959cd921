/**
 * `<steadyhand-reader>`: one conversation, read-only, as the supervisor sees it beside the board: the transcript with the
 * words that count, the tension at each message, the cause, the steps done and the advice that the agent has now.
 * Rules of this room: words are only ever text; a reader who has scrolled up is never moved. Fires `steadyhand-close`.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { emptyView } from "../live/conversation.js";
import { sums, telling } from "../live/marks.js";
import { STEP_WORDS, checklist } from "./checklist.js";
import { icon } from "./icon.js";
import { meter } from "./meter.js";
import { withGaps } from "./phrases.js";
import { marked } from "./quote.js";
import { BAND_WORDS, bandShape, causeWords, clock, percent, whole } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Message} Message */
/** @typedef {import("../live/conversation.js").Advice} Advice */

const ROOMY = "(min-width: 900px) and (min-height: 700px)"; // room for transcript and advice at once
const NEAR = 48; // px from the end that still count as being there

/** @type {Record<string, string>} */
const ROLE_WORDS = { customer: "Customer", agent: "Agent", bot: "Bot", note: "Note", system: "System" };

export class ReaderElement extends LitElement {
  static properties = {
    view: { attribute: false },
    name: { attribute: false },
    problem: { attribute: false },
    unread: { state: true },
  };

  #atEnd = true;
  #known = 0;

  constructor() {
    super();
    /** @type {View} */
    this.view = emptyView();
    /** The customer's, while the conversation is still loading. */
    this.name = "";
    /** One line; "" while all is well. */
    this.problem = "";
    /** Whether messages have come below what is seen. */
    this.unread = false;
  }

  createRenderRoot() {
    return this;
  }

  /** Begins a conversation at its end. @param {string} name of the customer */
  begin(name) {
    this.name = name;
    this.view = emptyView();
    this.problem = "";
    this.unread = false;
    this.#atEnd = true;
    this.#known = 0;
  }

  focusHeading() {
    /** @type {HTMLElement | null} */ (this.querySelector("h2"))?.focus({ preventScroll: true });
  }

  updated() {
    const { messages } = this.view;
    const scroll = this.#scroll();
    if (scroll && this.#atEnd) scroll.scrollTop = scroll.scrollHeight;
    else if (messages.length > this.#known) this.unread = true;
    this.#known = messages.length;
  }

  render() {
    const { view } = this;
    const name = view.state?.customer?.name || this.name;
    return html`<header class="reader-head">
        <h2 tabindex="-1" dir="auto">${name}</h2>
        <span class="read-only">${icon("eye")}Read only</span>
        <button class="bare" type="button" aria-label="Close (Esc)" title="Close (Esc)" @click=${this.#close}>${icon("x")}</button>
      </header>
      ${this.problem ? html`<p class="reader-note" role="alert">${this.problem}</p>` : nothing}
      ${view.loaded ? this.#conversation() : this.problem ? nothing : html`<p class="reader-note" role="status">Loading the conversation…</p>`}`;
  }

  #conversation() {
    const { view } = this;
    return html`<div class="reader-top">${meter(view)} ${facts(view)} ${checklist(view)}</div>
      <div class="transcript-frame">
        <div class="transcript" tabindex="0" role="region" aria-label="Transcript" @scroll=${this.#scrolled}>
          ${view.messages.length
            ? html`<ol role="list">${repeat(view.messages, ({ seq }) => seq, message)}</ol>`
            : html`<p class="reader-note">Nobody has written yet.</p>`}
          <p class="typing">${typist(view)}</p>
        </div>
        ${this.unread
          ? html`<button class="to-end" type="button" @click=${this.#toEnd}>${icon("chevron-down")}New messages</button>`
          : nothing}
      </div>
      ${advice(view.advice, view)}`;
  }

  #close() {
    this.dispatchEvent(new CustomEvent("steadyhand-close", { bubbles: true }));
  }

  /** @returns {HTMLElement | null} */
  #scroll() {
    return this.querySelector(".transcript");
  }

  /** @param {Event} event */
  #scrolled({ target }) {
    const { scrollHeight, scrollTop, clientHeight } = /** @type {HTMLElement} */ (target);
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#atEnd) this.unread = false;
  }

  #toEnd() {
    this.#atEnd = true;
    this.unread = false;
    this.#scroll()?.focus({ preventScroll: true });
    this.requestUpdate();
  }
}

/** @param {View} view */
function facts({ state }) {
  if (!state) return nothing;
  const cause = state.cause?.label;
  const sure = state.cause?.confidence ? ` (${percent(state.cause.confidence)} sure)` : "";
  return html`<dl class="reader-facts">
    <div><dt>Cause</dt><dd>${causeWords(cause)}${sure}</dd></div>
    <div><dt>Agent</dt><dd dir="auto">${state.agent || "nobody yet"}</dd></div>
    ${state.risk === undefined ? nothing : html`<div><dt>Risk</dt><dd>${percent(state.risk)}</dd></div>`}
    ${state.resolved ? html`<div><dt>State</dt><dd>resolved</dd></div>` : nothing}
  </dl>`;
}

/** @param {Message} message */
function message({ role, text, at, deleted, reading }) {
  const evidence = telling(reading?.evidence ?? []);
  return html`<li class="message" data-role=${role}>
    <p class="message-head">
      <span class="message-role">${ROLE_WORDS[role] ?? role}</span>
      <time datetime=${at}>${clock(at)}</time>
      ${reading ? heat(reading) : nothing}
    </p>
    <p class="message-text" dir="auto">${deleted ? html`<em>Message deleted</em>` : marked(text, evidence)}</p>
    ${evidence.length && !deleted ? html`<p class="message-why">${sums(evidence).map(sum)}</p>` : nothing}
  </li>`;
}

/** @param {import("../live/conversation.js").Reading} reading */
function heat({ tension, band }) {
  return html`<span class="message-heat" data-band=${band} title="Tension after this message: ${BAND_WORDS[band]}">
    ${bandShape(band)}<span class="unseen">Tension ${BAND_WORDS[band]} </span>${whole(tension)}
  </span>`;
}

/** @param {{kind: string, points: number}} sum */
function sum({ kind, points }) {
  const rounded = Math.round(points);
  const signed = rounded ? ` ${rounded > 0 ? "+" : "−"}${Math.abs(rounded)}` : "";
  return html`<span>${kind.replaceAll("_", " ")}${signed}</span>`;
}

/** @param {View} view */
function typist({ state }) {
  const who = /** @type {const} */ (["customer", "agent"]).filter((role) => state?.typing?.[role]);
  return who.length ? `${ROLE_WORDS[who[0]]} is typing…` : "";
}

/** @param {Advice | null} now @param {View} view */
function advice(now, { alerts }) {
  if (!now) return nothing;
  const next = now.wait ? "Let them finish" : (STEP_WORDS[now.next_step ?? ""] ?? now.next_step ?? "Nothing to do");
  return html`<details class="reader-advice" ?open=${matchMedia(ROOMY).matches}>
    <summary>Advice to the agent: <strong>${next}</strong></summary>
    <div class="reader-advice-body" tabindex="0" role="region" aria-label="Advice to the agent">
      ${alerts.map(({ text }) => html`<p class="alert">${icon("triangle-alert")}${text}</p>`)}
      ${now.reason ? html`<p class="quiet">${now.reason}</p>` : nothing}
      <ul role="list">
        ${now.suggestions.map((suggestion) => html`<li class="phrase-read" dir="auto">${withGaps(suggestion)}</li>`)}
      </ul>
      ${now.cautions.map((caution) => html`<p class="caution">${icon("info")}${caution}</p>`)}
    </div>
  </details>`;
}
