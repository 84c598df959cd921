/**
 * One websocket to Steadyhand: greets, answers pings, reconnects, resumes, and says truthfully how it stands.
 * Rule of this room: no DOM. The WebSocket class and the timers are arguments, so that a test can be the server and the clock.
 *
 * A page with one stream of its own (the supervisor's board, the demo chat):
 *
 *     const connection = connect({ url: "/ws/v1/supervisor", token, onFrame: (frame) => …, onStatus: (status) => … });
 *     connection.send({ type: "ping" });      // false when it could not be handed to the socket
 *     connection.close();
 *
 * An agent's page follows conversations:
 *
 *     const leave = connection.subscribe("c-17", { onFrame: (frame) => …, onError: (error) => … });
 *
 * `onFrame` of a subscription gets snapshot, resumed, update, typing, whisper, alert and draft_review of that conversation: every offset once, in
 * order, without a hole. The connection's own `onFrame` gets every other frame.
 */

import { Position } from "./position.js";

/** @typedef {Record<string, any> & {type: string}} Frame */
/**
 * @typedef {object} Status
 * @property {"connecting" | "catching-up" | "live" | "uncertain" | "restarting" | "offline" | "refused" | "closed"} state
 *   uncertain: whole, but the server says that its database is away; restarting: offline for the first seconds after the server said that it
 *   restarts; refused: the server's last word (bad token, wrong role), only `retryNow` tries again; closed: by us
 * @property {number} since ms of the clock; when not live, when it last was (or when connecting began)
 * @property {number} [code] the close code behind offline or refused
 * @property {string} [reason]
 * @property {Service} service
 */
/** @typedef {Readonly<{database: boolean, backplane: boolean}>} Service whether the server says that they answer; true while it says nothing */
/**
 * @typedef {object} Timers
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now ms
 * @property {() => number} random 0..1
 */
/** @typedef {{onFrame: (frame: Frame) => void, onError?: (error: {code: string, message: string}) => void}} Handlers */
/** @typedef {Handlers & {position: Position, timer: any, refused: number}} Subscription `refused`: how often in a row for want of the database */
/**
 * @typedef {object} Options
 * @property {string} url ws(s)://…, http(s)://… or a path of the page's own server
 * @property {string | (() => string | Promise<string>)} token a function is asked again before every connection
 * @property {(frame: Frame) => void} [onFrame]
 * @property {(status: Status) => void} [onStatus]
 * @property {(token: string) => Frame} [greet] the first frame; the default is hello
 * @property {string} [welcome] type of the frame that answers it
 * @property {{new (url: string): WebSocket}} [WebSocket]
 * @property {Timers} [timers]
 */

const WELCOME = 10_000; // ms, as long as the server waits for hello
const SILENCE = 33_000; // ms; the server pings every 25 s and waits 8 s for the answer
const HEALTHY = 30_000; // ms of connection after which the next fault starts at the first delay again
const ANSWER = 15_000; // ms for a snapshot or a resume
const FIRST_DELAY = 1_000; // ms
const LONGEST_DELAY = 20_000; // ms
const PATIENCE = 10_000; // ms after which a server that restarts is simply away
const RESTART = 1012; // close code
const FINAL = 4500; // close codes from here to 4999 end it, all others reconnect

/** @type {Service} */
const SOUND = Object.freeze({ database: true, backplane: true });

/** @type {Timers} */
const CLOCK = {
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
  now: () => Date.now(),
  random: () => Math.random(),
};

/**
 * Full jitter: a crowd that was cut off together does not come back together.
 * @param {number} failures in a row, from 0
 * @param {number} random 0..1
 * @returns {number} ms
 */
export function delay(failures, random) {
  return random * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures);
}

/**
 * @param {string} url
 * @param {string} [page] address of the page
 * @returns {string} the same with ws: or wss:
 */
export function socketUrl(url, page = globalThis.location?.href) {
  const full = new URL(url, page);
  full.protocol = full.protocol.replace("http", "ws");
  full.hash = "";
  return full.href;
}

/** @param {Options} options @returns {Connection} */
export function connect(options) {
  const connection = new Connection(options);
  connection.retryNow();
  return connection;
}

export class Connection {
  /** @type {Options} */ #options;
  /** @type {Timers} */ #timers;
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {Map<string, Subscription>} */ #subscriptions = new Map();
  /** @type {Map<string, any>} */ #alarms = new Map();
  #welcomed = false;
  #failures = 0;
  #attempt = 0;
  /** @type {any} runs while a server that restarts is waited for */ #patience = null;
  /** @type {Service} */ #service = SOUND;
  /** @type {Status} */ #status;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#timers = options.timers ?? CLOCK;
    this.#status = { state: "connecting", since: this.#timers.now(), service: SOUND };
  }

  get status() {
    return this.#status;
  }

  /**
   * @param {Frame} frame
   * @returns {boolean} false when there is no greeted socket to hand it to; it is not kept
   */
  send(frame) {
    if (!this.#welcomed || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Follow a conversation until the returned function is called; over every reconnection.
   * @param {string} conversation
   * @param {Handlers} handlers
   * @returns {() => void}
   */
  subscribe(conversation, handlers) {
    this.#drop(conversation);
    const subscription = { ...handlers, position: new Position(), timer: null, refused: 0 };
    this.#subscriptions.set(conversation, subscription);
    if (this.#welcomed) this.#ask(conversation, subscription);
    this.#settle();
    return () => {
      if (this.#subscriptions.get(conversation) !== subscription) return;
      this.#drop(conversation);
      this.send({ type: "unsubscribe", conversation });
      this.#settle();
    };
  }

  /** Connect at once: at the start, with a new token, or when the page knows that the network is back. */
  retryNow() {
    if (this.#welcomed) return;
    this.#detach();
    void this.#open();
  }

  /** Throw this socket away and make a new one; for a reader that has found a hole in a stream of its own. */
  restart() {
    this.#lost(0, "restart");
  }

  close() {
    const socket = this.#socket;
    this.#detach();
    for (const conversation of [...this.#subscriptions.keys()]) this.#drop(conversation);
    socket?.close(1000);
    this.#forgetRestart();
    this.#say("closed", this.#timers.now());
  }

  async #open() {
    const attempt = ++this.#attempt; // a token that comes late, for an attempt long given up, is not used
    const since = this.#status.state === "live" ? this.#timers.now() : this.#status.since;
    this.#say(this.#patience ? "restarting" : "connecting", since);
    const token = await this.#token();
    if (attempt !== this.#attempt) return;
    if (token === null) return this.#lost(0, "no token");
    const Socket = this.#options.WebSocket ?? globalThis.WebSocket;
    const socket = new Socket(socketUrl(this.#options.url));
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.#greeting(token)));
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
    this.#alarm("silence", WELCOME, () => this.#lost(0, "no welcome"));
  }

  /** @returns {Promise<string | null>} null when the page could not get one: as good as being offline */
  async #token() {
    const { token } = this.#options;
    if (typeof token === "string") return token;
    try {
      return await token();
    } catch {
      return null;
    }
  }

  /** @param {string} token @returns {Frame} */
  #greeting(token) {
    return this.#options.greet?.(token) ?? { type: "hello", token };
  }

  /** @param {string} data */
  #hear(data) {
    const frame = /** @type {Frame} */ (JSON.parse(data));
    if (frame.type === "ping") this.#socket?.send('{"type":"pong"}');
    else if (frame.type === (this.#options.welcome ?? "welcome")) this.#greeted();
    if (this.#welcomed) this.#alarm("silence", SILENCE, () => this.#lost(0, "silence"));
    if (frame.type !== "ping") this.#route(frame);
  }

  #greeted() {
    this.#welcomed = true;
    this.#forgetRestart();
    this.#alarm("healthy", HEALTHY, () => {
      this.#failures = 0;
    });
    for (const [conversation, subscription] of this.#subscriptions) this.#ask(conversation, subscription);
    this.#settle();
  }

  /** @param {string} conversation @param {Subscription} subscription */
  #ask(conversation, subscription) {
    const { position } = subscription;
    position.waiting = true;
    const resume = position.at ? { resume: position.at } : {};
    this.send({ type: "subscribe", conversation, ...resume, ref: `subscribe ${conversation}` });
    this.#timers.clearTimeout(subscription.timer);
    subscription.timer = this.#timers.setTimeout(() => this.#lost(0, "no snapshot"), ANSWER);
  }

  /** @param {Frame} frame */
  #route(frame) {
    if (frame.type === "service") return this.#turn(frame);
    const conversation = frame.conversation ?? /^subscribe (.*)$/su.exec(frame.ref ?? "")?.[1];
    const subscription = this.#subscriptions.get(conversation);
    if (!subscription) this.#options.onFrame?.(frame);
    else if (frame.type === "error") this.#failed(conversation, subscription, frame);
    else if (["snapshot", "resumed", "update"].includes(frame.type)) this.#advance(conversation, subscription, frame);
    else subscription.onFrame(frame);
  }

  /** @param {string} conversation @param {Subscription} subscription @param {Frame} frame */
  #advance(conversation, subscription, frame) {
    const verdict = subscription.position.judge(frame);
    if (verdict === "hole") this.#ask(conversation, subscription);
    if (!subscription.position.waiting) this.#settled(subscription);
    if (verdict === "apply") subscription.onFrame(frame);
    this.#settle();
  }

  /** @param {Subscription} subscription that is whole */
  #settled(subscription) {
    this.#timers.clearTimeout(subscription.timer);
    subscription.refused = 0;
  }

  /** What the server says of itself; what waited for its database is asked for at once. @param {Frame} frame */
  #turn({ database, backplane }) {
    const back = database && !this.#service.database;
    this.#service = { database, backplane };
    if (back) {
      for (const [conversation, subscription] of this.#subscriptions) if (subscription.refused) this.#ask(conversation, subscription);
    }
    this.#settle();
  }

  /**
   * An error about the subscription itself ends it, but for a database that is away; one that answers another of our frames does not.
   * @param {string} conversation @param {Subscription} subscription @param {Frame} frame
   */
  #failed(conversation, subscription, frame) {
    const ours = frame.ref === undefined || frame.ref === null || frame.ref === `subscribe ${conversation}`;
    if (!ours) return subscription.onFrame(frame);
    if (frame.error.code === "unavailable") return this.#askLater(conversation, subscription);
    this.#drop(conversation);
    this.#settle();
    subscription.onError?.(frame.error);
  }

  /** @param {string} conversation @param {Subscription} subscription */
  #askLater(conversation, subscription) {
    subscription.position.waiting = true;
    this.#timers.clearTimeout(subscription.timer);
    const wait = delay(subscription.refused, this.#timers.random());
    subscription.timer = this.#timers.setTimeout(() => this.#ask(conversation, subscription), wait);
    subscription.refused += 1;
    this.#settle();
  }

  /** @param {string} conversation */
  #drop(conversation) {
    const subscription = this.#subscriptions.get(conversation);
    if (subscription) this.#timers.clearTimeout(subscription.timer);
    this.#subscriptions.delete(conversation);
  }

  /** Live only when every conversation that is followed is whole, and may be believed to be. */
  #settle() {
    if (!this.#welcomed) return;
    const behind = [...this.#subscriptions.values()].some(({ position }) => position.waiting);
    const state = !this.#service.database ? "uncertain" : behind ? "catching-up" : "live";
    if (state !== this.#status.state || this.#service !== this.#status.service) this.#say(state, this.#timers.now());
  }

  /** @param {number} code @param {string} reason */
  #lost(code, reason) {
    const since = this.#welcomed || this.#status.state === "refused" ? this.#timers.now() : this.#status.since;
    const socket = this.#socket;
    if (code === RESTART) this.#expectRestart();
    this.#detach();
    socket?.close();
    if (code >= FINAL) return this.#say("refused", since, { code, reason });
    const wait = delay(this.#failures, this.#timers.random());
    this.#failures += 1;
    this.#alarm("retry", wait, () => void this.#open());
    this.#say(this.#patience ? "restarting" : "offline", since, { code, reason });
  }

  /** The server has said that it comes again: no alarm for the first seconds, and no longer wait than the shortest. */
  #expectRestart() {
    if (this.#welcomed) this.#failures = 0;
    this.#patience ??= this.#timers.setTimeout(() => {
      this.#patience = null;
      const { state, since, service, ...why } = this.#status;
      if (state === "restarting") this.#say("offline", since, why);
    }, PATIENCE);
  }

  #forgetRestart() {
    this.#timers.clearTimeout(this.#patience);
    this.#patience = null;
  }

  /** Forget the socket: a dead one may take minutes to close, and nothing it still says counts. */
  #detach() {
    if (this.#socket) this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket = null;
    this.#welcomed = false;
    this.#service = SOUND;
    this.#attempt += 1;
    for (const timer of this.#alarms.values()) this.#timers.clearTimeout(timer);
    this.#alarms.clear();
    for (const { timer } of this.#subscriptions.values()) this.#timers.clearTimeout(timer);
  }

  /** @param {string} name @param {number} ms @param {() => void} run */
  #alarm(name, ms, run) {
    this.#timers.clearTimeout(this.#alarms.get(name));
    this.#alarms.set(name, this.#timers.setTimeout(run, ms));
  }

  /** @param {Status["state"]} state @param {number} since @param {{code?: number, reason?: string}} [why] */
  #say(state, since, why = {}) {
    this.#status = { state, since, ...why, service: this.#service };
    this.#options.onStatus?.(this.#status);
  }
}
