/** The integrator's page: the connectors and what came to each, with the token of an administrator. */

import { takeFragment, writeFragment } from "./demo_session.js";
import { ConnectorsElement } from "./elements/connectors.js";
import { rest } from "./live/rest.js";

customElements.define("steadyhand-connectors", ConnectorsElement);

/** @typedef {import("./live/rest.js").Problem} Problem */

const element = /** @type {ConnectorsElement} */ (document.getElementById("connectors"));
const door = /** @type {HTMLFormElement} */ (document.getElementById("door"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("token"));
const banner = /** @type {HTMLElement} */ (document.getElementById("banner"));
const line = /** @type {HTMLElement} */ (document.getElementById("line"));

const { token, connector = "" } = takeFragment();
element.chosen = connector;
door.addEventListener("submit", (event) => {
  event.preventDefault();
  enter(field.value.trim());
});
element.addEventListener("steadyhand-looked", () => say("live", "Live"));
element.addEventListener("steadyhand-trouble", (event) => trouble(/** @type {CustomEvent<Problem>} */ (event).detail));
element.addEventListener("steadyhand-choose", (event) => writeFragment({ connector: /** @type {CustomEvent<{name: string}>} */ (event).detail.name }));
if (token) enter(token);
else lock("");

/** @param {string} given */
function enter(given) {
  field.value = "";
  door.hidden = true;
  element.hidden = false;
  say("connecting", "Connecting");
  element.rest = rest(async () => given);
}

/** Nothing of what was seen stays where the token is no good any more. @param {string} why */
function lock(why) {
  element.rest = null;
  element.hidden = true;
  door.hidden = false;
  say("refused", "", why);
  field.focus();
}

/** @param {Problem} problem */
function trouble({ code, message }) {
  if (code === "unauthorized") return lock("This token is not good, or no longer.");
  if (code === "forbidden") return lock("This token is not an administrator's.");
  say("offline", "Offline", message);
}

/** @param {string} state @param {string} words @param {string} [warning] */
function say(state, words, warning = "") {
  line.dataset.state = state;
  line.textContent = words;
  banner.textContent = warning;
  banner.hidden = !warning;
}
