/** Registers `<steadyhand-sidebar>`; the class stays free of side effects in sidebar.js. */

import { SteadyhandSidebar } from "./sidebar.js";

if (!customElements.get("steadyhand-sidebar")) customElements.define("steadyhand-sidebar", SteadyhandSidebar);
