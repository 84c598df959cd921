/** How the tabs of the open chats are drawn. */

import { css } from "../vendor/lit.js";

export const tabsStyle = css`
  .tabs {
    display: flex;
    flex: none;
    height: 36px;
    overflow-x: auto;
    overflow-y: hidden;
    border-bottom: 1px solid var(--line);
    background: var(--page);
    scrollbar-width: none;
  }
  .tab {
    position: relative;
    display: flex;
    flex: 1 0 0;
    align-items: center;
    gap: 6px;
    min-width: 104px;
    max-width: 200px;
    padding: 0 var(--s2) 0 var(--s3);
    border-inline-end: 1px solid var(--line);
    border-radius: 0;
    white-space: nowrap;
  }
  .tab:hover {
    background: var(--raised);
  }
  .tab[aria-selected="true"] {
    background: var(--surface);
    font-weight: var(--bold);
    box-shadow: inset 0 2px var(--accent);
  }
  .tab bdi {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .heat {
    display: flex;
    align-items: center;
    gap: 3px;
    margin-inline-start: auto;
    color: var(--band-ink, var(--quiet));
  }
  .alerted {
    display: flex;
    color: var(--critical-ink);
  }
`;
