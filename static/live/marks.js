/**
 * Cuts a message at its evidence, so that the words behind a reading can be marked.
 * Rule of this room: pure, no DOM. Offsets on the wire count Unicode code points, JavaScript's strings count
 * UTF-16 units: every cut here goes through an array of code points.
 */

/**
 * @typedef {object} Evidence one span of a message and what it shows
 * @property {string} message id of the message that it stands in
 * @property {number} start code points, inclusive
 * @property {number} end code points, exclusive
 * @property {string} text
 * @property {string} kind a signal, "cause" or "sentiment"
 * @property {string} [rule]
 * @property {number} [points] of tension that it brought
 */

/** Kinds that are worth a mark even where they bring no points; of the others only what made the number. */
const TELLING = new Set(
  "anger frustration abuse threat distress urgency confusion gratitude complaint churn sarcasm cause promise".split(" "),
);

/**
 * The evidence that a reader of the transcript should see; that a sentence is a question, she sees herself.
 * @param {readonly Evidence[]} evidence
 * @returns {Evidence[]}
 */
export function telling(evidence) {
  return evidence.filter(({ kind, points }) => points || TELLING.has(kind));
}

/** @typedef {{text: string, evidence: Evidence[]}} Piece `evidence` is empty for plain words */

/**
 * The text in pieces, in order and without loss; overlapping spans give a piece with the evidence of both.
 * Spans outside the text are cut to it, empty ones are left out.
 * @param {string} text
 * @param {readonly Evidence[]} evidence of this message
 * @returns {Piece[]}
 */
export function pieces(text, evidence) {
  const points = Array.from(text);
  const spans = evidence
    .map((one) => ({ one, start: Math.max(0, one.start), end: Math.min(points.length, one.end) }))
    .filter(({ start, end }) => start < end);
  const cuts = [...new Set([0, points.length, ...spans.flatMap(({ start, end }) => [start, end])])];
  cuts.sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => ({
    text: points.slice(cuts[index], end).join(""),
    evidence: spans.filter((span) => span.start <= cuts[index] && end <= span.end).map(({ one }) => one),
  }));
}

/**
 * What the evidence adds up to, by kind, the weightiest first.
 * @param {readonly Evidence[]} evidence
 * @returns {{kind: string, points: number}[]}
 */
export function sums(evidence) {
  /** @type {Map<string, number>} */
  const byKind = new Map();
  for (const { kind, points } of evidence) byKind.set(kind, (byKind.get(kind) ?? 0) + (points ?? 0));
  return [...byKind].map(([kind, points]) => ({ kind, points })).sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}
