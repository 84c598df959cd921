/**
 * One open chat in the sidebar: what is known of it, the agent's tools for it, and how it is drawn. A chat behind another tab goes on listening.
 * Rule: nothing moves under the agent's hand: what comes and goes has its place reserved.
 */

import { html, keyed, nothing } from "../vendor/lit.js";
import { kindOf } from "../live/actions.js";
import { Celebrate } from "../live/celebrate.js";
import { emptyView, receive } from "../live/conversation.js";
import { keepHeard, keptHeard } from "../live/kept.js";
import { isolated } from "./deeds.js";
import { Desk } from "./desk.js";
import { Folds } from "./folds.js";
import { Grounds } from "./grounds.js";
import { IncidentCard } from "./incident_card.js";
import { insert } from "./insertion.js";
import { instructions } from "./instructions.js";
import { bySeverity, header, notice, trouble, turned } from "./notices.js";
import { MOST, byCopy } from "./phrases.js";
import { Phrasing } from "./phrasing.js";
import { Workbench } from "./workbench.js";

/** @typedef {import("../live/conversation.js").View} View */
/** @typedef {import("../live/connection.js").Status} Status */
/** @typedef {import("../live/session.js").Session} Session */
/** @typedef {import("../live/session.js").Problem} Problem */
/** @typedef {import("../live/draft.js").Frame} Frame */
/** @typedef {import("../live/strings.js").Words} Words */
/** @typedef {import("./sidebar.js").SteadyhandSidebar} Sidebar */
/** @typedef {import("./pacing.js").Pacing} Pacing */

export class Chat {
  /** @type {Sidebar} */ #sidebar;
  /** @type {Pacing} */ #pacing;
  /** @type {Folds} */ #folds;
  /** @type {Grounds} */ #grounds;
  /** @type {Workbench} */ #bench;
  /** @type {IncidentCard} */ #incident;
  /** @type {Desk} */ #desk;
  /** @type {Celebrate} */ #celebrate;
  /** @type {import("./notices.js").Slot} */ #notice = { turn: 0, open: false, whispered: false };
  /** offset of the last whisper that was put away */ #heard;
  /** @type {import("../live/conversation.js").Whisper | null} one that was put away before it had an offset */ #away = null;
  /** @type {import("../live/conversation.js").Done | null} by which it went to somebody else */ #taken = null;

  /** @type {View} */ view = emptyView();
  /** @type {Problem | null} why it cannot be shown */ problem = null;
  name = "";
  /** whether what stands below the phrases is drawn, too: after them, as a slice of its own */ #whole = false;

  /** @param {string} id @param {Sidebar} sidebar @param {Session} session @param {Pacing} pacing of all chats together */
  constructor(id, sidebar, session, pacing) {
    this.id = id;
    this.#sidebar = sidebar;
    this.#pacing = pacing;
    this.#heard = keptHeard(id);
    this.#folds = new Folds(sidebar);
    const host = seat(sidebar, id);
    const send = (/** @type {Frame} */ frame) => session.send(frame);
    /** @type {import("./opinion.js").Tell} */
    const tell = (suggestion, verdict, more) => session.tell(id, suggestion, verdict, more);
    this.#grounds = new Grounds(host, send);
    this.#bench = new Workbench(host, send, pacing, {
      insert: ({ text, missing = [] }) => void insert(sidebar, { text, suggestion: "", missing, conversation: id }),
      show: (message) => this.#grounds.show(message),
      tell,
    });
    this.#incident = new IncidentCard(host, (text) => insert(sidebar, { text, suggestion: "", missing: [], conversation: id }));
    this.#celebrate = new Celebrate(() => sidebar.requestUpdate());
    this.#desk = new Desk(host, { act: (action, more) => session.act(id, action, more), closing: this.#closing });
    this.phrasing = new Phrasing(host, {
      conversation: () => id,
      suggestions: () => (this.#isOpen ? pacing.advice : this.view.advice)?.suggestions?.slice(0, MOST) ?? [],
      insert: (what) => insert(sidebar, what),
      caps: () => sidebar.caps,
      tell,
      inserted: (put) => this.#bench.inserted(put),
      typed: () => pacing.typed(),
    });
  }

  get #isOpen() {
    return this.#sidebar.conversation === this.id;
  }

  /** It is the one that is shown from now on. */
  shown() {
    this.#pacing.open(this.id);
    if (this.view.loaded) this.#pacing.heard({ type: "snapshot" }, this.view.advice);
  }

  /** @param {Frame} frame of this chat */
  hear(frame) {
    if (this.answers(frame)) return;
    this.problem = this.#taken = null;
    const before = this.view;
    this.view = receive(before, frame);
    if (frame.type === "alert") this.#notice = { ...this.#notice, turn: 0, whispered: false };
    else if (before.loaded && this.#whisper && this.view.whispers.at(-1) !== before.whispers.at(-1)) this.#notice = { turn: 0, open: false, whispered: true };
    this.#celebrate.heard(before, this.view);
    this.#grounds.heard(frame, this.view);
    this.#bench.heard(frame);
    this.#incident.heard(/** @type {{type: string}} */ (frame), this.view);
    if (this.#isOpen) this.#pacing.heard(frame, this.view.advice);
    else this.#pacing.listen(frame);
    if (frame.type === "snapshot") this.#sidebar.drawApart();
    else this.#sidebar.requestUpdate();
  }

  /** @param {Frame} frame any @returns {boolean} whether it answers one of the tools, and changes nothing else */
  answers(frame) {
    return this.#bench.answers(frame) || this.#grounds.answers(frame);
  }

  /** @param {Problem} problem */
  fail(problem) {
    this.problem = problem;
    const last = this.view.actions.filter(({ action }) => action === "takeover").at(-1);
    this.name ||= this.view.state?.customer?.name ?? "";
    this.#taken = problem.code === "forbidden" && last ? last : this.#taken;
    this.view = emptyView();
    this.#sidebar.requestUpdate();
  }

  /** Its tab is closed: what was written for it goes, also what this browser keeps of it. */
  forget() {
    this.#bench.forget();
    this.#incident.forget();
  }

  /** The connection is back. */
  live() {
    this.#bench.live();
    this.#grounds.live();
  }

  /** @param {string} text as it stands in the host's box */
  setDraft(text) {
    this.#bench.setDraft(text);
  }

  /** @param {Words} t @returns {string} who it is with */
  title(t) {
    return this.view.state?.customer?.name || this.name || t("header.customer");
  }

  /**
   * For screen readers: the next step, a known incident, the alerts and what people do, nothing else; what is critical apart, as it may
   * interrupt.
   * @param {Words} t
   */
  spoken(t) {
    const { alerts, loaded } = this.view;
    if (!loaded) return { polite: "", urgent: "" };
    const { advice } = this.#pacing;
    const next = advice?.next_step || advice?.wait ? `${t("next.label")}: ${this.#nextWords(t)}. ` : "";
    const said = (/** @type {boolean} */ critical) =>
      bySeverity(alerts).filter(({ severity }) => (severity === "critical") === critical).map(({ text }) => t("next.alert", { text })).join(" ");
    const [whisper, stands] = [this.#whisper, this.#desk.standing(this.view, t)];
    const people = `${whisper ? t("desk.spoken", { by: whisper.from, text: whisper.text }) : ""} ${stands} ${turned(this.#celebrate.now, t)}`;
    return { polite: `${next}${this.#incident.spoken(t)}${said(false)} ${people}`.trim(), urgent: said(true) };
  }

  /** After each drawing of it. */
  drawn() {
    this.phrasing.updated();
    if (this.#whole || !this.view.loaded) return;
    this.#whole = true;
    this.#sidebar.drawApart();
  }

  /** @param {Status | null} status @param {Words} t */
  draw(status, t) {
    const { view } = this;
    return html`${header(view, view.loaded ? this.title(t) : this.name || "Steadyhand", status, t)}
      ${notice(view, this.#whisper, this.#celebrate.now, this.#notice, { ...this.#noticeActions, ask: view.state?.ending ? null : this.#askEnding }, t)}
      ${view.loaded ? this.#desk.draw(view, t) : nothing} ${this.#grounds.meter(view, t)}
      ${view.loaded ? this.#next(t) : nothing}
      <div class="advice" ?data-stale=${view.loaded && status?.state !== "live"}>
        ${view.loaded ? this.#advice(t) : html`<p class="empty">${this.#emptyWords(status, t)}</p>`}
      </div>
      ${trouble(status, view.loaded, t)} ${view.loaded ? this.#bench.foot(this.#toCoach, byCopy(this.#sidebar), t) : nothing}`;
  }

  #toCoach = () => {
    const coach = this.#sidebar.renderRoot.querySelector(".coach");
    coach?.scrollIntoView({ block: "start" });
    /** @type {HTMLElement | null} */ (coach?.querySelector("textarea, button") ?? null)?.focus({ preventScroll: true });
  };

  /** @param {Words} t */
  #next(t) {
    const { advice } = this.#pacing;
    return html`<section class="next" aria-label=${t("next.label")} title=${advice?.reason ?? ""}>
      ${advice?.next_step ? html`<span class="quiet">${t("next.next")}</span>` : nothing}
      <h3>${this.#nextWords(t)}</h3>
      <p class="quiet" dir="auto">${advice?.next_step ? advice.reason : this.#quietWords(t)}</p>
    </section>`;
  }

  /** @param {Words} t */
  #advice(t) {
    const { advice } = this.#pacing;
    const { view } = this;
    const said = advice?.instructions?.map(({ text }) => text).join(); // other ones make room for themselves: then the phrases are new ones, too
    return html`<div class="moves">
        ${this.#bench.held(t)} ${this.#incident.draw(t)} ${instructions(advice?.instructions, t)}
        ${this.phrasing.list.length
          ? keyed(said, this.phrasing.cards({ reason: advice?.reason, step: advice?.next_step, facts: view.state?.facts }, t))
          : advice?.next_step
            ? html`<p class="empty">${this.#quietWords(t)}</p>`
            : nothing}
        ${keyed(advice, advice?.cautions?.length ? cautions(advice.cautions, t) : nothing)} ${this.#bench.opinion(t)}
      </div>
      ${this.#whole ? html`${this.#bench.coach(view, t)} ${this.#sections(t)}` : nothing}`;
  }

  /** @param {Words} t */
  #sections(t) {
    const { view } = this;
    const [facts, promises] = [this.#grounds.facts(view, t), this.#grounds.promises(view, t)];
    const steps = view.advice?.steps ?? [];
    const done = html`<b>${t("steps.label")}</b><span class="quiet">${steps.filter((one) => one.done).length}/${steps.length}</span>`;
    return html`${this.#folds.section("ask", html`<b>${t("ask.label")}</b>`, this.#bench.ask(t))}
      ${this.#folds.section("steps", done, this.#grounds.steps(view, t))}
      ${facts === nothing && promises === nothing
        ? nothing
        : this.#folds.section("facts", html`<b>${t("known.label")}</b>`, html`${facts} ${promises}`)}
      ${this.#grounds.why(view, t)} ${this.#folds.section("quiet", html`<b>${t("quiet.label")}</b>`, this.#bench.menu(t))}`;
  }

  /** @param {Words} t */
  #nextWords(t) {
    const { advice } = this.#pacing;
    if (advice?.wait) return t("next.wait");
    return advice?.next_step ? t.or(`step.${advice.next_step}`, advice.next_step) : t("next.quiet");
  }

  /** Why there is no phrase; silence is an answer too. @param {Words} t */
  #quietWords(t) {
    const withheld = this.#pacing.advice?.not_shown?.[0];
    return withheld ? t("phrases.withheld", { because: withheld.because }) : t("phrases.none");
  }

  /** @param {Status | null} status @param {Words} t */
  #emptyWords(status, t) {
    if (status?.state === "refused") return t("empty.refused");
    if (!this.id) return t("empty.none");
    if (this.#taken) return takenWords(this.#taken, t);
    if (this.problem?.code === "not_found") return t("empty.unknown");
    if (this.problem) return this.problem.message;
    return t(status?.state === "offline" ? "empty.offline" : "empty.reading");
  }

  #noticeActions = {
    turn: () => this.#noticed({ turn: this.#notice.turn + 1 }),
    fold: () => this.#noticed({ open: !this.#notice.open }),
    heard: () => {
      this.#away = this.#whisper ?? null;
      this.#heard = this.#away?.offset ?? this.#heard;
      if (this.#away?.offset) keepHeard(this.id, this.#heard);
      this.#noticed({ turn: 0, open: false });
    },
  };

  #askEnding = () => this.#desk.ask("ask_ending");

  /** Words to close with, out of the playbooks: what the agent may say now that she may leave. */
  #closing = () => {
    this.#folds.unfold("ask");
    this.#bench.question("end my part of the chat, my supervisor takes over", this.#sidebar.say("desk.closing"));
    void this.#sidebar.updateComplete.then(() => this.#sidebar.renderRoot.querySelector("[data-section=ask]")?.scrollIntoView({ block: "start" }));
  };

  /** The last whisper, unless it was put away. */
  get #whisper() {
    const last = this.view.whispers.at(-1);
    return !last || last === this.#away || (last.offset ?? Infinity) <= this.#heard ? undefined : last;
  }

  /** @param {Partial<import("./notices.js").Slot>} part */
  #noticed(part) {
    this.#notice = { ...this.#notice, ...part };
    this.#sidebar.requestUpdate();
  }
}

/** To whom it went, and that she is done with it. @param {import("../live/conversation.js").Done} done @param {Words} t */
function takenWords(done, t) {
  const assigned = kindOf(done) === "assign" || kindOf(done) === "give";
  return assigned ? t("empty.moved", { to: isolated(done.to) }) : t("empty.taken", { by: isolated(done.by) });
}

/** For the agent's own words; below the phrases, which already keep to it. @param {readonly string[]} texts @param {Words} t */
function cautions(texts, t) {
  return html`<section class="cautions" aria-label=${t("cautions.label")}>
    <h3>${t("cautions.label")}</h3>
    ${texts.map((text) => html`<p dir="auto">${text}</p>`)}
  </section>`;
}

/**
 * The element as one of its chats sees it: always that chat's, whichever tab is shown.
 * @param {Sidebar} sidebar
 * @param {string} conversation
 */
function seat(sidebar, conversation) {
  return {
    conversation,
    requestUpdate: () => sidebar.requestUpdate(),
    get updateComplete() {
      return sidebar.updateComplete;
    },
    get renderRoot() {
      return sidebar.renderRoot;
    },
    addEventListener: sidebar.addEventListener.bind(sidebar),
    removeEventListener: sidebar.removeEventListener.bind(sidebar),
    dispatchEvent: sidebar.dispatchEvent.bind(sidebar),
  };
}
