/**
 * The supervisor's board as a pure fold: `board` and `tiles` frames in, the latest tile of each conversation out.
 * Rule of this room: no DOM, no clock (the caller hands in `now`, milliseconds of a steady clock),
 * and no frame changes a board that was handed out before.
 */

import { packed } from "./course.js";

/** @typedef {"calm"|"uneasy"|"tense"|"critical"} Band */

/**
 * @typedef {object} Tile one live conversation as the server shows it on the board
 * @property {string} conversation
 * @property {{id?: string, name?: string}|string|null} customer
 * @property {string|null} agent `sub` of the agent's token; null while nobody has it
 * @property {string|null} team
 * @property {number} tension 0..100
 * @property {Band} band
 * @property {"rising"|"steady"|"falling"} trend
 * @property {number} risk 0..1, that this conversation goes bad
 * @property {{label: string, confidence?: number}|string|null} cause
 * @property {number} priority higher is where stepping in helps more
 * @property {{risk: number, soon: number, change: number, waiting: number}} [factors] of the priority, each 0..1
 * @property {readonly string[]} [because] why the factors are what they are
 * @property {number|null} waiting_seconds how long the customer has waited for an answer, when the tile was sent
 * @property {string|null} [waiting_since] null when nobody waits
 * @property {string|null} [channel]
 * @property {string|null} [language] ISO 639
 * @property {string|null} [next_step]
 * @property {readonly (readonly [number, number])[]} [course] minutes since 1970 in which something was said, and the tension after them;
 *   packed beside the tile once it is on the board
 * @property {number} [peak] the highest tension so far
 * @property {string|null} [claimed_by] the supervisor who has it in hand
 * @property {readonly string[]} [joined] supervisors who are in the chat
 * @property {boolean} [let_run]
 * @property {boolean} [escalated]
 * @property {{by: string, at: string, text: string, agreed_by?: string}|null} [ending] that somebody has asked for
 * @property {{kind: string, severity: string, at: string, score: number, threshold: number, text: string}|null} [alert]
 * @property {{from: number, to: number, step: string|null, message: string, at: string}|null} [recovery]
 * @property {string|null} [incident] its id
 * @property {boolean} [resolved] it leaves the board soon
 * @property {string} updated_at RFC 3339
 */

/** @typedef {{tile: Tile, course: import("./course.js").Course, at: number, place: number}} Entry `at`: when it came; `place`: order of arrival */

/**
 * @typedef {object} Board
 * @property {boolean} loaded whether the server has sent its tiles yet
 * @property {string} epoch
 * @property {number} seq of the last frame that was taken in
 * @property {number} arrivals how many conversations have ever come, for a stable order
 * @property {ReadonlyMap<string, Entry>} entries by conversation
 */

/** Hottest first: the order of the filters above the board. */
export const BANDS = /** @type {readonly Band[]} */ (["critical", "tense", "uneasy", "calm"]);

/** @returns {Board} a board that has heard nothing yet */
export function emptyBoard() {
  return { loaded: false, epoch: "", seq: -1, arrivals: 0, entries: new Map() };
}

/**
 * The board after one frame; the same object when the frame says nothing new.
 * @param {Board} board
 * @param {any} frame a `board` or `tiles` frame
 * @param {number} now milliseconds of a steady clock
 * @returns {Board}
 */
export function receive(board, frame, now) {
  if (frame?.type === "board") return fresh(board, frame, now);
  if (frame?.type === "tiles" && board.loaded && frame.seq > board.seq) return changed(board, frame, now);
  return board;
}

/**
 * @param {Board} board
 * @param {any} frame
 * @param {number} now
 * @returns {Board}
 */
function fresh(board, frame, now) {
  const next = { loaded: true, epoch: frame.epoch, seq: frame.seq, arrivals: board.arrivals, entries: new Map() };
  for (const tile of frame.tiles ?? []) put(next, tile, board.entries.get(tile.conversation), now);
  return next;
}

/**
 * @param {Board} board
 * @param {any} frame
 * @param {number} now
 * @returns {Board}
 */
function changed(board, frame, now) {
  const next = { ...board, seq: frame.seq, entries: new Map(board.entries) };
  for (const tile of frame.changed ?? []) put(next, tile, board.entries.get(tile.conversation), now);
  for (const id of frame.gone ?? []) next.entries.delete(id);
  return next;
}

/**
 * @param {Board & {entries: Map<string, Entry>}} board being built
 * @param {Tile} tile
 * @param {Entry|undefined} before
 * @param {number} now
 */
function put(board, tile, before, now) {
  const place = before?.place ?? board.arrivals++;
  const { course, ...rest } = tile;
  board.entries.set(tile.conversation, { tile: rest, course: packed(course), at: now, place });
}

/**
 * How many conversations are in each band.
 * @param {Board} board
 * @returns {Record<Band, number>}
 */
export function counts(board) {
  const count = { critical: 0, tense: 0, uneasy: 0, calm: 0 };
  for (const { tile } of board.entries.values()) if (tile.band in count) count[tile.band] += 1;
  return count;
}

/**
 * Seconds that the customer has waited by `now`; 0 when nobody waits.
 * @param {Entry} entry
 * @param {number} now milliseconds of the same clock as in `receive`
 */
export function waited({ tile, at }, now) {
  const then = tile.waiting_seconds ?? 0;
  if (tile.resolved || !(tile.waiting_since || then)) return 0;
  return then + Math.max(0, now - at) / 1000;
}

/** @param {Tile} tile */
export function customerName(tile) {
  const { customer } = tile;
  return (typeof customer === "string" ? customer : customer?.name || customer?.id) || "Unnamed customer";
}

/** @param {Tile} tile label of the cause, or "" while it is not known */
export function causeLabel(tile) {
  return (typeof tile.cause === "string" ? tile.cause : tile.cause?.label) ?? "";
}
