/** All bridges and what ties them to a sidebar, under one name for bundlers; see bridge.js for what a bridge is. */

export { attach } from "./attach.js";
export { capabilities } from "./bridge.js";
export { chatwoot } from "./chatwoot.js";
export { chatwootTab } from "./chatwoot_tab.js";
export { PLUGIN, converse } from "./converse.js";
export { front } from "./front.js";
export { livechat } from "./livechat.js";
export { matrix, openidToken } from "./matrix.js";
export { rocketchat } from "./rocketchat.js";
export { zendesk } from "./zendesk.js";
