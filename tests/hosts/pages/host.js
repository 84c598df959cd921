// Draws the page of an imitated tool: what it looks like is ours, what goes over its wire is written in each page.
const SAID = [
  ["customer", "Hello. My order was promised for Friday."],
  ["agent", "Hi Casey, let me look into it."],
  ["customer", "This is the third time I am writing. Where is my order? I am really angry now!"],
];

/** @param {string} name @param {Record<string, any>} [props] @param {(Node | string)[]} inner */
function make(name, props = {}, ...inner) {
  const node = Object.assign(document.createElement(name), props);
  node.append(...inner);
  return node;
}

function chats() {
  const open = make("p", {}, "Casey", make("small", {}, SAID.at(-1)[1]));
  open.setAttribute("aria-current", "true");
  const other = make("p", {}, "Robin", make("small", {}, "Thanks, that works."));
  return make("nav", { className: "chats" }, open, other);
}

function messages() {
  return make("ol", {}, ...SAID.map(([role, text]) => make("li", { className: role }, make("small", {}, role === "agent" ? "Dana" : "Casey"), text)));
}

/** Of the two, the second is open. @param {string[]} names @param {HTMLElement} open @param {HTMLElement} frame */
function tabs(names, open, frame) {
  const buttons = names.map((name) => make("button", { type: "button" }, name));
  const choose = (/** @type {number} */ place) => {
    buttons.forEach((button, one) => button.setAttribute("aria-selected", String(one === place)));
    for (const part of open.querySelectorAll("ol, .reply-box")) part.hidden = place === 1;
    frame.hidden = place === 0;
  };
  buttons.forEach((button, place) => button.addEventListener("click", () => choose(place)));
  open.querySelector("h1").after(make("div", { className: "tabs" }, ...buttons));
  open.append(frame);
  choose(1);
}

/**
 * @param {{tool: string, colour: string, detail: string, box?: Node, app?: string, tabs?: string[], place?: HTMLElement, dark?: boolean}} what `app` is the title of its frame; "" for none
 * @returns {HTMLIFrameElement}
 */
export function draw({ tool, colour, detail, box = make("textarea", { id: "reply", ariaLabel: "Reply" }), app = "app", tabs: names = [], place = document.body, dark = false }) {
  const frame = /** @type {HTMLIFrameElement} */ (make("iframe", { id: "app", title: app }));
  const reply = make("div", { className: "reply-box" }, box, make("footer", {}, make("span", {}, "Reply to the customer"), make("span", {}, "Send")));
  const open = make("section", { className: "open" }, make("h1", {}, "Casey", make("small", {}, detail)), messages(), reply);
  const beside = app && !names.length;
  const desk = make("div", { className: beside ? "desk beside" : "desk" }, make("header", {}, make("b", {}, tool), make("small", {}, "imitated for tests")), chats(), open, ...(beside ? [frame] : []));
  desk.style.setProperty("--tool", colour);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  place.prepend(desk);
  if (names.length) tabs(names, open, frame);
  return frame;
}
