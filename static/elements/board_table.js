/**
 * `<steadyhand-board-table>`: the conversations as a table, for screen readers and for who would rather read. Of thousands of rows only
 * those in view are drawn; each says which one it is. Fires `steadyhand-order` with the order that a head asks for.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { causeLabel, customerName, waited } from "../live/board.js";
import { priority } from "../live/floor.js";
import { topOf, windowOf } from "../live/grid.js";
import { BAND_WORDS, TREND_WORDS, bandShape, causeWords, percent, span, whole } from "./words.js";

/** @typedef {import("./tiles.js").Place} Place */
/** @typedef {import("../live/query.js").Order} Order */

const ROW = 36; // px, as in board-rows.css

/** @type {readonly {words: string, order?: Order}[]} */
const COLUMNS = [
  { words: "Customer" },
  { words: "Tension", order: "tension" },
  { words: "Trend" },
  { words: "Priority", order: "priority" },
  { words: "Risk" },
  { words: "Waits", order: "waiting" },
  { words: "Cause" },
  { words: "Agent" },
  { words: "Team" },
  { words: "Marks" },
];

export class BoardTableElement extends LitElement {
  static properties = {
    places: { attribute: false },
    now: { attribute: false },
    open: { attribute: false },
    order: { attribute: false },
  };

  #resized = new ResizeObserver(() => this.requestUpdate());
  #drawn = "";

  constructor() {
    super();
    /** @type {readonly Place[]} */
    this.places = [];
    this.now = 0;
    this.open = "";
    /** @type {Order} */
    this.order = "priority";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#pane()?.addEventListener("scroll", this.#scrolled, { passive: true });
    this.#resized.observe(this.#pane() ?? this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#pane()?.removeEventListener("scroll", this.#scrolled);
    this.#resized.disconnect();
  }

  /** Puts the keyboard on the row of a conversation, or on the first. @param {string} conversation */
  async focusTile(conversation) {
    const index = this.places.findIndex(({ entry }) => entry.tile.conversation === conversation);
    const bar = /** @type {HTMLElement | null} */ (document.querySelector(".board-bar"))?.offsetHeight ?? 0;
    const top = this.getBoundingClientRect().top - (this.#pane()?.getBoundingClientRect().top ?? 0) + ROW + topOf(this.#rows(), Math.max(0, index));
    const covered = bar + ROW; // by the bar and the table's own head
    if (top < covered || top > (this.#pane()?.clientHeight ?? 0) - ROW) this.#pane()?.scrollBy({ top: top - covered - ROW });
    this.requestUpdate();
    await this.updateComplete;
    const row = this.querySelector(`tr[data-conversation="${CSS.escape(conversation)}"]`) ?? this.querySelector("tr[data-conversation]");
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector("button"))?.focus({ preventScroll: true });
  }

  updated() {
    const { before, after } = this.#window();
    const [above, below] = this.querySelectorAll("tr.room");
    /** @type {HTMLElement | undefined} */ (above)?.style.setProperty("height", `${before}px`);
    /** @type {HTMLElement | undefined} */ (below)?.style.setProperty("height", `${after}px`);
  }

  render() {
    const { first, end } = this.#window();
    this.#drawn = `${first} ${end}`;
    const drawn = this.places.slice(first, end).map((place, index) => ({ place, index: first + index }));
    return html`<table class="board-table" aria-rowcount=${this.places.length + 1} @click=${this.#choose}>
      <caption class="unseen">Live conversations</caption>
      <thead><tr aria-rowindex="1">${COLUMNS.map((column) => this.#columnHead(column))}</tr></thead>
      <tbody>
        <tr class="room" aria-hidden="true"></tr>
        ${repeat(drawn, ({ place }) => place.entry.tile.conversation, ({ place, index }) => this.#row(place, index))}
        <tr class="room" aria-hidden="true"></tr>
      </tbody>
    </table>`;
  }

  /** @param {{words: string, order?: Order}} column */
  #columnHead({ words, order }) {
    if (!order) return html`<th scope="col">${words}</th>`;
    const on = order === this.order;
    return html`<th scope="col" aria-sort=${on ? "descending" : "none"}>
      <button class="plain" type="button" data-order=${order}>${words}</button>
    </th>`;
  }

  /** @param {Place} place @param {number} index */
  #row({ entry, gone }, index) {
    const { tile } = entry;
    const seconds = waited(entry, this.now);
    return html`<tr data-conversation=${tile.conversation} aria-rowindex=${index + 2} ?data-current=${tile.conversation === this.open} ?data-gone=${gone}>
      <th scope="row"><button class="plain" type="button" dir="auto" ?disabled=${gone}>${customerName(tile)}</button></th>
      <td data-band=${tile.band}><span class="table-heat">${bandShape(tile.band)}${whole(tile.tension)} ${BAND_WORDS[tile.band]}</span></td>
      <td>${TREND_WORDS[tile.trend]}</td>
      <td>${Math.round(priority(entry, this.now))}</td>
      <td>${percent(tile.risk)}</td>
      <td>${seconds > 0 ? span(seconds) : ""}</td>
      <td>${causeWords(causeLabel(tile))}</td>
      <td dir="auto">${tile.agent ?? "nobody yet"}</td>
      <td dir="auto">${tile.team ?? ""}</td>
      <td dir="auto" title=${marks(tile).join(", ") || nothing}>${gone ? "no longer live" : marks(tile).join(", ")}</td>
    </tr>`;
  }

  /** @param {Event} event */
  #choose({ target }) {
    const button = /** @type {Element} */ (target).closest("button");
    if (!button) return;
    const { order } = /** @type {HTMLElement} */ (button).dataset;
    const conversation = /** @type {HTMLElement | null} */ (button.closest("[data-conversation]"))?.dataset.conversation;
    if (order) this.dispatchEvent(new CustomEvent("steadyhand-order", { detail: { order }, bubbles: true }));
    else if (conversation) this.dispatchEvent(new CustomEvent("steadyhand-open", { detail: { conversation }, bubbles: true, composed: true }));
  }

  #rows() {
    return this.places.map(() => ({ height: ROW }));
  }

  #window() {
    const pane = this.#pane();
    const top = (pane?.getBoundingClientRect().top ?? 0) - this.getBoundingClientRect().top;
    return windowOf(this.#rows(), top, pane?.clientHeight ?? innerHeight);
  }

  #scrolled = () => {
    const { first, end } = this.#window();
    if (this.#drawn !== `${first} ${end}`) this.requestUpdate();
  };

  /** @returns {HTMLElement | null} */
  #pane() {
    return this.closest("#board-pane");
  }
}

/**
 * What people, or the server, put on a conversation, in words.
 * @param {import("../live/board.js").Tile} tile
 * @returns {string[]}
 */
export function marks(tile) {
  const found = [
    tile.resolved && "resolved",
    tile.alert && "alert",
    tile.ending && (tile.ending.agreed_by ? "ending agreed" : "asks to end it"),
    tile.claimed_by && `claimed by ${tile.claimed_by}`,
    tile.joined?.length && `${tile.joined.join(", ")} joined`,
    tile.escalated && "escalated",
    tile.let_run && "let run",
    tile.recovery && "turned around",
    tile.incident && "incident",
  ];
  return /** @type {string[]} */ (found.filter(Boolean));
}
