/**
 * Matrix: a widget in a room, in Element or another client. Takes the `WidgetApi` of matrix-widget-api, before `start()`, and the room
 * that the widget's address names (`room=$matrix_room_id`). Clients give a widget no way into their box: phrases are copied.
 * The only tool that proves who the agent is: `prove` has an OpenID token from the client, which a server can check with the agent's
 * homeserver. Ours does, for `openidToken`, so that the widget needs no backend.
 */

import { Listeners, MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

/** @typedef {import("./bridge.js").Context} Context */
/** @typedef {import("./bridge.js").Message} Message */
/**
 * @typedef {object} WidgetApi what is used of it
 * @property {(type: string) => void} requestCapabilityToReceiveEvent
 * @property {() => void} start
 * @property {() => Promise<unknown>} sendContentLoaded
 * @property {(name: any, hear: (event: any) => void) => any} on
 * @property {(name: any, hear: (event: any) => void) => any} off
 * @property {() => Promise<unknown>} requestOpenIDConnectToken
 * @property {(type: string, limit?: number) => Promise<any[]>} readRoomEvents
 * @property {{reply: (request: any, answer: any) => void}} transport
 */
/** @typedef {{conversation: string, agent?: string, theme?: string | null}} Widget its room, its user (only to be shown), the client's theme, all of the widget's address */

const EVENT = "action:send_event";
const MESSAGE = "m.room.message";
const EARLIER = 50; // messages that were written before the widget was opened
const SPARE = 60; // seconds before it runs out that a proof is asked for again

/** @param {WidgetApi} api @param {Widget} widget @returns {import("./bridge.js").HostBridge} */
export function matrix(api, widget) {
  return new Matrix(api, widget);
}

/**
 * The option `token` of `attach` for a page without a backend: the server asks the agent's homeserver whose proof it is.
 * @param {string} server as https://assist.example.com
 * @param {string} connector of the tool `matrix`, with `--api` and `--account`
 * @returns {(asked: {conversation: string, context: Context}) => Promise<string>} rejects with the reason where the agent refuses or is refused
 */
export function openidToken(server, connector) {
  const place = `${server.replace(/\/$/, "")}/api/v1/connectors/${encodeURIComponent(connector)}/openid`;
  return async ({ conversation, context }) => {
    if (!context.proof) throw new Error("the Matrix client gives no proof of who you are: it has to be allowed to");
    const { access_token, matrix_server_name } = /** @type {any} */ (context.proof);
    const body = JSON.stringify({ access_token, matrix_server_name, conversation });
    const answer = await fetch(place, { method: "POST", headers: { "content-type": "application/json" }, credentials: "omit", body });
    const { token, error } = await answer.json();
    if (!answer.ok) throw new Error(`${error?.code}: ${error?.message}`);
    return token;
  };
}

class Matrix {
  host = "matrix";
  caps = capabilities({ insert: "clipboard", context: "url", live: "bridge", agentProof: "openid" });
  /** @type {WidgetApi} */ #api;
  /** @type {Widget} */ #widget;
  /** @type {Listeners<Message>} */ #messages = new Listeners();
  /** @type {unknown} */ #proof;
  #until = 0; // when the proof runs out, in ms since the epoch

  /** @param {WidgetApi} api @param {Widget} widget */
  constructor(api, widget) {
    this.#api = api;
    this.#widget = widget;
    api.requestCapabilityToReceiveEvent(MESSAGE);
  }

  /** @returns {Promise<Context>} */
  async connect() {
    const ready = new Promise((resolve) => this.#api.on("ready", resolve));
    this.#api.on(EVENT, this.#onEvent);
    this.#api.start();
    this.#api.sendContentLoaded().catch(() => undefined); // for `waitForIframeLoad: false`; other clients refuse it
    await ready;
    void this.#tellEarlier();
    const { conversation, agent, theme } = this.#widget;
    return { conversation, agent, ...(theme === "light" || theme === "dark" ? { theme } : {}) };
  }

  /** The client may ask the agent each time, and she may refuse: a proof is used as long as it is good. */
  async prove() {
    if (Date.now() >= this.#until) {
      const proof = /** @type {any} */ (await this.#api.requestOpenIDConnectToken());
      this.#proof = proof;
      this.#until = Date.now() + 1000 * (Number(proof?.expires_in ?? 0) - SPARE);
    }
    return this.#proof;
  }

  /** A widget stays in its room. */
  onContext() {
    return () => undefined;
  }

  /** @param {(message: Message) => void} hear */
  onMessage(hear) {
    return this.#messages.add(hear);
  }

  /** The sidebar copies it. @param {string} _text @param {{conversation: string}} to */
  async insert(_text, { conversation }) {
    return conversation === this.#widget.conversation ? NOT_TAKEN : MOVED;
  }

  destroy() {
    this.#api.off(EVENT, this.#onEvent);
    this.#messages.clear();
  }

  /** Every request must be answered. @param {{detail: any, preventDefault: () => void}} event */
  #onEvent = (event) => {
    event.preventDefault();
    this.#api.transport.reply(event.detail, {});
    this.#hear(event.detail?.data);
  };

  /** What was written before, in its order; some clients let nobody read it. */
  async #tellEarlier() {
    const found = await this.#api.readRoomEvents(MESSAGE, EARLIER).catch(() => []);
    for (const event of [...found].sort((a, b) => a.origin_server_ts - b.origin_server_ts)) this.#hear(event);
  }

  /** An edit is no message: it would be told as a second one. @param {any} event */
  #hear(event) {
    const { type, room_id: room, event_id: id, sender, origin_server_ts: at, content } = event ?? {};
    if (type !== MESSAGE || room !== this.#widget.conversation || typeof content?.body !== "string") return;
    if (content["m.relates_to"]?.rel_type === "m.replace") return;
    const role = sender === this.#widget.agent ? "agent" : "customer";
    this.#messages.tell({ conversation: room, id, role, text: content.body, at: new Date(at).toISOString(), private: false });
  }
}
