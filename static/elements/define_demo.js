/** Registers the demo's chat window beside the sidebar. */

import "./define.js";
import { DemoChatElement } from "./demo_chat.js";

customElements.define("steadyhand-demo-chat", DemoChatElement);
