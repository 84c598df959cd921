/** Icons as lit templates; decoration only: the word beside them carries the meaning. */

import { svg, html } from "../vendor/lit.js";
import { ICONS } from "../vendor/icons.js";

/**
 * @param {string} name a key of vendor/icons.js
 */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    ${ICONS[name].map((path) => svg`<path d=${path} />`)}
  </svg>`;
}
