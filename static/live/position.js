/**
 * Where a browser stands in one conversation's stream, and what to do with each frame of it.
 * Rules: an offset is applied once; after a hole nothing is applied until the hole is filled, in whole, by a resume or a snapshot.
 */

/** @typedef {{epoch: string, offset: number}} Resume */
/** @typedef {"apply" | "drop" | "hole"} Verdict */

export class Position {
  /** @type {Resume | null} null until the first snapshot, and when only a snapshot can help */
  at = null;

  /** true while an asked-for snapshot or resume has not come */
  waiting = true;

  /**
   * @param {Record<string, any>} frame of type snapshot, resumed or update, of this conversation
   * @returns {Verdict} `hole`: subscribe again, with `at` where it is still worth something
   */
  judge(frame) {
    if (frame.type === "snapshot") return this.#restart(frame);
    if (frame.type === "resumed") return this.#confirm(frame);
    return this.#follow(frame);
  }

  /** @param {Record<string, any>} frame @returns {Verdict} */
  #restart({ epoch, offset }) {
    this.at = { epoch, offset };
    this.waiting = false;
    return "apply";
  }

  /** @param {Record<string, any>} frame @returns {Verdict} */
  #confirm({ epoch, offset }) {
    if (this.at && this.at.epoch === epoch && this.at.offset >= offset) {
      this.waiting = false;
      return "apply";
    }
    this.at = null;
    return "hole";
  }

  /** @param {Record<string, any>} frame @returns {Verdict} */
  #follow({ offset }) {
    if (!this.at || offset <= this.at.offset) return "drop"; // before the snapshot, or a repetition
    if (offset === this.at.offset + 1) {
      this.at = { ...this.at, offset };
      return "apply";
    }
    return this.waiting ? "drop" : "hole";
  }
}
