export * from "@chatwoot/prosemirror-schema";
