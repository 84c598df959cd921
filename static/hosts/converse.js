/**
 * converse.js: a plugin on the page that shows it. Takes the `converse` object, before `converse.initialize`, whose setting
 * `whitelisted_plugins` must name "steadyhand". A conversation is the address of who is written with (of one person, not a room);
 * a phrase goes behind what stands in the reply box.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */
/** @typedef {import("./bridge.js").Message} Message */
/** @typedef {{plugins: {add: (name: string, plugin: any) => void}}} Converse what is used of it */
/** @typedef {{get: (name: string) => any, save: (values: object) => void, maybeShow: (force?: boolean) => void, on: (name: string, hear: () => void) => void, off: (name: string, hear: () => void) => void}} Chat converse's model of one */

export const PLUGIN = "steadyhand";
const ONE = "chatbox"; // converse's type of a chat with one person
const DRAWN = 500; // ms within which the box shows a draft

/** @param {Converse} library @param {Document} [page] @returns {import("./bridge.js").HostBridge} */
export function converse(library, page = document) {
  return new ConverseBridge(library, page);
}

class ConverseBridge {
  host = "converse";
  caps = capabilities({ insert: "draft", insertModes: ["append"], live: "bridge" });
  /** @type {Document} */ #page;
  /** @type {Promise<any>} converse's API, once it has initialized its plugins */ #api;
  /** @type {Listeners<Context>} */ #contexts = new Listeners();
  /** @type {Listeners<Message>} */ #messages = new Listeners();
  /** @type {Chat[]} those that are watched */ #chats = [];
  #closed = false;

  /** @param {Converse} library @param {Document} page */
  constructor(library, page) {
    this.#page = page;
    this.#api = new Promise((resolve) => {
      library.plugins.add(PLUGIN, {
        initialize() {
          resolve(this._converse.api);
        },
      });
    });
  }

  /** @returns {Promise<Context>} */
  async connect() {
    const api = await this.#api;
    api.listen.on("chatBoxInitialized", this.#onOpened);
    api.listen.on("chatBoxClosed", this.#onClosed);
    this.#page.addEventListener("focusin", this.#tell);
    api.listen.on("message", this.#onMessage);
    api.listen.on("sendMessage", this.#onSent);
    await api.waitUntil("chatBoxesFetched");
    for (const chat of await api.chats.get()) this.#onOpened(chat);
    return this.#read();
  }

  /** @param {(context: Context) => void} hear */
  onContext(hear) {
    return this.#contexts.add(hear);
  }

  /** @param {(message: Message) => void} hear */
  onMessage(hear) {
    return this.#messages.add(hear);
  }

  /** @param {string} text @param {{conversation: string}} to */
  async insert(text, { conversation }) {
    if (this.#read().conversation !== conversation) return MOVED;
    const chat = this.#chats.find((one) => one.get("jid") === conversation);
    const box = this.#box(conversation);
    if (!chat || !box) return NOT_TAKEN;
    const before = box.value;
    const whole = before && !/\s$/u.test(before) ? `${before} ${text}` : before + text;
    if (chat.get("draft") !== before) await this.#draft(chat, before); // else a draft that is the same again would not be drawn
    return (await this.#draft(chat, whole)) ? /** @type {const} */ ({ ok: true, how: "draft" }) : NOT_TAKEN;
  }

  /** @param {string} conversation */
  open(conversation) {
    this.#chats.find((one) => one.get("jid") === conversation)?.maybeShow(true);
  }

  destroy() {
    this.#closed = true;
    this.#page.removeEventListener("focusin", this.#tell);
    for (const chat of this.#chats.splice(0)) chat.off("change:hidden", this.#tell);
    this.#contexts.clear();
    this.#messages.clear();
  }

  /** @param {Chat} chat */
  #onOpened = (chat) => {
    if (chat.get("type") !== ONE || this.#chats.includes(chat) || this.#closed) return;
    chat.on("change:hidden", this.#tell);
    this.#chats.push(chat);
    this.#tell();
  };

  /** @param {Chat} chat */
  #onClosed = (chat) => {
    this.#chats = this.#chats.filter((one) => one !== chat);
    this.#tell();
  };

  #tell = () => this.#contexts.tell(this.#read());

  /** @returns {Context} */
  #read() {
    const shown = this.#chats.filter((chat) => !chat.get("hidden") && !chat.get("closed"));
    const focused = shown.find((chat) => this.#box(chat.get("jid")) === this.#page.activeElement);
    const chat = focused ?? shown.at(-1);
    return { conversation: chat?.get("jid") ?? null, customer: chat?.get("nickname") ?? undefined };
  }

  /** @param {string} conversation @returns {HTMLTextAreaElement | null} */
  #box(conversation) {
    return this.#page.querySelector(`converse-chat[jid="${CSS.escape(conversation)}"] .chat-textarea`);
  }

  /** @param {Chat} chat @param {string} draft @returns {Promise<boolean>} whether the box shows it */
  async #draft(chat, draft) {
    chat.save({ draft });
    const until = Date.now() + DRAWN;
    while (this.#box(chat.get("jid"))?.value !== draft && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.#box(chat.get("jid"))?.value === draft;
  }

  /** From this very page. @param {{chatbox?: Chat, message?: {get: (name: string) => any}}} told */
  #onSent = ({ chatbox, message }) => {
    const attrs = { body: message?.get("body"), sender: "me", msgid: message?.get("msgid"), time: message?.get("time") };
    this.#onMessage({ chatbox, attrs });
  };

  /** @param {{chatbox?: Chat, attrs?: any}} told */
  #onMessage = ({ chatbox, attrs }) => {
    const { body, sender, msgid, time, is_delayed: past } = attrs ?? {};
    if (!chatbox || !body || past || this.#closed) return;
    this.#messages.tell({ conversation: chatbox.get("jid"), id: msgid, role: sender === "me" ? "agent" : "customer", text: body, at: time, private: false });
  };
}
