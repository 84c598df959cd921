/** A customer's own words, as text, with the ones that count marked. */

import { html } from "../vendor/lit.js";
import { pieces } from "../live/marks.js";

/** @typedef {import("../live/conversation.js").Evidence} Evidence */

/**
 * @param {string} text
 * @param {readonly Evidence[]} evidence of this text
 */
export function marked(text, evidence) {
  return pieces(text, evidence).map((piece) =>
    piece.evidence.length
      ? html`<mark title=${[...new Set(piece.evidence.map(({ kind }) => kind))].join(", ")}>${piece.text}</mark>`
      : piece.text,
  );
}

/** @param {string} words */
export function quoted(words) {
  return html`<q dir="auto">${words}</q>`;
}
