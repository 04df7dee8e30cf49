import { DlstmError, failure, type Problem } from "../../../errors.ts";
import type { Matrix } from "../../../linalg/matrix.ts";
import type { Cell, GateWeights } from "../../../lstm/cell.ts";
import { requireOneOf } from "../../../lstm/choices.ts";
import { GATES, type Gate } from "../../../lstm/names.ts";
import { copyStrided } from "../strided.ts";
import { CONVENTIONS, type Convention, type Layout, type TensorRow } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { inputsOf, piecesOf } from "./pieces.ts";
import { nameOfRow } from "./row-names.ts";

/** Named arrays, nested as the framework nests them. */
export interface ExportedWeights {
  [name: string]: Float64Array | Matrix | readonly (Float64Array | Matrix)[] | ExportedWeights;
}

type Vectors = ReadonlyMap<Gate, Float64Array | null>;

/**
 * The weights of a cell in the first form of a convention; read back they are the same, bit for bit. Of two biases the
 * second is zero; a forget bias that the framework adds when it runs is taken off. That a cell is a reverse one only
 * PyTorch's names tell.
 * @throws {DlstmError} usage, for another convention; missing, where the cell lacks what it must have; unsupported, where b_f minus the
 * forget bias is no double that gives b_f again; overflow, where two biases have no sum in the doubles.
 */
export function exportWeights(cell: Cell, convention: Convention): ExportedWeights {
  requireOneOf(convention, CONVENTIONS, "convention");
  const [layout] = LAYOUTS.filter((one) => one.convention === convention);
  if (!layout.partial) requireAll(cell, convention);
  const biases = storedBiases(cell, layout);
  const result: ExportedWeights = {};
  const seen = new Set<Gate>();
  for (const row of layout.tensors) {
    const values = row.part === "b" ? bias(row, biases, cell.hiddenSize, layout, seen) : weights(cell, layout, row);
    if (values === null || (row.part === "b" && row.optional && !isGiven(row, biases))) continue;
    const name = (layout.mark?.written ?? "") + nameOfRow(row.name, cell);
    put(result, name.split("."), layout.directions ? [values] : values);
  }
  return result;
}

function requireAll(cell: Cell, convention: Convention): void {
  const missing = GATES.flatMap((g) => {
    const gate = cell.gates[g];
    return [...(gate ? [] : [`U_${g}`]), ...(gate?.W ? [] : [`W_${g}`])];
  });
  const message = `missing, but needed for ${convention}, which stores all four gates`;
  const problems = missing.map((place): Problem => ({ code: "missing", file: null, place, message }));
  if (problems.length > 0) throw new DlstmError(problems);
}

/** The biases as the framework stores them; null where the cell has none. */
function storedBiases({ gates, hiddenSize }: Cell, { forgetBias, convention }: Layout): Vectors {
  const biases = new Map(GATES.map((g) => [g, roundedBias(g, gates[g])] as const));
  if (forgetBias === undefined) return biases;
  const added = forgetBias.value;
  const wanted = biases.get("f") ?? new Float64Array(hiddenSize);
  const stored = wanted.map((b) => b - added);
  const bad = stored.findIndex((b, k) => b + added !== wanted[k]);
  if (bad >= 0) {
    const message = `${wanted[bad]} cannot be kept by ${convention}, which adds ${added} when it runs: no double plus ${added} gives it; expected another convention`;
    throw failure("unsupported", message, { place: `b_f[${bad}]` });
  }
  return biases.set("f", stored);
}

/** b_g as one double. A sum beyond them is kept as its two summands. */
function roundedBias(g: Gate, weights: GateWeights | undefined): Float64Array | null {
  const { b = null, bRest } = weights ?? {};
  if (b === null || bRest === undefined) return b;
  const sums = b.map((first, r) => first + bRest[r]);
  const bad = sums.findIndex((sum) => !Number.isFinite(sum));
  if (bad < 0) return sums;
  const message = `${b[bad]} + ${bRest[bad]} leaves the range of a double, expected a sum within ±1.7976931348623157e308`;
  throw failure("overflow", message, { place: `b_${g}[${bad}]` });
}

function isGiven({ gates }: TensorRow, biases: Vectors): boolean {
  return gates.some((gate) => biases.get(gate) !== null);
}

/** The blocks of a bias; a block of a gate that stands again holds zeros that change nothing, not even −0. */
function bias(
  { gates }: TensorRow,
  biases: Vectors,
  H: number,
  { biasColumns }: Layout,
  seen: Set<Gate>,
): Float64Array | Matrix {
  const result = new Float64Array(gates.length * H);
  for (const [block, gate] of gates.entries()) {
    const values = biases.get(gate) ?? new Float64Array(H);
    result.set(seen.has(gate) ? values.map((b) => (Object.is(b, -0) ? -0 : 0)) : values, block * H);
    seen.add(gate);
  }
  return biasColumns ? { rows: result.length, cols: 1, data: result } : result;
}

function weights(cell: Cell, layout: Layout, row: TensorRow): Matrix | null {
  const sizes = { hidden: cell.hiddenSize, input: cell.inputSize };
  const outputs = row.gates.length * sizes.hidden;
  const inputs = inputsOf(row, sizes);
  const [rows, cols] = layout.orientation === "rows" ? [outputs, inputs] : [inputs, outputs];
  const data = new Float64Array(rows * cols);
  for (const { gate, target, cols: length, start, rowStride, columnStride } of piecesOf(layout, row, sizes)) {
    const source = cell.gates[gate]?.[target]?.data;
    if (source === undefined) return null;
    const view = { offset: 0, shape: [sizes.hidden, length], strides: [length, 1] };
    copyStrided(source, view, data, { offset: start, strides: [rowStride, columnStride] });
  }
  return { rows, cols, data };
}

function put(into: ExportedWeights, [key, ...rest]: readonly string[], value: ExportedWeights[string]): void {
  if (rest.length === 0) into[key] = value;
  else {
    into[key] ??= {};
    put(into[key] as ExportedWeights, rest, value);
  }
}
