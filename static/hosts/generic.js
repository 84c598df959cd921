/**
 * The sidebar's end of the bridge to a page that embeds it: the protocol `steadyhand/1` over postMessage.
 * Rules: a message counts only from the parent window and the one origin named when the frame was made; every answer goes to that
 * origin alone; what does not have the right shape is dropped. Which origins may embed at all is the server's frame-ancestors.
 *
 * sidebar → host: `hello`; `insert` {ref, conversation, suggestion, text, missing}; `draft.replace` {ref, conversation, was, text}; `conversation` {conversation}; `token.needed`
 * host → sidebar: `host` {host, caps}; `context` {conversation, token?, theme?}; `insert.result` {ref, ok, how}; `press` {number} or {action}; `theme` {theme}; `draft` {conversation, text};
 * `open` {conversation, name?}; `close` {conversation}
 */

import { isCapabilities } from "./bridge.js";

/** @typedef {import("../elements/insertion.js").Outcome} Outcome */
/** @typedef {import("./bridge.js").Capabilities} Capabilities */
/** @typedef {{conversation?: string | null, token?: string, theme?: "light" | "dark" | "system"}} Context */
/** @typedef {{conversation: string, text: string}} Draft as it stands in the host's reply box */
/** @typedef {{conversation: string, name?: string}} Tab */
/** @typedef {{onContext: (context: Context) => void, onPress: (what: number | "edit" | "dismiss") => void, onDraft: (draft: Draft) => void, onOpen: (tab: Tab) => void, onClose: (conversation: string) => void, onHost: (caps: Capabilities) => void}} Listeners */

export const PROTOCOL = "steadyhand/1";
const ANSWER = 1_000; // ms; within the time for which a click still allows the clipboard
const TAKING = 3_000; // ms for a tool that can take a phrase but asks its own server first; still within that time
const HOWS = ["native", "draft", "paste", "clipboard", "moved", "none"];
const THEMES = ["light", "dark", "system"];

/**
 * @param {string} origin of the host, exactly
 * @param {Listeners} listeners
 * @param {Window} [frame]
 */
export function openBridge(origin, listeners, frame = window) {
  return new Bridge(origin, listeners, frame);
}

class Bridge {
  /** @type {string} */ #origin;
  /** @type {Listeners} */ #listeners;
  /** @type {Window} */ #frame;
  /** @type {Map<number, (outcome: Outcome) => void>} */ #asked = new Map();
  #ref = 0;
  #patience = ANSWER;

  /** @param {string} origin @param {Listeners} listeners @param {Window} frame */
  constructor(origin, listeners, frame) {
    if (origin !== new URL(origin).origin) throw new TypeError(`not an origin: ${origin}`);
    this.#origin = origin;
    this.#listeners = listeners;
    this.#frame = frame;
    frame.addEventListener("message", this.#onMessage);
    this.#post({ type: "hello" });
  }

  /**
   * @param {{conversation: string, suggestion: string, text: string, missing: string[]}} what
   * @returns {Promise<Outcome>} never rejects; `none` when the host does not answer
   */
  insert({ conversation, suggestion, text, missing }) {
    return this.#request({ type: "insert", conversation, suggestion, text, missing });
  }

  /**
   * @param {{conversation: string, was: string, text: string}} what
   * @returns {Promise<Outcome>} as of `insert`; `moved` when the box no longer holds `was`
   */
  replaceDraft({ conversation, was, text }) {
    return this.#request({ type: "draft.replace", conversation, was, text });
  }

  /** @param {Record<string, unknown>} message @returns {Promise<Outcome>} */
  #request(message) {
    const ref = (this.#ref += 1);
    this.#post({ ...message, ref });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(ref, { ok: false, how: "none" }), this.#patience);
      this.#asked.set(ref, (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      });
    });
  }

  /** The agent has gone to another chat. @param {string} conversation */
  tellConversation(conversation) {
    this.#post({ type: "conversation", conversation });
  }

  askForToken() {
    this.#post({ type: "token.needed" });
  }

  destroy() {
    this.#frame.removeEventListener("message", this.#onMessage);
    for (const ref of [...this.#asked.keys()]) this.#settle(ref, { ok: false, how: "none" });
  }

  /** @param {Record<string, unknown>} message */
  #post(message) {
    this.#frame.parent.postMessage({ protocol: PROTOCOL, ...message }, this.#origin);
  }

  /** @param {MessageEvent} event */
  #onMessage = ({ origin, source, data }) => {
    if (origin !== this.#origin || source !== this.#frame.parent || data?.protocol !== PROTOCOL) return;
    if (data.type === "host" && isCapabilities(data.caps)) this.#onHost(data.caps);
    else if (data.type === "context" && isContext(data)) this.#listeners.onContext(data);
    else if (data.type === "theme" && isContext(data)) this.#listeners.onContext({ theme: data.theme });
    else if (data.type === "press" && isPress(data)) this.#listeners.onPress(data.action ?? data.number);
    else if (data.type === "draft" && isDraft(data)) this.#listeners.onDraft({ conversation: data.conversation, text: data.text });
    else if (data.type === "open" && isTab(data)) this.#listeners.onOpen({ conversation: data.conversation, name: data.name });
    else if (data.type === "close" && isTab(data)) this.#listeners.onClose(data.conversation);
    else if (data.type === "insert.result" && isResult(data)) this.#settle(data.ref, { ok: data.ok, how: data.how });
  };

  /** @param {Capabilities} caps */
  #onHost(caps) {
    this.#patience = ["native", "draft", "paste"].includes(caps.insert) ? TAKING : ANSWER;
    this.#listeners.onHost(caps);
  }

  /** @param {number} ref @param {Outcome} outcome */
  #settle(ref, outcome) {
    this.#asked.get(ref)?.(outcome);
    this.#asked.delete(ref);
  }
}

/** @param {any} data */
function isPress({ number, action }) {
  return action === undefined ? [1, 2, 3].includes(number) : ["edit", "dismiss"].includes(action);
}

/** @param {any} data @returns {data is Context} */
function isContext(data) {
  const { conversation, token, theme } = data;
  const text = (/** @type {unknown} */ value) => value === undefined || value === null || typeof value === "string";
  return text(conversation) && text(token) && (theme === undefined || THEMES.includes(theme));
}

/** @param {any} data @returns {data is Draft} */
function isDraft(data) {
  return typeof data.conversation === "string" && typeof data.text === "string";
}

/** @param {any} data @returns {data is Tab} */
function isTab(data) {
  const { conversation, name } = data;
  return typeof conversation === "string" && conversation !== "" && (name === undefined || typeof name === "string");
}

/** @param {any} data @returns {data is Outcome & {ref: number}} */
function isResult(data) {
  const { ref, ok, how } = data;
  return typeof ref === "number" && typeof ok === "boolean" && HOWS.includes(how);
}
