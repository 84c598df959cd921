/** One line for the agent herself: ten seconds of breath after abuse, a break after a hard run. It covers nothing and can be put away. */

import { html, nothing } from "../vendor/lit.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/strain.js").Strain} Strain */
/** @typedef {import("../live/strings.js").Words} Words */

/**
 * @param {Strain} strain
 * @param {{done: () => void}} actions
 * @param {Words} t
 */
export function calmLine({ cue }, { done }, t) {
  if (!cue) return nothing;
  const breathe = cue === "breathe";
  return html`<div class="calm" role="note" title=${t("calm.private")}>
    ${breathe ? html`<i class="breath"></i>` : icon("clock")}
    <p>${t(breathe ? "calm.breathe" : "calm.break")}</p>
    <button type="button" class="small" @click=${done}>${t(breathe ? "calm.done" : "calm.later")}</button>
  </div>`;
}
