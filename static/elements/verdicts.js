/** Ready reasons to click after a verdict: why a phrase was put away, what it did. Free text would be one more thing to type. */

import { html } from "../vendor/lit.js";
import { words } from "../live/strings.js";

/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {"dismissed" | "up" | "down"} Rated */

/** @type {Record<Rated, readonly string[]>} keys of the catalogue */
export const REASONS = Object.freeze({
  dismissed: ["verdict.unfit", "verdict.said", "verdict.tone", "verdict.untrue", "verdict.long"],
  up: ["verdict.calmed", "verdict.human", "verdict.right"],
  down: ["verdict.worse", "verdict.tone", "verdict.unfit", "verdict.untrue"],
});

/**
 * @param {Rated} verdict that was given
 * @param {{pick: (reason: string) => void}} actions `reason` in English whatever the interface says: it is counted over all agents
 * @param {Words} t
 */
export function reasons(verdict, { pick }, t) {
  return html`<span class="reasons" role="group" aria-label=${t("verdict.why")}>
    ${REASONS[verdict].map((key) => html`<button type="button" class="small" @click=${() => pick(words("en")(key))}>${t(key)}</button>`)}
  </span>`;
}

/**
 * Whether it helped, asked once after a phrase was put in.
 * @param {{rate: (verdict: "up" | "down") => void}} actions
 * @param {Words} t
 */
export function rating({ rate }, t) {
  return html`<span class="reasons" role="group" aria-label=${t("verdict.up")}>
    <button type="button" class="small" @click=${() => rate("up")}>${t("verdict.up")}</button>
    <button type="button" class="small" @click=${() => rate("down")}>${t("verdict.down")}</button>
  </span>`;
}
