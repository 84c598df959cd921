/**
 * When a new suggestion may be shown: not while the agent writes, not right after she has sent, not more than so many a minute, not in a
 * chat, a step or a shift that she wants quiet. What is held back waits, and she can open it at once.
 * Rules: pure, the clock is an argument; alerts and what is critical are never held back; nothing in here goes to any server.
 *
 *     let state = openAttention(loadQuiet(localStorage));
 *     state = attend(state, { kind: "chat", conversation: "c-17" }, now);        // a chat was opened
 *     state = attend(state, { kind: "advice", advice }, now);                    // the first of a chat is shown at once, unless quiet
 *     state = attend(state, { kind: "typing" }, now);                            // a letter in the reply box
 *     state = attend(state, { kind: "tick" }, now);                              // when `state.due` has come
 */

/** @typedef {import("./conversation.js").Advice} Advice */
/** @typedef {"typing" | "sent" | "budget" | "shift" | "chat" | "kind"} Reason why something waits */
/**
 * @typedef {object} Quiet what the agent has set
 * @property {number} most new suggestions a minute
 * @property {number} shift until when all is quiet, ms; 0 for not
 * @property {Readonly<Record<string, number>>} chats until when each is quiet, ms
 * @property {readonly string[]} kinds steps that are quiet
 */
/** @typedef {{at: number, what: string, because: Reason}} Entry of the list "not shown because"; `what` is a step */
/**
 * @typedef {object} Attention
 * @property {Quiet} quiet
 * @property {string} conversation
 * @property {Advice | null} shown what the agent sees; only its suggestions and next step may be older than the newest
 * @property {Advice | null} newest
 * @property {number} waiting suggestions of the newest that are not shown
 * @property {Reason | null} because
 * @property {readonly number[]} changes times of the last minute's changes, ms
 * @property {number} typed when the last letter came, ms
 * @property {number} sent when the agent's last message went out, ms
 * @property {readonly Entry[]} log the latest first
 * @property {number | null} due when to look again, ms; null when only the agent or a frame can change it
 */
/**
 * @typedef {{kind: "chat", conversation: string} | {kind: "advice", advice: Advice | null} | {kind: "typing"} |
 *   {kind: "sent"} | {kind: "open"} | {kind: "tick"} | {kind: "set", quiet: Quiet}} Event
 */

const TYPING = 2_000; // ms after the last letter: the agent still has the sentence in her head
const SENT = 4_000; // ms after sending: she looks at her own message, then at the answer
const MINUTE = 60_000;
const LOG = 20; // entries
export const SHIFT = 10 * 3_600_000; // ms that a quiet shift, or a quiet chat, lasts at most
export const CHOICES = Object.freeze([2, 4, 8, 20]); // of `most`
const CHATS = 50; // that are remembered as quiet
const KEY = "steadyhand.quiet";

/** @type {Quiet} */
export const LOUD = Object.freeze({ most: 8, shift: 0, chats: {}, kinds: [] });

/** @param {Quiet} [quiet] @returns {Attention} */
export function openAttention(quiet = LOUD) {
  return {
    quiet, conversation: "", shown: null, newest: null, waiting: 0, because: null,
    changes: [], typed: -Infinity, sent: -Infinity, log: [], due: null,
  };
}

/**
 * @param {Attention} state
 * @param {Event} event
 * @param {number} now ms
 * @returns {Attention}
 */
export function attend(state, event, now) {
  switch (event.kind) {
    case "chat":
      return { ...openAttention(state.quiet), conversation: event.conversation, changes: state.changes };
    case "advice":
      return settle({ ...state, newest: event.advice }, now);
    case "typing":
      return settle({ ...state, typed: now }, now);
    case "sent":
      return settle({ ...state, sent: now, typed: -Infinity }, now);
    case "set":
      return settle({ ...state, quiet: event.quiet }, now);
    case "open":
      return show(state, now);
    default:
      return settle(state, now);
  }
}

/**
 * What is to be drawn: the suggestions and the next step that may be shown, with everything else of the newest.
 * @param {Attention} state
 * @returns {Advice | null}
 */
export function shownAdvice({ shown, newest }) {
  if (!newest || !shown || shown === newest) return shown && newest;
  const { next_step, reason, suggestions, instructions } = shown;
  return { ...newest, next_step, reason, suggestions, instructions };
}

/** @param {Attention} state @param {number} now @returns {Attention} */
function settle(state, now) {
  const { newest } = state;
  if (!newest) return { ...state, shown: null, waiting: 0, because: null, due: null };
  const added = news(state.shown, newest);
  if (!added.length || added.some(({ critical }) => critical)) return show(state, now);
  const [because, until] = hindrance(state, added, now);
  if (!because) return show(state, now);
  return held(state, { because, due: until, waiting: added.length, what: added[0].step }, now);
}

/**
 * @param {Attention} state
 * @param {{because: Reason, due: number | null, waiting: number, what: string}} why
 * @param {number} now
 * @returns {Attention}
 */
function held(state, { because, due, waiting, what }, now) {
  const shown = state.shown ?? emptied(/** @type {Advice} */ (state.newest));
  const [last] = state.log;
  const again = last && last.because === because && last.what === what && state.waiting > 0;
  const log = again ? state.log : [{ at: now, what, because }, ...state.log].slice(0, LOG);
  return { ...state, shown, waiting, because, due, log };
}

/** @param {Attention} state @param {number} now @returns {Attention} */
function show(state, now) {
  const counted = state.shown && news(state.shown, state.newest).length ? [now] : [];
  const changes = [...recent(state.changes, now), ...counted];
  return { ...state, shown: state.newest, waiting: 0, because: null, due: null, changes };
}

/**
 * Why the newest may not be shown yet, and until when; what the agent herself has set comes first.
 * @param {Attention} state
 * @param {readonly {step: string}[]} added
 * @param {number} now
 * @returns {[Reason | null, number | null]}
 */
function hindrance({ quiet, conversation, shown, typed, sent, changes }, added, now) {
  if (quiet.shift > now) return ["shift", quiet.shift];
  if (quiet.chats[conversation] > now) return ["chat", quiet.chats[conversation]];
  if (added.every(({ step }) => quiet.kinds.includes(step))) return ["kind", null];
  if (!shown) return [null, null]; // the agent has just opened this chat: that is no interruption
  if (now < typed + TYPING) return ["typing", typed + TYPING];
  if (now < sent + SENT) return ["sent", sent + SENT];
  const minute = recent(changes, now);
  return minute.length >= quiet.most ? ["budget", minute[minute.length - quiet.most] + MINUTE] : [null, null];
}

/** The suggestions that the agent has not seen yet. @param {Advice | null} shown @param {Advice | null} newest */
function news(shown, newest) {
  const seen = new Set((shown?.suggestions ?? []).map(({ id }) => id));
  return (newest?.suggestions ?? []).filter(({ id }) => !seen.has(id));
}

/** Of a chat that is opened quiet, nothing but the facts. @param {Advice} advice @returns {Advice} */
function emptied(advice) {
  return { ...advice, next_step: null, reason: "", suggestions: [], instructions: [] };
}

/** @param {readonly number[]} changes @param {number} now */
function recent(changes, now) {
  return changes.filter((at) => at > now - MINUTE);
}

/**
 * The settings with one switch turned; each is off again by itself at the end of a shift.
 * @param {Quiet} quiet
 * @param {{shift: boolean} | {chat: string, on: boolean} | {step: string, on: boolean} | {most: number}} change
 * @param {number} now
 * @returns {Quiet}
 */
export function turned(quiet, change, now) {
  if ("shift" in change) return { ...quiet, shift: change.shift ? now + SHIFT : 0 };
  if ("most" in change) return { ...quiet, most: change.most };
  if ("step" in change) return { ...quiet, kinds: [...quiet.kinds.filter((step) => step !== change.step), ...(change.on ? [change.step] : [])] };
  const others = Object.entries(quiet.chats).filter(([id, until]) => id !== change.chat && until > now);
  const chats = change.on ? [...others, [change.chat, now + SHIFT]] : others;
  return { ...quiet, chats: Object.fromEntries(chats.slice(-CHATS)) };
}

/**
 * What this browser remembers; what is broken, foreign or forbidden to read is as good as nothing.
 * @param {() => Storage} storage a function, as in private windows the very word `localStorage` may throw
 * @returns {Quiet}
 */
export function loadQuiet(storage) {
  try {
    const { most, shift, chats, kinds } = JSON.parse(storage().getItem(KEY) ?? "{}");
    return {
      most: CHOICES.includes(most) ? most : LOUD.most,
      shift: Number.isFinite(shift) ? shift : 0,
      chats: Object.fromEntries(Object.entries(chats ?? {}).filter(([, until]) => Number.isFinite(until))),
      kinds: Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === "string") : [],
    };
  } catch {
    return LOUD;
  }
}

/**
 * @param {() => Storage} storage
 * @param {Quiet} quiet
 * @returns {boolean} false where the browser keeps nothing; the settings then last as long as the page
 */
export function saveQuiet(storage, quiet) {
  try {
    storage().setItem(KEY, JSON.stringify(quiet));
    return true;
  } catch {
    return false;
  }
}
