/**
 * The colours of tension where it is drawn as a field, one sequential ramp for light and one for dark pages.
 * Rules: lightness runs one way from calm to critical, so that the order survives any colour blindness and a grey print; what is on it
 * is written in the ink that has more contrast. Values of our own. tests/browser/modules/test_scale.py computes what is said here.
 */

/** @typedef {"light" | "dark"} Theme */
/** @typedef {readonly [number, number, number]} Rgb 0..255 each */

/** Tension 0, 25, 50, 75, 100: the edges of the bands. @type {Record<Theme, readonly Rgb[]>} */
const STOPS = {
  light: [[233, 241, 247], [244, 224, 150], [240, 160, 84], [201, 58, 75], [92, 11, 62]],
  dark: [[24, 34, 46], [72, 74, 40], [142, 104, 32], [236, 128, 84], [255, 228, 210]],
};
const INK = "#000000"; // with white it reaches 4.5 to 1 on whatever colour
const PAPER = "#ffffff";

/** @param {number} tension 0..100 @param {Theme} theme @returns {Rgb} */
export function colourOf(tension, theme) {
  const stops = STOPS[theme];
  const at = Math.min(100, Math.max(0, tension)) / 25;
  const index = Math.min(stops.length - 2, Math.floor(at));
  const share = at - index;
  const mixed = stops[index].map((from, channel) => Math.round(from + share * (stops[index + 1][channel] - from)));
  return /** @type {Rgb} */ (/** @type {unknown} */ (mixed));
}

/** @param {Rgb} colour */
export function css([red, green, blue]) {
  return `rgb(${red} ${green} ${blue})`;
}

/** The ink that is read best on a colour. @param {Rgb} colour */
export function inkOn(colour) {
  const light = luminance(colour) + 0.05;
  return 1.05 / light >= light / 0.05 ? PAPER : INK;
}

/** Relative luminance as WCAG 2 has it, 0..1. @param {Rgb} colour */
export function luminance(colour) {
  const [red, green, blue] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
