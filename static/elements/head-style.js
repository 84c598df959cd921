/** How the head of the sidebar is drawn: whom it is with, the line to the server, the notice, the number. */

import { css } from "../vendor/lit.js";

export const headStyle = css`
  header {
    display: flex;
    align-items: center;
    gap: var(--s2);
    flex: none;
    height: 32px;
    padding: 0 var(--s3);
    border-bottom: 1px solid var(--line);
    white-space: nowrap;
  }
  header h2 {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
    color: var(--quiet);
  }
  .status i {
    width: 8px;
    height: 8px;
    border: 2px solid var(--edge);
    border-radius: 50%;
  }
  .status[data-state="live"] i {
    background: var(--calm-solid);
    border-color: var(--calm-solid);
  }
  .status[data-state="offline"],
  .status[data-state="refused"] {
    color: var(--tense-ink);
    font-weight: var(--bold);
  }
  .trouble {
    flex: none;
  }
  .trouble p {
    display: flex;
    align-items: center;
    gap: var(--s2);
    padding: var(--s1) var(--s3);
    border-top: 1px solid var(--line);
    background: var(--raised);
  }
  .trouble .icon {
    color: var(--uneasy-ink);
  }
  .reading {
    display: grid;
    grid-template-columns: auto auto;
    column-gap: var(--s2);
    align-items: center;
    white-space: nowrap;
  }
  .number {
    grid-row: span 2;
    min-width: 2ch;
    font-size: 2rem;
    line-height: 2.5rem;
    font-weight: var(--bold);
    text-align: end;
    color: var(--band-ink, var(--quiet));
  }
  .band,
  .trend {
    display: flex;
    align-items: center;
    gap: var(--s1);
  }
  .band {
    color: var(--band-ink, var(--quiet));
    font-weight: var(--bold);
  }
  .trend {
    color: var(--quiet);
  }
  .notice {
    display: flex;
    align-items: center;
    gap: var(--s2);
    flex: none;
    height: 48px;
    padding: 0 var(--s3);
    border-block: 1px solid var(--line);
  }
  .notice p,
  .notice .text span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .notice button.text {
    flex: 1;
    height: 100%;
    padding: 0;
    text-align: start;
  }
  .notice button.text:hover {
    background: none;
  }
  .notice[data-open] {
    height: auto;
    min-height: 48px;
    padding-block: var(--s1);
  }
  .notice[data-open] .text span {
    -webkit-line-clamp: none;
  }
  .notice button {
    flex: none;
    min-width: 32px;
    height: 32px;
  }
  .notice button:hover {
    background: var(--raised);
  }
  .notice .end {
    padding: 0 var(--s2);
    font-weight: var(--bold);
    white-space: nowrap;
  }
  .alert {
    background: var(--tense-soft);
    border-color: var(--tense-solid);
    color: var(--ink);
  }
  .alert .icon {
    color: var(--tense-ink);
  }
  .alert[data-severity="critical"],
  .alert[data-severity="high"] {
    background: var(--critical-soft);
    border-color: var(--critical-solid);
  }
  .alert[data-severity="critical"] .icon,
  .alert[data-severity="high"] .icon {
    color: var(--critical-ink);
  }
  .whisper {
    background: var(--accent-soft);
    border-color: var(--accent);
  }
`;
