/** Why the number is what it is: the customer's words, the rule that each one met, and the facts found. */

import { html, nothing } from "../vendor/lit.js";
import { evidenceOf, lastHeard } from "../live/conversation.js";
import { sums } from "../live/marks.js";
import { icon } from "./icon.js";
import { marked, quoted } from "./quote.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Evidence} Evidence */

const ROWS = 8; // the weightiest; more is a report
const KINDS = 3; // in one line

/** @type {Record<string, string>} slots that are not their own word */
const SLOT_WORDS = {
  name: "customer", contact: "contact no.", times: "has written", waiting: "has waited", promised: "was told", feeling: "feels",
  wish: "asks for", since: "goes on",
};

/** The words are always there; rules, points and facts unfold. @param {View} view */
export function why(view) {
  const heard = lastHeard(view);
  if (!heard) return nothing;
  const evidence = evidenceOf(view);
  return html`<details class="why">
    <summary>
      <span class="sums">${icon("chevron-right")}<b>Why</b>${summary(evidence)}</span>
      <span class="heard" dir="auto">${marked(heard.text, evidence.filter(({ message }) => message === heard.id))}</span>
    </summary>
    <ul>
      ${evidence.slice(0, ROWS).map(row)}
    </ul>
    ${facts(view.state?.facts)}
  </details>`;
}

/** @param {readonly Evidence[]} evidence */
function summary(evidence) {
  const heavy = sums(evidence).filter(({ points }) => Math.round(points)).slice(0, KINDS);
  if (!heavy.length) return html`<span class="quiet">nothing heated in the last message</span>`;
  return heavy.map(({ kind, points }) => html`<span class="quiet">${words(kind)} ${signed(Math.round(points))}</span>`);
}

/** @param {Evidence} evidence */
function row({ kind, text, rule, points }) {
  return html`<li>
    <span class="kind">${words(kind)}</span>
    <span class="because">${quoted(text)}${rule ? html` <span class="quiet">${words(rule)}</span>` : nothing}</span>
    <span class="points">${points ? signed(points) : nothing}</span>
  </li>`;
}

/** @param {Record<string, unknown> | undefined} known */
function facts(known) {
  const found = Object.entries(known ?? {}).filter(([, value]) => value !== null && value !== "" && value !== undefined);
  if (!found.length) return nothing;
  return html`<dl class="facts">
    ${found.map(([slot, value]) => html`<div><dt>${SLOT_WORDS[slot] ?? words(slot)}</dt><dd dir="auto">${said(value)}</dd></div>`)}
  </dl>`;
}

/** @param {unknown} value a slot is a text or a number; lists are read out */
function said(value) {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** @param {string} name of a signal, a rule or a slot, as the tables spell it */
function words(name) {
  return name.replaceAll(/[_.]/gu, " ");
}

/** @param {number} points */
function signed(points) {
  const rounded = Math.round(points * 10) / 10;
  return rounded > 0 ? `+${rounded}` : `−${Math.abs(rounded)}`;
}
