/** A team's hours as a page draws them. Rule of this room: no DOM; lengths are shares 0..1 of the plot. */

import { BANDS } from "./board.js";

/** @typedef {import("./board.js").Band} Band */
/** @typedef {{start: string, chats: number, by_band: Record<Band, number>, mean_tension: number | null, causes: Record<string, number>, escalated: number, recovered: number}} Hour */
/** @typedef {{conversation: string, cause: string, from: number, to: number, step: string | null, at: string}} Recovery */
/** @typedef {{agents: number, chats_each: number, tense: number}} Load */
/** @typedef {{team: string, hours: readonly Hour[], recoveries: readonly Recovery[], load: Load | null, why: string | null, whole: boolean}} TeamView */
/** @typedef {{band: Band, from: number, height: number, count: number}} Part of a bar, from below */

/** Calm below, critical on top: what matters stands where the eye goes. */
const UPWARDS = [...BANDS].reverse();

/** @param {readonly Hour[]} hours @returns {number} the top of the axis: the next round number above the fullest hour */
export function topOf(hours) {
  const most = Math.max(1, ...hours.map(({ chats }) => chats));
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((n) => n * size).find((n) => n >= most) ?? most;
}

/** @param {Hour} hour @param {number} top @returns {Part[]} */
export function stack({ by_band: counts }, top) {
  let from = 0;
  return UPWARDS.filter((band) => counts[band]).map((band) => {
    const part = { band, from: from / top, height: counts[band] / top, count: counts[band] };
    from += counts[band];
    return part;
  });
}

/** Points of the mean tension, in stretches without a hole. @param {readonly Hour[]} hours @returns {{index: number, level: number}[][]} */
export function line(hours) {
  /** @type {{index: number, level: number}[][]} */
  const stretches = [[]];
  hours.forEach(({ mean_tension: level }, index) => {
    if (level === null) stretches.push([]);
    else stretches[stretches.length - 1].push({ index, level });
  });
  return stretches.filter(({ length }) => length);
}

/** @param {readonly Hour[]} hours @param {number} most @returns {{cause: string, count: number}[]} the most frequent causes */
export function causes(hours, most) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const hour of hours) for (const [cause, count] of Object.entries(hour.causes)) counts.set(cause, (counts.get(cause) ?? 0) + count);
  return [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count || a.cause.localeCompare(b.cause)).slice(0, most);
}

/** @param {readonly Hour[]} hours @param {"chats" | "recovered" | "escalated"} what */
export function sum(hours, what) {
  return hours.reduce((total, hour) => total + hour[what], 0);
}
