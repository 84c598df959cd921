/**
 * The coach: what in the draft may heat the chat, a better wording to take with a click, and the tension to expect after it.
 * Rule: it advises; nothing is held back, and nothing is changed that was not clicked.
 */

import { bandOf } from "../live/band.js";
import { html, nothing, svg } from "../vendor/lit.js";
import { MOST, replaced } from "../live/draft.js";
import { pieces } from "../live/marks.js";
import { icon } from "./icon.js";
import { quoted } from "./quote.js";

/** @typedef {import("../live/draft.js").DraftView} DraftView */
/** @typedef {import("../live/draft.js").Review} Review */
/** @typedef {import("../live/draft.js").Remark} Remark */
/** @typedef {import("../live/draft.js").Effect} Effect */
/** @typedef {import("../live/draft.js").Because} Because */
/** @typedef {import("../live/draft.js").Rewritten} Rewritten */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{draft: DraftView, tension: number | null, note: string}} Props `tension` of the chat now; `note` a key of the catalogue, what became of the last click */
/** @typedef {{write: (text: string) => void, rewrite: (manner: string) => void, take: (text: string) => void, leave: () => void}} Actions */

const MANNERS = ["friendlier", "formal", "shorter", "firmer"];
const WORDS_SHOWN = 4; // that make the difference; more is a report
const ALTERNATIVES = 2;
const SHARE = 0.05; // of a point: less than this is no difference worth a word

/**
 * @param {Props} props
 * @param {Actions} actions
 * @param {Words} t
 */
export function coachPanel(props, actions, t) {
  const { draft, tension } = props;
  const current = draft.review?.text === draft.text;
  return html`<section class="coach" aria-label=${t("coach.label")} ?data-stale=${draft.review && !current}>
    <h3>${t("coach.label")}<span class="quiet">${standing(props, t)}</span></h3>
    ${draft.where === "own" ? box(draft.text, actions, t) : nothing}
    ${draft.over ? html`<p class="fault">${t("coach.too_long", { n: draft.over, most: MOST })}</p>` : nothing}
    ${draft.text.trim() && !draft.over ? manners(actions, t) : nothing}
    ${draft.rewritten ? rewritten(draft.rewritten, actions, t) : nothing}
    ${draft.review ? html`${remarks(draft.review, current, actions, t)}${effects(draft.review, tension, actions, t)}` : nothing}
  </section>`;
}

/**
 * The same in one line, for the foot: while the agent writes in the host's box, the panel may be out of sight.
 * @param {Props} props
 * @param {{open: () => void}} actions brings the panel into sight
 * @param {Words} t
 */
export function coachLine(props, { open }, t) {
  const { draft } = props;
  if (draft.where === "own" || !draft.text.trim()) return nothing;
  const { effect } = draft.review ?? {};
  return html`<button type="button" class="coach-line" @click=${open}>
    ${icon("pencil")}<b>${t("coach.label")}</b>
    <span class="quiet">${draft.over ? t("coach.too_long", { n: draft.over, most: MOST }) : standing(props, t)}</span>
    ${effect ? html`<span class="span" data-band=${bandOf(effect.expected)}>${span(effect, t)}</span>` : nothing}
  </button>`;
}

/** How it stands, in a word or two. @param {Props} props @param {Words} t */
function standing({ draft, note }, t) {
  const { text, over, offline, fault, reading, review } = draft;
  if (note) return t(note);
  if (over) return nothing;
  if (offline) return t("coach.offline");
  if (fault) return fault;
  if (!text.trim()) return t("coach.empty");
  if (reading || review?.text !== text) return t("coach.reading");
  return review.remarks.length ? t("coach.remarks", { n: review.remarks.length }) : t("coach.clear");
}

/** Only where the host tells nothing of its own. @param {string} text @param {Actions} actions @param {Words} t */
function box(text, { write }, t) {
  const written = (/** @type {InputEvent} */ { target }) => write(/** @type {HTMLTextAreaElement} */ (target).value);
  return html`<textarea class="draft" dir="auto" rows="3" aria-label=${t("coach.box")} placeholder=${t("coach.placeholder")}
    .value=${text} @input=${written}></textarea>`;
}

/** @param {Actions} actions @param {Words} t */
function manners({ rewrite }, t) {
  return html`<p class="manners" role="group" aria-label=${t("rewrite.label")}>
    ${MANNERS.map((manner) => html`<button type="button" class="small" @click=${() => rewrite(manner)}>${t(`rewrite.${manner}`)}</button>`)}
  </p>`;
}

/** @param {Rewritten} found @param {Actions} actions @param {Words} t */
function rewritten({ of, text, changes, because }, { take, leave }, t) {
  if (text === null) {
    return html`<p class="rewritten"><span class="quiet">${t("rewrite.none", { because })}</span>
      <button type="button" class="small" @click=${leave}>${t("rewrite.leave")}</button></p>`;
  }
  return html`<div class="rewritten" role="group" aria-label=${t("rewrite.result")}>
    <p class="wording" dir="auto">${changed(of, changes)}</p>
    <p class="choice">
      <button type="button" class="small first" @click=${() => take(text)}>${icon("check")}${t("rewrite.take")}</button>
      <button type="button" class="small" @click=${leave}>${t("rewrite.leave")}</button>
    </p>
  </div>`;
}

/**
 * The new text with what was taken out and put in marked; what is in no change stands as it was.
 * @param {string} text as it was
 * @param {readonly import("../live/draft.js").Change[]} changes of it, in order, none over another
 */
function changed(text, changes) {
  const points = Array.from(text);
  let at = 0;
  const parts = changes.map(({ start, end, was, now }) => {
    const before = points.slice(at, start).join("");
    at = end;
    return html`${before}${was.trim() ? html`<del>${was}</del>${now.trim() ? " " : nothing}` : was}${now.trim() ? html`<ins>${now}</ins>` : now}`;
  });
  return [...parts, points.slice(at).join("")];
}

/** @param {Review} review @param {boolean} current @param {Actions} actions @param {Words} t */
function remarks({ text, remarks: found }, current, { take }, t) {
  const points = Array.from(text);
  return html`<ul class="remarks">
    ${found.map((remark) => html`<li>
      <p>${quoted(points.slice(remark.start, remark.end).join(""))} <span class="quiet">${reason(remark, t)}</span></p>
      ${remark.better
        ? html`<button type="button" class="better" ?disabled=${!current} title=${t("coach.take")} @click=${() => take(replaced(text, remark, remark.better ?? ""))}>
            ${icon("corner-down-left")}<span dir="auto">${remark.better}</span></button>`
        : nothing}
    </li>`)}
  </ul>`;
}

/** The server's own words in English, which may name what this draft says; else the catalogue's. @param {Remark} remark @param {Words} t */
function reason({ kind, reason: said }, t) {
  return t.language === "en" ? said : t.or(`remark.${kind}`, said);
}

/** @param {Review} review @param {number | null} now @param {Actions} actions @param {Words} t */
function effects({ text, effect, because, alternatives }, now, { take }, t) {
  const others = alternatives.slice(0, ALTERNATIVES);
  return html`<div class="effects" role="group" aria-label=${t("effect.label")}>
    <p class="quiet">${t("effect.label")}</p>
    ${bar(t("effect.draft"), effect, now, t)} ${difference(text, because, t)}
    ${others.map((other, index) => html`${bar(t("effect.other", { n: index + 1 }), other.effect, now, t)}
      <button type="button" class="other" title=${t("effect.use")} @click=${() => take(other.text)}>
        <span dir="auto">${weighed(other.text, other.because)}</span></button>`)}
  </div>`;
}

/**
 * A range and not a point: from `low` to `high`, with the likeliest and the tension of now as marks.
 * @param {string} label
 * @param {Effect} effect
 * @param {number | null} now
 * @param {Words} t
 */
function bar(label, { low, expected, high }, now, t) {
  const [from, likely, to] = [low, expected, high].map(Math.round);
  const spoken = t("effect.range", { low: from, high: to, expected: likely, now: now === null ? "–" : Math.floor(now) });
  return html`<div class="effect" data-band=${bandOf(expected)} title=${spoken}>
    <span class="quiet">${label}</span>
    <svg viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label="${label}: ${spoken}">
      <line class="track" x1="0" x2="100" y1="6" y2="6" />
      <line class="range" x1=${low} x2=${Math.max(high, low + 1)} y1="6" y2="6" />
      <line class="likely" x1=${expected} x2=${expected} y1="0" y2="12" />
      ${now === null ? nothing : svg`<line class="present" x1=${now} x2=${now} y1="0" y2="12" />`}
    </svg>
    <span class="span">${span({ low, high }, t)}</span>
  </div>`;
}

/** @param {{low: number, high: number}} effect @param {Words} t */
function span({ low, high }, t) {
  return t("effect.short", { low: Math.round(low), high: Math.round(high) });
}

/** @param {string} text @param {readonly Because[] | undefined} because @param {Words} t */
function difference(text, because, t) {
  const heavy = heaviest(because);
  if (!heavy.length) return nothing;
  return html`<ul class="difference" aria-label=${t("effect.because")}>
    ${heavy.map(({ text: words, points }) => html`<li ?data-worse=${points > 0}>${quoted(words)} <b>${signed(points, t)}</b></li>`)}
  </ul>`;
}

/** An alternative with its weighty words marked. @param {string} text @param {readonly Because[] | undefined} because */
function weighed(text, because) {
  const spans = heaviest(because).map((one) => ({ ...one, message: "" }));
  return pieces(text, spans).map((piece) => (piece.evidence.length ? html`<mark>${piece.text}</mark>` : piece.text));
}

/** @param {readonly Because[] | undefined} because */
function heaviest(because) {
  const felt = (because ?? []).filter(({ points }) => Math.abs(points) >= SHARE);
  return felt.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, WORDS_SHOWN);
}

/** @param {number} points @param {Words} t */
function signed(points, t) {
  return `${points > 0 ? "+" : "−"}${t.number(Math.abs(points))}`;
}
