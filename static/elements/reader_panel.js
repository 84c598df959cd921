/** The agent's own panel, as a supervisor reads it beside the transcript: nothing in it can be pressed but what leads to a message. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { deedWords, isolated } from "./deeds.js";
import { STEP_WORDS } from "./checklist.js";
import { icon } from "./icon.js";
import { withGaps } from "./phrases.js";
import { promises } from "./promises.js";
import { quoted } from "./quote.js";
import { causeWords, percent } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").State} State */
/** @typedef {import("../live/conversation.js").Advice} Advice */
/** @typedef {{priority: number, factors?: Record<string, number>, because?: readonly string[], waiting_since?: string | null}} Tile what is used of it here */
/** @typedef {(message: string) => void} Show */

const ROOMY = "(min-width: 900px) and (min-height: 700px)"; // room for transcript and panel at once
const AS_NEEDED = ["boundary", "escalate"]; // steps that nobody misses where there is no need for them
const QUOTES = 3; // words for the cause that are shown

/** What each factor of the priority says. @type {[string, string][]} */
const FACTORS = [
  ["risk", "Risk that it goes bad"],
  ["soon", "How soon"],
  ["change", "What can still be changed"],
  ["waiting", "Waiting"],
];

/** Who has it, what it is about with the words that say so, and how likely it goes bad. @param {State | null} state */
export function facts(state) {
  if (!state) return nothing;
  const { cause, agent, risk } = state;
  const said = [...new Set((cause?.evidence ?? []).map(({ text }) => text))].slice(0, QUOTES);
  return html`<dl class="reader-facts">
    <div><dt>Cause</dt><dd>${causeWords(cause?.label)}${cause?.confidence ? html` <span class="quiet">${percent(cause.confidence)} sure</span>` : nothing} ${said.map((text) => html`${quoted(text)} `)}</dd></div>
    <div><dt>Agent</dt><dd dir="auto">${agent || "nobody yet"}</dd></div>
    ${risk === undefined ? nothing : html`<div><dt>Risk</dt><dd>${percent(risk)}</dd></div>`}
  </dl>`;
}

/** Steps with who did them; one that was passed over while later ones were done is said to be missed. @param {View} view @param {Show} show */
export function steps({ advice, messages }, show) {
  const entries = advice?.steps ?? [];
  const furthest = entries.map(({ done }) => done).lastIndexOf(true);
  const texts = new Map(messages.map(({ id, text }) => [id, text]));
  return html`<section class="steps" aria-label="Steps">
    <ol>${entries.map((entry, index) => step(entry, { next: entry.step === advice?.next_step, missed: !entry.done && index < furthest && !AS_NEEDED.includes(entry.step), text: texts.get(entry.by ?? "") }, show))}</ol>
  </section>`;
}

/** @param {Advice["steps"][number]} entry @param {{next: boolean, missed: boolean, text: string | undefined}} how @param {Show} show */
function step({ step: name, done, by, role }, { next, missed, text }, show) {
  const other = done && role && role !== "agent" ? ` by ${role}` : "";
  const word = done ? ", done" : next ? ", next" : missed ? ", missed" : ", not done";
  const content = html`${done ? icon("check") : next ? icon("arrow-right") : missed ? icon("minus") : html`<i></i>`}
    <span>${STEP_WORDS[/** @type {keyof typeof STEP_WORDS} */ (name)] ?? name}${other}</span><span class="unseen">${word}</span>`;
  return html`<li class="step" ?data-done=${done} ?data-next=${next} ?data-missed=${missed && !next} title=${done && text ? text : missed ? "Missed: later steps were done without it" : nothing}>
    ${done && by && text !== undefined ? html`<button type="button" class="bare-text" @click=${() => show(by)}>${content}</button>` : content}
  </li>`;
}

/**
 * What folds: why to look here, the advice that stands, what was promised, what is known, and what people did.
 * @param {View} view
 * @param {{tile: Tile | null | undefined, show: Show}} room
 */
export function panel(view, { tile, show }) {
  const open = matchMedia(ROOMY).matches;
  return html`<div class="reader-panel">
    ${why(tile, open)} ${advice(view, open)}
    ${view.state?.promises?.length ? fold("promises", html`Promised: <strong>${view.state.promises.length}</strong>`, promises(view.state.promises, show), false) : nothing}
    ${known(view.state)} ${done(view)}
  </div>`;
}

/** @param {string} name @param {unknown} label @param {unknown} content @param {boolean} open */
function fold(name, label, content, open) {
  return html`<details class="panel-fold" data-fold=${name} ?open=${open}>
    <summary>${label}</summary>
    <div class="panel-body">${content}</div>
  </details>`;
}

/** The factors that the priority is made of, and the reasons behind them. @param {Tile | null | undefined} tile @param {boolean} open */
function why(tile, open) {
  if (!tile?.factors) return nothing;
  const { factors, because = [], priority } = tile;
  return fold(
    "why",
    html`Why look here: <strong>${because[0] ?? `priority ${Math.round(priority)}`}</strong>`,
    html`<dl class="factors" aria-label="Priority ${Math.round(priority)} of 100 is their product">
        ${FACTORS.filter(([key]) => factors[key] !== undefined).map(([key, name]) => html`<div><dt>${name}</dt><dd><meter min="0" max="1" .value=${factors[key]} aria-label=${name}></meter> ${percent(factors[key])}</dd></div>`)}
        <div class="product"><dt>Priority</dt><dd>${Math.round(priority)} of 100</dd></div>
      </dl>
      ${because.length > 1 ? html`<ul class="because">${because.map((reason) => html`<li>${reason}</li>`)}</ul>` : nothing}`,
    open && because.length > 1,
  );
}

/** @param {View} view @param {boolean} open */
function advice({ advice: now, alerts }, open) {
  if (!now) return nothing;
  const next = now.wait ? "Let them finish" : (STEP_WORDS[/** @type {keyof typeof STEP_WORDS} */ (now.next_step ?? "")] ?? now.next_step ?? "Nothing to do");
  return fold(
    "advice",
    html`Advice to the agent: <strong>${next}</strong>`,
    html`${alerts.map(({ text }) => html`<p class="alert">${icon("triangle-alert")}<span>${text}</span></p>`)}
      ${now.reason ? html`<p class="quiet">${now.reason}</p>` : nothing}
      <ul role="list">${now.suggestions.map((suggestion) => html`<li class="phrase-read" dir="auto">${withGaps(suggestion)}</li>`)}</ul>
      ${now.cautions.map((caution) => html`<p class="caution">${icon("info")}<span>${caution}</span></p>`)}`,
    open,
  );
}

/** @param {State | null} state */
function known(state) {
  const t = words("en");
  const told = Object.entries(state?.facts ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (!told.length) return nothing;
  const line = (/** @type {[string, unknown]} */ [slot, value]) => html`<div><dt>${t.or(`slot.${slot}`, slot.replaceAll("_", " "))}</dt><dd dir="auto">${Array.isArray(value) ? value.join(", ") : String(value)}</dd></div>`;
  return fold("facts", html`Told so far: <strong>${told.length}</strong>`, html`<dl class="told">${told.map(line)}</dl>`, false);
}

/** @param {View} view */
function done({ actions }) {
  const last = actions.at(-1);
  if (!last) return nothing;
  const t = words("en");
  const line = (/** @type {import("../live/conversation.js").Done} */ one) => html`<li><time datetime=${one.at}>${t.time(one.at)}</time> <span>${deedWords(one)}${one.text ? html`: <q dir="auto">${isolated(one.text)}</q>` : nothing}</span></li>`;
  return fold("done", html`What people did: <strong>${deedWords(last)}</strong>`, html`<ol class="audit">${actions.map(line)}</ol>`, false);
}
