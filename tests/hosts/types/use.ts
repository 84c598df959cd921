// What an integrator writes, checked against the package's types; and the SDKs' own types against what the bridges take.
import "steadyhand-sidebar";
import { attach, capabilities, converse, front, livechat, matrix, openidToken } from "steadyhand-sidebar/hosts";
import type { HostBridge } from "steadyhand-sidebar/hosts";
import type { FromSidebar, ToSidebar } from "steadyhand-sidebar/protocol";
import Front from "@frontapp/plugin-sdk";
import { createDetailsWidget, createMessageBoxWidget } from "@livechat/agent-app-sdk";
import { WidgetApi } from "matrix-widget-api";

const sidebar = document.querySelector("steadyhand-sidebar")!;
sidebar.conversation = "c-17";
sidebar.addEventListener("steadyhand-insert", (event) => {
  const { text, conversation, respondWith } = event.detail;
  event.preventDefault();
  respondWith(Promise.resolve({ ok: text !== conversation, how: "native" }));
});
window.Steadyhand.mount({ container: document.body, conversation: "c", theme: "dark" }).press(1);
// @ts-expect-error there are three phrases
sidebar.press(4);

const own: HostBridge = {
  host: "own",
  caps: capabilities({ insert: "native" }),
  connect: async () => ({ conversation: null }),
  onContext: () => () => undefined,
  insert: async (_text, { conversation }) => ({ ok: conversation === "c", how: "moved" }),
  destroy: () => undefined,
};
const token = async ({ conversation }: { conversation: string }) => conversation;
for (const bridge of [own, front(Front), livechat(await createDetailsWidget()), livechat(await createMessageBoxWidget()), matrix(new WidgetApi(), { conversation: "!r" })])
  void attach(sidebar, bridge, { token, connector: "acme", onMessage: ({ role }) => role === "customer" });
void converse({ plugins: { add: () => undefined } });

addEventListener("message", ({ data }: MessageEvent<FromSidebar>) => {
  if (data.type !== "insert") return;
  const answer: ToSidebar = { protocol: "steadyhand/1", type: "insert.result", ref: data.ref, ok: false, how: "moved" };
  // @ts-expect-error the sidebar selects by itself
  const wrong: ToSidebar = { ...answer, how: "select" };
  parent.postMessage(answer ?? wrong, "https://assist.example.com");
});
