/**
 * Chatwoot's dashboard app: a tab of the conversation. While it is open the messages are hidden; nothing is told unless asked for;
 * and there is no way into the reply box. So it asks, seldom and seldomer, and phrases are copied.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */

const ASK = "chatwoot-dashboard-app:fetch-info"; // exactly this string; no secret, so it may go to whoever frames us
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000]; // ms; no answer is normal while the tab is hidden

/**
 * @param {string} origin of the Chatwoot that frames this page, exactly: nothing else proves who speaks
 * @param {string} [account] number of the one account that the connector is for; conversations of different accounts have the same numbers
 * @param {Window} [frame]
 * @returns {import("./bridge.js").HostBridge}
 */
export function chatwootTab(origin, account = "", frame = window) {
  return new ChatwootTab(origin, account, frame);
}

class ChatwootTab {
  host = "chatwoot";
  caps = capabilities({ insert: "clipboard", context: "pull", theme: true, visibleBesideChat: false });
  /** @type {string} */ #origin;
  /** @type {string} */ #account;
  /** @type {Window} */ #frame;
  /** @type {Listeners<Context>} */ #contexts = new Listeners();
  /** @type {Context} */ #now = { conversation: null };
  #timer = 0;
  #asked = 0;

  /** @param {string} origin @param {string} account @param {Window} frame */
  constructor(origin, account, frame) {
    this.#origin = new URL(origin).origin;
    this.#account = account;
    this.#frame = frame;
  }

  /** @returns {Promise<Context>} at once and empty: Chatwoot may take its time */
  async connect() {
    this.#frame.addEventListener("message", this.#onMessage);
    this.#frame.addEventListener("focus", this.#anew);
    this.#frame.document.addEventListener("visibilitychange", this.#anew);
    this.#ask();
    return this.#now;
  }

  /** @param {(context: Context) => void} hear */
  onContext(hear) {
    return this.#contexts.add(hear);
  }

  /** The sidebar copies it. @param {string} _text @param {{conversation: string}} to */
  async insert(_text, { conversation }) {
    return this.#now.conversation === conversation ? NOT_TAKEN : MOVED;
  }

  destroy() {
    this.#frame.removeEventListener("message", this.#onMessage);
    this.#frame.removeEventListener("focus", this.#anew);
    this.#frame.document.removeEventListener("visibilitychange", this.#anew);
    this.#frame.clearTimeout(this.#timer);
    this.#contexts.clear();
  }

  #anew = () => {
    this.#asked = 0;
    this.#ask();
  };

  #ask() {
    this.#frame.clearTimeout(this.#timer);
    if (!this.#frame.document.hidden) this.#frame.parent.postMessage(ASK, "*");
    this.#timer = this.#frame.setTimeout(() => this.#ask(), PAUSES[Math.min(this.#asked++, PAUSES.length - 1)]);
  }

  /** @param {MessageEvent} event */
  #onMessage = ({ origin, source, data }) => {
    if (origin !== this.#origin || source !== this.#frame.parent || typeof data !== "string") return;
    const context = contextOf(data, this.#account);
    if (!context || JSON.stringify(context) === JSON.stringify(this.#now)) return;
    this.#now = context;
    this.#contexts.tell(context);
  };
}

/** @param {string} text @param {string} account @returns {Context | null} of the `appContext` that it is */
function contextOf(text, account) {
  try {
    const { event, data } = JSON.parse(text);
    if (event !== "appContext") return null;
    const { conversation, contact, currentAgent, theme } = data ?? {};
    const id = account && String(conversation?.account_id) !== account ? null : conversation?.id;
    const open = typeof id === "number" || typeof id === "string" ? String(id) : null;
    return { conversation: open, customer: contact?.name, agent: currentAgent?.name, status: conversation?.status, ...(theme === "dark" || theme === "light" ? { theme } : {}) };
  } catch {
    return null;
  }
}
