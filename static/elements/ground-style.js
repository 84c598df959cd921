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
    padding: var(--s2) var(--s3);
  }
  .steps ol {
    display: grid;
    grid-template-columns: repeat(3, auto);
    justify-content: space-between;
    column-gap: var(--s2);
  }
  .step {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    color: var(--quiet);
    white-space: nowrap;
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
  .why {
    border-top: 1px solid var(--line);
    padding: 0 var(--s3) var(--s2);
  }
  .why summary {
    display: block;
    padding-top: var(--s2);
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
    margin-bottom: var(--s2);
  }
  mark {
    background: var(--uneasy-soft);
    color: inherit;
    border-bottom: 1px solid var(--uneasy-solid);
  }
  .why li {
    display: grid;
    grid-template-columns: 88px 1fr auto;
    gap: var(--s2);
  }
  .why .points {
    text-align: end;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--s4);
    margin-top: var(--s1);
    padding-top: var(--s1);
    border-top: 1px solid var(--line);
  }
  .facts div {
    display: flex;
    gap: 6px;
  }
  .facts dt {
    color: var(--quiet);
  }
`;
