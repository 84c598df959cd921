/** Up to three phrases, ready to go into the reply box; the most legible thing in the sidebar. */

import { html, nothing } from "../vendor/lit.js";
import { icon } from "./icon.js";
import { badge } from "./instructions.js";
import { quoted } from "./quote.js";
import { STEP_WORDS } from "./checklist.js";

/** @typedef {import("../live/conversation.js").Suggestion} Suggestion */
/** @typedef {import("./insertion.js").Outcome} Outcome */
/**
 * @typedef {object} Shown what became of a phrase in this sidebar
 * @property {ReadonlySet<string>} dismissed ids
 * @property {{suggestion: string, outcome: Outcome} | null} last insertion
 * @property {string} [reason] that already stands above the phrases
 * @property {readonly string[]} [quotes] the customer's words that speak for it
 */
/** @typedef {{aim: (s: Suggestion) => void, insert: (s: Suggestion, event: MouseEvent) => void, dismiss: (s: Suggestion) => void}} Actions */

export const MOST = 3;
const QUOTES = 2; // a glance, not a list

/** @type {Record<Outcome["how"], string>} */
const OUTCOMES = {
  native: "In the reply box",
  draft: "Added to the draft",
  paste: "Pasted into the reply box",
  clipboard: "Copied: paste it in the reply box",
  select: "Not copied: press Ctrl+C below",
  moved: "Not inserted: another chat is open",
  none: "Not inserted",
};

/**
 * @param {readonly Suggestion[]} suggestions
 * @param {Shown} shown
 * @param {Actions} actions
 */
export function phrases(suggestions, shown, actions) {
  return html`<ol class="phrases" aria-label="Phrases to send">
    ${suggestions.slice(0, MOST).map((suggestion, index) => {
      const quotes = spoken(suggestion, suggestions[index - 1]);
      return html`<li>${phrase(suggestion, index + 1, { ...shown, quotes }, actions)}</li>`;
    })}
  </ol>`;
}

/**
 * @param {Suggestion} suggestion
 * @param {number} number
 * @param {Shown} shown
 * @param {Actions} actions
 */
function phrase(suggestion, number, shown, actions) {
  if (shown.dismissed.has(suggestion.id)) return html`<p class="dismissed">Dismissed</p>`;
  const outcome = shown.last?.suggestion === suggestion.id ? shown.last.outcome : null;
  return html`<button
      type="button"
      class="phrase"
      aria-keyshortcuts="Alt+${number}"
      @pointerdown=${() => actions.aim(suggestion)}
      @click=${(/** @type {MouseEvent} */ event) => actions.insert(suggestion, event)}
    >
      <span class="kind" ?data-done=${outcome?.ok} ?data-failed=${outcome && !outcome.ok}>
        ${outcome
          ? html`${icon(outcome.ok ? "check" : "info")}<b>${OUTCOMES[outcome.how]}</b>`
          : html`${suggestion.critical ? badge() : nothing}${STEP_WORDS[suggestion.step] ?? suggestion.step} · ${suggestion.tone}<kbd>Alt ${number}</kbd>`}
      </span>
      <span class="words" dir="auto">${withGaps(suggestion)}</span>
      <span class="reason">${reason(suggestion, shown)}</span>
    </button>
    <button type="button" class="dismiss" aria-label="Dismiss phrase ${number}" title="Dismiss" @click=${() => actions.dismiss(suggestion)}>
      ${icon("x")}
    </button>
    ${outcome?.how === "select" ? byHand(suggestion.text) : nothing}`;
}

/**
 * The text with its unfilled slots drawn as gaps.
 * @param {{text: string, missing: readonly string[]}} suggestion
 */
export function withGaps({ text, missing }) {
  const gaps = new Set((missing ?? []).map((slot) => `[${slot}]`));
  return text.split(/(\[[^[\]]*\])/u).map((part) => (gaps.has(part) ? html`<span class="gap" title="To be filled in">${part}</span>` : part));
}

/**
 * The words that caused it, then the rule's reason unless it is the one that everything here has.
 * @param {Suggestion} suggestion
 * @param {Shown} shown
 */
function reason({ why }, { quotes = [], reason: given }) {
  return html`${quotes.map((words) => html`${quoted(words)} `)}${why?.reason === given ? nothing : why?.reason}`;
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

/** Last resort where the browser gives no clipboard: the text, selected. @param {string} text */
function byHand(text) {
  return html`<textarea class="by-hand" readonly rows="3" aria-label="Phrase to copy" .value=${text}></textarea>`;
}
