/**
 * What outlives a reload in this tab of the browser: drafts in the sidebar's own box, verdicts that the server has not acknowledged, and up to where
 * whispers have been put away.
 * Rules: no DOM; where the browser forbids storage or it is full, nothing is kept and nothing fails; what is broken or foreign in it is as
 * good as nothing. A list is read again before each change, as two sidebars of one tab share it.
 */

import { MOST } from "./draft.js";

/** @typedef {{id: string, conversation: string, suggestion: string, verdict: string, reason?: string, final?: string}} Verdict `id` is the client's own */

const DRAFT = "steadyhand.draft."; // and the conversation
const HEARD = "steadyhand.heard."; // and the conversation
const VERDICTS = "steadyhand.verdicts";
const UNTOLD = 20; // verdicts that are kept; the oldest go first
const FIELDS = ["id", "conversation", "suggestion", "verdict"];
const MORE = ["reason", "final"];

/** @param {string} conversation @returns {string} "" for none */
export function keptDraft(conversation) {
  return (conversation && read(DRAFT + conversation)) || "";
}

/** @param {string} conversation @param {string} text the first 8,000 characters are kept; "" for nothing any more */
export function keepDraft(conversation, text) {
  if (conversation) write(DRAFT + conversation, text.length > MOST ? cut(text) : text);
}

/** @param {string} conversation @returns {number} offset of the last whisper that was put away; 0 for none */
export function keptHeard(conversation) {
  return Number(read(HEARD + conversation)) || 0;
}

/** @param {string} conversation @param {number} offset */
export function keepHeard(conversation, offset) {
  write(HEARD + conversation, String(offset));
}

/** @returns {Verdict[]} the oldest first */
export function keptVerdicts() {
  try {
    const list = JSON.parse(read(VERDICTS) ?? "[]");
    return Array.isArray(list) ? list.flatMap(verdictOf) : [];
  } catch {
    return [];
  }
}

/** @param {Verdict} verdict */
export function keepVerdict(verdict) {
  write(VERDICTS, JSON.stringify([...keptVerdicts(), verdict].slice(-UNTOLD)));
}

/** @param {string} id of a verdict that the server has, or has refused */
export function forgetVerdict(id) {
  const list = keptVerdicts();
  const left = list.filter((one) => one.id !== id);
  if (left.length < list.length) write(VERDICTS, left.length ? JSON.stringify(left) : "");
}

/** @returns {string} of at most 64 characters, like no other; pages without TLS have no `randomUUID` */
export function freshId() {
  return globalThis.crypto?.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

/** Its known fields and nothing else, as it goes to the server. @param {any} one @returns {Verdict[]} none where one is missing or no text */
function verdictOf(one) {
  const names = [...FIELDS, ...MORE.filter((name) => one?.[name] !== undefined)];
  if (!names.every((name) => typeof one?.[name] === "string")) return [];
  return [/** @type {Verdict} */ (Object.fromEntries(names.map((name) => [name, one[name]])))];
}

/** @param {string} text @returns {string} its first code points; a pair of units is not torn apart */
function cut(text) {
  return Array.from(text.slice(0, 2 * MOST)).slice(0, MOST).join("");
}

/** @param {string} key */
function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function write(key, value) {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    // as long as the page lasts, then
  }
}
