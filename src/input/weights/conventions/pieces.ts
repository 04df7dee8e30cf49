/** Where the entries of a gate stand in a tensor: shared by what reads weights and what writes them. */

import type { Gate } from "../../../lstm/names.ts";
import type { Layout, Part, TensorRow } from "./convention.ts";

/** The sizes of a cell; input null where nothing tells it. */
export interface CellSizes {
  readonly hidden: number;
  readonly input: number | null;
}

/** W_g or U_g within a tensor: its entry (r, k) is at start + r·rowStride + k·columnStride. */
export interface Piece {
  readonly gate: Gate;
  readonly target: "W" | "U";
  readonly cols: number;
  readonly start: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** How many inputs a tensor of weights multiplies: I, H, or both; 0 for a bias, which multiplies none. */
export function inputsOf({ part }: TensorRow, sizes: CellSizes): number {
  return spansOf(part, sizes).reduce((sum, [, , count]) => sum + count, 0);
}

/** The pieces of a tensor of weights, gate by gate. */
export function piecesOf(layout: Layout, row: TensorRow, sizes: CellSizes): Piece[] {
  const outputs = row.gates.length * sizes.hidden;
  const [rowStride, columnStride] = layout.orientation === "rows" ? [inputsOf(row, sizes), 1] : [1, outputs];
  return row.gates.flatMap((gate, block) =>
    spansOf(row.part, sizes).map(([target, from, cols]) => {
      const start = block * sizes.hidden * rowStride + from * columnStride;
      return { gate, target, cols, start, rowStride, columnStride };
    }),
  );
}

type Span = readonly [target: "W" | "U", first: number, count: number];

/** Which inputs of a part are x and which are h. */
function spansOf(part: Part, { hidden, input }: CellSizes): readonly Span[] {
  const x = (first: number): Span => ["W", first, input ?? 0];
  const h = (first: number): Span => ["U", first, hidden];
  return { W: [x(0)], U: [h(0)], xh: [x(0), h(input ?? 0)], hx: [h(0), x(hidden)], b: [] }[part];
}
