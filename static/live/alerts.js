/**
 * Alerts to supervisors as a pure fold: the tiles of a board in, the alerts newest first out, and which of them are news.
 * Rule of this room: no DOM, no clock; a board that comes anew after a lost connection makes nothing news twice.
 */

/** @typedef {import("./board.js").Board} Board */

/**
 * @typedef {object} Raised an alert as a tile has it
 * @property {string} kind `risk`, or a safety signal
 * @property {"info"|"warning"|"critical"} severity
 * @property {string} at RFC 3339
 * @property {number} score
 * @property {number} threshold
 * @property {string} text why, in words
 */

/** @typedef {{subject: string, text: string}} Letter */

/**
 * @typedef {Raised & {
 *   key: string, conversation: string, customer: string, agent: string | null, team: string,
 *   current: boolean, fresh: boolean, mail: Letter | null
 * }} Alert `current`: it still stands on its tile; `fresh`: it came after the page was opened; `customer` "" where unknown
 */

/**
 * @typedef {object} Alerts
 * @property {boolean} loaded whether a board has been heard
 * @property {ReadonlyMap<string, Alert>} byKey
 */

const MOST = 200; // that are kept, the newest

/** @returns {Alerts} */
export function noAlerts() {
  return { loaded: false, byKey: new Map() };
}

/**
 * After a board; the same object when it says nothing new about alerts. What stands on the first board is no news.
 * @param {Alerts} alerts
 * @param {Board} board
 * @returns {Alerts}
 */
export function heard(alerts, board) {
  if (!board.loaded) return alerts;
  const standing = new Map(tilesOf(board).map((tile) => [keyOf(tile.conversation, tile.alert), tile]));
  /** @type {Alert[]} */
  const changed = [];
  for (const [key, tile] of standing) {
    const known = alerts.byKey.get(key);
    if (!known) changed.push(fromTile(key, tile, alerts.loaded));
    else if (!known.current || !known.customer) changed.push({ ...known, ...fromTile(key, tile, known.fresh), mail: known.mail });
  }
  for (const alert of alerts.byKey.values()) {
    if (alert.current && !standing.has(alert.key)) changed.push({ ...alert, current: false });
  }
  return changed.length || !alerts.loaded ? merged(alerts, changed) : alerts;
}

/**
 * With what the server lists: earlier ones, and the letters. Nothing listed is news.
 * @param {Alerts} alerts
 * @param {readonly any[]} listed
 * @returns {Alerts}
 */
export function listed(alerts, listed) {
  const added = listed.map((one) => {
    const key = keyOf(one.conversation, one);
    const known = alerts.byKey.get(key);
    const { kind, severity, at, score, threshold, text, conversation, team, mail } = one;
    const earlier = { key, conversation, team, kind, severity, at, score, threshold, text, customer: "", agent: null, current: false, fresh: false };
    return { ...earlier, ...known, mail };
  });
  return { ...merged(alerts, added), loaded: alerts.loaded };
}

/** Newest first. @param {Alerts} alerts @returns {Alert[]} */
export function newestFirst(alerts) {
  return [...alerts.byKey.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.key < b.key ? -1 : 1));
}

/** Those that are news and were not before. @param {Alerts} before @param {Alerts} now @returns {Alert[]} oldest first */
export function news(before, now) {
  return newestFirst(now)
    .filter(({ key, fresh }) => fresh && !before.byKey.has(key))
    .reverse();
}

/**
 * @param {Alerts} alerts
 * @param {readonly Alert[]} changed
 * @returns {Alerts}
 */
function merged(alerts, changed) {
  const byKey = new Map(alerts.byKey);
  for (const alert of changed) byKey.set(alert.key, alert);
  const all = { loaded: true, byKey };
  for (const { key } of newestFirst(all).slice(MOST)) byKey.delete(key);
  return all;
}

/** @param {Board} board @returns {any[]} the tiles with an alert */
function tilesOf(board) {
  return [...board.entries.values()].map(({ tile }) => /** @type {any} */ (tile)).filter(({ alert }) => alert);
}

/** @param {string} conversation @param {{at: string, kind: string}} alert */
function keyOf(conversation, { at, kind }) {
  return `${at} ${kind} ${conversation}`;
}

/**
 * @param {string} key
 * @param {any} tile
 * @param {boolean} fresh
 * @returns {Alert}
 */
function fromTile(key, { conversation, customer, agent, team, alert }, fresh) {
  const { kind, severity, at, score, threshold, text } = alert;
  const name = (typeof customer === "string" ? customer : customer?.name) || "Unnamed customer";
  return { key, conversation, customer: name, agent, team, kind, severity, at, score, threshold, text, current: true, fresh, mail: null };
}
