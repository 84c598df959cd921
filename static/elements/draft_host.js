/**
 * Puts a whole new draft into the host's reply box, in the place of the one that was read.
 * Whoever handles the cancelable event `steadyhand-draft` has done it; nothing here ever sends.
 */

/** @typedef {import("./insertion.js").Outcome} Outcome */
/**
 * @typedef {object} Replacement detail of the event
 * @property {string} conversation the one that the draft is for
 * @property {string} was what must still stand in the box
 * @property {string} text what is to stand there
 * @property {(outcome: Promise<Outcome>) => void} respondWith for a handler that knows only later whether it worked
 */

/**
 * @param {EventTarget} source
 * @param {Omit<Replacement, "respondWith">} what
 * @returns {Promise<Outcome>} `none` when nobody took it
 */
export async function replaceDraft(source, what) {
  /** @type {Promise<Outcome>} */
  let answer = Promise.resolve({ ok: true, how: "native" });
  /** @type {Replacement} */
  const detail = { ...what, respondWith: (promise) => (answer = promise) };
  const event = new CustomEvent("steadyhand-draft", { detail, bubbles: true, composed: true, cancelable: true });
  if (source.dispatchEvent(event)) return { ok: false, how: "none" };
  return answer.catch(() => ({ ok: false, how: "none" }));
}
