/** How the meter, its course and the line of the chosen turn are drawn. */

import { css } from "../vendor/lit.js";

export const timelineStyle = css`
  .meter {
    display: grid;
    grid-template: 48px 28px / auto minmax(80px, 1fr);
    align-items: center;
    column-gap: var(--s4);
    flex: none;
    height: auto;
    padding: 2px var(--s3);
  }
  .timeline {
    justify-self: end;
    width: 100%;
    max-width: 160px;
    height: 48px;
    padding: 4px 0;
    border-radius: var(--radius);
    cursor: crosshair;
    touch-action: pan-y;
  }
  .timeline[role="img"] {
    cursor: default;
  }
  .course {
    display: block;
    width: 100%;
    height: 40px;
  }
  .course polyline {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  .course circle {
    fill: var(--band-solid, var(--edge));
    stroke: var(--surface);
  }
  .course circle[data-fell] {
    fill: var(--surface);
    stroke: var(--band-solid, var(--edge));
    stroke-width: 1.5;
  }
  .threshold {
    stroke: var(--line);
  }
  .chosen {
    stroke: var(--accent);
  }
  .turn {
    grid-column: span 2;
    display: flex;
    align-items: center;
    gap: var(--s2);
    min-width: 0;
    height: 28px;
    white-space: nowrap;
  }
  .turn .said {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .turn .moved {
    color: var(--band-ink);
    font-weight: var(--bold);
  }
  @container (max-width: 319px) {
    .turn .when {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .course polyline,
    .course circle[data-fell] {
      stroke: CanvasText;
    }
    .course circle {
      fill: CanvasText;
      stroke: Canvas;
    }
    .course circle[data-fell] {
      fill: Canvas;
    }
    .threshold {
      stroke: GrayText;
    }
    .chosen {
      stroke: Highlight;
    }
  }
`;
