/**
 * Lets elements glide from where they were to where they are: measure before the change, call `glide` after it.
 * Moves by transform only, so nothing else is laid out again; under reduced motion nothing glides.
 */

const STILL = 1; // px; less is no move
const DURATION = 200; // ms

/**
 * @param {Iterable<Element>} elements
 * @returns {Map<Element, DOMRect>}
 */
export function placesOf(elements) {
  return new Map([...elements].map((element) => [element, element.getBoundingClientRect()]));
}

/** @param {ReadonlyMap<Element, DOMRect>} before */
export function glide(before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [element, from] of before) {
    if (!element.isConnected) continue;
    const to = element.getBoundingClientRect();
    const [x, y] = [from.left - to.left, from.top - to.top];
    if (Math.hypot(x, y) < STILL || (!onScreen(from) && !onScreen(to))) continue;
    element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: DURATION, easing: "ease-out" });
  }
}

/** @param {DOMRect} rect */
function onScreen({ top, bottom }) {
  return bottom > 0 && top < innerHeight;
}
