/** The head of a group of conversations: how many, how tense in the mean and how far apart, and a bar of the bands. */

import { html, svg } from "../vendor/lit.js";
import { bandOf } from "../live/band.js";
import { BANDS } from "../live/board.js";
import { icon } from "./icon.js";
import { BAND_WORDS, bandShape, causeWords, whole } from "./words.js";

/** @typedef {import("../live/floor.js").Group} Group */

const BAR = 120; // px

/**
 * @param {string} field that they are grouped by
 * @param {Group} group
 * @param {boolean} open
 * @param {() => void} fold
 */
export function groupHead(field, group, open, fold) {
  const { key, entries, mean, spread, counts } = group;
  const name = field === "cause" ? causeWords(key) : key || "No team";
  const band = bandOf(mean);
  const parts = BANDS.filter((one) => counts[one]).map((one) => `${counts[one]} ${BAND_WORDS[one].toLowerCase()}`);
  return html`<button class="group-head" type="button" aria-expanded=${open ? "true" : "false"} @click=${fold}>
    ${icon(open ? "chevron-down" : "chevron-right")}
    <span class="group-name">${name}</span>
    <span class="group-count">${entries.length}</span>
    <span class="group-mean" data-band=${band} title="Mean tension, and the standard deviation">
      ${bandShape(band)}<span class="unseen">mean tension </span>${whole(mean)}<span class="group-spread">± ${Math.round(spread)}</span>
    </span>
    <span class="group-bar" role="img" aria-label=${parts.join(", ")} title=${parts.join(", ")}>${bar(group)}</span>
  </button>`;
}

/** @param {Group} group */
function bar({ entries, counts }) {
  let at = 0;
  const parts = BANDS.map((band) => {
    const width = (BAR * counts[band]) / entries.length;
    const part = svg`<rect data-band=${band} x=${at} y="0" width=${width} height="10" />`;
    at += width;
    return part;
  });
  return html`<svg width=${BAR} height="10" viewBox="0 0 ${BAR} 10" aria-hidden="true">${parts}</svg>`;
}
