/** What the customer has told so far: one line a fact, copied with a click. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{slot: string, ok: boolean} | null} Copied what the last click came to */

/**
 * @param {Record<string, unknown> | undefined} known of the state
 * @param {Copied} copied
 * @param {{copy: (slot: string, text: string) => void}} actions
 * @param {Words} [t]
 */
export function facts(known, copied, { copy }, t = words("en")) {
  const found = Object.entries(known ?? {}).map(([slot, value]) => [slot, said(value)]).filter(([, value]) => value);
  if (!found.length) return nothing;
  return html`<section class="facts" aria-label=${t("facts.label")}>
    <h3>${t("facts.label")}</h3>
    <ul>
      ${found.map(([slot, value]) => fact(slot, value, copied?.slot === slot ? copied : null, copy, t))}
    </ul>
    <p class="unseen" role="status">${copied ? t(copied.ok ? "facts.copied" : "facts.failed") : nothing}</p>
  </section>`;
}

/**
 * @param {string} slot
 * @param {string} value
 * @param {Copied} copied
 * @param {(slot: string, text: string) => void} copy
 * @param {Words} t
 */
function fact(slot, value, copied, copy, t) {
  const name = t.or(`slot.${slot}`, slot.replaceAll("_", " "));
  return html`<li>
    <button type="button" class="fact" title="${t("facts.copy", { name })}: ${value}" @click=${() => copy(slot, value)}>
      <span class="quiet">${name}</span> <bdi>${value}</bdi>
      <span class="mark" data-told=${copied ? (copied.ok ? "copied" : "failed") : nothing} aria-hidden="true">${icon(!copied ? "copy" : copied.ok ? "check" : "x")}</span>
    </button>
  </li>`;
}

/** @param {unknown} value a text, a number or a list of them */
function said(value) {
  if (Array.isArray(value)) return value.join(", ");
  return value === null || value === undefined ? "" : String(value);
}
