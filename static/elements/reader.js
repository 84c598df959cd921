/**
 * `<steadyhand-reader>`: one conversation as the supervisor sees it beside the board: what she can do in it, the tension turn by turn, the transcript
 * with the words that count and what people did, and the agent's own panel, read-only.
 * Handed in: `.view`; and for stepping in `.act` (action, {text?, to?}) => Promise<void>, `.me` (her subject), `.rest`, `.tile`, `.agents` (names for
 * assigning). Without `.act` it only reads. Fires `steadyhand-close`.
 * Rules of this room: words are only ever text; a reader who has scrolled up is never moved; the agent's draft never comes here.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { emptyView } from "../live/conversation.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";
import { meter } from "./meter.js";
import { facts, panel, steps } from "./reader_panel.js";
import { transcript, typist } from "./reader_transcript.js";
import { StepIn } from "./step_in.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Done} Done */
/** @typedef {import("./step_in.js").Act} Act */
/** @typedef {import("./step_in.js").Rest} Rest */

const NEAR = 48; // px from the end that still count as being there
const IN_A_SNAPSHOT = 20; // actions; where there are as many, there may be others before

export class ReaderElement extends LitElement {
  static properties = {
    view: { attribute: false },
    name: { attribute: false },
    problem: { attribute: false },
    me: { attribute: false },
    act: { attribute: false },
    rest: { attribute: false },
    tile: { attribute: false },
    agents: { attribute: false },
    unread: { state: true },
  };

  #atEnd = true;
  #known = 0;
  /** @type {number | null} seq of the turn under the hand */ #chosen = null;
  /** @type {number | null} seq of the message that was asked for */ #shown = null;
  /** @type {readonly Done[]} all that is known of what people did; a view has the last of it */ #audit = [];
  #whole = false;
  #stepIn = new StepIn(this);

  constructor() {
    super();
    /** @type {View} */
    this.view = emptyView();
    /** The customer's, while the conversation is still loading. */
    this.name = "";
    /** One line; "" while all is well. */
    this.problem = "";
    this.me = "";
    /** @type {Act | undefined} */
    this.act = undefined;
    /** @type {Rest | undefined} */
    this.rest = undefined;
    /** @type {import("./reader_panel.js").Tile | null | undefined} */
    this.tile = undefined;
    /** @type {readonly string[]} */
    this.agents = [];
    /** Whether messages have come below what is seen. */
    this.unread = false;
    this.addEventListener("keydown", this.#onKey);
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
    this.#chosen = this.#shown = null;
    this.#audit = [];
    this.#whole = false;
    this.#stepIn.begin();
  }

  focusHeading() {
    /** @type {HTMLElement | null} */ (this.querySelector("h2"))?.focus({ preventScroll: true });
  }

  willUpdate() {
    const last = this.#audit.at(-1)?.offset ?? -1;
    this.#audit = [...this.#audit, ...this.view.actions.filter(({ offset }) => offset > last)];
  }

  updated() {
    const known = this.view.messages.length + this.view.actions.length;
    const scroll = this.#scroll();
    if (scroll && this.#atEnd) scroll.scrollTop = scroll.scrollHeight;
    else if (known > this.#known) this.unread = true;
    this.#known = known;
  }

  render() {
    const { view } = this;
    const name = view.state?.customer?.name || this.name;
    return html`<header class="reader-head">
        <h2 tabindex="-1" dir="auto">${name}</h2>
        ${this.act ? nothing : html`<span class="read-only">${icon("eye")}Read only</span>`}
        <button class="bare" type="button" aria-label="Close (Esc)" title="Close (Esc)" @click=${this.#close}>${icon("x")}</button>
      </header>
      ${this.problem ? html`<p class="reader-note" role="alert">${this.problem}</p>` : nothing}
      ${view.loaded ? this.#conversation() : this.problem ? nothing : html`<p class="reader-note" role="status">Loading the conversation…</p>`}`;
  }

  #conversation() {
    const { view } = this;
    const more = this.rest && !this.#whole && this.#audit.length >= IN_A_SNAPSHOT;
    const walk = { chosen: this.#chosen, choose: this.#choose, why: this.#show };
    return html`${view.state ? this.#stepIn.draw(view.state) : nothing}
      <div class="reader-top" @click=${this.#onTop}>${meter(view, words("en"), walk)} ${facts(view.state)} ${steps(view, this.#show)}</div>
      <div class="transcript-frame">
        <div class="transcript" tabindex="0" role="region" aria-label="Transcript" @scroll=${this.#scrolled}>
          ${more ? html`<button class="earlier" type="button" @click=${this.#fetchEarlier}>Show what was done earlier</button>` : nothing}
          ${transcript(view, this.#audit, this.#shown)}
          <p class="typing">${typist(view)}</p>
        </div>
        ${this.unread
          ? html`<button class="to-end" type="button" @click=${this.#toEnd}>${icon("chevron-down")}New messages</button>`
          : nothing}
      </div>
      ${panel({ ...view, actions: this.#audit }, { tile: this.tile, show: this.#show })}`;
  }

  #close() {
    this.dispatchEvent(new CustomEvent("steadyhand-close", { bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (!event.defaultPrevented && this.#stepIn.key(event, this.view.state)) event.preventDefault();
  };

  /** A click on a point of the course shows its message. @param {MouseEvent} event */
  #onTop = ({ target }) => {
    const { messages } = this.view;
    const chosen = messages.find(({ seq }) => seq === this.#chosen);
    if (chosen && /** @type {Element} */ (target).closest(".timeline")) this.#show(chosen.id);
  };

  /** @param {number | null} seq */
  #choose = (seq) => {
    if (seq === this.#chosen) return;
    this.#chosen = seq;
    this.requestUpdate();
  };

  /** Brings a message into sight and marks it. @param {string} id */
  #show = (id) => {
    const message = this.view.messages.find((one) => one.id === id);
    if (!message) return;
    this.#shown = message.seq;
    this.#atEnd = false;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const line = /** @type {HTMLElement | null} */ (this.querySelector(`.message[data-seq="${message.seq}"]`));
      line?.scrollIntoView({ block: "center" });
      line?.focus({ preventScroll: true });
    });
  };

  #fetchEarlier = async () => {
    const conversation = this.view.state?.conversation ?? "";
    const all = await this.rest?.get(`/conversations/${encodeURIComponent(conversation)}/actions`).catch(() => null);
    if (!all || conversation !== this.view.state?.conversation) return;
    this.#audit = all.actions;
    this.#whole = true;
    this.requestUpdate();
  };

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
