/** What was promised to the customer in this chat, and for when; a click shows the message. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/conversation.js").Promised} Promised */
/** @typedef {import("../live/strings.js").Words} Words */

/**
 * @param {readonly Promised[] | undefined} made oldest first
 * @param {(message: string) => void} show
 * @param {Words} [t]
 */
export function promises(made, show, t = words("en")) {
  if (!made?.length) return nothing;
  return html`<section class="promises" aria-label=${t("promises.label")}>
    <h3>${t("promises.label")}</h3>
    <ul>
      ${made.map((one) => promised(one, show, t))}
    </ul>
  </section>`;
}

/** @param {Promised} promise @param {(message: string) => void} show @param {Words} t */
function promised({ message, text, when, due }, show, t) {
  return html`<li>
    <button type="button" class="promise" @click=${() => show(message)}>
      <bdi>${text}</bdi>
      ${due ? html`<span class="due">${icon("clock")}${t("promises.due", { time: t.time(due) })}</span>` : when && !text.includes(when) ? html`<span class="due"><bdi>${when}</bdi></span>` : nothing}
    </button>
  </li>`;
}
