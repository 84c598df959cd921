/**
 * Long work in slices: what is drawn in a task of its own does not add up with the task that asked for it, and keys and clicks come in between.
 * By a message channel and not a timer, as timers of a page in the background fire once a second.
 */

/** @type {(() => void)[]} */
const waiting = [];
const { port1: ring, port2: bell } = new MessageChannel();
bell.onmessage = () => waiting.shift()?.();

/** @returns {Promise<void>} resolved in a task of its own, as soon as the browser has nothing more urgent to do; in the order of the calls */
export function nextTask() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    ring.postMessage(null);
  });
}
