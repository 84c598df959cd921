/**
 * `<steadyhand-board>`: every live conversation, as tiles, over time or as a table, with what narrows, orders and groups them on top.
 * Rule of this room: nothing moves under a pointer or a keyboard (the order is held, and says so). Fires `steadyhand-open` with the
 * conversation that was chosen, and `steadyhand-query` with the query that was asked for.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { counts, emptyBoard } from "../live/board.js";
import { choices, grouped, shown, valueOf } from "../live/floor.js";
import { USUAL, narrows, widened } from "../live/query.js";
import { filters, tabs } from "./filters.js";
import { icon } from "./icon.js";
import { legend } from "./legend.js";

/** @typedef {import("../live/board.js").Board} Board */
/** @typedef {import("../live/board.js").Entry} Entry */
/** @typedef {import("../live/query.js").Query} Query */
/** @typedef {import("./tiles.js").Place} Place */
/** @typedef {import("./tiles.js").Section} Section */
/** @typedef {HTMLElement & {focusTile?: (conversation: string) => Promise<void>}} Floor */

const HOLD_ENDS = 20_000; // ms without a move or a key until a forgotten pointer no longer holds the order

export class BoardElement extends LitElement {
  static properties = {
    board: { attribute: false },
    now: { attribute: false },
    open: { attribute: false },
    problem: { attribute: false },
    query: { attribute: false },
    held: { state: true },
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */ #release;
  #pointed = false;
  #offered = choices(emptyBoard());
  #barred = new ResizeObserver(() => this.#tellBar());
  /** @type {readonly Entry[]} in their true order */ #shown = [];
  #said = "";

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
    /** @type {Query} */
    this.query = USUAL;
    /** @type {readonly Entry[] | null} the order that is held */
    this.held = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#closeSheet);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#release);
    document.removeEventListener("pointerdown", this.#closeSheet);
    this.#barred.disconnect();
  }

  /** Puts the keyboard on a conversation, or on the first one. @param {string} [conversation] */
  async focusTile(conversation = "") {
    await /** @type {Floor | null} */ (this.querySelector("#floor > *"))?.focusTile?.(conversation);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("query")) this.held = null;
    if (["board", "now", "query"].some((name) => changed.has(name))) this.#shown = shown(this.board, this.query, this.now);
    // only what was asked for is said: a floor that changes all the time would never be silent
    if (changed.has("query")) this.#said = narrows(this.query) ? `${this.#shown.length} of ${this.board.entries.size} shown` : "";
  }

  updated() {
    const bar = this.querySelector(".board-bar");
    if (bar) this.#barred.observe(bar);
  }

  /** What sticks below the bar has to know how high it is; it wraps as it likes. */
  #tellBar() {
    const height = this.querySelector(".board-bar")?.getBoundingClientRect().height ?? 0;
    /** @type {HTMLElement | null} */ (this.closest("#board-pane"))?.style.setProperty("--bar", `${height}px`);
  }

  render() {
    if (!this.board.loaded && this.problem) return note("lock", "Not signed in", this.problem);
    if (!this.board.loaded) return html`<p class="board-note" role="status">Loading the live conversations…</p>`;
    const places = this.#placed();
    return html`${this.#bar(places)}
      <div
        id="floor"
        role="tabpanel"
        aria-labelledby="view-${this.query.view}"
        ?hidden=${this.query.view === "team"}
        @pointerenter=${this.#point}
        @pointermove=${this.#stay}
        @pointerleave=${this.#leave}
        @focusin=${this.#hold}
        @focusout=${this.#leaveFocus}
        @keydown=${this.#hold}
      >
        ${places.length ? this.#view(places) : this.#nothing()}
      </div>`;
  }

  /** @param {readonly Place[]} places */
  #bar(places) {
    const waits = this.held !== null && this.#shown.some((entry, index) => entry.tile.conversation !== places[index]?.entry.tile.conversation);
    const seen = { found: this.#shown.length, total: this.board.entries.size, counts: counts(this.board), choices: this.#choices(), held: waits };
    return html`<div class="board-bar">
      ${tabs(this.query, this.#ask)} ${this.query.view === "team" ? nothing : filters(this.query, seen, { ask: this.#ask, widen: this.#widen })}
      ${this.query.view === "time" ? legend() : nothing}
      <p class="unseen" role="status">${this.#said}</p>
    </div>`;
  }

  /** A list that is open does not change under the hand. */
  #choices() {
    if (!document.activeElement?.closest(".filter-sheet")) this.#offered = choices(this.board);
    return this.#offered;
  }

  /** @param {readonly Place[]} places */
  #view(places) {
    const { view, group } = this.query;
    if (view === "table") {
      return html`<steadyhand-board-table .places=${places} .now=${this.now} .open=${this.open} .order=${this.query.order} @steadyhand-order=${this.#order}>
      </steadyhand-board-table>`;
    }
    if (view === "time") return html`<steadyhand-over-time .places=${places} .now=${this.now} .open=${this.open}></steadyhand-over-time>`;
    return html`<steadyhand-tiles .places=${places} .sections=${group ? sections(places, group) : null} .now=${this.now} .open=${this.open}></steadyhand-tiles>`;
  }

  #nothing() {
    if (!narrows(this.query)) return note("message-square", "No live conversations", "A tile comes here as soon as a customer writes.");
    return html`${note("search", "No conversation matches", "Others are live that this view leaves out.")}
      <p class="board-widen"><button type="button" @click=${this.#widen}>Show all</button></p>`;
  }

  /** In their true order, or in the one that is held: then what has left keeps its place and what is new comes last. @returns {Place[]} */
  #placed() {
    if (!this.held) return this.#shown.map((entry) => ({ entry, gone: false }));
    const known = new Set(this.held.map(({ tile }) => tile.conversation));
    const now = new Map(this.#shown.map((entry) => [entry.tile.conversation, entry]));
    const kept = this.held.map((before) => {
      const { conversation } = before.tile; // what only fits the filters no more is still live, and keeps its place
      const entry = now.get(conversation) ?? this.board.entries.get(conversation);
      return { entry: entry ?? before, gone: !entry };
    });
    const added = this.#shown.filter(({ tile }) => !known.has(tile.conversation));
    return [...kept, ...added.map((entry) => ({ entry, gone: false }))];
  }

  /** @param {Query} query @param {boolean} [again] */
  #ask = (query, again = false) => {
    this.dispatchEvent(new CustomEvent("steadyhand-query", { detail: { query, again }, bubbles: true }));
  };

  /** What was pressed goes away with what it leaves out: the hand goes on in the search. */
  #widen = () => {
    this.#ask(widened(this.query));
    void this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector(".search input"))?.focus());
  };

  /** @param {PointerEvent} event */
  #closeSheet = ({ target }) => {
    const sheet = /** @type {HTMLDetailsElement | null} */ (this.querySelector(".more-filters[open]"));
    if (sheet && target instanceof Node && !sheet.contains(target)) sheet.open = false;
  };

  /** @param {CustomEvent<{order: Query["order"]}>} event */
  #order({ detail }) {
    this.#ask({ ...this.query, order: detail.order });
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
    if (!document.activeElement?.closest("#floor")) this.#letGo();
  }

  /** @param {FocusEvent} event */
  #leaveFocus({ relatedTarget }) {
    const within = relatedTarget instanceof Element && relatedTarget.closest("#floor");
    if (!within && !this.#pointed) this.#letGo();
  }

  /** Keeps the order as it is; again with every move and key, for a hand that has gone must not hold it for ever. */
  #hold() {
    this.held ??= this.#shown;
    clearTimeout(this.#release);
    this.#release = setTimeout(() => this.#letGo(), HOLD_ENDS);
  }

  #letGo() {
    clearTimeout(this.#release);
    this.held = null;
  }
}

/** @param {readonly Place[]} places @param {"team" | "cause"} field @returns {Section[]} */
function sections(places, field) {
  const groups = grouped(places.map(({ entry }) => entry), field);
  return groups.map((group) => {
    const inside = places.filter(({ entry }) => valueOf(entry.tile, field) === group.key);
    return { field, key: group.key, group, places: inside };
  });
}

/**
 * What stands where there are no conversations.
 * @param {string} name of the icon
 * @param {string} title
 * @param {string} more
 */
function note(name, title, more) {
  return html`<div class="board-note" role="status">${icon(name)}<strong>${title}</strong>
    <p>${more}</p></div>`;
}
