/**
 * Docks the sidebar at the right of a self-hosted Chatwoot, beside the messages, by one tag at the end of its dashboard pages:
 *
 *     <script type="module" src="https://assist.example.com/static/hosts/chatwoot_loader.js?token=/steadyhand/token&connector=support&account=1"></script>
 *
 * `token` is the address of your backend that answers POST `{conversation}` with `{token}` for the agent of its own session;
 * `connector` the name of this Chatwoot on the server, `account` the number of the account that it is for. Whatever goes wrong, Chatwoot goes on as if this were not there.
 */

import { attach } from "./attach.js";
import { chatwoot } from "./chatwoot.js";

const WIDTH = "340px";
const EDGE = "1px solid color-mix(in srgb, CanvasText 20%, Canvas)";
const { origin, searchParams } = new URL(import.meta.url);

/** @param {string} source */
function load(source) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: source, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

/** @param {string} address @returns {import("./attach.js").Options["token"]} */
function backend(address) {
  return async ({ conversation }) => {
    const body = JSON.stringify({ conversation });
    const answer = await fetch(address, { method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body });
    return answer.ok ? (await answer.json()).token : "";
  };
}

/** A strip at the right that Chatwoot gives way to, with a button that folds it. */
function dock() {
  const strip = document.createElement("aside");
  const fold = Object.assign(document.createElement("button"), { type: "button", textContent: "›", title: "Steadyhand" });
  const sidebar = document.createElement("steadyhand-sidebar");
  fold.setAttribute("aria-expanded", "true");
  fold.setAttribute("aria-label", "Steadyhand");
  Object.assign(strip.style, { position: "fixed", insetBlock: "0", insetInlineEnd: "0", width: WIDTH, zIndex: "40", boxSizing: "border-box", borderInlineStart: EDGE });
  Object.assign(fold.style, { position: "absolute", insetBlockStart: "50%", insetInlineStart: "-20px", width: "20px", height: "48px", padding: "0" });
  Object.assign(fold.style, { color: "CanvasText", background: "Canvas", border: EDGE, borderStartStartRadius: "6px", borderEndStartRadius: "6px", cursor: "pointer" });
  sidebar.style.height = "100%";
  strip.append(fold, sidebar);
  fold.addEventListener("click", () => setOpen(strip, fold.getAttribute("aria-expanded") === "false"));
  return { strip, sidebar: /** @type {import("./attach.js").Sidebar} */ (sidebar) };
}

/** @param {HTMLElement} strip @param {boolean} open */
function setOpen(strip, open) {
  const [fold] = strip.getElementsByTagName("button");
  fold.setAttribute("aria-expanded", String(open));
  fold.textContent = open ? "›" : "‹";
  strip.style.transform = open ? "" : `translateX(${WIDTH})`;
  giveWay(open && !strip.hidden);
}

/** @param {boolean} room */
function giveWay(room) {
  const app = document.getElementById("app");
  if (app) app.style.width = room ? `calc(100% - ${WIDTH})` : "";
}

/** Only beside a conversation. @param {HTMLElement} strip @param {string | null} conversation */
function show(strip, conversation) {
  strip.hidden = conversation === null;
  giveWay(!strip.hidden && !strip.style.transform);
}

async function start() {
  const token = searchParams.get("token");
  if (!token || document.querySelector("steadyhand-sidebar")) return;
  await load(`${origin}/static/embed.js`);
  const { strip, sidebar } = dock();
  const bridge = chatwoot(window, searchParams.get("account") ?? "");
  document.body.append(strip);
  bridge.onContext(({ conversation }) => show(strip, conversation));
  strip.hidden = true;
  await attach(sidebar, bridge, { token: backend(token), connector: searchParams.get("connector") ?? "" });
  show(strip, sidebar.conversation || null);
}

start().catch(() => undefined);
