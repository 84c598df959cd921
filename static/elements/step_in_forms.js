/** The forms of the actions that need words, and the ending that an agent has asked for. They draw; step_in.js does. */

import { html, nothing } from "../vendor/lit.js";
import { briefText, sections } from "../live/brief.js";
import { isolated } from "./deeds.js";
import { icon } from "./icon.js";

/** @typedef {import("./step_in.js").Room} Room */
/** @typedef {import("./step_in.js").Hands} Hands */
/** @typedef {import("../live/brief.js").Brief} Brief */

const MOST = 2_000; // characters that an action's text may have

/** @type {Record<string, (room: Room, hands: Hands, me?: string) => unknown>} */
export const FORMS = { whisper, escalate, assign, close, ending };

/** @param {Room} room @param {Hands} hands */
function whisper({ state, busy }, hands) {
  const who = state.agent ? html`Only <bdi>${state.agent}</bdi> and supervisors of the team see it` : "Nobody is assigned: agents of the team who open this chat see it";
  return html`<form class="step-form" @submit=${submitted(hands, "whisper")}>
    <label for="step-text">Whisper</label>
    <textarea id="step-text" name="text" rows="2" maxlength=${MOST} required aria-describedby="step-note" @keydown=${enterSends}></textarea>
    <p class="step-note" id="step-note">${icon("lock")}<span>${who}; the customer never does. Enter sends.</span></p>
    ${buttons("Whisper", busy, hands)}
  </form>`;
}

/** @param {Room} room @param {Hands} hands */
function escalate({ brief, agents, busy }, hands) {
  return html`<form class="step-form" @submit=${submitted(hands, "escalate")}>
    ${nameField("Escalate to", agents, false)}
    <label for="step-text">What is needed</label>
    <textarea id="step-text" name="text" rows="2" maxlength=${MOST}></textarea>
    ${handOff(brief, hands)} ${buttons("Escalate", busy, hands)}
  </form>`;
}

/** The brief goes with it: what is in it is seen before it is sent. @param {Room["brief"]} brief @param {Hands} hands */
function handOff(brief, hands) {
  if (brief === null) return html`<p class="step-note">Writing the hand-off brief…</p>`;
  if (brief === "failed") return html`<p class="step-note">The hand-off brief could not be fetched. It goes along all the same.</p>`;
  return html`<section class="brief" aria-label="Hand-off brief">
    <p class="brief-head">
      <b>Hand-off brief</b> <span class="step-note">goes along</span>
      <button type="button" class="small" @click=${() => hands.copy(briefText(brief))}>${icon("copy")}Copy</button>
    </p>
    <div class="brief-body" tabindex="0" role="region" aria-label="Text of the brief">
      ${sections(brief).map(({ name, lines }) => html`<h3>${name}</h3><ul>${lines.map(({ text }) => html`<li dir="auto">${text}</li>`)}</ul>`)}
    </div>
  </section>`;
}

/** @param {Room} room @param {Hands} hands */
function assign({ agents, busy }, hands) {
  return html`<form class="step-form" @submit=${submitted(hands, "takeover")}>
    ${nameField("Assign to", agents, true)}
    <p class="step-note">The chat goes to them at once, as the name stands here; who has it now no longer sees it.</p>
    ${buttons("Assign", busy, hands)}
  </form>`;
}

/** @param {string} label @param {readonly string[]} agents seen on the board @param {boolean} required */
function nameField(label, agents, required) {
  return html`<label for="step-to">${label}${required ? nothing : html` <span class="step-note">(may stay empty)</span>`}</label>
    <input id="step-to" name="to" list="step-agents" maxlength="200" autocomplete="off" ?required=${required} dir="auto" />
    <datalist id="step-agents">${agents.map((name) => html`<option value=${name}></option>`)}</datalist>`;
}

/** In two steps, as it cannot be taken back by the one who is closed out. @param {Room} room @param {Hands} hands */
function close({ sure, busy }, hands) {
  const next = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    hands.sure(true);
  };
  return html`<form class="step-form" @submit=${sure ? submitted(hands, "close") : next}>
    <label for="step-text">Why this chat is closed</label>
    <textarea id="step-text" name="text" rows="2" maxlength=${MOST} required ?readonly=${sure}></textarea>
    <p class="step-note" role="status">${sure ? "Sure? The chat ends now, for the agent too. The reason stands in its record." : "The agent and the record see the reason."}</p>
    <p class="step-buttons">
      <button type="submit" class=${sure ? "danger" : ""} ?disabled=${busy}>${sure ? "Yes, close it now" : "Next"}</button>
      <button type="button" class="bare-text" @click=${sure ? () => hands.sure(false) : hands.cancel}>${sure ? "Back" : "Cancel"}</button>
    </p>
  </form>`;
}

/** Its reason, and the words that are the evidence for it. @param {Room} room @param {Hands} hands @param {string} [me] */
function ending({ state, brief, busy }, hands, me) {
  const { by, text } = /** @type {import("../live/conversation.js").Ending} */ (state.ending);
  const quotes = brief && brief !== "failed" ? brief.boundaries : null;
  return html`<section class="ending" aria-label="An ending is asked for">
    <p><b>${isolated(by)} asks to end this chat</b></p>
    <p class="deed-text" dir="auto">${text}</p>
    ${evidence(brief, quotes)}
    ${by === me
      ? html`<p class="step-note">You asked for it yourself: somebody else has to agree.</p>`
      : html`<p class="step-buttons">
          <button type="button" class="primary" ?disabled=${busy} @click=${() => hands.send("cosign")}>Agree to the ending</button>
          <button type="button" ?disabled=${busy} @click=${() => hands.send("decline")}>Decline</button>
        </p>`}
  </section>`;
}

/** @param {Room["brief"]} brief @param {import("../live/brief.js").BriefLine[] | null} quotes */
function evidence(brief, quotes) {
  if (brief === "failed") return html`<p class="step-note">The evidence could not be fetched: read the transcript below.</p>`;
  if (!quotes) return html`<p class="step-note">Looking for the evidence…</p>`;
  if (!quotes.length) return html`<p class="step-note">No insult, threat or warning has been read in this chat.</p>`;
  return html`<ul class="evidence" aria-label="Evidence">${quotes.map((line) => html`<li dir="auto">${line.text}</li>`)}</ul>`;
}

/** @param {string} name @param {boolean} busy @param {Hands} hands */
function buttons(name, busy, hands) {
  return html`<p class="step-buttons">
    <button type="submit" class="primary" ?disabled=${busy}>${busy ? "Sending…" : name}</button>
    <button type="button" class="bare-text" @click=${hands.cancel}>Cancel</button>
  </p>`;
}

/** @param {Hands} hands @param {string} action */
function submitted(hands, action) {
  return (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const given = ["text", "to"].map((name) => [name, String(fields.get(name) ?? "").trim()]).filter(([, value]) => value);
    hands.send(action, Object.fromEntries(given));
  };
}

/** A new line by Shift+Enter; not while a word is still being composed. @param {KeyboardEvent} event */
function enterSends(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit();
}
