/** The messages of `steadyhand/1` between a page and the sidebar's frame, for pages that make the frame themselves. */

export type Theme = "light" | "dark" | "system";

/** `moved`: another chat is open by now; `none`: it is nowhere. */
export interface Outcome {
  ok: boolean;
  how: "native" | "draft" | "paste" | "clipboard" | "moved" | "none";
}

export interface Capabilities {
  insert: "native" | "draft" | "paste" | "clipboard" | "none";
  insertModes: readonly ("at-cursor" | "append" | "replace")[];
  context: "push" | "pull" | "url";
  live: "bridge" | "server";
  draftText: boolean;
  theme: boolean;
  visibleBesideChat: boolean;
  agentProof: "none" | "jwt" | "openid" | "signed-request";
}

interface Spoken {
  protocol: "steadyhand/1";
}

/** From the sidebar: take it only from the server's exact origin and the frame's own window. */
export type FromSidebar = Spoken &
  (
    | { type: "hello" }
    | { type: "insert"; ref: number; conversation: string; suggestion: string; text: string; missing: string[] }
    | { type: "draft.replace"; ref: number; conversation: string; was: string; text: string }
    | { type: "conversation"; conversation: string }
    | { type: "token.needed" }
  );

/** To the sidebar: send it to the server's exact origin, never to `*`. */
export type ToSidebar = Spoken &
  (
    | { type: "host"; host: string; caps: Capabilities }
    | { type: "context"; conversation?: string | null; token?: string; theme?: Theme }
    | ({ type: "insert.result"; ref: number } & Outcome)
    | { type: "press"; number: 1 | 2 | 3 }
    | { type: "press"; action: "edit" | "dismiss" }
    | { type: "draft"; conversation: string; text: string }
    | { type: "open"; conversation: string; name?: string }
    | { type: "close"; conversation: string }
    | { type: "theme"; theme: Theme }
  );
