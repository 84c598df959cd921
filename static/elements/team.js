/**
 * `<steadyhand-team>`: a team's last hours to look at: chats by their highest tension, the mean tension, causes, what was turned around and
 * what the team carries. Each plot has the same as a table. Rule of this room: nothing here is about one person.
 * Fires `steadyhand-open` with the conversation of a recovery that was chosen.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { BANDS } from "../live/board.js";
import { causes, sum } from "../live/team.js";
import { STEP_WORDS } from "./checklist.js";
import { icon } from "./icon.js";
import { heatPlot, volumePlot } from "./team_plots.js";
import { BAND_WORDS, bandShape, causeWords, clock, percent, whole } from "./words.js";

/** @typedef {import("../live/team.js").TeamView} TeamView */
/** @typedef {import("../live/rest.js").Rest} Rest */

const AGAIN = 60_000; // ms, as long as the server keeps its answer
const SPANS = [8, 24, 168];
const CAUSES = 8; // shown

export class TeamElement extends LitElement {
  static properties = {
    rest: { attribute: false },
    teams: { attribute: false },
    active: { attribute: false },
    team: { state: true },
    hours: { state: true },
    view: { state: true },
    problem: { state: true },
  };

  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;

  constructor() {
    super();
    /** @type {Rest | null} */
    this.rest = null;
    /** @type {readonly string[]} */
    this.teams = [];
    /** Whether it is looked at; only then it asks the server. */
    this.active = false;
    this.team = "";
    this.hours = SPANS[0];
    /** @type {TeamView | null} */
    this.view = null;
    this.problem = "";
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.teams.includes(this.team)) this.team = this.teams[0] ?? "";
    if (changed.has("team") || changed.has("hours")) this.view = null; // what stands under a name is of that name
    if (!["active", "rest", "teams", "team", "hours"].some((name) => changed.has(name))) return;
    clearInterval(this.#timer);
    if (!this.active || !this.rest || !this.team) return;
    this.#timer = setInterval(() => this.#load(), AGAIN);
    void this.#load();
  }

  async #load() {
    const asked = `/teams/${encodeURIComponent(this.team)}/hours?hours=${this.hours}`;
    try {
      const view = await this.rest?.get(asked);
      if (view.team === this.team && view.hours.length === this.hours) [this.view, this.problem] = [view, ""];
    } catch (problem) {
      this.problem = /** @type {{message: string}} */ (problem).message;
    }
  }

  render() {
    const several = this.teams.length > 1;
    return html`<div class="team-bar">
        <h2 dir="auto" class=${several ? "unseen" : ""}>${this.team}</h2>
        ${several ? this.#choice("Team", this.teams.map((team) => [team, team]), this.team, (team) => (this.team = team)) : nothing}
        <div class="team-spans" role="group" aria-label="How far back">
          ${SPANS.map((hours) => html`<button type="button" aria-pressed=${hours === this.hours ? "true" : "false"} @click=${() => (this.hours = hours)}>${hours > 24 ? "7 days" : `${hours} hours`}</button>`)}
        </div>
      </div>
      ${this.problem ? html`<p class="team-note" role="alert">${this.problem} What is shown may be old.</p>` : nothing}
      ${this.view ? this.#plots(this.view) : this.problem ? nothing : html`<p class="team-note" role="status">Loading the hours…</p>`}`;
  }

  /** @param {TeamView} view */
  #plots(view) {
    const chats = sum(view.hours, "chats");
    if (!chats && !view.recoveries.length) return html`<p class="team-note" role="status">No chat began in these hours.</p>`;
    return html`${view.whole ? nothing : html`<p class="team-note">There were more chats than are counted here: only the newest are.</p>`}
      <div class="team-plots">
        <figure>
          <figcaption>Chats that began, by their highest tension</figcaption>
          <ul class="team-key" role="list">${BANDS.map((band) => html`<li data-band=${band}>${bandShape(band)}${BAND_WORDS[band]}</li>`)}</ul>
          ${volumePlot(view.hours)}
        </figure>
        <figure><figcaption>Mean tension</figcaption>${heatPlot(view.hours)}</figure>
      </div>
      <details class="team-table"><summary>The same as a table</summary>${table(view)}</details>
      <div class="team-lists">
        <section aria-labelledby="team-causes"><h3 id="team-causes">What it was about</h3>${causeList(view)}</section>
        <section aria-labelledby="team-turned"><h3 id="team-turned">Turned around</h3>${this.#recoveries(view)}</section>
        <section aria-labelledby="team-load"><h3 id="team-load">What the team carries</h3>${load(view)}</section>
      </div>`;
  }

  /** @param {TeamView} view */
  #recoveries({ recoveries }) {
    if (!recoveries.length) return html`<p class="quiet">Nothing critical became calm in these hours.</p>`;
    return html`<ul role="list" class="team-turned">
      ${recoveries.map(
        ({ conversation, cause, from, to, step, at }) => html`<li>
          <button class="plain" type="button" @click=${() => this.#open(conversation)}>${causeWords(cause)}</button>
          <span class="turned-from">${whole(from)} → ${whole(to)}</span>
          <span class="quiet">${step ? `after: ${STEP_WORDS[step] ?? step}` : "no step was seen before it"} · ${clock(at)}</span>
        </li>`,
      )}
    </ul>`;
  }

  /** @param {string} conversation */
  #open(conversation) {
    this.dispatchEvent(new CustomEvent("steadyhand-open", { detail: { conversation }, bubbles: true, composed: true }));
  }

  /** @param {string} label @param {readonly (readonly [string, string])[]} options @param {string} chosen @param {(value: string) => void} pick */
  #choice(label, options, chosen, pick) {
    return html`<label class="team-choice"
      ><span>${label}</span
      ><select @change=${(/** @type {Event} */ { target }) => pick(/** @type {HTMLSelectElement} */ (target).value)}>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
      </select></label
    >`;
  }
}

/** @param {TeamView} view */
function causeList({ hours }) {
  const found = causes(hours, CAUSES);
  if (!found.length) return html`<p class="quiet">No chat began in these hours.</p>`;
  const most = found[0].count;
  return html`<ul role="list" class="team-causes">
    ${found.map(
      ({ cause, count }) => html`<li>
        <span>${causeWords(cause)}</span>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=${(100 * count) / most} height="8" /></svg>
        <span class="team-count">${count}</span>
      </li>`,
    )}
  </ul>`;
}

/** @param {TeamView} view */
function load({ load: carried, why }) {
  if (!carried) return html`<p class="quiet">${icon("users")}Not told: ${why}.</p>`;
  return html`<dl class="team-load">
      <div><dt>Chats for each agent</dt><dd>${carried.chats_each}</dd></div>
      <div><dt>Tense or critical</dt><dd>${percent(carried.tense)}</dd></div>
    </dl>
    <p class="quiet">${carried.agents} agents in the last whole hour, rounded. It counts what was written to them; how anybody feels is not read.</p>`;
}

/** @param {TeamView} view */
function table({ hours }) {
  return html`<table>
    <thead><tr><th scope="col">From</th><th scope="col">Chats</th>${BANDS.map((band) => html`<th scope="col">${BAND_WORDS[band]}</th>`)}<th scope="col">Mean tension</th><th scope="col">Escalated</th><th scope="col">Turned around</th></tr></thead>
    <tbody>
      ${hours.map(
        (hour) => html`<tr>
          <th scope="row"><time datetime=${hour.start}>${clock(hour.start)}</time></th>
          <td>${hour.chats}</td>
          ${BANDS.map((band) => html`<td>${hour.by_band[band]}</td>`)}
          <td>${hour.mean_tension === null ? "–" : whole(hour.mean_tension)}</td>
          <td>${hour.escalated}</td>
          <td>${hour.recovered}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
