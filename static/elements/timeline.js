/**
 * The course of the tension as a small drawing that can be walked: by pointer, by finger and by arrow keys, turn by turn.
 * Rule: what a point says in colour it also says by its place and its shape; the line below says it in words.
 */

import { html, nothing, svg } from "../vendor/lit.js";
import { shownText } from "../live/conversation.js";
import { whole } from "./words.js";

/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("../live/turns.js").Turn} Turn */
/** @typedef {{chosen: number | null, choose: (seq: number | null) => void, why: (message: string) => void}} Walk `chosen` is the seq of a turn */

export const WIDTH = 160; // of the drawing, in its own units
const HEIGHT = 40;
const MARGIN = 4;
const WIDEST_STEP = 16; // so that three messages do not look like a long history
const THRESHOLDS = [25, 50, 75];

/**
 * @param {readonly Turn[]} turns
 * @param {Turn | undefined} current
 * @param {Walk} walk
 * @param {Words} t
 */
export function timeline(turns, current, walk, t) {
  const at = turns.findIndex(({ seq }) => seq === current?.seq);
  return html`<div
    class="timeline"
    role="slider"
    tabindex="0"
    aria-label=${t("meter.walk")}
    aria-valuemin="1"
    aria-valuemax=${turns.length}
    aria-valuenow=${at + 1}
    aria-valuetext=${current ? told(current, t) : nothing}
    @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, turns, at, walk)}
    @pointermove=${(/** @type {PointerEvent} */ event) => walk.choose(under(event, turns))}
    @pointerdown=${(/** @type {PointerEvent} */ event) => walk.choose(under(event, turns))}
  >
    ${drawing(turns, walk.chosen === null ? undefined : current)}
  </div>`;
}

/**
 * @param {readonly Turn[]} turns
 * @param {Turn} [chosen]
 */
export function drawing(turns, chosen) {
  const points = place(turns.map(({ tension }) => tension));
  return html`<svg class="course" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    ${THRESHOLDS.map((tension) => svg`<line class="threshold" x1="0" x2=${WIDTH} y1=${height(tension)} y2=${height(tension)} />`)}
    <polyline points=${points.map((point) => point.join(",")).join(" ")} />
    ${turns.map((turn, index) => dot(turn, points[index], index === turns.length - 1, turn === chosen))}
  </svg>`;
}

/**
 * A turn that moved the tension: a full dot where it rose, a ring where it fell.
 * @param {Turn} turn
 * @param {[number, number]} point
 * @param {boolean} last
 * @param {boolean} chosen
 */
function dot({ band, moved, change }, [x, y], last, chosen) {
  const mark = moved || last ? svg`<circle data-band=${band} ?data-fell=${moved && (change ?? 0) < 0} cx=${x} cy=${y} r=${last ? 3.5 : 2.5} />` : nothing;
  return svg`${chosen ? svg`<line class="chosen" x1=${x} x2=${x} y1="0" y2=${HEIGHT} />` : nothing}${mark}`;
}

/**
 * What one turn was, in one line: who, what, how far it moved the tension; and the way to its reasons.
 * @param {Turn | undefined} turn
 * @param {Walk} walk
 * @param {Words} t
 */
export function turnLine(turn, { why }, t) {
  const { message } = turn ?? {};
  if (!turn || !message) return html`<p class="turn quiet"></p>`;
  return html`<p class="turn" data-band=${turn.band}>
    <span class="quiet">${t.or(`role.${message.role}`, message.role)} <span class="when">${t.time(message.at)}</span></span>
    <span class="said" dir="auto" title=${shownText(message)}>${message.deleted ? t("why.deleted") : shownText(message)}</span>
    <span class="moved">${signed(turn.change)}</span>
    <button type="button" class="small" @click=${() => why(message.id)}>${t("why.label")}</button>
  </p>`;
}

/** @param {Turn} turn @param {Words} t */
function told({ message, tension, change, band }, t) {
  const who = message ? `${t.or(`role.${message.role}`, message.role)} ${t.time(message.at)}: ${shownText(message).slice(0, 200)}. ` : "";
  return `${who}${whole(tension)}, ${t(`band.${band}`)} ${signed(change)}`;
}

/** @param {number | null} change of tension */
function signed(change) {
  const rounded = Math.round(change ?? 0);
  if (!rounded) return "±0";
  return rounded > 0 ? `+${rounded}` : `−${-rounded}`;
}

/**
 * @param {KeyboardEvent} event
 * @param {readonly Turn[]} turns
 * @param {number} at index of the current one
 * @param {Walk} walk
 */
function onKey(event, turns, at, { choose, why }) {
  const last = turns.length - 1;
  /** @type {Record<string, number>} */
  const goals = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last };
  const message = turns[at]?.message;
  if (event.key in goals) choose(turns[Math.min(last, Math.max(0, goals[event.key]))]?.seq ?? null);
  else if (event.key === "Escape") choose(null);
  else if ((event.key === "Enter" || event.key === " ") && message) why(message.id);
  else return;
  event.preventDefault();
}

/**
 * The turn that is nearest to the pointer.
 * @param {PointerEvent} event
 * @param {readonly Turn[]} turns
 */
function under({ currentTarget, clientX }, turns) {
  const { left, width } = /** @type {HTMLElement} */ (currentTarget).getBoundingClientRect();
  const x = ((clientX - left) / width) * WIDTH;
  const distances = place(turns.map(() => 0)).map(([at]) => Math.abs(at - x));
  return turns[distances.indexOf(Math.min(...distances))]?.seq ?? null;
}

/**
 * The newest at the right, older ones to its left.
 * @param {readonly number[]} tensions
 * @returns {[number, number][]} x, y
 */
export function place(tensions) {
  const step = Math.min(WIDEST_STEP, (WIDTH - 2 * MARGIN) / Math.max(1, tensions.length - 1));
  return tensions.map((tension, index) => [round(WIDTH - MARGIN - (tensions.length - 1 - index) * step), height(tension)]);
}

/** @param {number} tension 0..100 */
function height(tension) {
  return round(HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * tension) / 100);
}

/** @param {number} length */
function round(length) {
  return Math.round(length * 10) / 10;
}
