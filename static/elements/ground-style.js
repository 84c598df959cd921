/** How the ground of the advice is drawn: the steps and the reasons. */

import { css } from "../vendor/lit.js";

export const groundStyle = css`
  .ground {
    flex: none;
    max-height: 45%;
    overflow-y: auto;
    border-top: 1px solid var(--line);
  }
  .steps {
    padding: var(--s1) var(--s3);
  }
  .steps ol {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
    column-gap: var(--s3);
  }
  .step {
    display: flex;
    min-width: 0;
    min-height: 24px;
    color: var(--quiet);
    white-space: nowrap;
  }
  .step,
  .step button {
    align-items: center;
    gap: 6px;
  }
  .step button {
    display: flex;
    flex: 1;
    min-width: 0;
    text-align: start;
  }
  .step button:hover {
    background: var(--raised);
  }
  .step i {
    flex: none;
    width: 12px;
    height: 12px;
    border: 4px solid transparent;
    border-radius: 50%;
    background: var(--edge) content-box;
  }
  .step .icon {
    width: 12px;
    height: 12px;
  }
  .step[data-done] .icon {
    color: var(--accent);
  }
  .step[data-done] .name,
  .step[data-next] {
    color: var(--ink);
  }
  .step[data-next] {
    font-weight: var(--bold);
  }
  .step .by {
    margin-inline-start: auto;
    overflow: hidden;
    color: var(--quiet);
    text-overflow: ellipsis;
  }
  .why,
  .facts,
  .promises {
    border-top: 1px solid var(--line);
    padding: var(--s2) var(--s3);
  }
  .why summary {
    display: block;
    font-weight: normal;
    list-style: none;
    cursor: pointer;
  }
  .sums {
    display: flex;
    align-items: center;
    gap: var(--s2);
    overflow: hidden;
    white-space: nowrap;
  }
  .why[open] .sums .icon {
    rotate: 90deg;
  }
  .heard {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    margin-top: var(--s1);
    padding-inline-start: var(--s2);
    border-inline-start: 2px solid var(--line);
    white-space: pre-line;
  }
  .why[open] .heard {
    -webkit-line-clamp: 12;
  }
  mark {
    background: var(--uneasy-soft);
    color: inherit;
    border-bottom: 1px solid var(--uneasy-solid);
  }
  .whose {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 32px;
    padding-inline-start: 10px;
  }
  .points[aria-busy="true"] {
    color: var(--quiet);
  }
  .points li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    column-gap: var(--s3);
    padding: var(--s1) 0;
    border-top: 1px solid var(--line);
  }
  .points-of,
  .without {
    text-align: end;
    white-space: nowrap;
  }
  .total {
    padding-top: var(--s1);
    border-top: 1px solid var(--line);
  }
  .standing {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 32px;
  }
  .fact {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr) auto;
    align-items: center;
    column-gap: var(--s2);
    width: calc(100% + var(--s2));
    min-height: 24px;
    margin-inline: calc(-1 * var(--s1));
    padding: 0 var(--s1);
    text-align: start;
  }
  .fact > .quiet,
  .fact bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fact .mark {
    display: grid;
    width: 14px;
    height: 14px;
    color: var(--quiet);
    opacity: 0;
  }
  .fact:is(:hover, :focus-visible) .mark,
  .fact .mark[data-told] {
    opacity: 1;
  }
  .fact .mark[data-told="copied"] {
    color: var(--accent);
  }
  .fact .mark[data-told="failed"] {
    color: var(--tense-ink);
  }
  .fact:hover,
  .promise:hover {
    background: var(--raised);
  }
  .promise {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--s3);
    width: calc(100% + var(--s2));
    min-height: 24px;
    margin-inline: calc(-1 * var(--s1));
    padding: 0 var(--s1);
    text-align: start;
  }
  .due {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: var(--s1);
    max-width: 50%;
    color: var(--quiet);
  }
  @container (max-width: 319px) {
    .steps ol {
      column-gap: var(--s2);
    }
    .step .when {
      display: none;
    }
  }
`;
