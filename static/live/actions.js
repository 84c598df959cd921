/**
 * What people do to a conversation: sent and answered for, what may be done now and why not, and where it stands among the messages.
 * Rules: no DOM; every action is answered once, by the server or by the clock; the timers are arguments.
 */

/** @typedef {import("./conversation.js").Done} Done */
/** @typedef {import("./conversation.js").Message} Message */
/** @typedef {import("./conversation.js").State} State */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./draft.js").Timers} Timers */
/** @typedef {{text?: string, to?: string}} More */
/** @typedef {{code: string, message: string}} Refusal */
/** @typedef {{resolve: () => void, reject: (refusal: Refusal) => void, timer: any}} Waiting */

const PATIENCE = 10_000; // ms until an action counts as not answered

/** @type {Timers} */
const CLOCK = { setTimeout: (run, ms) => globalThis.setTimeout(run, ms), clearTimeout: (timer) => globalThis.clearTimeout(timer) };

/** Actions on their way to the server, over a socket. */
export class Acts {
  /** @type {(frame: Frame) => boolean} */ #send;
  /** @type {Timers} */ #timers;
  /** @type {Map<string, Waiting>} by ref */ #waiting = new Map();
  #ref = 0;

  /** @param {(frame: Frame) => boolean} send false where there is no socket @param {Timers} [timers] */
  constructor(send, timers = CLOCK) {
    this.#send = send;
    this.#timers = timers;
  }

  /**
   * Resolves once it is kept; rejects with the server's `{code, message}`, with `offline`, or with `unanswered`: then nobody knows.
   * @param {string} conversation
   * @param {string} action
   * @param {More} [more]
   * @returns {Promise<void>}
   */
  do(conversation, action, more = {}) {
    const ref = `action ${(this.#ref += 1)}`;
    return new Promise((resolve, reject) => {
      const timer = this.#timers.setTimeout(() => this.#end(ref, { code: "unanswered", message: "no answer came; look whether it was done" }), PATIENCE);
      this.#waiting.set(ref, { resolve, reject, timer });
      if (!this.#send({ type: "action", conversation, action, ...more, ref })) this.#end(ref, { code: "offline", message: "not sent: no connection" });
    });
  }

  /** @param {Frame} frame any @returns {boolean} whether it answers an action, and changes nothing else */
  hear({ type, ref, error }) {
    if ((type !== "ack" && type !== "error") || typeof ref !== "string" || !/^action \d+$/u.test(ref)) return false;
    this.#end(ref, type === "error" ? error : undefined);
    return true;
  }

  /** @param {string} ref @param {Refusal} [refusal] */
  #end(ref, refusal) {
    const asked = this.#waiting.get(ref);
    if (!asked) return;
    this.#waiting.delete(ref);
    this.#timers.clearTimeout(asked.timer);
    if (refusal) asked.reject(refusal);
    else asked.resolve();
  }
}

/**
 * What a supervisor may do now. Each value is "" where it can be done, else why not, in words; what makes no sense now is left out.
 * @param {State} state
 * @param {string} me
 * @returns {Record<string, string>}
 */
export function possible(state, me) {
  const { agent, claimed_by: holder, joined = [], resolved, taken } = state;
  const held = holder && holder !== me ? `${holder} has claimed this chat and has to release it first` : "";
  const mine = agent === me ? "this chat is yours already" : "";
  return {
    whisper: agent === me ? "this chat is yours: there is nobody to whisper to" : "",
    [holder === me ? "release" : "claim"]: held,
    ...(held ? { release: "" } : null),
    [joined.includes(me) ? "leave" : "join"]: agent === me && !joined.includes(me) ? mine : "",
    takeover: mine || held,
    ...(taken && taken.by === agent ? { give_back: held } : null),
    assign: held,
    escalate: "",
    [state.let_run ? "watch" : "let_run"]: "",
    ...(resolved ? { reopen: "" } : { close: held }),
  };
}

/** @typedef {{message: Message, done?: undefined} | {done: Done, message?: undefined}} Line of a transcript */

/**
 * The transcript with what people did in its place: each after the message that it followed.
 * @param {readonly Message[]} messages in the order of seq
 * @param {readonly Done[]} actions in the order of offset
 * @returns {Line[]}
 */
export function woven(messages, actions) {
  /** @type {Line[]} */
  const lines = [];
  let next = 0;
  const upTo = (/** @type {number} */ seq) => {
    while (next < actions.length && actions[next].after < seq) lines.push({ done: actions[next++] });
  };
  for (const message of messages) {
    upTo(message.seq);
    lines.push({ message });
  }
  upTo(Infinity);
  return lines;
}

/**
 * The name under which the words for it are kept: who takes a chat over, gives hers away, and assigns another's, does not do the same.
 * @param {Done} done
 */
export function kindOf({ action, by, to, from }) {
  if (action === "escalate") return to ? "escalate_to" : "escalate";
  if (action !== "takeover") return action;
  if (to && to !== by) return from === by ? "give" : "assign";
  return from ? "takeover_from" : "takeover";
}

/**
 * What came of the last request to end the chat that is over by now, and has left no mark: a refusal.
 * @param {readonly Done[]} actions
 * @returns {Done | undefined}
 */
export function declined(actions) {
  const last = actions.filter(({ action }) => ["ask_ending", "cosign", "decline", "resolve", "close"].includes(action)).at(-1);
  return last?.action === "decline" ? last : undefined;
}
