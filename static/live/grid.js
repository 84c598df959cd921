/**
 * Which rows of a long list are in view: of thousands only those are drawn. Rule of this room: no DOM, lengths in px.
 */

/** @typedef {{height: number}} Row */
/** @typedef {{first: number, end: number, before: number, after: number}} Window rows first..end (not included), and the room of the others */

const MARGIN = 400; // px above and below that are drawn ahead of the scrolling

/**
 * @param {readonly Row[]} rows
 * @param {number} top scrolled away above the first row; negative while the list begins below
 * @param {number} height of the view
 * @returns {Window}
 */
export function windowOf(rows, top, height) {
  const [from, to] = [top - MARGIN, top + height + MARGIN];
  const found = { first: rows.length, end: rows.length, before: 0, after: 0 };
  let at = 0;
  for (const [index, row] of rows.entries()) {
    const next = at + row.height;
    if (next <= from) found.before = next;
    else if (at < to) found.first = Math.min(found.first, index);
    else {
      found.end = Math.min(found.end, index);
      found.after += row.height;
    }
    at = next;
  }
  found.first = Math.min(found.first, found.end);
  return found;
}

/** @param {readonly Row[]} rows @param {number} index @returns {number} px from the top of the list to that row */
export function topOf(rows, index) {
  return rows.slice(0, index).reduce((sum, { height }) => sum + height, 0);
}

/** @param {number} width px @param {number} least px of a column @param {number} gap px @returns {number} columns, at least one */
export function columnsOf(width, least, gap) {
  return Math.max(1, Math.floor((width + gap) / (least + gap)));
}
