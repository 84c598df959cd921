/**
 * The agent's hand on the phrases: insert one, fill its gaps, change its words, put it away.
 * Rules: what stands under the hand stays there, whatever has come since; nothing here ever sends to the customer.
 */

import { filled } from "../live/approach.js";
import { MOST, phrases } from "./phrases.js";

/** @typedef {import("../live/conversation.js").Suggestion} Suggestion */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("./insertion.js").Outcome} Outcome */
/** @typedef {import("./phrases.js").Around} Around */
/** @typedef {{requestUpdate: () => void, renderRoot: Element | DocumentFragment}} Host */
/**
 * @typedef {object} Options
 * @property {() => string} conversation
 * @property {() => readonly Suggestion[]} suggestions as they may be shown now
 * @property {(what: {text: string, suggestion: string, missing: string[], conversation: string}) => Promise<Outcome>} insert
 * @property {() => import("../hosts/bridge.js").Capabilities | null} [caps] of the host, where it has told them
 * @property {import("./opinion.js").Tell} tell sends feedback
 * @property {(put: {id: string, text: string}) => void} inserted
 * @property {() => void} typed the agent writes: nothing new now
 */

/** By the place of the key: on a Mac Alt+1 types another character. @type {Record<string, number | "edit" | "dismiss" | undefined>} */
const KEYS = { Digit1: 1, Digit2: 2, Digit3: 3, KeyE: "edit", KeyD: "dismiss" };

/** @type {import("./phrases.js").Shown} */
const FRESH = Object.freeze({ dismissed: new Set(), told: new Set(), last: null, edited: null, typed: {} });

export class Phrasing {
  /** @type {Host} */ #host;
  /** @type {Options} */ #options;
  /** @type {Suggestion | null} what stood under the pointer when it went down */ #aimed = null;
  /** @type {{suggestion: Suggestion, index: number} | null} what the hand is in */ #held = null;
  /** @type {string} selector of where the focus goes after the next drawing */ #focus = "";
  #shown = FRESH;

  /** @param {Host} host @param {Options} options */
  constructor(host, options) {
    this.#host = host;
    this.#options = options;
  }

  /** Up to three, those under the hand at their place. @returns {Suggestion[]} */
  get list() {
    const list = this.#options.suggestions().slice(0, MOST);
    if (!this.#held) return list;
    const { suggestion, index } = this.#held;
    const others = list.filter(({ id }) => id !== suggestion.id);
    return [...others.slice(0, index), suggestion, ...others.slice(index)].slice(0, MOST);
  }

  /** @param {Around} around @param {Words} t */
  cards(around, t) {
    return phrases(this.list, this.#shown, { ...around, caps: this.#options.caps?.() }, this.#actions, t);
  }

  /**
   * Put phrase 1, 2 or 3 into the reply box; edit or dismiss the one that is meant.
   * @param {number | "edit" | "dismiss"} what
   * @returns {boolean} whether there was one
   */
  press(what) {
    const suggestion = typeof what === "number" ? this.list[what - 1] : this.#meant();
    if (!suggestion) return false;
    if (what === "edit") this.#edit(suggestion);
    else if (what === "dismiss") this.#dismiss(suggestion, true);
    else if (!this.#shown.dismissed.has(suggestion.id)) void this.#insert(suggestion);
    return true;
  }

  /**
   * Alt+1..3 inserts, Alt+E edits, Alt+D dismisses, by the place of the digits: on a Mac Alt+1 types another character.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was one of these
   */
  key(event) {
    if (this.#boxKey(event)) return true;
    const { altKey, ctrlKey, metaKey, shiftKey, code } = event;
    if (!altKey || ctrlKey || metaKey || shiftKey) return false;
    const what = KEYS[code];
    return what !== undefined && this.press(what);
  }

  /** After each drawing: the focus to where the agent goes on. */
  updated() {
    if (!this.#focus) return;
    const goal = /** @type {HTMLElement | null} */ (this.#host.renderRoot.querySelector(this.#focus));
    this.#focus = "";
    goal?.focus({ preventScroll: true });
    if (goal instanceof HTMLTextAreaElement) goal.setSelectionRange(goal.readOnly ? 0 : goal.value.length, goal.value.length);
  }

  /** In the box of an edited phrase. @param {KeyboardEvent} event */
  #boxKey({ key, ctrlKey, metaKey }) {
    if (!this.#shown.edited || !this.#focused()?.closest("[data-edited]")) return false;
    if (key === "Escape") this.#leave();
    else if (key === "Enter" && (ctrlKey || metaKey)) void this.#put();
    else return false;
    return true;
  }

  /** The phrase that has the focus, else the first that still stands. */
  #meant() {
    const id = this.#focused()?.closest("li[data-id]")?.getAttribute("data-id");
    const standing = this.list.filter((one) => !this.#shown.dismissed.has(one.id));
    return standing.find((one) => one.id === id) ?? standing[0];
  }

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
  async #insert(suggestion) {
    const { text, missing } = filled(suggestion, this.#shown.typed[suggestion.id] ?? {});
    if (!(await this.#offer(suggestion, text, missing))) return;
    this.#options.tell(suggestion.id, "inserted", text === suggestion.text ? {} : { final: text });
  }

  /** @param {Suggestion} suggestion @param {string} text @param {string[]} missing @returns {Promise<boolean>} whether it is where it should be */
  async #offer({ id }, text, missing) {
    const conversation = this.#options.conversation();
    this.#show({ last: null });
    const outcome = await this.#options.insert({ text, suggestion: id, missing, conversation });
    if (conversation !== this.#options.conversation()) return false;
    if (outcome.how === "select") this.#focus = ".by-hand";
    this.#show({ last: { suggestion: id, outcome, text } });
    if (outcome.ok) this.#options.inserted({ id, text });
    return outcome.ok;
  }

  /** @param {Suggestion} suggestion */
  #edit(suggestion) {
    const { text } = filled(suggestion, this.#shown.typed[suggestion.id] ?? {});
    this.#hold(suggestion);
    this.#focus = "textarea.words";
    this.#options.typed();
    this.#show({ edited: { suggestion: suggestion.id, text } });
  }

  async #put() {
    const { edited } = this.#shown;
    const suggestion = this.list.find(({ id }) => id === edited?.suggestion);
    if (!edited || !suggestion || !edited.text.trim()) return;
    const { missing } = suggestion;
    const open = (missing ?? []).filter((slot) => edited.text.includes(`[${slot}]`));
    if (!(await this.#offer(suggestion, edited.text, open))) return;
    this.#options.tell(suggestion.id, edited.text === suggestion.text ? "inserted" : "edited", { final: edited.text });
    this.#leave();
  }

  #leave() {
    this.#held = null;
    this.#show({ edited: null });
  }

  /** @param {Suggestion} suggestion @param {boolean} [byKey] the focus follows */
  #dismiss(suggestion, byKey = false) {
    this.#options.tell(suggestion.id, "dismissed");
    if (byKey) this.#focus = `[data-id="${CSS.escape(suggestion.id)}"] .dismissed`;
    this.#held = null;
    this.#show({ dismissed: new Set([...this.#shown.dismissed, suggestion.id]) });
  }

  /** While a card is written in, it stays at its place. @param {Suggestion | null} suggestion */
  #hold(suggestion) {
    if (!suggestion) {
      if (!this.#shown.edited) this.#held = null;
      return;
    }
    const index = this.list.findIndex(({ id }) => id === suggestion.id);
    this.#held = { suggestion, index: Math.max(0, index) };
  }

  /** @type {import("./phrases.js").Actions} */
  #actions = {
    aim: (suggestion) => (this.#aimed = suggestion),
    insert: (suggestion, event) => this.#chosen(suggestion, event),
    edit: (suggestion) => this.#edit(suggestion),
    write: (text) => {
      this.#options.typed();
      if (this.#shown.edited) this.#show({ edited: { ...this.#shown.edited, text } });
    },
    put: () => void this.#put(),
    leave: () => this.#leave(),
    fill: ({ id }, slot, text) => {
      this.#options.typed();
      this.#show({ typed: { ...this.#shown.typed, [id]: { ...this.#shown.typed[id], [slot]: text } } });
    },
    dismiss: (suggestion) => this.#dismiss(suggestion),
    reason: ({ id }, reason) => {
      this.#options.tell(id, "dismissed", { reason });
      this.#show({ told: new Set([...this.#shown.told, id]) });
    },
    hold: (suggestion) => this.#hold(suggestion),
  };

  #focused() {
    return this.#host.renderRoot instanceof ShadowRoot ? this.#host.renderRoot.activeElement : document.activeElement;
  }

  /** @param {Partial<typeof FRESH>} part */
  #show(part) {
    this.#shown = { ...this.#shown, ...part };
    this.#host.requestUpdate();
  }
}
