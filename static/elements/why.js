/**
 * Why the number is what it is: the words of one message, marked, and on demand what each of them brought and where the tension would be
 * without them. The latest of the customer's by itself; any other one that the agent asks for.
 */

import { html, nothing } from "../vendor/lit.js";
import { evidenceOf, lastHeard, shownText } from "../live/conversation.js";
import { sums } from "../live/marks.js";
import { words } from "../live/strings.js";
import { icon } from "./icon.js";
import { marked, quoted } from "./quote.js";
import { whole } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Message} Message */
/** @typedef {import("../live/conversation.js").Evidence} Evidence */
/** @typedef {import("../live/explain.js").Answer} Answer */
/** @typedef {import("../live/explain.js").Cause} Cause */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {{about: string | null, open: boolean, of: (message: string) => Answer}} Shown `about`: the id of a message other than the latest */
/** @typedef {{fold: (open: boolean) => void, ask: (message: string) => void, back: () => void}} Actions */

const ROWS = 8; // the weightiest; more is a report
const KINDS = 3; // in one line

/**
 * The words are always there; rules and points unfold.
 * @param {View} view
 * @param {Shown} shown
 * @param {Actions} actions
 * @param {Words} [t]
 */
export function why(view, shown, actions, t = words("en")) {
  const latest = lastHeard(view);
  const message = view.messages.find(({ id }) => id === shown.about) ?? latest;
  if (!message) return nothing;
  const evidence = weighty(message, view, latest);
  return html`<details class="why" .open=${shown.open} @toggle=${(/** @type {Event} */ { target }) => actions.fold(/** @type {HTMLDetailsElement} */ (target).open)}>
    <summary>
      <span class="sums">${icon("chevron-right")}<b>${t("why.label")}</b>${summary(evidence, t)}</span>
      <span class="heard" dir="auto">${message.deleted ? t("why.deleted") : marked(shownText(message), evidence)}</span>
    </summary>
    ${shown.open ? reasons(message, evidence, shown, actions, { t, latest }) : nothing}
  </details>`;
}

/** @param {Message} message @param {View} view @param {Message} [latest] @returns {readonly Evidence[]} */
function weighty(message, view, latest) {
  if (message.id === latest?.id) return evidenceOf(view).filter((one) => one.message === message.id);
  return message.reading?.evidence ?? [];
}

/**
 * @param {Message} message
 * @param {readonly Evidence[]} evidence
 * @param {Shown} shown
 * @param {Actions} actions
 * @param {{t: Words, latest: Message | undefined}} room
 */
function reasons(message, evidence, { of }, actions, { t, latest }) {
  const answer = of(message.id);
  return html`<p class="whose">
      <span class="quiet">${t.or(`role.${message.role}`, message.role)} ${t.time(message.at)}</span>
      ${message.id === latest?.id ? nothing : html`<button type="button" class="small" @click=${actions.back}>${t("why.latest")}</button>`}
    </p>
    <div class="points" aria-busy=${answer.state === "reading"}>
      ${answer.explanation ? explained(answer.explanation, t) : guessed(evidence, t)}
    </div>
    ${standing(message.id, answer, actions, t)}`;
}

/**
 * What the server worked out: each point, and the tension without it.
 * @param {import("../live/explain.js").Explanation} explanation
 * @param {Words} t
 */
function explained({ points, without, tension }, t) {
  return html`<ul>
      ${points.slice(0, ROWS).map((one) => row(one, t))}
    </ul>
    <p class="total">
      ${t("why.after", { n: whole(tension) })} · <b>${t("why.without_message", { n: whole(without) })}</b>
    </p>`;
}

/** Until then: what came with the message. @param {readonly Evidence[]} evidence @param {Words} t */
function guessed(evidence, t) {
  const heavy = evidence.filter(({ points }) => points).slice(0, ROWS);
  if (!heavy.length) return nothing;
  return html`<ul>
    ${heavy.map((one) => row(one, t))}
  </ul>`;
}

/** @param {Pick<Evidence, "kind" | "text" | "rule" | "points"> & {without?: number}} evidence @param {Words} t */
function row({ kind, text, rule, points, without }, t) {
  return html`<li>
    <span class="because">${quoted(text)}</span>
    <span class="points-of">${points ? signed(points, t) : nothing}</span>
    <span class="rule quiet">${spelled(kind, t)}${rule && rule !== kind ? html` · ${plain(rule)}` : nothing}</span>
    <span class="without quiet">${without === undefined ? nothing : t("why.without", { n: whole(without) })}</span>
  </li>`;
}

/**
 * How the explanation stands; one line, whatever it says.
 * @param {string} message
 * @param {Answer} answer
 * @param {Actions} actions
 * @param {Words} t
 */
function standing(message, { state, explanation, fault }, { ask }, t) {
  const again = html`<button type="button" class="small" @click=${() => ask(message)}>${t("why.again")}</button>`;
  if (state === "reading") return html`<p class="standing quiet" role="status">${t("why.reading")}</p>`;
  if (state === "offline") return html`<p class="standing quiet">${t("why.offline")} ${again}</p>`;
  if (state === "failed") return html`<p class="standing quiet"><span>${t("why.failed")} ${fault ?? nothing}</span> ${again}</p>`;
  if (state === "ready" && !explanation?.points.length) return html`<p class="standing quiet">${t("why.none")}</p>`;
  return nothing;
}

/** @param {readonly Evidence[]} evidence @param {Words} t */
function summary(evidence, t) {
  const heavy = sums(evidence).filter(({ points }) => Math.round(points)).slice(0, KINDS);
  if (!heavy.length) return html`<span class="quiet">${t("why.nothing")}</span>`;
  return heavy.map(({ kind, points }) => html`<span class="quiet">${spelled(kind, t)} ${signed(Math.round(points), t)}</span>`);
}

/** @param {string} kind of a cue @param {Words} t */
function spelled(kind, t) {
  return t.or(`kind.${kind}`, plain(kind));
}

/** @param {string} name of a rule or a signal, as the tables spell it */
function plain(name) {
  return name.replaceAll(/[_.]/gu, " ");
}

/** @param {number} points @param {Words} t */
function signed(points, t) {
  return points > 0 ? `+${t.number(points)}` : `−${t.number(Math.abs(points))}`;
}
