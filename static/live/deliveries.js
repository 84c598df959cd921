/**
 * What has come to a connector, in words. Rules: several workers hold what they refused each for itself, so answers are put together
 * rather than taken in turn; nothing of what anybody wrote is ever here.
 */

/** @typedef {{name: string, tool: string, team: string, webhook: string, signed: boolean, keys: number, origin: string, agents: number, api: boolean, writes: string[]}} Connector */
/**
 * @typedef {object} Delivery
 * @property {string} received_at
 * @property {"ok" | "bad_signature" | "too_old" | "ignored"} verdict
 * @property {"waiting" | "done" | "left"} [state]
 * @property {string | null} [outcome]
 * @property {number} [tries]
 * @property {string | null} [conversation]
 * @property {Record<string, any>} [event]
 * @property {number} [bytes]
 * @property {string[]} [headers]
 */
/** @typedef {"good" | "quiet" | "waiting" | "bad"} Worth */

const KEPT = 200;

/** @type {Record<string, string>} */
const DONE = {
  heard: "Told",
  repeat: "Known already",
  edited: "Edited",
  deleted: "Deleted",
  assigned: "Assigned",
  resolved: "Resolved",
  reopened: "Reopened",
  noted: "Told as a note: no tension",
  echo: "Our own: left aside",
};

/** @type {Record<string, [string, string]>} what it is called, and what to do about it */
const TROUBLE = {
  bad_signature: ["Wrong signature", "The tool signs with another key than this connector's, or a proxy between them changes the body."],
  too_old: ["Too old", "The clocks of the tool and of this server are more than five minutes apart, or something kept the delivery that long."],
  needs_fetch: ["A preview only", "The tool sent no whole text. Give the connector an API token, so that it can be fetched."],
  not_fetched: ["Not fetched", "The tool's API did not answer in eight tries. Is the token still good?"],
  unknown_message: ["Unknown message", "Changes a message that never came here."],
  unknown_agent: ["Unknown agent", "Assigned to somebody whom no --agent of this connector names."],
  no_connector: ["Connector removed", "It was removed before this was told."],
  failed: ["Our mistake", "The server's log has it."],
};

/** Whether it is well, of no interest, on its way, or in need of somebody. @param {Delivery} delivery @returns {Worth} */
export function worth({ verdict, state, outcome }) {
  if (verdict === "ignored" || outcome === "empty_text") return "quiet";
  if (verdict !== "ok" || state === "left") return "bad";
  return state === "waiting" ? "waiting" : "good";
}

/** What it came to. @param {Delivery} delivery */
export function outcomeWords(delivery) {
  const { verdict, state, outcome } = delivery;
  if (verdict === "ignored") return "Of a kind that is not read";
  if (verdict !== "ok") return TROUBLE[verdict]?.[0] ?? verdict;
  if (state === "waiting") return outcome === "unknown_message" ? "Waits for the message that it changes" : "On its way";
  if (outcome === "empty_text") return "Nothing in it";
  if (outcome === "heard" && delivery.event?.private) return "Told as a note: no tension";
  return DONE[outcome ?? ""] ?? TROUBLE[outcome ?? ""]?.[0] ?? `Refused: ${outcome}`;
}

/** What to do about it; "" where there is nothing to do. @param {Delivery} delivery */
export function hint(delivery) {
  const { verdict, outcome } = delivery;
  return worth(delivery) === "bad" ? (TROUBLE[verdict === "ok" ? (outcome ?? "") : verdict]?.[1] ?? "") : "";
}

/** What it brought. @param {Delivery} delivery */
export function whatWords({ event, bytes }) {
  if (!event) return bytes === undefined ? "" : `${bytes.toLocaleString("en")} bytes`;
  const { kind, private: closed, role } = event;
  return [closed ? "private" : "", kind, kind === "message" && role ? `of the ${role}` : ""].filter(Boolean).join(" ");
}

/** The same delivery, however its state has changed. @param {Delivery} delivery */
export function nameOf({ received_at: at, verdict, event, bytes }) {
  return [at, verdict, event?.kind, event?.message, event?.conversation, bytes].join(" ");
}

/**
 * What is known with what was answered now, the newest first.
 * @param {readonly Delivery[]} known @param {readonly Delivery[]} answered @returns {Delivery[]}
 */
export function together(known, answered) {
  const all = new Map([...known, ...answered].map((one) => [nameOf(one), one]));
  return [...all.values()].sort((a, b) => (a.received_at < b.received_at ? 1 : a.received_at > b.received_at ? -1 : 0)).slice(0, KEPT);
}
