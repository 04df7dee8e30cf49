/** Where the entries of a gate stand in a tensor: shared by what reads weights and what writes them. */

import type { Gate } from "../../../lstm/names.ts";
import type { Layout, TensorRow } from "./convention.ts";

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

/** How many inputs a tensor of weights multiplies: I, H, or both; null for a bias, which multiplies none. */
export function inputsOf({ part }: TensorRow, { hidden, input }: CellSizes): number | null {
  if (part === "b") return null;
  return part === "U" ? hidden : part === "W" ? (input ?? 0) : hidden + (input ?? 0);
}

/** The pieces of a tensor of weights, gate by gate. */
export function piecesOf(layout: Layout, row: TensorRow, sizes: CellSizes): Piece[] {
  const { hidden } = sizes;
  const input = sizes.input ?? 0;
  const outputs = row.gates.length * hidden;
  const [rowStride, columnStride] = layout.orientation === "rows" ? [inputsOf(row, sizes)!, 1] : [1, outputs];
  return row.gates.flatMap((gate, block) =>
    spansOf(row.part, hidden, input).map(([target, from, cols]) => {
      const start = block * hidden * rowStride + from * columnStride;
      return { gate, target, cols, start, rowStride, columnStride };
    }),
  );
}

/** Which inputs of a part are x and which are h: target, first input, number of inputs. */
function spansOf(part: TensorRow["part"], hidden: number, input: number): ["W" | "U", number, number][] {
  if (part === "W") return [["W", 0, input]];
  if (part === "U") return [["U", 0, hidden]];
  if (part === "xh")
    return [
      ["W", 0, input],
      ["U", input, hidden],
    ];
  return [
    ["U", 0, hidden],
    ["W", hidden, input],
  ];
}
