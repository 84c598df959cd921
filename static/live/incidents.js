/**
 * Bursts and incidents as a supervisor's page knows them: `incidents` frames in, what to show out.
 * Rules: no DOM, no clock; a frame brings all there is, so what was known before is forgotten.
 */

/** @typedef {{team: string, cause: string, chats: number, since: string, latest: string, usual_per_hour: number, conversations: readonly string[], incident: string | null}} Burst */
/**
 * @typedef {object} Incident
 * @property {string} id
 * @property {string} team
 * @property {string} cause
 * @property {string} opened_at
 * @property {string} by
 * @property {string} line for the customers
 * @property {string} status for the agents
 * @property {string} updated_at
 * @property {string | null} ended_at
 * @property {number} revision
 * @property {number} chats live ones that it is about
 */
/** @typedef {{incidents: readonly Incident[], bursts: readonly Burst[]}} Known */
/** @typedef {{team: string, cause: string, line: string, status: string, incident: Incident | null}} Draft of a line; `incident` is the one that it changes */

export const LONGEST = 500; // characters of a line and of a status

/** @type {Known} */
const NOTHING = Object.freeze({ incidents: [], bursts: [] });

/** @returns {Known} */
export function nothingKnown() {
  return NOTHING;
}

/**
 * @param {Known} known
 * @param {Record<string, any>} frame an `incidents` frame; a `board`, which comes before them after every reconnect; others change nothing
 * @returns {Known}
 */
export function receive(known, frame) {
  if (frame.type === "board") return NOTHING;
  return frame.type === "incidents" ? { incidents: frame.incidents, bursts: frame.bursts } : known;
}

/** Bursts that nobody has written a line for. @param {Known} known */
export function unanswered({ bursts }) {
  return bursts.filter(({ incident }) => !incident);
}

/** @param {Known} known */
export function live({ incidents }) {
  return incidents.filter(({ ended_at }) => !ended_at);
}

/** @param {Known} known */
export function over({ incidents }) {
  return incidents.filter(({ ended_at }) => ended_at);
}

/** @param {number} n @param {string} one @param {string} [other] */
export function counted(n, one, other = `${one}s`) {
  return `${n} ${n === 1 ? one : other}`;
}

/** As "8 minutes", from the first to the last. @param {Burst} burst */
export function lasting({ since, latest }) {
  return counted(Math.max(1, Math.ceil((Date.parse(latest) - Date.parse(since)) / 60_000)), "minute");
}

/** @param {Burst} burst */
export function usually({ usual_per_hour: usual }) {
  return usual < 1 ? "usual is less than one an hour" : `usual is ${Math.round(usual)} an hour`;
}

/**
 * The chats of the board that a line for a team and a cause would reach.
 * @param {Iterable<{tile: import("./board.js").Tile}>} entries
 * @param {{team: string, cause: string}} which
 */
export function reached(entries, { team, cause }) {
  let count = 0;
  for (const { tile } of entries) if (tile.team === team && tile.cause === cause && !tile.resolved) count += 1;
  return count;
}

/** What is wrong with it, or "". @param {Draft} draft */
export function problem({ line, status }) {
  if (!line.trim()) return "Write the line first.";
  const long = line.trim().length > LONGEST ? "The line" : status.trim().length > LONGEST ? "The status" : "";
  return long && `${long} is longer than ${LONGEST} characters.`;
}
