import { failure } from "../../../errors.ts";
import { sumError } from "../../../linalg/error-free.ts";
import type { Matrix } from "../../../linalg/matrix.ts";
import type { GateWeights } from "../../../lstm/cell.ts";
import { GATES, type Gate } from "../../../lstm/names.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import { inOrder } from "../strided.ts";
import type { Weights } from "../weights.ts";
import { directionsOf } from "./axes.ts";
import { matricesOf } from "./columns.ts";
import type { Reading } from "./fit.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { concerns } from "./settings.ts";

/** The weights of the gates, as `Cell.gates` holds them. */
export type Gates = Partial<Record<Gate, GateWeights>>;

/**
 * The gates of a reading: every weight as it stands in the file; two biases of a gate, or one and what the framework adds
 * to the forget gate when it runs, as the exact sum b + bRest.
 * @param weights the file that the reading is of, which may say what is added
 * @throws {DlstmError} what `values` of a tensor throws.
 */
export function assemble(reading: Reading, weights: Weights): Gates {
  const { layout, tensors, sizes, reverse } = reading;
  const { hidden } = sizes;
  const matrices = { W: new Map<Gate, Matrix>(), U: new Map<Gate, Matrix>() };
  const biases = new Map<Gate, Bias>();
  for (const [row, tensor] of tensors) {
    const pieces = piecesOf(layout, row, sizes);
    if (row.part !== "b" && layout.orientation === "columns" && !layout.directions) {
      const found = matricesOf(tensor, pieces, row.gates.length * hidden, hidden);
      for (const [k, { target, gate }] of pieces.entries()) matrices[target].set(gate, found[k]);
      continue;
    }
    const all = tensor.values();
    const length = all.length / directionsOf(reading);
    const values = layout.directions && reverse ? all.subarray(length) : all.subarray(0, length);
    if (row.part === "b") {
      for (const [block, gate] of row.gates.entries()) addBias(biases, gate, values, block * hidden, hidden);
    } else {
      for (const piece of pieces) {
        matrices[piece.target].set(piece.gate, take(values, piece, hidden));
      }
    }
  }
  const forgetBias = forgetBiasOf(reading, weights);
  if (forgetBias !== 0) addBias(biases, "f", new Float64Array(hidden).fill(forgetBias), 0, hidden);
  const gates: Gates = {};
  for (const gate of GATES) {
    const U = matrices.U.get(gate);
    const bias = biases.get(gate);
    const rest = bias?.bRest.some((entry) => entry !== 0) ? { bRest: bias.bRest } : {};
    if (U) gates[gate] = { W: matrices.W.get(gate) ?? null, U, b: bias?.b ?? null, ...rest };
  }
  return gates;
}

/**
 * What is added to the forget gate at run time: the number that stands in the file, or the framework's default.
 * @throws {DlstmError} shape, where what stands there is no single number: the default in its place would be a guess.
 */
export function forgetBiasOf({ layout: { forgetBias }, prefix }: Reading, weights: Weights): number {
  if (forgetBias === undefined) return 0;
  const { tensors, settings } = weights;
  const isIt = ({ name }: { name: string }) =>
    forgetBias.keys.some((key) => concerns(name, new RegExp(`^${key}$`), prefix));
  const wrong = (name: string, what: string) =>
    failure("shape", `${what}, expected a single number`, { place: excerpt(name) });
  const given = tensors.find(isIt);
  if (given?.shape.some((length) => length !== 1)) throw wrong(given.name, given.shape.join(" × "));
  const setting = settings.find((one) => isIt(one) && one.value !== null);
  if (setting) throw wrong(setting.name, describeValue(setting.value));
  return given?.values()[0] ?? forgetBias.value;
}

interface Bias {
  readonly b: Float64Array;
  readonly bRest: Float64Array;
}

/** Adds the second number of a sum (no framework has three), and keeps what its rounding leaves out. */
function addBias(biases: Map<Gate, Bias>, gate: Gate, values: Float64Array, start: number, H: number): void {
  const bias = biases.get(gate);
  if (bias === undefined) {
    biases.set(gate, { b: values.slice(start, start + H), bRest: new Float64Array(H) });
    return;
  }
  for (let r = 0; r < H; r++) {
    const [first, second] = [bias.b[r], values[start + r]];
    const sum = first + second;
    if (Number.isFinite(sum)) bias.b[r] = sum;
    bias.bRest[r] = Number.isFinite(sum) ? sumError(first, second, sum) : second;
  }
}

function take(values: Float64Array, { cols, start, rowStride, columnStride }: Piece, hidden: number): Matrix {
  // whole rows in order need no copy: of a large cell it would take as much room again
  if (columnStride === 1 && rowStride === cols) {
    return { rows: hidden, cols, data: values.subarray(start, start + hidden * cols) };
  }
  const strides = [rowStride, columnStride];
  return { rows: hidden, cols, data: inOrder(values, { offset: start, shape: [hidden, cols], strides }) };
}
