/** The brief of a conversation as text: what is shown before a hand-off, and what is copied. No DOM. */

/** @typedef {{text: string, messages: string[], due?: string}} BriefLine */
/** @typedef {Record<string, any>} Brief as GET /conversations/{id}/brief gives it */

/** Sections in the order in which whoever takes over needs them. @type {[string, string][]} */
const SECTIONS = [
  ["situation", "Situation"],
  ["wishes", "What the customer wants"],
  ["tried", "Tried so far"],
  ["solutions", "Offered"],
  ["promises", "Promised"],
  ["tension", "Tension"],
  ["alerts", "Alerts"],
  ["boundaries", "Insults, threats and limits"],
  ["avoid", "To avoid"],
];

/**
 * @param {Brief} brief
 * @returns {{name: string, lines: BriefLine[]}[]} without the empty ones
 */
export function sections(brief) {
  return SECTIONS.map(([key, name]) => ({ name, lines: brief[key] ?? [] })).filter(({ lines }) => lines.length);
}

/** @param {Brief} brief */
export function briefText(brief) {
  const parts = sections(brief).map(({ name, lines }) => [name, ...lines.map(({ text }) => `- ${text}`)].join("\n"));
  return [`Conversation ${brief.conversation}${brief.customer ? ` with ${brief.customer}` : ""}`, ...parts].join("\n\n");
}
