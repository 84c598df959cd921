/** A line and a status being written, with how they will stand in the sidebars, and what the button will do. */

import { html, live, nothing } from "../vendor/lit.js";
import { LONGEST, counted } from "../live/incidents.js";
import { causeWords } from "./words.js";

/** @typedef {import("../live/incidents.js").Draft} Draft */
/** @typedef {{chats: number, busy: boolean, fault: string}} Standing chats that it reaches now */
/** @typedef {{write: (part: Partial<Draft>) => void, send: () => void, leave: () => void}} Actions */

/** @param {Draft} draft @param {Standing} standing @param {Actions} actions */
export function incidentForm(draft, { chats, busy, fault }, actions) {
  return html`<form class="incident-form" @submit=${(/** @type {SubmitEvent} */ event) => sent(event, actions)} @keydown=${(/** @type {KeyboardEvent} */ event) => left(event, actions)}>
    <div class="incident-fields">
      ${field("line", "Line to the customers", "An agent sends it with one click, or not at all.", draft, actions)}
      ${field("status", "Status for the agents", "What is known and done, and when there is more. Customers never see it.", draft, actions)}
    </div>
    ${preview(draft)}
    ${fault ? html`<p class="incident-fault" role="alert">${fault}</p>` : nothing}
    <p class="incident-actions">
      <button class="primary" ?disabled=${busy || !draft.line.trim()}>
        ${draft.incident ? "Change it in" : "Send to"} the sidebars of ${counted(chats, "chat")}
      </button>
      <button type="button" @click=${actions.leave}>Cancel</button>
    </p>
  </form>`;
}

/**
 * @param {"line" | "status"} name
 * @param {string} label
 * @param {string} hint
 * @param {Draft} draft
 * @param {Actions} actions
 */
function field(name, label, hint, draft, { write }) {
  const left = LONGEST - draft[name].length;
  return html`<label class="incident-field">
    <b>${label}</b>
    <textarea
      name=${name}
      rows="3"
      dir="auto"
      maxlength=${LONGEST}
      .value=${live(draft[name])}
      @input=${(/** @type {InputEvent} */ { target }) => write({ [name]: /** @type {HTMLTextAreaElement} */ (target).value })}
    ></textarea>
    <span class="incident-hint">${hint}${left <= 100 ? html` <b>${counted(left, "character")} left.</b>` : nothing}</span>
  </label>`;
}

/** As the sidebar's own card, without its buttons. @param {Draft} draft */
function preview({ cause, line, status }) {
  return html`<figure class="incident-preview">
    <figcaption>In the sidebar</figcaption>
    <div>
      <p><b>Known: ${causeWords(cause)}</b></p>
      ${status.trim() ? html`<p class="incident-status" dir="auto">${status.trim()}</p>` : nothing}
      <p class="incident-line" dir="auto">${line.trim() || html`<span class="incident-hint">The line</span>`}</p>
    </div>
  </figure>`;
}

/** @param {SubmitEvent} event @param {Actions} actions */
function sent(event, { send }) {
  event.preventDefault();
  send();
}

/** Escape leaves the form and nothing else. @param {KeyboardEvent} event @param {Actions} actions */
function left(event, { leave }) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  leave();
}
