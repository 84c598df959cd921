/**
 * `<steadyhand-demo-chat>`: one side's chat window in the demo, standing in for a team's real chat tool.
 * Rules of this room: words are only ever text; only Enter or the send button sends, a phrase or an example only fills the box.
 * Fires `demo-send` with the text and `demo-typing` while the box is written in.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { icon } from "./icon.js";
import { clock } from "./words.js";

/** @typedef {import("../live/demo_transcript.js").ChatState} ChatState */
/** @typedef {import("../live/demo_transcript.js").ChatMessage} ChatMessage */
/** @typedef {import("../live/demo_transcript.js").Pending} Pending */
/** @typedef {{label: string, text: string}} Example */

const NEAR = 64; // px from the end that still count as being there

/** Who the other side is, seen from each side. */
const OTHER = { customer: "Support", agent: "Customer" };

export class DemoChatElement extends LitElement {
  static properties = {
    side: { type: String },
    chat: { attribute: false },
    examples: { attribute: false },
  };

  #atEnd = true;

  constructor() {
    super();
    /** @type {"customer" | "agent"} */
    this.side = "customer";
    /** @type {ChatState | null} */
    this.chat = null;
    /** @type {readonly Example[]} one click puts their text into the box */
    this.examples = [];
  }

  createRenderRoot() {
    return this;
  }

  /**
   * Puts text where the cursor stands, in place of what is selected, and selects the first gap that is left to fill.
   * @param {string} text
   * @param {readonly string[]} [missing] names of slots that stand in the text as [name]
   */
  put(text, missing = []) {
    const box = this.#box();
    box.focus();
    const start = box.selectionStart;
    const between = start > 0 && !/\s$/u.test(box.value.slice(0, start)) ? " " : "";
    write(box, between + text);
    const gap = missing.map((slot) => box.value.indexOf(`[${slot}]`, start)).filter((at) => at >= 0).sort((a, b) => a - b)[0];
    if (gap !== undefined) box.setSelectionRange(gap, box.value.indexOf("]", gap) + 1);
  }

  updated() {
    const log = this.querySelector(".log");
    if (log && this.#atEnd) log.scrollTop = log.scrollHeight;
  }

  render() {
    const { chat, side } = this;
    return html`<div class="log" role="log" tabindex="0" aria-label="Messages" @scroll=${this.#scrolled}>
        ${chat && this.#messages(chat)}
        <p class="typing">${chat?.typing.length ? `${OTHER[side]} is typing…` : ""}</p>
      </div>
      ${this.#line()}
      ${this.examples.length ? this.#examples() : nothing}
      <form class="box" @submit=${this.#submit}>
        <textarea
          rows="2"
          aria-label=${side === "customer" ? "Message to support" : "Reply to the customer"}
          placeholder=${side === "customer" ? "Write as the customer" : "Write as the agent"}
          @input=${this.#input}
          @keydown=${this.#key}
        ></textarea>
        <button class="primary send" aria-label="Send" title="Send (Enter)">${icon("send")}</button>
      </form>`;
  }

  /** @param {ChatState} chat */
  #messages({ messages, pending, status }) {
    const mine = this.side;
    if (status === "connecting" && !messages.length) return html`<p class="chat-note">Joining the chat…</p>`;
    if (!messages.length && !pending.length) return html`<p class="chat-note">${this.#invitation()}</p>`;
    return html`<ol role="list">
      ${repeat(messages, ({ id }) => id, (message) => said(message, mine))}
      ${repeat(pending, ({ id }) => id, waiting)}
    </ol>`;
  }

  #invitation() {
    if (this.side === "agent") return "The customer has not written yet.";
    return "You are the customer. Write something angry, or take an example below.";
  }

  #line() {
    const { chat } = this;
    const words = chat?.error || (chat?.status === "offline" ? "No connection. What you send goes out as soon as it is back." : "");
    return html`<p class="chat-line" role="status">${words}</p>`;
  }

  #examples() {
    return html`<div class="examples" role="group" aria-label="Put an example into the box">
      ${this.examples.map(
        ({ label, text }) => html`<button type="button" title=${text} @click=${() => this.#example(text)}>${label}</button>`,
      )}
    </div>`;
  }

  /** @param {string} text takes the place of what stands in the box */
  #example(text) {
    const box = this.#box();
    box.focus();
    box.select();
    write(box, text);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#send();
  }

  #send() {
    const box = this.#box();
    this.#atEnd = true;
    const event = new CustomEvent("demo-send", { detail: { text: box.value }, bubbles: true, cancelable: true });
    if (this.dispatchEvent(event)) box.value = "";
    box.focus();
  }

  #input() {
    const on = this.#box().value !== "";
    this.dispatchEvent(new CustomEvent("demo-typing", { detail: { on }, bubbles: true }));
  }

  /** @param {Event} event */
  #scrolled({ target }) {
    const { scrollHeight, scrollTop, clientHeight } = /** @type {HTMLElement} */ (target);
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #box() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }
}

/**
 * Writes as the keyboard would, so that the browser can undo it.
 * @param {HTMLTextAreaElement} box that has the focus
 * @param {string} text
 */
function write(box, text) {
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {ChatMessage} message @param {"customer" | "agent"} mine */
function said({ role, text, at, deleted }, mine) {
  const who = role === mine ? "You" : role === "bot" ? "Bot" : OTHER[mine];
  return html`<li class="said" ?data-mine=${role === mine}>
    <p class="said-head">${who} <time datetime=${at}>${clock(at)}</time></p>
    <p class="said-text" dir="auto">${deleted ? html`<em>Message deleted</em>` : text}</p>
  </li>`;
}

/** @param {Pending} pending */
function waiting({ text, refused }) {
  return html`<li class="said" data-mine data-pending>
    <p class="said-head">${refused ? html`<strong>Not sent: ${refused}</strong>` : "Sending…"}</p>
    <p class="said-text" dir="auto">${text}</p>
  </li>`;
}
