/**
 * What people do to the agent's chat, as she sees it: one quiet line of a fixed height that says what stands, and behind it the last whispers, what was
 * done, and what she can ask for herself: an ending, which somebody has to agree to, and help from above.
 * Rules: nothing is done to her chat that she does not see here; the line moves nothing, it unfolds when she asks.
 */

import { html, nothing } from "../vendor/lit.js";
import { declined } from "../live/actions.js";
import { deed, isolated } from "./deeds.js";
import { icon } from "./icon.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Done} Done */
/** @typedef {import("../live/actions.js").More} More */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("./grounds.js").Host} Host */
/** @typedef {"ask_ending" | "escalate"} Form */
/** @typedef {{act: (action: Form, more: More) => Promise<void>, closing: () => void}} Actions `closing` shows words to close with */

const MOST = 2_000; // characters of a reason
const DEEDS = 3; // shown at once

export class Desk {
  /** @type {Host} */ #host;
  /** @type {Actions} */ #actions;
  #open = false;
  /** @type {Form | null} */ #form = null;
  #busy = false;
  /** @type {{ok: boolean, because: string} | null} */ #told = null;

  /** @param {Host} host @param {Actions} actions */
  constructor(host, actions) {
    this.#host = host;
    this.#actions = actions;
  }

  /** What stands, for the line and to be read aloud; "" for nothing. @param {View} view @param {Words} t */
  standing({ state, actions }, t) {
    const { ending, joined = [], escalated, claimed_by: holder } = state ?? {};
    const refused = ending ? undefined : declined(actions);
    if (ending?.agreed_by) return t("desk.agreed", { by: isolated(ending.agreed_by) });
    if (ending) return t("desk.asked");
    if (refused) return `${t("desk.declined", { by: isolated(refused.by) })}${refused.text ? `: ${refused.text}` : ""}`;
    if (joined.length) return t("desk.here", { by: joined.map(isolated).join(", ") });
    if (escalated) return escalated.to ? t("desk.escalated", { to: isolated(escalated.to) }) : t("desk.escalated_up");
    return holder ? t("desk.claimed", { by: isolated(holder) }) : "";
  }

  /** @param {View} view @param {Words} t */
  draw(view, t) {
    const standing = this.standing(view, t);
    const agreed = Boolean(view.state?.ending?.agreed_by);
    return html`<section class="desk" aria-label=${t("desk.label")} ?data-stands=${Boolean(standing)} ?data-agreed=${agreed}>
      <button type="button" class="desk-line" aria-expanded=${this.#open} title=${standing || t("desk.label")} @click=${this.#fold}>
        ${icon(agreed ? "check" : "users")}<span dir="auto">${standing || t("desk.label")}</span>
        ${view.whispers.length ? html`<span class="count">${icon("message-square")}${view.whispers.length}<span class="unseen">${t("desk.whispers")}</span></span>` : nothing}
        ${icon("chevron-down")}
      </button>
      ${this.#open ? this.#panel(view, agreed, t) : nothing}
    </section>`;
  }

  /** Unfolds with the form for it, ready to write. @param {Form} form */
  ask(form) {
    this.#open = true;
    this.#show(form);
  }

  /** @param {View} view @param {boolean} agreed @param {Words} t */
  #panel({ whispers, actions, state }, agreed, t) {
    const deeds = actions.filter(({ action }) => action !== "whisper").slice(-DEEDS);
    const told = html`<p class="told" role="status">${this.#told ? (this.#told.ok ? t("desk.sent") : t("desk.failed", { because: this.#told.because })) : nothing}</p>`;
    if (this.#form) return html`<div class="desk-panel">${this.#fields(this.#form, t)} ${told}</div>`;
    return html`<div class="desk-panel">
      ${agreed ? html`<p>${t("desk.closing_note")} <button type="button" class="small" @click=${this.#close}>${t("desk.closing")}</button></p>` : nothing}
      ${whispers.length ? html`<h3>${t("desk.whispers")}</h3><ul class="whispers">${whispers.map((one) => heard(one, t))}</ul>` : nothing}
      ${deeds.length ? html`<h3>${t("desk.done")}</h3><ul class="deeds">${deeds.map((one) => html`<li>${deed(one, t)}</li>`)}</ul>` : nothing}
      ${this.#choices(Boolean(state?.ending), t)} ${told}
    </div>`;
  }

  /** @param {boolean} asked for an ending already @param {Words} t */
  #choices(asked, t) {
    return html`<p class="choices">
      ${asked ? nothing : html`<button type="button" class="small" data-form="ask_ending" @click=${() => this.#show("ask_ending")}>${t("desk.ask")}</button>`}
      <button type="button" class="small" data-form="escalate" @click=${() => this.#show("escalate")}>${t("desk.escalate")}</button>
    </p>`;
  }

  /** @param {Form} form @param {Words} t */
  #fields(form, t) {
    const ending = form === "ask_ending";
    return html`<form class="desk-form" @submit=${(/** @type {SubmitEvent} */ event) => void this.#submit(event, form)}>
      ${ending ? nothing : html`<label><span>${t("desk.to")}</span><input name="to" maxlength="200" autocomplete="off" dir="auto" /></label>`}
      <label><span>${t(ending ? "desk.reason" : "desk.matter")}</span><textarea name="text" rows="2" maxlength=${MOST} ?required=${ending} dir="auto"></textarea></label>
      ${ending ? html`<p class="quiet">${t("desk.reason_note")}</p>` : nothing}
      <p class="choices">
        <button type="submit" class="small primary" ?disabled=${this.#busy}>${t(this.#busy ? "desk.sending" : "desk.send")}</button>
        <button type="button" class="small" @click=${() => this.#show(null)}>${t("desk.leave")}</button>
      </p>
    </form>`;
  }

  /** What is behind the line makes room for the words to close with. */
  #close = () => {
    this.#fold();
    this.#actions.closing();
  };

  #fold = () => {
    this.#open = !this.#open;
    this.#form = this.#told = null;
    this.#host.requestUpdate();
  };

  /** @param {Form | null} form */
  #show(form) {
    const left = this.#form;
    this.#form = form;
    this.#told = null;
    this.#host.requestUpdate();
    const goals = [form ? ".desk-form :is(input, textarea)" : `.desk [data-form=${left}]`, ".desk-line"];
    void this.#host.updateComplete.then(() => {
      const found = goals.map((goal) => this.#host.renderRoot.querySelector(goal)).find(Boolean);
      /** @type {HTMLElement | null | undefined} */ (found)?.focus();
    });
  }

  /** @param {SubmitEvent} event @param {Form} form */
  async #submit(event, form) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const given = ["text", "to"].map((name) => [name, String(fields.get(name) ?? "").trim()]).filter(([, value]) => value);
    this.#busy = true;
    this.#host.requestUpdate();
    try {
      await this.#actions.act(form, Object.fromEntries(given));
      this.#show(null);
      this.#told = { ok: true, because: "" };
    } catch (refusal) {
      this.#told = { ok: false, because: /** @type {import("../live/actions.js").Refusal} */ (refusal).message };
    }
    this.#busy = false;
    this.#host.requestUpdate();
  }
}

/** @param {import("../live/conversation.js").Whisper} whisper @param {Words} t */
function heard({ from, text, at }, t) {
  return html`<li><p class="deed-line"><b><bdi>${from}</bdi></b> ${at ? html`<time datetime=${at}>${t.time(at)}</time>` : nothing}</p><p class="deed-text" dir="auto">${text}</p></li>`;
}
