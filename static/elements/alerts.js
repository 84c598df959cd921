/**
 * `<steadyhand-alerts>`: the alerts of the board, newest first, each with why; the desk's budget and what follows from it;
 * what the alerts of the last days were worth; and whether this browser may make itself heard.
 * Rules of this room: what others wrote is only ever text; nothing sounds or asks for a permission without a click.
 * Fires `steadyhand-open` with the conversation of an alert, and `steadyhand-alerted` with the words of what is new: while it is
 * hidden nobody hears it read aloud.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { heard, listed, newestFirst, news, noAlerts } from "../live/alerts.js";
import { emptyBoard } from "../live/board.js";
import { MOST_AN_HOUR, SHARES, budgetOf, shareWords, spentWords, thresholdWords } from "../live/desk.js";
import { Chime, askPermission, keep, notify, permission, wishes } from "./alerting.js";
import { icon } from "./icon.js";
import { copy } from "./insertion.js";
import { clock } from "./words.js";

/** @typedef {import("../live/alerts.js").Alert} Alert */
/** @typedef {import("../live/alerts.js").Alerts} Alerts */
/** @typedef {import("../live/board.js").Board} Board */
/** @typedef {import("../live/desk.js").Desk} Desk */
/** @typedef {import("../live/desk.js").Quality} Quality */
/** @typedef {{get: (path: string) => Promise<any>, put: (path: string, body: object) => Promise<any>}} Rest */

const DAYS = 7; // that the quality is measured over
const HOURS = 24; // of alerts that are listed
const AGAIN = 60_000; // ms between two looks at the desk
const FEW = 8; // alerts drawn at first
/** @type {Record<string, string>} */
const KIND_WORDS = { risk: "Rising risk", threat: "Threat", distress: "Distress" };

export class AlertsElement extends LitElement {
  static properties = {
    board: { attribute: false },
    rest: { attribute: false },
    teams: { attribute: false },
    alerts: { state: true },
    team: { state: true },
    desk: { state: true },
    quality: { state: true },
    wished: { state: true },
    problem: { state: true },
    said: { state: true },
    copied: { state: true },
    whole: { state: true },
  };

  #chime = new Chime();
  /** @type {ReturnType<typeof setInterval> | undefined} */ #looking;

  constructor() {
    super();
    /** @type {Board} */
    this.board = emptyBoard();
    /** @type {Rest | null} */
    this.rest = null;
    /** @type {readonly string[]} those that she supervises; an admin may have none */
    this.teams = [];
    /** @type {Alerts} */
    this.alerts = noAlerts();
    /** Whose desk is shown. */
    this.team = "";
    /** @type {Desk | null} */
    this.desk = null;
    /** @type {Quality | null} */
    this.quality = null;
    this.wished = wishes();
    /** One line; "" while all is well. */
    this.problem = "";
    /** What is read aloud. */
    this.said = "";
    /** Key of the alert whose letter was copied last. */
    this.copied = "";
    /** Whether all alerts are drawn. */
    this.whole = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#looking = setInterval(() => void this.#look(), AGAIN);
    // browsers let a page sound only once somebody has touched it
    addEventListener("pointerdown", () => this.wished.sound && void this.#chime.wake(), { once: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#looking);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("board")) this.#hear();
    const teams = this.#teams();
    if (!teams.includes(this.team)) this.team = teams[0] ?? "";
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has("rest")) void this.#list();
    if (changed.has("rest") || changed.has("team")) {
      this.desk = null;
      this.quality = null;
      void this.#look();
    }
  }

  render() {
    return html`<section class="alerts" aria-labelledby="alerts-title">
      <h2 id="alerts-title">Alerts</h2>
      <p class="unseen" role="status" aria-live="polite">${this.said}</p>
      ${this.#budget()} ${this.#drawn()}
      <details class="alerts-more" open>
        <summary>What they were worth, and how to be told</summary>
        ${this.#worth()} ${this.#switches()}
      </details>
      <p class="alerts-problem" role="alert">${this.problem}</p>
    </section>`;
  }

  #budget() {
    const teams = this.#teams();
    const { desk } = this;
    return html`<div class="alerts-desk">
      ${teams.length > 1
        ? html`<label>Team
            <select @change=${(/** @type {Event} */ event) => (this.team = /** @type {HTMLSelectElement} */ (event.target).value)}>
              ${teams.map((team) => html`<option .selected=${team === this.team}>${team}</option>`)}
            </select></label>`
        : nothing}
      <label>At most
        <input
          type="number"
          inputmode="numeric"
          min="0"
          max=${MOST_AN_HOUR}
          .value=${desk ? String(desk.alerts_per_hour) : ""}
          ?disabled=${!desk}
          @change=${(/** @type {Event} */ event) => this.#set(/** @type {HTMLInputElement} */ (event.target))}
        />
        an hour</label>
      ${desk ? html`<p class="alerts-spent">${spentWords(desk)}</p><p class="alerts-note">${thresholdWords(desk)}</p>` : nothing}
    </div>`;
  }

  #drawn() {
    const all = newestFirst(this.alerts);
    if (!all.length) return html`<p class="alerts-none">No alerts in the last ${HOURS} hours.</p>`;
    const drawn = this.whole ? all : all.slice(0, FEW);
    return html`<ol class="alerts-list" role="list">
        ${repeat(drawn, ({ key }) => key, (alert) => this.#alert(alert))}
      </ol>
      ${all.length > drawn.length
        ? html`<button class="plain" type="button" @click=${() => (this.whole = true)}>Show ${all.length - drawn.length} earlier</button>`
        : nothing}`;
  }

  /** @param {Alert} alert */
  #alert(alert) {
    const { key, kind, severity, at, customer, team, text, current, fresh } = alert;
    return html`<li class="alert" data-severity=${severity} ?data-past=${!current}>
      <p class="alert-head">
        ${icon(kind === "risk" ? "trending-up" : "triangle-alert")}<strong>${KIND_WORDS[kind] ?? kind}</strong>
        <time datetime=${at}>${clock(at)}</time>${fresh && current ? html`<span class="alert-new">new</span>` : nothing}
      </p>
      <p class="alert-who">
        ${current ? "" : "Earlier · "}<bdi>${customer || alert.conversation}</bdi> · ${team}${alert.agent ? html` · ${alert.agent}` : nothing}
      </p>
      <p class="alert-why">${text}</p>
      <p class="alert-do">
        <button class="plain" type="button" @click=${() => this.#open(alert)}>Open<span class="unseen"> ${customer || alert.conversation}</span></button>
        <button class="plain" type="button" @click=${() => this.#copy(alert)}>
          ${icon(this.copied === key ? "check" : "copy")}${this.copied === key ? "Copied" : "Copy as e-mail text"}
        </button>
      </p>
    </li>`;
  }

  #worth() {
    const { quality } = this;
    if (!quality) return nothing;
    return html`<table class="alerts-worth">
      <caption>Last ${DAYS} days, team ${quality.team}: ${quality.chats} chats</caption>
      <tbody>
        ${SHARES.map(([name, words, more]) => {
          const share = shareWords(quality[name]);
          return html`<tr><th scope="row" title=${more}>${words}</th><td>${share.figure}</td><td class="alerts-note">${share.more}</td></tr>`;
        })}
      </tbody>
    </table>`;
  }

  #switches() {
    const refused = permission() === "denied";
    return html`<div class="alerts-switches" role="group" aria-label="In this browser">
      <label><input type="checkbox" .checked=${this.wished.notify} ?disabled=${refused || permission() === "none"} @change=${this.#wishNotice} />
        Notifications of the browser</label>
      ${refused ? html`<p class="alerts-note">This browser refuses them; its settings for this page can allow them.</p>` : nothing}
      <label><input type="checkbox" .checked=${this.wished.sound} @change=${this.#wishSound} /> A short, soft sound</label>
    </div>`;
  }

  /** Her own teams, or those of the tiles where she has none. @returns {string[]} */
  #teams() {
    const seen = [...this.board.entries.values()].map(({ tile }) => tile.team ?? "");
    return [...new Set([...this.teams, ...seen])].filter(Boolean).sort();
  }

  #hear() {
    const before = this.alerts;
    this.alerts = heard(before, this.board);
    const fresh = news(before, this.alerts);
    if (!fresh.length) return;
    this.said = fresh.map(({ kind, customer, text }) => `${KIND_WORDS[kind] ?? kind}: ${customer}. ${text}`).join(" ");
    this.dispatchEvent(new CustomEvent("steadyhand-alerted", { detail: { words: this.said } }));
    if (this.wished.sound) this.#chime.ring();
    if (this.wished.notify && !document.hasFocus()) fresh.forEach((alert) => notify(alert, () => this.#open(alert)));
    void this.#list();
    void this.#look();
  }

  async #list() {
    await this.#ask(async (rest) => {
      const { alerts } = await rest.get(`/alerts?hours=${HOURS}`);
      this.alerts = listed(this.alerts, alerts);
    });
  }

  async #look() {
    const { team } = this;
    if (!team) return;
    const path = `/desks/${encodeURIComponent(team)}`;
    await this.#ask(async (rest) => {
      const [desk, quality] = await Promise.all([rest.get(path), rest.get(`${path}/quality?days=${DAYS}`)]);
      if (team === this.team) [this.desk, this.quality] = [desk, quality];
    });
  }

  /** @param {HTMLInputElement} field */
  async #set(field) {
    const wanted = budgetOf(field.value);
    if (wanted === null) {
      this.problem = `A whole number from 0 to ${MOST_AN_HOUR} is meant.`;
      field.value = String(this.desk?.alerts_per_hour ?? "");
      return;
    }
    const { team } = this;
    await this.#ask(async (rest) => {
      const desk = await rest.put(`/desks/${encodeURIComponent(team)}`, { alerts_per_hour: wanted });
      if (team === this.team) this.desk = desk;
      this.said = `At most ${wanted} alerts an hour.`;
    });
  }

  /** Does it with the server, and says what went wrong. @param {(rest: Rest) => Promise<void>} work */
  async #ask(work) {
    if (!this.rest) return;
    try {
      await work(this.rest);
      this.problem = "";
    } catch (error) {
      this.problem = /** @type {{message?: string}} */ (error)?.message || "The server did not answer. Try again.";
    }
  }

  /** @param {Alert} alert */
  async #copy(alert) {
    if (!this.alerts.byKey.get(alert.key)?.mail) await this.#list();
    const mail = this.alerts.byKey.get(alert.key)?.mail;
    if (!mail) return;
    const { ok } = await copy(`${mail.subject}\n\n${mail.text}`);
    if (!ok) this.problem = "This browser gives no access to the clipboard.";
    this.copied = ok ? alert.key : "";
    this.said = ok ? "Copied." : "";
  }

  /** @param {Alert} alert */
  #open({ conversation }) {
    this.dispatchEvent(new CustomEvent("steadyhand-open", { detail: { conversation }, bubbles: true, composed: true }));
  }

  /** @param {Event} event */
  async #wishNotice({ target }) {
    const wanted = /** @type {HTMLInputElement} */ (target).checked;
    this.#wish({ notify: wanted && (await askPermission()) === "granted" });
  }

  /** @param {Event} event */
  async #wishSound({ target }) {
    const wanted = /** @type {HTMLInputElement} */ (target).checked;
    this.#wish({ sound: wanted });
    if (!wanted) return;
    await this.#chime.wake();
    this.#chime.ring();
  }

  /** @param {Partial<import("./alerting.js").Wishes>} wish */
  #wish(wish) {
    this.wished = { ...this.wished, ...wish };
    keep(this.wished);
    this.requestUpdate();
  }
}
