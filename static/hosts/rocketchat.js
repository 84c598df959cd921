/**
 * Rocket.Chat Omnichannel: an external frame in the contextual bar. Its address names the room, and with it the agent's own login
 * token, which nobody here wants: it is taken out of the address at once and read by nobody. There is no way into the reply
 * box, so phrases are copied.
 */

import { MOVED, NOT_TAKEN, capabilities } from "./bridge.js";

const SECRET = ["t", "uid"];

/** @param {Window} [frame] @returns {import("./bridge.js").HostBridge} */
export function rocketchat(frame = window) {
  const { href } = frame.location;
  const address = new URL(href);
  const conversation = address.searchParams.get("rid");
  for (const name of SECRET) address.searchParams.delete(name);
  if (address.href !== href) frame.history.replaceState(null, "", address.href);
  return {
    host: "rocketchat",
    caps: capabilities({ insert: "clipboard", context: "url" }),
    connect: async () => ({ conversation }),
    onContext: () => () => undefined, // another room is another frame
    insert: async (_text, to) => (to.conversation === conversation ? NOT_TAKEN : MOVED),
    destroy: () => undefined,
  };
}
