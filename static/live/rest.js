/**
 * Calls under `/api/v1` with the page's token. Rule of this room: an answer that is no success is thrown as `{code, message}`,
 * in the server's own words where it has some.
 */

/** @typedef {{code: string, message: string, detail?: any}} Problem */
/**
 * @typedef {object} Rest
 * @property {(path: string) => Promise<any>} get
 * @property {(path: string, body?: unknown) => Promise<any>} post
 * @property {(path: string, body: unknown) => Promise<any>} put
 * @property {(path: string, body: unknown) => Promise<any>} patch
 */

const AWAY = { code: "unavailable", message: "The server cannot be reached." };

/**
 * @param {() => Promise<string>} token
 * @param {typeof fetch} [send]
 * @returns {Rest} paths begin with a slash, as in `/desks/support`
 */
export function rest(token, send = (...what) => fetch(...what)) {
  /** @param {string} method @param {string} path @param {unknown} [body] */
  async function call(method, path, body) {
    const headers = { authorization: `Bearer ${await token()}`, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await send(`/api/v1${path}`, { method, headers, ...content }).catch(() => null);
    if (!response) throw AWAY;
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw answer.error ?? { code: "internal", message: `The server answered ${response.status}.` };
    return answer;
  }
  return {
    get: (path) => call("GET", path),
    post: (path, body = {}) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    patch: (path, body) => call("PATCH", path, body),
  };
}
