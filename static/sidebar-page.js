/**
 * The page /sidebar: one sidebar, told what to show by its address or by the page that embeds it.
 * Address: `#conversation=…&token=…` (the token is read once, taken out of the address and kept in memory only), or
 * `#host=https://desk.example.com` under a host that speaks `steadyhand/1`. Without either, a demo server is asked for a chat.
 * In a window of its own it is called after its customer, phrases are copied, and once the token is used up it says where to get another.
 */

import "./elements/define.js";
import { capabilities } from "./hosts/bridge.js";
import { openBridge } from "./hosts/generic.js";

/** @typedef {import("./elements/sidebar.js").SteadyhandSidebar} Sidebar */
/** @typedef {CustomEvent<import("./elements/insertion.js").Insert>} InsertEvent */
/** @typedef {CustomEvent<import("./elements/draft_host.js").Replacement>} DraftEvent */

const sidebar = /** @type {Sidebar} */ (document.querySelector("steadyhand-sidebar"));
const address = new URLSearchParams(location.hash.slice(1));
const host = address.get("host");
const token = takeToken();
const alone = window.parent === window;

paint(address.get("theme"));
if (alone) standAlone();
if (host && !alone) obey(host);
else if (token) show(address.get("conversation"), token);
else void showDemo();

/** @returns {string | null} */
function takeToken() {
  const taken = address.get("token");
  address.delete("token");
  if (taken) history.replaceState(null, "", `#${address}`);
  return taken;
}

/** @param {string | null | undefined} conversation @param {string | null | undefined} agentToken */
function show(conversation, agentToken) {
  if (conversation !== undefined) sidebar.conversation = conversation ?? "";
  if (agentToken) sidebar.setToken(agentToken);
}

/** Nobody is around it who could put a phrase anywhere, or who would say which chat this is. */
function standAlone() {
  sidebar.setHost(capabilities({ insert: "clipboard", context: "url" }));
  sidebar.addController({
    hostUpdated() {
      document.title = sidebar.caption ? `${sidebar.caption} | Steadyhand` : "Steadyhand";
    },
  });
}

/** @param {string} origin */
function obey(origin) {
  const bridge = openBridge(origin, {
    onContext: ({ conversation, token: fresh, theme }) => {
      show(conversation, fresh);
      paint(theme);
    },
    onHost: (caps) => sidebar.setHost(caps),
    onPress: (what) => sidebar.press(what),
    onOpen: ({ conversation, name }) => sidebar.open(conversation, name),
    onClose: (conversation) => sidebar.close(conversation),
    onDraft: ({ conversation, text }) => conversation === sidebar.conversation && sidebar.setDraft(text),
  });
  sidebar.addEventListener("steadyhand-insert", (event) => {
    const { detail } = /** @type {InsertEvent} */ (event);
    event.preventDefault();
    detail.respondWith(bridge.insert(detail));
  });
  sidebar.addEventListener("steadyhand-draft", (event) => {
    const { detail } = /** @type {DraftEvent} */ (event);
    event.preventDefault();
    detail.respondWith(bridge.replaceDraft(detail));
  });
  sidebar.addEventListener("steadyhand-conversation", (event) => {
    bridge.tellConversation(/** @type {CustomEvent<{conversation: string}>} */ (event).detail.conversation);
  });
  sidebar.addEventListener("steadyhand-token-needed", () => bridge.askForToken());
}

/** @param {string | null | undefined} theme light, dark or, as without one, the system's */
function paint(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else if (theme) document.documentElement.dataset.theme = theme;
}

async function showDemo() {
  const conversation = address.get("conversation") ?? undefined;
  const answer = await fetch("/demo/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ conversation }),
  });
  if (!answer.ok) return conversation ? lapsed(conversation) : undefined;
  const session = await answer.json();
  show(session.conversation, session.agent_token);
}

/** A reload: the token was kept nowhere. @param {string} conversation */
function lapsed(conversation) {
  show(conversation, null);
  sidebar.signedOut();
}
