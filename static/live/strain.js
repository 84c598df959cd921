/**
 * How hard the agent's last hours were, for her own eyes: a breath after abuse, a break after a hard run of chats.
 * Rules: pure, the clock is an argument; it is computed from what customers wrote and never from what the agent writes or how; it stays in
 * this page's memory: not in a frame, not in a request, not in any storage.
 */

/** @typedef {"breathe" | "break" | null} Cue */
/**
 * @typedef {object} Strain
 * @property {number} load 0..100 at the time `at`
 * @property {number} at ms
 * @property {Readonly<Record<string, number>>} hard chats that were critical or abusive, and when last, ms
 * @property {Cue} cue what is suggested now
 * @property {number} until when the cue goes by itself, ms
 * @property {number} breathed when the last breath was suggested, ms
 * @property {number} rested when the last break was suggested or put off, ms
 * @property {number | null} due when to look again, ms
 */
/** @typedef {{kind: "heard", conversation: string, tension: number, abuse: number} | {kind: "done"} | {kind: "tick"}} Event abuse 0..1 */

const HALF_LIFE = 20 * 60_000; // ms in which half of the load is gone
const HEAT = 4; // points of load that a customer's message at tension 100 adds; they fall with the square of the tension
const ABUSE = 10; // further points for plain abuse
const ABUSIVE = 0.5; // of the signal: from here on it was aimed at the agent
const CRITICAL = 75; // tension
const BREATH = 10_000; // ms
const BETWEEN_BREATHS = 120_000; // ms; a cue at every insult would be one more thing that nags
const RUN = 3; // hard chats
const RECENT = 2 * 3_600_000; // ms within which they count
const HEAVY = 40; // load
const BETWEEN_BREAKS = 30 * 60_000; // ms
const SHOWN = 120_000; // ms that a suggested break stands there

/** @returns {Strain} */
export function rested() {
  return { load: 0, at: 0, hard: {}, cue: null, until: 0, breathed: -Infinity, rested: -Infinity, due: null };
}

/**
 * @param {Strain} strain
 * @param {Event} event
 * @param {number} now ms
 * @returns {Strain}
 */
export function feel(strain, event, now) {
  if (event.kind === "heard") return cued(heard(strain, event, now), event.abuse >= ABUSIVE, now);
  const over = event.kind === "done" || (strain.cue && now >= strain.until);
  return over ? { ...strain, cue: null, due: null } : strain;
}

/**
 * @param {Strain} strain
 * @param {{conversation: string, tension: number, abuse: number}} message of a customer
 * @param {number} now
 * @returns {Strain}
 */
function heard(strain, { conversation, tension, abuse }, now) {
  const left = strain.load * 0.5 ** (Math.max(0, now - strain.at) / HALF_LIFE);
  const load = Math.min(100, left + HEAT * (tension / 100) ** 2 + ABUSE * abuse);
  const recent = Object.entries(strain.hard).filter(([id, at]) => id !== conversation && at > now - RECENT);
  const isHard = tension >= CRITICAL || abuse >= ABUSIVE;
  const was = strain.hard[conversation];
  const mine = isHard ? now : was > now - RECENT ? was : null;
  return { ...strain, load, at: now, hard: Object.fromEntries(mine === null ? recent : [...recent, [conversation, mine]]) };
}

/** @param {Strain} strain @param {boolean} abused @param {number} now @returns {Strain} */
function cued(strain, abused, now) {
  if (abused && now >= strain.breathed + BETWEEN_BREATHS) {
    return { ...strain, cue: "breathe", until: now + BREATH, breathed: now, due: now + BREATH };
  }
  const hardRun = Object.keys(strain.hard).length >= RUN && strain.load >= HEAVY;
  if (!strain.cue && hardRun && now >= strain.rested + BETWEEN_BREAKS) {
    return { ...strain, cue: "break", until: now + SHOWN, rested: now, due: now + SHOWN };
  }
  return strain.cue && now >= strain.until ? { ...strain, cue: null, due: null } : strain;
}
