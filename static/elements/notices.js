/** What stands above everything: who this is, whether it is live, and the one thing not to miss. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";
import { quoted } from "./quote.js";
import { percent } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Alert} Alert */
/** @typedef {import("../live/connection.js").Status} Status */
/** @typedef {import("../live/strings.js").Words} Words */

/** @param {View} view @param {string} name whom it is with @param {Status | null} status @param {Words} t */
export function header({ state }, name, status, t) {
  return html`<header>
    <h2 dir="auto">${name}</h2>
    <span class="quiet">${state?.resolved ? t("header.resolved") : state?.typing?.customer ? t("header.typing") : nothing}</span>
    ${statusMark(status, t)}
  </header>`;
}

/** @param {Status | null} status @param {Words} t */
function statusMark(status, t) {
  const state = status?.state ?? "closed";
  return html`<span class="status" data-state=${state}>${state === "offline" ? icon("wifi-off") : html`<i></i>`}${statusWords(status, t)}</span>`;
}

/** @param {Status | null} status @param {Words} [t] */
export function statusWords(status, t = words("en")) {
  const state = status?.state ?? "closed";
  return t(`status.${state}`, { time: state === "offline" && status ? t.time(status.since) : "" });
}

/**
 * What ails the server, in plain words; "" while it is well.
 * @param {Status | null} status @param {Words} [t]
 */
export function troubleWords(status, t = words("en")) {
  if (status?.state === "restarting") return t("service.restarting");
  const away = /** @type {const} */ (["database", "backplane"]).filter((part) => status?.service[part] === false);
  return away.map((part) => t(`service.${part}`)).join(" ");
}

/** Below all that it could move; the place is there while it is empty, for what reads it aloud must have seen it before. @param {Status | null} status @param {Words} t */
export function trouble(status, t) {
  const said = troubleWords(status, t);
  return html`<div class="trouble" role="status">${said ? html`<p>${icon("info")}<span>${said}</span></p>` : nothing}</div>`;
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
 * @param {Words} t
 */
export function notice(view, slot, actions, t) {
  const alerts = bySeverity(view.alerts);
  if (alerts.length) return alertNotice(alerts, slot, actions, t);
  const whisper = view.whispers.at(-1);
  if (whisper) return whisperNotice(whisper, slot, actions, t);
  return html`<div class="notice">${cause(view, t)}</div>`;
}

/**
 * @param {readonly Alert[]} alerts
 * @param {Slot} slot
 * @param {Actions} actions
 * @param {Words} t
 */
function alertNotice(alerts, slot, actions, t) {
  const index = slot.turn % alerts.length;
  const { severity, text } = alerts[index];
  return html`<div class="notice alert" data-severity=${severity} ?data-open=${slot.open}>
    ${icon("triangle-alert")}${foldable(text, slot, actions)}
    ${alerts.length > 1
      ? html`<button type="button" @click=${actions.turn} aria-label="${t("notice.next")} (${index + 1}/${alerts.length})">${index + 1}/${alerts.length}</button>`
      : nothing}
  </div>`;
}

/**
 * @param {{from: string, text: string}} whisper
 * @param {Slot} slot
 * @param {Actions} actions
 * @param {Words} t
 */
function whisperNotice({ from, text }, slot, actions, t) {
  return html`<div class="notice whisper" ?data-open=${slot.open}>
    ${icon("message-square")}${foldable(html`<b>${from}:</b> ${text}`, slot, actions)}
    <button type="button" @click=${actions.heard} aria-label=${t("notice.heard")}>${icon("x")}</button>
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

/** @param {View} view @param {Words} t */
function cause({ state }, t) {
  const found = state?.cause;
  if (!found || !found.confidence) return html`<p class="quiet">${state ? t("notice.unknown") : nothing}</p>`;
  const said = found.evidence?.[0]?.text;
  return html`<p>
    <span class="quiet">${t("notice.cause")}</span> <b>${t.or(`cause.${found.label}`, found.label)}</b>
    <span class="quiet">${percent(found.confidence)}</span> ${said ? quoted(said) : nothing}
  </p>`;
}
