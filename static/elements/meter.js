/** The meter: how tense it is (number, word, shape and colour), where it is going, and how it came there. */

import { html, nothing, svg } from "../vendor/lit.js";
import { BAND_WORDS, TREND_WORDS, bandShape, trendIcon, whole } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Point} Point */

const WIDTH = 160; // of the drawing, in its own units
const HEIGHT = 48;
const MARGIN = 4;
const WIDEST_STEP = 16; // so that three messages do not look like a long history
const THRESHOLDS = [25, 50, 75];

/** @param {View} view */
export function meter({ state, history }) {
  const { tension = 0, band = "calm", trend = "steady" } = state ?? {};
  return html`<section class="meter" aria-label="Tension" data-band=${state ? band : nothing}>
    <p class="reading">
      <span class="number">${state ? whole(tension) : nothing}</span>
      <span class="band">${state ? html`${bandShape(band)}${BAND_WORDS[band]}` : nothing}</span>
      <span class="trend">${state ? html`${trendIcon(trend)}${TREND_WORDS[trend]}` : nothing}</span>
    </p>
    ${state ? timeline(history) : nothing}
  </section>`;
}

/** @param {readonly Point[]} history */
function timeline(history) {
  const points = place(history.map(({ tension }) => tension));
  const end = points.at(-1);
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${inWords(history)}>
    ${THRESHOLDS.map((tension) => svg`<line class="threshold" x1="0" x2=${WIDTH} y1=${height(tension)} y2=${height(tension)} />`)}
    <polyline class="course" points=${points.map((point) => point.join(",")).join(" ")} />
    ${end ? svg`<circle class="now" cx=${end[0]} cy=${end[1]} r="4" />` : nothing}
  </svg>`;
}

/** @param {readonly Point[]} history */
function inWords(history) {
  if (history.length < 2) return "No history of tension yet";
  const [first, last] = [history[0], history[history.length - 1]].map(({ tension }) => whole(tension));
  return `Tension over the last ${history.length} messages: from ${first} to ${last}`;
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
