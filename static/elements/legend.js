/** What the colours over time mean: the ramp with its numbers, and the bands with their shapes. */

import { html } from "../vendor/lit.js";
import { BANDS } from "../live/board.js";
import { BAND_WORDS, bandShape } from "./words.js";

const FROM = { calm: 0, uneasy: 25, tense: 50, critical: 75 };

export function legend() {
  return html`<div class="legend" role="img" aria-label="Tension from 0, calm, over 25, uneasy, and 50, tense, to 75 and more, critical">
    <span class="legend-title">Tension</span>
    ${[...BANDS].reverse().map((band) => html`<span class="legend-part" data-scale=${band}>${FROM[band]} ${bandShape(band)}${BAND_WORDS[band]}</span>`)}
  </div>`;
}
