/** How the card of an incident is drawn: a quiet box of its own above the phrases. */

import { css } from "../vendor/lit.js";

export const incidentStyle = css`
  .incident {
    margin: 0 var(--s2) 6px;
    padding: var(--s1) var(--s2) var(--s2) var(--s3);
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--accent);
    border-radius: var(--radius);
    background: var(--raised);
  }
  .incident[data-over] {
    border-inline-start-color: var(--edge);
    color: var(--quiet);
  }
  .incident h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
  }
  .incident h3 .quiet {
    margin-inline-start: auto;
    font-weight: normal;
    white-space: nowrap;
  }
  .incident h3 .icon {
    color: var(--accent);
  }
  .incident[data-over] h3 .icon {
    color: inherit;
  }
  .incident .status-words {
    display: block;
    width: 100%;
    padding: 0 0 var(--s1);
    text-align: start;
  }
  .incident .status-words span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    white-space: pre-line;
  }
  .incident .status-words[aria-expanded="true"] span {
    -webkit-line-clamp: none;
  }
  .incident .approved {
    padding: var(--s1) var(--s1) var(--s1) var(--s2);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .incident .words {
    font-size: 0.875rem;
    line-height: 1.25rem;
    white-space: pre-line;
  }
  .incident .foot {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--s2);
    min-height: 32px;
  }
  .incident .foot span {
    flex: 1;
    color: var(--accent);
  }
  .incident .foot span[data-failed] {
    color: var(--tense-ink);
  }
`;
