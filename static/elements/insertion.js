/**
 * Puts a phrase into the host's reply box, or as near to it as the host allows, and says truthfully how far it came.
 * Order: whoever handles `steadyhand-insert`; the clipboard; the old copy command, which still works in frames that are denied
 * the clipboard; the text selected for the agent to copy. Nothing here ever sends.
 */

/** @typedef {"native" | "draft" | "paste" | "clipboard" | "select" | "moved" | "none"} How moved: the host shows another conversation now */
/** @typedef {{ok: boolean, how: How}} Outcome */
/**
 * @typedef {object} Insert detail of the event
 * @property {string} text
 * @property {string} suggestion id
 * @property {string} conversation the one that the text was made for
 * @property {string[]} missing names of slots that stand in the text as [name]
 * @property {(outcome: Promise<Outcome>) => void} respondWith for a handler that knows only later whether it worked
 */

/**
 * @param {EventTarget & {caps?: import("../hosts/bridge.js").Capabilities | null}} source whose host may allow no copying either
 * @param {Omit<Insert, "respondWith">} what
 * @returns {Promise<Outcome>}
 */
export async function insert(source, what) {
  const outcome = await offer(source, what);
  if (outcome?.ok || outcome?.how === "moved") return outcome;
  return source.caps?.insert === "none" ? { ok: false, how: "select" } : copy(what.text);
}

/**
 * @param {EventTarget} source
 * @param {Omit<Insert, "respondWith">} what
 * @returns {Promise<Outcome | null>} null when nobody took it
 */
async function offer(source, what) {
  /** @type {Promise<Outcome>} */
  let answer = Promise.resolve({ ok: true, how: "native" });
  /** @type {Insert} */
  const detail = { ...what, respondWith: (promise) => (answer = promise) };
  const event = new CustomEvent("steadyhand-insert", { detail, bubbles: true, composed: true, cancelable: true });
  if (source.dispatchEvent(event)) return null;
  return answer.catch(() => ({ ok: false, how: /** @type {How} */ ("none") }));
}

/**
 * @param {string} text
 * @returns {Promise<Outcome>}
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return { ok: true, how: "clipboard" };
  } catch {
    return copyBySelection(text) ? { ok: true, how: "clipboard" } : { ok: false, how: "select" };
  }
}

/** @param {string} text @returns {boolean} whether the browser says that it was copied */
function copyBySelection(text) {
  const focused = /** @type {HTMLElement | null} */ (deepFocus(document));
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.insetInlineStart = "-9999px";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

/** @param {Document | ShadowRoot} root @returns {Element | null} */
function deepFocus(root) {
  const focused = root.activeElement;
  return focused?.shadowRoot ? deepFocus(focused.shadowRoot) : focused;
}
