/**
 * What a chat tool lets a sidebar do, and the one interface behind which each tool stands.
 *
 * A host file (zendesk.js, livechat.js, …) makes a `Bridge` of its tool; `attach.js` ties a bridge to `<steadyhand-sidebar>`;
 * the sidebar's own end is generic.js. A bridge declares what it can, and the sidebar promises no more than that.
 * Rules: an insert names the conversation that it was made for and is refused (`moved`) where the tool shows another one by now;
 * `ok` is only ever told of a text that the tool has taken; no bridge has a way to send.
 */

/** @typedef {"native" | "draft" | "paste" | "clipboard" | "none"} Insertion how a phrase gets into the reply box: by the tool's own call, as a draft, pasted, by hand, not at all */
/**
 * @typedef {object} Capabilities
 * @property {Insertion} insert
 * @property {readonly ("at-cursor" | "append" | "replace")[]} insertModes where in the box it goes; the first is what `insert` does
 * @property {"push" | "pull" | "url"} context the tool tells which chat is open; has to be asked; shows it in its address only
 * @property {"bridge" | "server"} live whether the page hears messages, or only the server does
 * @property {boolean} draftText what the agent types is told
 * @property {boolean} theme light or dark is told
 * @property {boolean} visibleBesideChat false: where the sidebar is seen, the chat is not
 * @property {"none" | "jwt" | "openid" | "signed-request"} agentProof what the tool gives that a server can check
 */
/**
 * @typedef {object} Context of the tool now
 * @property {string | null} conversation the tool's own id of the open chat; null for none
 * @property {string} [customer] name, to be shown only
 * @property {string} [agent] id or name, to be shown only: nothing proves it
 * @property {string} [status] in the tool's words
 * @property {"light" | "dark"} [theme]
 * @property {unknown} [proof] of the agent, for a backend to check
 */
/** @typedef {{conversation: string, id?: string, role: "customer" | "agent" | "bot" | "system", text: string, at?: string, private: boolean}} Message */
/** @typedef {{ok: boolean, how: "native" | "draft" | "paste" | "clipboard" | "moved" | "none"}} Outcome */
/** @typedef {() => void} Unsubscribe */
/**
 * @typedef {object} HostBridge
 * @property {string} host name of the tool
 * @property {Capabilities} caps
 * @property {() => Promise<Context>} connect starts listening; rejects where the tool cannot be reached
 * @property {(hear: (context: Context) => void) => Unsubscribe} onContext
 * @property {(hear: (message: Message) => void) => Unsubscribe} [onMessage] where `live` is "bridge"
 * @property {(hear: (draft: {conversation: string, text: string}) => void) => Unsubscribe} [onDraft] where `draftText`
 * @property {(text: string, to: {conversation: string}) => Promise<Outcome>} insert never rejects
 * @property {() => Promise<unknown>} [prove] a proof of the agent that is good now, where `agentProof` is one that can be asked for again; rejects where she refuses
 * @property {(conversation: string) => void} [open] goes to another chat, where the tool lets itself be led
 * @property {() => void} destroy stops listening
 */

/** What is taken for granted of a tool that says nothing more. @type {Capabilities} */
const LEAST = Object.freeze({
  insert: "clipboard",
  insertModes: [],
  context: "push",
  live: "server",
  draftText: false,
  theme: false,
  visibleBesideChat: true,
  agentProof: "none",
});

/** @type {Record<string, readonly unknown[]>} */
const ALLOWED = {
  insert: ["native", "draft", "paste", "clipboard", "none"],
  context: ["push", "pull", "url"],
  live: ["bridge", "server"],
  draftText: [true, false],
  theme: [true, false],
  visibleBesideChat: [true, false],
  agentProof: ["none", "jwt", "openid", "signed-request"],
};
const MODES = ["at-cursor", "append", "replace"];

export const MOVED = Object.freeze(/** @type {Outcome} */ ({ ok: false, how: "moved" }));
export const NOT_TAKEN = Object.freeze(/** @type {Outcome} */ ({ ok: false, how: "none" }));

/** @param {Partial<Capabilities>} declared @returns {Capabilities} the rest as of a tool that can least */
export function capabilities(declared) {
  return Object.freeze({ ...LEAST, ...declared });
}

/** @param {any} data from another window @returns {data is Capabilities} */
export function isCapabilities(data) {
  if (typeof data !== "object" || data === null || !Array.isArray(data.insertModes)) return false;
  const known = Object.entries(ALLOWED).every(([name, values]) => values.includes(data[name]));
  return known && data.insertModes.every((/** @type {unknown} */ mode) => MODES.includes(/** @type {string} */ (mode)));
}

/**
 * Those who want to hear of one thing.
 * @template T
 */
export class Listeners {
  /** @type {Set<(what: T) => void>} */ #all = new Set();

  /** @param {(what: T) => void} hear @returns {Unsubscribe} */
  add(hear) {
    this.#all.add(hear);
    return () => void this.#all.delete(hear);
  }

  /** @param {T} what */
  tell(what) {
    for (const hear of this.#all) hear(what);
  }

  clear() {
    this.#all.clear();
  }
}
