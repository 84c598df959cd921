/**
 * `<steadyhand-over-time>`: a row a conversation, a column a minute, at most the last hour, drawn on one canvas as large as what is in view.
 * Rules of this room: a colour never stands alone (where a level begins its number is written); what the pointer or the keyboard is on is
 * told in words; the table shows the same to who cannot see a canvas. Its scroll container is the page's `#board-pane`.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { customerName } from "../live/board.js";
import { bandOf } from "../live/band.js";
import { levelAt, spanOf, stretches } from "../live/course.js";
import { colourOf, css, inkOn } from "../live/scale.js";
import { BAND_WORDS, causeWords, whole } from "./words.js";

/** @typedef {import("./tiles.js").Place} Place */
/** @typedef {import("../live/scale.js").Theme} Theme */
/** @typedef {{row: number, minute: number}} Cell `minute` counts from the first column */

const ROW = 26; // px
const AXIS = 22; // px of the line with the times
const NUMBER = 22; // px of a stretch from which its number is written
const WORDS = 40; // px at the foot of the view that the words cover
const TIME = 72; // px that a time of day needs
const STEPS = [1, 2, 5, 10, 20]; // minutes between two times that are written
const dark = matchMedia("(prefers-color-scheme: dark)");

export class OverTimeElement extends LitElement {
  static properties = {
    places: { attribute: false },
    now: { attribute: false },
    open: { attribute: false },
    at: { state: true },
  };

  #minutes = 60;
  #resized = new ResizeObserver(() => this.#draw());
  #repaint = () => this.#draw();

  constructor() {
    super();
    /** @type {readonly Place[]} in their order */
    this.places = [];
    this.now = 0;
    /** The conversation in the side panel. */
    this.open = "";
    /** @type {Cell | null} what the pointer or the keyboard is on */
    this.at = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#pane()?.addEventListener("scroll", this.#repaint, { passive: true });
    dark.addEventListener("change", this.#repaint);
    this.#resized.observe(this.#pane() ?? this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#pane()?.removeEventListener("scroll", this.#repaint);
    dark.removeEventListener("change", this.#repaint);
    this.#resized.disconnect();
  }

  /** Puts the keyboard on the row of a conversation. @param {string} conversation */
  async focusTile(conversation) {
    const row = this.places.findIndex(({ entry }) => entry.tile.conversation === conversation);
    this.at = { row: Math.max(0, row), minute: this.#minutes - 1 };
    this.querySelector("canvas")?.focus({ preventScroll: true });
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has("places")) return;
    const minutes = spanOf(this.places.map(({ entry }) => entry.course), thisMinute());
    if (this.at && this.#keyed()) this.at = this.#followed(this.at, changed.get("places"), minutes - this.#minutes);
    this.#minutes = minutes;
  }

  /** A row that moves takes the keyboard along, so that Enter opens what was read. @param {Cell} at @param {unknown} before @param {number} more minutes */
  #followed(at, before, more) {
    const on = /** @type {readonly Place[] | undefined} */ (before)?.[at.row]?.entry.tile.conversation;
    const row = this.places.findIndex(({ entry }) => entry.tile.conversation === on);
    return { row: row < 0 ? within(at.row, this.places.length) : row, minute: Math.max(0, at.minute + more) };
  }

  #keyed() {
    return this.querySelector("canvas:focus-visible") !== null;
  }

  updated() {
    this.style.setProperty("--rows", `${AXIS + this.places.length * ROW}px`);
    this.#draw();
  }

  render() {
    return html`<canvas
        class="course"
        tabindex="0"
        role="application"
        aria-roledescription="heat-map"
        aria-label="Tension of each conversation by minute; arrows move, Enter opens. The table has the same in words."
        @pointermove=${this.#point}
        @pointerleave=${this.#leave}
        @focus=${this.#enter}
        @blur=${() => (this.at = null)}
        @click=${this.#click}
        @keydown=${this.#key}
      ></canvas>
      <p class="over-time-words" role="status">${this.at ? this.#words(this.at) : nothing}</p>`;
  }

  /** @param {Cell} cell */
  #words({ row, minute }) {
    const place = this.places[row];
    if (!place) return nothing;
    const { tile, course } = place.entry;
    const level = levelAt(course, this.#first() + minute);
    const heat = level === null ? "nothing said yet" : `${whole(level)}, ${BAND_WORDS[bandOf(level)].toLowerCase()}`;
    return html`<strong dir="auto">${customerName(tile)}</strong> ${timeOf(this.#first() + minute)}: ${heat} · ${causeWords(nameOf(tile.cause))}${ended(place) ? ` · ${ended(place)}` : nothing}`;
  }

  #draw() {
    const canvas = this.querySelector("canvas");
    const pane = this.#pane();
    if (!canvas || !pane) return;
    const bar = /** @type {HTMLElement | null} */ (document.querySelector(".board-bar"))?.offsetHeight ?? 0;
    const [width, height] = [this.clientWidth, Math.min(pane.clientHeight - bar, AXIS + this.places.length * ROW)];
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, { places: this.places, scrolled: this.#scrolled(), width, height, minutes: this.#minutes, first: this.#first(), open: this.open, at: this.at, look: lookOf(this) });
  }

  /** The first minute that is drawn, counted since 1970. */
  #first() {
    return thisMinute() - this.#minutes + 1;
  }

  /** px of rows above the view */
  #scrolled() {
    const canvas = this.querySelector("canvas");
    return canvas ? Math.max(0, canvas.getBoundingClientRect().top - this.getBoundingClientRect().top) : 0;
  }

  /** @returns {HTMLElement | null} */
  #pane() {
    return this.closest("#board-pane");
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  #cell({ offsetX, offsetY }) {
    const row = Math.floor((offsetY - AXIS + this.#scrolled()) / ROW);
    if (offsetY < AXIS || row >= this.places.length) return null;
    const head = headOf(this.clientWidth);
    const minute = Math.floor(((offsetX - head) / (this.clientWidth - head)) * this.#minutes);
    return { row, minute: Math.min(this.#minutes - 1, minute < 0 ? this.#minutes - 1 : minute) };
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const cell = this.#cell(event);
    if (cell?.row !== this.at?.row || cell?.minute !== this.at?.minute) this.at = cell;
  }

  /** What the keyboard is on stays, wherever the pointer goes. */
  #leave() {
    if (!this.#keyed()) this.at = null;
  }

  #enter() {
    this.at ??= { row: Math.max(0, this.places.findIndex(({ entry }) => entry.tile.conversation === this.open)), minute: this.#minutes - 1 };
  }

  /** @param {MouseEvent} event */
  #click(event) {
    this.#choose(this.#cell(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.at ?? { row: 0, minute: this.#minutes - 1 };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return this.#choose(at);
    }
    const moved = {
      ArrowDown: { ...at, row: at.row + 1 },
      ArrowUp: { ...at, row: at.row - 1 },
      ArrowRight: { ...at, minute: at.minute + 1 },
      ArrowLeft: { ...at, minute: at.minute - 1 },
      Home: { ...at, row: 0 },
      End: { ...at, row: this.places.length - 1 },
    }[event.key];
    if (!moved) return;
    event.preventDefault();
    this.at = { row: within(moved.row, this.places.length), minute: within(moved.minute, this.#minutes) };
    this.#show(this.at.row);
  }

  /** @param {number} row */
  #show(row) {
    const pane = this.#pane();
    const canvas = this.querySelector("canvas");
    if (!pane || !canvas) return;
    const top = row * ROW - this.#scrolled();
    const room = canvas.clientHeight - AXIS - ROW - WORDS;
    if (top < 0) pane.scrollBy({ top });
    else if (top > room) pane.scrollBy({ top: top - room });
  }

  /** @param {Cell | null} cell */
  #choose(cell) {
    const place = cell && this.places[cell.row];
    if (!place || place.gone) return;
    const detail = { conversation: place.entry.tile.conversation };
    this.dispatchEvent(new CustomEvent("steadyhand-open", { detail, bubbles: true, composed: true }));
  }
}

/** Why nobody need look any more; "" while it is live. @param {Place} place */
function ended({ entry, gone }) {
  if (gone) return "no longer live";
  return entry.tile.resolved ? "resolved" : "";
}

/** Counted since 1970. */
function thisMinute() {
  return Math.floor(Date.now() / 60_000);
}

/** @param {number} value @param {number} count */
function within(value, count) {
  return Math.max(0, Math.min(count - 1, value));
}

/** @param {number} minute since 1970 */
function timeOf(minute) {
  return new Date(minute * 60_000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/** px of the names beside the rows @param {number} width */
function headOf(width) {
  return width < 600 ? 120 : 240;
}

/** @param {import("../live/board.js").Tile["cause"]} cause */
function nameOf(cause) {
  return typeof cause === "object" ? cause?.label : cause;
}

/** @typedef {{theme: Theme, font: string, ink: string, quiet: string, page: string, raised: string}} Look */
/** @typedef {{places: readonly Place[], scrolled: number, width: number, height: number, minutes: number, first: number, open: string, at: Cell | null, look: Look}} Picture */

/** The tokens as a canvas takes them: each is `light-dark(…, …)` there. @param {HTMLElement} element @returns {Look} */
function lookOf(element) {
  const style = getComputedStyle(element);
  const theme = /** @type {Theme} */ (style.colorScheme.includes(" ") ? (dark.matches ? "dark" : "light") : style.colorScheme);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).match(/#[0-9a-f]{6}/giu)?.[theme === "dark" ? 1 : 0] ?? "";
  return { theme, font: `13px ${style.fontFamily}`, ink: colour("--ink"), quiet: colour("--quiet"), page: colour("--page"), raised: colour("--raised") };
}

/** @param {CanvasRenderingContext2D} context @param {Picture} picture */
function paint(context, picture) {
  const { places, scrolled, width, height, look } = picture;
  context.clearRect(0, 0, width, height);
  context.font = look.font;
  context.textBaseline = "middle";
  const from = Math.floor(scrolled / ROW);
  const end = Math.min(places.length, Math.ceil((scrolled + height - AXIS) / ROW));
  for (let row = from; row < end; row += 1) drawRow(context, picture, row, AXIS + row * ROW - scrolled);
  axis(context, picture);
}

/** @param {CanvasRenderingContext2D} context @param {Picture} picture */
function axis(context, { width, look, minutes, first }) {
  const head = headOf(width);
  const each = (width - head) / minutes;
  context.fillStyle = look.page;
  context.fillRect(0, 0, width, AXIS);
  context.fillStyle = look.quiet;
  context.textAlign = "left";
  const step = STEPS.find((one) => each * one >= TIME) ?? 20;
  for (let minute = 0; minute < minutes; minute += 1) {
    if ((first + minute) % step === 0) context.fillText(timeOf(first + minute), head + minute * each, AXIS / 2);
  }
}

/** @param {CanvasRenderingContext2D} context @param {Picture} picture @param {number} row @param {number} top */
function drawRow(context, picture, row, top) {
  const { places, width, look, minutes, first, open, at } = picture;
  const { entry } = places[row];
  const head = headOf(width);
  const marked = entry.tile.conversation === open || at?.row === row;
  if (marked) {
    context.fillStyle = look.raised;
    context.fillRect(0, top, head - 4, ROW - 2);
  }
  drawHead(context, places[row], { head, top, look });
  const each = (width - head) / minutes;
  for (const { from, to, level } of stretches(entry.course, first, minutes)) {
    const colour = colourOf(level, look.theme);
    const [x, wide] = [head + from * each, (to - from) * each];
    context.fillStyle = css(colour);
    context.fillRect(x, top, wide, ROW - 2);
    if (wide < NUMBER) continue;
    context.fillStyle = inkOn(colour);
    context.textAlign = "left";
    context.fillText(String(whole(level)), x + 4, top + ROW / 2 - 1);
  }
  if (at?.row === row) outline(context, { x: head + at.minute * each, top, wide: each, look });
}

/** What has ended is said and its name recedes; its colours stay, for a paler one would be another level. @param {CanvasRenderingContext2D} context @param {Place} place @param {{head: number, top: number, look: Look}} where */
function drawHead(context, place, { head, top, look }) {
  const { tile } = place.entry;
  const over = ended(place);
  context.save();
  context.beginPath();
  context.rect(0, top, head - 44, ROW);
  context.clip();
  context.textAlign = "left";
  context.fillStyle = over ? look.quiet : look.ink;
  const name = customerName(tile);
  context.fillText(name, 16, top + ROW / 2 - 1);
  context.fillStyle = look.quiet;
  if (head > 150) context.fillText(over || causeWords(nameOf(tile.cause)), 24 + context.measureText(name).width, top + ROW / 2 - 1);
  context.restore();
  context.textAlign = "right";
  context.fillStyle = over ? look.quiet : look.ink;
  context.fillText(`${whole(tile.tension)}`, head - 12, top + ROW / 2 - 1);
}

/** @param {CanvasRenderingContext2D} context @param {{x: number, top: number, wide: number, look: Look}} cell */
function outline(context, { x, top, wide, look }) {
  context.strokeStyle = look.ink;
  context.lineWidth = 2;
  context.strokeRect(x, top, Math.max(4, wide), ROW - 2);
}
