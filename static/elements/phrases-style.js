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
    margin-bottom: var(--s2);
  }
  .phrase {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto auto;
    align-items: center;
    padding: var(--s1) var(--s1) var(--s2) var(--s3);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .phrase:has(> .insert:hover) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .phrase .kind {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    overflow: hidden;
    white-space: nowrap;
  }
  .phrase .kind .quiet {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .phrase .kind b::first-letter {
    text-transform: uppercase;
  }
  .phrase .kind[data-done] b,
  .phrase .kind[data-failed] b {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .phrase .kind:is([data-done], [data-failed]) ~ .insert kbd {
    display: none; /* what became of it needs the room */
  }
  .phrase .kind[data-done] {
    color: var(--accent);
  }
  .phrase .kind[data-failed] {
    color: var(--tense-ink);
  }
  .insert {
    padding: 0 var(--s1);
  }
  .insert::after {
    content: "" / "";
    position: absolute;
    inset: 0;
    border-radius: var(--radius);
  }
  .insert:focus-visible {
    outline: none;
  }
  .insert:focus-visible::after {
    outline: var(--focus);
    outline-offset: -1px;
  }
  .phrase > .edit,
  .phrase > .dismiss {
    position: relative;
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    color: var(--quiet);
  }
  .phrase > :is(.edit, .dismiss):hover {
    color: var(--ink);
    background: var(--raised);
  }
  .phrase > .words,
  .phrase > .reason {
    grid-column: 1 / -1;
    margin-inline-end: var(--s2);
  }
  .phrase .words {
    min-height: calc(4 * var(--line-text));
    font-size: var(--text);
    line-height: var(--line-text);
    white-space: pre-line;
  }
  .phrase .reason {
    height: var(--line-small);
    overflow: hidden;
    color: var(--quiet);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .reason q {
    color: var(--ink);
  }
  .phrase[data-edited] {
    column-gap: var(--s1);
    border-color: var(--accent);
  }
  textarea.words {
    width: calc(100% + var(--s2));
    margin-inline-start: calc(-1 * var(--s2));
    padding: 0 var(--s2);
    border: 0;
    outline: none;
    background: none;
    color: inherit;
    font-family: inherit;
    resize: none;
    field-sizing: content;
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
    border: 0;
    border-bottom: 2px dashed var(--accent);
    border-radius: 0;
    background: var(--accent-soft);
  }
  span.gap {
    padding: 0 2px;
  }
  input.gap {
    position: relative;
    max-width: 100%;
    min-width: 5ch;
    padding: 0 var(--s1);
    color: inherit;
    font: inherit;
    line-height: 1.125rem;
    field-sizing: content;
  }
  input.gap::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  input.gap:not(:placeholder-shown) {
    border-bottom-style: solid;
  }
  .dismissed {
    display: grid;
    align-content: center;
    gap: var(--s1);
    min-height: calc(4 * var(--line-text) + 62px);
    padding: var(--s2) var(--s3);
    border: 1px dashed var(--line);
    border-radius: var(--radius);
    color: var(--quiet);
  }
  .dismissed .reasons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s1);
    color: var(--ink);
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
  /* Tall enough for nearly all phrases, so that another one moves nothing: of those that ship one in a hundred is longer. */
  @container (max-width: 299px) {
    .phrase .words {
      min-height: calc(5 * var(--line-text));
    }
    .dismissed {
      min-height: calc(5 * var(--line-text) + 62px);
    }
    .phrase .kind .quiet,
    .phrase .small kbd {
      display: none;
    }
  }
  @container (min-width: 380px) {
    .phrase .words {
      min-height: calc(3 * var(--line-text));
    }
    .dismissed {
      min-height: calc(3 * var(--line-text) + 62px);
    }
  }
  [data-stale] .words {
    color: var(--quiet);
  }
`;
