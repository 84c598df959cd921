/**
 * `<steadyhand-board>`: every live conversation as a tile, hottest first, with the bands on top as filters.
 * Rules of this room: nothing moves under a pointer or a keyboard (the order is held, and says so); tiles that move do it
 * in one short glide, or not at all under reduced motion. Fires `steadyhand-open` with the conversation of a chosen tile.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { BANDS, counts, emptyBoard, inHeldOrder, sorted, waited } from "../live/board.js";
import { glide, placesOf } from "./glide.js";
import { icon } from "./icon.js";
import { BAND_WORDS, bandShape, span } from "./words.js";

/** @typedef {import("../live/board.js").Band} Band */
/** @typedef {import("../live/board.js").Board} Board */
/** @typedef {import("../live/board.js").Entry} Entry */
/** @typedef {{conversation: string, entry: Entry | null}} Place */

const HOLD_ENDS = 20_000; // ms without a move or a key until a forgotten pointer no longer holds the order
const PAGE = 200; // tiles drawn at first and with every "more": the hottest are on top, and drawing thousands takes seconds
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

export class BoardElement extends LitElement {
  static properties = {
    board: { attribute: false },
    now: { attribute: false },
    open: { attribute: false },
    problem: { attribute: false },
    bands: { state: true },
    held: { state: true },
    limit: { state: true },
    reachable: { state: true },
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */ #release;
  /** @type {Map<Element, DOMRect>} */ #places = new Map();
  #pointed = false;
  /** @type {Element | null} */ #focused = null;

  constructor() {
    super();
    /** @type {Board} */
    this.board = emptyBoard();
    /** ms of the clock that the board was filled by */
    this.now = 0;
    /** The conversation in the side panel. */
    this.open = "";
    /** Why nothing can be loaded. */
    this.problem = "";
    /** @type {ReadonlySet<Band>} those to show; none is all */
    this.bands = new Set();
    /** @type {readonly string[] | null} the order that is held */
    this.held = null;
    /** How many tiles are drawn. */
    this.limit = PAGE;
    /** The conversation that Tab comes to. */
    this.reachable = "";
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#release);
  }

  /** Puts the keyboard on the tile of a conversation, or on the first one. @param {string} [conversation] */
  focusTile(conversation = "") {
    const buttons = this.#buttons();
    const wanted = buttons.find((button) => conversationOf(button) === conversation) ?? buttons[0];
    wanted?.focus();
  }

  willUpdate() {
    this.#focused = document.activeElement?.closest(".tiles li") ? document.activeElement : null;
    this.#places = placesOf(this.querySelectorAll(".tiles > li"));
  }

  updated() {
    // moving a node takes the focus from it
    if (this.#focused?.isConnected && document.activeElement !== this.#focused) {
      /** @type {HTMLElement} */ (this.#focused).focus({ preventScroll: true });
    }
    glide(this.#places);
  }

  render() {
    if (!this.board.loaded && this.problem) return note("lock", "Not signed in", this.problem);
    if (!this.board.loaded) return html`<p class="board-note" role="status">Loading the live conversations…</p>`;
    const wanted = this.#wanted();
    const places = this.#placed(wanted);
    const waits = this.held !== null && idsOf(wanted).some((id, index) => id !== places[index].conversation);
    return html`${this.#filters(waits)}
      ${places.length ? this.#list(places.slice(0, this.limit)) : this.#nothing()} ${this.#rest(places.length - this.limit)}`;
  }

  /** @param {boolean} waits whether tiles would stand elsewhere, were the order not held */
  #filters(waits) {
    const found = counts(this.board);
    return html`<div class="board-bar">
      <div class="filters" role="group" aria-label="Show only these bands">
        ${BANDS.map((band) => this.#filter(band, found[band]))}
      </div>
      ${this.bands.size
        ? html`<button class="plain" type="button" @click=${() => this.#show(new Set())}>Show all</button>`
        : nothing}
      <p class="board-held" role="status">${waits ? "Order held while you are on the board" : ""}</p>
    </div>`;
  }

  /** @param {Band} band @param {number} found */
  #filter(band, found) {
    return html`<button
      class="filter"
      type="button"
      data-band=${band}
      aria-pressed=${this.bands.has(band) ? "true" : "false"}
      @click=${() => this.#toggle(band)}
    >
      ${bandShape(band)}<span class="filter-count">${found}</span> <span class="filter-word">${BAND_WORDS[band]}</span>
    </button>`;
  }

  /** @param {Place[]} places */
  #list(places) {
    const reachable = places.some(({ conversation, entry }) => entry && conversation === this.reachable)
      ? this.reachable
      : places.find(({ entry }) => entry)?.conversation;
    return html`<ul
      class="tiles"
      role="list"
      aria-label="Live conversations, hottest first"
      @pointerenter=${this.#point}
      @pointermove=${this.#stay}
      @pointerleave=${this.#leave}
      @focusin=${this.#focus}
      @focusout=${this.#leaveFocus}
      @keydown=${this.#key}
      @click=${this.#choose}
    >
      ${repeat(places, ({ conversation }) => conversation, (place) => this.#place(place, reachable))}
    </ul>`;
  }

  /** @param {Place} place @param {string} [reachable] */
  #place({ conversation, entry }, reachable) {
    if (!entry) return html`<li class="tile-gone">No longer live</li>`;
    const seconds = waited(entry, this.now);
    return html`<li data-conversation=${conversation}>
      <steadyhand-tile
        .tile=${entry.tile}
        .waiting=${seconds > 0 ? span(seconds) : ""}
        .current=${conversation === this.open}
        .reachable=${conversation === reachable}
      ></steadyhand-tile>
    </li>`;
  }

  /** @param {number} left tiles that are not drawn */
  #rest(left) {
    if (left <= 0) return nothing;
    return html`<p class="board-rest">
      ${left} more, none of them hotter.
      <button class="plain" type="button" @click=${() => (this.limit += PAGE)}>Show ${Math.min(left, PAGE)} more</button>
    </p>`;
  }

  #nothing() {
    const [title, more] = this.bands.size
      ? ["No conversation is in this band", "Choose another band above, or show all."]
      : ["No live conversations", "A tile comes here as soon as a customer writes."];
    return note("message-square", title, more);
  }

  /** @param {readonly Entry[]} wanted in their true order @returns {Place[]} */
  #placed(wanted) {
    return inHeldOrder(wanted, this.held ?? idsOf(wanted));
  }

  /** @returns {Entry[]} those of the chosen bands, in their true order */
  #wanted() {
    return sorted(this.board).filter(({ tile }) => !this.bands.size || this.bands.has(tile.band));
  }

  /** @param {Band} band */
  #toggle(band) {
    const bands = new Set(this.bands);
    if (!bands.delete(band)) bands.add(band);
    this.#show(bands);
  }

  /** @param {ReadonlySet<Band>} bands */
  #show(bands) {
    this.bands = bands;
    this.limit = PAGE;
    this.held = null;
  }

  /** @param {PointerEvent} event */
  #point({ pointerType }) {
    if (pointerType === "touch") return; // a finger that has gone leaves no pointer behind
    this.#pointed = true;
    this.#hold();
  }

  #stay() {
    if (this.#pointed) this.#hold();
  }

  #leave() {
    this.#pointed = false;
    if (!this.#hasFocus()) this.#letGo();
  }

  /** @param {FocusEvent} event */
  #focus({ target }) {
    this.reachable = conversationOf(/** @type {Element} */ (target));
    this.#hold();
  }

  /** @param {FocusEvent} event */
  #leaveFocus({ relatedTarget }) {
    const within = relatedTarget instanceof Element && relatedTarget.closest(".tiles");
    if (!within && !this.#pointed) this.#letGo();
  }

  /** Keeps the order as it is; again with every move and key, for a hand that has gone must not hold it for ever. */
  #hold() {
    this.held ??= idsOf(this.#wanted());
    clearTimeout(this.#release);
    this.#release = setTimeout(() => this.#letGo(), HOLD_ENDS);
  }

  #letGo() {
    clearTimeout(this.#release);
    this.held = null;
  }

  #hasFocus() {
    return Boolean(document.activeElement?.closest("steadyhand-board .tiles"));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    this.#hold();
    if (!ARROWS.includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    const buttons = this.#buttons();
    const from = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    event.preventDefault();
    buttons[stepped(event.key, from, buttons)]?.focus();
  }

  /** @param {Event} event */
  #choose({ target }) {
    const conversation = conversationOf(/** @type {Element} */ (target));
    if (conversation) this.dispatchEvent(new CustomEvent("steadyhand-open", { detail: { conversation }, bubbles: true }));
  }

  /** @returns {HTMLElement[]} */
  #buttons() {
    return [...this.querySelectorAll(/** @type {"button"} */ (".tile"))];
  }
}

/** @param {readonly Entry[]} entries */
function idsOf(entries) {
  return entries.map(({ tile }) => tile.conversation);
}

/**
 * Where an arrow leads in a grid that is read row by row.
 * @param {string} key
 * @param {number} from
 * @param {readonly HTMLElement[]} buttons
 * @returns {number} index, within the board
 */
function stepped(key, from, buttons) {
  const top = buttons[0].getBoundingClientRect().top;
  const below = buttons.findIndex((button) => button.getBoundingClientRect().top > top + 1);
  const columns = below === -1 ? buttons.length : below;
  const last = buttons.length - 1;
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, ArrowUp: from - columns, ArrowDown: from + columns, Home: 0, End: last }[key];
  return to === undefined || to < 0 || to > last ? from : to;
}

/** @param {Element} inside @returns {string} */
function conversationOf(inside) {
  return /** @type {HTMLElement | null} */ (inside.closest("[data-conversation]"))?.dataset.conversation ?? "";
}

/**
 * What stands where there are no tiles.
 * @param {string} name of the icon
 * @param {string} title
 * @param {string} more
 */
function note(name, title, more) {
  return html`<div class="board-note" role="status">${icon(name)}<strong>${title}</strong>
    <p>${more}</p></div>`;
}
