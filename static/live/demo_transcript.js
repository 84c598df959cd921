/**
 * What one side of the demo chat knows, as a pure fold over its frames.
 * Rule of this room: no DOM, no socket, no clock; a state that was handed out never changes.
 */

/** @typedef {"customer"|"agent"|"bot"} Side */

/**
 * @typedef {object} ChatMessage
 * @property {string} id
 * @property {number} seq
 * @property {Side} role
 * @property {string} text
 * @property {string} at RFC 3339
 * @property {boolean} [deleted]
 */

/** @typedef {{id: string, text: string, at: string, refused?: string}} Pending sent, but not yet acknowledged */

/**
 * @typedef {object} ChatState
 * @property {"connecting"|"online"|"offline"|"ended"} status
 * @property {"customer"|"agent"|null} as which side this is, once joined
 * @property {readonly ChatMessage[]} messages by seq
 * @property {readonly Pending[]} pending in the order of sending
 * @property {readonly string[]} typing roles that are typing
 * @property {string} error one line to show; "" when all is well
 */

/**
 * The server's transcript takes the place of ours: whatever was edited while we were away is in it.
 * @param {ChatState} state
 * @param {Record<string, any>} frame
 * @returns {ChatState}
 */
export function joined(state, frame) {
  const { as, messages } = /** @type {{as: "customer" | "agent", messages: ChatMessage[]}} */ (frame);
  const there = new Set(messages.map(({ id }) => id));
  const pending = state.pending.filter(({ id }) => !there.has(id));
  return { status: "online", as, messages: bySeq(messages), pending, typing: [], error: "" };
}

/**
 * @param {ChatState} state
 * @param {any} frame of type message, edited, ack, typing or error; any other changes nothing
 * @returns {ChatState}
 */
export function received(state, frame) {
  switch (frame.type) {
    case "message":
    case "edited":
      return settled(state, frame.message);
    case "ack":
      return acknowledged(state, frame);
    case "typing":
      return typed(state, frame.role, frame.on);
    case "error":
      return refused(state, frame);
    default:
      return state;
  }
}

/**
 * @param {ChatState} state
 * @param {{id: string, text: string}} message
 * @param {string} at RFC 3339
 * @returns {ChatState}
 */
export function sending(state, message, at) {
  return { ...state, error: "", pending: [...state.pending, { ...message, at }] };
}

/**
 * @param {ChatState} state
 * @param {string} role
 * @param {boolean} on
 * @returns {ChatState}
 */
export function typed(state, role, on) {
  if (role === state.as || state.typing.includes(role) === on) return state;
  return { ...state, typing: on ? [...state.typing, role] : state.typing.filter((one) => one !== role) };
}

/** @type {Record<string, ChatState["status"]>} of the connection, in words of the chat */
const STATUS = { connecting: "connecting", restarting: "connecting", live: "online", uncertain: "online", offline: "offline", refused: "ended" };

/**
 * How the line stands. What is pending stays so; whether we are in again, `joined` says.
 * @param {ChatState} state
 * @param {string} line state of the connection
 * @param {string} [reason]
 * @returns {ChatState}
 */
export function followLine(state, line, reason) {
  const status = STATUS[line] ?? state.status;
  if (status === "online") return state;
  const away = state.status === "offline" && status === "connecting" ? "offline" : status;
  const error = line === "refused" ? reason || state.error || "This chat can no longer be joined." : state.error;
  return { ...state, status: away, typing: [], error };
}

/**
 * @param {ChatState} state
 * @param {string} error
 * @returns {ChatState}
 */
export function asError(state, error) {
  return { ...state, error };
}

/**
 * A message that the server has: new, the echo of our own, or one that was edited.
 * @param {ChatState} state
 * @param {ChatMessage} message
 * @returns {ChatState}
 */
function settled(state, message) {
  const others = state.messages.filter(({ id }) => id !== message.id);
  const pending = state.pending.filter(({ id }) => id !== message.id);
  const typing = state.typing.filter((role) => role !== message.role);
  return { ...state, messages: bySeq([...others, message]), pending, typing };
}

/**
 * @param {ChatState} state
 * @param {{id: string, seq: number}} ack
 * @returns {ChatState}
 */
function acknowledged(state, { id, seq }) {
  const sent = state.pending.find((one) => one.id === id);
  if (!sent || !state.as) return state;
  return settled(state, { id, seq, role: state.as, text: sent.text, at: sent.at });
}

/**
 * @param {ChatState} state
 * @param {{error?: {message?: string}, ref?: string}} frame
 * @returns {ChatState}
 */
function refused(state, { error, ref }) {
  const reason = error?.message ?? "The server refused this.";
  if (!state.pending.some(({ id }) => id === ref)) return { ...state, error: reason };
  return { ...state, pending: state.pending.map((one) => (one.id === ref ? { ...one, refused: reason } : one)) };
}

/**
 * @param {readonly ChatMessage[]} messages
 * @returns {ChatMessage[]}
 */
function bySeq(messages) {
  return [...messages].sort((a, b) => a.seq - b.seq);
}
