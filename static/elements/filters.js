/** What stands above the board: the views, the bands, a search, and behind "Filters" what else narrows, orders and groups it. */

import { html, live, nothing } from "../vendor/lit.js";
import { BANDS } from "../live/board.js";
import { FIELDS, GROUPS, ORDERS, VIEWS, WAITINGS, narrows } from "../live/query.js";
import { icon } from "./icon.js";
import { BAND_WORDS, bandShape, causeWords } from "./words.js";

/** @typedef {import("../live/query.js").Query} Query */
/** @typedef {import("../live/query.js").Field} Field */
/** @typedef {import("../live/floor.js").Choice} Choice */
/** @typedef {(query: Query, again?: boolean) => void} Ask `again`: a change of the same kind as the one before, as while typing */
/** @typedef {{found: number, total: number, counts: Record<import("../live/board.js").Band, number>, choices: Record<Field, Choice[]>, held: boolean}} Seen */

/** @type {Record<string, string>} */
const VIEW_WORDS = { now: "Now", time: "Over time", table: "Table", team: "Team" };
/** @type {Record<string, string>} */
const ORDER_WORDS = { priority: "Where to step in", tension: "Tension", waiting: "Waiting" };
/** @type {Record<string, string>} */
const GROUP_WORDS = { "": "No groups", team: "Team", cause: "Cause" };
/** @type {Record<Field, [string, string]>} */
const FIELD_WORDS = {
  team: ["Team", "All teams"],
  agent: ["Agent", "All agents"],
  cause: ["Cause", "All causes"],
  channel: ["Channel", "All channels"],
  language: ["Language", "All languages"],
};

/** @param {Query} query @param {Ask} ask */
export function tabs(query, ask) {
  return html`<div class="views" role="tablist" aria-label="Views" @keydown=${(/** @type {KeyboardEvent} */ event) => step(event, query, ask)}>
    ${VIEWS.map(
      (view) => html`<button
        class="view"
        type="button"
        role="tab"
        id="view-${view}"
        aria-selected=${view === query.view ? "true" : "false"}
        aria-controls=${view === "team" ? "team-pane" : "floor"}
        tabindex=${view === query.view ? 0 : -1}
        @click=${() => ask({ ...query, view })}
      >
        ${VIEW_WORDS[view]}
      </button>`,
    )}
  </div>`;
}

/** @param {KeyboardEvent} event @param {Query} query @param {Ask} ask */
function step(event, query, ask) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const view = VIEWS[(VIEWS.indexOf(query.view) + by + VIEWS.length) % VIEWS.length];
  ask({ ...query, view });
  document.getElementById(`view-${view}`)?.focus();
}

/** @param {Query} query @param {Seen} seen @param {{ask: Ask, widen: () => void}} to */
export function filters(query, seen, { ask, widen }) {
  const chosen = FIELDS.filter((field) => query.only[field]).length + (query.waiting ? 1 : 0);
  return html`<div class="filters" role="group" aria-label="Show only these bands">
      ${BANDS.map((band) => bandFilter(band, query, seen, ask))}
    </div>
    <label class="search"
      >${icon("search")}<span class="unseen">Search customer, agent or id</span
      ><input
        type="search"
        placeholder="Customer, agent or id"
        .value=${live(query.q)}
        @input=${(/** @type {InputEvent} */ { target }) => ask({ ...query, q: valueOf(target) }, Boolean(query.q))}
    /></label>
    <details class="more-filters" @keydown=${leaveSheet}>
      <summary>Filters${chosen ? html` <span class="chosen">${chosen}</span>` : nothing}${icon("chevron-down")}</summary>
      <div class="filter-sheet">${sheet(query, seen, ask)}</div>
    </details>
    <p class="found">
      <span class="held" ?data-on=${seen.held}>order held</span>
      ${narrows(query) ? html`${count(seen.found)} of ${count(seen.total)}` : html`${count(seen.total)} live`}
    </p>
    ${narrows(query) ? html`<button class="plain" type="button" @click=${widen}>Clear</button>` : nothing}`;
}

/** Escape closes the sheet, and nothing else. @param {KeyboardEvent} event */
function leaveSheet(event) {
  const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== "Escape" || !details.open) return;
  event.preventDefault();
  details.open = false;
  details.querySelector("summary")?.focus();
}

/** @param {import("../live/board.js").Band} band @param {Query} query @param {Seen} seen @param {Ask} ask */
function bandFilter(band, query, seen, ask) {
  const on = query.bands.includes(band);
  const bands = on ? query.bands.filter((one) => one !== band) : BANDS.filter((one) => one === band || query.bands.includes(one));
  return html`<button class="filter" type="button" data-band=${band} aria-pressed=${on ? "true" : "false"} @click=${() => ask({ ...query, bands })}>
    ${bandShape(band)}<span class="filter-count">${count(seen.counts[band])}</span> <span class="filter-word">${BAND_WORDS[band]}</span>
  </button>`;
}

/** @param {Query} query @param {Seen} seen @param {Ask} ask */
function sheet(query, seen, ask) {
  const waitings = WAITINGS.map((minutes) => ({ value: String(minutes), words: minutes ? `over ${minutes} min` : "Any waiting time" }));
  return html`${FIELDS.map((field) => fieldFilter(field, query, seen.choices[field], ask))}
    ${choice("Waiting", waitings, String(query.waiting), (value) => ask({ ...query, waiting: Number(value) }))}
    ${choice("Order", wordsOf(ORDERS, ORDER_WORDS), query.order, (value) => ask({ ...query, order: /** @type {Query["order"]} */ (value) }))}
    ${choice("Group by", wordsOf(GROUPS, GROUP_WORDS), query.group, (value) => ask({ ...query, group: /** @type {Query["group"]} */ (value) }))}
    <button class="plain copy-view" type="button" @click=${copyLink}>${icon("copy")}<span>Copy link to this view</span></button>`;
}

/** @param {Field} field @param {Query} query @param {readonly Choice[]} choices @param {Ask} ask */
function fieldFilter(field, query, choices, ask) {
  const chosen = query.only[field];
  const there = choices.map(({ value, count: n }) => ({ value, words: `${worded(field, value)} (${count(n)})` }));
  if (chosen && !choices.some(({ value }) => value === chosen)) there.push({ value: chosen, words: `${worded(field, chosen)} (0)` });
  const [label, all] = FIELD_WORDS[field];
  return choice(label, [{ value: "", words: all }, ...there], chosen, (value) => ask({ ...query, only: { ...query.only, [field]: value } }));
}

/** @param {Field} field @param {string} value */
function worded(field, value) {
  return field === "cause" ? causeWords(value) : value;
}

/** @param {readonly string[]} values @param {Record<string, string>} words */
function wordsOf(values, words) {
  return values.map((value) => ({ value, words: words[value] }));
}

/**
 * @param {string} label
 * @param {readonly {value: string, words: string}[]} options
 * @param {string} chosen
 * @param {(value: string) => void} pick
 */
function choice(label, options, chosen, pick) {
  return html`<label class="choice"
    ><span>${label}</span
    ><select @change=${(/** @type {Event} */ { target }) => pick(valueOf(target))}>
      ${options.map(({ value, words }) => html`<option value=${value} ?selected=${value === chosen} .selected=${live(value === chosen)}>${words}</option>`)}
    </select></label
  >`;
}

/** The button says whether it is copied; what cannot be copied stands in the address bar anyway. @param {Event} event */
async function copyLink({ currentTarget }) {
  const words = /** @type {HTMLElement} */ (currentTarget).querySelector("span");
  const done = await navigator.clipboard.writeText(location.href).then(() => true, () => false);
  if (!words) return;
  words.textContent = done ? "Copied" : "Copy it from the address bar";
  setTimeout(() => (words.textContent = "Copy link to this view"), 2_000);
}

/** @param {EventTarget | null} target */
function valueOf(target) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (target).value;
}

/** @param {number} n */
function count(n) {
  return n.toLocaleString("en");
}
