/**
 * What a sidebar knows of one conversation, as a pure fold: snapshot and updates in, view out.
 * Rules: no DOM, no clock; a view that was handed out never changes; a snapshot and the updates after it
 * give the same view as a snapshot taken later.
 */

/** @typedef {"calm" | "uneasy" | "tense" | "critical"} Band */
/** @typedef {"rising" | "steady" | "falling"} Trend */
/** @typedef {{message: string, start: number, end: number, text: string, kind: string, rule?: string, points?: number}} Evidence offsets count code points */
/** @typedef {{sentiment?: number, signals?: Record<string, number>, tension: number, band: Band, trend: Trend, evidence?: Evidence[]}} Reading */
/** @typedef {{id: string, seq: number, role: string, text: string, at: string, attachments?: readonly string[], deleted?: boolean, reading?: Reading | null}} Message */
/** @typedef {{kind: string, severity: string, text: string}} Alert */
/** @typedef {{id: string, step: string, text: string, tone: string, missing: string[], critical?: boolean, why: {rule: string, reason: string, evidence: Evidence[], version?: string}}} Suggestion */
/** @typedef {{text: string, rule: string, critical: boolean}} Instruction to the agent: what to do, not to say */
/** @typedef {{what: string, because: string}} Withheld */
/** @typedef {{offset: number, after: number, action: string, by: string, at: string, text?: string, to?: string, from?: string}} Done what somebody did to the chat; `after`: seq of the message before it, or 0 */
/** @typedef {{from: string, text: string, at?: string, offset?: number}} Whisper without `offset` while it has not come with its place in the log */
/** @typedef {{by: string, at: string, text: string, agreed_by?: string}} Ending that somebody asked for */
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
/** @typedef {{id: string, cause: string, line: string, status: string, updated_at: string, chats?: number}} Incident known to the team, with the line to send */
/** @typedef {{seq: number, tension: number, band: Band, at?: string}} Point of the history of tension */
/** @typedef {{from: number, to: number, step: string | null, message: string | null, at: string}} Recovery from critical to calm */
/**
 * @typedef {object} State
 * @property {string} [conversation] its id
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
 * @property {Incident | null} [incident] that this chat belongs to
 * @property {string} [team]
 * @property {string | null} [claimed_by]
 * @property {readonly string[]} [joined]
 * @property {{by: string, at: string, from: string} | null} [taken] over, and from whom
 * @property {boolean} [let_run]
 * @property {Ending | null} [ending]
 * @property {{by: string, at: string, to?: string} | null} [escalated]
 * @property {Recovery | null} [recovery] how it was turned around
 */
/**
 * @typedef {object} View
 * @property {boolean} loaded whether a snapshot has come
 * @property {readonly Message[]} messages in the order of seq
 * @property {State | null} state
 * @property {readonly Point[]} history the last of them, oldest first
 * @property {Advice | null} advice
 * @property {readonly Alert[]} alerts those of the advice, and those sent since
 * @property {readonly Done[]} actions the last of what people did to it, oldest first
 * @property {readonly Whisper[]} whispers the last of a supervisor's among them
 */

const HISTORY = 60; // points, as many as a snapshot brings
const ACTIONS = 20; // as many as a snapshot brings
const WHISPERS = 3; // shown at once

/** @type {View} */
const EMPTY = Object.freeze({
  loaded: false,
  messages: [],
  state: null,
  history: [],
  advice: null,
  alerts: [],
  actions: [],
  whispers: [],
});

/** @returns {View} */
export function emptyView() {
  return EMPTY;
}

/**
 * @param {View} view
 * @param {Record<string, any>} frame snapshot, update, told, typing, alert, incident or whisper; others change nothing
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
    ...withActions(frame.actions ?? []),
  }),
  update: (view, frame) => ({
    ...view,
    messages: reread(frame.message ? placed(view.messages, { ...frame.message, reading: frame.reading }) : view.messages, frame.revised),
    state: frame.state ? withoutHistory(frame.state) : view.state,
    history: frame.state?.history ?? continued(view.history, frame),
    advice: frame.advice ?? view.advice,
    alerts: frame.advice?.alerts ?? view.alerts,
    ...(frame.action ? withActions([...view.actions, placedAction(view, frame)]) : null),
  }),
  told: (view, { state }) => (view.state ? { ...view, state: { ...view.state, ...state } } : view),
  typing: (view, { role, on, wait }) =>
    view.state
      ? {
          ...view,
          state: { ...view.state, typing: { customer: false, agent: false, ...view.state.typing, [role]: on } },
          advice: view.advice && { ...view.advice, wait: wait ?? view.advice.wait },
        }
      : view,
  alert: (view, { alert }) => ({ ...view, alerts: [...view.alerts.filter(({ kind }) => kind !== alert.kind), alert] }),
  incident: (view, { incident }) => (view.state ? { ...view, state: { ...view.state, incident } } : view),
  whisper: (view, { from, text }) => (isSame(view.whispers.at(-1), from, text) ? view : { ...view, whispers: [...view.whispers, { from, text }].slice(-WHISPERS) }),
};

/** @param {readonly Done[]} all oldest first */
function withActions(all) {
  const actions = all.slice(-ACTIONS);
  const whispers = actions.filter(({ action }) => action === "whisper").slice(-WHISPERS);
  return { actions, whispers: whispers.map(({ by, text, at, offset }) => ({ from: by, text: text ?? "", at, offset })) };
}

/** Where it stands among the messages: a snapshot says so, here it is seen. @param {View} view @param {Record<string, any>} frame @returns {Done} */
function placedAction(view, { offset, action }) {
  return { offset, after: view.messages.at(-1)?.seq ?? 0, ...action };
}

/** A whisper comes twice: as a frame of its own, and with its place in the log. @param {Whisper | undefined} last @param {string} from @param {string} text */
function isSame(last, from, text) {
  return last?.from === from && last.text === text;
}

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

/** @param {Message} message @returns {string} its text, or what came without any: `[image] [invoice.pdf]` */
export function shownText({ text, attachments = [] }) {
  return text || attachments.map((name) => `[${name}]`).join(" ");
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
