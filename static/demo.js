/**
 * The demo: a customer's chat beside an agent's console with the sidebar in it. Each side has a socket and a token of its own,
 * so that two people in two windows are no different from one person in one.
 */

import "./elements/define_demo.js";
import { askDemoSession, takeFragment, writeFragment } from "./demo_session.js";
import { DemoChat } from "./live/demo_chat.js";

/** @typedef {import("./elements/demo_chat.js").DemoChatElement} DemoChatElement */
/** @typedef {import("./elements/sidebar.js").SteadyhandSidebar} Sidebar */
/** @typedef {import("./live/demo_transcript.js").ChatState} ChatState */
/** @typedef {"customer" | "agent"} Side */
/** @typedef {"customer" | "agent" | "supervisor"} Role */
/** @typedef {{conversation: string, tokens: Partial<Record<Role, string>>}} Session */

const AGAIN = 3_000; // ms until a server that did not answer is asked again
const SIDES = /** @type {const} */ (["customer", "agent"]);

const EXAMPLES = [
  { label: "Third time writing", text: "This is the third time I'm writing. Where is my order? Nobody there cares." },
  { label: "Facts", text: "It's order 48213. I was promised it for Monday, and I've waited for two weeks now." },
  { label: "Insult", text: "You people are useless. You are an idiot and you don't even read what I write." },
  { label: "Thanks", text: "Thank you so much, that solves it. I really appreciate your help." },
];

const sidebar = /** @type {Sidebar} */ (document.getElementById("sidebar"));
const banner = /** @type {HTMLElement} */ (document.getElementById("banner"));
const newButton = /** @type {HTMLButtonElement} */ (document.getElementById("new"));
const windows = {
  customer: /** @type {DemoChatElement} */ (document.getElementById("customer")),
  agent: /** @type {DemoChatElement} */ (document.getElementById("agent")),
};

const fragment = takeFragment();
const view = fragment.view === "customer" || fragment.view === "agent" ? fragment.view : "both";
/** @type {Partial<Record<Side, DemoChat>>} */
let chats = {};
/** @type {Session} the one that is shown */
let session = { conversation: "", tokens: {} };
/** Whether refused tokens have been given up for new ones, since a side was last in. */
let renewed = false;

/** @param {string} [conversation] @param {string} [token] of the one side that is shown */
async function start(conversation, token) {
  newButton.disabled = true;
  const found = view !== "both" && conversation && token ? { conversation, tokens: { [view]: token } } : await ask(conversation);
  newButton.disabled = false;
  if (found) join(found);
}

/**
 * @param {string} [conversation]
 * @returns {Promise<Session | null>} null where there is no demo to be had
 */
async function ask(conversation) {
  try {
    const answer = await askDemoSession(conversation);
    warn(answer ? "" : "This server is not in demo mode. Start it with: steadyhand demo");
    return answer && { conversation: answer.conversation, tokens: tokensOf(answer) };
  } catch {
    warn("The server cannot be reached. Trying again…");
    await new Promise((done) => setTimeout(done, AGAIN));
    return ask(conversation);
  }
}

/** @param {import("./demo_session.js").DemoSession} session @returns {Session["tokens"]} */
function tokensOf({ customer_token: customer, agent_token: agent, supervisor_token: supervisor }) {
  return { customer, agent, supervisor };
}

/** @param {Session} found */
function join(found) {
  for (const chat of Object.values(chats)) chat.close();
  chats = {};
  use(found);
  for (const side of SIDES) if (view === "both" || view === side) enter(side);
  writeFragment(view === "both" ? { conversation: found.conversation } : { view, conversation: found.conversation });
}

/** The links and the sidebar get the tokens at once, a chat when it connects. @param {Session} found */
function use(found) {
  session = found;
  const { conversation, tokens } = found;
  for (const side of SIDES) link(`${side}-alone`).href = `/demo#${new URLSearchParams({ view: side, conversation, token: tokens[side] ?? "" })}`;
  if (tokens.supervisor) link("to-board").href = `/supervisor#${new URLSearchParams({ token: tokens.supervisor })}`;
  if (view === "customer") return;
  sidebar.conversation = conversation;
  sidebar.setToken(tokens.agent ?? "");
}

/** @param {Side} side */
function enter(side) {
  const token = () => session.tokens[side] ?? "";
  chats[side] = new DemoChat({ conversation: session.conversation, token, onchange: (state) => show(side, state) });
}

/** @param {string} id */
function link(id) {
  return /** @type {HTMLAnchorElement} */ (document.getElementById(id));
}

/** @param {Side} side @param {ChatState} state */
function show(side, state) {
  if (state.status === "online") renewed = false;
  if (state.status === "ended") void renew();
  const before = windows[side].chat?.messages.length ?? 0;
  windows[side].chat = state;
  const last = state.messages.at(-1);
  if (state.messages.length > before && last?.role !== side && document.body.dataset.pane !== side) markFresh(side, true);
}

/** Tokens that were refused, as after a new start of the server, are no good any more: new ones for the same chat. */
async function renew() {
  if (renewed) return;
  renewed = true;
  const found = await ask(session.conversation);
  if (!found) return;
  use(found);
  for (const chat of Object.values(chats)) chat.retryNow();
}

/** @param {string} pane @param {boolean} fresh */
function markFresh(pane, fresh) {
  const mark = /** @type {HTMLElement | null} */ (document.querySelector(`.panes [data-to="${pane}"] .fresh`));
  if (mark) mark.hidden = !fresh;
}

/** @param {string} pane that a narrow window shows */
function turnTo(pane) {
  document.body.dataset.pane = pane;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".panes button"))) {
    button.setAttribute("aria-pressed", String(button.dataset.to === pane));
  }
  markFresh(pane, false);
}

/** @param {string} words "" takes the warning away */
function warn(words) {
  banner.textContent = words;
  banner.hidden = !words;
}

for (const side of SIDES) {
  windows[side].addEventListener("demo-send", (event) => {
    const { text } = /** @type {CustomEvent} */ (event).detail;
    if (!chats[side]) return void started.then(() => chats[side]?.send(text)); // written before the chat was there
    if (!chats[side].send(text)) event.preventDefault();
  });
  windows[side].addEventListener("demo-typing", (event) => chats[side]?.type(/** @type {CustomEvent} */ (event).detail.on));
}

sidebar.addEventListener("steadyhand-token-needed", () => void renew());
sidebar.addEventListener("steadyhand-insert", (event) => {
  const { text, missing } = /** @type {CustomEvent} */ (event).detail;
  event.preventDefault();
  turnTo("agent");
  windows.agent.put(text, missing);
});

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".panes button"))) {
  button.addEventListener("click", () => turnTo(button.dataset.to ?? ""));
}
newButton.addEventListener("click", () => void start());
addEventListener("online", () => Object.values(chats).forEach((chat) => chat.retryNow()));

document.body.dataset.view = view;
document.title = { both: "Demo", customer: "Customer · Demo", agent: "Agent · Demo" }[view] + " · Steadyhand";
windows.customer.examples = EXAMPLES;
turnTo(view === "agent" ? "agent" : "customer");
const started = start(fragment.conversation, fragment.token);
