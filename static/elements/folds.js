/** The sections of a chat that can be folded: each chat has its own, and the browser remembers the agent's last choice for the next chat. */

import { html } from "../vendor/lit.js";
import { icon } from "./icon.js";

const KEY = "steadyhand.folds"; // names of sections that stand open, with spaces between
const OPEN = "steps"; // of who has chosen nothing

export class Folds {
  /** @type {Set<string>} */ #open = remembered();
  /** @type {{requestUpdate: () => void}} */ #host;

  /** @param {{requestUpdate: () => void}} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {string} name @param {unknown} label @param {unknown} content */
  section(name, label, content) {
    const open = this.#open.has(name);
    return html`<details class="tool" data-section=${name} ?open=${open} @toggle=${(/** @type {Event} */ { target }) => this.#fold(name, /** @type {HTMLDetailsElement} */ (target).open)}>
      <summary>${icon("chevron-right")}${label}</summary>
      ${content}
    </details>`;
  }

  /** Opens it, for now. @param {string} name */
  unfold(name) {
    this.#open.add(name);
    this.#host.requestUpdate();
  }

  /** @param {string} name @param {boolean} open */
  #fold(name, open) {
    if (open === this.#open.has(name)) return;
    if (open) this.#open.add(name);
    else this.#open.delete(name);
    remember(this.#open);
    this.#host.requestUpdate();
  }
}

/** @returns {Set<string>} none where the browser forbids storage */
function remembered() {
  try {
    return new Set((localStorage.getItem(KEY) ?? OPEN).split(" ").filter(Boolean));
  } catch {
    return new Set([OPEN]);
  }
}

/** @param {ReadonlySet<string>} open */
function remember(open) {
  try {
    localStorage.setItem(KEY, [...open].join(" "));
  } catch {
    // as long as the page lasts, then
  }
}
