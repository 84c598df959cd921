/**
 * What became of a phrase that was put into the reply box: sent as it was, sent with changes, or not at all.
 * Rules: pure; the texts are compared word by word here, how far they are apart is measured by the server.
 */

/** @typedef {{id: string, text: string}} Put a suggestion as it was shown, and is now in the reply box */
/** @typedef {{suggestion: string, verdict: "sent" | "edited", final: string}} Verdict */

const ALIKE = 0.5; // of the phrase's words, in their order, still in what was sent; with less it is the agent's own text

/**
 * @param {readonly Put[]} inserted since the agent's last message, in this chat
 * @param {string} sent the agent's message
 * @returns {Verdict[]} of those that went out; the others were not used
 */
export function verdicts(inserted, sent) {
  const words = wordsOf(sent);
  const single = inserted.length === 1;
  return inserted.flatMap(({ id, text }) => {
    const phrase = wordsOf(text);
    const kept = phrase.length ? inCommon(phrase, words) / phrase.length : 0;
    if (kept < ALIKE) return [];
    if (squeezed(sent).includes(squeezed(text))) return [verdict(id, "sent", text)];
    return [verdict(id, "edited", single ? sent : nearestPart(sent, words, phrase))];
  });
}

/** @param {string} suggestion @param {Verdict["verdict"]} verdict @param {string} final @returns {Verdict} */
function verdict(suggestion, verdict, final) {
  return { suggestion, verdict, final };
}

/** Of a message made of several phrases: the stretch from the first to the last word of this one. @param {string} sent @param {string[]} words @param {string[]} phrase */
function nearestPart(sent, words, phrase) {
  const own = new Set(phrase);
  const places = words.flatMap((word, index) => (own.has(word) ? [index] : []));
  return sent.split(/\s+/u).filter(Boolean).slice(places[0], places[places.length - 1] + 1).join(" ");
}

/** @param {string} text @returns {string[]} one for each stretch between spaces */
function wordsOf(text) {
  return text.split(/\s+/u).filter(Boolean).map((word) => word.toLowerCase().replaceAll(/^\P{L}+|\P{L}+$/gu, "") || word);
}

/** @param {string} text */
function squeezed(text) {
  return text.trim().replaceAll(/\s+/gu, " ");
}

/**
 * The length of the longest common subsequence.
 * @param {readonly string[]} one
 * @param {readonly string[]} other
 */
function inCommon(one, other) {
  let row = new Array(other.length + 1).fill(0);
  for (const word of one) {
    const next = [0];
    other.forEach((theirs, index) => next.push(word === theirs ? row[index] + 1 : Math.max(row[index + 1], next[index])));
    row = next;
  }
  return row[other.length];
}
