/** The bridges to chat tools. Each takes what the tool's own software gives the page; nothing of that software comes with them. */

import type { SteadyhandSidebar } from "./embed.js";
import type { Capabilities, Outcome } from "./protocol.js";

export interface Context {
  /** the tool's own id of the open chat; null for none */
  conversation: string | null;
  customer?: string;
  agent?: string;
  status?: string;
  theme?: "light" | "dark";
  /** of the agent, for a backend to check; Matrix gives an OpenID token */
  proof?: unknown;
}

export interface Message {
  conversation: string;
  id?: string;
  role: "customer" | "agent" | "bot" | "system";
  text: string;
  at?: string;
  private: boolean;
}

export type Unsubscribe = () => void;

/** Implement it for a tool of your own and hand it to `attach`. */
export interface HostBridge {
  readonly host: string;
  readonly caps: Capabilities;
  connect(): Promise<Context>;
  onContext(hear: (context: Context) => void): Unsubscribe;
  onMessage?(hear: (message: Message) => void): Unsubscribe;
  onDraft?(hear: (draft: { conversation: string; text: string }) => void): Unsubscribe;
  /** must refuse with `moved` where the tool shows another conversation by now, and never send */
  insert(text: string, to: { conversation: string }): Promise<Outcome>;
  /** a proof of the agent that is good now; rejects where she refuses */
  prove?(): Promise<unknown>;
  open?(conversation: string): void;
  destroy(): void;
}

export interface AttachOptions {
  /** from your backend, for the server's id of a conversation */
  token(asked: { conversation: string; context: Context }): Promise<string>;
  /** name of the tool's instance on the server; the server's id is then `connector:id` */
  connector?: string;
  /** what the page hears, with the server's id */
  onMessage?(message: Message): void;
}

/** Resolves to what takes it apart again. */
export function attach(sidebar: SteadyhandSidebar, bridge: HostBridge, options: AttachOptions): Promise<() => void>;
/** The rest as of a tool that can least. */
export function capabilities(declared: Partial<Capabilities>): Capabilities;

export function chatwoot(page?: Window, account?: string): HostBridge;
export function chatwootTab(origin: string, account?: string, frame?: Window): HostBridge;
/** What `whitelisted_plugins` of converse must name. */
export const PLUGIN: "steadyhand";
/** `library` is converse.js itself, before `initialize`. */
export function converse(library: { plugins: { add(name: string, plugin: any): void } }, page?: Document): HostBridge;
/** `front` is the default export of @frontapp/plugin-sdk. */
export function front(front: { contextUpdates: { subscribe(hear: (context: any) => void): { unsubscribe(): void } } }): HostBridge;
/** `widget` comes from `createDetailsWidget()` or `createMessageBoxWidget()` of @livechat/agent-app-sdk. */
export function livechat(widget: LiveChatWidget): HostBridge;
/** `api` is a `WidgetApi` of matrix-widget-api, before `start()`. */
export function matrix(api: MatrixWidgetApi, widget: { conversation: string; agent?: string; theme?: string | null }): HostBridge;
/** The option `token` of `attach` for a page without a backend: the server asks the agent's homeserver who she is. */
export function openidToken(server: string, connector: string): AttachOptions["token"];
/** Call it first of all: it takes the login token out of the address. */
export function rocketchat(frame?: Window): HostBridge;
/** `client` comes from `ZAFClient.init()`. */
export function zendesk(client: ZendeskClient): HostBridge;

export interface LiveChatWidget {
  on(name: any, hear: (data: any) => void): void;
  off(name: any, hear: (data: any) => void): void;
  getCustomerProfile(): { name?: string; chat?: { id?: string }; source?: string } | null;
  putMessage(text: string): Promise<void> | void;
  watchMessages?(): Promise<void>;
  getTheme?(): string | null;
}

export interface MatrixWidgetApi {
  requestCapabilityToReceiveEvent(type: string): void;
  start(): void;
  sendContentLoaded(): Promise<unknown>;
  on(name: any, hear: (event: any) => void): any;
  off(name: any, hear: (event: any) => void): any;
  requestOpenIDConnectToken(): Promise<unknown>;
  readRoomEvents(type: string, limit?: number): Promise<any[]>;
  transport: { reply(request: any, answer: any): void };
}

export interface ZendeskClient {
  get(paths: string[]): Promise<Record<string, any>>;
  invoke(name: string, ...args: unknown[]): Promise<unknown>;
  on(name: string, hear: (data: any) => void): void;
  off(name: string, hear: (data: any) => void): void;
}
