/** The transcript as a supervisor reads it: each message with the words that count, and what people did in its place. Words are only ever text. */

import { html, nothing, repeat } from "../vendor/lit.js";
import { woven } from "../live/actions.js";
import { shownText } from "../live/conversation.js";
import { sums, telling } from "../live/marks.js";
import { words } from "../live/strings.js";
import { deed } from "./deeds.js";
import { icon } from "./icon.js";
import { marked, quoted } from "./quote.js";
import { BAND_WORDS, bandShape, whole } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Message} Message */
/** @typedef {import("../live/conversation.js").Done} Done */
/** @typedef {import("../live/conversation.js").Evidence} Evidence */

const HEAVY = 4; // marked words whose points stand below the message; of more, the kinds are summed up

/** @type {Record<string, string>} */
const ROLE_WORDS = { customer: "Customer", agent: "Agent", bot: "Bot", note: "Note", system: "System" };

/**
 * @param {View} view
 * @param {readonly Done[]} actions all that are known, oldest first
 * @param {number | null} shown seq of the message that was asked for
 */
export function transcript({ messages }, actions, shown) {
  const lines = woven(messages, actions);
  if (!lines.length) return html`<p class="reader-note">Nobody has written yet.</p>`;
  const key = (/** @type {import("../live/actions.js").Line} */ { message, done }) => (message ? `m${message.seq}` : `a${done?.offset}`);
  return html`<ol role="list">${repeat(lines, key, (line) => (line.message ? said(line.message, line.message.seq === shown) : action(line.done)))}</ol>`;
}

/** @param {View} view @returns {string} "" while nobody types */
export function typist({ state }) {
  const who = /** @type {const} */ (["customer", "agent"]).filter((role) => state?.typing?.[role]);
  return who.length ? `${ROLE_WORDS[who[0]]} is typing…` : "";
}

/** @param {Message} message @param {boolean} shown */
function said(message, shown) {
  const { seq, role, at, deleted, reading } = message;
  const evidence = telling(reading?.evidence ?? []);
  return html`<li class="message" data-role=${role} data-seq=${seq} ?data-shown=${shown} tabindex=${shown ? -1 : nothing}>
    <p class="message-head">
      <span class="message-role">${ROLE_WORDS[role] ?? role}</span>
      <time datetime=${at}>${words("en").time(at)}</time>
      ${reading ? heat(reading) : nothing}
    </p>
    <p class="message-text" dir="auto">${deleted ? html`<em>Message deleted</em>` : marked(shownText(message), evidence)}</p>
    ${evidence.length && !deleted ? html`<p class="message-why">${reasons(evidence)}</p>` : nothing}
  </li>`;
}

/** @param {import("../live/conversation.js").Reading} reading */
function heat({ tension, band }) {
  return html`<span class="message-heat" data-band=${band} title="Tension after this message: ${BAND_WORDS[band]}">
    ${bandShape(band)}<span class="unseen">Tension ${BAND_WORDS[band]} </span>${whole(tension)}
  </span>`;
}

/** The words with their points where there are few, else what each kind adds up to. @param {readonly Evidence[]} evidence */
function reasons(evidence) {
  const heavy = evidence.filter(({ points }) => Math.round(points ?? 0));
  if (!heavy.length || heavy.length > HEAVY) return sums(evidence).map(({ kind, points }) => html`<span>${spelled(kind)}${signed(points)}</span>`);
  return heavy.map(({ text, kind, points }) => html`<span>${quoted(text)} ${spelled(kind)}${signed(points ?? 0)}</span>`);
}

/** @param {string} kind */
function spelled(kind) {
  return kind.replaceAll("_", " ");
}

/** @param {number} points */
function signed(points) {
  const rounded = Math.round(points);
  return rounded ? ` ${rounded > 0 ? "+" : "−"}${Math.abs(rounded)}` : "";
}

/** @param {Done} done */
function action(done) {
  return html`<li class="deed" data-action=${done.action}>${icon(done.action === "whisper" ? "message-square" : "user")}<div>${deed(done)}</div></li>`;
}
