/** How the coach is drawn; to be put among the sidebar's styles. */

import { css } from "../vendor/lit.js";

export const coachStyle = css`
  .coach {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--s2);
    padding: var(--s2) var(--s3) var(--s3);
    border-top: 1px solid var(--line);
  }
  .coach h3 {
    display: flex;
    gap: var(--s2);
    align-items: baseline;
  }
  .coach h3 .quiet {
    font-weight: normal;
  }
  .coach-line {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--s2);
    width: 100%;
    min-height: 36px;
    padding: 0 var(--s3);
    border-top: 1px solid var(--line);
    border-radius: 0;
    text-align: start;
    white-space: nowrap;
  }
  .coach-line:hover {
    background: var(--raised);
  }
  .coach-line .quiet {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .coach-line .span {
    margin-inline-start: auto;
    color: var(--band-ink);
    font-weight: var(--bold);
  }
  .draft {
    width: 100%;
    min-height: 72px;
    max-height: 40vh;
    padding: var(--s2);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: inherit;
    font: var(--text) / var(--line-text) var(--font);
    resize: vertical;
    field-sizing: content;
  }
  .coach .fault {
    padding-inline-start: var(--s2);
    border-inline-start: 2px solid var(--tense-solid);
  }
  .small {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: var(--s1);
    min-height: 28px;
    padding: 0 var(--s2);
    border: 1px solid var(--line);
    white-space: nowrap;
  }
  .small:hover,
  .better:hover:enabled,
  .other:hover {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .small.first {
    border-color: var(--accent);
    color: var(--accent);
  }
  .manners,
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s1);
  }
  .rewritten {
    display: grid;
    gap: var(--s2);
    padding: var(--s2);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  p.rewritten {
    grid-template-columns: 1fr auto;
    align-items: center;
  }
  .wording {
    font-size: var(--text);
    line-height: var(--line-text);
    white-space: pre-line;
  }
  del {
    color: var(--quiet);
  }
  ins {
    border-bottom: 1px solid var(--accent);
    background: var(--accent-soft);
    text-decoration: none;
  }
  .remarks {
    display: grid;
    gap: var(--s2);
  }
  .remarks:empty {
    display: none;
  }
  .remarks li {
    padding-inline-start: var(--s2);
    border-inline-start: 2px solid var(--uneasy-solid);
  }
  .better,
  .other {
    display: flex;
    gap: var(--s2);
    width: 100%;
    margin-top: var(--s1);
    padding: var(--s1) var(--s2);
    border: 1px solid var(--line);
    text-align: start;
  }
  .better .icon {
    margin-top: 3px;
    color: var(--accent);
  }
  .better:disabled {
    color: var(--quiet);
    cursor: default;
  }
  .effects {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--s1);
    padding-top: var(--s2);
    border-top: 1px solid var(--line);
  }
  .effect {
    display: grid;
    grid-template-columns: 68px 1fr 52px;
    align-items: center;
    gap: var(--s2);
    white-space: nowrap;
  }
  .effect svg {
    width: 100%;
    height: 12px;
  }
  .effect line {
    vector-effect: non-scaling-stroke;
  }
  .track {
    stroke: var(--line);
    stroke-width: 2;
  }
  .range {
    stroke: var(--band-solid);
    stroke-width: 6;
  }
  .likely {
    stroke: var(--ink);
    stroke-width: 2;
  }
  .present {
    stroke: var(--quiet);
    stroke-width: 1;
    stroke-dasharray: 2 2;
  }
  .effect .span {
    text-align: end;
  }
  .difference {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--s3);
    padding-inline-start: 76px;
  }
  .difference li {
    display: flex;
    gap: var(--s1);
    max-width: 100%;
    white-space: nowrap;
  }
  .difference q {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .difference b {
    color: var(--calm-ink);
  }
  .difference [data-worse] b {
    color: var(--tense-ink);
  }
  .other {
    margin: 0 0 var(--s1);
  }
  .coach[data-stale] .remarks,
  .coach[data-stale] .effects {
    opacity: 0.7;
  }
`;
