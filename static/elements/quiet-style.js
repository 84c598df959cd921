/** How the quiet line, its menu, the calm line and the ready reasons are drawn; to be put among the sidebar's styles. */

import { css } from "../vendor/lit.js";

export const quietStyle = css`
  .held {
    height: 28px;
    margin-top: calc(-1 * var(--s2));
    padding: 0 var(--s2);
  }
  .held button {
    display: flex;
    align-items: center;
    gap: var(--s1);
    width: 100%;
    height: 100%;
    padding: 0 var(--s1);
    overflow: hidden;
    text-align: start;
    white-space: nowrap;
  }
  .held button:hover {
    background: var(--raised);
  }
  .held b {
    color: var(--accent);
  }
  .held .icon {
    color: var(--accent);
  }
  .held .quiet {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tool {
    border-top: 1px solid var(--line);
  }
  .tool summary {
    display: flex;
    align-items: center;
    gap: var(--s2);
    min-height: 32px;
    padding: 0 var(--s3);
    list-style: none;
    cursor: pointer;
  }
  .tool[open] summary .icon {
    rotate: 90deg;
  }
  .quiet-menu {
    display: grid;
    gap: var(--s1);
    padding: var(--s2) var(--s3) var(--s3);
  }
  .quiet-menu label {
    display: flex;
    align-items: center;
    gap: var(--s2);
    min-height: 28px;
  }
  .quiet-menu input {
    flex: none;
    width: 16px;
    height: 16px;
    accent-color: var(--accent);
  }
  .quiet-menu .most {
    justify-content: space-between;
  }
  .quiet-menu select {
    min-height: 28px;
    padding: 0 var(--s1);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: inherit;
    font: inherit;
  }
  .quiet-menu h3 {
    margin-top: var(--s2);
  }
  .log li {
    display: grid;
    grid-template-columns: auto auto 1fr;
    gap: var(--s2);
  }
  .log .quiet {
    text-align: end;
  }
  .calm {
    display: flex;
    align-items: center;
    gap: var(--s2);
    flex: none;
    min-height: 36px;
    padding: var(--s1) var(--s2) var(--s1) var(--s3);
    border-top: 1px solid var(--line);
  }
  .calm p {
    flex: 1;
  }
  .breath {
    flex: none;
    width: 16px;
    height: 16px;
    border: 2px solid var(--calm-solid);
    border-radius: 50%;
    background: var(--calm-soft);
    animation: breathe 10s ease-in-out 1 both;
  }
  @keyframes breathe {
    0%,
    100% {
      scale: 0.5;
    }
    40% {
      scale: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .breath {
      display: none;
    }
  }
  .opinion {
    padding: 0 var(--s2) var(--s3);
  }
  .reasons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s1);
  }
`;
