/** What stands above everything: who this is, whether it is live, and the one thing not to miss. */

import { html, nothing } from "../vendor/lit.js";
import { icon } from "./icon.js";
import { quoted } from "./quote.js";
import { causeWords, clock, percent } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Alert} Alert */
/** @typedef {import("../live/connection.js").Status} Status */

/** @param {View} view @param {Status | null} status */
export function header(view, status) {
  const { customer, typing, resolved } = view.state ?? {};
  return html`<header>
    <h2 dir="auto">${view.loaded ? customer?.name || "Customer" : "Steadyhand"}</h2>
    <span class="quiet">${resolved ? "resolved" : typing?.customer ? "typing…" : nothing}</span>
    ${statusMark(status)}
  </header>`;
}

/** @param {Status | null} status */
function statusMark(status) {
  const state = status?.state ?? "closed";
  return html`<span class="status" data-state=${state}>${state === "offline" ? icon("wifi-off") : html`<i></i>`}${statusWords(status)}</span>`;
}

/** @param {Status | null} status */
export function statusWords(status) {
  switch (status?.state) {
    case "live":
      return "Live";
    case "catching-up":
      return "Catching up";
    case "connecting":
      return "Connecting";
    case "offline":
      return `Offline since ${clock(new Date(status.since).toISOString())}`;
    case "refused":
      return "Not signed in";
    default:
      return "Not connected";
  }
}

const MILDEST_FIRST = ["info", "warning", "critical"];

/** @param {readonly Alert[]} alerts @returns {Alert[]} the severest first */
export function bySeverity(alerts) {
  const rank = (/** @type {Alert} */ { severity }) => MILDEST_FIRST.indexOf(severity);
  return [...alerts].sort((a, b) => rank(b) - rank(a));
}

/** @typedef {{turn: number, open: boolean}} Slot which alert, where there are several; whether it is unfolded */
/** @typedef {{turn: () => void, fold: () => void, heard: () => void}} Actions */

/**
 * One slot of a fixed height, so that an alert moves nothing: the alert, else a supervisor's whisper, else the cause. What is
 * too long for it unfolds when the agent asks.
 * @param {View} view
 * @param {Slot} slot
 * @param {Actions} actions
 */
export function notice(view, slot, actions) {
  const alerts = bySeverity(view.alerts);
  if (alerts.length) return alertNotice(alerts, slot, actions);
  const whisper = view.whispers.at(-1);
  if (whisper) return whisperNotice(whisper, slot, actions);
  return html`<div class="notice">${cause(view)}</div>`;
}

/**
 * @param {readonly Alert[]} alerts
 * @param {Slot} slot
 * @param {Actions} actions
 */
function alertNotice(alerts, slot, actions) {
  const index = slot.turn % alerts.length;
  const { severity, text } = alerts[index];
  return html`<div class="notice alert" data-severity=${severity} ?data-open=${slot.open}>
    ${icon("triangle-alert")}${foldable(text, slot, actions)}
    ${alerts.length > 1
      ? html`<button type="button" @click=${actions.turn} aria-label="Next alert">${index + 1}/${alerts.length}</button>`
      : nothing}
  </div>`;
}

/**
 * @param {{from: string, text: string}} whisper
 * @param {Slot} slot
 * @param {Actions} actions
 */
function whisperNotice({ from, text }, slot, actions) {
  return html`<div class="notice whisper" ?data-open=${slot.open}>
    ${icon("message-square")}${foldable(html`<b>${from}:</b> ${text}`, slot, actions)}
    <button type="button" @click=${actions.heard} aria-label="Put the whisper away">${icon("x")}</button>
  </div>`;
}

/**
 * @param {unknown} text
 * @param {Slot} slot
 * @param {Actions} actions
 */
function foldable(text, { open }, { fold }) {
  return html`<button type="button" class="text" aria-expanded=${open} @click=${fold}><span dir="auto">${text}</span></button>`;
}

/** @param {View} view */
function cause({ state }) {
  const found = state?.cause;
  if (!found || !found.confidence) return html`<p class="quiet">${state ? "No cause known yet" : nothing}</p>`;
  const words = found.evidence?.[0]?.text;
  return html`<p>
    <span class="quiet">Cause</span> <b>${causeWords(found.label)}</b>
    <span class="quiet">${percent(found.confidence)}</span> ${words ? quoted(words) : nothing}
  </p>`;
}
