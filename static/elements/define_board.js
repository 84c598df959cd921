/** Registers the supervisor's elements; the classes stay free of side effects in their own files. */

import { AlertsElement } from "./alerts.js";
import { BoardElement } from "./board.js";
import { BoardTableElement } from "./board_table.js";
import { IncidentsElement } from "./incidents.js";
import { OverTimeElement } from "./over_time.js";
import { ReaderElement } from "./reader.js";
import { RecoveredElement } from "./recovered.js";
import { TeamElement } from "./team.js";
import { TileElement } from "./tile.js";
import { TilesElement } from "./tiles.js";

customElements.define("steadyhand-tile", TileElement);
customElements.define("steadyhand-tiles", TilesElement);
customElements.define("steadyhand-over-time", OverTimeElement);
customElements.define("steadyhand-board-table", BoardTableElement);
customElements.define("steadyhand-board", BoardElement);
customElements.define("steadyhand-incidents", IncidentsElement);
customElements.define("steadyhand-reader", ReaderElement);
customElements.define("steadyhand-alerts", AlertsElement);
customElements.define("steadyhand-team", TeamElement);
customElements.define("steadyhand-recovered", RecoveredElement);
