/** How the advice is drawn: the next step, the phrases and the cautions. */

import { css } from "../vendor/lit.js";

export const phraseStyle = css`
  .advice {
    flex: 1 1 auto;
    min-height: 224px;
    overflow-y: auto;
  }
  .next {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    height: 72px;
    margin-bottom: var(--s2);
    padding: var(--s2) var(--s3) 0;
    overflow: hidden;
  }
  .next > * {
    display: inline;
  }
  .next h3 {
    margin-inline-end: var(--s1);
    font-size: var(--text);
    line-height: var(--line-text);
  }
  .next + .empty {
    padding-top: 0;
  }
  .advice > .empty:first-child {
    padding-top: var(--s3);
  }
  .cautions {
    padding: var(--s1) var(--s3) var(--s3);
  }
  .cautions h3 {
    color: var(--quiet);
    font-weight: normal;
  }
  .cautions p {
    margin-top: 2px;
    padding-inline-start: var(--s2);
    border-inline-start: 2px solid var(--uneasy-solid);
  }
  .instructions {
    margin: 0 var(--s2) var(--s1);
    padding: var(--s1) var(--s3) var(--s2);
    border-radius: var(--radius);
    background: var(--raised);
  }
  .instructions li {
    margin-top: var(--s1);
    padding-inline-start: var(--s3);
    text-indent: calc(-1 * var(--s3));
  }
  .instructions li::before {
    content: "•" / "";
    display: inline-block;
    width: var(--s3);
    color: var(--quiet);
    text-indent: 0;
  }
  .badge {
    padding: 0 var(--s1);
    border: 1px solid var(--critical-solid);
    border-radius: var(--radius);
    background: var(--critical-soft);
    color: var(--critical-ink);
    line-height: 1rem;
    text-indent: 0;
  }
  .phrases {
    padding: var(--s1) var(--s2) var(--s2);
  }
  .phrases li {
    position: relative;
    margin-bottom: var(--s2);
  }
  .phrase {
    display: block;
    width: 100%;
    padding: var(--s1) var(--s3) var(--s2);
    border: 1px solid var(--line);
    text-align: start;
    user-select: text;
  }
  .phrase:hover {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .phrase > span {
    display: block;
  }
  .phrase .kind {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-inline-end: var(--s6);
    color: var(--quiet);
    white-space: nowrap;
  }
  .phrase .kind[data-done] {
    color: var(--accent);
  }
  .phrase .kind[data-failed] {
    color: var(--tense-ink);
  }
  .phrase kbd {
    margin-inline-start: auto;
  }
  .phrase .words {
    padding: var(--s1) 0;
    font-size: var(--text);
    line-height: var(--line-text);
    white-space: pre-line;
  }
  .phrase .reason {
    color: var(--quiet);
  }
  .reason q {
    color: var(--ink);
  }
  .phrase .reason:empty {
    display: none;
  }
  kbd {
    color: var(--quiet);
    font: inherit;
  }
  @media (hover: none) {
    kbd {
      display: none;
    }
  }
  .gap {
    padding: 0 2px;
    border-bottom: 2px dashed var(--accent);
    background: var(--accent-soft);
  }
  .dismiss {
    position: absolute;
    inset-block-start: 1px;
    inset-inline-end: 1px;
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    color: var(--quiet);
  }
  .dismiss:hover {
    color: var(--ink);
    background: var(--raised);
  }
  .dismissed {
    padding: var(--s2) var(--s3);
    border: 1px dashed var(--line);
    border-radius: var(--radius);
    color: var(--quiet);
  }
  .by-hand {
    width: 100%;
    padding: var(--s2);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--raised);
    color: inherit;
    font: inherit;
  }
  [data-stale] .words {
    color: var(--quiet);
  }
`;
