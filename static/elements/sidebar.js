/**
 * `<steadyhand-sidebar>`: one conversation as the agent's assistant sees it.
 *
 * Attributes `conversation` and `server` (base URL; the page's own by default); the token by `setToken(token)`, never as an attribute.
 * Fires `steadyhand-insert` when a phrase is chosen (see insertion.js) and `steadyhand-token-needed` when the token is no good.
 * Rules: it never sends to the customer; customer's words are only ever text; nothing moves under the agent's hand.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { connect } from "../live/connection.js";
import { emptyView, receive } from "../live/conversation.js";
import { STEP_WORDS, checklist } from "./checklist.js";
import { insert } from "./insertion.js";
import { instructions } from "./instructions.js";
import { meter } from "./meter.js";
import { bySeverity, header, notice } from "./notices.js";
import { MOST, phrases } from "./phrases.js";
import { sidebarStyle } from "./sidebar-style.js";
import { why } from "./why.js";
import { Workbench, workbenchStyle } from "./workbench.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Suggestion} Suggestion */
/** @typedef {import("../live/connection.js").Status} Status */

const FOLDED = { turn: 0, open: false };
const UNSENT = 20; // verdicts kept while offline
const UNKNOWN_AGAIN = 4_000; // ms until a conversation that the server does not know yet is asked for again

export class SteadyhandSidebar extends LitElement {
  static styles = [...sidebarStyle, ...workbenchStyle];
  static properties = {
    conversation: { type: String },
    server: { type: String },
    langUi: { attribute: "lang-ui" },
    view: { state: true },
    status: { state: true },
    problem: { state: true },
    dismissed: { state: true },
    last: { state: true },
    notice: { state: true },
  };

  #token = "";
  /** @type {import("../live/connection.js").Connection | null} */ #connection = null;
  /** @type {(() => void) | null} */ #leave = null;
  /** @type {Suggestion | null} what stood under the pointer when it went down */ #aimed = null;
  /** @type {import("../live/connection.js").Frame[]} */ #unsent = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #again;
  #ref = 0;
  #bench = new Workbench(this, (frame) => this.#connection?.send(frame) ?? false, {
    insert: ({ text, missing = [] }) => void insert(this, { text, suggestion: "", missing, conversation: this.conversation }),
    show: () => this.renderRoot.querySelector(".why")?.setAttribute("open", ""),
    tell: (suggestion, verdict, more) => this.#tell(this.conversation, suggestion, verdict, more),
  });

  constructor() {
    super();
    /** @type {string} */ this.conversation = "";
    /** @type {string} */ this.server = "";
    /** @type {string | null} */ this.langUi = null;
    /** @type {View} */ this.view = emptyView();
    /** @type {Status | null} */ this.status = null;
    /** @type {{code: string, message: string} | null} */ this.problem = null;
    /** @type {ReadonlySet<string>} */ this.dismissed = new Set();
    /** @type {import("./phrases.js").Shown["last"]} */ this.last = null;
    /** @type {import("./notices.js").Slot} */ this.notice = FOLDED;
  }

  /** @param {string} token of an agent, for this conversation */
  setToken(token) {
    if (token === this.#token) return;
    this.#token = token;
    this.#disconnect();
    this.#connect();
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
    this.#bench.stop();
    this.#disconnect();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("langUi") && this.langUi) void this.#bench.speak(this.langUi);
    if (changed.has("server") && changed.get("server") !== undefined) this.#reconnect();
    else if (changed.has("conversation")) this.#follow();
  }

  updated() {
    const byHand = /** @type {HTMLTextAreaElement | null} */ (this.renderRoot.querySelector(".by-hand"));
    if (byHand && this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement !== byHand) {
      byHand.focus();
      byHand.select();
    }
  }

  /**
   * Put phrase 1, 2 or 3 into the reply box; for a host that hears the keys itself.
   * @param {number} number
   */
  press(number) {
    const suggestion = this.suggestions[number - 1];
    if (suggestion && !this.dismissed.has(suggestion.id)) void this.#insert(suggestion);
  }

  /** What stands in the host's reply box now, for the coach. @param {string} text */
  setDraft(text) {
    this.#bench.setDraft(text);
  }

  /** @returns {readonly Suggestion[]} */
  get suggestions() {
    return (this.#bench.advice?.suggestions ?? []).slice(0, MOST);
  }

  #reconnect() {
    this.#disconnect();
    this.#connect();
  }

  #connect() {
    if (!this.#token || !this.isConnected || this.#connection) return;
    this.#connection = connect({
      url: new URL("/ws/v1/agent", this.server || location.href).href,
      token: this.#token,
      onFrame: (frame) => void this.#bench.answers(frame),
      onStatus: (status) => this.#onStatus(status),
    });
    this.#follow();
  }

  #disconnect() {
    this.#leave?.();
    this.#leave = null;
    this.#connection?.close();
    this.#connection = null;
  }

  /** Show the conversation that is named now; what was known of another one goes. */
  #follow() {
    clearTimeout(this.#again);
    this.#leave?.();
    this.#leave = null;
    this.problem = null;
    this.view = emptyView();
    this.last = null;
    this.notice = FOLDED;
    this.dismissed = new Set();
    this.#bench.open(this.conversation);
    if (this.conversation) this.#subscribe(this.conversation);
  }

  /** @param {string} conversation */
  #subscribe(conversation) {
    this.#leave =
      this.#connection?.subscribe(conversation, {
        onFrame: (frame) => this.#hear(frame),
        onError: (error) => this.#onError(conversation, error),
      }) ?? null;
  }

  /** @param {import("../live/connection.js").Frame} frame */
  #hear(frame) {
    if (this.#bench.answers(frame)) return;
    this.problem = null;
    this.view = receive(this.view, frame);
    this.#bench.heard(frame, this.view);
  }

  /** @param {string} conversation @param {{code: string, message: string}} error */
  #onError(conversation, error) {
    this.problem = error;
    this.view = emptyView();
    if (error.code === "not_found") this.#again = setTimeout(() => this.#subscribe(conversation), UNKNOWN_AGAIN);
  }

  /** @param {Status} status */
  #onStatus(status) {
    this.status = status;
    if (status.state === "live") this.#bench.live();
    if (status.state === "live") this.#unsent = this.#unsent.filter((frame) => !this.#connection?.send(frame));
    if (status.state === "refused") this.dispatchEvent(new CustomEvent("steadyhand-token-needed", { bubbles: true, composed: true }));
  }

  #onOnline = () => {
    if (this.status?.state === "offline") this.#connection?.retryNow();
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    const number = pressed(event);
    if (!number || event.defaultPrevented || !this.suggestions[number - 1]) return;
    event.preventDefault();
    this.press(number);
  };

  /**
   * The phrase that was there when the pointer went down is the one that was meant, whatever has come since.
   * @param {Suggestion} suggestion
   * @param {MouseEvent} event
   */
  #chosen(suggestion, event) {
    const byPointer = event.detail > 0;
    const meant = (byPointer && this.#aimed) || suggestion;
    this.#aimed = null;
    void this.#insert(meant);
  }

  /** @param {Suggestion} suggestion */
  async #insert({ id, text, missing }) {
    const { conversation } = this;
    this.last = null;
    const outcome = await insert(this, { text, suggestion: id, missing: missing ?? [], conversation });
    if (conversation !== this.conversation) return;
    this.last = { suggestion: id, outcome };
    if (outcome.ok) this.#tell(conversation, id, "inserted");
    if (outcome.ok) this.#bench.inserted({ id, text });
  }

  /** @param {Suggestion} suggestion */
  #dismiss({ id }) {
    this.dismissed = new Set([...this.dismissed, id]);
    this.#tell(this.conversation, id, "dismissed");
    this.#bench.dismissed(id);
  }

  /** @param {string} conversation @param {string} suggestion @param {import("./opinion.js").Verdict} verdict @param {object} [more] reason, final */
  #tell(conversation, suggestion, verdict, more = {}) {
    this.#ref += 1;
    const frame = { type: "feedback", conversation, suggestion, verdict, ...more, ref: `feedback ${this.#ref}` };
    if (!this.#connection?.send(frame)) this.#unsent = [...this.#unsent, frame].slice(-UNSENT);
  }

  #noticeActions = {
    turn: () => (this.notice = { ...this.notice, turn: this.notice.turn + 1 }),
    fold: () => (this.notice = { ...this.notice, open: !this.notice.open }),
    heard: () => (this.view = { ...this.view, whispers: this.view.whispers.slice(0, -1) }),
  };

  render() {
    const { view, status } = this;
    return html`${header(view, status)}
      ${meter(view)}
      ${notice(view, this.notice, this.#noticeActions)}
      <div class="advice" ?data-stale=${view.loaded && status?.state !== "live"}>${this.#advice()}</div>
      ${view.loaded ? html`<div class="ground">${checklist(view)} ${why(view)}</div>` : nothing}
      ${this.#bench.foot(() => this.renderRoot.querySelector(".coach")?.scrollIntoView({ block: "start" }))}
      <p class="unseen" role="status">${this.#spoken()}</p>`;
  }

  #advice() {
    if (!this.view.loaded) return html`<p class="empty">${this.#emptyWords()}</p>`;
    const { advice } = this.#bench;
    return html`<section class="next" aria-label="Next step" title=${advice?.reason ?? ""}>
        ${advice?.next_step ? html`<span class="quiet">Next</span>` : nothing}
        <h3>${this.#nextWords()}</h3>
        <p class="quiet">${advice?.next_step ? advice.reason : this.#quietWords()}</p>
      </section>
      ${instructions(advice?.instructions)} ${this.#bench.held()}
      ${this.suggestions.length
        ? phrases(this.suggestions, { dismissed: this.dismissed, last: this.last, reason: advice?.reason }, {
            aim: (suggestion) => (this.#aimed = suggestion),
            insert: (suggestion, event) => this.#chosen(suggestion, event),
            dismiss: (suggestion) => this.#dismiss(suggestion),
          })
        : advice?.next_step
          ? html`<p class="empty">${this.#quietWords()}</p>`
          : nothing}
      ${advice?.cautions?.length ? cautions(advice.cautions) : nothing}${this.#bench.tools(this.view)}`;
  }

  #nextWords() {
    const { advice } = this.#bench;
    if (advice?.wait) return "Let them finish";
    return advice?.next_step ? (STEP_WORDS[advice.next_step] ?? advice.next_step) : "All quiet";
  }

  /** Why there is no phrase; silence is an answer too. */
  #quietWords() {
    const withheld = this.#bench.advice?.not_shown?.[0];
    return withheld ? `No phrase: ${withheld.because}` : "No phrase is needed now.";
  }

  #emptyWords() {
    if (this.status?.state === "refused") return "This sign-in has ended. Open the sidebar again from your chat tool.";
    if (!this.conversation) return "No chat is open.";
    if (this.problem?.code === "not_found") return "This chat has not reached Steadyhand yet. It will appear with its first message.";
    if (this.problem) return this.problem.message;
    if (this.status?.state === "offline") return "Steadyhand cannot be reached. Trying again…";
    return "Reading the chat…";
  }

  /** For screen readers: the next step and the alerts, nothing else. */
  #spoken() {
    const { alerts, loaded } = this.view;
    const { advice } = this.#bench;
    if (!loaded) return "";
    const next = advice?.next_step || advice?.wait ? `Next: ${this.#nextWords()}. ` : "";
    return next + bySeverity(alerts).map(({ text }) => `Alert: ${text}`).join(" ");
  }
}

/** For the agent's own words; below the phrases, which already keep to it. @param {readonly string[]} texts */
function cautions(texts) {
  return html`<section class="cautions" aria-label="In your own words">
    <h3>In your own words</h3>
    ${texts.map((text) => html`<p>${text}</p>`)}
  </section>`;
}

/**
 * The number of Alt+1..3, by the place of the key: on a Mac Alt+1 types another character.
 * @param {KeyboardEvent} event
 */
function pressed({ altKey, ctrlKey, metaKey, shiftKey, code }) {
  if (!altKey || ctrlKey || metaKey || shiftKey) return 0;
  return ["Digit1", "Digit2", "Digit3"].indexOf(code) + 1;
}
