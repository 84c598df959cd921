/** What to do at this step, as against what to say: a plain list, which nothing can be clicked in. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";

/** @typedef {import("../live/conversation.js").Instruction} Instruction */
/** @typedef {import("../live/strings.js").Words} Words */

/** @param {readonly Instruction[] | undefined} list @param {Words} [t] */
export function instructions(list, t = words("en")) {
  if (!list?.length) return nothing;
  return html`<ul class="instructions" aria-label=${t("instructions.label")}>
    ${list.map(({ text, rule, critical }) => html`<li title=${rule} ?data-critical=${critical}>${critical ? badge(t) : nothing}<span dir="auto">${text}</span></li>`)}
  </ul>`;
}

/** The word and not the colour alone says it. @param {Words} t */
export function badge(t) {
  return html`<b class="badge">${t("phrase.critical")}</b> `;
}
