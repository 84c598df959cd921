/** The attention budget as the agent sees it: the one quiet line, and the menu behind it. Nothing of it is told to anybody. */

import { html, nothing } from "../vendor/lit.js";
import { CHOICES } from "../live/attention.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/attention.js").Attention} Attention */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{shift: boolean} | {chat: string, on: boolean} | {step: string, on: boolean} | {most: number}} Change as `turned` of attention.js takes it */

/**
 * What waits and why, to be opened at once. Its place is kept also when it is empty, so that nothing moves.
 * @param {Attention} attention
 * @param {{open: () => void}} actions
 * @param {Words} t
 */
export function heldLine({ waiting, because }, { open }, t) {
  return html`<p class="held">
    ${waiting
      ? html`<button type="button" @click=${open}>${icon("chevron-down")}<b>${t("held.waiting", { n: waiting })}</b>
          <span class="quiet">${because ? t(`held.${because}`) : nothing}</span></button>`
      : nothing}
  </p>`;
}

/**
 * @param {Attention} attention
 * @param {{set: (change: Change) => void}} actions
 * @param {{step: string | null, now: number}} context the step that is advised now; ms
 * @param {Words} t
 */
export function quietMenu({ quiet, conversation, log }, { set }, { step, now }, t) {
  const steps = [...new Set([...quiet.kinds, ...(step ? [step] : [])])];
  return html`<section class="quiet-menu" aria-label=${t("quiet.label")}>
    ${toggle(t("quiet.shift"), quiet.shift > now, (on) => set({ shift: on }))}
    ${conversation ? toggle(t("quiet.chat"), quiet.chats[conversation] > now, (on) => set({ chat: conversation, on })) : nothing}
    ${steps.map((one) => toggle(t("quiet.kind", { step: t.or(`step.${one}`, one) }), quiet.kinds.includes(one), (on) => set({ step: one, on })))}
    <label class="most"><span>${t("quiet.most")}</span>
      <select @change=${(/** @type {Event} */ { target }) => set({ most: Number(/** @type {HTMLSelectElement} */ (target).value) })}>
        ${CHOICES.map((most) => html`<option value=${most} ?selected=${most === quiet.most}>${most}</option>`)}
      </select>
    </label>
    <p class="quiet">${t("quiet.private")}</p>
    <h3>${t("quiet.list")}</h3>
    ${log.length ? entries(log, t) : html`<p class="quiet">${t("quiet.nothing")}</p>`}
  </section>`;
}

/** @param {readonly import("../live/attention.js").Entry[]} log @param {Words} t */
function entries(log, t) {
  return html`<ul class="log">
    ${log.map(({ at, what, because }) => html`<li>
      <time>${t.time(at)}</time><span>${t.or(`step.${what}`, what)}</span><span class="quiet">${t(`held.${because}`)}</span>
    </li>`)}
  </ul>`;
}

/** @param {string} label @param {boolean} on @param {(on: boolean) => void} changed */
function toggle(label, on, changed) {
  const flipped = (/** @type {Event} */ { target }) => changed(/** @type {HTMLInputElement} */ (target).checked);
  return html`<label><input type="checkbox" .checked=${on} @change=${flipped} /><span>${label}</span></label>`;
}
