/** The steps of de-escalation: which are done, by whom, and which comes next. */

import { html, nothing } from "../vendor/lit.js";
import { icon } from "./icon.js";
import { clock } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Message} Message */
/** @typedef {import("../live/conversation.js").Advice} Advice */

/** @type {Record<string, string>} */
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

/** @param {View} view */
export function checklist({ advice, messages }) {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return html`<section class="steps" aria-label="Steps">
    <ol>
      ${(advice?.steps ?? []).map((entry) => step(entry, entry.step === advice?.next_step, byId.get(entry.by ?? "")))}
    </ol>
  </section>`;
}

/**
 * Who did it is written out only where it was not the agent: her own name nine times tells her nothing.
 * @param {Advice["steps"][number]} entry
 * @param {boolean} next
 * @param {Message | undefined} message that did it
 */
function step({ step, done }, next, message) {
  const who = message && message.role !== "agent" ? message.role : "";
  return html`<li class="step" ?data-done=${done} ?data-next=${next} title=${done && message ? deed(message) : nothing}>
    ${done ? icon("check") : next ? icon("arrow-right") : html`<i></i>`}
    <span class="name">${STEP_WORDS[step] ?? step}</span>
    ${who ? html`<span class="by">${who}</span>` : nothing}
    <span class="unseen">${done ? `, done${message ? ` by the ${message.role}` : ""}` : next ? ", next" : ", not done"}</span>
  </li>`;
}

/** @param {Message} message */
function deed({ role, at, text }) {
  return `${role === "agent" ? "Agent" : role}, ${clock(at)}: ${text}`;
}
