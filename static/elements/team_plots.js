/** The two plots of the team view, by the hour. Their numbers stand in a table beside them, so to a screen reader they are one picture. */

import { html, nothing, svg } from "../vendor/lit.js";
import { bandOf } from "../live/band.js";
import { line, stack, sum, topOf } from "../live/team.js";
import { BAND_WORDS, clock, whole } from "./words.js";

/** @typedef {import("../live/team.js").Hour} Hour */

const WIDTH = 640;
const HEIGHT = 180;
const [LEFT, BOTTOM, TOP] = [30, 22, 10]; // room for the numbers and the hours
const NUMBER = 14; // px of a part of a bar from which its number is written
const TICKS = 8; // hours written below, at most

/** @param {readonly Hour[]} hours */
export function volumePlot(hours) {
  const top = topOf(hours);
  const each = (WIDTH - LEFT) / hours.length;
  const high = HEIGHT - BOTTOM - TOP;
  const bars = hours.map((hour, index) => {
    const [x, wide] = [LEFT + index * each + each * 0.12, each * 0.76];
    return stack(hour, top).map(({ band, from, height, count }) => {
      const y = HEIGHT - BOTTOM - (from + height) * high;
      const number = height * high >= NUMBER && wide >= NUMBER ? svg`<text class="on-${band}" x=${x + wide / 2} y=${y + (height * high) / 2 + 4}>${count}</text>` : nothing;
      return svg`<g data-band=${band}><rect x=${x} y=${y} width=${wide} height=${Math.max(1, height * high - 1)}><title>${clock(hour.start)}: ${count} ${BAND_WORDS[band].toLowerCase()}</title></rect>${number}</g>`;
    });
  });
  return plot(`${sum(hours, "chats")} chats by hour`, [0, top / 2, top].map((value) => [value / top, value]), hours, svg`${bars}`);
}

/** @param {readonly Hour[]} hours */
export function heatPlot(hours) {
  const each = (WIDTH - LEFT) / hours.length;
  const place = (/** @type {{index: number, level: number}} */ { index, level }) => [LEFT + (index + 0.5) * each, HEIGHT - BOTTOM - (level / 100) * (HEIGHT - BOTTOM - TOP)];
  const paths = line(hours).map((points) => {
    const places = points.map(place);
    const dots = points.map((point, at) => svg`<circle data-band=${bandOf(point.level)} cx=${places[at][0]} cy=${places[at][1]} r="4"><title>${clock(hours[point.index].start)}: ${whole(point.level)}, ${BAND_WORDS[bandOf(point.level)].toLowerCase()}</title></circle>`);
    return svg`<polyline points=${places.map((xy) => xy.join(",")).join(" ")} />${dots}`;
  });
  return plot("Mean tension by hour", [0, 25, 50, 75, 100].map((value) => [value / 100, value]), hours, svg`${paths}`);
}

/** @param {string} label @param {readonly (readonly number[])[]} marks share of the height and value @param {readonly Hour[]} hours @param {unknown} content */
function plot(label, marks, hours, content) {
  const high = HEIGHT - BOTTOM - TOP;
  const each = (WIDTH - LEFT) / hours.length;
  const step = Math.ceil(hours.length / TICKS);
  const lines = marks.map(([share, value]) => {
    const y = HEIGHT - BOTTOM - share * high;
    return svg`<line x1=${LEFT} x2=${WIDTH} y1=${y} y2=${y} /><text class="mark" x=${LEFT - 6} y=${y + 4}>${Number.isInteger(value) ? value : nothing}</text>`;
  });
  const times = hours.map((hour, index) => (index % step ? nothing : svg`<text class="hour" x=${LEFT + (index + 0.5) * each} y=${HEIGHT - 6}>${when(hour.start, hours.length)}</text>`));
  return html`<svg class="team-plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}; the table below has the numbers">${svg`<g class="grid">${lines}${times}</g>${content}`}</svg>`;
}

/** @param {string} start @param {number} hours */
function when(start, hours) {
  return hours > 24 ? new Date(start).toLocaleDateString([], { weekday: "short", hour: "2-digit" }) : clock(start);
}
