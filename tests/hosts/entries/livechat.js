export { createDetailsWidget, createMessageBoxWidget } from "@livechat/agent-app-sdk";
