/** What to do at this step, as against what to say: a plain list, which nothing can be clicked in. */

import { html, nothing } from "../vendor/lit.js";

/** @typedef {import("../live/conversation.js").Instruction} Instruction */

/** @param {readonly Instruction[] | undefined} list */
export function instructions(list) {
  if (!list?.length) return nothing;
  return html`<ul class="instructions" aria-label="To do">
    ${list.map(({ text, rule, critical }) => html`<li title=${rule} ?data-critical=${critical}>${critical ? badge() : nothing}<span dir="auto">${text}</span></li>`)}
  </ul>`;
}

/** The word and not the colour alone says it. */
export function badge() {
  return html`<b class="badge">Critical</b> `;
}
