/** The course of a conversation by minute, as the heat-map over time draws it. Rule of this room: no DOM, no clock. */

/**
 * @typedef {Int32Array} Course minute since 1970 and tenths of the tension after it, in pairs, oldest first: ten thousand
 * conversations with an hour each would take several times the memory as arrays of pairs
 */
/** @typedef {{from: number, to: number, level: number}} Stretch minutes of the window, `to` not included, with one tension */

const TENTHS = 10;
const NONE = new Int32Array(0);

/** @param {readonly (readonly [number, number])[]} [pairs] minute and tension, as the server sends them @returns {Course} */
export function packed(pairs) {
  return pairs?.length ? Int32Array.from(pairs.flatMap(([minute, level]) => [minute, Math.round(TENTHS * level)])) : NONE;
}

/** Minutes of the window: the shortest in which all that is shown has begun, so that a young floor is not a thin stripe. */
export const SPANS = /** @type {readonly number[]} */ ([15, 30, 60]);

/**
 * @param {Iterable<Course>} courses
 * @param {number} now minute since 1970
 * @returns {number} one of `SPANS`
 */
export function spanOf(courses, now) {
  let oldest = now;
  for (const course of courses) if (course.length) oldest = Math.min(oldest, course[0]);
  return SPANS.find((minutes) => now - oldest < minutes) ?? SPANS[SPANS.length - 1];
}

/**
 * The tension in a minute: that after the last message so far; null before the first.
 * @param {Course} course
 * @param {number} minute since 1970
 */
export function levelAt(course, minute) {
  let at = course.length - 2;
  while (at >= 0 && course[at] > minute) at -= 2;
  return at < 0 ? null : course[at + 1] / TENTHS;
}

/**
 * The window as stretches of one level each, oldest first; nothing before the first message.
 * @param {Course} course
 * @param {number} first minute of the window, since 1970
 * @param {number} minutes of the window
 * @returns {Stretch[]}
 */
export function stretches(course, first, minutes) {
  const found = [];
  for (let at = 0; at < course.length; at += 2) {
    const from = Math.max(0, course[at] - first);
    const to = Math.min(minutes, (course[at + 2] ?? first + minutes) - first);
    if (from < to) found.push({ from, to, level: course[at + 1] / TENTHS });
  }
  return found;
}
