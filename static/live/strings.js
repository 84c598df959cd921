/**
 * The interface's words in the agent's language; the customer's language is another matter and no business of this room.
 * English is always there; the other catalogues are fetched when somebody reads them.
 *
 *     const t = await fetchWords(navigator.language);
 *     t("phrase.dismiss", { n: 1 }); // "Vorschlag 1 verwerfen"
 *     t.or("cause.weather", "weather"); // a word of the wire that the catalogue may not know yet
 *
 * A value holds `{name}` where a parameter goes. A key with the two forms `key.one` and `key.other` is asked for as `key` with `n`.
 */

import { en } from "./strings/en.js";

/** @typedef {Readonly<Record<string, string>>} Catalogue */
/** @typedef {Record<string, string | number>} Parameters */
/**
 * @typedef {((key: string, parameters?: Parameters) => string) & {
 *   language: string, or: (key: string, fallback: string) => string, time: (at: string | number) => string, number: (value: number) => string }} Words
 */

/** @type {Record<string, () => Promise<Catalogue>>} */
const ELSEWHERE = {
  de: async () => (await import("./strings/de.js")).de,
  es: async () => (await import("./strings/es.js")).es,
  fr: async () => (await import("./strings/fr.js")).fr,
};

export const LANGUAGES = Object.freeze(["en", ...Object.keys(ELSEWHERE)]);

/** @type {Map<string, Words>} */
const known = new Map([["en", speak("en", en)]]);

/**
 * The language of ours that comes nearest to what a browser or an attribute asks for.
 * @param {string | null | undefined} wanted BCP 47, as "de-CH"
 * @returns {string} one of LANGUAGES
 */
export function nearest(wanted) {
  const base = (wanted ?? "").toLowerCase().split(/[-_]/u)[0];
  return LANGUAGES.includes(base) ? base : "en";
}

/**
 * The words at once: English where this language has not been fetched.
 * @param {string | null | undefined} language
 * @returns {Words}
 */
export function words(language) {
  return /** @type {Words} */ (known.get(nearest(language)) ?? known.get("en"));
}

/**
 * @param {string | null | undefined} language
 * @returns {Promise<Words>} never rejects: without its catalogue it is English
 */
export async function fetchWords(language) {
  const name = nearest(language);
  if (!known.has(name)) {
    const catalogue = await ELSEWHERE[name]().catch(() => null);
    if (catalogue) known.set(name, speak(name, catalogue));
  }
  return words(name);
}

/**
 * @param {string} language
 * @param {Catalogue} catalogue
 * @returns {Words}
 */
function speak(language, catalogue) {
  const plural = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  /** @param {string} key @param {Parameters} [parameters] */
  const say = (key, parameters = {}) => {
    const form = catalogue[key] ?? catalogue[`${key}.${plural.select(Number(parameters.n)) === "one" ? "one" : "other"}`];
    return filled(form ?? key, parameters);
  };
  return Object.assign(say, {
    language,
    or: (/** @type {string} */ key, /** @type {string} */ fallback) => catalogue[key] ?? fallback,
    time: (/** @type {string | number} */ at) => clock(at, language),
    number: (/** @type {number} */ value) => digits.format(value),
  });
}

/** @param {string} text @param {Parameters} parameters */
function filled(text, parameters) {
  return text.replace(/\{(\w+)\}/gu, (slot, name) => String(parameters[name] ?? slot));
}

/** @param {string | number} at RFC 3339 or ms @param {string} language */
function clock(at, language) {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
