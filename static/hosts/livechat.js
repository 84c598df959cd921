/**
 * LiveChat: an app in the details or the message box of the agent's app. Takes the widget that the SDK made
 * (`await createDetailsWidget()` or `await createMessageBoxWidget()` of @livechat/agent-app-sdk).
 * The chat is told by the customer's profile; one from the archives has no reply box.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */
/** @typedef {import("./bridge.js").Message} Message */
/** @typedef {{name?: string, chat?: {id?: string}, source?: string}} Profile */
/**
 * @typedef {object} Widget what is used of the SDK's; the two below are of the details widget alone
 * @property {(name: any, hear: (data: any) => void) => void} on
 * @property {(name: any, hear: (data: any) => void) => void} off
 * @property {() => Profile | null} getCustomerProfile
 * @property {(text: string) => Promise<void> | void} putMessage
 * @property {() => Promise<void>} [watchMessages]
 * @property {() => string | null} [getTheme]
 */

/** @type {Record<string, Message["role"] | undefined>} */
const ROLES = { visitor: "customer", customer: "customer", agent: "agent", bot: "bot" };

/** @param {Widget} widget @returns {import("./bridge.js").HostBridge} */
export function livechat(widget) {
  return new LiveChat(widget);
}

class LiveChat {
  host = "livechat";
  /** @type {import("./bridge.js").Capabilities} */ caps;
  /** @type {Widget} */ #widget;
  /** @type {Listeners<Context>} */ #contexts = new Listeners();
  /** @type {Listeners<Message>} */ #messages = new Listeners();
  /** @type {Listeners<{conversation: string, text: string}>} */ #drafts = new Listeners();

  /** @param {Widget} widget */
  constructor(widget) {
    const watches = Boolean(widget.watchMessages);
    this.#widget = widget;
    this.caps = capabilities({ insert: "native", insertModes: ["append"], live: watches ? "bridge" : "server", draftText: watches, theme: true });
  }

  /** @returns {Promise<Context>} */
  async connect() {
    this.#widget.on("customer_profile", this.#onChange);
    this.#widget.on("change_theme", this.#onChange);
    this.#widget.on("message", this.#onMessage);
    this.#widget.on("message_box_text", this.#onText);
    await this.#widget.watchMessages?.();
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

  /** @param {(draft: {conversation: string, text: string}) => void} hear */
  onDraft(hear) {
    return this.#drafts.add(hear);
  }

  /** @param {string} text @param {{conversation: string}} to */
  async insert(text, { conversation }) {
    if (this.#read().conversation !== conversation) return MOVED;
    try {
      await this.#widget.putMessage(text);
      return /** @type {const} */ ({ ok: true, how: "native" });
    } catch {
      return NOT_TAKEN;
    }
  }

  destroy() {
    this.#widget.off("customer_profile", this.#onChange);
    this.#widget.off("change_theme", this.#onChange);
    this.#widget.off("message", this.#onMessage);
    this.#widget.off("message_box_text", this.#onText);
    for (const all of [this.#contexts, this.#messages, this.#drafts]) all.clear();
  }

  /** @returns {Context} */
  #read() {
    const profile = this.#widget.getCustomerProfile();
    const theme = this.#widget.getTheme?.();
    const conversation = (profile?.source === "chats" && profile.chat?.id) || null;
    return { conversation, customer: profile?.name, ...(theme === "light" || theme === "dark" ? { theme } : {}) };
  }

  #onChange = () => this.#contexts.tell(this.#read());

  /** @param {{chat?: string, message?: string, message_id?: string, message_source?: string}} told */
  #onMessage = ({ chat, message, message_id: id, message_source: source }) => {
    if (chat && typeof message === "string") this.#messages.tell({ conversation: chat, id, role: ROLES[source ?? ""] ?? "system", text: message, private: false });
  };

  /** @param {{value?: string}} told */
  #onText = ({ value }) => {
    const { conversation } = this.#read();
    if (conversation && typeof value === "string") this.#drafts.tell({ conversation, text: value });
  };
}
