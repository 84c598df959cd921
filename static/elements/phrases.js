/** Up to three phrases, ready to go into the reply box; the most legible thing in the sidebar. */

import { html, live, nothing, repeat } from "../vendor/lit.js";
import { approach, gaps } from "../live/approach.js";
import { icon } from "./icon.js";
import { badge } from "./instructions.js";
import { quoted } from "./quote.js";
import { reasons } from "./verdicts.js";

/** @typedef {import("../live/conversation.js").Suggestion} Suggestion */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("./insertion.js").Outcome} Outcome */
/**
 * @typedef {object} Shown what became of the phrases in this sidebar
 * @property {ReadonlySet<string>} dismissed ids
 * @property {ReadonlySet<string>} told ids of those whose reason was picked, too
 * @property {{suggestion: string, outcome: Outcome, text: string} | null} last insertion
 * @property {{suggestion: string, text: string} | null} edited the one that is being changed
 * @property {Readonly<Record<string, Readonly<Record<string, string>>>>} typed into gaps, by id and slot
 */
/** @typedef {{reason?: string, step?: string | null, facts?: Record<string, unknown>, caps?: import("../hosts/bridge.js").Capabilities | null}} Around what stands above the phrases already, the facts of the chat, what the host can do */
/**
 * @typedef {object} Actions
 * @property {(s: Suggestion) => void} aim
 * @property {(s: Suggestion, event: MouseEvent) => void} insert
 * @property {(s: Suggestion) => void} edit
 * @property {(text: string) => void} write into the box of the edited one
 * @property {() => void} put the edited text into the reply box
 * @property {() => void} leave it as it was
 * @property {(s: Suggestion, slot: string, text: string) => void} fill
 * @property {(s: Suggestion) => void} dismiss
 * @property {(s: Suggestion, reason: string) => void} reason
 * @property {(s: Suggestion | null) => void} hold while a card is written in it stays; null lets go
 */
/** @typedef {{shown: Shown, around: Around, actions: Actions, t: Words, all: readonly Suggestion[]}} Room */

export const MOST = 3;
const QUOTES = 2; // a glance, not a list

/**
 * @param {readonly Suggestion[]} suggestions
 * @param {Shown} shown
 * @param {Around} around
 * @param {Actions} actions
 * @param {Words} t
 */
export function phrases(suggestions, shown, around, actions, t) {
  const all = suggestions.slice(0, MOST);
  const room = { shown, around, actions, t, all };
  return html`<ol class="phrases" aria-label=${t("phrases.label")}>
    ${repeat(all, ({ id }) => id, (suggestion, index) => html`<li data-id=${suggestion.id}>${card(suggestion, index, room)}</li>`)}
  </ol>`;
}

/** @param {Suggestion} suggestion @param {number} index @param {Room} room */
function card(suggestion, index, room) {
  const { shown } = room;
  if (shown.dismissed.has(suggestion.id)) return putAway(suggestion, room);
  return shown.edited?.suggestion === suggestion.id ? rewording(suggestion, index + 1, room) : phrase(suggestion, index, room);
}

/** @param {Suggestion} suggestion @param {number} index @param {Room} room */
function phrase(suggestion, index, { shown, around, actions, t, all }) {
  const number = index + 1;
  const outcome = shown.last?.suggestion === suggestion.id ? shown.last.outcome : null;
  return html`<div class="phrase">
      <p class="kind" ?data-done=${outcome?.ok} ?data-failed=${outcome && !outcome.ok}>
        ${outcome ? html`${icon(outcome.ok ? "check" : "info")}<b>${went(outcome, around, t)}</b>` : kind(suggestion, around, t)}
      </p>
      <button
        type="button"
        class="insert"
        aria-label=${t(byCopy(around) ? "phrase.copies" : "phrase.insert", { n: number })}
        aria-describedby="words-${number}"
        aria-keyshortcuts="Alt+${number}"
        @pointerdown=${() => actions.aim(suggestion)}
        @click=${(/** @type {MouseEvent} */ event) => actions.insert(suggestion, event)}
      >
        <kbd>Alt ${number}</kbd>
      </button>
      <button type="button" class="edit" aria-label=${t("phrase.edit", { n: number })} title="${t("phrase.edit", { n: number })} (Alt E)" @click=${() => actions.edit(suggestion)}>
        ${icon("pencil")}
      </button>
      <button type="button" class="dismiss" aria-label=${t("phrase.dismiss", { n: number })} title="${t("phrase.dismiss", { n: number })} (Alt D)" @click=${() => actions.dismiss(suggestion)}>
        ${icon("x")}
      </button>
      <p class="words" id="words-${number}" dir="auto">${withFields(suggestion, shown.typed[suggestion.id] ?? {}, actions, t)}</p>
      <p class="reason">${reason(suggestion, all[index - 1], { around, all, t })}</p>
    </div>
    ${outcome?.how === "select" ? byHand(shown.last?.text ?? suggestion.text, t) : nothing}`;
}

/** Nobody is promised a reply box that the host does not open. @param {Pick<Around, "caps">} around */
export function byCopy({ caps }) {
  return caps?.insert === "clipboard" || caps?.insert === "none";
}

/** @param {Outcome} outcome @param {Around} around @param {Words} t */
function went({ how }, { caps }, t) {
  return t(how === "clipboard" && caps?.visibleBesideChat === false ? "insert.clipboard.away" : `insert.${how}`);
}

/** What it sounds like, and the step where it is another one than the advice names. @param {Suggestion} suggestion @param {Around} around @param {Words} t */
function kind({ tone, step, critical }, { step: next }, t) {
  return html`${critical ? badge(t) : nothing}<b>${t.or(`tone.${tone}`, tone)}</b>
    <span class="quiet">${step === next ? t.or(`tone.${tone}.does`, "") : t.or(`step.${step}`, step)}</span>`;
}

/**
 * The text with a small field in the place of each missing fact.
 * @param {Suggestion} suggestion
 * @param {Readonly<Record<string, string>>} typed
 * @param {Actions} actions
 * @param {Words} t
 */
function withFields(suggestion, typed, actions, t) {
  return gaps(suggestion).map(({ text, slot }) => (slot ? field(suggestion, slot, typed[slot] ?? "", actions, t) : text));
}

/**
 * @param {Suggestion} suggestion
 * @param {string} slot
 * @param {string} value
 * @param {Actions} actions
 * @param {Words} t
 */
function field(suggestion, slot, value, { fill, hold }, t) {
  const name = t.or(`slot.${slot}`, slot.replaceAll("_", " "));
  return html`<input
    class="gap"
    dir="auto"
    autocomplete="off"
    maxlength="200"
    size=${Math.max(4, name.length)}
    placeholder=${name}
    aria-label="${t("phrase.gap")}: ${name}"
    .value=${live(value)}
    @focus=${() => hold(suggestion)}
    @blur=${() => hold(null)}
    @input=${(/** @type {InputEvent} */ { target }) => fill(suggestion, slot, /** @type {HTMLInputElement} */ (target).value)}
  />`;
}

/**
 * What sets it apart, the customer's words behind it, then the rule's reason unless it is the one that everything here has.
 * @param {Suggestion} suggestion
 * @param {Suggestion | undefined} above
 * @param {{around: Around, all: readonly Suggestion[], t: Words}} room
 */
function reason(suggestion, above, { around, all, t }) {
  const { asks, shortest, uses } = approach(suggestion, all, around.facts);
  const names = uses.map((slot) => t.or(`slot.${slot}`, slot.replaceAll("_", " "))).join(", ");
  const traits = [asks && t("phrase.asks"), shortest && t("phrase.short"), names && t("phrase.uses", { names })].filter(Boolean);
  const own = suggestion.why?.reason === around.reason ? "" : suggestion.why?.reason;
  return html`${traits.length ? html`<span>${traits.join(" · ")}</span> ` : nothing}${spoken(suggestion, above).map((words) => html`${quoted(words)} `)}${own}`;
}

/** The same card with its words in a box. @param {Suggestion} suggestion @param {number} number @param {Room} room */
function rewording(suggestion, number, { shown, around, actions, t, all }) {
  return html`<div class="phrase" data-edited>
    <p class="kind">${kind(suggestion, around, t)}</p>
    <button type="button" class="small first" @click=${actions.put}>${t(byCopy(around) ? "phrase.take" : "phrase.put")}<kbd>Ctrl ↵</kbd></button>
    <button type="button" class="small" @click=${actions.leave}>${t("phrase.leave")}<kbd>Esc</kbd></button>
    <textarea
      class="words"
      dir="auto"
      aria-label=${t("phrase.box", { n: number })}
      .value=${live(shown.edited?.text ?? "")}
      @input=${(/** @type {InputEvent} */ { target }) => actions.write(/** @type {HTMLTextAreaElement} */ (target).value)}
    ></textarea>
    <p class="reason">${reason(suggestion, all[number - 2], { around, all, t })}</p>
  </div>`;
}

/** In the card's own place, so that nothing moves: why not, in one click. @param {Suggestion} suggestion @param {Room} room */
function putAway(suggestion, { shown, actions, t }) {
  const asked = !shown.told.has(suggestion.id);
  return html`<div class="dismissed" tabindex="-1">
    <p>${t("phrase.dismissed")}${asked ? html` · ${t("verdict.why")}` : nothing}</p>
    ${asked ? reasons("dismissed", { pick: (reason) => actions.reason(suggestion, reason) }, t) : nothing}
  </div>`;
}

/**
 * The text with its unfilled slots drawn as gaps, where nothing can be filled in.
 * @param {{text: string, missing?: readonly string[]}} suggestion
 */
export function withGaps(suggestion) {
  return gaps(suggestion).map(({ text, slot }) => (slot ? html`<span class="gap">${text}</span>` : text));
}

/**
 * The customer's words behind a phrase, none that stands within another; said once where the phrase above has the same.
 * @param {Suggestion} suggestion
 * @param {Suggestion} [above]
 */
function spoken(suggestion, above) {
  const mine = quotesOf(suggestion);
  return above && quotesOf(above).join() === mine.join() ? [] : mine;
}

/** @param {Suggestion} suggestion */
function quotesOf({ why }) {
  const words = [...new Set((why?.evidence ?? []).map(({ text }) => text))];
  return words.filter((text) => !words.some((other) => other !== text && other.includes(text))).slice(0, QUOTES);
}

/** Last resort where the browser gives no clipboard: the text, selected. @param {string} text @param {Words} t */
function byHand(text, t) {
  return html`<textarea class="by-hand" readonly rows="3" aria-label=${t("phrase.copy")} .value=${text}></textarea>`;
}
