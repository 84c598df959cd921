/**
 * `<steadyhand-tiles>`: conversations as tiles in a grid, of which only those in view are drawn, in groups where there are some.
 * Rules of this room: the arrows walk among all tiles, drawn or not; tiles that move do it in one short glide. Its scroll container is
 * the page's `#board-pane`.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { priority } from "../live/floor.js";
import { columnsOf, topOf, windowOf } from "../live/grid.js";
import { waited } from "../live/board.js";
import { glide, placesOf } from "./glide.js";
import { groupHead } from "./group_head.js";
import { span } from "./words.js";

/** @typedef {import("../live/board.js").Entry} Entry */
/** @typedef {import("../live/floor.js").Group} Group */
/** @typedef {{entry: Entry, gone: boolean}} Place `gone`: no longer live, but the order is held */
/** @typedef {{field: string, key: string, group: Group, places: readonly Place[]}} Section */
/** @typedef {{height: number, places: readonly Place[], start: number, section?: Section}} Row */

const TILE = 112; // px, as in board.css
const LEAST = 240; // px of a column
const GAP = 8;
const HEAD = 48; // px of a group's head
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

export class TilesElement extends LitElement {
  static properties = {
    places: { attribute: false },
    sections: { attribute: false },
    now: { attribute: false },
    open: { attribute: false },
    reachable: { state: true },
    folded: { state: true },
  };

  /** @type {Map<Element, DOMRect>} */ #places = new Map();
  /** @type {Element | null} */ #focused = null;
  /** @type {readonly Row[]} */ #rows = [];
  #resized = new ResizeObserver(() => this.requestUpdate());
  #drawn = "";

  constructor() {
    super();
    /** @type {readonly Place[]} in their order */
    this.places = [];
    /** @type {readonly Section[] | null} the same in groups */
    this.sections = null;
    this.now = 0;
    /** The conversation in the side panel. */
    this.open = "";
    /** The conversation that Tab comes to. */
    this.reachable = "";
    /** @type {ReadonlySet<string>} keys of groups that are folded away */
    this.folded = new Set();
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

  /** Puts the keyboard on the tile of a conversation, or on the first one. @param {string} conversation */
  async focusTile(conversation) {
    const tiles = this.#walk();
    const wanted = tiles.find(({ entry }) => entry.tile.conversation === conversation) ?? tiles[0];
    if (wanted) await this.#go(wanted.entry.tile.conversation);
  }

  willUpdate() {
    this.#focused = document.activeElement?.closest("steadyhand-tiles .tiles > li") ? document.activeElement : null;
    this.#places = placesOf(this.querySelectorAll(".tiles > li"));
    this.#rows = this.#laidOut(columnsOf(this.clientWidth - 2 * 16, LEAST, GAP));
  }

  updated() {
    const list = /** @type {HTMLElement | null} */ (this.querySelector(".tiles"));
    const { before, after } = this.#window();
    list?.style.setProperty("--before", `${before}px`);
    list?.style.setProperty("--after", `${after}px`);
    // moving a node takes the focus from it
    if (this.#focused?.isConnected && document.activeElement !== this.#focused) {
      /** @type {HTMLElement} */ (this.#focused).focus({ preventScroll: true });
    }
    glide(this.#places);
  }

  render() {
    const { first, end } = this.#window();
    this.#drawn = `${first} ${end}`;
    const reachable = this.#reachable();
    const drawn = this.#rows.slice(first, end).flatMap(parts);
    return html`<ul class="tiles" role="list" aria-label="Live conversations" @focusin=${this.#focus} @keydown=${this.#key} @click=${this.#choose}>
      ${repeat(
        drawn,
        ({ section, place }) => (place ? place.entry.tile.conversation : `group ${section?.key}`),
        ({ section, place, index }) => (place ? this.#tile(place, index, reachable) : section ? this.#head(section) : nothing),
      )}
    </ul>`;
  }

  /** @param {Section} section */
  #head({ field, key, group }) {
    return html`<li class="group-row">${groupHead(field, group, !this.folded.has(key), () => this.#fold(key))}</li>`;
  }

  /** @param {Place} place @param {number} index @param {string} reachable */
  #tile({ entry, gone }, index, reachable) {
    const { conversation } = entry.tile;
    if (gone) return html`<li class="tile-gone">No longer live</li>`;
    const seconds = waited(entry, this.now);
    return html`<li data-conversation=${conversation} aria-setsize=${this.places.length} aria-posinset=${index + 1}>
      <steadyhand-tile
        .tile=${entry.tile}
        .priority=${Math.round(priority(entry, this.now))}
        .waiting=${seconds > 0 ? span(seconds) : ""}
        .current=${conversation === this.open}
        .reachable=${conversation === reachable}
      ></steadyhand-tile>
    </li>`;
  }

  /** @param {number} columns @returns {Row[]} */
  #laidOut(columns) {
    const sections = this.sections ?? [{ field: "", key: "", group: null, places: this.places }];
    const rows = [];
    let start = 0;
    for (const section of sections) {
      if (section.group) rows.push({ height: HEAD + GAP, places: [], start, section });
      const folded = section.group && this.folded.has(section.key);
      for (let at = 0; !folded && at < section.places.length; at += columns) {
        rows.push({ height: TILE + GAP, places: section.places.slice(at, at + columns), start: start + at });
      }
      start += section.places.length;
    }
    return /** @type {Row[]} */ (rows);
  }

  #window() {
    const pane = this.#pane();
    if (!pane) return windowOf(this.#rows, 0, innerHeight);
    return windowOf(this.#rows, pane.getBoundingClientRect().top - this.getBoundingClientRect().top, pane.clientHeight);
  }

  #scrolled = () => {
    const { first, end } = this.#window();
    if (this.#drawn !== `${first} ${end}`) this.requestUpdate();
  };

  /** @returns {HTMLElement | null} */
  #pane() {
    return this.closest("#board-pane");
  }

  /** Those that the keyboard walks among. @returns {Place[]} */
  #walk() {
    return this.#rows.flatMap(({ places }) => places.filter(({ gone }) => !gone));
  }

  #reachable() {
    const { first, end } = this.#window();
    const drawn = this.#rows.slice(first, end).flatMap(({ places }) => places.filter(({ gone }) => !gone));
    const there = drawn.some(({ entry }) => entry.tile.conversation === this.reachable);
    return there ? this.reachable : (drawn[0]?.entry.tile.conversation ?? "");
  }

  /** @param {string} key */
  #fold(key) {
    const folded = new Set(this.folded);
    if (!folded.delete(key)) folded.add(key);
    this.folded = folded;
  }

  /** @param {FocusEvent} event */
  #focus({ target }) {
    const conversation = conversationOf(/** @type {Element} */ (target));
    if (conversation) this.reachable = conversation;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const from = conversationOf(/** @type {Element} */ (event.target));
    if (!from || !ARROWS.includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = this.#stepped(event.key, from);
    if (to) void this.#go(to);
  }

  /** Where an arrow leads in a grid that is read row by row. @param {string} key @param {string} from */
  #stepped(key, from) {
    const rows = this.#rows.filter(({ places }) => places.length);
    const row = rows.findIndex(({ places }) => places.some(({ entry }) => entry.tile.conversation === from));
    const column = rows[row]?.places.findIndex(({ entry }) => entry.tile.conversation === from) ?? 0;
    const flat = rows.flatMap(({ places }) => places);
    const at = flat.findIndex(({ entry }) => entry.tile.conversation === from);
    const above = rows[row - 1]?.places;
    const below = rows[row + 1]?.places;
    const to = {
      ArrowLeft: flat[at - 1],
      ArrowRight: flat[at + 1],
      ArrowUp: above?.[Math.min(column, above.length - 1)],
      ArrowDown: below?.[Math.min(column, below.length - 1)],
      Home: flat[0],
      End: flat.at(-1),
    }[key];
    return to?.entry.tile.conversation;
  }

  /** Brings a tile into view, drawn, with the focus. @param {string} conversation */
  async #go(conversation) {
    this.reachable = conversation;
    const index = this.#rows.findIndex(({ places }) => places.some(({ entry }) => entry.tile.conversation === conversation));
    this.#scrollTo(index);
    this.requestUpdate();
    await this.updateComplete;
    const tile = /** @type {HTMLElement | null} */ (this.querySelector(`li[data-conversation="${CSS.escape(conversation)}"] steadyhand-tile`));
    await /** @type {any} */ (tile)?.updateComplete;
    /** @type {HTMLElement | null | undefined} */ (tile?.querySelector(".tile"))?.focus({ preventScroll: true });
  }

  /** @param {number} index of a row */
  #scrollTo(index) {
    const pane = this.#pane();
    if (!pane || index < 0) return;
    const bar = document.querySelector(".board-bar")?.clientHeight ?? 0;
    const top = this.getBoundingClientRect().top - pane.getBoundingClientRect().top + topOf(this.#rows, index);
    if (top < bar) pane.scrollBy({ top: top - bar - GAP });
    else if (top + TILE > pane.clientHeight) pane.scrollBy({ top: top + TILE + GAP - pane.clientHeight });
  }

  /** @param {Event} event */
  #choose({ target }) {
    const button = /** @type {Element} */ (target).closest(".tile");
    const conversation = button && conversationOf(button);
    if (conversation) this.dispatchEvent(new CustomEvent("steadyhand-open", { detail: { conversation }, bubbles: true, composed: true }));
  }
}

/** @typedef {{section?: Section, place?: Place, index: number}} Part of a row: a group's head, or one tile and where it stands among all */

/** @param {Row} row @returns {Part[]} */
function parts({ section, places, start }) {
  return section ? [{ section, index: start }] : places.map((place, index) => ({ place, index: start + index }));
}

/** @param {Element} inside @returns {string} */
function conversationOf(inside) {
  return /** @type {HTMLElement | null} */ (inside.closest("[data-conversation]"))?.dataset.conversation ?? "";
}
