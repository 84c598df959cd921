/**
 * A browser and its server in any weather that a seed can make: what is lost, repeated, refused, cut, restarted and forgotten.
 * Rules: the same seed gives the same weather; in the end it clears up, and then the browser must know what the server knows.
 */

import { browser, settled } from "./link.js";

const STEPS = 30;
const KNOWN = new Set(["connecting", "catching-up", "live", "uncertain", "restarting", "offline"]);

/** 0..1, again and again: mulberry32. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const OPS = {
  say: ({ server }) => server.say("said"),
  lose: ({ server }) => server.say("lost", { lost: true }),
  repeat: ({ server, random }) => {
    if (server.log.length) server.tell(server.socket, server.log[Math.floor(random() * server.log.length)]);
  },
  cut: ({ server, random }) => server.cut([1006, 1012, 4000, 4008][Math.floor(random() * 4)]),
  restart: ({ server, random }) => {
    server.cut(1012);
    server.epoch = `e${random()}`;
    server.log = server.log.slice(0, Math.floor(random() * (server.log.length + 1)));
  },
  forget: ({ server }) => (server.forgets = !server.forgets),
  fall: ({ server }) => (server.silent = !server.silent),
  outage: ({ server, random }) => {
    server.away = !server.away;
    if (random() < 0.7) server.tell(server.socket, { type: "service", database: !server.away, backplane: true });
  },
  ping: ({ server }) => server.tell(server.socket, { type: "ping" }),
  wait: ({ clock, random }) => clock.pass(random() * 20_000),
};

/** What came of one seed: null when all is well, else what is not. */
export async function weather(seed) {
  const random = dice(seed);
  const { server, clock, seen, connection } = await browser();
  clock.timers.random = random;
  const names = Object.keys(OPS);
  const done = [];
  for (let step = 0; step < STEPS; step += 1) {
    done.push(names[Math.floor(random() * names.length)]);
    await OPS[done.at(-1)]({ server, clock, random });
    await settled();
  }
  await clearUp(server, clock);
  const fault = (await faultOf(server, seen)) ?? (connection.status.state === "live" ? null : connection.status.state);
  return fault && { seed, done, fault };
}

async function clearUp(server, clock) {
  Object.assign(server, { silent: false, away: false });
  for (let second = 0; second < 60; second += 1) {
    server.tell(server.socket, { type: "ping" });
    await clock.pass(1000);
  }
  server.tell(server.socket, { type: "service", database: true, backplane: true });
  server.say("last"); // what was lost as the last of all, only the next one can tell
  await clock.pass(1000);
}

async function faultOf(server, seen) {
  let last = 0;
  for (const { type, offset } of seen.frames) {
    if (type === "update" && offset !== last + 1) return `update ${offset} after ${last}`;
    if (type === "snapshot" || type === "update") last = offset;
  }
  if (seen.errors.length) return "the subscription was given up";
  if (seen.states.some((state) => !KNOWN.has(state))) return "a state that cannot be";
  const fresh = await browser({ server });
  return JSON.stringify(seen.view) === JSON.stringify(fresh.seen.view) ? null : "the view is not the server's";
}
