/** The ask box: a question, answered from the playbooks and this chat, each answer with its source. */

import { html, nothing } from "../vendor/lit.js";
import { MOST } from "../live/questions.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";
import { withGaps } from "./phrases.js";

/** @typedef {import("../live/questions.js").QuestionView} QuestionView */
/** @typedef {import("../live/questions.js").Answer} Answer */
/** @typedef {import("../live/questions.js").Line} Line */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{ask: (text: string, shown?: string) => void, insert: (answer: Answer) => void, show: (message: string) => void}} Actions */

const READY = ["ask.offer", "ask.summarise", "ask.refuse"]; // keys; a click asks them, in the language that the playbooks are indexed in

const TO_SEND = ["phrase", "solution"]; // kinds that are worded for the customer; the others are for the agent to read

/**
 * @param {QuestionView} view
 * @param {Actions} actions
 * @param {Words} t
 */
export function askBox(view, actions, t) {
  return html`<section class="ask" aria-label=${t("ask.label")}>
    <form @submit=${(/** @type {SubmitEvent} */ event) => submitted(event, actions)}>
      <input name="question" dir="auto" autocomplete="off" aria-label=${t("ask.box")} placeholder=${t("ask.box")} />
      <button class="small">${icon("search")}${t("ask.send")}</button>
    </form>
    <p class="ready">
      ${READY.map((key) => html`<button type="button" class="small" @click=${() => actions.ask(words("en")(key), t(key))}>${t(key)}</button>`)}
    </p>
    <div>${standing(view, t)}</div>
    ${view.summary.length ? summary(view.summary, actions, t) : nothing}
    ${view.answers?.length ? html`<ol class="answers">${view.answers.map((one) => answer(one, actions, t))}</ol>` : nothing}
  </section>`;
}

/** @param {SubmitEvent} event @param {Actions} actions */
function submitted(event, { ask }) {
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("question"));
  ask(field.value);
}

/** @param {QuestionView} view @param {Words} t */
function standing({ asked, reading, refused, fault, answers, summary: lines }, t) {
  const words =
    refused === "offline" ? t("ask.offline")
    : refused === "too_long" ? t("ask.too_long", { most: MOST })
    : fault ?? (reading ? t("ask.reading") : answers && !answers.length && !lines.length ? t("ask.nothing") : "");
  return html`${asked ? html`<p class="asked" dir="auto">${asked}</p>` : nothing}${words ? html`<p class="quiet">${words}</p>` : nothing}`;
}

/** @param {readonly Line[]} lines @param {Actions} actions @param {Words} t */
function summary(lines, { show }, t) {
  return html`<ul class="summary" aria-label=${t("ask.summary")}>
    ${lines.map(({ text, message }) => html`<li>
      ${message
        ? html`<button type="button" class="line" title=${t("ask.message")} @click=${() => show(message)}><span dir="auto">${text}</span></button>`
        : html`<span dir="auto">${text}</span>`}
    </li>`)}
  </ul>`;
}

/** @param {Answer} found @param {Actions} actions @param {Words} t */
function answer(found, { insert }, t) {
  const { kind, text, source, note, missing = [] } = found;
  return html`<li>
    <p class="words" dir="auto">${withGaps({ text, missing })}</p>
    ${note ? html`<p class="note" dir="auto">${note}</p>` : nothing}
    <p class="source">
      <span class="quiet">${t.or(`ask.kind.${kind}`, kind)} · <span title=${source.where}>${t("ask.from", { name: source.name })}</span></span>
      ${TO_SEND.includes(kind)
        ? html`<button type="button" class="small" @click=${() => insert(found)}>${icon("corner-down-left")}${t("ask.insert")}</button>`
        : nothing}
    </p>
  </li>`;
}
