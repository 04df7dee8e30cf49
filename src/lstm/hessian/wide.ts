/** The Hessian of L over numbers with exponents of their own: slower than plain doubles, each entry the nearest double. */
import { affine, type MatrixVector } from "../../linalg/affine.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import { fromDoubles, plus, type RealVector, tanh, times, toDoubles } from "../../linalg/real-vector.ts";
import { sumWeightedColumns, type WeightedRows } from "../../linalg/weighted-rows.ts";
import type { FullStep } from "../equations.ts";
import { forward } from "../forward.ts";
import { byGate, GATES, type Wrt } from "../names.ts";
import type { FullCell } from "../requirements.ts";
import { BLOCK_SIDE, blockEntries, inTriangle } from "./blocks.ts";
import { type ByInput, emptyHessian, type Hessian, hasInput } from "./by-input.ts";

/** K^(d) of all units: the 15 entries of their triangles, each [H]. */
export type WideBlocks = readonly RealVector[];

export function wideBlocks(cell: FullCell, dh_t: Float64Array, dc_t: Float64Array): WideBlocks {
  const { z, gates, tanh_c_t, c_prev } = forward(cell).numbers as FullStep;
  const same = (value: number) => fromDoubles(new Float64Array(cell.hiddenSize).fill(value));
  const [half, minusOne, minusTwo] = [same(0.5), same(-1), same(-2)];
  const tanhCurve = ({ value, derivative: slope }: FullStep["tanh_c_t"]) => {
    return { value, slope, curve: times(minusTwo, times(value, slope)) };
  };
  return blockEntries(
    { times, plus },
    {
      ...{ dh: fromDoubles(dh_t), dc: fromDoubles(dc_t), c_prev, squash: tanhCurve(tanh_c_t) },
      gates: byGate((g) => {
        if (g === "u") return tanhCurve(gates.u);
        const { value, derivative: slope } = gates[g];
        return { value, slope, curve: times(minusOne, times(slope, tanh(times(half, z[g])).value)) };
      }),
    },
  );
}

/** How z_f, z_i, z_o, z_u and c_{t-1} of all units move; null: not at all. */
type Moves = readonly (RealVector | null)[];

/** Σ_d M^(d)ᵀ K^(d) M^(d), column by column. */
export function wideHessian(cell: FullCell, blocks: WideBlocks): Hessian {
  const { gates, hiddenSize } = cell;
  const columnOf = ({ rows, cols, data }: Matrix, k: number) =>
    fromDoubles(Float64Array.from({ length: rows }, (_, d) => data[d * cols + k]));
  const moves: ByInput<(k: number) => Moves> = {
    h_prev: (k) => [...GATES.map((g) => columnOf(gates[g].U, k)), null],
    c_prev: (k) => [...GATES.map(() => null), fromDoubles(unitVector(hiddenSize, k))],
    ...(hasInput(cell) ? { x_t: (k) => [...GATES.map((g) => columnOf(gates[g].W!, k)), null] } : {}),
  };
  const inputs = Object.keys(moves) as Wrt[];
  const hessian = emptyHessian(cell);
  for (const wrt of inputs) {
    for (let k = 0; k < hessian[wrt]![wrt]!.cols; k++) {
      const column = through(cell, blocks, moves[wrt]!(k));
      for (const rows of inputs) setColumn(hessian[rows]![wrt]!, k, column[rows]!);
    }
  }
  return hessian;
}

function unitVector(length: number, k: number): Float64Array {
  const e = new Float64Array(length);
  e[k] = 1;
  return e;
}

function setColumn({ rows, cols, data }: Matrix, k: number, column: Float64Array): void {
  for (let r = 0; r < rows; r++) data[r * cols + k] = column[r];
}

/**
 * The Hessian times a vector, Σ_d M^(d)ᵀ (K^(d) (M^(d) v)): H(H + I) work, without the Hessian.
 * @param v what is not there is zero
 */
export function wideTimes(
  cell: FullCell,
  blocks: WideBlocks,
  v: Readonly<Partial<Record<Wrt, Float64Array>>>,
): ByInput<Float64Array> {
  const moves = GATES.map((g) => {
    const products: MatrixVector[] = v.h_prev ? [{ matrix: cell.gates[g].U, vector: v.h_prev }] : [];
    if (v.x_t && hasInput(cell)) products.push({ matrix: cell.gates[g].W!, vector: v.x_t });
    return affine(cell.hiddenSize, products);
  });
  return through(cell, blocks, [...moves, v.c_prev ? fromDoubles(v.c_prev) : null]);
}

/** Mᵀ K applied to what moves: rounded once, at the end. */
function through(cell: FullCell, blocks: WideBlocks, moves: Moves): ByInput<Float64Array> {
  const none = fromDoubles(new Float64Array(cell.hiddenSize));
  const [f, i, o, u, c] = Array.from({ length: BLOCK_SIDE }, (_, r) => {
    const products = moves.flatMap((move, k) => (move ? [times(blocks[inTriangle(r, k)], move)] : []));
    return products.reduce((sum, product) => plus(sum, product), none);
  });
  const weights = { f, i, o, u };
  const by = (key: "U" | "W"): WeightedRows[] =>
    GATES.map((g) => ({ weights: weights[g], matrix: cell.gates[g][key]! }));
  const own = { h_prev: sumWeightedColumns(by("U"), cell.hiddenSize), c_prev: toDoubles(c) };
  return hasInput(cell) ? { ...own, x_t: sumWeightedColumns(by("W"), cell.inputSize ?? 0) } : own;
}
