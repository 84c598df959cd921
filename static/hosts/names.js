/**
 * What the server calls a tool's conversation: the connector's name before the tool's own id, `acme:1234`. Where that is too long or
 * cannot be printed, its hash, as `fitted` in app/telling.py makes it of what the tool's webhook says: both have to come to the same.
 */

const LONGEST = 200; // characters
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\ufffd]|(?! )\p{Zs}/u;
const LONELY = /\p{Cs}/gu; // halves of pairs, which no encoding takes

/**
 * @param {string} connector its name on the server; "" where the tool's ids are the server's own
 * @param {string} conversation the tool's id
 * @returns {Promise<string>} rejects where a hash is needed and the page, not being https, has none
 */
export async function serverId(connector, conversation) {
  if (!connector) return conversation;
  const name = `${connector}:${conversation.replace(LONELY, "\ufffd")}`;
  if ([...name].length <= LONGEST && !UNPRINTABLE.test(name)) return name;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
