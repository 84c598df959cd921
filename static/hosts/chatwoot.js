/**
 * Chatwoot, from within its own dashboard page (self-hosted; see chatwoot_loader.js): the address says which conversation is open,
 * and a phrase is pasted into the reply editor, which keeps what the agent has written and makes paragraphs of it.
 * Nothing of the page is read but its address and the kind of the open reply box.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */

const PLACE = /^\/app\/accounts\/(\d+)\/(?:.*\/)?conversations\/(\d+)/u;
const EDITOR = ".ProseMirror-woot-style";
const PLAIN = ".reply-box textarea";
const NOTE = ".is-private"; // the same editor writes notes to colleagues
const LOOK = 250; // ms between looks at the address, where the browser does not tell of changes

/**
 * @param {Window} [page]
 * @param {string} [account] number of the one account that the connector is for; conversations of different accounts have the same numbers
 * @returns {import("./bridge.js").HostBridge}
 */
export function chatwoot(page = window, account = "") {
  return new Chatwoot(page, account);
}

class Chatwoot {
  host = "chatwoot";
  caps = capabilities({ insert: "paste", insertModes: ["at-cursor"], context: "url", theme: true });
  /** @type {Window} */ #page;
  #account = "";
  /** @type {Listeners<Context>} */ #contexts = new Listeners();
  /** @type {string} the last context that was told */ #told = "";
  #timer = 0;

  /** @param {Window} page @param {string} account */
  constructor(page, account) {
    this.#page = page;
    this.#account = account;
  }

  /** @returns {Promise<Context>} */
  async connect() {
    this.#timer = this.#page.setInterval(() => this.#look(), LOOK);
    this.#told = JSON.stringify(this.#read());
    return this.#read();
  }

  /** @param {(context: Context) => void} hear */
  onContext(hear) {
    return this.#contexts.add(hear);
  }

  /** @param {string} text @param {{conversation: string}} to */
  async insert(text, { conversation }) {
    if (this.#read().conversation !== conversation) return MOVED;
    const box = /** @type {HTMLElement | null} */ (this.#page.document.querySelector(`${EDITOR}, ${PLAIN}`));
    if (!box || box.closest(NOTE)) return NOT_TAKEN;
    const taken = box.isContentEditable ? paste(box, text) : type(/** @type {HTMLTextAreaElement} */ (box), text);
    return taken ? /** @type {const} */ ({ ok: true, how: "paste" }) : NOT_TAKEN;
  }

  destroy() {
    this.#page.clearInterval(this.#timer);
    this.#contexts.clear();
  }

  #look() {
    const context = this.#read();
    const now = JSON.stringify(context);
    if (now === this.#told) return;
    this.#told = now;
    this.#contexts.tell(context);
  }

  /** @returns {Context} */
  #read() {
    const [, account, open = null] = PLACE.exec(this.#page.location.pathname) ?? [];
    const conversation = this.#account && account !== this.#account ? null : open;
    return { conversation, theme: this.#page.document.body.classList.contains("dark") ? "dark" : "light" };
  }
}

/**
 * As if the agent had pasted it: the editor makes of it what it makes of her own.
 * @param {HTMLElement} editor
 * @param {string} text
 * @returns {boolean} whether it stands there
 */
function paste(editor, text) {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  editor.focus();
  const handled = !editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  return handled && bare(editor.textContent ?? "").includes(bare(text));
}

/** @param {string} text @returns {string} letters alone: the editor makes markup and paragraphs of the rest */
function bare(text) {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Its framework hears of an `input` event alone, and the browser's own command fires one.
 * @param {HTMLTextAreaElement} box
 * @param {string} text
 */
function type(box, text) {
  box.focus();
  box.setSelectionRange(box.selectionEnd, box.selectionEnd);
  return box.ownerDocument.execCommand("insertText", false, text) && box.value.includes(text);
}
