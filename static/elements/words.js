/**
 * What the wire's words are called on the screen, and the shapes that go with the bands. The same on every page, so that
 * a band looks alike in the sidebar, on the board and in the transcript.
 */

import { html, svg } from "../vendor/lit.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/conversation.js").Band} Band */
/** @typedef {import("../live/conversation.js").Trend} Trend */

/** @type {Record<Band, string>} */
export const BAND_WORDS = { calm: "Calm", uneasy: "Uneasy", tense: "Tense", critical: "Critical" };

/** @type {Record<Trend, string>} */
export const TREND_WORDS = { rising: "rising", steady: "steady", falling: "falling" };

/** @type {Record<Trend, string>} */
const TREND_ICONS = { rising: "arrow-up-right", steady: "arrow-right", falling: "arrow-down-right" };

/**
 * Outlines in a 24 x 24 box that differ by their silhouette alone: ring, diamond, triangle, octagon with a mark cut out.
 * @type {Record<Band, string>}
 */
const BAND_SHAPES = {
  calm: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zm0 4a5 5 0 1 1 0 10a5 5 0 1 1 0-10z",
  uneasy: "M12 1.5L22.5 12L12 22.5L1.5 12z",
  tense: "M12 2L23 21.5H1z",
  critical: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4zm3 4.5v8h3.2v-8zm0 10v3.2h3.2v-3.2z",
};

const NO_CAUSE = "No clear cause";

/** @type {Record<string, string>} those whose label is not its own word */
const CAUSE_WORDS = {
  wrong_item: "Wrong item",
  missing_item: "Missing item",
  lost_property: "Lost property",
  miscommunication: "Misunderstanding",
  other: NO_CAUSE,
};

/**
 * The shape of a band, in the colour of the text around it; decoration, the word beside it carries the meaning.
 * @param {Band} band
 */
export function bandShape(band) {
  const shape = svg`<path d=${BAND_SHAPES[band]} fill="currentColor" fill-rule="evenodd" stroke="none" />`;
  return html`<svg class="icon shape" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;
}

/** @param {Trend} trend */
export function trendIcon(trend) {
  return icon(TREND_ICONS[trend]);
}

/**
 * Tension as a whole number, rounded down: 24.6 is still calm, and must not stand there as 25.
 * @param {number} tension 0..100
 */
export function whole(tension) {
  return Math.floor(tension);
}

/** @param {string | null | undefined} label of a cause */
export function causeWords(label) {
  if (!label) return NO_CAUSE;
  return CAUSE_WORDS[label] ?? label[0].toUpperCase() + label.slice(1).replaceAll("_", " ");
}

/** @param {number} share 0..1 */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/**
 * A span of time, coarse on purpose: a number that changes every second draws the eye for nothing.
 * @param {number} seconds
 */
export function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "< 1 min";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} d`;
}

/** @param {string} at RFC 3339 */
export function clock(at) {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
