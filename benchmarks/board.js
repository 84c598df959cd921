// What benchmarks/board_page.py puts into the page before its own scripts: clocks, and nothing that the board could notice.
(() => {
  const GIVEN_UP = 5_000; // ms until a change that is not to be seen counts as lost
  const STEP = 40; // px that a frame scrolls
  const seen = (window.seen = { first: 0, delays: [], lost: 0 });
  const board = () => document.querySelector("steadyhand-board");
  const root = () => board()?.shadowRoot ?? board();
  const drawn = (id) => root()?.querySelector(`[data-conversation="${CSS.escape(id)}"]`);
  const words = (id) => drawn(id)?.textContent ?? null;
  const afterPaint = (run) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = run;
      port2.postMessage(0);
    });

  // The first paint with tiles on it, in ms since the address was gone to.
  const look = () =>
    afterPaint(() => {
      if (root()?.querySelector("[data-conversation]")) seen.first = performance.now();
      else look();
    });
  look();

  // From the change on the server to the first paint that shows its tile otherwise, or elsewhere than among those drawn.
  const waiting = new Map();
  const settle = () =>
    afterPaint(() => {
      for (const [id, { before, changed, since }] of waiting) {
        const late = performance.now() - since > GIVEN_UP;
        if (words(id) !== before) seen.delays.push(Date.now() - changed);
        else if (late) seen.lost += 1;
        else continue;
        waiting.delete(id);
      }
      if (waiting.size) settle();
    });
  const notice = ({ type, changed }) => {
    if (type !== "tiles") return;
    const idle = !waiting.size;
    for (const { conversation, updated_at } of changed) {
      const before = words(conversation);
      if (before === null || waiting.has(conversation)) continue;
      waiting.set(conversation, { before, changed: Date.parse(updated_at), since: performance.now() });
    }
    if (idle && waiting.size) settle();
  };
  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", ({ data }) => data.startsWith('{"type":"tiles"') && notice(JSON.parse(data)));
    }
  };

  const scrolls = (element) => element && element.scrollHeight > element.clientHeight + STEP;
  const pane = () => {
    const inside = [...(root()?.querySelectorAll("*") ?? [])].filter((one) => /auto|scroll/u.test(getComputedStyle(one).overflowY));
    return [document.querySelector("#board-pane"), ...inside, document.scrollingElement].find((one) => {
      if (!scrolls(one)) return false;
      const before = one.scrollTop;
      one.scrollTop = before + 1;
      const moved = one.scrollTop !== before;
      one.scrollTop = before;
      return moved;
    });
  };

  // Down and up again for so many ms: how long each frame took.
  window.scrollFor = (ms) => {
    const place = pane();
    if (!place) return null;
    const took = [];
    let step = STEP;
    return new Promise((done) => {
      const begin = performance.now();
      let last = begin;
      const frame = (now) => {
        if (now > last) took.push(now - last);
        last = now;
        const before = place.scrollTop;
        place.scrollTop += step;
        if (place.scrollTop === before) step = -step;
        if (now - begin < ms) requestAnimationFrame(frame);
        else done(took);
      };
      requestAnimationFrame(frame);
    });
  };
})();
