/** The band of a tension, as the wire has it. Rule of this room: no DOM. */

/** @typedef {import("./board.js").Band} Band */

/** @param {number} tension 0..100 @returns {Band} */
export function bandOf(tension) {
  if (tension < 25) return "calm";
  if (tension < 50) return "uneasy";
  return tension < 75 ? "tense" : "critical";
}
