/**
 * What the server says of a desk, in words: what its budget leads to, and what its alerts were worth.
 * Rule of this room: no DOM; a share of too few is no figure.
 */

/** @typedef {{team: string, alerts_per_hour: number, threshold: number | null, spent: number, held_back: number, revision: number}} Desk */
/** @typedef {{value: number | null, low: number, high: number, n: number}} Share */
/** @typedef {{team: string, days: number, chats: number, precision: Share, recall: Share, false_alarms: Share, recoveries: Share}} Quality */

export const MOST_AN_HOUR = 60;
const ENOUGH = 20; // of which a share is a figure

/** What each share is called, and of what it is one. */
export const SHARES = /** @type {const} */ ([
  ["precision", "Alerts that were right", "alerted chats that went bad"],
  ["recall", "Caught in time", "bad chats that had an alert before or as they went bad"],
  ["false_alarms", "False alarms", "chats that never went bad and had an alert"],
  ["recoveries", "Recoveries", "critical chats that ended calm"],
]);

/** What was spent of the budget. @param {Desk} desk */
export function spentWords({ alerts_per_hour, spent, held_back }) {
  const held = held_back ? `, ${held_back} held back` : "";
  return `${spent} of ${alerts_per_hour} spent this hour${held}`;
}

/** What follows from the budget. @param {Desk} desk */
export function thresholdWords({ alerts_per_hour, threshold }) {
  if (!alerts_per_hour || threshold === null) return "No alerts on rising risk. Safety signals still come at once.";
  return `Alerts from a score of ${threshold.toFixed(2)} on. Safety signals come at once, whatever the budget.`;
}

/** A share as a figure with its interval, or why there is none. @param {Share} share */
export function shareWords({ value, low, high, n }) {
  if (value === null || n < ENOUGH) return { figure: "too few to say", more: `${n} so far` };
  return { figure: `${Math.round(value * 100)} %`, more: `${Math.round(low * 100)} to ${Math.round(high * 100)} %, of ${n}` };
}

/** The whole number of alerts an hour that a field holds, or null. @param {string} text */
export function budgetOf(text) {
  const wanted = Number(text);
  return /^\d{1,2}$/.test(text.trim()) && wanted <= MOST_AN_HOUR ? wanted : null;
}
