/** Registers the supervisor's elements; the classes stay free of side effects in their own files. */

import { BoardElement } from "./board.js";
import { ReaderElement } from "./reader.js";
import { TileElement } from "./tile.js";

customElements.define("steadyhand-tile", TileElement);
customElements.define("steadyhand-board", BoardElement);
customElements.define("steadyhand-reader", ReaderElement);
