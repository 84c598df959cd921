/**
 * Ties the bridge of a chat tool to a `<steadyhand-sidebar>` on the same page: what the tool shows, the sidebar shows; a chosen
 * phrase goes into the tool's reply box by the tool's own way.
 *
 *     import { attach } from "https://assist.example.com/static/hosts/attach.js";
 *     import { zendesk } from "https://assist.example.com/static/hosts/zendesk.js";
 *     attach(document.querySelector("steadyhand-sidebar"), zendesk(ZAFClient.init()), { connector: "acme", token });
 */

import { MOVED } from "./bridge.js";
import { serverId } from "./names.js";

/** @typedef {import("./bridge.js").HostBridge} HostBridge */
/** @typedef {import("./bridge.js").Context} Context */
/** @typedef {import("./bridge.js").Message} Message */
/** @typedef {import("./bridge.js").Outcome} Outcome */
/**
 * @typedef {HTMLElement & {conversation: string, setToken: (token: string) => void, setDraft: (text: string) => void,
 *   setHost: (host: string, caps: import("./bridge.js").Capabilities) => void}} Sidebar made by embed.js
 */
/**
 * @typedef {object} Options
 * @property {(asked: {conversation: string, context: Context}) => Promise<string>} token for the server's id of a conversation, from your backend
 * @property {string} [connector] name of the tool's instance on the server; with it the server's id is `connector:id`, or its hash: see names.js
 * @property {(message: Message) => void} [onMessage] what the page hears, with the server's id, where the tool tells it
 */

/**
 * @param {Sidebar} sidebar
 * @param {HostBridge} bridge
 * @param {Options} options
 * @returns {Promise<() => void>} takes it apart again; rejects where the tool cannot be reached
 */
export async function attach(sidebar, bridge, options) {
  await customElements.whenDefined("steadyhand-sidebar");
  const tie = new Tie(sidebar, bridge, options);
  await tie.start();
  return () => tie.stop();
}

class Tie {
  /** @type {Sidebar} */ #sidebar;
  /** @type {HostBridge} */ #bridge;
  /** @type {Options} */ #options;
  /** @type {Context} */ #context = { conversation: null };
  /** @type {(import("./bridge.js").Unsubscribe)[]} */ #undo = [];
  /** @type {Map<string, Promise<string>>} the server's ids by the tool's */ #outers = new Map();
  /** @type {Map<string, string>} the tool's ids by the server's */ #inners = new Map();
  #asked = 0;

  /** @param {Sidebar} sidebar @param {HostBridge} bridge @param {Options} options */
  constructor(sidebar, bridge, options) {
    this.#sidebar = sidebar;
    this.#bridge = bridge;
    this.#options = options;
  }

  async start() {
    const { onMessage } = this.#options;
    this.#sidebar.setHost(this.#bridge.host, this.#bridge.caps);
    this.#listen("steadyhand-insert", (event) => this.#onInsert(/** @type {CustomEvent} */ (event)));
    this.#listen("steadyhand-token-needed", () => void this.#signIn());
    this.#listen("steadyhand-conversation", (event) => this.#onTab(/** @type {CustomEvent} */ (event)));
    this.#undo.push(this.#bridge.onContext((context) => void this.#show(context)));
    if (onMessage && this.#bridge.onMessage) this.#undo.push(this.#bridge.onMessage(async (message) => onMessage({ ...message, conversation: await this.#outer(message.conversation) })));
    if (this.#bridge.onDraft) this.#undo.push(this.#bridge.onDraft((draft) => this.#onDraft(draft)));
    await this.#show(await this.#bridge.connect());
  }

  stop() {
    for (const undo of this.#undo.splice(0)) undo();
    this.#asked += 1;
    this.#context = { conversation: null };
    this.#bridge.destroy();
  }

  /** @param {string} name @param {(event: Event) => void} hear */
  #listen(name, hear) {
    this.#sidebar.addEventListener(name, hear);
    this.#undo.push(() => this.#sidebar.removeEventListener(name, hear));
  }

  /** @param {Context} context */
  async #show(context) {
    const { conversation } = context;
    const moved = conversation !== this.#context.conversation;
    this.#context = { ...this.#context, ...context };
    if (context.theme) this.#sidebar.setAttribute("theme", context.theme);
    const outer = conversation === null ? "" : await this.#outer(conversation);
    if (conversation !== this.#context.conversation) return; // the agent has gone on meanwhile
    this.#sidebar.conversation = outer;
    if (moved) void this.#signIn();
  }

  /** An answer that comes after the agent has gone on is of no use. */
  async #signIn() {
    const { conversation } = this.#context;
    const asked = (this.#asked += 1);
    if (conversation === null) return;
    const token = await this.#tokenFor(await this.#outer(conversation)).catch(() => "");
    if (token && asked === this.#asked) this.#sidebar.setToken(token);
  }

  /** A proof runs out as a token does. @param {string} conversation @returns {Promise<string>} */
  async #tokenFor(conversation) {
    const proof = await this.#bridge.prove?.().catch(() => undefined);
    return this.#options.token({ conversation, context: { ...this.#context, ...(proof === undefined ? {} : { proof }) } });
  }

  /** @param {CustomEvent<{text: string, conversation: string, respondWith: (outcome: Promise<Outcome>) => void}>} event */
  #onInsert(event) {
    const { text, conversation, respondWith } = event.detail;
    const inner = this.#inner(conversation);
    event.preventDefault();
    respondWith(inner === null ? Promise.resolve(MOVED) : this.#bridge.insert(text, { conversation: inner }));
  }

  /** @param {CustomEvent<{conversation: string}>} event */
  #onTab({ detail }) {
    const inner = this.#inner(detail.conversation);
    if (inner !== null) this.#bridge.open?.(inner);
  }

  /** @param {{conversation: string, text: string}} draft */
  #onDraft({ conversation, text }) {
    if (conversation === this.#context.conversation) this.#sidebar.setDraft(text);
  }

  /** Each is made once, so that what is told of one conversation stays in order. @param {string} conversation the tool's id @returns {Promise<string>} the server's */
  #outer(conversation) {
    const known = this.#outers.get(conversation);
    if (known) return known;
    const made = serverId(this.#options.connector ?? "", conversation).then((outer) => {
      this.#inners.set(outer, conversation);
      return outer;
    });
    this.#outers.set(conversation, made);
    return made;
  }

  /** @param {string} conversation the server's id @returns {string | null} the tool's; null where it is not of this tool */
  #inner(conversation) {
    const known = this.#inners.get(conversation);
    if (known !== undefined) return known;
    const start = this.#options.connector ? `${this.#options.connector}:` : "";
    return conversation.startsWith(start) ? conversation.slice(start.length) : null;
  }
}
