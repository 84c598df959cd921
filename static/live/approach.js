/**
 * What sets the phrases of one advice apart, told from their words alone, and how a phrase is filled.
 * Rules: pure, no DOM; a gap is `[slot]` in the text and `slot` in `missing`; a fact is used where its value stands in the text.
 */

/** @typedef {import("./conversation.js").Suggestion} Suggestion */
/** @typedef {{asks: boolean, shortest: boolean, uses: string[]}} Approach `uses`: slots of the facts that stand in it */

const CLEARLY = 0.8; // of the next shorter one's length
const SHORT = 2; // letters; a shorter value stands in any text by chance

/**
 * @param {Suggestion} suggestion
 * @param {readonly Suggestion[]} all that stand beside it
 * @param {Record<string, unknown>} [facts] of the state
 * @returns {Approach}
 */
export function approach(suggestion, all, facts = {}) {
  const { text } = suggestion;
  const others = all.filter(({ id }) => id !== suggestion.id).map((other) => other.text.length);
  const uses = Object.entries(facts).filter(([slot, value]) => slot !== "agent" && stands(value, text));
  return {
    asks: /[?？؟]/u.test(text),
    shortest: others.length > 0 && text.length < CLEARLY * Math.min(...others),
    uses: uses.map(([slot]) => slot),
  };
}

/** @param {unknown} value @param {string} text */
function stands(value, text) {
  return typeof value === "string" && value.length > SHORT && text.toLowerCase().includes(value.toLowerCase());
}

/**
 * The text cut at its gaps.
 * @param {{text: string, missing?: readonly string[]}} suggestion
 * @returns {{text: string, slot: string | null}[]}
 */
export function gaps({ text, missing }) {
  const slots = new Set(missing ?? []);
  return text.split(/(\[[^[\]]*\])/u).flatMap((part) => {
    const slot = part.startsWith("[") && slots.has(part.slice(1, -1)) ? part.slice(1, -1) : null;
    return part ? [{ text: part, slot }] : [];
  });
}

/**
 * The phrase with what was typed into its gaps; a gap that was left empty stays one.
 * @param {{text: string, missing?: readonly string[]}} suggestion
 * @param {Readonly<Record<string, string>>} typed by slot
 * @returns {{text: string, missing: string[]}}
 */
export function filled(suggestion, typed) {
  const told = (/** @type {string} */ slot) => typed[slot]?.trim() ?? "";
  const text = gaps(suggestion).map((part) => (part.slot && told(part.slot)) || part.text).join("");
  return { text, missing: (suggestion.missing ?? []).filter((slot) => !told(slot)) };
}
