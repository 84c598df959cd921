/** The meter: how tense it is (number, word, shape and colour), where it is going, and how it came there. */

import { html, nothing } from "../vendor/lit.js";
import { words } from "../live/strings.js";
import { notable, turns } from "../live/turns.js";
import { drawing, timeline, turnLine } from "./timeline.js";
import { bandShape, trendIcon, whole } from "./words.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/conversation.js").Point} Point */
/** @typedef {import("./timeline.js").Walk} Walk */

/**
 * @param {View} view
 * @param {import("../live/strings.js").Words} [t]
 * @param {Walk} [walk] where the turns can be walked; else the course is a picture
 */
export function meter({ state, history, messages }, t = words("en"), walk) {
  const { tension = 0, band = "calm", trend = "steady" } = state ?? {};
  const all = turns(history, messages);
  const current = all.find(({ seq }) => seq === walk?.chosen) ?? notable(all);
  return html`<section class="meter" aria-label=${t("meter.label")} data-band=${state ? band : nothing} @pointerleave=${leave(walk)}>
    <p class="reading">
      <span class="number">${state ? whole(tension) : nothing}</span>
      <span class="band">${state ? html`${bandShape(band)}${t(`band.${band}`)}` : nothing}</span>
      <span class="trend">${state ? html`${trendIcon(trend)}${t(`trend.${trend}`)}` : nothing}</span>
    </p>
    ${!state ? nothing : walk && all.length ? timeline(all, current, walk, t) : picture(history, drawing(all), t)}
    ${walk ? turnLine(state ? current : undefined, walk, t) : nothing}
  </section>`;
}

/** @param {readonly Point[]} history @param {unknown} course @param {import("../live/strings.js").Words} t */
function picture(history, course, t) {
  const [first, last] = [history[0], history.at(-1)].map((point) => whole(point?.tension ?? 0));
  const label = history.length < 2 ? t("meter.none") : t("meter.course", { n: history.length, first, last });
  return html`<div class="timeline" role="img" aria-label=${label}>${course}</div>`;
}

/** A finger leaves whenever it lifts: only a mouse takes its choice with it. @param {Walk} [walk] */
function leave(walk) {
  return (/** @type {PointerEvent} */ { pointerType }) => pointerType === "mouse" && walk?.choose(null);
}
