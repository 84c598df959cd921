/**
 * `<steadyhand-connectors>`: the connectors, and what has come to the one that is chosen, newest first. It looks again every two
 * seconds while somebody can see it. Fires `steadyhand-choose` with the name, `steadyhand-looked` when an answer has come, and
 * `steadyhand-trouble` with the problem when none has.
 */

import { LitElement, html, nothing, repeat } from "../vendor/lit.js";
import { hint, nameOf, outcomeWords, together, whatWords, worth } from "../live/deliveries.js";

/** @typedef {import("../live/deliveries.js").Connector} Connector */
/** @typedef {import("../live/deliveries.js").Delivery} Delivery */
/** @typedef {import("../live/rest.js").Rest} Rest */

const EVERY = 2_000; // ms
const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const COPIED = 2_000; // ms for which it is said

export class ConnectorsElement extends LitElement {
  static properties = {
    rest: { attribute: false },
    chosen: { attribute: false },
    connectors: { state: true },
    deliveries: { state: true },
    onlyTrouble: { state: true },
    copied: { state: true },
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #looking = 0;

  constructor() {
    super();
    /** @type {Rest | null} */ this.rest = null;
    /** @type {string} */ this.chosen = "";
    /** @type {readonly Connector[] | null} null until they are known */ this.connectors = null;
    /** @type {readonly Delivery[] | null} */ this.deliveries = null;
    this.onlyTrouble = false;
    this.copied = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#onVisible);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#rest();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("rest") && this.rest) void this.#look();
  }

  #onVisible = () => (document.hidden ? this.#rest() : this.rest && void this.#look());

  /** Look no more, also not at what is on its way. */
  #rest() {
    clearTimeout(this.#timer);
    this.#looking += 1;
  }

  async #look() {
    this.#rest();
    const looking = this.#looking;
    const rest = /** @type {Rest} */ (this.rest);
    try {
      const { connectors } = await rest.get("/connectors");
      const chosen = connectors.find((/** @type {Connector} */ { name }) => name === this.chosen) ?? connectors[0];
      const answered = chosen ? (await rest.get(`/connectors/${encodeURIComponent(chosen.name)}/events`)).events : [];
      if (looking !== this.#looking) return;
      this.connectors = connectors;
      this.deliveries = together(chosen?.name === this.chosen ? (this.deliveries ?? []) : [], answered);
      this.chosen = chosen?.name ?? "";
      this.#fire("steadyhand-looked");
    } catch (problem) {
      if (looking !== this.#looking) return;
      this.#fire("steadyhand-trouble", problem);
    }
    if (!document.hidden) this.#timer = setTimeout(() => void this.#look(), EVERY);
  }

  /** @param {string} name @param {unknown} [detail] */
  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** @param {string} name */
  #choose(name) {
    if (name === this.chosen) return;
    this.chosen = name;
    this.deliveries = null;
    this.#fire("steadyhand-choose", { name });
    void this.#look();
  }

  /** @param {string} address */
  async #copy(address) {
    this.copied = await navigator.clipboard.writeText(address).then(() => true, () => false);
    setTimeout(() => (this.copied = false), COPIED);
  }

  render() {
    if (!this.connectors) return html`<p class="nothing">Looking…</p>`;
    const chosen = this.connectors.find(({ name }) => name === this.chosen);
    if (!chosen) return html`<p class="nothing">There is no connector yet. One is added on the server: <code>steadyhand connect add chatwoot --name desk --secret - --origin https://chat.example.com</code></p>`;
    return html`<nav aria-label="Connectors">${repeat(this.connectors, ({ name }) => name, (one) => this.#tab(one))}</nav>
      <section aria-labelledby="chosen">
        <h2 id="chosen" dir="auto">${chosen.name}</h2>
        ${this.#facts(chosen)}
        ${this.#came(chosen)}
      </section>`;
  }

  /** @param {Connector} connector */
  #tab({ name, tool }) {
    return html`<button type="button" aria-current=${name === this.chosen ? "true" : nothing} @click=${() => this.#choose(name)}>
      <strong dir="auto">${name}</strong><span>${tool}</span>
    </button>`;
  }

  /** @param {Connector} connector */
  #facts({ webhook, signed, keys, origin, team, agents, api, writes }) {
    const address = `${location.origin}${webhook}`;
    return html`<dl class="about">
      <div><dt>Webhook</dt><dd><code>${address}${signed ? nothing : "/…"}</code> ${signed ? this.#copyButton(address) : "ends on its key: the tool does not sign"}</dd></div>
      <div><dt>Keys</dt><dd>${keys === 2 ? "2, the one before is good too" : keys}</dd></div>
      <div><dt>Pages</dt><dd>${origin ? html`<code>${origin}</code> may show the sidebar` : "none may show the sidebar"}</dd></div>
      <div><dt>Team</dt><dd dir="auto">${team}</dd></div>
      <div><dt>Agents</dt><dd>${agents ? `${agents} named` : "none named"}</dd></div>
      <div><dt>API</dt><dd>${api ? `asked; ${writes.length ? `writes ${writes.join(", ")}` : "nothing is written"}` : "not asked"}</dd></div>
    </dl>`;
  }

  /** Browsers copy on secure pages only. @param {string} address */
  #copyButton(address) {
    if (!navigator.clipboard) return nothing;
    return html`<button class="plain" type="button" @click=${() => this.#copy(address)}>${this.copied ? "Copied" : "Copy"}</button>`;
  }

  /** @param {Connector} connector */
  #came(connector) {
    if (!this.deliveries) return html`<p class="nothing">Looking…</p>`;
    if (!this.deliveries.length) return this.#nothingCame(connector);
    const bad = this.deliveries.filter((one) => worth(one) === "bad");
    const shown = this.onlyTrouble ? bad : this.deliveries;
    return html`<div class="bar">
        <h3>What came last</h3>
        <label><input type="checkbox" .checked=${this.onlyTrouble} @change=${() => (this.onlyTrouble = !this.onlyTrouble)} /> Only trouble (${bad.length})</label>
      </div>
      ${shown.length ? this.#table(shown) : html`<p class="nothing">No trouble among the last ${this.deliveries.length}.</p>`}`;
  }

  /** @param {Connector} connector */
  #nothingCame({ name }) {
    return html`<p class="nothing">Nothing has come in the last days. Enter the webhook's address and the key in the tool, and write something there; or try the way without the tool: <code>steadyhand connect check ${name} --server ${location.origin}</code></p>`;
  }

  /** @param {readonly Delivery[]} shown */
  #table(shown) {
    return html`<table>
      <caption class="unseen">Deliveries, the newest first</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Conversation</th><th scope="col">Outcome</th></tr></thead>
      <tbody>${repeat(shown, nameOf, (one) => this.#row(one))}</tbody>
    </table>`;
  }

  /** @param {Delivery} delivery */
  #row(delivery) {
    const more = delivery.event ?? { headers: delivery.headers };
    const advice = hint(delivery);
    return html`<tr data-worth=${worth(delivery)}>
      <td><time datetime=${delivery.received_at} title=${delivery.received_at}>${TIME.format(new Date(delivery.received_at))}</time></td>
      <td><details><summary>${whatWords(delivery)}</summary><pre>${JSON.stringify(more, null, 2)}</pre></details></td>
      <td dir="auto">${delivery.conversation ?? ""}</td>
      <td><span class="came">${outcomeWords(delivery)}${(delivery.tries ?? 0) > 1 ? ` (${delivery.tries} tries)` : ""}</span>${advice ? html`<p>${advice}</p>` : nothing}</td>
    </tr>`;
  }
}
