/** How the line of what people do, and what is behind it, is drawn; to be put among the sidebar's styles. */

import { css } from "../vendor/lit.js";

export const deskStyle = css`
  .desk {
    flex: none;
    border-bottom: 1px solid var(--line);
  }
  .desk-line {
    display: flex;
    align-items: center;
    gap: var(--s2);
    width: 100%;
    height: 24px;
    padding: 0 var(--s3);
    border-radius: 0;
    color: var(--quiet);
    text-align: start;
    white-space: nowrap;
  }
  .desk-line:hover {
    background: var(--raised);
  }
  .desk-line > span:first-of-type {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .desk-line[aria-expanded="true"] > .icon:last-child {
    rotate: 180deg;
  }
  .desk[data-stands] .desk-line {
    background: var(--accent-soft);
    color: var(--ink);
  }
  .desk[data-agreed] .desk-line {
    font-weight: var(--bold);
  }
  .desk .count {
    display: flex;
    align-items: center;
    gap: var(--s1);
  }
  .desk-panel {
    position: relative;
    display: grid;
    gap: var(--s1);
    max-height: 50vh;
    overflow-y: auto;
    padding: var(--s2) var(--s3) var(--s3);
  }
  .desk-panel li + li {
    margin-top: var(--s1);
  }
  .desk-panel time {
    color: var(--quiet);
  }
  .desk .deed-text {
    white-space: pre-wrap;
  }
  .desk .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: var(--s1);
  }
  .desk-form {
    display: grid;
    gap: 6px;
  }
  .desk-form label {
    display: grid;
    gap: 2px;
    font-weight: var(--bold);
  }
  .desk-form :is(input, textarea) {
    width: 100%;
    padding: var(--s1) var(--s2);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-weight: normal;
    resize: vertical;
  }
  .desk .primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .desk .told:empty {
    display: none;
  }
  @media (forced-colors: active) {
    .desk[data-stands] .desk-line {
      border-inline-start: 3px solid Highlight;
    }
  }
`;
