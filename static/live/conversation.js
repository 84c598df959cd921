/**
 * What a sidebar knows of one conversation, as a pure fold: snapshot and updates in, view out.
 * Rules: no DOM, no clock; a view that was handed out never changes; a snapshot and the updates after it
 * give the same view as a snapshot taken later.
 */

/** @typedef {"calm" | "uneasy" | "tense" | "critical"} Band */
/** @typedef {"rising" | "steady" | "falling"} Trend */
/** @typedef {{message: string, start: number, end: number, text: string, kind: string, rule?: string, points?: number}} Evidence offsets count code points */
/** @typedef {{sentiment?: number, signals?: Record<string, number>, tension: number, band: Band, trend: Trend, evidence?: Evidence[]}} Reading */
/** @typedef {{id: string, seq: number, role: string, text: string, at: string, deleted?: boolean, reading?: Reading | null}} Message */
/** @typedef {{kind: string, severity: string, text: string}} Alert */
/** @typedef {{id: string, step: string, text: string, tone: string, missing: string[], critical?: boolean, why: {rule: string, reason: string, evidence: Evidence[], version?: string}}} Suggestion */
/** @typedef {{text: string, rule: string, critical: boolean}} Instruction to the agent: what to do, not to say */
/** @typedef {{what: string, because: string}} Withheld */
/**
 * @typedef {object} Advice
 * @property {string | null} next_step
 * @property {string} [reason] one line, why this step
 * @property {boolean} [wait] let the customer finish
 * @property {{step: string, done: boolean, by?: string | null, message?: string | null, role?: string | null, at?: string | null}[]} steps
 * @property {Suggestion[]} suggestions
 * @property {Instruction[]} [instructions]
 * @property {string[]} cautions
 * @property {Alert[]} alerts
 * @property {Withheld[]} not_shown
 */
/** @typedef {{message: string, text: string, when?: string | null, due?: string | null}} Promised `when` in the words of the promise, `due` where it is a moment */
/** @typedef {{seq: number, tension: number, band: Band, at?: string}} Point of the history of tension */
/**
 * @typedef {object} State
 * @property {{id?: string, name?: string} | null} [customer]
 * @property {string | null} [agent]
 * @property {number} tension 0..100
 * @property {Band} band
 * @property {Trend} trend
 * @property {number} [risk] 0..1
 * @property {{label: string, confidence: number, evidence?: Evidence[]} | null} [cause]
 * @property {number | null} [waiting_seconds]
 * @property {{customer: boolean, agent: boolean}} [typing]
 * @property {boolean} [resolved]
 * @property {Record<string, unknown>} [facts]
 * @property {readonly Promised[]} [promises]
 */
/**
 * @typedef {object} View
 * @property {boolean} loaded whether a snapshot has come
 * @property {readonly Message[]} messages in the order of seq
 * @property {State | null} state
 * @property {readonly Point[]} history the last of them, oldest first
 * @property {Advice | null} advice
 * @property {readonly Alert[]} alerts those of the advice, and those sent since
 * @property {readonly {from: string, text: string}[]} whispers of a supervisor, oldest first
 */

const HISTORY = 60; // points, as many as a snapshot brings
const WHISPERS = 3; // shown at once

/** @type {View} */
const EMPTY = Object.freeze({
  loaded: false,
  messages: [],
  state: null,
  history: [],
  advice: null,
  alerts: [],
  whispers: [],
});

/** @returns {View} */
export function emptyView() {
  return EMPTY;
}

/**
 * @param {View} view
 * @param {Record<string, any>} frame snapshot, update, typing, alert or whisper; others change nothing
 * @returns {View}
 */
export function receive(view, frame) {
  return FOLDS[frame.type]?.(view, frame) ?? view;
}

/** @type {Record<string, (view: View, frame: Record<string, any>) => View>} */
const FOLDS = {
  snapshot: (view, frame) => ({
    ...view,
    loaded: true,
    messages: inOrder(frame.messages),
    state: withoutHistory(frame.state),
    history: (frame.state?.history ?? []).slice(-HISTORY),
    advice: frame.advice,
    alerts: frame.advice?.alerts ?? [],
  }),
  update: (view, frame) => ({
    ...view,
    messages: reread(frame.message ? placed(view.messages, { ...frame.message, reading: frame.reading }) : view.messages, frame.revised),
    state: frame.state ? withoutHistory(frame.state) : view.state,
    history: frame.state?.history ?? continued(view.history, frame),
    advice: frame.advice ?? view.advice,
    alerts: frame.advice?.alerts ?? view.alerts,
  }),
  typing: (view, { role, on, wait }) =>
    view.state
      ? {
          ...view,
          state: { ...view.state, typing: { customer: false, agent: false, ...view.state.typing, [role]: on } },
          advice: view.advice && { ...view.advice, wait: wait ?? view.advice.wait },
        }
      : view,
  alert: (view, { alert }) => ({ ...view, alerts: [...view.alerts.filter(({ kind }) => kind !== alert.kind), alert] }),
  whisper: (view, { from, text }) => ({ ...view, whispers: [...view.whispers, { from, text }].slice(-WHISPERS) }),
};

/**
 * After an edit the later messages were read anew.
 * @param {readonly Message[]} messages
 * @param {readonly {id: string, reading: any}[]} [revised]
 */
function reread(messages, revised) {
  if (!revised?.length) return messages;
  const readings = new Map(revised.map(({ id, reading }) => [id, reading]));
  return messages.map((message) => (readings.has(message.id) ? { ...message, reading: readings.get(message.id) } : message));
}

/** It stands in the view by itself, as most updates leave it out. @param {any} state @returns {State} */
function withoutHistory({ history, ...state }) {
  return state;
}

/**
 * @param {readonly Message[]} messages
 * @param {Message} message new, or a later form of one that is there
 * @returns {Message[]}
 */
function placed(messages, message) {
  const known = messages.findIndex(({ seq }) => seq === message.seq);
  if (known === -1) return inOrder([...messages, message]);
  return messages.map((one, index) => (index === known ? { ...one, ...message } : one));
}

/** @param {readonly Message[]} messages @returns {Message[]} */
function inOrder(messages) {
  return [...messages].sort((a, b) => a.seq - b.seq);
}

/**
 * A new message adds a point; an edit of an old one, or an action, does not.
 * @param {readonly Point[]} history
 * @param {Record<string, any>} frame
 * @returns {readonly Point[]}
 */
function continued(history, { message, state, reading }) {
  const last = history.at(-1);
  const now = state ?? reading;
  if (!message || !now || (last && last.seq > message.seq)) return history;
  const point = { seq: message.seq, tension: now.tension, band: now.band, at: message.at };
  const earlier = last?.seq === message.seq ? history.slice(0, -1) : history;
  return [...earlier, point].slice(-HISTORY);
}

/**
 * The customer's latest words: the message that the advice mostly answers.
 * @param {View} view
 * @returns {Message | undefined}
 */
export function lastHeard(view) {
  return view.messages.filter(({ role, deleted, text }) => role === "customer" && !deleted && text).at(-1);
}

/**
 * What made the number what it is: evidence of the customer's latest messages, weightiest first.
 * @param {View} view
 * @param {number} [messages] how far back
 * @returns {Evidence[]}
 */
export function evidenceOf(view, messages = 1) {
  const heard = view.messages.filter(({ role, deleted }) => role === "customer" && !deleted).slice(-messages);
  const found = heard.flatMap(({ reading }) => reading?.evidence ?? []);
  return found.sort((a, b) => Math.abs(b.points ?? 0) - Math.abs(a.points ?? 0));
}
