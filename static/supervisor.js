/** The supervisor's page: her own socket feeds the board, and the reader while a conversation stands open. */

import "./elements/define_board.js";
import { askDemoSession, takeFragment } from "./demo_session.js";
import { statusWords, troubleWords } from "./elements/notices.js";
import { counts, customerName, emptyBoard, receive as receiveTiles } from "./live/board.js";
import { Acts } from "./live/actions.js";
import { connect } from "./live/connection.js";
import { receive } from "./live/conversation.js";
import { choices } from "./live/floor.js";
import { queryFrom, searchOf } from "./live/query.js";
import { rest } from "./live/rest.js";

/** @typedef {import("./elements/board.js").BoardElement} BoardElement */
/** @typedef {import("./elements/reader.js").ReaderElement} ReaderElement */
/** @typedef {import("./live/connection.js").Frame} Frame */
/** @typedef {import("./live/connection.js").Status} Status */
/** @typedef {import("./live/query.js").Query} Query */
/** @typedef {HTMLElement & Record<string, any>} Part of the page that gets what it shows by its properties */

const DRAW = 200; // ms between two drawings of the board, however many frames come
const TICK = 5_000; // ms between two looks at the waiting times

const boardElement = /** @type {BoardElement} */ (document.getElementById("board"));
const reader = /** @type {ReaderElement} */ (document.getElementById("reader"));
const readerPane = /** @type {HTMLElement} */ (document.getElementById("reader-pane"));
const boardPane = /** @type {HTMLElement} */ (document.getElementById("board-pane"));
const banner = /** @type {HTMLElement} */ (document.getElementById("banner"));
const trouble = /** @type {HTMLElement} */ (document.getElementById("trouble"));
const line = /** @type {HTMLElement} */ (document.getElementById("line"));
const pageHead = /** @type {HTMLElement} */ (document.querySelector(".page-head"));
const alertsPane = /** @type {HTMLElement} */ (document.getElementById("alerts-pane"));
const alertsButton = /** @type {HTMLElement} */ (document.getElementById("alerts-button"));
const overBoard = matchMedia("(max-width: 899px)"); // as in reader.css: a panel covers the board
const oneAside = matchMedia("(max-width: 1399px)"); // beside two panels nothing would be left of the board

let board = emptyBoard();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let drawing;
let leave = () => {};
/** @type {HTMLElement | null} where the hand was when the conversation was opened */
let opener = null;
/** Whether the alerts made room for the conversation, and come back after it. */
let madeRoom = false;

let { token } = takeFragment();
/** Whether a refused token has been given up for a demo session's, since the board was last live. */
let renewed = false;
/** @type {{subject: string, teams: readonly string[]}} */
let me = { subject: "", teams: [] };
const signIn = async () => (token ||= await demoToken());
const calls = rest(signIn);
const acts = new Acts((frame) => connection.send(frame));
const connection = connect({ url: "/ws/v1/supervisor", token: signIn, greet, onFrame: hear, onStatus: tell });

/** With a board from before only what changed since is sent. @param {string} given token @returns {Frame} */
function greet(given) {
  return { type: "hello", token: given, ...(board.loaded ? { board: { epoch: board.epoch, seq: board.seq } } : {}) };
}

/** @returns {Promise<string>} */
async function demoToken() {
  const session = await askDemoSession();
  if (session) return session.supervisor_token;
  lock("This page needs a supervisor's token that is still good. Open it by the link that your administrator gave you.");
  return new Promise(() => {}); // nothing to try until the page is opened again
}

/** A token that was refused is no good any more; a server in demo mode gives another one. */
function renew() {
  if (renewed) return lock("This sign-in was refused. Open the page by its link again.");
  renewed = true;
  token = "";
  setTimeout(() => connection.retryNow());
}

/** @param {Frame} frame */
function hear(frame) {
  if (frame.type === "welcome") return welcome(frame);
  if (acts.hear(frame)) return;
  if (frame.type === "incidents") return void part("incidents").hear?.(frame);
  if (frame.type === "error") warn(frame.error.message);
  board = receiveTiles(board, frame, performance.now());
  drawing ??= setTimeout(draw, boardElement.board.loaded ? DRAW : 0);
}

/** Who we are, for the parts that need it. @param {Frame} frame */
function welcome({ subject = "", teams = [] }) {
  me = { subject, teams };
  Object.assign(part("reader"), { me: subject, rest: calls });
  for (const id of ["alerts", "incidents", "team"]) Object.assign(part(id), { rest: calls, teams });
  tellTeams();
}

/** Where the token names no team, as an admin's, those of the chats are looked at. */
function tellTeams() {
  const teams = me.teams.length ? me.teams : choices(board).team.map(({ value }) => value).sort();
  if (teams.join("\n") !== part("team").teams.join("\n")) part("team").teams = teams;
}

/** @param {string} id @returns {Part} */
function part(id) {
  return /** @type {Part} */ (document.getElementById(id));
}

function draw() {
  drawing = undefined;
  boardElement.now = performance.now();
  boardElement.board = board;
  for (const id of ["alerts", "incidents", "recovered"]) part(id).board = board;
  tellReader();
  tellTeams();
  tellAlerts();
  const { critical } = counts(board);
  document.title = `${critical ? `(${critical} critical) ` : ""}Live conversations · Steadyhand`;
}

/** @param {Status} status */
function tell(status) {
  line.textContent = statusWords(status);
  line.dataset.state = status.state;
  mention(troubleWords(status));
  document.body.toggleAttribute("data-stale", status.state !== "live" && board.loaded);
  if (status.state === "refused") return renew();
  if (status.state === "offline") return warn(offlineWords(status));
  if (status.state !== "live" && status.state !== "uncertain") return;
  renewed = false;
  warn("");
}

/** @param {Status} status */
function offlineWords({ since }) {
  if (!board.loaded) return "The server cannot be reached. Trying again…";
  return `The connection is lost. The board is as it was at ${new Date(since).toLocaleTimeString()}. Trying again…`;
}

/** Once, as it is read aloud whenever it is set. @param {string} words "" while there is no trouble */
function mention(words) {
  if (trouble.textContent !== words) trouble.textContent = words;
}

/** Without a token nothing will come: say so where the tiles would stand, or above those of an earlier one. @param {string} words */
function lock(words) {
  if (board.loaded) return warn(words);
  warn("");
  line.textContent = "Not signed in";
  boardElement.problem = words;
}

/** @param {string} words "" takes the warning away */
function warn(words) {
  banner.textContent = words;
  banner.hidden = !words;
}

/** How many stand, on the button; what is behind it may be closed. */
function tellAlerts() {
  const standing = [...board.entries.values()].filter(({ tile }) => tile.alert).length;
  part("alerts-count").textContent = standing ? String(standing) : "";
}

/** What is hidden is not read aloud: while the alerts are closed the page says what is new. @param {Event} event */
function sayAlert(event) {
  part("alerts-said").textContent = alertsPane.hidden ? /** @type {CustomEvent<{words: string}>} */ (event).detail.words : "";
}

/** @param {string} conversation */
function open(conversation) {
  if (!readerPane.contains(document.activeElement)) opener = /** @type {HTMLElement | null} */ (document.activeElement);
  if (!readerPane.hidden && !reader.problem && conversation === boardElement.open) return reader.focusHeading();
  begin(conversation);
  void reader.updateComplete.then(() => reader.focusHeading());
}

/** @param {string} conversation */
function begin(conversation) {
  const tile = board.entries.get(conversation)?.tile;
  leave();
  boardElement.open = conversation;
  part("reader").tile = null; // never that of another conversation
  part("reader").act = (/** @type {string} */ action, /** @type {{text?: string, to?: string}} */ more) => acts.do(conversation, action, more);
  tellReader();
  reader.begin(tile ? customerName(tile) : "Conversation");
  readerPane.hidden = false;
  makeRoom();
  cover();
  leave = connection.subscribe(conversation, {
    onFrame: (frame) => {
      if (!acts.hear(frame)) reader.view = receive(reader.view, frame);
    },
    onError: ({ message }) => {
      reader.problem = message;
    },
  });
}

/** The tile of the open conversation, and whom it could be given to. */
function tellReader() {
  const tile = board.entries.get(boardElement.open)?.tile;
  if (tile) Object.assign(part("reader"), { tile, agents: choices(board).agent.map(({ value }) => value) });
}

function close() {
  if (readerPane.hidden) return;
  const { open: conversation } = boardElement;
  leave();
  leave = () => {};
  readerPane.hidden = true;
  boardElement.open = "";
  if (madeRoom) showAlerts(true);
  madeRoom = false;
  cover();
  void boardElement.updateComplete.then(() => giveBack(conversation));
}

/** The focus goes where it came from; where that is no more, to the conversation, or to the view's tab. @param {string} conversation */
async function giveBack(conversation) {
  if (opener && opener !== document.body && !opener.closest("#floor") && opener.checkVisibility()) return opener.focus();
  await boardElement.focusTile(conversation);
  if (!boardPane.contains(document.activeElement)) part(`view-${boardElement.query.view}`).focus();
}

/** What a panel covers is out of reach. */
function cover() {
  boardPane.inert = overBoard.matches && !(readerPane.hidden && alertsPane.hidden);
  pageHead.inert = overBoard.matches && !readerPane.hidden;
}

/** @param {Query} query */
function look(query) {
  boardElement.query = query;
  const team = query.view === "team";
  part("team-pane").hidden = !team;
  part("team").active = team;
}

/** What was asked for stands in the address: a bookmark is a saved view. @param {Event} event */
function ask(event) {
  const { query, again } = /** @type {CustomEvent<{query: Query, again: boolean}>} */ (event).detail;
  const address = `${location.pathname}${searchOf(query)}`;
  if (again) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  look(query);
}

/** @param {boolean} shown */
function showAlerts(shown) {
  alertsPane.hidden = !shown;
  alertsButton.setAttribute("aria-expanded", String(shown));
  cover();
}

function toggleAlerts() {
  const shown = Boolean(alertsPane.hidden);
  if (shown && oneAside.matches) close();
  showAlerts(shown);
  alertsButton.focus();
}

/** Where there is room for one panel only, it is the conversation's. */
function makeRoom() {
  if (!oneAside.matches || readerPane.hidden || alertsPane.hidden) return;
  madeRoom = true;
  showAlerts(false);
}

/** Closes what the hand is in, else the conversation, else alerts that cover the board. @param {KeyboardEvent} event */
function escape({ target }) {
  if (target instanceof HTMLInputElement && target.type === "search" && target.value) return; // the browser empties it
  const inAlerts = target instanceof Node && alertsPane.contains(target);
  if (!readerPane.hidden && !inAlerts) return close();
  if (alertsPane.hidden || !(inAlerts || overBoard.matches)) return;
  showAlerts(false);
  alertsButton.focus();
}

look(queryFrom(location.search));
document.addEventListener("steadyhand-open", (event) => open(/** @type {CustomEvent} */ (event).detail.conversation));
boardElement.addEventListener("steadyhand-query", ask);
alertsButton.addEventListener("click", toggleAlerts);
part("alerts").addEventListener("steadyhand-alerted", sayAlert);
reader.addEventListener("steadyhand-close", close);
overBoard.addEventListener("change", cover);
oneAside.addEventListener("change", makeRoom);
addEventListener("popstate", () => look(queryFrom(location.search)));
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) escape(event);
});
addEventListener("online", () => connection.retryNow());
setInterval(() => {
  boardElement.now = performance.now();
}, TICK);
