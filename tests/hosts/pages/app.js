// What every app page of a tool does: a sidebar, tied to the tool by its bridge. The backend for tokens is the tests' own.
export async function begin(bridge, options = {}) {
  const { attach } = await import("{{ASSIST}}/static/hosts/attach.js");
  window.bridge = bridge;
  window.messages = [];
  await attach(document.querySelector("steadyhand-sidebar"), bridge, {
    connector: "acme",
    token: async ({ conversation, context }) => {
      window.context = context;
      const answer = await fetch("/token", { method: "POST", body: JSON.stringify({ conversation }) });
      return (await answer.json()).token;
    },
    onMessage: (message) => window.messages.push(message),
    ...options,
  });
  window.attached = true;
}
