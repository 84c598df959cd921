/** The supervisor's page: her own socket feeds the board, and the reader while a conversation stands open. */

import "./elements/define_board.js";
import { askDemoSession, takeFragment } from "./demo_session.js";
import { statusWords, troubleWords } from "./elements/notices.js";
import { counts, customerName, emptyBoard, receive as receiveTiles } from "./live/board.js";
import { connect } from "./live/connection.js";
import { receive } from "./live/conversation.js";

/** @typedef {import("./elements/board.js").BoardElement} BoardElement */
/** @typedef {import("./elements/reader.js").ReaderElement} ReaderElement */
/** @typedef {import("./live/connection.js").Frame} Frame */
/** @typedef {import("./live/connection.js").Status} Status */

const DRAW = 200; // ms between two drawings of the board, however many frames come
const TICK = 5_000; // ms between two looks at the waiting times

const boardElement = /** @type {BoardElement} */ (document.getElementById("board"));
const reader = /** @type {ReaderElement} */ (document.getElementById("reader"));
const readerPane = /** @type {HTMLElement} */ (document.getElementById("reader-pane"));
const boardPane = /** @type {HTMLElement} */ (document.getElementById("board-pane"));
const banner = /** @type {HTMLElement} */ (document.getElementById("banner"));
const trouble = /** @type {HTMLElement} */ (document.getElementById("trouble"));
const line = /** @type {HTMLElement} */ (document.getElementById("line"));
const overBoard = matchMedia("(max-width: 899px)"); // as in reader.css: the panel covers the board

let board = emptyBoard();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let drawing;
let leave = () => {};

let { token } = takeFragment();
/** Whether a refused token has been given up for a demo session's, since the board was last live. */
let renewed = false;
const connection = connect({ url: "/ws/v1/supervisor", token: async () => (token ||= await demoToken()), onFrame: hear, onStatus: tell });

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
  if (frame.type === "error") warn(frame.error.message);
  board = receiveTiles(board, frame, performance.now());
  drawing ??= setTimeout(draw, boardElement.board.loaded ? DRAW : 0);
}

function draw() {
  drawing = undefined;
  boardElement.now = performance.now();
  boardElement.board = board;
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

/** @param {string} conversation */
function open(conversation) {
  const tile = board.entries.get(conversation)?.tile;
  leave();
  boardElement.open = conversation;
  reader.begin(tile ? customerName(tile) : "");
  readerPane.hidden = false;
  cover();
  leave = connection.subscribe(conversation, {
    onFrame: (frame) => {
      reader.view = receive(reader.view, frame);
    },
    onError: ({ message }) => {
      reader.problem = message;
    },
  });
  void reader.updateComplete.then(() => reader.focusHeading());
}

function close() {
  if (readerPane.hidden) return;
  const { open: conversation } = boardElement;
  leave();
  leave = () => {};
  readerPane.hidden = true;
  boardElement.open = "";
  cover();
  void boardElement.updateComplete.then(() => boardElement.focusTile(conversation));
}

/** What the panel covers is out of reach. */
function cover() {
  boardPane.inert = overBoard.matches && !readerPane.hidden;
}

boardElement.addEventListener("steadyhand-open", (event) => open(/** @type {CustomEvent} */ (event).detail.conversation));
reader.addEventListener("steadyhand-close", close);
overBoard.addEventListener("change", cover);
addEventListener("keydown", ({ key, defaultPrevented }) => {
  if (key === "Escape" && !defaultPrevented) close();
});
addEventListener("online", () => connection.retryNow());
setInterval(() => {
  boardElement.now = performance.now();
}, TICK);
