/** The agent's open chats as tabs, each with its heat, so that the one that boils is seen from the others. */

import { html, nothing } from "../vendor/lit.js";
import { icon } from "./icon.js";
import { bandShape, whole } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{id: string, name: string, view: View}} Tab */

export const PANEL = "chat"; // id of what the tabs switch

/**
 * @param {readonly Tab[]} chats in the order in which they were opened
 * @param {string} current id
 * @param {(id: string) => void} choose
 * @param {Words} t
 */
export function tabs(chats, current, choose, t) {
  if (chats.length < 2) return nothing;
  const ids = chats.map(({ id }) => id);
  return html`<div class="tabs" role="tablist" aria-label=${t("tabs.label")} @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, ids, choose)}>
    ${chats.map((chat) => tab(chat, chat.id === current, choose, t))}
  </div>`;
}

/** @param {Tab} chat @param {boolean} selected @param {(id: string) => void} choose @param {Words} t */
function tab({ id, name, view }, selected, choose, t) {
  const { state, alerts } = view;
  const alerted = alerts.length ? t("tabs.alerts", { n: alerts.length }) : "";
  return html`<button
    type="button"
    role="tab"
    class="tab"
    data-chat=${id}
    data-band=${state?.band ?? nothing}
    aria-selected=${selected}
    aria-controls=${selected ? PANEL : nothing}
    tabindex=${selected ? 0 : -1}
    title=${alerted ? `${name} · ${alerted}` : name}
    @click=${() => choose(id)}
  >
    <bdi>${name}</bdi>
    <span class="heat">${state ? html`${bandShape(state.band)}${whole(state.tension)}<span class="unseen"> ${t(`band.${state.band}`)}</span>` : "–"}</span>
    ${alerted ? html`<span class="alerted">${icon("triangle-alert")}<span class="unseen">${alerted}</span></span>` : nothing}
  </button>`;
}

/**
 * As tabs are walked everywhere: the arrows go round, in the direction in which the tabs are read.
 * @param {KeyboardEvent} event
 * @param {readonly string[]} ids
 * @param {(id: string) => void} choose
 */
function onKey(event, ids, choose) {
  const strip = /** @type {HTMLElement} */ (event.currentTarget);
  const focused = /** @type {HTMLElement} */ (event.target).closest("[role=tab]");
  const at = ids.indexOf(focused?.getAttribute("data-chat") ?? "");
  const forward = getComputedStyle(strip).direction === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const goals = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: ids.length - 1 };
  if (at < 0 || !(event.key in goals)) return;
  event.preventDefault();
  const goal = (goals[event.key] + ids.length) % ids.length;
  choose(ids[goal]);
  /** @type {HTMLElement} */ (strip.querySelectorAll("[role=tab]")[goal]).focus();
}
