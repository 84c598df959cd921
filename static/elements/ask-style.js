/** How the ask box is drawn; to be put among the sidebar's styles, behind the coach's. */

import { css } from "../vendor/lit.js";

export const askStyle = css`
  .ask {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--s2);
    padding: var(--s2) var(--s3) var(--s3);
  }
  .ask form {
    display: flex;
    gap: var(--s1);
  }
  .ask input {
    flex: 1;
    min-width: 0;
    height: 32px;
    padding: 0 var(--s2);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: inherit;
    font: inherit;
  }
  .ask form .small {
    height: 32px;
    border-color: var(--edge);
  }
  .ready {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s1);
  }
  .asked {
    font-weight: var(--bold);
  }
  .answers,
  .summary {
    display: grid;
    gap: var(--s2);
  }
  .answers li {
    padding-top: var(--s2);
    border-top: 1px solid var(--line);
  }
  .answers .words {
    font-size: var(--text);
    line-height: var(--line-text);
    white-space: pre-line;
  }
  .note {
    padding-inline-start: var(--s2);
    border-inline-start: 2px solid var(--uneasy-solid);
  }
  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--s2);
    min-height: 28px;
  }
  .summary li {
    padding-inline-start: var(--s2);
    border-inline-start: 2px solid var(--line);
  }
  .line {
    width: 100%;
    min-height: 24px;
    padding: 2px 0;
    text-align: start;
  }
  .line:hover {
    color: var(--accent);
    text-decoration: underline;
  }
`;
