/**
 * Steadyhand in any page, by one classic script tag and no other file:
 *
 *     <script src="https://assist.example.com/static/embed.js"></script>
 *     <steadyhand-sidebar conversation="c-17" input="#reply"></steadyhand-sidebar>
 *     <script>document.querySelector("steadyhand-sidebar").setToken(token)</script>
 *
 * Or without a line of script, by the tag alone: each `data-…` becomes an attribute of the sidebar that is made in `data-container`:
 *
 *     <script src="https://assist.example.com/static/embed.js" data-container="#side" data-conversation="c-17" data-input="#reply" data-token-url="/steadyhand/token"></script>
 *
 * `token-url` is an address of the page's own backend: POST `{conversation}`, answered by `{token}`; asked at each change of chat and when a token is no good.
 *
 * Several chats at once: `sidebar.open("c-17", "Maria")` and `sidebar.close("c-17")` make tabs; `steadyhand-conversation` says which one the agent took.
 * Or `const sidebar = Steadyhand.mount({ container, conversation, token, input, theme })`, later `sidebar.conversation = "c-18"`,
 * `sidebar.setToken(…)`, `sidebar.destroy()`. A second script tag, or a second `mount` in one container, is harmless.
 *
 * A chosen phrase arrives as the cancelable event `steadyhand-insert` with `detail` {text, suggestion, conversation, missing, respondWith}. Who handles
 * it calls `preventDefault()`, and `respondWith(promise of {ok, how})` where the outcome is known only later. Otherwise the phrase goes
 * into the field that `input` selects. `steadyhand-token-needed` asks for a fresh token. What the agent writes in that field is told to the sidebar,
 * for its coach; an editor of another kind tells it by `setDraft(text)` and takes a better wording by the event `steadyhand-draft`.
 *
 * Rules: the sidebar lives in a frame of its own origin and is talked to by `steadyhand/1` only: exact origins both ways, the frame's own
 * window, the right shape, or nothing. The token goes in by method and message, never into an attribute or an address. Nothing is ever sent.
 */
(() => {
  "use strict";

  const PROTOCOL = "steadyhand/1";
  const TAG = "steadyhand-sidebar";
  /** @type {Record<string, number | "edit" | "dismiss" | undefined>} */
  const KEYS = { Digit1: 1, Digit2: 2, Digit3: 3, KeyE: "edit", KeyD: "dismiss" };
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const page = /** @type {Window & {Steadyhand?: object}} */ (window);
  if (page.Steadyhand || customElements.get(TAG)) return;

  /** @typedef {{ok: boolean, how: string}} Outcome */
  /** @typedef {{ref: number, text: string, suggestion: string, conversation: string, missing: string[]}} Insert */
  /** @typedef {{ref: number, text: string, was: string, conversation: string}} Replace */

  const WITHIN = 10_000; // ms for the page's backend to answer

  class SteadyhandFrame extends HTMLElement {
    static observedAttributes = ["conversation", "theme", "token-url"];

    /** @type {HTMLIFrameElement | null} */ #frame = null;
    #origin = "";
    #token = "";
    #ready = false;
    #asked = 0;
    /** @type {Map<string, string>} chats that have a tab, and their names */ #chats = new Map();
    /** @type {{host: string, caps: object} | null} the tool around, and what it can do */ #host = null;

    get conversation() {
      return this.getAttribute("conversation") ?? "";
    }

    set conversation(id) {
      this.setAttribute("conversation", id);
    }

    /** @param {string} token */
    setToken(token) {
      this.#token = token;
      this.#tellContext();
    }

    /**
     * What the page can do with a phrase, where it is known; the sidebar then promises no more.
     * @param {string} host name of the tool
     * @param {object} caps as hosts/bridge.js lists them
     */
    setHost(host, caps) {
      this.#host = { host, caps: { ...caps } };
      this.#post({ type: "host", ...this.#host });
    }

    /** What stands in the reply box now; of itself known where `input` selects the box. @param {string} text */
    setDraft(text) {
      this.#post({ type: "draft", conversation: this.conversation, text });
    }

    /** Put phrase 1, 2 or 3 into the reply box, or edit or dismiss the first. @param {number | "edit" | "dismiss"} what */
    press(what) {
      if (what === "edit") this.#frame?.focus(); // the agent goes on writing there
      this.#post(typeof what === "number" ? { type: "press", number: what } : { type: "press", action: what });
    }

    /** Give a chat a tab beside the others. @param {string} conversation @param {string} [name] of the customer */
    open(conversation, name = "") {
      this.#chats.set(conversation, name);
      this.#post({ type: "open", conversation, name });
    }

    /** Take a chat's tab away. @param {string} conversation */
    close(conversation) {
      if (this.#chats.delete(conversation)) this.#post({ type: "close", conversation });
    }

    /** Take it out of the page; it can be put back. */
    destroy() {
      this.remove();
    }

    connectedCallback() {
      const server = new URL(this.getAttribute("server") || script?.src || location.href, location.href);
      this.#origin = server.origin;
      this.#frame = makeFrame(server.origin);
      (this.shadowRoot ?? this.attachShadow({ mode: "open" })).replaceChildren(this.#frame);
      if (!this.style.display) this.style.display = "block";
      addEventListener("message", this.#onMessage);
      addEventListener("keydown", this.#onKey, true);
      addEventListener("input", this.#onInput, true);
      addEventListener("focusin", this.#onInput, true);
      void this.#signIn();
    }

    disconnectedCallback() {
      removeEventListener("message", this.#onMessage);
      removeEventListener("keydown", this.#onKey, true);
      removeEventListener("input", this.#onInput, true);
      removeEventListener("focusin", this.#onInput, true);
      this.#asked += 1;
      this.#frame?.remove();
      this.#frame = null;
      this.#ready = false;
    }

    /** @param {string} name @param {string | null} was @param {string | null} is */
    attributeChangedCallback(name, was, is) {
      if (was === is) return;
      this.#tellContext();
      if (name !== "theme") void this.#signIn();
    }

    /** By the page's own backend, where `token-url` names it. An answer that comes after the agent has gone on is of no use. */
    async #signIn() {
      const asked = (this.#asked += 1);
      await null; // attributes that are set together are one question
      const address = this.getAttribute("token-url");
      if (asked !== this.#asked || !this.isConnected || !address || !this.conversation) return;
      const token = await tokenFrom(address, this.conversation).catch(() => "");
      if (asked !== this.#asked) return;
      if (token) this.setToken(token);
      else if (!this.#token) setTimeout(() => asked === this.#asked && void this.#signIn(), WITHIN); // the sidebar asks again for what it had
    }

    #tellContext() {
      const theme = this.getAttribute("theme") ?? undefined;
      this.#post({ type: "context", conversation: this.conversation || null, token: this.#token || undefined, theme });
    }

    /** @param {Record<string, unknown>} message */
    #post(message) {
      if (this.#ready) this.#frame?.contentWindow?.postMessage({ protocol: PROTOCOL, ...message }, this.#origin);
    }

    /** @param {MessageEvent} event */
    #onMessage = ({ origin, source, data }) => {
      if (origin !== this.#origin || source !== this.#frame?.contentWindow || data?.protocol !== PROTOCOL) return;
      if (data.type === "hello") this.#onHello();
      else if (data.type === "insert" && isInsert(data)) void this.#onInsert(data);
      else if (data.type === "draft.replace" && isReplace(data)) void this.#onReplace(data);
      else if (data.type === "conversation" && typeof data.conversation === "string") this.#onConversation(data.conversation);
      else if (data.type === "token.needed") this.#onTokenNeeded();
    };

    #onTokenNeeded() {
      this.dispatchEvent(new CustomEvent("steadyhand-token-needed", { bubbles: true }));
      void this.#signIn();
    }

    #onHello() {
      this.#ready = true;
      if (this.#host) this.#post({ type: "host", ...this.#host });
      for (const [conversation, name] of this.#chats) this.#post({ type: "open", conversation, name });
      this.#tellContext();
      const box = this.#box();
      if (box && written(box)) this.setDraft(written(box));
    }

    /** The agent has gone to another chat by its tab. @param {string} conversation */
    #onConversation(conversation) {
      if (conversation === this.conversation) return;
      this.conversation = conversation;
      this.dispatchEvent(new CustomEvent("steadyhand-conversation", { detail: { conversation }, bubbles: true }));
    }

    /** @returns {HTMLElement | null} */
    #box() {
      const selector = this.getAttribute("input");
      const box = selector ? document.querySelector(selector) : null;
      return box instanceof HTMLElement ? box : null;
    }

    /** Also on focus: an editor may have been emptied or filled by its page, which no event tells. @param {Event} event */
    #onInput = ({ target }) => {
      const box = this.#box();
      if (box && target instanceof Node && box.contains(target)) this.setDraft(written(box));
    };

    /** @param {Insert} message */
    async #onInsert({ ref, text, suggestion, conversation, missing }) {
      const outcome = conversation === this.conversation ? await this.#offer({ text, suggestion, conversation, missing }) : { ok: false, how: "moved" };
      this.#post({ type: "insert.result", ref, ok: outcome.ok, how: outcome.how });
    }

    /** @param {Replace} message */
    async #onReplace({ ref, was, text, conversation }) {
      const outcome = conversation === this.conversation ? await this.#replace({ was, text, conversation }) : { ok: false, how: "moved" };
      this.#post({ type: "insert.result", ref, ok: outcome.ok, how: outcome.how });
    }

    /** @param {Omit<Replace, "ref">} what @returns {Promise<Outcome>} */
    async #replace(what) {
      const { taken, answer } = this.#fire("steadyhand-draft", what);
      if (taken) return answer;
      const box = this.#box();
      if (!box) return { ok: false, how: "none" };
      if (written(box) !== what.was) return { ok: false, how: "moved" };
      return rewrite(box, what.text) ? { ok: true, how: "native" } : { ok: false, how: "none" };
    }

    /**
     * @param {string} name of a cancelable event
     * @param {object} what
     * @returns {{taken: boolean, answer: Promise<Outcome>}} whether somebody handles it, and how it went
     */
    #fire(name, what) {
      /** @type {Promise<Outcome>} */
      let answer = Promise.resolve({ ok: true, how: "native" });
      const detail = { ...what, respondWith: (/** @type {Promise<Outcome>} */ promise) => (answer = promise) };
      const taken = !this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
      return { taken, answer: answer.catch(() => ({ ok: false, how: "none" })) };
    }

    /** @param {Omit<Insert, "ref">} what @returns {Promise<Outcome>} */
    async #offer(what) {
      const { taken, answer } = this.#fire("steadyhand-insert", what);
      if (taken) return answer;
      const box = this.#box();
      return box && put(box, what) ? { ok: true, how: "native" } : { ok: false, how: "none" };
    }

    /**
     * The agent's hands are in the reply box: the keys must work there too. By the place of the key: on a Mac Alt+1 types another character.
     * @param {KeyboardEvent} event
     */
    #onKey = (event) => {
      const what = KEYS[event.code];
      if (!what || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !this.#ready) return;
      event.preventDefault();
      this.press(what);
    };
  }

  /** @param {string} origin */
  function makeFrame(origin) {
    const frame = document.createElement("iframe");
    frame.title = "Steadyhand";
    frame.allow = "clipboard-write";
    frame.src = `${origin}/sidebar#host=${encodeURIComponent(location.origin)}`;
    Object.assign(frame.style, { display: "block", width: "100%", height: "100%", minWidth: "280px", border: "0" });
    return frame;
  }

  /** @param {string} address @param {string} conversation @returns {Promise<string>} */
  async function tokenFrom(address, conversation) {
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(WITHIN);
    const answer = await fetch(address, { method: "POST", credentials: "include", headers, body: JSON.stringify({ conversation }), signal });
    return answer.ok ? (await answer.json()).token : "";
  }

  /** @param {any} data @returns {data is Insert} */
  function isInsert(data) {
    const texts = [data.text, data.suggestion, data.conversation].every((value) => typeof value === "string");
    return texts && typeof data.ref === "number" && Array.isArray(data.missing) && data.missing.every((/** @type {unknown} */ slot) => typeof slot === "string");
  }

  /** @param {any} data @returns {data is Replace} */
  function isReplace(data) {
    return typeof data.ref === "number" && [data.text, data.was, data.conversation].every((value) => typeof value === "string");
  }

  /** @param {HTMLElement} box @returns {string} what stands in it */
  function written(box) {
    return box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement ? box.value : box.innerText;
  }

  /**
   * Another text in the place of all that is there, so that undo brings it back.
   * @param {HTMLElement} box
   * @param {string} text
   * @returns {boolean} whether it is there
   */
  function rewrite(box, text) {
    box.focus();
    if (box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement) {
      if (box.disabled || box.readOnly) return false;
      box.select();
    } else if (box.isContentEditable) getSelection()?.selectAllChildren(box);
    return document.execCommand("insertText", false, text) && written(box).includes(text.trim());
  }

  /**
   * At the cursor, behind what the agent has written, so that undo takes it out again; the first gap is selected to be typed over.
   * @param {HTMLElement} box
   * @param {{text: string, missing: string[]}} what
   * @returns {boolean} whether it is there
   */
  function put(box, { text, missing }) {
    box.focus();
    if (box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement) return putInField(box, text, missing);
    if (!box.isContentEditable) return false;
    return document.execCommand("insertText", false, text);
  }

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {string} text
   * @param {string[]} missing
   */
  function putInField(field, text, missing) {
    if (field.disabled || field.readOnly) return false;
    const start = field.selectionEnd ?? field.value.length; // behind what is selected: nothing of the agent's is typed over
    field.setSelectionRange(start, start);
    const space = start > 0 && !/\s$/u.test(field.value.slice(0, start)) ? " " : "";
    if (!document.execCommand("insertText", false, space + text)) {
      field.setRangeText(space + text, start, start, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: space + text }));
    }
    selectGap(field, start + space.length, text, missing);
    return field.value.includes(text);
  }

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {number} from where the text begins
   * @param {string} text
   * @param {string[]} missing
   */
  function selectGap(field, from, text, missing) {
    const gaps = missing.map((slot) => ({ at: text.indexOf(`[${slot}]`), length: slot.length + 2 })).filter(({ at }) => at >= 0);
    const [first] = gaps.sort((a, b) => a.at - b.at);
    if (first) field.setSelectionRange(from + first.at, from + first.at + first.length);
  }

  /**
   * @param {{container: HTMLElement, conversation?: string, token?: string, "token-url"?: string, server?: string, input?: string, theme?: "light" | "dark" | "system"}} options
   * @returns {SteadyhandFrame} the one that is already in the container, where there is one
   */
  function mount({ container, token, ...attributes }) {
    const known = /** @type {SteadyhandFrame | null} */ (container.querySelector(TAG));
    const sidebar = known ?? /** @type {SteadyhandFrame} */ (document.createElement(TAG));
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) sidebar.setAttribute(name, value);
    if (!known) {
      sidebar.style.height = "100%";
      container.append(sidebar);
    }
    if (token) sidebar.setToken(token);
    return sidebar;
  }

  /** What the tag's own attributes ask for. @param {HTMLScriptElement} tag @param {string} place a CSS selector */
  function mountByTag({ dataset: { conversation, input, theme, server, tokenUrl } }, place) {
    const container = /** @type {HTMLElement | null} */ (document.querySelector(place));
    if (!container) return console.error(`Steadyhand: nothing on this page is at data-container="${place}"`);
    mount({ container, conversation, input, theme: /** @type {any} */ (theme), server, "token-url": tokenUrl });
  }

  customElements.define(TAG, SteadyhandFrame);
  page.Steadyhand = Object.freeze({ mount });
  const place = script?.dataset.container;
  if (script && place && document.readyState !== "loading") mountByTag(script, place);
  else if (script && place) document.addEventListener("DOMContentLoaded", () => mountByTag(script, place));
})();
