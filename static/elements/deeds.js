/** What somebody did to a chat, in words: the same in the supervisor's transcript and in the agent's sidebar. */

import { html, nothing } from "../vendor/lit.js";
import { kindOf } from "../live/actions.js";
import { words } from "../live/strings.js";

/** @typedef {import("../live/conversation.js").Done} Done */
/** @typedef {import("../live/strings.js").Words} Words */

/** A name in a sentence, whichever way it is written. @param {string | null | undefined} name */
export function isolated(name) {
  return `\u2068${name ?? ""}\u2069`;
}

/** One line, without what was said with it. @param {Done} done @param {Words} [t] */
export function deedWords(done, t = words("en")) {
  const { by, to, from } = done;
  return t(`deed.${kindOf(done)}`, { by: isolated(by), to: isolated(to), from: isolated(from) });
}

/** When, who, what, and what was said with it. @param {Done} done @param {Words} [t] */
export function deed(done, t = words("en")) {
  return html`<p class="deed-line"><span>${deedWords(done, t)}</span> <time datetime=${done.at}>${t.time(done.at)}</time></p>
    ${done.text ? html`<p class="deed-text" dir="auto">${done.text}</p>` : nothing}`;
}
