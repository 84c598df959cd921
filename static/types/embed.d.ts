/** `import "steadyhand-sidebar"` registers `<steadyhand-sidebar>`; give it the attribute `server`, as a bundle does not know where it came from. */

import type { Capabilities, Outcome, Theme } from "./protocol.js";

export type { Capabilities, Outcome, Theme } from "./protocol.js";

/** A phrase was chosen. Call `preventDefault()` to put it in yourself, and `respondWith` where it is known only later how that went. */
export interface InsertDetail {
  text: string;
  suggestion: string;
  conversation: string;
  /** names of gaps that stand in the text as `[name]` */
  missing: string[];
  /** within a second: the clipboard is tried otherwise */
  respondWith(outcome: Promise<Outcome>): void;
}

/** A better wording: `text` is to stand where `was`, the whole of the box, stands. */
export interface DraftDetail {
  text: string;
  was: string;
  conversation: string;
  respondWith(outcome: Promise<Outcome>): void;
}

export interface SteadyhandEventMap {
  "steadyhand-insert": CustomEvent<InsertDetail>;
  "steadyhand-draft": CustomEvent<DraftDetail>;
  "steadyhand-conversation": CustomEvent<{ conversation: string }>;
  "steadyhand-token-needed": CustomEvent<null>;
}

export interface SteadyhandSidebar extends HTMLElement {
  conversation: string;
  setToken(token: string): void;
  setDraft(text: string): void;
  setHost(host: string, caps: Capabilities): void;
  press(what: 1 | 2 | 3 | "edit" | "dismiss"): void;
  open(conversation: string, name?: string): void;
  close(conversation: string): void;
  destroy(): void;
  addEventListener<K extends keyof SteadyhandEventMap>(type: K, hear: (event: SteadyhandEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

export interface MountOptions {
  container: HTMLElement;
  conversation?: string;
  token?: string;
  /** an address of your backend that answers POST `{conversation}` with `{token}` */
  "token-url"?: string;
  /** the server's address, where it is not the script's own */
  server?: string;
  /** a CSS selector of the reply box */
  input?: string;
  theme?: Theme;
}

declare global {
  interface HTMLElementTagNameMap {
    "steadyhand-sidebar": SteadyhandSidebar;
  }
  interface Window {
    Steadyhand: { readonly mount: (options: MountOptions) => SteadyhandSidebar };
  }
}
