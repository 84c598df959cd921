/**
 * What of the board a query shows, in which order and in which groups. Rule of this room: no DOM, no clock (the caller hands in
 * `now`), and quick with ten thousand conversations: what is sorted by is computed once for each.
 */

import { BANDS, customerName, waited } from "./board.js";
import { FIELDS } from "./query.js";

/** @typedef {import("./board.js").Band} Band */
/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").Entry} Entry */
/** @typedef {import("./board.js").Tile} Tile */
/** @typedef {import("./query.js").Field} Field */
/** @typedef {import("./query.js").Query} Query */
/**
 * @typedef {object} Group
 * @property {string} key
 * @property {readonly Entry[]} entries in their order
 * @property {number} mean tension
 * @property {number} spread standard deviation of the tension
 * @property {Readonly<Record<Band, number>>} counts
 */
/** @typedef {{value: string, count: number}} Choice */

const LONG = 600; // seconds of waiting after which waiting longer makes nothing more urgent

/** The factor of waiting in a priority, 0.5..1. @param {number} seconds */
export function urgency(seconds) {
  return 0.5 + 0.5 * Math.min(1, seconds / LONG);
}

/**
 * Where stepping in helps most, 0..100, going on from what the server sent while the customer waits.
 * @param {Entry} entry
 * @param {number} now ms of the clock that the board was filled by
 */
export function priority(entry, now) {
  const { factors, let_run: letRun, priority: sent } = entry.tile;
  if (letRun) return 0;
  if (!factors) return sent ?? 0;
  return 100 * factors.risk * factors.soon * factors.change * urgency(waited(entry, now));
}

/**
 * The conversations that a query lets through, in its order; those that are let run come last.
 * @param {Board} board
 * @param {Query} query
 * @param {number} now
 * @returns {Entry[]}
 */
export function shown(board, query, now) {
  const wanted = filter(query, now);
  const weight = WEIGHTS[query.order];
  const found = [];
  for (const entry of board.entries.values()) if (wanted(entry)) found.push({ entry, weight: weight(entry, now) });
  found.sort((a, b) => b.weight - a.weight || b.entry.tile.tension - a.entry.tile.tension || a.entry.place - b.entry.place);
  return found.map(({ entry }) => entry);
}

/** @type {Record<Query["order"], (entry: Entry, now: number) => number>} */
const WEIGHTS = {
  priority: (entry, now) => (entry.tile.let_run ? -1 : Math.round(10 * priority(entry, now))), // less than that is no reason to move
  tension: ({ tile }) => tile.tension,
  waiting: (entry, now) => Math.floor(waited(entry, now) / 60),
};

/** @param {Query} query @param {number} now @returns {(entry: Entry) => boolean} */
function filter({ q, waiting, bands, only }, now) {
  const words = q.trim().toLowerCase();
  const fields = FIELDS.filter((field) => only[field]);
  return (entry) => {
    const { tile } = entry;
    if (bands.length && !bands.includes(tile.band)) return false;
    if (fields.some((field) => valueOf(tile, field) !== only[field])) return false;
    if (waiting && waited(entry, now) < 60 * waiting) return false;
    return !words || `${customerName(tile)}\n${tile.agent ?? ""}\n${tile.conversation}`.toLowerCase().includes(words);
  };
}

/** @param {Tile} tile @param {Field} field @returns {string} "" where it has none */
export function valueOf(tile, field) {
  const value = tile[field];
  return (typeof value === "object" ? value?.label : value) ?? "";
}

/**
 * What there is to choose from in each field, the most frequent first.
 * @param {Board} board
 * @returns {Record<Field, Choice[]>}
 */
export function choices(board) {
  const found = FIELDS.map((field) => /** @type {[Field, Map<string, number>]} */ ([field, new Map()]));
  for (const { tile } of board.entries.values()) {
    for (const [field, counts] of found) {
      const value = valueOf(tile, field);
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const sorted = found.map(([field, counts]) => [field, [...counts].map(([value, count]) => ({ value, count })).sort(byCount)]);
  return Object.fromEntries(sorted);
}

/** @param {Choice} a @param {Choice} b */
function byCount(a, b) {
  return b.count - a.count || a.value.localeCompare(b.value);
}

/**
 * The conversations by team or cause: the group of the first conversation comes first.
 * @param {readonly Entry[]} entries in their order
 * @param {"team" | "cause"} field
 * @returns {Group[]}
 */
export function grouped(entries, field) {
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  for (const entry of entries) {
    const key = valueOf(entry.tile, field);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups].map(([key, members]) => ({ key, entries: members, ...summary(members) }));
}

/** @param {readonly Entry[]} entries at least one */
export function summary(entries) {
  const counts = /** @type {Record<Band, number>} */ (Object.fromEntries(BANDS.map((band) => [band, 0])));
  let sum = 0;
  for (const { tile } of entries) {
    counts[tile.band] += 1;
    sum += tile.tension;
  }
  const mean = sum / entries.length;
  const variance = entries.reduce((total, { tile }) => total + (tile.tension - mean) ** 2, 0) / entries.length;
  return { mean, spread: Math.sqrt(variance), counts };
}
