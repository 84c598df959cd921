/**
 * `<steadyhand-incidents>`: bursts that are told, a line for all their chats, and the incidents that are live or were today.
 * Rules of this room: nothing is said to anybody before the supervisor has seen it as it will stand there and confirmed it; what she
 * writes stays whatever comes meanwhile; hidden while there is nothing. Fires `steadyhand-open` with a conversation to open.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { customerName } from "../live/board.js";
import { counted, lasting, live, nothingKnown, over, problem, reached, receive, unanswered, usually } from "../live/incidents.js";
import { icon } from "./icon.js";
import { incidentForm } from "./incident_form.js";
import { causeWords, clock } from "./words.js";

/** @typedef {import("../live/board.js").Board} Board */
/** @typedef {import("../live/incidents.js").Burst} Burst */
/** @typedef {import("../live/incidents.js").Draft} Draft */
/** @typedef {import("../live/incidents.js").Incident} Incident */
/** @typedef {{post: (path: string, body: object) => Promise<any>, patch: (path: string, body: object) => Promise<any>}} Rest each throws `{code, message}` */

const PATH = "/incidents";

export class IncidentsElement extends LitElement {
  static properties = {
    board: { attribute: false },
    rest: { attribute: false },
    teams: { attribute: false },
    known: { state: true },
    draft: { state: true },
    ending: { state: true },
    busy: { state: true },
    fault: { state: true },
  };

  /** @type {string} selector of where the focus goes after the next drawing */ #focus = "";

  constructor() {
    super();
    /** @type {Pick<Board, "entries"> | null} */ this.board = null;
    /** @type {Rest | null} */ this.rest = null;
    /** @type {readonly string[]} */ this.teams = [];
    this.known = nothingKnown();
    /** @type {Draft | null} what is being written */ this.draft = null;
    /** @type {string} id of the incident whose end has to be confirmed */ this.ending = "";
    this.busy = false;
    /** @type {string} what the server said to the last that was tried */ this.fault = "";
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Record<string, any>} frame `incidents`, and `board`, after which they come; others change nothing */
  hear(frame) {
    this.known = receive(this.known, frame);
  }

  willUpdate() {
    this.hidden = !this.known.incidents.length && !unanswered(this.known).length && !this.draft;
  }

  updated() {
    if (!this.#focus) return;
    /** @type {HTMLElement | null} */ (this.querySelector(this.#focus))?.focus();
    this.#focus = "";
  }

  render() {
    const [bursts, running, ended] = [unanswered(this.known), live(this.known), over(this.known)];
    const { draft } = this;
    const orphan = draft && !draft.incident && !bursts.some((one) => same(one, draft)) ? draft : null;
    return html`<section class="incidents" aria-label="Incidents" tabindex="-1">
      ${repeat(bursts, nameOf, (one) => this.#burst(one))} ${orphan ? html`<article class="incident-card">${this.#form(orphan)}</article>` : nothing}
      ${repeat(running, ({ id }) => id, (one) => this.#incident(one))}
      ${this.fault && !draft ? html`<p class="incident-fault" role="alert">${this.fault}</p>` : nothing}
      ${ended.length ? this.#ended(ended) : nothing}
    </section>`;
  }

  /** @param {Burst} burst */
  #burst(burst) {
    const written = this.draft && !this.draft.incident && same(this.draft, burst) ? this.draft : null;
    return html`<article class="incident-card" data-burst=${burst.cause}>
      <h2>${icon("trending-up")}<span>${counted(burst.chats, "chat")} about <b>${causeWords(burst.cause).toLowerCase()}</b> in ${lasting(burst)}</span></h2>
      <p class="incident-about">${usually(burst)}${this.#team(burst.team)}</p>
      ${this.#chats(burst)}
      ${written
        ? this.#form(written)
        : html`<p class="incident-actions"><button class="primary" type="button" @click=${() => this.#write({ team: burst.team, cause: burst.cause, line: "", status: "", incident: null })}>Write a line for all of them</button></p>`}
    </article>`;
  }

  /** @param {Burst} burst */
  #chats({ conversations, chats }) {
    const more = chats - conversations.length;
    return html`<details class="incident-chats">
      <summary>Show the chats</summary>
      <ul>
        ${repeat(conversations, (id) => id, (id) => html`<li><button class="plain" type="button" @click=${() => this.#open(id)}>${this.#nameOf(id)}</button></li>`)}
      </ul>
      ${more > 0 ? html`<p class="incident-about">and ${more} before them</p>` : nothing}
    </details>`;
  }

  /** @param {Incident} incident */
  #incident(incident) {
    const { id, cause, team, chats, line, status, opened_at, by } = incident;
    const written = this.draft?.incident?.id === id ? this.draft : null;
    return html`<article class="incident-card" data-live data-incident=${id}>
      <h2>${icon("info")}<span>Known: <b>${causeWords(cause).toLowerCase()}</b> · ${counted(chats, "live chat")}</span></h2>
      <p class="incident-about">since ${clock(opened_at)}, by ${by}${this.#team(team)}${this.#still(incident)}</p>
      ${written ? this.#form(written) : html`${status ? html`<p class="incident-status" dir="auto">${status}</p>` : nothing}<blockquote class="incident-line" dir="auto">${line}</blockquote>${this.#choices(incident)}`}
    </article>`;
  }

  /** @param {Incident} incident */
  #still({ id, opened_at }) {
    const burst = this.known.bursts.find((one) => one.incident === id && one.latest > opened_at);
    return burst ? ` · still coming: ${counted(burst.chats, "chat")} in ${lasting(burst)}` : nothing;
  }

  /** @param {Incident} incident */
  #choices(incident) {
    if (this.ending === incident.id) return this.#confirmEnd(incident);
    return html`<p class="incident-actions">
      <button type="button" @click=${() => this.#write({ ...incident, incident })}>Edit</button>
      <button type="button" data-end @click=${() => this.#askEnd(incident.id)}>End</button>
    </p>`;
  }

  /** @param {Incident} incident */
  #confirmEnd({ id, chats }) {
    return html`<p class="incident-actions">
      <span>Take the line out of ${counted(chats, "sidebar")}?</span>
      <button class="primary" type="button" data-end-now ?disabled=${this.busy} @click=${() => this.#end(id)}>End it</button>
      <button type="button" @click=${() => (this.ending = "")}>Keep it</button>
    </p>`;
  }

  /** @param {readonly Incident[]} ended */
  #ended(ended) {
    return html`<details class="incident-ended">
      <summary>${counted(ended.length, "incident")} ended in the last day</summary>
      <ul>
        ${ended.map(({ cause, team, opened_at, ended_at, line }) => html`<li>
          <b>${causeWords(cause)}</b> ${clock(opened_at)} to ${clock(ended_at ?? "")}${this.#team(team)}
          <blockquote class="incident-line" dir="auto">${line}</blockquote>
        </li>`)}
      </ul>
    </details>`;
  }

  /** @param {Draft} draft */
  #form(draft) {
    const chats = draft.incident?.chats ?? reached(this.board?.entries.values() ?? [], draft);
    return incidentForm(draft, { chats, busy: this.busy, fault: this.fault }, {
      write: (part) => (this.draft = { ...draft, ...part }),
      send: () => void this.#send(draft),
      leave: () => this.#leave(draft.incident ? "[data-incident] button" : `[data-burst="${CSS.escape(draft.cause)}"] .primary`),
    });
  }

  /** Named only where she has several. @param {string} team */
  #team(team) {
    return this.teams.length > 1 || !this.teams.includes(team) ? ` · ${team}` : nothing;
  }

  /** @param {string} conversation */
  #nameOf(conversation) {
    const tile = this.board?.entries.get(conversation)?.tile;
    return tile ? customerName(tile) : conversation;
  }

  /** @param {string} conversation */
  #open(conversation) {
    this.dispatchEvent(new CustomEvent("steadyhand-open", { detail: { conversation }, bubbles: true, composed: true }));
  }

  /** @param {Draft} draft */
  #write({ team, cause, line, status, incident }) {
    this.draft = { team, cause, line, status, incident };
    this.fault = this.ending = "";
    this.#focus = ".incident-form textarea";
  }

  /** @param {string} focus where the hand goes on */
  #leave(focus) {
    this.draft = null;
    this.#focus = focus;
    this.fault = "";
  }

  /** @param {Draft} draft */
  async #send(draft) {
    const { team, cause, line, status, incident } = draft;
    this.fault = problem(draft);
    if (this.fault) return;
    const done = await this.#ask(({ post, patch }) =>
      incident ? patch(`${PATH}/${incident.id}`, { line, status, revision: incident.revision }) : post(PATH, { team, cause, line, status }),
    );
    if (done) this.#leave(".incidents");
  }

  /** @param {string} id */
  #askEnd(id) {
    this.ending = id;
    this.fault = "";
    this.#focus = "[data-end-now]";
  }

  /** @param {string} id */
  async #end(id) {
    await this.#ask(({ post }) => post(`${PATH}/${id}/end`, {}));
    this.ending = "";
  }

  /** @param {(rest: Rest) => Promise<unknown>} call @returns {Promise<boolean>} whether the server has done it */
  async #ask(call) {
    if (!this.rest || this.busy) return false;
    this.busy = true;
    try {
      await call(this.rest);
      return true;
    } catch (error) {
      this.fault = wordsFor(/** @type {{code?: string, message?: string}} */ (error));
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** @param {{code?: string, message?: string}} error */
function wordsFor({ code, message }) {
  if (code === "exists") return "Somebody else has just written a line for these chats. It stands below.";
  if (code === "superseded") return "Somebody else has changed this meanwhile. Close this, look at it again, and edit that.";
  return message || "That did not reach the server. Try again.";
}

/** @param {{team: string, cause: string}} one @param {{team: string, cause: string}} other */
function same(one, other) {
  return one.team === other.team && one.cause === other.cause;
}

/** @param {Burst} burst */
function nameOf({ team, cause }) {
  return `${team}\n${cause}`;
}
