/** The steps of de-escalation: which are done, by whom and when, and which comes next. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Message} Message */
/** @typedef {import("../live/conversation.js").Advice} Advice */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {Advice["steps"][number]} Entry */
/** @typedef {{by: string | undefined, message: string | undefined, at: string | undefined, text: string | undefined}} Deed */

/** @type {Record<string, string>} English, for pages that have no other language */
export const STEP_WORDS = {
  listen: "Listen",
  empathize: "Empathize",
  apologize: "Apologize",
  own: "Own it",
  solve: "Solve",
  boundary: "Boundary",
  escalate: "Escalate",
  follow_up: "Follow up",
  close: "Close",
};

/**
 * @param {View} view
 * @param {Words} [t]
 * @param {(message: string) => void} [show] the message that did a step; without it nothing can be pressed
 */
export function checklist({ advice, messages }, t = words("en"), show) {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return html`<section class="steps" aria-label=${t("steps.label")}>
    <ol>
      ${(advice?.steps ?? []).map((entry) => step(entry, entry.step === advice?.next_step, deed(entry, byId.get(entry.by ?? "")), { t, show }))}
    </ol>
  </section>`;
}

/**
 * @param {Entry} entry
 * @param {boolean} next
 * @param {Deed} deed
 * @param {{t: Words, show?: (message: string) => void}} room
 */
function step({ step, done }, next, deed, { t, show }) {
  const content = html`${done ? icon("check") : next ? icon("arrow-right") : html`<i></i>`}
    <span class="name">${t(`step.${step}`)}</span>${done ? by(deed, !show, t) : nothing}
    <span class="unseen">${done ? said(deed, t) : `, ${t(next ? "steps.next" : "steps.open")}`}</span>`;
  const { message } = deed;
  const open = done && message && show ? () => show(message) : null;
  return html`<li class="step" ?data-done=${done} ?data-next=${next} title=${done && deed.text ? `${deed.at ? t.time(deed.at) : ""} ${deed.text}`.trim() : nothing}>
    ${open ? html`<button type="button" @click=${open}>${content}</button>` : content}
  </li>`;
}

/**
 * Her own work is "you" to the agent who looks; a supervisor sees only who else did it.
 * @param {Deed} deed
 * @param {boolean} onlyOthers
 * @param {Words} t
 */
function by({ by, at }, onlyOthers, t) {
  if (!by || (onlyOthers && by === "agent")) return nothing;
  const who = by === "agent" ? t("steps.you") : t.or(`role.${by}`, by);
  return html`<span class="by" aria-hidden="true">${who}${onlyOthers || !at ? nothing : html` <span class="when">${t.time(at)}</span>`}</span>`;
}

/** @param {Deed} deed @param {Words} t */
function said({ by, at }, t) {
  if (!by) return `, ${t("steps.done")}`;
  return `, ${t("steps.done_by", { who: `${t.or(`role.${by}`, by)}${at ? ` ${t.time(at)}` : ""}` })}`;
}

/** As the advice tells it; of an older server only the message is known. @param {Entry} entry @param {Message} [message] @returns {Deed} */
function deed({ by, role, message: id, at }, message) {
  return { by: role ?? message?.role, message: message ? (id ?? by ?? undefined) : undefined, at: at ?? message?.at, text: message?.text };
}
