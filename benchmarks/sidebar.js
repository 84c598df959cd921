// What benchmarks/sidebar.py puts into the page before its own scripts: clocks, and nothing that the sidebar could notice.
(() => {
  const seen = (window.seen = { painted: [], longest: "" });
  const FRAMES = 10; // of the screen, until what has not changed will not: well below the pause between two messages
  const afterPaint = (run) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = run;
      port2.postMessage(0);
    });
  const phrases = () => {
    const sidebar = document.querySelector("steadyhand-sidebar");
    return [...(sidebar?.shadowRoot?.querySelectorAll(".phrase .words") ?? [])].map((one) => one.textContent).join("|");
  };

  const ADVISES = /"type": ?"(snapshot|update)"/u;
  const changed = (before, run, frames = FRAMES) =>
    afterPaint(() => (phrases() !== before ? run() : frames > 1 && changed(before, run, frames - 1)));

  // From the arrival of a frame to the first paint that shows other phrases than before.
  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", ({ data }) => {
        if (data.length > seen.longest.length) seen.longest = data;
        const [arrived, before] = [performance.now(), phrases()];
        if (ADVISES.test(data)) changed(before, () => seen.painted.push(performance.now() - arrived));
      });
    }
  };

  // The other floor: what the browser's own parser needs for the longest frame that came.
  window.parseAgain = () => {
    const start = performance.now();
    JSON.parse(seen.longest);
    return performance.now() - start;
  };

  // The floor: one word drawn in the same page, by the browser alone.
  window.drawWord = (text) => {
    const place = document.querySelector("#floor") ?? document.body.appendChild(Object.assign(document.createElement("p"), { id: "floor" }));
    const start = performance.now();
    place.textContent = text;
    return new Promise((done) => afterPaint(() => done(performance.now() - start)));
  };
})();
