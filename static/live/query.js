/**
 * What a supervisor looks at, and how: a view of the board as plain data, to and from the query of the page's address.
 * Rule of this room: no DOM; whatever stands in an address gives a valid query, and the usual one leaves the address empty.
 */

import { BANDS } from "./board.js";

/** @typedef {import("./board.js").Band} Band */
/** @typedef {"now" | "time" | "table" | "team"} View */
/** @typedef {"priority" | "tension" | "waiting"} Order */
/** @typedef {"" | "team" | "cause"} Group */
/** @typedef {"team" | "agent" | "cause" | "channel" | "language"} Field */
/**
 * @typedef {object} Query
 * @property {View} view
 * @property {Order} order
 * @property {Group} group
 * @property {string} q part of a customer's name, an agent or an id; it is text, never a pattern
 * @property {number} waiting minutes that the customer has waited at least; 0 is any
 * @property {readonly Band[]} bands those to show; none is all
 * @property {Readonly<Record<Field, string>>} only "" is any
 */

export const VIEWS = /** @type {readonly View[]} */ (["now", "time", "table", "team"]);
export const ORDERS = /** @type {readonly Order[]} */ (["priority", "tension", "waiting"]);
export const GROUPS = /** @type {readonly Group[]} */ (["", "team", "cause"]);
export const FIELDS = /** @type {readonly Field[]} */ (["team", "agent", "cause", "channel", "language"]);
export const WAITINGS = /** @type {readonly number[]} */ ([0, 1, 3, 10]);

const LONGEST = 200; // characters of a search, as of an id

/** @type {Query} */
export const USUAL = Object.freeze({
  view: "now",
  order: "priority",
  group: "",
  q: "",
  waiting: 0,
  bands: [],
  only: Object.freeze({ team: "", agent: "", cause: "", channel: "", language: "" }),
});

/** @param {string} search as in `location.search` @returns {Query} */
export function queryFrom(search) {
  const given = new URLSearchParams(search);
  const bands = (given.get("band") ?? "").split(",");
  return {
    view: oneOf(VIEWS, given.get("view")),
    order: oneOf(ORDERS, given.get("order")),
    group: oneOf(GROUPS, given.get("group")),
    q: (given.get("q") ?? "").slice(0, LONGEST),
    waiting: oneOf(WAITINGS, Number(given.get("waiting"))),
    bands: BANDS.filter((band) => bands.includes(band)),
    only: /** @type {Query["only"]} */ (Object.fromEntries(FIELDS.map((field) => [field, (given.get(field) ?? "").slice(0, LONGEST)]))),
  };
}

/** @param {Query} query @returns {string} with its question mark; "" for the usual one */
export function searchOf(query) {
  const pairs = [
    ["view", query.view === USUAL.view ? "" : query.view],
    ["order", query.order === USUAL.order ? "" : query.order],
    ["group", query.group],
    ...FIELDS.map((field) => [field, query.only[field]]),
    ["waiting", query.waiting ? String(query.waiting) : ""],
    ["band", query.bands.join(",")],
    ["q", query.q],
  ];
  const given = new URLSearchParams(pairs.filter(([, value]) => value));
  return given.size ? `?${given}` : "";
}

/** @param {Query} query @returns {boolean} whether it leaves any conversation out */
export function narrows({ q, waiting, bands, only }) {
  return Boolean(q.trim() || waiting || bands.length || FIELDS.some((field) => only[field]));
}

/** @param {Query} query @returns {Query} the same view of everything */
export function widened(query) {
  return { ...query, q: "", waiting: 0, bands: [], only: USUAL.only };
}

/**
 * @template T
 * @param {readonly T[]} allowed the first of them is the usual one
 * @param {unknown} value
 * @returns {T}
 */
function oneOf(allowed, value) {
  return allowed.find((one) => one === value) ?? allowed[0];
}
