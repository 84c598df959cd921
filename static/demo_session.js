/** How a page comes by its token: from the address's fragment, else, on a server in demo mode, by asking for one. */

/** @typedef {{conversation: string, customer_token: string, agent_token: string, supervisor_token: string}} DemoSession */

/**
 * Reads the fragment and takes the token out of the address, so that it is neither kept in the history nor copied by accident.
 * @returns {Record<string, string>}
 */
export function takeFragment() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const taken = Object.fromEntries(fields);
  if (fields.has("token")) {
    fields.delete("token");
    writeFragment(Object.fromEntries(fields));
  }
  return taken;
}

/** @param {Record<string, string>} fields without any token */
export function writeFragment(fields) {
  const fragment = new URLSearchParams(fields).toString();
  history.replaceState(null, "", `${location.pathname}${location.search}${fragment && `#${fragment}`}`);
}

/**
 * @param {string} [conversation] one to join again; a new one without it
 * @returns {Promise<DemoSession | null>} null when this server is not in demo mode
 * @throws {TypeError} when the server cannot be reached
 */
export async function askDemoSession(conversation) {
  const response = await fetch("/demo/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(conversation ? { conversation } : {}),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new TypeError(`The server answered ${response.status}.`);
  return response.json();
}
