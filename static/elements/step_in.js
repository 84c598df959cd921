/**
 * What a supervisor can do in the conversation that stands open: a bar of actions, the form of the one that needs words, and what stands now.
 * Rules: what cannot be done says why; only what cannot be taken back asks twice; a refusal is told in the server's words.
 */

import { html, nothing } from "../vendor/lit.js";
import { possible } from "../live/actions.js";
import { isolated } from "./deeds.js";
import { icon } from "./icon.js";
import { FORMS } from "./step_in_forms.js";

/** @typedef {import("../live/conversation.js").State} State */
/** @typedef {import("../live/actions.js").More} More */
/** @typedef {import("../live/actions.js").Refusal} Refusal */
/** @typedef {(action: string, more?: More) => Promise<void>} Act */
/** @typedef {{get: (path: string) => Promise<any>}} Rest */
/** @typedef {{act?: Act, rest?: Rest, me: string, agents: readonly string[], requestUpdate: () => void, updateComplete: Promise<unknown>, querySelector: (selector: string) => Element | null}} Host */
/** @typedef {import("../live/brief.js").Brief} Brief */
/** @typedef {{state: State, agents: readonly string[], brief: Brief | null | "failed", sure: boolean, busy: boolean}} Room what a form is drawn from */
/** @typedef {{send: (action: string, more?: More) => void, cancel: () => void, sure: (sure: boolean) => void, copy: (text: string) => void}} Hands */

/** Every button there is: its words, its icon, its key, and whether it has a form. @type {Record<string, {name: string, key?: string, glyph?: string, form?: boolean}>} */
const BUTTONS = {
  whisper: { name: "Whisper", key: "w", glyph: "message-square", form: true },
  claim: { name: "Claim", key: "c" },
  release: { name: "Release", key: "c" },
  join: { name: "Join", key: "j" },
  leave: { name: "Leave", key: "j" },
  takeover: { name: "Take over", key: "t" },
  give_back: { name: "Give back", key: "g" },
  escalate: { name: "Escalate…", key: "e", form: true },
  assign: { name: "Assign to…", key: "a", form: true },
  let_run: { name: "Let it run", key: "l" },
  watch: { name: "Watch again", key: "l" },
  reopen: { name: "Reopen" },
  close: { name: "Force close…", form: true },
};
const FIRST = ["whisper", "claim", "release", "join", "leave", "takeover", "give_back"]; // the others unfold

/** What to say once it is done. @type {Record<string, (state: State, more: More) => string>} */
const DONE = {
  whisper: ({ agent }) => (agent ? `Only ${isolated(agent)} sees it.` : "Whispered."),
  claim: () => "Claimed: other supervisors see that it is in your hands.",
  release: () => "Released.",
  join: ({ agent }) => `${agent ? isolated(agent) : "The agent"} sees that you are here.`,
  leave: () => "You have left.",
  takeover: (_, { to }) => (to ? `Given to ${isolated(to)}.` : "It is yours now."),
  escalate: (_, { to }) => (to ? `Escalated to ${isolated(to)}.` : "Escalated."),
  let_run: () => "It stands at the end of the board until it gets worse.",
  watch: () => "Watched again.",
  cosign: ({ ending }) => `${isolated(ending?.by)} is told that the chat may be ended.`,
  decline: ({ ending }) => `${isolated(ending?.by)} is told that it goes on.`,
  close: () => "Closed.",
  reopen: () => "Reopened.",
};

export class StepIn {
  /** @type {Host} */ #host;
  /** @type {string} the action whose form stands open */ #form = "";
  #more = false;
  #sure = false;
  #busy = false;
  /** @type {{text: string, bad: boolean} | null} what came of the last one */ #said = null;
  /** @type {Brief | null | "failed"} */ #brief = null;
  #conversation = "";
  /** for what the brief was asked last: it is made anew for each hand-off and each ending */ #asked = "";
  #opened = 0;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
  }

  /** Another conversation, or the same one anew. */
  begin() {
    this.#form = "";
    this.#more = this.#sure = this.#busy = false;
    this.#said = this.#brief = null;
    this.#conversation = this.#asked = "";
  }

  /** @param {State} state of the open conversation */
  draw(state) {
    if (!this.#host.act) return nothing;
    this.#conversation = state.conversation ?? "";
    const may = possible(state, this.#host.me);
    const rest = Object.keys(may).filter((action) => !FIRST.includes(action));
    return html`<section class="step-in" aria-label="Step in">
      <div class="step-bar">
        ${FIRST.filter((action) => action in may).map((action) => this.#button(action, may[action], state))}
        <button type="button" class="small more" aria-expanded=${this.#more} @click=${this.#unfold}>More${icon("chevron-down")}</button>
        ${this.#more ? html`<div class="step-rest">${rest.map((action) => this.#button(action, may[action], state))}</div>` : nothing}
      </div>
      ${this.#ending(state)} ${this.#open(state)}
      <p class="step-said" role="status" ?data-bad=${this.#said?.bad}>${this.#said?.text ?? standing(state, this.#host.me)}</p>
    </section>`;
  }

  /** @param {KeyboardEvent} event @param {State | null} state @returns {boolean} whether it was one of ours */
  key(event, state) {
    if (event.key === "Escape" && this.#form) return this.#cancel(), true;
    const typing = /** @type {Element} */ (event.target).matches("input, textarea, select");
    if (!state || !this.#host.act || typing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const may = possible(state, this.#host.me);
    const action = Object.keys(may).find((name) => BUTTONS[name].key === event.key.toLowerCase());
    if (action) this.#press(action, may[action], state);
    return Boolean(action);
  }

  /** @param {string} action @param {string} why it cannot be done @param {State} state */
  #button(action, why, state) {
    const { name, key, glyph, form } = BUTTONS[action];
    return html`<button
      type="button"
      class="small"
      data-action=${action}
      aria-disabled=${why || this.#busy ? "true" : nothing}
      aria-expanded=${form ? this.#form === action : nothing}
      aria-keyshortcuts=${key ?? nothing}
      title=${why ? `${name}: ${why}` : key ? `${name} (${key.toUpperCase()})` : name}
      @click=${() => this.#press(action, why, state)}
    >
      ${glyph ? icon(glyph) : nothing}${name}
    </button>`;
  }

  /** @param {string} action @param {string} why @param {State} state */
  #press(action, why, state) {
    if (this.#busy) return;
    if (why) return this.#tell(`Not now: ${why}.`, true);
    if (BUTTONS[action].form) return this.#show(this.#form === action ? "" : action);
    const target = action === "give_back" ? { to: state.taken?.from } : {};
    void this.#do(action === "give_back" ? "takeover" : action, target, state);
  }

  /** @param {string} form */
  #show(form) {
    this.#form = form;
    this.#sure = false;
    this.#said = null;
    if (["escalate", "assign", "close"].includes(form)) this.#more = true;
    if (form === "escalate") this.#fetchBrief(`form ${(this.#opened += 1)}`);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const goal = form ? this.#host.querySelector(".step-form :is(input, textarea)") : this.#host.querySelector(".step-bar button");
      /** @type {HTMLElement | null} */ (goal)?.focus({ preventScroll: true });
    });
  }

  /** @param {State} state */
  #open(state) {
    const form = FORMS[this.#form];
    return form ? form(this.#room(state), this.#hands(state)) : nothing;
  }

  /** What the agent has asked for, and nobody has answered. @param {State} state */
  #ending(state) {
    if (!state.ending || state.ending.agreed_by) return nothing;
    if (!this.#form) this.#fetchBrief(`ending ${state.ending.at}`);
    return FORMS.ending(this.#room(state), this.#hands(state), this.#host.me);
  }

  /** @param {State} state @returns {Room} */
  #room(state) {
    return { state, agents: this.#host.agents, brief: this.#brief, sure: this.#sure, busy: this.#busy };
  }

  /** @param {State} state @returns {Hands} */
  #hands(state) {
    return {
      send: (action, more = {}) => void this.#do(action, more, state),
      cancel: () => this.#cancel(),
      sure: (sure) => {
        this.#sure = sure;
        this.#host.requestUpdate();
      },
      copy: (text) => void this.#copy(text),
    };
  }

  #cancel() {
    this.#show("");
  }

  #unfold = () => {
    this.#more = !this.#more;
    this.#host.requestUpdate();
  };

  /** @param {string} action @param {More} more @param {State} state as it was before */
  async #do(action, more, state) {
    if (this.#busy || !this.#host.act) return;
    const conversation = this.#conversation;
    this.#busy = true;
    this.#host.requestUpdate();
    try {
      await this.#host.act(action, more);
      if (conversation === this.#conversation) this.#done(DONE[action]?.(state, more) ?? "Done.");
    } catch (refusal) {
      const { message } = /** @type {Refusal} */ (refusal);
      if (conversation === this.#conversation) this.#tell(`Not done: ${message}.`, true);
    }
  }

  /** @param {string} words */
  #done(words) {
    const form = this.#form;
    this.#tell(words, false);
    if (!form) return;
    this.#show("");
    this.#tell(words, false);
  }

  /** @param {string} text @param {boolean} bad */
  #tell(text, bad) {
    this.#busy = false;
    this.#said = { text, bad };
    this.#host.requestUpdate();
  }

  /** @param {string} reason the same one asks only once */
  #fetchBrief(reason) {
    if (reason === this.#asked) return;
    this.#asked = reason;
    this.#brief = this.#host.rest ? null : "failed";
    /** @param {Brief | "failed"} brief */
    const keep = (brief) => {
      if (reason !== this.#asked) return;
      this.#brief = brief;
      this.#host.requestUpdate();
    };
    this.#host.rest?.get(`/conversations/${encodeURIComponent(this.#conversation)}/brief`).then(keep, () => keep("failed"));
  }

  /** @param {string} text */
  async #copy(text) {
    const { copy } = await import("./insertion.js");
    const { ok } = await copy(text);
    this.#tell(ok ? "Copied." : "Not copied: the browser does not allow it.", !ok);
  }
}

/** What stands on the conversation now, in one line; "" for nothing. @param {State} state @param {string} me */
export function standing({ claimed_by: holder, joined = [], taken, agent, escalated, let_run: runs, ending, resolved }, me) {
  const called = (/** @type {string} */ name) => (name === me ? "you" : isolated(name));
  const lines = [
    resolved && "Resolved",
    holder && `Claimed by ${called(holder)}`,
    joined.length && `Here: ${joined.map(called).join(", ")}`,
    taken && taken.by === agent && `Taken over from ${isolated(taken.from)} by ${called(taken.by)}`,
    ending?.agreed_by && `${called(ending.agreed_by)} agreed to an ending`,
    escalated && `Escalated${escalated.to ? ` to ${isolated(escalated.to)}` : ""}`,
    runs && "Let run",
  ];
  const said = lines.filter(Boolean).join(" · ");
  return said ? said[0].toUpperCase() + said.slice(1) : "";
}
