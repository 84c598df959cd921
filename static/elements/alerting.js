/**
 * How a new alert makes itself heard beyond the page: a notification of the browser, a short soft sound. Both are off
 * until somebody switches them on with a click, and kept in this browser only. No name and no word of a customer is in
 * a notification: it may stand on a screen that others see.
 */

/** @typedef {import("../live/alerts.js").Alert} Alert */
/** @typedef {{notify: boolean, sound: boolean}} Wishes */

const KEPT = "steadyhand.alerts";
const TONES = [659, 880]; // Hz
const LENGTH = 0.16; // s of each
const LOUDNESS = 0.05; // of 1

/** @returns {Wishes} what was wished in this browser */
export function wishes() {
  try {
    const { notify, sound } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return { notify: notify === true && permission() === "granted", sound: sound === true };
  } catch {
    return { notify: false, sound: false }; // no storage here, or not what we kept
  }
}

/** @param {Wishes} wished */
export function keep(wished) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(wished));
  } catch {
    // without storage it lasts as long as the page
  }
}

/** Whether the browser can notify at all: "granted", "default", "denied", or "none". */
export function permission() {
  return typeof Notification === "undefined" ? "none" : Notification.permission;
}

/** Asks for it; to be called on a click only. */
export async function askPermission() {
  return typeof Notification === "undefined" ? "none" : Notification.requestPermission();
}

/** What a notification says. @param {Alert} alert */
export function noticeWords({ kind, team }) {
  return kind === "risk" ? `Risk is rising in a chat of team ${team}.` : `A safety signal in a chat of team ${team}.`;
}

/**
 * @param {Alert} alert
 * @param {() => void} open
 */
export function notify(alert, open) {
  const shown = new Notification("Steadyhand", { body: noticeWords(alert), tag: alert.key });
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}

/** Two soft tones, made here. */
export class Chime {
  /** @type {AudioContext | undefined} */ #audio;

  /** Gets ready to sound; browsers allow it on a click. */
  async wake() {
    this.#audio ??= new AudioContext();
    if (this.#audio.state === "suspended") await this.#audio.resume();
  }

  /** Sounds once, where the browser lets it. */
  ring() {
    const audio = this.#audio;
    if (audio?.state !== "running") return;
    TONES.forEach((tone, index) => play(audio, tone, audio.currentTime + index * LENGTH));
  }
}

/**
 * @param {AudioContext} audio
 * @param {number} tone Hz
 * @param {number} at s of the context's clock
 */
function play(audio, tone, at) {
  const loudness = audio.createGain();
  const source = new OscillatorNode(audio, { frequency: tone });
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + LENGTH / 8);
  loudness.gain.linearRampToValueAtTime(0, at + LENGTH * 2);
  source.connect(loudness).connect(audio.destination);
  source.start(at);
  source.stop(at + LENGTH * 2);
}
