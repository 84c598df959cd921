/**
 * Front: a plugin in the sidebar. Takes the object of @frontapp/plugin-sdk. Front has no cursor for a plugin: a phrase goes into the
 * reply's draft, or makes one that answers the customer's last message.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */
/** @typedef {{unsubscribe: () => void}} Subscription */
/** @typedef {{contextUpdates: {subscribe: (hear: (context: any) => void) => Subscription}}} Front what is used of the SDK's */

/** @param {Front} front @returns {import("./bridge.js").HostBridge} */
export function front(front) {
  return new FrontBridge(front);
}

class FrontBridge {
  host = "front";
  caps = capabilities({ insert: "draft", insertModes: ["append"] });
  /** @type {Front} */ #front;
  /** @type {Listeners<Context>} */ #contexts = new Listeners();
  /** @type {Subscription | null} */ #subscription = null;
  /** @type {any} Front's own context, whose functions act on what it shows */ #now = null;
  /** @type {Map<string, string>} the draft that was made for a conversation */ #drafts = new Map();

  /** @param {Front} front */
  constructor(front) {
    this.#front = front;
  }

  /** @returns {Promise<Context>} as of the first update */
  connect() {
    return new Promise((resolve) => {
      this.#subscription = this.#front.contextUpdates.subscribe((context) => {
        this.#now = context;
        resolve(this.#read());
        this.#contexts.tell(this.#read());
      });
    });
  }

  /** @param {(context: Context) => void} hear */
  onContext(hear) {
    return this.#contexts.add(hear);
  }

  /** @param {string} text @param {{conversation: string}} to */
  async insert(text, { conversation }) {
    const context = this.#now;
    if (this.#read().conversation !== conversation) return MOVED;
    try {
      await this.#write(context, text);
      return /** @type {const} */ ({ ok: true, how: "draft" });
    } catch {
      return NOT_TAKEN;
    }
  }

  destroy() {
    this.#subscription?.unsubscribe();
    this.#contexts.clear();
  }

  /** @returns {Context} */
  #read() {
    const { conversation, teammate } = this.#now ?? {};
    const one = this.#now?.type === "singleConversation" && conversation ? String(conversation.id) : null;
    return { conversation: one, customer: conversation?.recipient?.name, agent: teammate?.name, status: conversation?.status };
  }

  /** @param {any} context @param {string} body */
  async #write(context, body) {
    const content = { body, type: "text" };
    const draft = context.conversation.draftId ?? this.#drafts.get(context.conversation.id);
    if (draft && (await this.#added(context, draft, content))) return;
    const { results } = await context.listMessages();
    const last = newest(results.filter((/** @type {{status?: string}} */ { status }) => status === "inbound")) ?? newest(results);
    const made = await context.createDraft({ content, ...(last ? { replyOptions: { type: "reply", originalMessageId: last.id } } : {}) });
    this.#drafts.set(context.conversation.id, made.id);
  }

  /** @param {any} context @param {string} draft @param {object} content @returns {Promise<boolean>} false where the draft has been sent or thrown away */
  async #added(context, draft, content) {
    try {
      await context.updateDraft(draft, { updateMode: "insert", content });
      return true;
    } catch {
      this.#drafts.delete(context.conversation.id);
      return false;
    }
  }
}

/**
 * In whatever order they are listed.
 * @param {{id: string, date?: Date | number | string}[]} messages
 */
function newest(messages) {
  return [...messages].sort((a, b) => Number(new Date(a.date ?? 0)) - Number(new Date(b.date ?? 0))).at(-1);
}
