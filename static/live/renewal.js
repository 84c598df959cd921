/** When to ask for a fresh token: soon after one was refused, then less and less often, until one is taken. */

/**
 * @param {() => void} ask whoever has a token to give; the answer is the next token, or none
 * @returns {(state: string) => void} to be told each state of the connection; while it is `refused` another token is wanted
 */
export function renewal(ask) {
  let pause = 0; // ms before the next question: at once, then a second, two, four and so on to half a minute
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  return function hear(state) {
    clearTimeout(timer);
    if (state === "live") pause = 0;
    if (state !== "refused") return;
    timer = setTimeout(() => {
      pause = Math.min(30_000, 2 * pause || 1_000);
      ask();
      hear(state); // who was asked may have none just now
    }, pause);
  };
}
