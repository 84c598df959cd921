/**
 * Zendesk: an app in the ticket's sidebar. Takes the client of Zendesk's own script (`ZAFClient.init()`), which the app's page loads.
 * Each ticket has an instance of the app of its own; a phrase goes in at the cursor by `ticket.editor.insert`.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */
/** @typedef {import("./bridge.js").Message} Message */
/**
 * @typedef {object} Client what is used of the framework's
 * @property {(paths: string[]) => Promise<Record<string, any>>} get
 * @property {(name: string, ...args: unknown[]) => Promise<unknown>} invoke
 * @property {(name: string, hear: (data: any) => void) => void} on
 * @property {(name: string, hear: (data: any) => void) => void} off
 */

/** @type {Record<string, Message["role"] | undefined>} */
const ROLES = { "end-user": "customer", customer: "customer", agent: "agent", admin: "agent" };
const WANTED = ["ticket.id", "ticket.status", "ticket.requester", "currentUser"];

/** @param {Client} client @returns {import("./bridge.js").HostBridge} */
export function zendesk(client) {
  return new Zendesk(client);
}

class Zendesk {
  host = "zendesk";
  caps = capabilities({ insert: "native", insertModes: ["at-cursor"], live: "bridge" });
  /** @type {Client} */ #client;
  /** @type {Listeners<Context>} */ #contexts = new Listeners();
  /** @type {Listeners<Message>} */ #messages = new Listeners();
  #heard = -1; // how many of the ticket's messages have been told; those before the first look are history

  /** @param {Client} client */
  constructor(client) {
    this.#client = client;
  }

  /** @returns {Promise<Context>} */
  async connect() {
    this.#client.on("app.activated", this.#onActivated);
    this.#client.on("ticket.conversation.changed", this.#onChanged);
    const past = (await this.#client.get(["ticket.conversation"]))["ticket.conversation"];
    this.#heard = Array.isArray(past) ? past.length : 0;
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
    try {
      if ((await this.#ticket()) !== conversation) return MOVED;
      await this.#client.invoke("ticket.editor.insert", text);
      return /** @type {const} */ ({ ok: true, how: "native" });
    } catch {
      return NOT_TAKEN;
    }
  }

  destroy() {
    this.#client.off("app.activated", this.#onActivated);
    this.#client.off("ticket.conversation.changed", this.#onChanged);
    this.#contexts.clear();
    this.#messages.clear();
  }

  /** @returns {Promise<string | null>} id; null of a ticket that is only being written */
  async #ticket() {
    return named((await this.#client.get(["ticket.id"]))["ticket.id"]);
  }

  /** @returns {Promise<Context>} */
  async #read() {
    const got = await this.#client.get(WANTED);
    return {
      conversation: named(got["ticket.id"]),
      customer: got["ticket.requester"]?.name,
      agent: got.currentUser?.name,
      status: got["ticket.status"],
    };
  }

  #onActivated = () => void this.#read().then((context) => this.#contexts.tell(context), () => undefined);

  /** The whole list each time. @param {unknown} list */
  #onChanged = async (list) => {
    if (!Array.isArray(list)) return;
    const fresh = list.slice(Math.max(0, this.#heard));
    this.#heard = list.length;
    const conversation = await this.#ticket().catch(() => null);
    if (conversation !== null) for (const item of fresh) this.#messages.tell(messageOf(item, conversation));
  };
}

/** @param {unknown} id @returns {string | null} */
function named(id) {
  return typeof id === "number" || typeof id === "string" ? String(id) : null;
}

/** @param {any} item @param {string} conversation @returns {Message} */
function messageOf({ author, channel, message, timestamp }, conversation) {
  const role = ROLES[author?.role] ?? "system";
  return { conversation, role, text: String(message?.content ?? ""), at: timestamp, private: channel?.name === "internal" };
}
