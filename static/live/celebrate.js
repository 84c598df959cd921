/**
 * Tells once, for some seconds, that a chat was turned around while it was open here. Rules: no DOM, the timers are arguments; what had been
 * turned around before the page was opened is no news.
 */

/** @typedef {import("./conversation.js").View} View */
/** @typedef {import("./conversation.js").Recovery} Recovery */
/** @typedef {import("./draft.js").Timers} Timers */

const SHOWN = 20_000; // ms

/** @type {Timers} */
const CLOCK = { setTimeout: (run, ms) => globalThis.setTimeout(run, ms), clearTimeout: (timer) => globalThis.clearTimeout(timer) };

export class Celebrate {
  /** @type {Recovery | null} what is told now */ now = null;
  /** @type {() => void} */ #changed;
  /** @type {Timers} */ #timers;
  /** @type {any} */ #timer;

  /** @param {() => void} changed called when it is over @param {Timers} [timers] */
  constructor(changed, timers = CLOCK) {
    this.#changed = changed;
    this.#timers = timers;
  }

  /** @param {View} before @param {View} after one more frame */
  heard(before, after) {
    const recovery = after.state?.recovery ?? null;
    if (!recovery) this.now = null;
    else if (before.loaded && recovery.at !== before.state?.recovery?.at) this.#tell(recovery);
  }

  /** @param {Recovery} recovery */
  #tell(recovery) {
    this.now = recovery;
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => {
      this.now = null;
      this.#changed();
    }, SHOWN);
  }
}
