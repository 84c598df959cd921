/**
 * `<steadyhand-recovered>`: says in one line, for some seconds, that a conversation on the board was turned around. One at a time, told
 * politely, about the chat and what was done in it; about nobody.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { causeLabel } from "../live/board.js";
import { STEP_WORDS } from "./checklist.js";
import { icon } from "./icon.js";
import { causeWords, whole } from "./words.js";

/** @typedef {import("../live/board.js").Board} Board */
/** @typedef {import("../live/board.js").Tile} Tile */

const SHOWN = 12_000; // ms

export class RecoveredElement extends LitElement {
  static properties = { board: { attribute: false }, told: { state: true } };

  /** @type {Map<string, string> | null} when each conversation was turned around, as far as it is known; null before the first board */ #known = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  constructor() {
    super();
    /** @type {Board | null} */
    this.board = null;
    /** @type {Tile | null} */
    this.told = null;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has("board") || !this.board?.loaded) return;
    const turned = [...this.board.entries.values()].map(({ tile }) => tile).filter(({ recovery }) => recovery);
    const fresh = turned.find(({ conversation, recovery }) => this.#known && this.#known.get(conversation) !== recovery?.at);
    this.#known = new Map(turned.map(({ conversation, recovery }) => [conversation, recovery?.at ?? ""]));
    if (fresh) this.#tell(fresh);
  }

  /** @param {Tile} tile */
  #tell(tile) {
    clearTimeout(this.#timer);
    this.told = tile;
    this.#timer = setTimeout(() => (this.told = null), SHOWN);
  }

  render() {
    return html`<p class="recovered" role="status">${this.told ? words(this.told) : nothing}</p>`;
  }
}

/** @param {Tile} tile */
function words(tile) {
  const { recovery } = tile;
  if (!recovery) return nothing;
  const after = recovery.step ? `, after: ${STEP_WORDS[recovery.step] ?? recovery.step}` : "";
  return html`${icon("check")}Turned around: ${causeWords(causeLabel(tile))}, ${whole(recovery.from)} → ${whole(recovery.to)}${after}`;
}
