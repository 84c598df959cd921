/** A bare sidebar for tests of its parts: the ground and the phrases in the sidebar's own styles, with the wire in the hands of the test. */

import { LitElement, html } from "/static/vendor/lit.js";
import { Grounds } from "/static/elements/grounds.js";
import { insert } from "/static/elements/insertion.js";
import { instructions } from "/static/elements/instructions.js";
import { Phrasing } from "/static/elements/phrasing.js";
import { sidebarStyle } from "/static/elements/sidebar-style.js";
import { timelineStyle } from "/static/elements/timeline-style.js";
import { workbenchStyle } from "/static/elements/workbench.js";
import { emptyView, receive } from "/static/live/conversation.js";
import { fetchWords, words } from "/static/live/strings.js";

class Parts extends LitElement {
  static styles = [...sidebarStyle, ...workbenchStyle, timelineStyle];

  conversation = "c";
  t = words("en");
  view = emptyView();
  sent = []; // frames for the server
  told = []; // feedback
  inserted = [];
  typed = 0;
  online = true;

  grounds = new Grounds(this, (frame) => this.online && Boolean(this.sent.push(frame)));
  phrasing = new Phrasing(this, {
    conversation: () => this.conversation,
    suggestions: () => this.view.advice?.suggestions ?? [],
    insert: (what) => insert(this, what),
    tell: (suggestion, verdict, more = {}) => this.told.push({ suggestion, verdict, ...more }),
    inserted: (what) => this.inserted.push(what),
    typed: () => (this.typed += 1),
  });

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", (event) => this.phrasing.key(event) && event.preventDefault());
  }

  /** A frame of the wire. */
  hear(frame) {
    if (this.grounds.answers(frame)) return;
    this.view = receive(this.view, frame);
    this.grounds.heard(frame, this.view);
    this.requestUpdate();
  }

  async speak(language) {
    this.t = await fetchWords(language);
    this.requestUpdate();
  }

  updated() {
    this.phrasing.updated();
  }

  render() {
    const { view, t, grounds } = this;
    const { advice, state } = view;
    return html`${grounds.meter(view, t)}
      <div class="advice">
        ${instructions(advice?.instructions, t)}
        ${this.phrasing.cards({ reason: advice?.reason, step: advice?.next_step, facts: state?.facts }, t)}
      </div>
      <div class="ground">${grounds.steps(view, t)} ${grounds.why(view, t)} ${grounds.facts(view, t)} ${grounds.promises(view, t)}</div>`;
  }
}

customElements.define("test-parts", Parts);

/** The element in the page, with the tokens and one snapshot heard. */
export async function parts(snapshot) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/static/style/tokens.css" });
  const loaded = new Promise((resolve) => (link.onload = resolve));
  document.head.append(link);
  await loaded;
  Object.assign(document.body.style, { margin: 0, height: "100vh" });
  const element = document.createElement("test-parts");
  document.body.append(element);
  element.hear(snapshot);
  await element.updateComplete;
  window.parts = element;
}
