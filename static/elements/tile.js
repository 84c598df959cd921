/**
 * `<steadyhand-tile>`: one live conversation on the supervisor's board, a button that opens it.
 * Rule of this room: tension is told four ways (number, word, shape, colour), and a name is only ever text.
 */

import { LitElement, html, nothing } from "../vendor/lit.js";
import { causeLabel, customerName } from "../live/board.js";
import { marks } from "./board_table.js";
import { icon } from "./icon.js";
import { BAND_WORDS, TREND_WORDS, bandShape, causeWords, percent, trendIcon, whole } from "./words.js";

/** @typedef {import("../live/board.js").Tile} Tile */

export class TileElement extends LitElement {
  static properties = {
    tile: { attribute: false },
    priority: { attribute: false },
    waiting: { attribute: false },
    current: { attribute: false },
    reachable: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Tile|null} */
    this.tile = null;
    /** Where stepping in helps most, 0..100, whole. */
    this.priority = 0;
    /** How long the customer has waited, in words; "" when nobody waits. A string, so that a tick that changes
     * nothing to be seen draws nothing. */
    this.waiting = "";
    /** Whether this conversation stands open in the side panel. */
    this.current = false;
    /** Whether Tab comes here; the arrows reach the others. */
    this.reachable = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { tile } = this;
    if (!tile) return nothing;
    return html`<button
      class="tile"
      type="button"
      data-band=${tile.band}
      tabindex=${this.reachable ? 0 : -1}
      aria-current=${this.current ? "true" : nothing}
      title=${why(tile, this.priority)}
      ?data-let-run=${tile.let_run}
      ?data-alert=${Boolean(tile.alert)}
    >
      <span class="tile-heat">
        ${bandShape(tile.band)}
        <span class="tile-number">${whole(tile.tension)}</span>
        <span class="tile-band">${BAND_WORDS[tile.band]}</span>
        <span class="tile-trend" data-trend=${tile.trend}>${trendIcon(tile.trend)}${TREND_WORDS[tile.trend]}</span>
      </span>
      <span class="tile-row"
        ><span class="tile-customer">${customerName(tile)}</span><span class="tile-mark">${mark(tile)}</span></span
      >
      <span class="tile-row"
        ><span class="tile-cause">${causeWords(causeLabel(tile))}</span
        ><span class="tile-risk">priority ${this.priority}</span></span
      >
      <span class="tile-row tile-foot"
        ><span class="tile-agent">${this.#whose(tile)}</span
        ><span class="tile-waiting">${this.#wait(tile)}</span></span
      >
    </button>`;
  }

  /** @param {Tile} tile */
  #wait({ resolved }) {
    if (resolved) return html`${icon("check")}resolved`;
    return this.waiting ? html`${icon("clock")}waits ${this.waiting}` : nothing;
  }

  /** @param {Tile} tile */
  #whose({ agent, team }) {
    return [agent ?? "nobody yet", team].filter(Boolean).join(" · ");
  }
}

/** The mark that matters most; the others are in the panel and in the table. @param {Tile} tile */
function mark(tile) {
  const [first] = tile.resolved ? [] : marks(tile);
  return first ? html`${tile.alert ? icon("triangle-alert") : nothing}${first}` : nothing;
}

/** What the priority is made of, in words. @param {Tile} tile @param {number} priority */
function why({ factors, because, let_run: letRun }, priority) {
  if (letRun) return "Let run: nobody looks until it gets worse";
  if (!factors) return nothing;
  const parts = [`risk ${percent(factors.risk)}`, `how soon ${percent(factors.soon)}`, `what can change ${percent(factors.change)}`, "and how long they wait"];
  return [`Priority ${priority}: ${parts.join(" × ")}`, ...(because ?? [])].join("\n");
}
