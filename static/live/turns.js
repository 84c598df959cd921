/**
 * The turns of a chat as points of its tension: how far each one moved it, and the message that did.
 * Rules: pure, no DOM; what is told depends on the history and the messages alone.
 */

/** @typedef {import("./conversation.js").Point} Point */
/** @typedef {import("./conversation.js").Message} Message */
/** @typedef {Point & {change: number | null, moved: boolean, message: Message | undefined}} Turn `change` in points of tension; null where what was before is not known */

const MOVED = 5; // points of tension; less is the ordinary ebb

/**
 * @param {readonly Point[]} history oldest first
 * @param {readonly Message[]} messages
 * @returns {Turn[]}
 */
export function turns(history, messages) {
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  return history.map((point, index) => {
    const before = index ? history[index - 1].tension : point.seq === 1 ? 0 : null;
    const change = before === null ? null : point.tension - before;
    return { ...point, change, moved: Math.abs(change ?? 0) >= MOVED, message: bySeq.get(point.seq) };
  });
}

/**
 * The turn to name when nobody has chosen one: the last that moved the tension, else the last.
 * @param {readonly Turn[]} all
 * @returns {Turn | undefined}
 */
export function notable(all) {
  return all.filter(({ moved }) => moved).at(-1) ?? all.at(-1);
}
