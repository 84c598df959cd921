/**
 * `<steadyhand-sidebar>`: the agent's open chats as her assistant sees them, one of them in full.
 *
 * Attributes `conversation` (the chat that is shown), `server` (base URL; the page's own by default) and `lang-ui` (the agent's language; the
 * browser's by default); the token by `setToken(token)`, never as an attribute. Several chats: `open(conversation, name)`, `close(conversation)`.
 * Fires `steadyhand-insert` when a phrase is chosen (see insertion.js), `steadyhand-draft` when a better wording is (see draft_host.js),
 * `steadyhand-conversation` when the agent has gone to another chat by its tab, and `steadyhand-token-needed` when the token is no good.
 * Rules: it never sends to the customer; customer's words are only ever text; nothing moves under the agent's hand.
 */

import { LitElement, html, keyed, nothing } from "../vendor/lit.js";
import { renewal } from "../live/renewal.js";
import { Session } from "../live/session.js";
import { fetchWords, words } from "../live/strings.js";
import { Chat } from "./chat.js";
import { Pacing } from "./pacing.js";
import { sidebarStyle } from "./sidebar-style.js";
import { nextTask } from "./slices.js";
import { PANEL, tabs } from "./tabs.js";
import { tabsStyle } from "./tabs-style.js";
import { timelineStyle } from "./timeline-style.js";
import { workbenchStyle } from "./workbench.js";

/** @typedef {import("../live/connection.js").Status} Status */
/** @typedef {import("../live/connection.js").Frame} Frame */
/** @typedef {import("../hosts/bridge.js").Capabilities} Capabilities */

export class SteadyhandSidebar extends LitElement {
  static styles = [...sidebarStyle, timelineStyle, tabsStyle, ...workbenchStyle];
  static properties = {
    conversation: { type: String, reflect: true },
    server: { type: String },
    langUi: { attribute: "lang-ui" },
    status: { state: true },
    caps: { state: true },
  };

  #token = "";
  #apart = false;
  #t = words("en");
  #pacing = new Pacing(this);
  #renew = renewal(() => this.#fire("steadyhand-token-needed"));
  #session = new Session({
    onFrame: (conversation, frame) => this.#chats.get(conversation)?.hear(frame),
    onOther: (frame) => void [...this.#chats.values()].some((chat) => chat.answers(frame)),
    onProblem: (conversation, problem) => this.#chats.get(conversation)?.fail(problem),
    onStatus: (status) => this.#onStatus(status),
  });
  /** @type {Map<string, Chat>} those that have a tab, and the one that is shown */ #chats = new Map();
  /** @type {Set<string>} ids of those that were opened by name, and stay until they are closed */ #opened = new Set();

  constructor() {
    super();
    /** @type {string} */ this.conversation = "";
    /** @type {string} */ this.server = "";
    /** @type {string | null} */ this.langUi = null;
    /** @type {Status | null} */ this.status = null;
    /** @type {Capabilities | null} what the host can do; null until it says so */ this.caps = null;
  }

  /** @param {string} token of an agent, for the chats that are open */
  setToken(token) {
    if (token === this.#token) return;
    this.#token = token;
    this.#reconnect();
  }

  /** There is no token to be had: say so, rather than wait for one. */
  signedOut() {
    this.#session.close();
    this.#onStatus({ state: "refused", since: Date.now(), service: { database: true, backplane: true } });
  }

  /** Whom the chat that is shown is with; its id until that is known. */
  get caption() {
    const { view, name } = this.#chat(this.conversation);
    return view.state?.customer?.name || name || this.conversation;
  }

  /** What the tool around it can do: nothing else is promised. @param {Capabilities} caps */
  setHost(caps) {
    this.caps = caps;
  }

  /**
   * Give a chat a tab; it listens from now on, whichever chat is shown. A second call changes the name.
   * @param {string} conversation
   * @param {string} [name] of the customer, until the server tells it
   */
  open(conversation, name = "") {
    if (!conversation) return;
    const chat = this.#chat(conversation);
    chat.name = name || chat.name;
    this.#opened.add(conversation);
    if (!this.conversation) this.conversation = conversation;
    this.requestUpdate();
  }

  /**
   * Take a chat's tab away, and what was written for it; where it was shown, its neighbour is.
   * @param {string} conversation
   */
  close(conversation) {
    const ids = [...this.#chats.keys()].filter(Boolean);
    const at = ids.indexOf(conversation);
    if (at < 0) return;
    this.#opened.delete(conversation);
    this.#chat(conversation).forget();
    if (conversation === this.conversation) this.conversation = ids[at + 1] ?? ids[at - 1] ?? "";
    else this.#drop(conversation);
    this.requestUpdate();
  }

  /**
   * Put phrase 1, 2 or 3 into the reply box, edit or dismiss the first; for a host that hears the keys itself.
   * @param {number | "edit" | "dismiss"} what
   */
  press(what) {
    this.#chat(this.conversation).phrasing.press(what);
  }

  /** What stands in the host's reply box now, for the coach. @param {string} text */
  setDraft(text) {
    this.#chat(this.conversation).setDraft(text);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#onKey);
    addEventListener("online", this.#onOnline);
    this.#connect();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey);
    removeEventListener("online", this.#onOnline);
    this.#pacing.stop();
    this.#session.close();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("langUi")) void this.#speak(this.langUi ?? navigator.language);
    if (changed.has("server") && changed.get("server") !== undefined) this.#reconnect();
    if (changed.has("conversation")) this.#show(String(changed.get("conversation") ?? ""));
  }

  /** A text of the interface, for what is not drawn. @param {string} key */
  say(key) {
    return this.#t(key);
  }

  /** Draw, but not within the task that runs now: to parse a long chat is work enough for one. */
  drawApart() {
    this.#apart = true;
    this.requestUpdate();
  }

  async scheduleUpdate() {
    if (this.#apart) await nextTask();
    this.#apart = false;
    super.scheduleUpdate();
  }

  updated() {
    this.#chat(this.conversation).drawn();
    this.lang = this.#t.language;
  }

  /** @param {string} language */
  async #speak(language) {
    this.#t = await fetchWords(language);
    this.requestUpdate();
  }

  /** @param {string} id @returns {Chat} also of "", where no chat is open */
  #chat(id) {
    const known = this.#chats.get(id);
    if (known) return known;
    const chat = new Chat(id, this, this.#session, this.#pacing);
    this.#chats.set(id, chat);
    if (id) this.#session.follow(id);
    return chat;
  }

  /** Show the chat that is named now; what was known of the one before goes, where that has no tab. @param {string} before */
  #show(before) {
    if (before !== this.conversation && !this.#opened.has(before)) this.#drop(before);
    this.#chat(this.conversation).shown();
  }

  /** @param {string} id */
  #drop(id) {
    this.#session.leave(id);
    this.#chats.delete(id);
  }

  #reconnect() {
    this.#session.close();
    this.#connect();
  }

  #connect() {
    if (!this.#token || !this.isConnected || this.#session.isOpen) return;
    this.#session.open(new URL("/ws/v1/agent", this.server || location.href).href, this.#token);
  }

  /** @param {Status} status */
  #onStatus(status) {
    this.status = status;
    this.#renew(status.state);
    if (status.state === "live") for (const chat of this.#chats.values()) chat.live();
  }

  #onOnline = () => {
    if (this.status?.state === "offline" || this.status?.state === "restarting") this.#session.retryNow();
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (!event.defaultPrevented && this.#chat(this.conversation).phrasing.key(event)) event.preventDefault();
  };

  /** @param {string} id */
  #go = (id) => {
    if (id === this.conversation) return;
    this.conversation = id;
    this.#fire("steadyhand-conversation", { conversation: id });
  };

  /** @param {string} name @param {object} [detail] */
  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  render() {
    const t = this.#t;
    const chat = this.#chat(this.conversation);
    const rest = [...this.#chats.values()].filter(({ id }) => id).map((one) => ({ id: one.id, name: one.title(t), view: one.view }));
    const { polite, urgent } = chat.spoken(t);
    const several = rest.length > 1;
    return html`${tabs(rest, this.conversation, this.#go, t)}
      <div class="chat" id=${PANEL} role=${several ? "tabpanel" : nothing} aria-label=${several ? chat.title(t) : nothing}>
        ${keyed(chat.id, chat.draw(this.status, t))}
      </div>
      <p class="unseen spoken" role="status">${polite}</p>
      <p class="unseen spoken" role="alert">${urgent}</p>`;
  }
}
