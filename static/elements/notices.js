/** What stands above everything: who this is, whether it is live, and the one thing not to miss. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";
import { quoted } from "./quote.js";
import { percent, whole } from "./words.js";

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

/**
 * Below all that it could move; the place is there while it is empty, for what reads it aloud must have seen it before.
 * @param {Status | null} status
 * @param {boolean} loaded else what is wrong with the sign-in stands in the place of the advice
 * @param {Words} t
 */
export function trouble(status, loaded, t) {
  const said = status?.state !== "refused" ? troubleWords(status, t) : loaded ? t("empty.refused") : "";
  return html`<div class="trouble" role="status">${said ? html`<p>${icon("info")}<span>${said}</span></p>` : nothing}</div>`;
}

const MILDEST_FIRST = ["info", "warning", "critical"];

/** @param {readonly Alert[]} alerts @returns {Alert[]} the severest first */
export function bySeverity(alerts) {
  const rank = (/** @type {Alert} */ { severity }) => MILDEST_FIRST.indexOf(severity);
  return [...alerts].sort((a, b) => rank(b) - rank(a));
}

/** @typedef {import("../live/conversation.js").Recovery} Recovery */
/** @typedef {import("../live/conversation.js").Whisper} Whisper */
/** @typedef {{turn: number, open: boolean, whispered: boolean}} Slot which of them, where there are several; whether it is unfolded; whether the whisper came last */
/** @typedef {{turn: () => void, fold: () => void, heard: () => void, ask: (() => void) | null}} Actions `ask` for an ending, where it has not been asked for */

/**
 * One slot of a fixed height, so that nothing moves: the alerts and a supervisor's whisper, whichever came last before the others, else the cause. What is
 * too long for it unfolds when the agent asks.
 * @param {View} view
 * @param {Whisper | undefined} whisper that has not been put away
 * @param {Recovery | null} recovery that is told now
 * @param {Slot} slot
 * @param {Actions} actions
 * @param {Words} t
 */
export function notice(view, whisper, recovery, slot, actions, t) {
  const alerts = bySeverity(view.alerts);
  /** @type {({alert: Alert, whisper?: undefined} | {whisper: Whisper, alert?: undefined})[]} */
  const all = alerts.map((alert) => ({ alert }));
  if (whisper) all.splice(slot.whispered ? 0 : all.length, 0, { whisper });
  if (!all.length && recovery) return html`<div class="notice">${icon("check")}<p>${turned(recovery, t)}</p></div>`;
  if (!all.length) return html`<div class="notice">${cause(view, t)}</div>`;
  const index = slot.turn % all.length;
  const turn = all.length > 1 ? turner(`${index + 1}/${all.length}`, actions, t) : nothing;
  const one = all[index];
  return one.alert ? alertNotice(one.alert, turn, slot, actions, t) : whisperNotice(one.whisper, turn, slot, actions, t);
}

/** About what she did, not about her: no points, no ranks. @param {Recovery | null} recovery @param {Words} t */
export function turned(recovery, t) {
  return recovery ? t("notice.turned", { from: whole(recovery.from), to: whole(recovery.to) }) : "";
}

/** @param {string} where among how many @param {Actions} actions @param {Words} t */
function turner(where, actions, t) {
  return html`<button type="button" @click=${actions.turn} aria-label="${t("notice.next")} (${where})">${where}</button>`;
}

/**
 * @param {Alert} alert
 * @param {unknown} turn
 * @param {Slot} slot
 * @param {Actions} actions
 * @param {Words} t
 */
function alertNotice({ kind, severity, text }, turn, slot, actions, t) {
  const ask = kind === "abuse" ? actions.ask : null;
  return html`<div class="notice alert" data-severity=${severity} ?data-open=${slot.open}>
    ${icon("triangle-alert")}${foldable(text, slot, actions)}
    ${ask ? html`<button type="button" class="end" title=${t("desk.ask")} aria-label=${t("desk.ask")} @click=${ask}>${t("desk.ask_short")}</button>` : nothing} ${turn}
  </div>`;
}

/**
 * @param {Whisper} whisper
 * @param {unknown} turn
 * @param {Slot} slot
 * @param {Actions} actions
 * @param {Words} t
 */
function whisperNotice({ from, text }, turn, slot, actions, t) {
  return html`<div class="notice whisper" ?data-open=${slot.open}>
    ${icon("message-square")}${foldable(html`<b><bdi>${from}</bdi>:</b> ${text}`, slot, actions)} ${turn}
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
