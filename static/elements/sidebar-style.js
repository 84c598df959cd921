/** How the sidebar is drawn; colours and sizes come from style/tokens.css through inheritance. */

import { css } from "../vendor/lit.js";
import { deskStyle } from "./desk-style.js";
import { groundStyle } from "./ground-style.js";
import { headStyle } from "./head-style.js";
import { incidentStyle } from "./incident-style.js";
import { phraseStyle } from "./phrases-style.js";

const frameStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    position: relative;
    min-width: 280px;
    height: 100%;
    overflow: auto;
    background: var(--surface);
    color: var(--ink);
    font: var(--text-small) / var(--line-small) var(--font);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  .chat {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  h2,
  h3,
  b,
  summary {
    font-size: inherit;
    font-weight: var(--bold);
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    border-radius: var(--radius);
    cursor: pointer;
  }
  :focus-visible {
    outline: var(--focus);
    outline-offset: -2px;
  }
  q {
    quotes: "“" "”";
    font-style: normal;
  }
  q::before {
    content: open-quote;
  }
  q::after {
    content: close-quote;
  }
  .icon {
    width: 14px;
    height: 14px;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .quiet {
    color: var(--quiet);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .empty {
    padding: var(--s1) var(--s3) var(--s3);
    color: var(--quiet);
  }
  [data-band="calm"] {
    --band-ink: var(--calm-ink);
    --band-solid: var(--calm-solid);
    --band-soft: var(--calm-soft);
  }
  [data-band="uneasy"] {
    --band-ink: var(--uneasy-ink);
    --band-solid: var(--uneasy-solid);
    --band-soft: var(--uneasy-soft);
  }
  [data-band="tense"] {
    --band-ink: var(--tense-ink);
    --band-solid: var(--tense-solid);
    --band-soft: var(--tense-soft);
  }
  [data-band="critical"] {
    --band-ink: var(--critical-ink);
    --band-solid: var(--critical-solid);
    --band-soft: var(--critical-soft);
  }
`;

/*
 * Below the step: the phrases fill what is in sight, so that the sections after them keep their place whatever is suggested.
 * Relative, as words that are only read aloud would else stand in the host, far below its end, and let it scroll into nothing.
 */
const adviceStyle = css`
  .advice {
    position: relative;
    flex: 1 1 0;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    border-top: 1px solid var(--line);
  }
  .moves {
    min-height: min(100%, 560px);
  }
  .moves .held {
    margin: 0;
  }
  .next {
    flex: none;
    height: 68px;
    margin: 0;
    padding-top: 2px;
  }
  .moves .phrases {
    padding: 0 var(--s2);
  }
  .moves .phrases li {
    margin-bottom: 6px;
  }
  .phrases {
    --text: 0.875rem;
    --line-text: 1.25rem;
  }
  .keys {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--s2);
    height: 36px;
    padding: 0 var(--s2) 0 var(--s3);
    border-top: 1px solid var(--line);
    white-space: nowrap;
  }
  .keys span {
    flex: 1;
    overflow: hidden;
    color: var(--quiet);
    text-overflow: ellipsis;
  }
  .tool summary .quiet {
    margin-inline-start: auto;
    font-weight: normal;
  }
  .tool summary:hover,
  .why summary:hover {
    background: var(--raised);
  }
`;

/* What the system asks for: stronger lines, or its own few colours, in which a border must say what a tint said. */
const contrastStyle = css`
  @media (prefers-contrast: more) {
    :host {
      --line: var(--edge);
      --quiet: var(--ink);
    }
  }
  @media (forced-colors: active) {
    .alert,
    .incident,
    .phrase,
    .small,
    .badge {
      border: 1px solid;
    }
    .tab[aria-selected="true"] {
      border-top: 3px solid Highlight;
    }
    .status[data-state="live"] i {
      background: CanvasText;
    }
    mark {
      background: Mark;
      color: MarkText;
    }
  }
`;

/* In a narrow one an alert takes a third line. */
const narrowStyle = css`
  .turn > .quiet {
    flex: 0 1 auto;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @container (max-width: 24em) {
    .turn > .quiet {
      display: none;
    }
  }
  @container (max-width: 319px) {
    .notice {
      height: 68px;
    }
    .notice p,
    .notice .text span {
      -webkit-line-clamp: 3;
    }
    .next {
      -webkit-line-clamp: 4;
      height: 92px;
    }
  }
`;

/* On a whole page the tools stand beside the phrases. */
const wideStyle = css`
  @container (min-width: 720px) {
    .advice {
      display: grid;
      grid-template: repeat(8, min-content) 1fr / repeat(2, minmax(0, 1fr));
    }
    .advice > * {
      grid-column: 2;
    }
    .advice > .moves,
    .advice > .empty {
      grid-area: 1 / 1 / -1 / 2;
    }
    .advice > .moves {
      border-inline-end: 1px solid var(--line);
    }
    .advice > .coach {
      border-top: 0;
    }
  }
`;

/* In a low frame everything scrolls as one, so that no part is too small to use. */
const lowStyle = css`
  @media (max-height: 640px) {
    .chat,
    .advice {
      flex: none;
      overflow: visible;
    }
    .moves {
      min-height: 0;
    }
  }
`;

export const sidebarStyle = [frameStyle, headStyle, deskStyle, phraseStyle, groundStyle, adviceStyle, incidentStyle, narrowStyle, wideStyle, lowStyle, contrastStyle];
